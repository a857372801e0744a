//! Uploads that mean harm or are damaged: each is refused by name, quickly, and nothing panics.

use app::media::{Kind, MAX_UPLOAD, Refused, prepare, words};
use image::ImageFormat;
use model::FocalPoint;
use proptest::prelude::*;

use crate::containers::{avif_with, png_claiming};
use crate::files::*;

fn refused(file: &[u8]) -> Refused {
    prepare(file, FocalPoint::default()).unwrap_err()
}

#[test]
fn what_is_no_photo_is_refused_by_name_whatever_it_is_called() {
    let svg = br#"<?xml version="1.0"?><!-- a drawing --><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#;
    for (file, name) in [
        (&svg[..], "an SVG drawing; export it as PNG"),
        (b"  \n<SVG onload=alert(1)>", "an SVG drawing"),
        (b"<!DOCTYPE html><html><script>", "a web page"),
        (b"%PDF-1.7 \xe2\xe3", "a PDF document"),
        (b"PK\x03\x04....word/document.xml", "a ZIP archive or an office document"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "an HEIC picture; export it as JPEG"),
        (b"\0\0\0\x18ftypisom\0\0\0\0mp41isom", "a video"),
        (b"II*\0\x08\0\0\0", "a TIFF or camera raw picture"),
        (b"BM\x00\x00", "a BMP picture"),
        (b"8BPS\0\x01", "a Photoshop document"),
        (b"just words", "a text"),
        (b"\x00\x01\x02\x03", "a file that we do not know"),
    ] {
        let said = refused(file).to_string();
        assert!(said.contains(name), "{said}");
    }
    assert_eq!(refused(b""), Refused::Empty);
    assert_eq!(refused(&vec![0xff; MAX_UPLOAD + 1]), Refused::TooBig { bytes: MAX_UPLOAD + 1 });
}

/// Patches the size in a real file's header.
fn patched(file: &[u8], at: usize, size: &[u8]) -> Vec<u8> {
    let mut file = file.to_vec();
    file[at..at + size.len()].copy_from_slice(size);
    file
}

fn find(file: &[u8], pattern: &[u8]) -> usize {
    file.windows(pattern.len()).position(|window| window == pattern).unwrap()
}

#[test]
fn image_bombs_are_refused_by_their_header() {
    let picture = quarters(64, 48);
    let gif = patched(&encoded(&picture, ImageFormat::Gif), 6, &[0xff; 4]);
    let jpeg = jpeg(&picture);
    let jpeg_bomb = patched(&jpeg, find(&jpeg, b"\xff\xc0") + 5, &[0x75, 0x30, 0x75, 0x30]);
    let webp = webp(&picture);
    let webp_bomb = patched(&webp, find(&webp, b"\x9d\x01\x2a") + 3, &[0x80, 0x3e, 0x80, 0x3e]);
    let avif = avif(&picture);
    for (name, file) in [
        ("PNG", png_claiming(50_000, 50_000)),
        ("GIF", gif),
        ("JPEG", jpeg_bomb),
        ("WebP", webp_bomb),
        ("AVIF", avif_with(&avif, (29_000, 29_000), 0, None, b"", b"")),
        ("AVIF, long", avif_with(&avif, (u32::MAX, 1), 0, None, b"", b"")),
    ] {
        let error = refused(&file);
        assert!(matches!(error, Refused::TooLong { .. } | Refused::TooManyPixels { .. }), "{name}: {error}");
        assert!(error.to_string().contains("export it smaller"), "{error}");
    }
}

#[test]
fn an_avif_that_is_larger_than_its_container_says_is_refused() {
    let file = avif_with(&avif(&quarters(640, 480)), (64, 48), 0, None, b"", b"");
    assert!(matches!(refused(&file), Refused::Broken { kind: Kind::Avif, .. }));
}

#[test]
fn a_file_that_is_cut_off_is_refused() {
    for (format, file) in every_format(&noise(160, 120)) {
        for percent in [1, 5, 20, 50, 80, 95, 99] {
            let cut = &file[..file.len() * percent / 100];
            let error = refused(cut);
            assert!(!error.to_string().is_empty(), "{format} at {percent} %");
        }
    }
}

#[test]
fn an_avif_in_tiles_and_one_without_a_picture_are_named() {
    let file = avif(&quarters(64, 48));
    let tiles = patched(&file, find(&file, b"av01"), b"grid");
    assert!(refused(&tiles).to_string().contains("an AVIF picture in tiles"), "{}", refused(&tiles));
    assert!(matches!(refused(b"\0\0\0\x10ftypavif\0\0\0\0"), Refused::Broken { .. }));
}

/// Beginnings that lead random bytes into each decoder.
const BEGINNINGS: [&[u8]; 7] = [
    b"",
    b"\xff\xd8\xff\xe0",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x02\0\0\0",
    b"GIF89a\x10\0\x10\0",
    b"RIFF\x40\0\0\0WEBPVP8 ",
    b"\0\0\0\x14ftypavif\0\0\0\0avif\0\0\0\x40meta\0\0\0\0",
    b"\0\0\0\x14ftypavif\0\0\0\0avif\0\0\0\x40meta\0\0\0\0\0\0\0\x0epitm\0\0\0\0\0\x01",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(beginning in 0..BEGINNINGS.len(), rest in prop::collection::vec(any::<u8>(), 0..600)) {
        let file = [BEGINNINGS[beginning], &rest].concat();
        drop(words(&file));
        prop_assert!(prepare(&file, FocalPoint::default()).is_err());
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_never_panic(format in 0..6_usize, damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        static FILES: std::sync::LazyLock<Vec<(&str, Vec<u8>)>> = std::sync::LazyLock::new(|| every_format(&noise(40, 30)));
        let mut file = FILES[format].1.clone();
        for (at, value) in damage {
            let at = at.index(file.len());
            file[at] = value;
        }
        drop(words(&file));
        // Whether it is refused depends on what was hit.
        drop(prepare(&file, FocalPoint::default()));
    }
}
