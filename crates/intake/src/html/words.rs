//! Characters: escaping, collapsing spaces, the readable text of markup.

/// The characters as HTML text or attribute.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// The readable characters of a piece of HTML on one line: entities decoded, tags gone, spaces collapsed.
#[must_use]
pub fn plain(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return collapse(html);
    }
    let html = super::bounds::within(html).0;
    readable(scraper::Html::parse_fragment(&html).root_element())
}

/// Without the character U+0000, which stands in damaged exports and which no page, feed or PostgreSQL text may hold.
pub(crate) fn without_nul(mut text: String) -> String {
    if text.contains('\0') {
        text.retain(|c| c != '\0');
    }
    text
}

/// Runs of white space (and of U+0000) become one space; none is left at the ends.
pub(crate) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_ascii_whitespace() || c == '\0').filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// What a reader would see of an element, on one line.
pub(super) fn readable(element: scraper::ElementRef<'_>) -> String {
    let mut out = String::new();
    for edge in element.traverse() {
        let ego_tree::iter::Edge::Open(node) = edge else { continue };
        match node.value() {
            scraper::Node::Text(text) => {
                let hidden = node.parent().and_then(|p| p.value().as_element().map(|e| e.name().to_owned()));
                if !hidden.is_some_and(|name| matches!(name.as_str(), "script" | "style" | "template" | "iframe")) {
                    out.push_str(text);
                }
            }
            scraper::Node::Element(e) if !super::element::is_inline(e.name()) => out.push(' '),
            _ => {}
        }
    }
    collapse(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_loses_its_marks_and_keeps_its_characters() {
        assert_eq!(
            plain("Title <em>With</em> <b>Mark<sup>up</sup></b> &amp; &#8216;quotes&#8217;"),
            "Title With Markup & ‘quotes’"
        );
        assert_eq!(plain("5 < 6 &amp; 7"), "5 < 6 & 7");
    }
}
