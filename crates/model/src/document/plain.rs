//! The characters of a line, for headlines, alt texts, search and counting. The text channel is in `render`.

use super::Inline;

/// The characters of a line, without marks; a break becomes a space, a footnote nothing.
#[must_use]
pub fn line(line: &[Inline]) -> String {
    let mut out = String::new();
    push(line, &mut out);
    out
}

fn push(line: &[Inline], out: &mut String) {
    for inline in line {
        match inline {
            Inline::Text { text } | Inline::Code { text } => out.push_str(text),
            Inline::Break => out.push(' '),
            Inline::Footnote { .. } => {}
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Link { content, .. }
            | Inline::Strike { content }
            | Inline::Sub { content }
            | Inline::Sup { content }
            | Inline::Language { content, .. }
            | Inline::Direction { content, .. } => push(content, out),
        }
    }
}
