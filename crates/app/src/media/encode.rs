//! Pixels to files. Each encoder gets pixels and nothing else, so no metadata can come along.

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use model::PhotoForm;
use ravif::{BitDepth, Encoder as AvifEncoder, Img};
use rgb::FromSlice as _;
use webp::{Encoder as WebpEncoder, WebPConfig};

use super::Refused;
use super::raster::Raster;

/// WebP quality, 0 to 100.
pub(super) const WEBP_QUALITY: f32 = 78.0;
/// WebP effort, 0 (fast) to 6.
const WEBP_METHOD: i32 = 4;
/// AVIF quality, 0 to 100.
const AVIF_QUALITY: f32 = 60.0;
/// AVIF speed, 1 to 10 (fast); see `docs/adr/0004-photo-pipeline.md` for what was measured.
const AVIF_SPEED: u8 = 9;
/// JPEG quality, 0 to 100.
const JPEG_QUALITY: u8 = 80;

/// One picture in one format, at the format's usual quality.
pub(super) fn encode(raster: &Raster, form: PhotoForm) -> Result<Bytes, Refused> {
    match form {
        PhotoForm::Avif => avif(raster),
        PhotoForm::Webp => webp(raster, WEBP_QUALITY),
        PhotoForm::Jpeg => jpeg(raster),
    }
}

/// One thread, because the number of tiles, and with it the bytes, would follow the number of threads.
fn avif(raster: &Raster) -> Result<Bytes, Refused> {
    let encoder = AvifEncoder::new()
        .with_quality(AVIF_QUALITY)
        .with_speed(AVIF_SPEED)
        .with_bit_depth(BitDepth::Eight)
        .with_num_threads(Some(1));
    let image = Img::new(raster.rgb.as_rgb(), raster.width as usize, raster.height as usize);
    let encoded = encoder.encode_rgb(image).map_err(Refused::encoding)?;
    Ok(encoded.avif_file.into())
}

/// WebP at a quality from 0 to 100.
pub(super) fn webp(raster: &Raster, quality: f32) -> Result<Bytes, Refused> {
    let mut config = WebPConfig::new().map_err(|()| Refused::encoding("WebP has no configuration"))?;
    config.quality = quality;
    config.method = WEBP_METHOD;
    let encoder = WebpEncoder::from_rgb(&raster.rgb, raster.width, raster.height);
    let encoded = encoder.encode_advanced(&config).map_err(|error| Refused::encoding(format!("{error:?}")))?;
    Ok(Bytes::copy_from_slice(&encoded))
}

fn jpeg(raster: &Raster) -> Result<Bytes, Refused> {
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY);
    encoder
        .encode(&raster.rgb, raster.width, raster.height, image::ExtendedColorType::Rgb8)
        .map_err(Refused::encoding)?;
    Ok(file.into())
}
