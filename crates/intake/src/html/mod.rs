//! An HTML fragment → a [`Document`].
//!
//! The fragment is bounded ([`bounds`]), parsed by html5ever as a browser would, and walked once: what stands in a line
//! goes to a [`line::Line`], what stands below one another becomes blocks ([`walk`]). Whatever is not understood is kept
//! as [`model::document::Unknown`] with its markup and its readable text, and noted. Scripts, styles and event handlers
//! reach no other place than `Unknown::raw`, which no channel shows. Blocks nest at most
//! [`model::document::MAX_DEPTH`] deep: what is deeper is lifted out, never lost.

mod bounds;
mod cards;
mod element;
mod embed;
mod figure;
mod footnote;
mod line;
mod list;
mod media;
mod table;
mod tidy;
mod walk;
pub(crate) mod words;

use model::{Document, Language};

use crate::{FoundPhoto, Note};

pub use crate::links::web as web_address;
pub use bounds::MAX_BYTES;
pub use embed::known as known_embed;
pub use words::{escape, plain};

/// What the fragment stands in: the export answers for addresses and photos.
pub trait Around {
    /// The system's name for [`model::document::Unknown`]: `wordpress`, `ghost` ….
    fn system(&self) -> &'static str;

    /// The lasting address of a link: the site's own addresses as `/path`, everything else as it is.
    fn link(&self, href: &str) -> String {
        href.to_owned()
    }

    /// Which photo an image shows: its original rather than a smaller copy of it. `None` when its address leads out of
    /// the export or is none.
    fn photo(&self, image: &Image<'_>) -> Option<FoundPhoto>;

    /// Whether the photo is delivered by itself, with its own words.
    fn lists(&self, _url: &str) -> bool {
        false
    }

    /// Whether an address is the page of a photo itself, so that a link to it around the photo says nothing.
    fn is_photo_page(&self, _href: &str) -> bool {
        false
    }

    /// The language of the text, so that marks that say the same are left out.
    fn language(&self) -> Option<&Language> {
        None
    }

    /// Footnotes that stand outside the text, as id and HTML.
    fn footnotes(&self) -> &[(String, String)] {
        &[]
    }
}

/// An image of the fragment.
#[derive(Debug, Clone, Copy)]
pub struct Image<'a> {
    /// Its address as it stands.
    pub src: &'a str,
    /// Its alt text.
    pub alt: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its classes.
    pub class: &'a str,
}

/// What was made of a fragment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Converted {
    /// The text.
    pub document: Document,
    /// The photos it shows that the export does not list by themselves.
    pub photos: Vec<FoundPhoto>,
    /// What was kept without being understood, or left out.
    pub notes: Vec<Note>,
}

/// Reads a fragment. Never fails and never panics, whatever the bytes.
#[must_use]
pub fn convert(html: &str, around: &dyn Around) -> Converted {
    walk::convert(html, around)
}

/// A fragment without anything around it: addresses stay as they are.
#[derive(Debug, Clone, Copy)]
pub struct Nowhere;

impl Around for Nowhere {
    fn system(&self) -> &'static str {
        "html"
    }

    fn photo(&self, image: &Image<'_>) -> Option<FoundPhoto> {
        Some(media::photo_at(image.src, image))
    }
}

pub use media::photo_at;
