//! Static pages: about, contact, privacy policy; each version is kept, because consents name the version they saw.

use serde::{Deserialize, Serialize};

use crate::{Document, Language, PageId, Slug, Timestamp};

/// First parts of paths that belong to other kinds of pages: a static page can't have one of these as its slug.
pub const RESERVED_SLUGS: [&str; 16] = [
    "sections",
    "topics",
    "bylines",
    "archive",
    "latest",
    "lite",
    "media",
    "assets",
    "share",
    "desk",
    "ghost",
    "api",
    "o",
    "m",
    "page",
    "newsletter",
];

/// Whether a static page may have this slug: it is no reserved word, no year and no language of the newsroom.
#[must_use]
pub fn slug_is_free(slug: &Slug, newsroom: &crate::Newsroom) -> bool {
    let text = slug.as_str();
    let year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    !year && !RESERVED_SLUGS.contains(&text) && newsroom.language_of_prefix(text).is_none()
}

/// A static page in one language, in its newest version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Its id.
    pub id: PageId,
    /// Its language.
    pub language: Language,
    /// Its path is `/slug/`, or `/language/slug/` where the language is not the newsroom's own. Translations share it.
    pub slug: Slug,
    /// Whether readers see it.
    pub public: bool,
    /// Whether it stands in the footer's menu, and where (lowest first).
    pub menu: Option<i64>,
    /// Its title.
    pub title: String,
    /// Its body.
    pub document: Document,
    /// The newest version's number, from 1.
    pub version: i64,
    /// When that version was made.
    pub updated_at: Timestamp,
}

/// One version of a static page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageVersion {
    /// Whose version.
    pub page: PageId,
    /// Its number, from 1.
    pub version: i64,
    /// Title in that version.
    pub title: String,
    /// Body in that version.
    pub document: Document,
    /// When it was made.
    pub at: Timestamp,
}

/// What editors may change of a static page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageFields {
    /// Its title; may be empty until it is published.
    pub title: String,
    /// The last part of its path.
    pub slug: Slug,
    /// Its body.
    pub document: Document,
}

/// A static page's working copy: what its editors see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageDraft {
    /// Whose.
    pub page: PageId,
    /// Counts saves; never goes back. 0 when nobody has saved it yet.
    pub version: i64,
    /// The save that readers see, or saw last; `None` when they never saw one of them.
    pub published: Option<i64>,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// Pen name of who saved it; empty when nobody did.
    pub saved_by: String,
    /// What it says.
    pub fields: PageFields,
}

impl PageDraft {
    /// Whether it says nothing that the page does not say.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.published == Some(self.version)
    }
}
