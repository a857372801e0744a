//! Photos, from whatever somebody uploads to the files that readers get (law 4: pixels only).
//!
//! bytes → [`kind`] (what it is, by content) → `decode` (header checked, then decoded, flattened, sRGB, upright) →
//! [`pixels`] (every rendition, encoded anew) → `ingest` (stored under the hash of its bytes, with a manifest).
//! Nothing of the upload but its pixels reaches a rendition. Caption and credit that were found in it ([`words`]) are
//! offered to the editor and are stored nowhere else. The upload itself is not kept.
//!
//! The same upload makes the same bytes, so that it makes the same keys, on every machine with the same build.

mod avif;
mod crops;
mod decode;
mod encode;
mod ingest;
mod kind;
pub mod library;
mod manifest;
pub mod pixels;
mod raster;
mod refused;
mod words;

pub use crops::crop;
pub use ingest::{Error, Ingested, ingest};
pub use kind::{Kind, sniff};
pub use pixels::{Prepared, prepare};
pub use refused::{MAX_DECODED, MAX_PIXELS, MAX_SIDE, MAX_UPLOAD, Refused};
pub use words::{FoundWords, words};
