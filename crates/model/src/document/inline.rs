//! Inlines: what stands within a line of text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::language::{Direction, Language};

/// A piece of text or a mark around some.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Inline {
    /// Plain characters; no markup is read in them.
    Text {
        /// The characters.
        text: String,
    },
    /// Strong importance.
    Strong {
        /// What is marked.
        content: Vec<Inline>,
    },
    /// Stress, titles of works, foreign words.
    Emphasis {
        /// What is marked.
        content: Vec<Inline>,
    },
    /// A link.
    Link {
        /// `https:`, `http:`, `mailto:`, `tel:`, `#fragment`, or `/path` on this newsroom. Nothing else.
        href: String,
        /// What is marked.
        content: Vec<Inline>,
    },
    /// Code, keys, file names.
    Code {
        /// The characters.
        text: String,
    },
    /// What no longer holds.
    Strike {
        /// What is marked.
        content: Vec<Inline>,
    },
    /// Below the line.
    Sub {
        /// What is marked.
        content: Vec<Inline>,
    },
    /// Above the line.
    Sup {
        /// What is marked.
        content: Vec<Inline>,
    },
    /// Words in another language.
    Language {
        /// Which.
        language: Language,
        /// What is marked.
        content: Vec<Inline>,
    },
    /// Words that run the other way, such as a Latin name in Persian text.
    Direction {
        /// Which way.
        direction: Direction,
        /// What is marked.
        content: Vec<Inline>,
    },
    /// A new line within the paragraph, as in verse and addresses.
    Break,
    /// A reference to the footnote with this id.
    Footnote {
        /// The note's id.
        id: String,
    },
}

impl Inline {
    /// Plain characters.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    /// What stands within this inline; empty for those that hold nothing.
    #[must_use]
    pub fn children(&self) -> &[Inline] {
        match self {
            Self::Strong { content }
            | Self::Emphasis { content }
            | Self::Link { content, .. }
            | Self::Strike { content }
            | Self::Sub { content }
            | Self::Sup { content }
            | Self::Language { content, .. }
            | Self::Direction { content, .. } => content,
            Self::Text { .. } | Self::Code { .. } | Self::Break | Self::Footnote { .. } => &[],
        }
    }
}

/// A line of plain characters.
#[must_use]
pub fn text(text: impl Into<String>) -> Vec<Inline> {
    vec![Inline::text(text)]
}
