//! Cutting a line of inlines, or plain characters, at the best place: a sentence's end, a word's end, any character.

use model::document::{Block, Inline};

use super::Cut;
use super::measure::{Measure, largest};

/// Where characters may be cut, as byte offsets in order: the best kind of place first.
pub(super) type Stops = fn(&str) -> Vec<Vec<usize>>;

/// Stands for a reference to a footnote where a line is looked at as characters.
const REFERENCE: char = '\u{FFFC}';

/// How many characters a line has; a break and a reference count as one.
pub(super) fn length(line: &[Inline]) -> usize {
    line.iter().map(inline_length).sum()
}

fn inline_length(inline: &Inline) -> usize {
    match inline {
        Inline::Text { text } | Inline::Code { text } => text.chars().count(),
        Inline::Break | Inline::Footnote { .. } => 1,
        Inline::Strong { content }
        | Inline::Emphasis { content }
        | Inline::Link { content, .. }
        | Inline::Strike { content }
        | Inline::Sub { content }
        | Inline::Sup { content }
        | Inline::Language { content, .. }
        | Inline::Direction { content, .. } => length(content),
    }
}

/// Cuts a line so that its first piece fits in its place.
pub(super) fn cut(
    measure: &mut Measure<'_>,
    line: &[Inline],
    place: &dyn Fn(Vec<Inline>) -> Vec<Block>,
) -> Option<Cut<Vec<Inline>>> {
    let mut flat = String::new();
    push_flat(line, &mut flat);
    let part = |at: usize| divide(line, flat[..at].chars().count());
    let at = best(&flat, stops, measure.forced, &mut |at| measure.holds(&place(part(at).first)))?;
    Some(part(at))
}

/// Where to cut characters so that the first piece fits in its place.
pub(super) fn cut_text(
    measure: &mut Measure<'_>,
    text: &str,
    stops: Stops,
    place: &dyn Fn(&str) -> Vec<Block>,
) -> Option<usize> {
    best(text, stops, measure.forced, &mut |at| measure.holds(&place(&text[..at])))
}

/// The last place of the best kind at which the first piece fits; unless forced, only of the best kind.
fn best(text: &str, stops: Stops, forced: bool, fits: &mut dyn FnMut(usize) -> bool) -> Option<usize> {
    let kinds = if forced { usize::MAX } else { 1 };
    stops(text).into_iter().take(kinds).find_map(|stops| {
        let count = largest(stops.len(), &mut |count| fits(stops[count - 1]));
        count.checked_sub(1).map(|last| stops[last])
    })
}

/// Ends of sentences, then of words, then every character that does not belong to the one before it.
pub(super) fn stops(text: &str) -> Vec<Vec<usize>> {
    let (mut sentences, mut words, mut characters) = (Vec::new(), Vec::new(), Vec::new());
    let mut ended = false;
    let mut before = None;
    for (at, c) in text.char_indices() {
        if let Some(before) = before {
            let broken = is_space(before) && !is_space(c);
            if before == '\n' || (broken && ended) || (is_full_stop_of_east_asia(before) && !closes(c)) {
                sentences.push(at);
            }
            if broken {
                words.push(at);
            }
            if !belongs(before, c) {
                characters.push(at);
            }
        }
        ended = match c {
            '.' | '!' | '?' | '…' | '؟' | '۔' | '\n' => true,
            c if is_space(c) || closes(c) => ended,
            _ => false,
        };
        before = Some(c);
    }
    vec![sentences, words, characters]
}

/// Ends of lines, then every character.
pub(super) fn code_stops(text: &str) -> Vec<Vec<usize>> {
    let ends = text.match_indices('\n').map(|(at, _)| at + 1).filter(|at| *at < text.len()).collect();
    vec![ends, stops(text).pop().unwrap_or_default()]
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}')
}

fn is_full_stop_of_east_asia(c: char) -> bool {
    matches!(c, '。' | '！' | '？')
}

/// What may stand between a full stop and the space that ends the sentence.
fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '）' | '。' | '！' | '？' | REFERENCE)
}

/// Whether a character is one with the one before it: combining marks, joiners, variation selectors, skin tones.
fn belongs(before: char, c: char) -> bool {
    let joins = |c: char| matches!(c, '\u{200C}' | '\u{200D}' | '\u{1F1E6}'..='\u{1F1FF}');
    let attached = unicode_width::UnicodeWidthChar::width(c) == Some(0);
    attached || joins(before) || joins(c) || matches!(c, REFERENCE | '\u{1F3FB}'..='\u{1F3FF}')
}

fn push_flat(line: &[Inline], out: &mut String) {
    for inline in line {
        match inline {
            Inline::Text { text } | Inline::Code { text } => out.push_str(text),
            Inline::Break => out.push('\n'),
            Inline::Footnote { .. } => out.push(REFERENCE),
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Link { content, .. }
            | Inline::Strike { content }
            | Inline::Sub { content }
            | Inline::Sup { content }
            | Inline::Language { content, .. }
            | Inline::Direction { content, .. } => push_flat(content, out),
        }
    }
}

/// The first `count` characters of a line, and the others; a mark that spans the place stands on both sides.
fn divide(line: &[Inline], count: usize) -> Cut<Vec<Inline>> {
    let mut left = count;
    let mut cut = Cut { first: Vec::new(), rest: Vec::new() };
    for inline in line {
        let length = inline_length(inline);
        if length <= left && (left > 0 || cut.rest.is_empty()) {
            cut.first.push(inline.clone());
            left -= length;
        } else if left == 0 {
            cut.rest.push(inline.clone());
        } else {
            let pieces = divide_inline(inline, left);
            cut.first.push(pieces.first);
            cut.rest.push(pieces.rest);
            left = 0;
        }
    }
    cut
}

fn divide_inline(inline: &Inline, count: usize) -> Cut<Inline> {
    let within = |content: &[Inline], made: &dyn Fn(Vec<Inline>) -> Inline| divide(content, count).map(made);
    match inline {
        Inline::Text { text } => divide_text(text, count).map(|text| Inline::Text { text }),
        Inline::Code { text } => divide_text(text, count).map(|text| Inline::Code { text }),
        Inline::Strong { content } => within(content, &|content| Inline::Strong { content }),
        Inline::Emphasis { content } => within(content, &|content| Inline::Emphasis { content }),
        Inline::Link { href, content } => within(content, &|content| Inline::Link { href: href.clone(), content }),
        Inline::Strike { content } => within(content, &|content| Inline::Strike { content }),
        Inline::Sub { content } => within(content, &|content| Inline::Sub { content }),
        Inline::Sup { content } => within(content, &|content| Inline::Sup { content }),
        Inline::Language { language, content } => {
            within(content, &|content| Inline::Language { language: language.clone(), content })
        }
        Inline::Direction { direction, content } => {
            within(content, &|content| Inline::Direction { direction: *direction, content })
        }
        // One character: the caller never cuts inside.
        Inline::Break | Inline::Footnote { .. } => Cut { first: inline.clone(), rest: Inline::text("") },
    }
}

fn divide_text(text: &str, count: usize) -> Cut<String> {
    let at = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    Cut { first: text[..at].to_owned(), rest: text[at..].to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_after_their_quotes_and_footnotes() {
        let text = "He said “no.”\u{FFFC} Then 3.5 left. End";
        let ends: Vec<&str> = stops(text)[0].iter().map(|at| &text[*at..]).collect();
        assert_eq!(ends, ["Then 3.5 left. End", "End"]);
        let text = "آمد. رفت؟ ماند";
        assert_eq!(stops(text)[0].len(), 2);
        let text = "来た。「行く。」終";
        assert_eq!(stops(text)[0].iter().map(|at| &text[*at..]).collect::<Vec<_>>(), ["「行く。」終"]);
    }

    #[test]
    fn characters_are_not_parted_from_what_belongs_to_them() {
        let text = "e\u{301}👩\u{200D}🚀x";
        let pieces: Vec<&str> = stops(text)[2].iter().map(|at| &text[*at..]).collect();
        assert_eq!(pieces, ["👩\u{200D}🚀x", "x"]);
    }

    #[test]
    fn a_mark_that_spans_the_cut_stands_on_both_sides() {
        let line = [Inline::text("ab"), Inline::Strong { content: vec![Inline::text("cd")] }, Inline::text("e")];
        let cut = divide(&line, 3);
        assert_eq!(cut.first, [Inline::text("ab"), Inline::Strong { content: vec![Inline::text("c")] }]);
        assert_eq!(cut.rest, [Inline::Strong { content: vec![Inline::text("d")] }, Inline::text("e")]);
    }
}
