//! Files of the theme: fonts, icons. Their names carry a hash of their bytes.

use http::StatusCode;

use super::{draft::Draft, headers, reading::Reading};
use crate::{cache::Prepared, error::Error};

/// A file of the theme.
pub(super) fn show(reading: &Reading, name: &str) -> Result<Option<Draft>, Error> {
    let Some(asset) = reading.theme.asset(&format!("/assets/{name}")) else { return Ok(None) };
    let (media_type, bytes) = (asset.media_type, asset.bytes.to_vec());
    Ok(Some(Draft::of(move |_| {
        let headers = headers::of_file(media_type)?;
        // SVG and script are text; everything else is compressed already.
        match media_type {
            "image/svg+xml" | "text/javascript; charset=utf-8" => Prepared::new(StatusCode::OK, &headers, bytes),
            _ => Prepared::plain(StatusCode::OK, &headers, bytes),
        }
    })))
}
