//! The document: the canonical body of a story, page or issue, as typed blocks and inlines.
//!
//! Kept as versioned JSON, never as HTML. A document written by an older version is upgraded when it is read
//! ([`upgrade`]); one written by a newer version is refused, so that nothing in it is lost. Every channel in
//! `render` answers for every block and inline: a new one does not compile until each channel shows it.

pub mod block;
pub mod inline;
pub mod plain;
pub mod upgrade;
pub mod visit;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use block::{Block, BoxKind, Cell, CellAlign, Embed, EmbedKind, FileLink, ListItem, Row, Table, Unknown};
pub use inline::{Inline, text};
pub use upgrade::{ReadError, read};

/// The version this program writes.
pub const VERSION: u32 = 1;

/// Blocks nest at most this deep; importers flatten what is deeper.
pub const MAX_DEPTH: usize = 12;

/// A body of text with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// [`VERSION`] at the time of writing.
    #[schemars(range(min = 1, max = 1))]
    pub version: u32,
    /// The text, in order.
    pub blocks: Vec<Block>,
    /// Footnotes, in the order of their first reference; an [`Inline::Footnote`] points at one by its `id`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footnotes: Vec<Footnote>,
}

/// A note below the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Footnote {
    /// What references call it: `a-z`, `0-9`, `-`; unique within the document.
    pub id: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

impl Default for Document {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Document {
    /// A document of these blocks, without footnotes.
    #[must_use]
    pub fn new(blocks: Vec<Block>) -> Self {
        Self { version: VERSION, blocks, footnotes: Vec::new() }
    }

    /// Whether there is nothing to read or see.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The JSON that is stored.
    ///
    /// # Errors
    /// Never in practice; `serde_json` can name no failure for these types but its signature allows one.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}
