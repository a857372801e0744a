//! Cutting a run of blocks, be it the document's or that within a quote, box or item.

use model::document::Block;

use super::measure::{Measure, largest};
use super::{Cut, block};

/// The first part of blocks that do not fit as a whole, and what is left. Takes at least one block or a piece of it;
/// what is left is empty only when the blocks turn out to be one indivisible piece.
pub(super) fn part(measure: &mut Measure<'_>, mut blocks: Vec<Block>) -> Cut<Vec<Block>> {
    if let Some(cut) = cut(measure, &blocks, &|blocks| blocks) {
        return cut;
    }
    let whole = indivisible(&blocks);
    let rest = blocks.split_off(whole);
    Cut { first: blocks, rest }
}

/// How many blocks at the beginning belong together when nothing fits: one, or a heading with what it heads.
fn indivisible(blocks: &[Block]) -> usize {
    match blocks {
        [Block::Heading { .. }, next, ..] if !is_heading(next) => 2,
        _ => 1,
    }
}

/// Cuts blocks so that the first piece, put into its place by `place`, fits; `None` when there is no good place or,
/// where a cut is forced, no place at all.
pub(super) fn cut(
    measure: &mut Measure<'_>,
    blocks: &[Block],
    place: &dyn Fn(Vec<Block>) -> Vec<Block>,
) -> Option<Cut<Vec<Block>>> {
    let most = blocks.len().saturating_sub(1);
    let fitting = largest(most, &mut |count| measure.holds(&place(blocks[..count].to_vec())));
    let (before, after) = blocks.split_at(fitting);
    let (next, others) = after.split_first()?;
    let settled = fitting - trailing_headings(before);
    if settled == 0
        && !others.is_empty()
        && !is_heading(next)
        && measure.only_heavy(&place([before, std::slice::from_ref(next)].concat()))
    {
        return Some(at(blocks, fitting + 1));
    }
    if (settled == 0 && measure.forced) || !measure.fits(std::slice::from_ref(next)) {
        let forced = measure.forced;
        measure.forced = forced && settled == 0;
        let inside = block::cut(measure, next, &|piece| place([before, &[piece]].concat()));
        measure.forced = forced;
        if let Some(cut) = inside {
            let first = [before, &[cut.first]].concat();
            return Some(Cut { first, rest: [&[cut.rest], others].concat() });
        }
    }
    let count = match (settled, fitting) {
        (0, 0) if measure.forced => indivisible(blocks),
        // Only headings fit. They may end a part only where others follow; the last one goes with what it heads.
        (0, headings) if is_heading(next) => headings,
        (0, 0) => return None,
        (0, 1) if measure.forced => 2,
        (0, headings) => headings - 1,
        (settled, _) => settled,
    };
    (count > 0 && count < blocks.len()).then(|| at(blocks, count))
}

fn at(blocks: &[Block], count: usize) -> Cut<Vec<Block>> {
    let (first, rest) = blocks.split_at(count);
    Cut { first: first.to_vec(), rest: rest.to_vec() }
}

fn trailing_headings(blocks: &[Block]) -> usize {
    blocks.iter().rev().take_while(|block| is_heading(block)).count()
}

fn is_heading(block: &Block) -> bool {
    matches!(block, Block::Heading { .. })
}
