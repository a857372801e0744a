//! What a channel must answer for.

use model::document::{BoxKind, Embed, FileLink, Footnote, ListItem, Table, Unknown};
use model::{Direction, Language, PhotoUse};

use model::document::{Block, Inline};

/// A form in which a document leaves. One method for every block and inline, and none has a default: where a channel
/// cannot show something, its method says what it does instead.
///
/// Methods that hold others call back into [`crate::walk`].
pub(crate) trait Channel {
    // blocks
    fn paragraph(&mut self, content: &[Inline]);
    fn heading(&mut self, level: u8, content: &[Inline]);
    fn list(&mut self, ordered: bool, start: u32, items: &[ListItem]);
    fn quote(&mut self, blocks: &[Block], source: &[Inline]);
    fn pull_quote(&mut self, content: &[Inline], source: &[Inline]);
    fn photo(&mut self, photo: &PhotoUse);
    fn gallery(&mut self, photos: &[PhotoUse], caption: &[Inline]);
    fn embed(&mut self, embed: &Embed);
    fn file(&mut self, file: &FileLink);
    fn code_block(&mut self, language: &str, text: &str);
    fn table(&mut self, table: &Table);
    fn rule(&mut self);
    fn boxed(&mut self, kind: BoxKind, title: &[Inline], blocks: &[Block]);
    fn unknown(&mut self, unknown: &Unknown);

    // inlines
    fn text(&mut self, text: &str);
    fn strong(&mut self, content: &[Inline]);
    fn emphasis(&mut self, content: &[Inline]);
    fn link(&mut self, href: &str, content: &[Inline]);
    fn code(&mut self, text: &str);
    fn strike(&mut self, content: &[Inline]);
    fn sub(&mut self, content: &[Inline]);
    fn sup(&mut self, content: &[Inline]);
    fn language(&mut self, language: &Language, content: &[Inline]);
    fn direction(&mut self, direction: Direction, content: &[Inline]);
    fn line_break(&mut self);
    fn footnote(&mut self, id: &str);

    /// The notes below the text, in the order of their numbers. Not called when there are none.
    fn footnotes(&mut self, notes: &[&Footnote]);
}
