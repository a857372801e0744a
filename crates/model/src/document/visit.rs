//! Walking a document: every block and inline, in reading order, whatever it stands in.

use super::{Block, Document, Inline};
use crate::photo::PhotoUse;

/// Calls `see` for every block, the outer before the inner, footnotes last.
pub fn blocks<'d>(document: &'d Document, see: &mut dyn FnMut(&'d Block)) {
    blocks_in(&document.blocks, see);
    for note in &document.footnotes {
        blocks_in(&note.blocks, see);
    }
}

/// Calls `see` for every block of a list of blocks, the outer before the inner.
pub fn blocks_in<'d>(list: &'d [Block], see: &mut dyn FnMut(&'d Block)) {
    for block in list {
        see(block);
        match block {
            Block::List { items, .. } => items.iter().for_each(|item| blocks_in(&item.blocks, see)),
            Block::Quote { blocks, .. } | Block::Box { blocks, .. } => blocks_in(blocks, see),
            Block::Paragraph { .. }
            | Block::Heading { .. }
            | Block::PullQuote { .. }
            | Block::Photo(_)
            | Block::Gallery { .. }
            | Block::Embed(_)
            | Block::File(_)
            | Block::Code { .. }
            | Block::Table(_)
            | Block::Rule
            | Block::Unknown(_) => {}
        }
    }
}

/// The lines of inlines that a block holds itself, without those of the blocks within it.
#[must_use]
pub fn lines(block: &Block) -> Vec<&[Inline]> {
    match block {
        Block::Paragraph { content } | Block::Heading { content, .. } => vec![content],
        Block::PullQuote { content, source } => vec![content, source],
        Block::Quote { source, .. } => vec![source],
        Block::Photo(photo) => vec![&photo.caption],
        Block::Gallery { photos, caption } => {
            photos.iter().map(|p| p.caption.as_slice()).chain([caption.as_slice()]).collect()
        }
        Block::Embed(embed) => vec![&embed.caption],
        Block::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.content.as_slice()));
            std::iter::once(table.caption.as_slice()).chain(cells).collect()
        }
        Block::Box { title, .. } => vec![title],
        Block::List { .. } | Block::File(_) | Block::Code { .. } | Block::Rule | Block::Unknown(_) => Vec::new(),
    }
}

/// Calls `see` for every inline of the document, the outer before the inner.
pub fn inlines<'d>(document: &'d Document, see: &mut dyn FnMut(&'d Inline)) {
    blocks(document, &mut |block| {
        for line in lines(block) {
            inlines_in(line, see);
        }
    });
}

fn inlines_in<'d>(line: &'d [Inline], see: &mut dyn FnMut(&'d Inline)) {
    for inline in line {
        see(inline);
        inlines_in(inline.children(), see);
    }
}

/// The photos a document shows, in order, with repeats.
#[must_use]
pub fn photos(document: &Document) -> Vec<&PhotoUse> {
    let mut found = Vec::new();
    blocks(document, &mut |block| match block {
        Block::Photo(photo) => found.push(photo),
        Block::Gallery { photos, .. } => found.extend(photos),
        Block::Paragraph { .. }
        | Block::Heading { .. }
        | Block::List { .. }
        | Block::Quote { .. }
        | Block::PullQuote { .. }
        | Block::Embed(_)
        | Block::File(_)
        | Block::Code { .. }
        | Block::Table(_)
        | Block::Rule
        | Block::Box { .. }
        | Block::Unknown(_) => {}
    });
    found
}

/// The addresses of all links of a document, in order, with repeats.
#[must_use]
pub fn links(document: &Document) -> Vec<&str> {
    let mut found = Vec::new();
    inlines(document, &mut |inline| {
        if let Inline::Link { href, .. } = inline {
            found.push(href.as_str());
        }
    });
    found
}

/// Calls `change` for every photo a document shows, in order.
pub fn photos_mut(document: &mut Document, change: &mut dyn FnMut(&mut PhotoUse)) {
    photos_mut_in(&mut document.blocks, change);
    for note in &mut document.footnotes {
        photos_mut_in(&mut note.blocks, change);
    }
}

fn photos_mut_in(list: &mut [Block], change: &mut dyn FnMut(&mut PhotoUse)) {
    for block in list {
        match block {
            Block::Photo(photo) => change(photo),
            Block::Gallery { photos, .. } => photos.iter_mut().for_each(&mut *change),
            Block::List { items, .. } => items.iter_mut().for_each(|item| photos_mut_in(&mut item.blocks, change)),
            Block::Quote { blocks, .. } | Block::Box { blocks, .. } => photos_mut_in(blocks, change),
            Block::Paragraph { .. }
            | Block::Heading { .. }
            | Block::PullQuote { .. }
            | Block::Embed(_)
            | Block::File(_)
            | Block::Code { .. }
            | Block::Table(_)
            | Block::Rule
            | Block::Unknown(_) => {}
        }
    }
}
