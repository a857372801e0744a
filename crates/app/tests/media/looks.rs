//! What the renditions look like.

use app::media::{Prepared, pixels, prepare};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use model::photo::RenditionRole;
use model::{FocalPoint, PhotoForm};

use crate::containers::{avif_with, exif, jpeg_exif, jpeg_with};
use crate::files::*;

fn prepared(file: &[u8]) -> Prepared {
    prepare(file, FocalPoint::default()).unwrap()
}

fn whole_widths(prepared: &Prepared, form: PhotoForm) -> Vec<u32> {
    let files = prepared.files.iter().filter(|(it, _)| it.role == RenditionRole::Whole && it.form == form);
    files.map(|(it, _)| it.width).collect()
}

#[test]
fn every_format_comes_out_as_the_same_picture() {
    for (format, file) in every_format(&quarters(300, 200)) {
        let photo = prepared(&file);
        assert_eq!((photo.width, photo.height), (300, 200), "{format}");
        for (rendition, bytes) in &photo.files {
            let seen = match rendition.form {
                PhotoForm::Avif if format != "JPEG" => continue,
                PhotoForm::Avif => shown(&prepared(bytes)),
                PhotoForm::Webp | PhotoForm::Jpeg => image::load_from_memory(bytes).unwrap().into_rgb8(),
            };
            assert_eq!(seen.dimensions(), (rendition.width, rendition.height), "{format}");
            assert_corners(&seen, [RED, GREEN, BLUE, YELLOW], &format!("{format} {rendition:?}"));
        }
    }
}

#[test]
fn a_large_photo_is_kept_in_all_widths_and_crops() {
    let photo = prepared(&jpeg(&quarters(1810, 700)));
    assert_eq!(whole_widths(&photo, PhotoForm::Avif), [1800, 1200, 800, 480]);
    assert_eq!(whole_widths(&photo, PhotoForm::Webp), [1800, 1200, 800, 480]);
    assert_eq!(whole_widths(&photo, PhotoForm::Jpeg), [1200]);
    let sizes = |role| {
        let files = photo.files.iter().filter(move |(it, _)| it.role == role);
        files.map(|(it, _)| (it.form, it.width, it.height)).collect::<Vec<_>>()
    };
    assert_eq!(sizes(RenditionRole::Card), [(PhotoForm::Webp, 480, 320), (PhotoForm::Webp, 960, 640)]);
    assert_eq!(sizes(RenditionRole::Share), [(PhotoForm::Jpeg, 1200, 630)]);
    assert_eq!(sizes(RenditionRole::Small), [(PhotoForm::Webp, 480, 186)]);
    for (rendition, bytes) in &photo.files {
        assert_eq!(rendition.bytes, bytes.len() as u64);
        let name = rendition.key.strip_prefix("media/").unwrap();
        let (folder, file) = name.split_once('/').unwrap();
        let (hash, ending) = file.split_once('.').unwrap();
        assert!(folder == &hash[..2] && hash.len() == 32 && ending == rendition.form.extension(), "{name}");
    }
}

#[test]
fn a_small_photo_is_not_made_larger() {
    let photo = prepared(&jpeg(&quarters(300, 200)));
    assert_eq!(whole_widths(&photo, PhotoForm::Avif), [300]);
    assert_eq!(whole_widths(&photo, PhotoForm::Webp), [300]);
    assert_eq!(whole_widths(&photo, PhotoForm::Jpeg), [300]);
    assert!(photo.files.iter().all(|(it, _)| it.width != 960), "no large card of a small photo");
}

#[test]
fn very_long_and_very_wide_pictures_stand() {
    for (width, height) in [(20, 9000), (9000, 20), (1, 1), (3, 3000)] {
        let photo = prepared(&encoded(&quarters(width, height), ImageFormat::Png));
        assert_eq!((photo.width, photo.height), (width, height));
        for (rendition, bytes) in photo.files.iter().filter(|(it, _)| it.form != PhotoForm::Avif) {
            let seen = image::load_from_memory(bytes).unwrap();
            assert_eq!((seen.width(), seen.height()), (rendition.width, rendition.height));
        }
    }
}

/// Where a stored pixel is seen (Exif 2.3, 4.6.4 A, `Orientation`), written down without the code under test.
fn seen_at(orientation: u16, (x, y): (u32, u32), (width, height): (u32, u32)) -> (u32, u32) {
    let (right, bottom) = (width - 1 - x, height - 1 - y);
    match orientation {
        1 => (x, y),
        2 => (right, y),
        3 => (right, bottom),
        4 => (x, bottom),
        5 => (y, x),
        6 => (bottom, x),
        7 => (bottom, right),
        _eight => (y, right),
    }
}

fn turned(stored: &RgbImage, orientation: u16) -> RgbImage {
    let (width, height) = stored.dimensions();
    let (across, down) = if orientation < 5 { (width, height) } else { (height, width) };
    let mut seen = RgbImage::new(across, down);
    for (x, y, pixel) in stored.enumerate_pixels() {
        let (x, y) = seen_at(orientation, (x, y), (width, height));
        seen.put_pixel(x, y, *pixel);
    }
    seen
}

#[test]
fn all_eight_orientations_come_out_upright() {
    let stored = quarters(120, 80);
    for orientation in 1..=8 {
        let file = jpeg_with(&jpeg(&stored), &[jpeg_exif(&exif(orientation, ["", "", ""]))]);
        let expected = turned(&stored, orientation);
        let photo = prepared(&file);
        assert_eq!((photo.width, photo.height), expected.dimensions(), "orientation {orientation}");
        assert_corners(&shown(&photo), corners(&expected), &format!("orientation {orientation}"));
    }
}

#[test]
fn turned_and_mirrored_avif_comes_out_upright() {
    let stored = quarters(120, 80);
    let file = avif(&stored);
    // Quarter turns against the clock, then a mirror, as Exif's orientations.
    for (turns, mirror, orientation) in [
        (0, None, 1),
        (1, None, 8),
        (2, None, 3),
        (3, None, 6),
        (0, Some(0), 4),
        (0, Some(1), 2),
        (1, Some(0), 5),
        (1, Some(1), 7),
        (2, Some(0), 2),
        (2, Some(1), 4),
        (3, Some(0), 7),
        (3, Some(1), 5),
    ] {
        let photo = prepared(&avif_with(&file, (120, 80), turns, mirror, b"", b""));
        let expected = turned(&stored, orientation);
        assert_eq!((photo.width, photo.height), expected.dimensions(), "{turns} {mirror:?}");
        assert_corners(&shown(&photo), corners(&expected), &format!("{turns} {mirror:?}"));
    }
}

#[test]
fn avif_of_ten_bits_and_with_transparency_is_read() {
    use rgb::FromSlice as _;
    let picture = quarters(120, 80);
    let image = ravif::Img::new(picture.as_raw().as_rgb(), 120, 80);
    let ten = avif_encoder().with_bit_depth(ravif::BitDepth::Ten).encode_rgb(image).unwrap().avif_file;
    assert_corners(&shown(&prepared(&ten)), [RED, GREEN, BLUE, YELLOW], "10 bits");
    let rgba = half_transparent(&picture);
    let image = ravif::Img::new(rgba.as_raw().as_rgba(), 120, 80);
    let clear = avif_encoder().encode_rgba(image).unwrap().avif_file;
    assert_corners(&shown(&prepared(&clear)), [RED, [255; 3], BLUE, [255; 3]], "transparency");
}

/// Its right half lets the paper through.
fn half_transparent(picture: &RgbImage) -> RgbaImage {
    RgbaImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue] = picture.get_pixel(x, y).0;
        Rgba([red, green, blue, if x < picture.width() / 2 { 255 } else { 0 }])
    })
}

#[test]
fn transparency_is_laid_on_white() {
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let mut file = std::io::Cursor::new(Vec::new());
        DynamicImage::ImageRgba8(half_transparent(&quarters(120, 80))).write_to(&mut file, format).unwrap();
        let photo = prepared(file.get_ref());
        assert_corners(&shown(&photo), [RED, [255; 3], BLUE, [255; 3]], &format!("{format:?}"));
    }
}

#[test]
fn grey_and_deep_pictures_are_read() {
    let grey = DynamicImage::ImageRgb8(quarters(120, 80)).into_luma16();
    let mut file = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageLuma16(grey).write_to(&mut file, ImageFormat::Png).unwrap();
    let [dark, light, ..] = corners(&shown(&prepared(file.get_ref())));
    assert!(dark[0] < light[0] && dark[0] == dark[1] && light[1] == light[2], "{dark:?} {light:?}");
}

#[test]
fn the_colours_of_a_wide_profile_become_srgb() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let segment = [b"ICC_PROFILE\0\x01\x01", &profile[..]].concat();
    let plain = jpeg(&RgbImage::from_pixel(64, 64, Rgb([200, 60, 60])));
    let seen = shown(&prepared(&jpeg_with(&plain, &[(0xe2, segment)])));
    let [red, green, _] = seen.get_pixel(32, 32).0;
    assert!(red > 210 && green < 50, "Display P3 (200, 60, 60) is about (216, 40, 52) in sRGB: {red} {green}");
    let broken = [b"ICC_PROFILE\0\x01\x01", &[7; 200][..]].concat();
    let seen = shown(&prepared(&jpeg_with(&plain, &[(0xe2, broken)])));
    assert!(alike(seen.get_pixel(32, 32).0, [200, 60, 60]), "a broken profile changes nothing");
}

#[test]
fn the_first_picture_of_a_moving_one_is_taken() {
    let mut file = Vec::new();
    {
        let mut encoder = image::codecs::gif::GifEncoder::new(&mut file);
        for colour in [RED, BLUE] {
            let frame = RgbaImage::from_pixel(40, 40, Rgba([colour[0], colour[1], colour[2], 255]));
            encoder.encode_frame(image::Frame::new(frame)).unwrap();
        }
    }
    assert_corners(&shown(&prepared(&file)), [RED; 4], "GIF");
    let config = webp::WebPConfig::new().unwrap();
    let mut encoder = webp::AnimEncoder::new(40, 40, &config);
    let frames = [RED, BLUE].map(|colour| RgbImage::from_pixel(40, 40, Rgb(colour)));
    for (time, frame) in frames.iter().enumerate() {
        encoder.add_frame(webp::AnimFrame::from_rgb(frame, 40, 40, time as i32 * 100));
    }
    assert_corners(&shown(&prepared(&encoder.encode())), [RED; 4], "WebP");
}

#[test]
fn the_small_form_of_the_noisiest_photo_fits() {
    for (width, height) in [(1800, 600), (100, 400)] {
        let photo = prepared(&encoded(&noise(width, height), ImageFormat::Png));
        let (small, bytes) = widest(&photo, RenditionRole::Small, PhotoForm::Webp);
        assert!(bytes.len() <= pixels::SMALL_BYTES && pixels::SMALL_BYTES == 12_288, "{} bytes", bytes.len());
        assert!(
            bytes.len() > 6_000 || width < 480,
            "the room is used: {} bytes, {} × {}",
            bytes.len(),
            small.width,
            small.height
        );
    }
}

/// A white picture with one blue spot.
fn spot(width: u32, height: u32, (x, y): (u32, u32)) -> RgbImage {
    RgbImage::from_fn(width, height, |px, py| {
        Rgb(if px.abs_diff(x) < 25 && py.abs_diff(y) < 25 { BLUE } else { [250; 3] })
    })
}

#[test]
fn crops_keep_the_focal_point() {
    for (size, spot_at, focal) in [
        ((600, 200), (560, 100), FocalPoint { x: 933, y: 500 }),
        ((600, 200), (30, 30), FocalPoint { x: 50, y: 150 }),
        ((200, 600), (100, 560), FocalPoint { x: 500, y: 933 }),
    ] {
        let file = encoded(&spot(size.0, size.1, spot_at), ImageFormat::Png);
        let photo = prepare(&file, focal).unwrap();
        for (rendition, bytes) in photo.files.iter().filter(|(it, _)| is_crop(it.role)) {
            let seen = image::load_from_memory(bytes).unwrap().into_rgb8();
            assert!(seen.pixels().any(|pixel| alike(pixel.0, BLUE)), "{size:?} {focal:?} {rendition:?}");
        }
        let centred = prepared(&file);
        let (_, card) = widest(&centred, RenditionRole::Card, PhotoForm::Webp);
        let seen = image::load_from_memory(card).unwrap().into_rgb8();
        assert!(!seen.pixels().any(|pixel| alike(pixel.0, BLUE)), "the middle does not have it");
    }
}

fn is_crop(role: RenditionRole) -> bool {
    matches!(role, RenditionRole::Card | RenditionRole::Share)
}

#[test]
fn the_same_upload_makes_the_same_bytes_on_any_number_of_threads() {
    let file = jpeg(&noise(300, 200));
    let first = prepared(&file);
    let others: Vec<_> = (0..3)
        .map(|_| {
            std::thread::spawn({
                let file = file.clone();
                move || prepared(&file)
            })
        })
        .collect();
    for other in others {
        assert_eq!(other.join().unwrap(), first);
    }
}

#[test]
fn the_average_colour_is_known() {
    let photo = prepared(&encoded(&RgbImage::from_pixel(64, 64, Rgb([18, 52, 86])), ImageFormat::Png));
    assert_eq!(photo.colour, "#123456");
}
