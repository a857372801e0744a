//! Lines of plain text: how wide characters are, where a line may end, which way it runs.

use model::Direction;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that a text takes in a fixed-width face.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// Without the controls that a terminal would obey.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| *c == '\n' || !c.is_control()).collect()
}

/// The text in lines of at most `columns`; `\n` always ends one. A word that is wider stands by itself. Runs of
/// spaces are one. No line is empty but between two others.
pub(super) fn wrap(text: &str, columns: usize, direction: Direction) -> Vec<String> {
    let mut lines: Vec<String> = printable(text).split('\n').flat_map(|line| wrap_line(line, columns)).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let blank = lines.iter().take_while(|line| line.is_empty()).count();
    lines.drain(..blank);
    lines.iter().map(|line| directed(line, direction)).collect()
}

fn wrap_line(line: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    for word in line.split([' ', '\t']).filter(|word| !word.is_empty()) {
        for (index, piece) in unbreakable(word).into_iter().enumerate() {
            let space = usize::from(index == 0 && !current.is_empty());
            if !current.is_empty() && width(&current) + space + width(piece) > columns {
                lines.push(std::mem::take(&mut current));
            } else if space == 1 {
                current.push(' ');
            }
            current.push_str(piece);
        }
    }
    lines.push(current);
    lines
}

/// Ideographs may be parted anywhere, other words nowhere.
fn unbreakable(word: &str) -> Vec<&str> {
    let wide = |c: char| c.width() == Some(2);
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, c) in word.char_indices().skip(1) {
        let before = word[..at].chars().next_back();
        if wide(c) && before.is_some_and(wide) && c.is_alphanumeric() {
            pieces.push(&word[start..at]);
            start = at;
        }
    }
    pieces.push(&word[start..]);
    pieces
}

/// A line that would run the other way, because of the letter it begins with, is led by a mark.
fn directed(line: &str, direction: Direction) -> String {
    match (direction, first_strong(line)) {
        (Direction::Ltr, Some(Direction::Rtl)) => format!("\u{200E}{line}"),
        (Direction::Rtl, Some(Direction::Ltr)) => format!("\u{200F}{line}"),
        _ => line.to_owned(),
    }
}

/// The direction of the first letter outside isolates, as the Unicode bidirectional algorithm finds it (UAX #9, P2);
/// right-to-left are the scripts from Hebrew to Arabic Extended, and those of the supplementary planes.
fn first_strong(line: &str) -> Option<Direction> {
    let mut depth = 0_u32;
    for c in line.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => depth += 1,
            '\u{2069}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '\u{200E}' => return Some(Direction::Ltr),
            '\u{200F}' => return Some(Direction::Rtl),
            '\u{0590}'..='\u{08FF}'
            | '\u{FB1D}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFF}'
            | '\u{10800}'..='\u{10FFF}'
            | '\u{1E800}'..='\u{1EFFF}'
                if c.is_alphabetic() =>
            {
                return Some(Direction::Rtl);
            }
            c if c.is_alphabetic() => return Some(Direction::Ltr),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words_and_ideographs() {
        assert_eq!(wrap("one two  three", 7, Direction::Ltr), ["one two", "three"]);
        assert_eq!(wrap("新聞新聞", 4, Direction::Ltr), ["新聞", "新聞"]);
        assert_eq!(wrap("https://example.org/long", 7, Direction::Ltr), ["https://example.org/long"]);
        assert_eq!(wrap("a\n\nb\n", 7, Direction::Ltr), ["a", "", "b"]);
        assert!(wrap(" \n ", 7, Direction::Ltr).is_empty());
    }

    #[test]
    fn a_line_that_begins_with_a_foreign_letter_still_runs_as_the_text_does() {
        assert_eq!(wrap("TASS گفت", 40, Direction::Rtl), ["\u{200F}TASS گفت"]);
        assert_eq!(wrap("گفت TASS", 40, Direction::Rtl), ["گفت TASS"]);
        assert_eq!(wrap("سلام, he said", 40, Direction::Ltr), ["\u{200E}سلام, he said"]);
    }
}
