//! The driver: takes a document apart and hands each block and inline to a channel.
//!
//! The matches are exhaustive on purpose. A new block stops here, then in [`Channel`], then in every channel.

use model::Document;
use model::document::{Block, Inline};

use crate::channel::Channel;
use crate::notes::Notes;

/// The whole document, its notes last.
pub(crate) fn document<C: Channel>(channel: &mut C, document: &Document, notes: &Notes<'_>) {
    blocks(channel, &document.blocks);
    if !notes.is_empty() {
        channel.footnotes(&notes.in_order());
    }
}

/// Blocks, one after the other.
pub(crate) fn blocks<C: Channel + ?Sized>(channel: &mut C, blocks: &[Block]) {
    for each in blocks {
        block(channel, each);
    }
}

fn block<C: Channel + ?Sized>(channel: &mut C, block: &Block) {
    match block {
        Block::Paragraph { content } => channel.paragraph(content),
        Block::Heading { level, content } => channel.heading(*level, content),
        Block::List { ordered, start, items } => channel.list(*ordered, *start, items),
        Block::Quote { blocks, source } => channel.quote(blocks, source),
        Block::PullQuote { content, source } => channel.pull_quote(content, source),
        Block::Photo(photo) => channel.photo(photo),
        Block::Gallery { photos, caption } => channel.gallery(photos, caption),
        Block::Embed(embed) => channel.embed(embed),
        Block::File(file) => channel.file(file),
        Block::Code { language, text } => channel.code_block(language, text),
        Block::Table(table) => channel.table(table),
        Block::Rule => channel.rule(),
        Block::Box { kind, title, blocks } => channel.boxed(*kind, title, blocks),
        Block::Unknown(unknown) => channel.unknown(unknown),
    }
}

/// A line of inlines.
pub(crate) fn line<C: Channel + ?Sized>(channel: &mut C, line: &[Inline]) {
    for inline in line {
        match inline {
            Inline::Text { text } => channel.text(text),
            Inline::Strong { content } => channel.strong(content),
            Inline::Emphasis { content } => channel.emphasis(content),
            Inline::Link { href, content } => channel.link(href, content),
            Inline::Code { text } => channel.code(text),
            Inline::Strike { content } => channel.strike(content),
            Inline::Sub { content } => channel.sub(content),
            Inline::Sup { content } => channel.sup(content),
            Inline::Language { language, content } => channel.language(language, content),
            Inline::Direction { direction, content } => channel.direction(*direction, content),
            Inline::Break => channel.line_break(),
            Inline::Footnote { id } => channel.footnote(id),
        }
    }
}

/// Whether a line would show nothing at all.
pub(crate) fn is_blank(line: &[Inline]) -> bool {
    line.iter().all(|inline| match inline {
        Inline::Text { text } | Inline::Code { text } => text.trim().is_empty(),
        Inline::Break => true,
        Inline::Footnote { .. } => false,
        Inline::Strong { content }
        | Inline::Emphasis { content }
        | Inline::Link { content, .. }
        | Inline::Strike { content }
        | Inline::Sub { content }
        | Inline::Sup { content }
        | Inline::Language { content, .. }
        | Inline::Direction { content, .. } => is_blank(content),
    })
}
