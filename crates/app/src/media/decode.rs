//! Files to pixels: what the header says is checked first, then decoded, flattened on white, turned to sRGB.
//!
//! Decoders are other people's code reading strangers' bytes. They get limits, and one that panics refuses the file.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageResult, Limits};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::raster::Raster;
use super::refused::{MAX_DECODED, MAX_UPLOAD, Refused, check_size};
use super::{Kind, avif, sniff};

/// Larger colour profiles than 4 MiB are not read.
const MAX_PROFILE: usize = 4 * 1024 * 1024;

/// What a header says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    pub(super) kind: Kind,
    /// Bytes of memory that decoding takes.
    pub(super) decoded: u64,
}

/// A decoded picture that still has to be turned.
pub(super) struct Decoded {
    pub(super) raster: Raster,
    pub(super) orientation: Orientation,
    pub(super) profile: Option<Vec<u8>>,
}

/// Reads the header alone and refuses what is too large.
pub(super) fn header(bytes: &[u8]) -> Result<Header, Refused> {
    if bytes.len() > MAX_UPLOAD {
        return Err(Refused::TooBig { bytes: bytes.len() });
    }
    let kind = sniff(bytes)?;
    guarded(kind, || {
        let (width, height, decoded) = match kind {
            Kind::Avif => avif::size(bytes)?,
            Kind::Jpeg | Kind::Png | Kind::Webp | Kind::Gif => {
                let decoder = open(kind, bytes).map_err(|error| Refused::broken(kind, error))?;
                let (width, height) = decoder.dimensions();
                (width, height, decoder.total_bytes())
            }
        };
        if width == 0 || height == 0 {
            return Err(Refused::broken(kind, "it has no pixels"));
        }
        check_size(width, height, decoded)?;
        Ok(Header { kind, decoded })
    })
}

/// Decodes a whole file.
pub(super) fn decode(bytes: &[u8]) -> Result<(Header, Decoded), Refused> {
    let header = header(bytes)?;
    let decoded = guarded(header.kind, || match header.kind {
        Kind::Avif => avif::decode(bytes),
        Kind::Jpeg | Kind::Png | Kind::Webp | Kind::Gif => decode_with_image(header.kind, bytes),
    })?;
    Ok((header, decoded))
}

/// A decoder of the `image` crate, which has read the header.
pub(super) fn open(kind: Kind, bytes: &[u8]) -> ImageResult<Box<dyn ImageDecoder + '_>> {
    let reader = Cursor::new(bytes);
    let mut decoder: Box<dyn ImageDecoder + '_> = match kind {
        Kind::Png => Box::new(PngDecoder::with_limits(reader, limits())?),
        Kind::Webp => Box::new(WebPDecoder::new(reader)?),
        Kind::Gif => Box::new(GifDecoder::new(reader)?),
        // AVIF never comes here.
        Kind::Jpeg | Kind::Avif => Box::new(JpegDecoder::new(reader)?),
    };
    if matches!(kind, Kind::Webp | Kind::Gif) {
        // The size is refused in our own words; this limits what the decoder takes besides.
        let mut limits = limits();
        (limits.max_image_width, limits.max_image_height) = (None, None);
        decoder.set_limits(limits)?;
    }
    Ok(decoder)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_DECODED + 64 * 1024 * 1024);
    limits
}

fn decode_with_image(kind: Kind, bytes: &[u8]) -> Result<Decoded, Refused> {
    if kind == Kind::Jpeg && is_cut_off(bytes) {
        return Err(Refused::broken(kind, "its end is missing"));
    }
    let broken = |error| Refused::broken(kind, error);
    let mut decoder = open(kind, bytes).map_err(broken)?;
    // A photo with unreadable metadata is still a photo: it stands as it is.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().unwrap_or(None);
    let image = DynamicImage::from_decoder(decoder).map_err(broken)?;
    Ok(Decoded { raster: flatten(image), orientation, profile })
}

/// JPEG decoders fill what is missing with grey. A picture whose last scan has no end marker behind it is cut off.
fn is_cut_off(bytes: &[u8]) -> bool {
    let last = |marker: u8| bytes.windows(2).rposition(|pair| pair == [0xff, marker]);
    match (last(0xda), last(0xd9)) {
        (Some(scan), Some(end)) => end < scan,
        (_, None) => true,
        (None, Some(_)) => false,
    }
}

fn flatten(image: DynamicImage) -> Raster {
    let (width, height) = (image.width(), image.height());
    let rgb = if image.color().has_alpha() {
        let rgba = image.into_rgba8();
        rgba.pixels().flat_map(|pixel| on_white(pixel.0)).collect()
    } else {
        image.into_rgb8().into_raw()
    };
    Raster { width, height, rgb }
}

/// What a pixel looks like on white paper.
pub(super) fn on_white([red, green, blue, alpha]: [u8; 4]) -> [u8; 3] {
    let alpha = u16::from(alpha);
    [red, green, blue].map(|value| {
        let mixed = (u16::from(value) * alpha + 255 * (255 - alpha) + 127) / 255;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    })
}

/// Converts to sRGB by the picture's own profile. A profile that cannot be read leaves the picture as it is, which
/// is what browsers do.
pub(super) fn to_srgb(mut raster: Raster, profile: Option<&[u8]>) -> Raster {
    let Some(profile) = profile.filter(|profile| profile.len() <= MAX_PROFILE) else { return raster };
    let converted = catch_unwind(|| {
        let profile = ColorProfile::new_from_slice(profile)?;
        if profile.color_space != DataColorSpace::Rgb {
            return Ok(None);
        }
        let srgb = ColorProfile::new_srgb();
        let transform = profile.create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, TransformOptions::default())?;
        let mut rgb = vec![0; raster.rgb.len()];
        transform.transform(&raster.rgb, &mut rgb)?;
        Ok::<_, moxcms::CmsError>(Some(rgb))
    });
    match converted {
        Ok(Ok(Some(rgb))) => raster.rgb = rgb,
        Ok(Ok(None)) => {}
        Ok(Err(error)) => tracing::debug!(%error, "a photo's colour profile is not usable"),
        Err(_panic) => tracing::warn!("a photo's colour profile made the converter panic"),
    }
    raster
}

/// Turns a picture upright.
pub(super) fn upright(raster: Raster, orientation: Orientation) -> Raster {
    if orientation == Orientation::NoTransforms {
        return raster;
    }
    let (width, height) = (raster.width, raster.height);
    let Some(buffer) = image::RgbImage::from_raw(width, height, raster.rgb) else {
        return Raster { width: 0, height: 0, rgb: Vec::new() };
    };
    let mut image = DynamicImage::ImageRgb8(buffer);
    image.apply_orientation(orientation);
    Raster { width: image.width(), height: image.height(), rgb: image.into_rgb8().into_raw() }
}

fn guarded<T>(kind: Kind, work: impl FnOnce() -> Result<T, Refused>) -> Result<T, Refused> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Refused::broken(kind, "the decoder gave up")))
}
