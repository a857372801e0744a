//! Cutting one block that is too large for a part of its own.

use model::document::{Block, Inline, ListItem, Unknown};

use super::measure::{Measure, largest};
use super::{Cut, blocks, line, table};

/// Puts a piece of a block into its part.
type Place<'p> = &'p dyn Fn(Block) -> Vec<Block>;

/// Cuts a block so that its first piece fits in its place; `None` when it is indivisible or its smallest piece does
/// not fit.
pub(super) fn cut(measure: &mut Measure<'_>, block: &Block, place: Place<'_>) -> Option<Cut<Block>> {
    match block {
        Block::Paragraph { content } => {
            let made = |content| Block::Paragraph { content };
            line::cut(measure, content, &|piece| place(made(piece))).map(|cut| cut.map(made))
        }
        Block::List { ordered, start, items } => {
            let made = |start, items| Block::List { ordered: *ordered, start, items };
            let (cut, done) = list(measure, items, &|items| place(made(*start, items)))?;
            Some(Cut { first: made(*start, cut.first), rest: made(start.saturating_add(done), cut.rest) })
        }
        Block::Quote { blocks, source } => {
            let first = |blocks| Block::Quote { blocks, source: Vec::new() };
            let cut = blocks::cut(measure, blocks, &|piece| place(first(piece)))?;
            Some(Cut { first: first(cut.first), rest: Block::Quote { blocks: cut.rest, source: source.clone() } })
        }
        Block::PullQuote { content, source } => {
            let first = |content| Block::PullQuote { content, source: Vec::new() };
            let cut = line::cut(measure, content, &|piece| place(first(piece)))?;
            Some(Cut { first: first(cut.first), rest: Block::PullQuote { content: cut.rest, source: source.clone() } })
        }
        Block::Gallery { photos, caption } => {
            let first = |count: usize| Block::Gallery { photos: photos[..count].to_vec(), caption: Vec::new() };
            let most = photos.len().saturating_sub(1);
            let fitting = largest(most, &mut |count| measure.holds(&place(first(count))));
            let count = at_least_one(measure, fitting, photos.len())?;
            let rest = Block::Gallery { photos: photos[count..].to_vec(), caption: caption.clone() };
            Some(Cut { first: first(count), rest })
        }
        Block::Code { language, text } => {
            let made = |text: &str| Block::Code { language: language.clone(), text: text.to_owned() };
            let at = line::cut_text(measure, text, line::code_stops, &|piece| place(made(piece)))?;
            Some(Cut { first: made(&text[..at]), rest: made(&text[at..]) })
        }
        Block::Table(whole) => {
            let cut = table::cut(measure, whole, &|piece| place(Block::Table(piece)))?;
            Some(cut.map(Block::Table))
        }
        Block::Box { kind, title, blocks } => {
            let made = |title: &[Inline], blocks| Block::Box { kind: *kind, title: title.to_vec(), blocks };
            let cut = blocks::cut(measure, blocks, &|piece| place(made(title, piece)))?;
            Some(Cut { first: made(title, cut.first), rest: made(&[], cut.rest) })
        }
        Block::Unknown(unknown) => cut_unknown(measure, unknown, place),
        Block::Heading { .. } | Block::Photo(_) | Block::Embed(_) | Block::File(_) | Block::Rule => None,
    }
}

/// The foreign markup stays with the first piece.
fn cut_unknown(measure: &mut Measure<'_>, unknown: &Unknown, place: Place<'_>) -> Option<Cut<Block>> {
    let made = |raw: &str, text: &str| {
        Block::Unknown(Unknown { raw: raw.to_owned(), text: text.to_owned(), ..unknown.clone() })
    };
    let text = &unknown.text;
    let at = line::cut_text(measure, text, line::stops, &|piece| place(made(&unknown.raw, piece)))?;
    Some(Cut { first: made(&unknown.raw, &text[..at]), rest: made("", &text[at..]) })
}

/// Cuts between items, else inside the first; also tells how many items are done with.
fn list(
    measure: &mut Measure<'_>,
    items: &[ListItem],
    place: &dyn Fn(Vec<ListItem>) -> Vec<Block>,
) -> Option<(Cut<Vec<ListItem>>, u32)> {
    let most = items.len().saturating_sub(1);
    let count = largest(most, &mut |count| measure.holds(&place(items[..count].to_vec())));
    let (before, after) = items.split_at(count);
    let next = after.first()?;
    if (count == 0 && measure.forced) || !measure.fits(&next.blocks) {
        let with = |blocks| [before, &[ListItem { blocks }]].concat();
        let forced = measure.forced;
        measure.forced = forced && count == 0;
        let inside = blocks::cut(measure, &next.blocks, &|piece| place(with(piece)));
        measure.forced = forced;
        if let Some(cut) = inside {
            let rest = std::iter::once(ListItem { blocks: cut.rest }).chain(after[1..].iter().cloned()).collect();
            return Some((Cut { first: with(cut.first), rest }, u32::try_from(count).unwrap_or(u32::MAX)));
        }
    }
    let count = at_least_one(measure, count, items.len())?;
    let (before, after) = items.split_at(count);
    let cut = Cut { first: before.to_vec(), rest: after.to_vec() };
    Some((cut, u32::try_from(count).unwrap_or(u32::MAX)))
}

/// How many of `all` to take: those that fit, and one if it must be.
fn at_least_one(measure: &Measure<'_>, fitting: usize, all: usize) -> Option<usize> {
    let count = if measure.forced { fitting.max(1) } else { fitting };
    (count > 0 && count < all).then_some(count)
}

impl<T> Cut<T> {
    pub(super) fn map<U>(self, made: impl Fn(T) -> U) -> Cut<U> {
        Cut { first: made(self.first), rest: made(self.rest) }
    }
}
