//! Pictures to upload, and looking at what became of them.

use std::io::Cursor;

use app::media::Prepared;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use model::photo::RenditionRole;
use model::{PhotoForm, Rendition};

pub(crate) const RED: [u8; 3] = [220, 30, 30];
pub(crate) const GREEN: [u8; 3] = [30, 200, 30];
pub(crate) const BLUE: [u8; 3] = [30, 30, 220];
pub(crate) const YELLOW: [u8; 3] = [230, 220, 40];

/// Red, green / blue, yellow.
pub(crate) fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => YELLOW,
        })
    })
}

/// Noise, which no encoder can make small.
pub(crate) fn noise(width: u32, height: u32) -> RgbImage {
    let mut seed = 7_u32;
    RgbImage::from_fn(width, height, |_, _| {
        Rgb([0; 3].map(|_: u8| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        }))
    })
}

pub(crate) fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, 95).encode_image(picture).unwrap();
    file
}

pub(crate) fn encoded(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture.clone()).write_to(&mut file, format).unwrap();
    file.into_inner()
}

pub(crate) fn webp(picture: &RgbImage) -> Vec<u8> {
    webp::Encoder::from_rgb(picture, picture.width(), picture.height()).encode(90.0).to_vec()
}

pub(crate) fn avif_encoder() -> ravif::Encoder<'static> {
    ravif::Encoder::new().with_quality(90.0).with_speed(10).with_num_threads(Some(1))
}

pub(crate) fn avif(picture: &RgbImage) -> Vec<u8> {
    use rgb::FromSlice as _;
    let image = ravif::Img::new(picture.as_raw().as_rgb(), picture.width() as usize, picture.height() as usize);
    avif_encoder().encode_rgb(image).unwrap().avif_file
}

/// One picture in every format that is read.
pub(crate) fn every_format(picture: &RgbImage) -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("JPEG", jpeg(picture)),
        ("PNG", encoded(picture, ImageFormat::Png)),
        ("WebP", webp(picture)),
        ("WebP lossless", encoded(picture, ImageFormat::WebP)),
        ("GIF", encoded(picture, ImageFormat::Gif)),
        ("AVIF", avif(picture)),
    ]
}

/// The widest rendition of a role and form, and its bytes.
pub(crate) fn widest(prepared: &Prepared, role: RenditionRole, form: PhotoForm) -> (&Rendition, &[u8]) {
    let files = prepared.files.iter().filter(|(it, _)| it.role == role && it.form == form);
    let (rendition, bytes) = files.max_by_key(|(it, _)| it.width).unwrap();
    (rendition, bytes)
}

/// What everybody sees: the whole JPEG, decoded.
pub(crate) fn shown(prepared: &Prepared) -> RgbImage {
    image::load_from_memory(widest(prepared, RenditionRole::Whole, PhotoForm::Jpeg).1).unwrap().into_rgb8()
}

/// The colours in the middle of the four quarters, row by row.
pub(crate) fn corners(picture: &RgbImage) -> [[u8; 3]; 4] {
    let (width, height) = picture.dimensions();
    [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| picture.get_pixel(width * x / 4, height * y / 4).0)
}

/// Whether two colours look alike.
pub(crate) fn alike(one: [u8; 3], other: [u8; 3]) -> bool {
    one.iter().zip(other).all(|(a, b)| a.abs_diff(b) < 24)
}

pub(crate) fn assert_corners(picture: &RgbImage, expected: [[u8; 3]; 4], what: &str) {
    let seen = corners(picture);
    assert!(seen.iter().zip(expected).all(|(a, b)| alike(*a, b)), "{what}: {seen:?}, expected {expected:?}");
}
