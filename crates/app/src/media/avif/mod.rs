//! AVIF to pixels: the container is read here, the AV1 picture in it by `re_rav1d` (dav1d in Rust, without assembly).

mod colour;
mod container;

use image::metadata::Orientation;
use re_rav1d::dav1d::{Decoder, Error as Av1Error, Picture, Settings};

use self::colour::Planes;
use self::container::Container;
use super::decode::Decoded;
use super::raster::Raster;
use super::{Kind, Refused};

/// A decoder that asks for more data so often will never have a picture.
const MAX_TRIES: usize = 64;

/// The size that the container gives, and how much memory decoding takes.
pub(super) fn size(bytes: &[u8]) -> Result<(u32, u32, u64), Refused> {
    let container = Container::read(bytes)?;
    let (width, height) = container.size;
    Ok((width, height, u64::from(width) * u64::from(height) * 4))
}

/// The XMP packet and the Exif block, as they stand in the file.
pub(super) fn packets(bytes: &[u8]) -> Result<[Option<Vec<u8>>; 2], Refused> {
    let container = Container::read(bytes)?;
    Ok([container.xmp, container.exif])
}

pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Refused> {
    let container = Container::read(bytes)?;
    let picture = picture(&container.primary, container.size)?;
    let planes = Planes::of(&picture, container.colour)?;
    let mut rgb = planes.rgb();
    if let Some(alpha) = &container.alpha {
        let alpha = self::picture(alpha, container.size)?;
        let alpha = Planes::of(&alpha, None)?;
        if (alpha.width, alpha.height) != (planes.width, planes.height) {
            return Err(broken("its transparency has another size"));
        }
        colour::flatten(&mut rgb, &alpha, container.premultiplied);
    }
    let (width, height) = (planes.width, planes.height);
    let orientation = orientation(container.turns, container.mirror);
    Ok(Decoded { raster: Raster { width, height, rgb }, orientation, profile: container.profile })
}

fn broken(detail: impl std::fmt::Display) -> Refused {
    Refused::broken(Kind::Avif, detail)
}

/// The first picture of an AV1 stream that is no larger than the container says.
fn picture(stream: &[u8], (width, height): (u32, u32)) -> Result<Picture, Refused> {
    let limit = u64::from(width.next_multiple_of(8)) * u64::from(height.next_multiple_of(8));
    let mut settings = Settings::new();
    settings.set_n_threads(1);
    settings.set_max_frame_delay(1);
    settings.set_frame_size_limit(u32::try_from(limit).unwrap_or(u32::MAX));
    let mut decoder = Decoder::with_settings(&settings).map_err(broken)?;
    let mut sent = decoder.send_data(stream.to_vec(), None, None, None);
    for _try in 0..MAX_TRIES {
        match decoder.get_picture() {
            Ok(picture) => return Ok(picture),
            Err(Av1Error::Again) => {}
            Err(error) => return Err(broken(error)),
        }
        match sent {
            Ok(()) => return Err(broken("there is no picture in it")),
            Err(Av1Error::Again) => sent = decoder.send_pending_data(),
            Err(error) => return Err(broken(error)),
        }
    }
    Err(broken("there is no picture in it"))
}

/// `turns` quarter turns against the clock, then the mirror (ISO/IEC 23008-12, 6.5.10 and 6.5.12).
fn orientation(turns: u8, mirror: Option<u8>) -> Orientation {
    use Orientation as O;
    match (turns % 4, mirror) {
        (0, None) => O::NoTransforms,
        (1, None) => O::Rotate270,
        (2, None) => O::Rotate180,
        (_, None) => O::Rotate90,
        (0, Some(0)) | (2, Some(1..)) => O::FlipVertical,
        (0, Some(1..)) | (2, Some(0)) => O::FlipHorizontal,
        (1, Some(0)) => O::Rotate90FlipH,
        (1, Some(1..)) => O::Rotate270FlipH,
        (_, Some(0)) => O::Rotate270FlipH,
        (_, Some(1..)) => O::Rotate90FlipH,
    }
}
