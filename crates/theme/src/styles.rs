//! Style sheets: minified when the theme is loaded, put together for each kind of page, inlined in one `<style>`.
//!
//! In a sheet, `url(asset:NAME)` stands for a file of `assets/`; it becomes an address relative to the page.

use std::collections::BTreeMap;

use crate::assets::Asset;

/// Sheets for what few texts hold, and what in a text's markup (`render::web`) calls for them. They come behind `text.css`.
pub(crate) const SELDOM: [(&str, &[&str]); 2] = [
    ("tables.css", &["<table", "<pre", "<code"]),
    (
        "blocks.css",
        &[
            "class=\"box",
            "class=\"embed",
            "class=\"file",
            "class=\"gallery",
            "class=\"missing",
            "class=\"notes",
            "class=\"pull",
            "class=\"quote",
            "class=\"unknown",
            "<hr",
            "<sub",
            "<sup",
        ],
    ),
];

/// What a page's style is made of. `texts` are the texts on it.
pub(crate) fn compose<'a>(kind: &'a [&'a str], texts: &'a [&'a str], rtl: bool) -> impl Iterator<Item = &'a str> {
    let lite = kind.contains(&"lite.css");
    let running_text = kind.contains(&"text.css");
    let before = [("fonts.css", !lite && !rtl), ("italics.css", running_text && !rtl)];
    let after = [("rtl.css", !lite && rtl), ("custom.css", !lite)];
    let chosen = |list: [(&'static str, bool); 2]| list.into_iter().filter_map(|(name, on)| on.then_some(name));
    let holds = |marks: &[&str]| texts.iter().any(|text| marks.iter().any(|mark| text.contains(mark)));
    let seldom = move |name: &str| {
        let called = SELDOM.into_iter().filter(move |(_, marks)| holds(marks)).map(|(name, _)| name);
        (name == "text.css").then_some(called).into_iter().flatten()
    };
    let kind = kind.iter().flat_map(move |name| std::iter::once(*name).chain(seldom(name)));
    chosen(before).chain(kind).chain(chosen(after))
}

/// A sheet without comments and needless space. Strings and the spaces that CSS reads (in selectors, in `calc()`, in
/// media queries) stay.
pub(crate) fn minify(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("/*") {
            rest = after.split_once("*/").map_or("", |(_, rest)| rest);
        } else if c == '"' || c == '\'' {
            let end = string_end(rest, c);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if c.is_whitespace() {
            rest = rest.trim_start();
            let tight = |c: char| "{};,>".contains(c);
            let before = out.chars().last();
            let glued = before.is_none_or(|b| tight(b) || b == ':') || rest.starts_with(tight) || rest.is_empty();
            if !glued && !rest.starts_with("/*") {
                out.push(' ');
            }
        } else {
            if c == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// Where a quoted string ends, behind its closing quote.
fn string_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

/// The names that a sheet wants in `url(asset:NAME)`.
pub(crate) fn wanted_assets(css: &str) -> impl Iterator<Item = &str> {
    css.split("asset:").skip(1).map(|rest| rest.split([')', '"', '\'']).next().unwrap_or_default().trim())
}

/// The sheet with its assets' addresses as seen from a page at `root`. An unknown asset leads nowhere; the check of the
/// theme names it.
pub(crate) fn with_assets(css: &str, assets: &BTreeMap<String, Asset>, root: &str) -> String {
    let mut parts = css.split("asset:");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find([')', '"', '\'']).unwrap_or(part.len());
        let path = assets.get(part[..end].trim()).map_or("/assets/missing", |asset| asset.path.as_str());
        out.push_str(root);
        out.push_str(path.trim_start_matches('/'));
        out.push_str(&part[end..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minified_sheet_means_the_same() {
        let css = "/* a */ a :hover, b > c { color : red; width: calc(1px + 2px) ; }\n@media (min-width: 4em) and (x) {\n .a::before { content: \"{ ; }\" } }";
        let wanted = "a :hover,b>c{color :red;width:calc(1px + 2px)}@media (min-width:4em) and (x){.a::before{content:\"{ ; }\"}}";
        assert_eq!(minify(css), wanted);
    }

    #[test]
    fn what_few_texts_hold_is_styled_where_it_stands() {
        let names: Vec<_> = compose(&["text.css", "story.css"], &["<p>", "<p>2<sup>"], true).collect();
        assert_eq!(names, ["text.css", "blocks.css", "story.css", "rtl.css", "custom.css"]);
        let names: Vec<_> = compose(&["text.css"], &["<p>"], true).collect();
        assert_eq!(names, ["text.css", "rtl.css", "custom.css"]);
    }

    #[test]
    fn right_to_left_pages_carry_their_own_letters_and_lite_pages_none() {
        let names: Vec<_> = compose(&["base.css"], &[], true).collect();
        assert_eq!(names, ["base.css", "rtl.css", "custom.css"]);
        let names: Vec<_> = compose(&["lite.css"], &[], false).collect();
        assert_eq!(names, ["lite.css"]);
    }
}
