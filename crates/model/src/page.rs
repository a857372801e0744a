//! Static pages: about, contact, privacy policy; each version is kept, because consents name the version they saw.

use serde::{Deserialize, Serialize};

use crate::{Document, Language, PageId, Slug, Timestamp};

/// First parts of paths that belong to other kinds of pages: a static page can't have one of these as its slug.
pub const RESERVED_SLUGS: [&str; 15] = [
    "sections", "topics", "bylines", "archive", "latest", "lite", "media", "assets", "share", "desk", "ghost", "api",
    "o", "m", "page",
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
