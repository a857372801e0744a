//! Limits on a fragment before it is parsed: its length, how deep its tags nest, how many nodes they make.
//!
//! A parser's work grows with the square of the nesting, and each unclosed `<b>` is opened again in every paragraph. So
//! tags beyond [`MAX_NESTING`] or [`MAX_NODES`] are taken out here, their text stays.

use std::borrow::Cow;

/// A longer fragment is cut.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;
/// Elements open at the same time.
const MAX_NESTING: usize = 96;
/// Nodes that the tags make, unclosed marks counted each time they are opened again.
const MAX_NODES: usize = 1_000_000;

const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
const MARKS: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
const CLOSED_BY_THEIR_LIKE: [&str; 10] = ["li", "dt", "dd", "tr", "td", "th", "option", "thead", "tbody", "tfoot"];

/// The fragment within its limits, and whether it had to be cut.
pub(super) fn within(html: &str) -> (Cow<'_, str>, bool) {
    let cut = html.len() > MAX_BYTES;
    let html = if cut { &html[..html.floor_char_boundary(MAX_BYTES)] } else { html };
    (flatten(html), cut)
}

struct Open<'a> {
    names: Vec<&'a str>,
    marks: usize,
    dropped: Vec<&'a str>,
    nodes: usize,
}

impl<'a> Open<'a> {
    /// Whether the start tag may stay.
    fn start(&mut self, name: &'a str) -> bool {
        let is = |list: &[&str]| list.iter().any(|n| n.eq_ignore_ascii_case(name));
        self.nodes += 1 + self.marks;
        if self.nodes > MAX_NODES {
            self.dropped.push(name);
            return false;
        }
        if is(&VOID) || name.eq_ignore_ascii_case("p") {
            return true;
        }
        if is(&CLOSED_BY_THEIR_LIKE) && self.names.last().is_some_and(|last| last.eq_ignore_ascii_case(name)) {
            return true;
        }
        if self.names.len() >= MAX_NESTING {
            self.dropped.push(name);
            return false;
        }
        self.marks += usize::from(is(&MARKS));
        self.names.push(name);
        true
    }

    /// Whether the end tag may stay.
    fn end(&mut self, name: &str) -> bool {
        if self.dropped.last().is_some_and(|d| d.eq_ignore_ascii_case(name)) {
            self.dropped.pop();
            return false;
        }
        if let Some(at) = self.names.iter().rposition(|n| n.eq_ignore_ascii_case(name)) {
            // A mark may be closed out of order; a block closes what stands in it.
            if MARKS.iter().any(|m| m.eq_ignore_ascii_case(name)) {
                self.names.remove(at);
                self.marks = self.marks.saturating_sub(1);
            } else {
                let gone = self.names.drain(at..).filter(|n| MARKS.iter().any(|m| m.eq_ignore_ascii_case(n))).count();
                // Marks left open by a block that ends are opened again after it, so they still count.
                self.marks = self.marks.saturating_sub(gone).saturating_add(gone.min(8));
            }
        }
        true
    }
}

fn flatten(html: &str) -> Cow<'_, str> {
    let mut open = Open { names: Vec::new(), marks: 0, dropped: Vec::new(), nodes: 0 };
    let mut out: Option<String> = None;
    let mut kept = 0;
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start + 1..];
        let closing = rest.starts_with('/');
        let name = &rest[usize::from(closing)..];
        let length = name.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
        at = start + 1;
        if length == 0 || !name.as_bytes()[0].is_ascii_alphabetic() {
            continue;
        }
        let name = &name[..length];
        let stays = if closing { open.end(name) } else { open.start(name) };
        if !stays {
            let end = tag_end(html, start);
            let out = out.get_or_insert_with(String::new);
            out.push_str(&html[kept..start]);
            kept = end;
            at = end;
        }
    }
    match out {
        Some(mut out) => {
            out.push_str(&html[kept..]);
            Cow::Owned(out)
        }
        None => Cow::Borrowed(html),
    }
}

/// The place behind the `>` that ends the tag at `start`.
fn tag_end(html: &str, start: usize) -> usize {
    let mut quote = None;
    for (offset, byte) in html.as_bytes()[start..].iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return start + offset + 1,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(q), b) if q == *b => quote = None,
            _ => {}
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_markup_is_not_touched() {
        let html = "<ul><li>a<li>b</ul><p>c<p>d<br><b>e</b>";
        assert!(matches!(within(html).0, Cow::Borrowed(_)));
    }

    #[test]
    fn what_nests_deeper_loses_its_tags_and_keeps_its_text() {
        let html = format!("{}deep{}after", "<div>".repeat(5_000), "</div>".repeat(5_000));
        let flat = within(&html).0.into_owned();
        assert_eq!(flat.matches("<div>").count(), MAX_NESTING);
        assert_eq!(flat.matches("</div>").count(), MAX_NESTING);
        assert!(flat.contains("deep") && flat.ends_with("after"));
    }
}
