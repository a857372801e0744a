//! Blocks: what stands below one another.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::inline::Inline;
use crate::photo::PhotoUse;

/// One block of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its text.
        content: Vec<Inline>,
    },
    /// A heading within the text.
    Heading {
        /// 2 to 4; the headline is the only 1.
        level: u8,
        /// Its text.
        content: Vec<Inline>,
    },
    /// A list.
    List {
        /// Numbered rather than bulleted.
        ordered: bool,
        /// The first number.
        #[serde(default = "one")]
        start: u32,
        /// Its items.
        items: Vec<ListItem>,
    },
    /// Somebody else's words.
    Quote {
        /// The words.
        blocks: Vec<Block>,
        /// Whose they are.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        source: Vec<Inline>,
    },
    /// A sentence of the story itself, set large.
    PullQuote {
        /// The sentence.
        content: Vec<Inline>,
        /// Who said it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        source: Vec<Inline>,
    },
    /// A photo.
    Photo(PhotoUse),
    /// Several photos seen together.
    Gallery {
        /// The photos, in order.
        photos: Vec<PhotoUse>,
        /// What is said about all of them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        caption: Vec<Inline>,
    },
    /// Something that lies elsewhere: shown as a card that names its source.
    Embed(Embed),
    /// A file to download.
    File(FileLink),
    /// Code or other text whose spaces count.
    Code {
        /// What it is written in: `rust`, `json`; empty when unknown.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        language: String,
        /// The characters.
        text: String,
    },
    /// A table.
    Table(Table),
    /// A break in thought.
    Rule,
    /// A box beside or within the text.
    Box {
        /// What kind of box.
        kind: BoxKind,
        /// Its title; empty for "the story so far", which every language names itself.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        title: Vec<Inline>,
        /// What it holds.
        blocks: Vec<Block>,
    },
    /// Foreign content that was kept because it was not understood.
    Unknown(Unknown),
}

const fn one() -> u32 {
    1
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListItem {
    /// What it holds; most often one paragraph.
    pub blocks: Vec<Block>,
}

/// What lies behind an embed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EmbedKind {
    /// A video.
    Video,
    /// A sound recording.
    Audio,
    /// A post on a social network.
    Post,
    /// Any other page.
    Link,
}

/// Something that lies elsewhere. Nothing of it is loaded before the reader asks (law 1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Embed {
    /// What it is.
    pub kind: EmbedKind,
    /// Its address, `https:` or `http:`.
    pub url: String,
    /// Who holds it, as readers know it: "YouTube", "SoundCloud", else the host name.
    pub source: String,
    /// Its title, when known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What is said about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caption: Vec<Inline>,
}

/// A file to download.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileLink {
    /// `/path` on this newsroom, or an `https:` or `http:` address.
    pub href: String,
    /// What to call it.
    pub name: String,
    /// Bytes, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// What it shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caption: Vec<Inline>,
    /// Its rows, in order.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// Its cells, in reading order.
    pub cells: Vec<Cell>,
}

/// How a cell's text stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CellAlign {
    /// At the start of the line.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// At the end of the line, as numbers stand.
    End,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// What it says.
    pub content: Vec<Inline>,
    /// Whether it heads its row or column.
    #[serde(default)]
    pub header: bool,
    /// Columns it covers, at least 1.
    #[serde(default = "one")]
    pub columns: u32,
    /// Rows it covers, at least 1.
    #[serde(default = "one")]
    pub rows: u32,
    /// How its text stands.
    #[serde(default)]
    pub align: CellAlign,
}

/// What a box is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BoxKind {
    /// What happened before this story.
    StorySoFar,
    /// Facts, figures, who is who.
    Facts,
    /// A note from the editors.
    Note,
}

/// Content of another system that is kept as it came. Channels show its text, never its markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unknown {
    /// The system it came from: `wordpress`, `ghost`, `substack`, `html`.
    pub system: String,
    /// What that system calls it: `wp:latest-posts`, `[contact-form]`, `iframe`.
    pub name: String,
    /// As it came.
    pub raw: String,
    /// The readable text within it, for channels; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

impl Block {
    /// A paragraph of plain characters.
    #[must_use]
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { content: super::inline::text(text) }
    }
}
