//! What fits, and how much something weighs.

use std::collections::HashSet;

use model::Document;
use model::document::{Block, Footnote, Inline, visit};

/// Asks whether blocks make a part that fits.
pub(super) struct Measure<'a> {
    footnotes: &'a [Footnote],
    fits: &'a mut dyn FnMut(&Document) -> bool,
    budget: usize,
    /// Whether something must be cut here to make progress at all. Then any place will do, and the smallest piece is
    /// taken even if it does not fit; otherwise only good places where the first piece fits.
    pub(super) forced: bool,
}

impl<'a> Measure<'a> {
    pub(super) fn new(footnotes: &'a [Footnote], fits: &'a mut dyn FnMut(&Document) -> bool, budget: usize) -> Self {
        Self { footnotes, fits, budget, forced: true }
    }

    /// Whether a part of these blocks fits and is no heavier than wanted.
    pub(super) fn holds(&mut self, blocks: &[Block]) -> bool {
        weight(blocks) <= self.budget && self.fits(blocks)
    }

    /// Whether a part of these blocks is refused only because it is heavier than wanted.
    pub(super) fn only_heavy(&mut self, blocks: &[Block]) -> bool {
        self.budget < usize::MAX && weight(blocks) > self.budget && self.fits(blocks)
    }

    /// Whether a part of these blocks fits, whatever is wanted.
    pub(super) fn fits(&mut self, blocks: &[Block]) -> bool {
        (self.fits)(&part(blocks.to_vec(), self.footnotes))
    }
}

/// The largest number from 1 to `most` for which `fits` is true, 0 when there is none; true for a number must mean true
/// for all below. Doubles its steps from 1 up, then halves them: what is asked about is never much larger than the answer.
pub(super) fn largest(most: usize, fits: &mut dyn FnMut(usize) -> bool) -> usize {
    let (mut good, mut bad) = (0, most + 1);
    let mut step = 1;
    while good + step < bad {
        if fits(good + step) {
            good += step;
            step *= 2;
        } else {
            bad = good + step;
        }
    }
    while bad - good > 1 {
        let middle = good + (bad - good) / 2;
        if fits(middle) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    good
}

/// A part of these blocks with the footnotes they refer to, also by way of other footnotes.
pub(super) fn part(blocks: Vec<Block>, footnotes: &[Footnote]) -> Document {
    let mut document = Document::new(blocks);
    if footnotes.is_empty() {
        return document;
    }
    loop {
        let referred = references(&document);
        let notes: Vec<Footnote> = footnotes.iter().filter(|note| referred.contains(&note.id)).cloned().collect();
        if notes.len() == document.footnotes.len() {
            return document;
        }
        document.footnotes = notes;
    }
}

fn references(document: &Document) -> HashSet<String> {
    let mut found = HashSet::new();
    visit::inlines(document, &mut |inline| {
        if let Inline::Footnote { id } = inline {
            found.insert(id.clone());
        }
    });
    found
}

/// About how many characters of a page blocks take.
pub(super) fn weight(blocks: &[Block]) -> usize {
    /// What a block's own markup counts for.
    const MARKUP: usize = 20;
    /// What the addresses of one photo count for.
    const PHOTO: usize = 400;
    let mut total = 0;
    visit::blocks_in(blocks, &mut |block| {
        total += MARKUP;
        total += visit::lines(block).into_iter().map(super::line::length).sum::<usize>();
        total += match block {
            Block::Photo(_) => PHOTO,
            Block::Gallery { photos, .. } => photos.len() * PHOTO,
            Block::Code { text, .. } => text.chars().count(),
            Block::Unknown(unknown) => unknown.text.chars().count(),
            Block::Table(table) => table.rows.len() * MARKUP,
            Block::Paragraph { .. }
            | Block::Heading { .. }
            | Block::List { .. }
            | Block::Quote { .. }
            | Block::PullQuote { .. }
            | Block::Embed(_)
            | Block::File(_)
            | Block::Rule
            | Block::Box { .. } => 0,
        };
    });
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_is_found_in_few_questions() {
        for answer in [0, 1, 2, 3, 7, 8, 9, 500, 999, 1_000] {
            let mut asked = 0;
            let found = largest(1_000, &mut |n| {
                asked += 1;
                n <= answer
            });
            assert_eq!(found, answer);
            assert!(asked <= 21, "{asked} questions for {answer}");
        }
    }
}
