//! The document in every channel: web, lite, text, feed, e-mail and Markdown.
//!
//! A channel is one file that implements [`channel::Channel`]: one method for every block and every inline, none with a
//! default. The driver in [`walk`] matches exhaustively and calls them. So a new block does not compile until every
//! channel shows it or says, in its own words, how it degrades; and a new channel is one new file and one line here.
//!
//! Whatever a document holds, every channel guarantees: text is escaped; no address leaves that is not `https:`,
//! `http:`, `mailto:`, `tel:`, a fragment or a path of this newsroom; nothing is loaded from a third party; foreign
//! markup ([`model::document::Unknown`]) is never let through, only its readable text.

mod channel;
mod email;
mod feed;
mod html;
mod labels;
mod links;
mod lite;
mod markdown;
mod notes;
mod outline;
mod photos;
mod split;
mod tables;
mod text;
mod walk;
mod web;

use std::collections::HashMap;

use model::{Document, Language, Photo, PhotoId};

pub use email::{
    IssueItem, IssueMail, IssueWords, Mail, Note, NoteLine, Scheme, email, issue_html, issue_text, mail, mail_text,
    note_html, note_text,
};
pub use feed::feed;
pub use labels::Labels;
pub use lite::lite;
pub use markdown::markdown;
pub use photos::universal as photo_file;
pub use split::split;
pub use text::text;
pub use web::{lead_photo, web, web_among_others};

/// What a channel needs besides the document.
#[derive(Debug, Clone, Copy)]
pub struct Resources<'a> {
    /// What leads from the page to the root, ending with `/`: `../../` ([`model::Path::to_root`]), or
    /// `https://host/` where addresses must be absolute (feed, text).
    pub root: &'a str,
    /// The language of the page.
    pub language: &'a Language,
    /// The photos that the document shows. One that is not here is treated as missing.
    pub photos: &'a HashMap<PhotoId, Photo>,
    /// Present paths of those internal links that lead elsewhere by now; others are taken as they are.
    pub links: &'a HashMap<String, String>,
    /// Interface words in the page's language.
    pub labels: &'a Labels,
}

/// How a channel turns a document into its form; all of [`web`], [`lite`], [`text`], [`feed`], [`email`] and [`markdown`] have
/// this shape.
pub type Render = fn(&Document, &Resources<'_>) -> String;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
