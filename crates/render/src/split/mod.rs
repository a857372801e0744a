//! Cutting a document into parts that each fit a page.
//!
//! Greedy and deterministic: each part takes as many blocks as fit. Between blocks is the best place to cut; a block
//! that no page of its own would hold is cut inside, at the best place that it has: between items, rows, photos, lines
//! of code, blocks within it, sentences, words, and at last characters.
//!
//! Guarantees: the parts hold all text of the document once and in order (header rows of a table are repeated); each
//! part fits, or holds one piece that cannot be cut smaller; each part has just the footnotes it refers to; no part
//! ends with a heading, unless a run of headings alone fills it or the document itself ends with it. Every part makes progress, whatever `fits` answers;
//! it is asked a logarithmic number of times for each part.

mod block;
mod blocks;
mod line;
mod measure;
mod table;

use model::Document;
use model::document::{Block, Footnote};

use measure::Measure;

/// Two pieces of something, neither empty.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cut<T> {
    first: T,
    rest: T,
}

/// The document in parts that each fit, in order; one part, maybe empty, when all of it does. `fits` must be true for
/// the beginning of what it is true for. When the last part would be left nearly empty the parts are evened out.
///
/// ```
/// use model::{Document, document::{Block, plain}};
/// let story = Document::new((1..=5).map(|n| Block::paragraph(format!("Paragraph {n}."))).collect());
/// let parts = render::split(&story, &mut |part| part.blocks.len() <= 3);
/// assert_eq!(parts.len(), 2);
/// ```
#[must_use]
pub fn split(document: &Document, fits: &mut dyn FnMut(&Document) -> bool) -> Vec<Document> {
    if document.is_empty() || fits(document) {
        return vec![document.clone()];
    }
    let parts = greedy(document, fits, usize::MAX);
    let parts = evened(document, fits, parts);
    with_footnotes(document, parts, fits)
}

/// Fills part after part, none heavier than `budget`.
fn greedy(document: &Document, fits: &mut dyn FnMut(&Document) -> bool, budget: usize) -> Vec<Vec<Block>> {
    let mut measure = Measure::new(&document.footnotes, fits, budget);
    let mut parts = Vec::new();
    let mut rest = document.blocks.clone();
    while !rest.is_empty() {
        if measure.holds(&rest) {
            parts.push(std::mem::take(&mut rest));
        } else {
            let cut = blocks::part(&mut measure, rest);
            parts.push(cut.first);
            rest = cut.rest;
        }
    }
    parts
}

/// Tries the same number of parts at nearly the same weight when the last one is less than half of the others'.
fn evened(document: &Document, fits: &mut dyn FnMut(&Document) -> bool, parts: Vec<Vec<Block>>) -> Vec<Vec<Block>> {
    let weights: Vec<usize> = parts.iter().map(|part| measure::weight(part)).collect();
    let mean = weights.iter().sum::<usize>() / weights.len().max(1);
    if parts.len() < 2 || weights.last().is_none_or(|last| *last >= mean / 2) {
        return parts;
    }
    for percent in [102, 106, 112, 125] {
        let even = greedy(document, fits, mean.saturating_mul(percent) / 100);
        if even.len() == parts.len() {
            return even;
        }
    }
    parts
}

/// Gives each part the footnotes it refers to, and the last one those that nothing refers to.
fn with_footnotes(
    document: &Document,
    parts: Vec<Vec<Block>>,
    fits: &mut dyn FnMut(&Document) -> bool,
) -> Vec<Document> {
    let mut parts: Vec<Document> = parts.into_iter().map(|blocks| measure::part(blocks, &document.footnotes)).collect();
    let shown = |note: &&Footnote| parts.iter().any(|part| part.footnotes.iter().any(|known| known.id == note.id));
    let left: Vec<Footnote> = document.footnotes.iter().filter(|note| !shown(note)).cloned().collect();
    if left.is_empty() {
        return parts;
    }
    if let Some(last) = parts.last_mut() {
        let mut all = last.clone();
        all.footnotes.extend(left.iter().cloned());
        if fits(&all) {
            *last = all;
            return parts;
        }
    }
    parts.push(Document { footnotes: left, ..Document::default() });
    parts
}
#[cfg(test)]
mod tests;
