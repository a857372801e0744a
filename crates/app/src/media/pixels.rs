//! Every rendition of a photo from an upload's bytes. Pure and blocking; [`super::ingest`] runs it beside the server.
//!
//! The decoded picture is scaled once, to no more than the renditions need, and turned upright in that size; then
//! the full-size pixels are let go. A rendition is never larger than the photo, except the crops, whose sizes are fixed.

use bytes::Bytes;
use data_encoding::HEXLOWER;
use image::metadata::Orientation;
use model::photo::RenditionRole;
use model::{FocalPoint, PhotoForm, Rendition};
use sha2::{Digest as _, Sha256};

use super::decode::{self, Decoded};
use super::raster::{Cut, Raster, height_for};
use super::words::{FoundWords, words};
use super::{Refused, encode};

/// Widths of whole renditions, in pixels.
pub const WHOLE_WIDTHS: [u32; 4] = [480, 800, 1200, 1800];
/// The whole JPEG is at most so wide.
pub const JPEG_WIDTH: u32 = 1200;
/// The small form has at most so many bytes, so that it passes networks that cut connections.
pub const SMALL_BYTES: usize = 12_288;
/// The small form is at most so wide and so high.
const SMALL_BOX: (u32, u32) = (480, 720);
/// Crops for cards, 3:2. The second one only of photos that have as many pixels.
const CARDS: [(u32, u32); 2] = [(480, 320), (960, 640)];
/// The crop for previews in chats.
const SHARE: (u32, u32) = (1200, 630);
/// WebP's longest side.
const MAX_SIDE_OUT: u32 = 16_383;
/// Above so many pixels (very long drawings) AVIF would take too long, and WebP has to do.
const AVIF_PIXELS: u64 = 6_000_000;

/// A photo ready to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// Pixels across, upright.
    pub width: u32,
    /// Pixels down, upright.
    pub height: u32,
    /// Average colour, `#rrggbb`.
    pub colour: String,
    /// The files, largest whole one first.
    pub files: Vec<(Rendition, Bytes)>,
    /// Caption, credit and alt text found in the upload.
    pub found: FoundWords,
    /// SHA-256 of the upload, hex.
    pub source_hash: String,
}

/// Makes every rendition of an upload.
pub fn prepare(bytes: &[u8], focal: FocalPoint) -> Result<Prepared, Refused> {
    let (_, decoded) = decode::decode(bytes)?;
    let (width, height) = upright_size(&decoded);
    let working = working_copy(decoded, (width, height))?;
    let mut files = wholes(&working, width)?;
    files.push(small(&working)?);
    files.extend(crops(&working, (width, height), focal)?);
    let colour = working.colour();
    Ok(Prepared { width, height, colour, files, found: words(bytes), source_hash: hash(bytes) })
}

/// SHA-256 in hex.
pub(super) fn hash(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

fn upright_size(decoded: &Decoded) -> (u32, u32) {
    let (width, height) = (decoded.raster.width, decoded.raster.height);
    match decoded.orientation {
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH => {
            (height, width)
        }
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => (width, height),
    }
}

/// The picture upright, in sRGB, and no larger than the widest rendition and the crop for chats need.
fn working_copy(decoded: Decoded, (width, height): (u32, u32)) -> Result<Raster, Refused> {
    let share = Cut::around(FocalPoint::default(), (width, height), SHARE);
    let widest = f64::from(WHOLE_WIDTHS[WHOLE_WIDTHS.len() - 1]);
    let scale = (widest / f64::from(width)).max(f64::from(SHARE.0) / share.width).min(1.0);
    let fit = |side: u32| ((f64::from(side) * scale).round() as u32).clamp(1, side.max(1));
    let raster = decoded.raster;
    let (fit_width, fit_height) = (fit(raster.width), fit(raster.height));
    let scaled = if (fit_width, fit_height) == (raster.width, raster.height) {
        raster
    } else {
        raster.scaled(fit_width, fit_height)?
    };
    let coloured = decode::to_srgb(scaled, decoded.profile.as_deref());
    Ok(decode::upright(coloured, decoded.orientation))
}

/// The widths in which a photo is kept: those that are smaller than it, and its own where the next one would be
/// more than a tenth narrower.
fn widths(width: u32, height: u32) -> Vec<u32> {
    let by_height = u64::from(MAX_SIDE_OUT) * u64::from(width) / u64::from(height.max(1));
    let by_height = u32::try_from(by_height).unwrap_or(u32::MAX).max(1);
    let top = width.min(WHOLE_WIDTHS[WHOLE_WIDTHS.len() - 1]).min(by_height);
    let mut widths: Vec<u32> = WHOLE_WIDTHS.into_iter().filter(|width| *width * 10 < top * 9).collect();
    widths.push(top);
    widths.reverse();
    widths
}

fn wholes(working: &Raster, width: u32) -> Result<Vec<(Rendition, Bytes)>, Refused> {
    let shape = (working.width, working.height);
    let sized = |width: u32| working.scaled(width, height_for(width, shape).min(MAX_SIDE_OUT));
    let mut files = Vec::new();
    let all = widths(working.width.min(width), working.height);
    for width in &all {
        let raster = sized(*width)?;
        if raster.pixels() <= AVIF_PIXELS {
            files.push(file(RenditionRole::Whole, PhotoForm::Avif, &raster)?);
        }
        files.push(file(RenditionRole::Whole, PhotoForm::Webp, &raster)?);
    }
    let widest = all.first().copied().unwrap_or(1).min(JPEG_WIDTH);
    files.push(file(RenditionRole::Whole, PhotoForm::Jpeg, &sized(widest)?)?);
    Ok(files)
}

/// The widest and then the finest picture that fits: widths step down only when the coarsest bearable quality
/// is still too large.
fn small(working: &Raster) -> Result<(Rendition, Bytes), Refused> {
    const QUALITIES: std::ops::RangeInclusive<u8> = 34..=76;
    let shape = (working.width, working.height);
    let by_height = u64::from(SMALL_BOX.1) * u64::from(shape.0) / u64::from(shape.1.max(1));
    let mut width = shape.0.min(SMALL_BOX.0).min(u32::try_from(by_height).unwrap_or(u32::MAX)).max(1);
    loop {
        let raster = working.scaled(width, height_for(width, shape).min(SMALL_BOX.1))?;
        if let Some(bytes) = finest(&raster, QUALITIES)? {
            return Ok(named(RenditionRole::Small, PhotoForm::Webp, &raster, bytes));
        }
        if width == 1 {
            return Err(Refused::encoding("no small form is small enough"));
        }
        width = (width * 4 / 5).max(1);
    }
}

/// The highest quality at which a picture fits into the small form, by bisection.
fn finest(raster: &Raster, qualities: std::ops::RangeInclusive<u8>) -> Result<Option<Bytes>, Refused> {
    let (mut low, mut high) = qualities.into_inner();
    let fits = |quality: u8| -> Result<Option<Bytes>, Refused> {
        let bytes = encode::webp(raster, f32::from(quality))?;
        Ok((bytes.len() <= SMALL_BYTES).then_some(bytes))
    };
    if let Some(bytes) = fits(high)? {
        return Ok(Some(bytes));
    }
    let Some(mut best) = fits(low)? else { return Ok(None) };
    while high - low > 2 {
        let middle = low.midpoint(high);
        match fits(middle)? {
            Some(bytes) => (best, low) = (bytes, middle),
            None => high = middle,
        }
    }
    Ok(Some(best))
}

/// Cards and the crop for chats. `real` is the photo's own size, which says whether the large card is worth it.
pub(super) fn crops(working: &Raster, real: (u32, u32), focal: FocalPoint) -> Result<Vec<(Rendition, Bytes)>, Refused> {
    let shape = (working.width, working.height);
    let mut files = Vec::new();
    for card in CARDS {
        if card == CARDS[0] || Cut::around(focal, real, card).width >= f64::from(card.0) {
            let raster = working.cut(Cut::around(focal, shape, card), card.0, card.1)?;
            files.push(file(RenditionRole::Card, PhotoForm::Webp, &raster)?);
        }
    }
    let raster = working.cut(Cut::around(focal, shape, SHARE), SHARE.0, SHARE.1)?;
    files.push(file(RenditionRole::Share, PhotoForm::Jpeg, &raster)?);
    Ok(files)
}

fn file(role: RenditionRole, form: PhotoForm, raster: &Raster) -> Result<(Rendition, Bytes), Refused> {
    Ok(named(role, form, raster, encode::encode(raster, form)?))
}

fn named(role: RenditionRole, form: PhotoForm, raster: &Raster, bytes: Bytes) -> (Rendition, Bytes) {
    let hash = hash(&bytes);
    let key = format!("media/{}/{}.{}", &hash[..2], &hash[..32], form.extension());
    let (width, height) = (raster.width, raster.height);
    (Rendition { role, form, width, height, bytes: bytes.len() as u64, key }, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_kept_in_the_widths_that_it_has() {
        assert_eq!(widths(6000, 4000), [1800, 1200, 800, 480]);
        assert_eq!(widths(1800, 1200), [1800, 1200, 800, 480]);
        assert_eq!(widths(1250, 900), [1250, 800, 480]);
        assert_eq!(widths(800, 600), [800, 480]);
        assert_eq!(widths(300, 200), [300]);
        assert_eq!(widths(1, 30_000), [1]);
        assert_eq!(widths(1800, 30_000), [982, 800, 480]);
    }
}
