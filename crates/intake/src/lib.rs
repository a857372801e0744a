//! Other systems' exports, read as Masthead's nouns.
//!
//! A reader streams: it holds one item at a time and hands each to a [`Sink`], so that a file of any size runs in
//! constant memory. Nothing is written here; `app::import` maps what arrives into the store.
//!
//! Never read, from any source: password hashes, secrets, sessions, commenters' addresses and IPs, staff e-mail
//! addresses. A byline takes the display name only.

pub mod ghost;
pub mod html;
mod links;
pub mod lists;
pub mod markdown;
pub mod pledges;
pub mod substack;
pub mod wordpress;

use model::{Document, Language, PhotoId, PhotoUse, Source, Timestamp, TopicKind};
use serde::{Deserialize, Serialize};

/// Where a reader delivers what it reads.
pub trait Sink {
    /// Takes one item. `Err` stops the reader, which then returns [`Error::Stopped`].
    ///
    /// # Errors
    /// When the receiver is gone or refuses to go on.
    fn item(&mut self, item: Item) -> Result<(), Stop>;

    /// Told now and then how far the reader has come.
    fn progress(&mut self, _progress: Progress) {}
}

/// The receiver wants no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop;

/// How far a reader has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read, over all passes.
    pub done: u64,
    /// Bytes there are, over all passes; 0 when unknown.
    pub total: u64,
}

/// What a reader finds. Within one file sections, topics, bylines and photos come before the stories that name them.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// The site the export is of; first, once.
    Site(Site),
    /// A section.
    Section(Filed),
    /// A topic.
    Topic(Filed, TopicKind),
    /// A byline.
    Byline(Filed),
    /// A photo that the export lists by itself.
    Photo(FoundPhoto),
    /// A story.
    Story(Box<FoundStory>),
    /// A static page.
    Page(Box<FoundPage>),
    /// Something that is not taken over, and why.
    Skipped(Skipped),
}

/// The site an export is of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// `wordpress`, `ghost`, `substack`, `markdown`.
    pub system: String,
    /// What makes two exports of the same site the same source: its address, else the folder's name.
    pub key: String,
    /// Its title.
    pub title: String,
    /// `https://host` with a path when it has one, without a slash at the end.
    pub address: Option<String>,
    /// Its language.
    pub language: Option<Language>,
}

/// A section, topic or byline of the export.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filed {
    /// What the export's stories call it; unique among its kind within the source.
    pub foreign_id: String,
    /// Its slug as the export has it; may be anything.
    pub slug: String,
    /// Its names by language; key `None` is the site's language.
    pub names: Vec<(Option<Language>, String)>,
    /// A sentence about it, likewise.
    pub about: Vec<(Option<Language>, String)>,
    /// The foreign id of what it stands under.
    pub parent: Option<String>,
    /// Path or address of its page on the old site, for a redirect.
    pub old_url: Option<String>,
    /// Its place among its kind, when the export has an order.
    pub position: Option<i64>,
}

/// A photo of the export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPhoto {
    /// [`photo_id`] of its address; documents and lead photos refer to it by this. The importer gives it a lasting id.
    pub id: PhotoId,
    /// Its address, or a path relative to the export.
    pub url: String,
    /// Alt text, empty when unknown.
    pub alt: String,
    /// Caption, plain characters.
    pub caption: String,
    /// Credit.
    pub credit: String,
}

/// The id that a document uses for the photo at an address until the importer has given it a lasting one.
#[must_use]
pub fn photo_id(url: &str) -> PhotoId {
    use sha2::{Digest, Sha256};
    let hash = Sha256::digest(url.as_bytes());
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&hash[..16]);
    PhotoId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// What is to become of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not public.
    Draft,
    /// To be public at its time.
    Scheduled,
    /// Public.
    Published,
}

/// A story of the export.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundStory {
    /// Unique among stories within the source.
    pub foreign_id: String,
    /// Draft, scheduled or published.
    pub standing: Standing,
    /// Address on the old site, absolute or a path; becomes a redirect. `None` for drafts without one.
    pub old_url: Option<String>,
    /// More addresses that led to it (`?p=12`, Hugo's aliases).
    pub aliases: Vec<String>,
    /// Its slug as the export has it; may be anything.
    pub slug: String,
    /// Its language; `None` is the site's.
    pub language: Option<Language>,
    /// What it shares with its translations; `None` when it has none.
    pub group: Option<String>,
    /// Its headline; may be empty.
    pub headline: String,
    /// Its standfirst; may be empty.
    pub standfirst: String,
    /// Its body, with provisional photo ids.
    pub document: Document,
    /// The photo on top.
    pub lead_photo: Option<PhotoUse>,
    /// Photos that the document and the lead refer to, as far as they were not delivered as [`Item::Photo`].
    pub photos: Vec<FoundPhoto>,
    /// Foreign ids of its sections, the main one first.
    pub sections: Vec<String>,
    /// Foreign ids of its topics, the main one first.
    pub topics: Vec<String>,
    /// Foreign ids of its bylines, in the order they sign.
    pub bylines: Vec<String>,
    /// Its sources.
    pub sources: Vec<Source>,
    /// Its corrections.
    pub corrections: Vec<(Timestamp, String)>,
    /// Slugs or foreign ids of stories the editors picked for *Read more*.
    pub picks: Vec<String>,
    /// Its place on the front page, 1 being the lead; `None` when it has none.
    pub front: Option<i64>,
    /// When it was or will be published.
    pub published_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
    /// Content that was kept without being understood, or left out: for the report.
    pub notes: Vec<Note>,
}

/// A static page of the export.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundPage {
    /// Unique among pages within the source.
    pub foreign_id: String,
    /// Whether it was public.
    pub public: bool,
    /// Its place in the footer's menu.
    pub menu: Option<i64>,
    /// Address on the old site.
    pub old_url: Option<String>,
    /// More addresses that led to it.
    pub aliases: Vec<String>,
    /// Its slug as the export has it.
    pub slug: String,
    /// Its language; `None` is the site's.
    pub language: Option<Language>,
    /// Its title.
    pub title: String,
    /// Its body.
    pub document: Document,
    /// Photos that the document refers to.
    pub photos: Vec<FoundPhoto>,
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
    /// Content that was kept without being understood, or left out.
    pub notes: Vec<Note>,
}

/// Something about one item that the report must name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Note {
    /// Content that became a [`model::document::Unknown`] block: `wp:latest-posts`, `[contact-form]`.
    Kept {
        /// What the system calls it.
        name: String,
    },
    /// Something left out on purpose, and why: a subscribe button, a dangerous link.
    Dropped {
        /// What.
        name: String,
        /// Why.
        reason: String,
    },
}

/// Something of the export that is not taken over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// `post`, `nav_menu_item`, `comment`, `user` ….
    pub kind: String,
    /// Its id in the export; may be empty.
    pub foreign_id: String,
    /// Its title; may be empty. Never a person's name or address.
    pub title: String,
    /// Why, in words for the report: "in the trash", "private", "comments are not taken over".
    pub reason: String,
    /// How many such there are, when they are not listed one by one.
    pub count: u64,
}

/// Why an export could not be read, or not to its end. What was delivered before stands.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file or folder cannot be read.
    #[error("could not read {path}")]
    Io {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// It is something else.
    #[error("{path} is not {wanted}: {why}")]
    WrongKind {
        /// Which.
        path: String,
        /// "a WordPress export (WXR)", "a Ghost export (JSON)" ….
        wanted: &'static str,
        /// What gave it away, and what to do.
        why: String,
    },
    /// It breaks off or is damaged at a place.
    #[error("{path} is damaged near byte {at}: {why}")]
    Damaged {
        /// Which.
        path: String,
        /// Byte offset, as near as known.
        at: u64,
        /// What is wrong, and what to do.
        why: String,
    },
    /// It tries to be larger than it is: entities, nesting, one endless item.
    #[error("{path} is refused near byte {at}: {why}")]
    Refused {
        /// Which.
        path: String,
        /// Byte offset, as near as known.
        at: u64,
        /// Which limit, its number, and what to do.
        why: String,
    },
    /// The receiver wanted no more.
    #[error("the import was stopped")]
    Stopped,
}

impl From<Stop> for Error {
    fn from(_: Stop) -> Self {
        Self::Stopped
    }
}
