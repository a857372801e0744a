//! The classic editor's rules: a blank line ends a paragraph, a single one breaks the line, an address alone on its line
//! is an embed when somebody known holds it. What comes out is read by an HTML parser, which forgives.

use super::content::Writer;
use crate::html::{escape, known_embed};

const BLOCKS: [&str; 44] = [
    "table",
    "thead",
    "tfoot",
    "caption",
    "col",
    "colgroup",
    "tbody",
    "tr",
    "td",
    "th",
    "div",
    "dl",
    "dd",
    "dt",
    "ul",
    "ol",
    "li",
    "pre",
    "form",
    "map",
    "area",
    "blockquote",
    "address",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "fieldset",
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "nav",
    "figure",
    "figcaption",
    "details",
    "summary",
    "center",
    "masthead-kept",
];
/// Elements whose characters are left as they are.
const VERBATIM: [&str; 7] = ["pre", "script", "style", "textarea", "svg", "masthead-kept", "iframe"];

/// Gives classic text its paragraphs.
pub(super) fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut chunk = String::new();
    let mut in_paragraph = false;
    let mut rest = text.as_str();
    while let Some(at) = rest.find('<') {
        chunk.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = tag_length(rest);
        let tag = &rest[..length];
        let name = tag_name(tag);
        if VERBATIM.contains(&name.as_str()) && !tag.starts_with("</") {
            let end = end_of(rest, &name);
            close(&mut chunk, &mut out, in_paragraph);
            in_paragraph = false;
            out.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        if BLOCKS.contains(&name.as_str()) {
            close(&mut chunk, &mut out, in_paragraph);
            out.push_str(tag);
            in_paragraph = name == "p" && !tag.starts_with("</");
        } else {
            chunk.push_str(tag);
        }
        rest = &rest[length..];
    }
    chunk.push_str(rest);
    close(&mut chunk, &mut out, in_paragraph);
    out
}

/// Writes the text gathered so far as paragraphs; the first needs no `<p>` where one is open, with its own direction.
fn close(chunk: &mut String, out: &mut String, in_paragraph: bool) {
    let mut paragraph = String::new();
    let mut open = in_paragraph;
    for line in chunk.split('\n') {
        let bare = line.trim();
        let embed = is_address(bare).then(|| known_embed(bare)).flatten();
        if bare.is_empty() || embed.is_some() {
            finish(&mut paragraph, out, &mut open);
        }
        if embed.is_some() {
            out.push_str(&Writer::embed(bare));
        } else if !bare.is_empty() {
            if !paragraph.is_empty() {
                paragraph.push_str(if within_tag(&paragraph) { "\n" } else { "<br>\n" });
            }
            if is_address(bare) {
                paragraph.push_str(&format!("<a href=\"{0}\">{0}</a>", escape(&bare.replace("&amp;", "&"))));
            } else {
                paragraph.push_str(line);
            }
        }
    }
    finish(&mut paragraph, out, &mut open);
    chunk.clear();
}

fn finish(paragraph: &mut String, out: &mut String, open: &mut bool) {
    if !paragraph.trim().is_empty() {
        // Text right after a tag that opens a line of its own (`<li>`, `<h2>`) needs no `<p>`, and one does no harm.
        let (before, after) = if std::mem::take(open) { ("", "") } else { ("<p>", "</p>\n") };
        out.push_str(before);
        out.push_str(paragraph);
        out.push_str(after);
    }
    paragraph.clear();
}

/// Whether the text so far ends within a comment or right after a break.
fn within_tag(text: &str) -> bool {
    let end = text.trim_end();
    end.ends_with("<br>") || end.ends_with("<br/>") || end.ends_with("<br />") || end.ends_with("-->")
}

fn is_address(line: &str) -> bool {
    (line.starts_with("https://") || line.starts_with("http://"))
        && !line.contains(|c: char| c.is_whitespace() || "<>\"".contains(c))
}

/// The length of the tag or comment that `text` begins with; 1 when it is neither.
pub(super) fn tag_length(text: &str) -> usize {
    if text.starts_with("<!--") {
        return text.find("-->").map_or(text.len(), |at| at + 3);
    }
    let starts = text[1..].chars().next().is_some_and(|c| c.is_ascii_alphabetic() || c == '/' || c == '!');
    if !starts {
        return 1;
    }
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if at > 0 => quote = Some(byte),
            (Some(q), b) if q == b => quote = None,
            _ => {}
        }
    }
    // A quote that never closes: the tag ends at the first `>`.
    text.find('>').map_or(text.len(), |at| at + 1)
}

pub(super) fn tag_name(tag: &str) -> String {
    let name = tag.trim_start_matches('<').trim_start_matches('/');
    name.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>().to_ascii_lowercase()
}

/// Where the element that `text` begins with ends.
pub(super) fn end_of(text: &str, name: &str) -> usize {
    let close = format!("</{name}");
    let bytes = text.as_bytes();
    let found = bytes.windows(close.len()).position(|w| w.eq_ignore_ascii_case(close.as_bytes()));
    found.map_or(text.len(), |at| text[at..].find('>').map_or(text.len(), |end| at + end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_line_ends_a_paragraph_and_a_single_one_breaks_the_line() {
        assert_eq!(paragraphs("a\nb\r\n\r\nc"), "<p>a<br>\nb</p>\n<p>c</p>\n");
        assert_eq!(paragraphs("<pre>a\n\nb</pre>"), "<pre>a\n\nb</pre>");
    }

    #[test]
    fn an_address_alone_on_its_line_is_an_embed() {
        let html = paragraphs("before\nhttps://www.youtube.com/watch?v=abc\nafter");
        assert!(
            html.contains("<p>before</p>") && html.contains("wp-block-embed") && html.contains("<p>after</p>"),
            "{html}"
        );
    }
}
