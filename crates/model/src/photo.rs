//! Photos: stored re-encoded, stripped, in several widths (law 4).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{PhotoId, Timestamp};

/// The point of a photo that must stay visible when it is cropped, in thousandths from the top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FocalPoint {
    /// 0 (left) to 1000 (right).
    pub x: u16,
    /// 0 (top) to 1000 (bottom).
    pub y: u16,
}

impl Default for FocalPoint {
    fn default() -> Self {
        Self { x: 500, y: 500 }
    }
}

/// The formats a photo is kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PhotoForm {
    /// AV1 still image.
    Avif,
    /// WebP.
    Webp,
    /// JPEG, the form that everything can show (feeds, chat previews).
    Jpeg,
}

impl PhotoForm {
    /// The file name's ending, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Avif => "avif",
            Self::Webp => "webp",
            Self::Jpeg => "jpg",
        }
    }

    /// The media type (RFC 6838).
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::Webp => "image/webp",
            Self::Jpeg => "image/jpeg",
        }
    }
}

/// What a rendition is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RenditionRole {
    /// The whole photo in one width.
    Whole,
    /// The whole photo, at most 12 KiB, for networks that cut connections.
    Small,
    /// A 3:2 crop around the focal point, for cards in lists.
    Card,
    /// A 1200 × 630 crop around the focal point, JPEG, for previews in chats.
    Share,
}

/// One stored file of a photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendition {
    /// What it is for.
    pub role: RenditionRole,
    /// Its format.
    pub form: PhotoForm,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Bytes.
    pub bytes: u64,
    /// Its object key and, behind `/`, its public path: `media/<first 2>/<32 hex of SHA-256 of its bytes>.<extension>`.
    pub key: String,
}

/// Whether a photo's pixels are here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhotoState {
    /// Known by its address only; it can be fetched later. The stories that show it stand without it.
    Missing,
    /// Stored, with all its renditions.
    Ready,
}

impl PhotoState {
    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Ready => "ready",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "missing" => Self::Missing,
            "ready" => Self::Ready,
            _ => return None,
        })
    }
}

/// An image with what must be said about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// Its id.
    pub id: PhotoId,
    /// Whether its pixels are here.
    pub state: PhotoState,
    /// Where it came from when it was imported: the address it can be fetched from.
    pub origin: Option<String>,
    /// SHA-256 (hex) of the uploaded bytes, which are not kept: the same upload twice is one photo.
    pub source_hash: Option<String>,
    /// Pixels across, upright; 0 while missing.
    pub width: u32,
    /// Pixels down, upright; 0 while missing.
    pub height: u32,
    /// What must stay visible in a crop.
    pub focal: FocalPoint,
    /// What is to be seen, for those who do not see it. Empty means decorative or not yet written.
    pub alt: String,
    /// The caption that goes with it unless a story says otherwise. Plain text.
    pub caption: String,
    /// Who made it and who holds it: "Name / Agency".
    pub credit: String,
    /// Average colour, `#rrggbb`, shown while loading; empty while missing.
    pub colour: String,
    /// The stored files.
    pub renditions: Vec<Rendition>,
    /// When it came.
    pub created_at: Timestamp,
}

impl Photo {
    /// The rendition that is at most 12 KiB.
    #[must_use]
    pub fn small(&self) -> Option<&Rendition> {
        self.renditions.iter().find(|r| r.role == RenditionRole::Small)
    }

    /// Renditions of one role and form, narrowest first.
    pub fn of(&self, role: RenditionRole, form: PhotoForm) -> impl Iterator<Item = &Rendition> {
        self.renditions.iter().filter(move |r| r.role == role && r.form == form)
    }
}

/// How wide a photo stands in a story.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhotoWidth {
    /// As wide as the text.
    #[default]
    Text,
    /// Wider than the text.
    Wide,
    /// From edge to edge.
    Full,
    /// Beside the text, at the start of the line.
    Start,
    /// Beside the text, at the end of the line.
    End,
}

/// A photo as one story shows it. An empty text means: as the photo itself says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PhotoUse {
    /// Which photo.
    pub photo: PhotoId,
    /// Alt text in this story's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// Caption in this story's language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caption: Vec<crate::document::Inline>,
    /// Credit in this story's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// How wide it stands.
    #[serde(default)]
    pub width: PhotoWidth,
}

impl PhotoUse {
    /// A photo shown with its own alt text, caption and credit.
    #[must_use]
    pub fn plain(photo: PhotoId) -> Self {
        Self { photo, alt: None, caption: Vec::new(), credit: None, width: PhotoWidth::Text }
    }
}
