//! Words found in uploads, and their absence from everything that is stored.

use app::media::{FoundWords, prepare, words};
use image::ImageFormat;
use model::FocalPoint;

use crate::containers::*;
use crate::files::*;

fn found(caption: &str, credit: &str, alt: &str) -> FoundWords {
    FoundWords { caption: caption.into(), credit: credit.into(), alt: alt.into() }
}

fn packet() -> Vec<u8> {
    let creators = "<rdf:li>Ada &amp; Co</rdf:li><rdf:li>Ben</rdf:li>";
    xmp("A landing &#169; in\n Wonsan", creators, "Agency &lt;X&gt;", "A plane on wet concrete")
}

fn packet_words() -> FoundWords {
    found("A landing © in Wonsan", "Ada & Co, Ben / Agency <X>", "A plane on wet concrete")
}

#[test]
fn xmp_is_found_in_every_container() {
    let picture = quarters(64, 48);
    let jpeg = jpeg_with(&jpeg(&picture), &[jpeg_xmp(&packet())]);
    let chunk = [b"XML:com.adobe.xmp\0\0\0\0\0", &packet()[..]].concat();
    let png = png_with(&encoded(&picture, ImageFormat::Png), &[(b"iTXt", chunk)]);
    let webp = webp_with(&webp(&picture), (64, 48), &[(b"XMP ", packet())]);
    let avif = avif_with(&avif(&picture), (64, 48), 0, None, b"", &packet());
    for (format, file) in [("JPEG", jpeg), ("PNG", png), ("WebP", webp), ("AVIF", avif)] {
        assert_eq!(words(&file), packet_words(), "{format}");
        assert_eq!(prepare(&file, FocalPoint::default()).unwrap().found, packet_words(), "{format}");
    }
}

#[test]
fn exif_is_found_in_every_container() {
    let picture = quarters(64, 48);
    let block = exif(1, ["A bridge", "Ada", "(c) Ada"]);
    let jpeg = jpeg_with(&jpeg(&picture), &[jpeg_exif(&block)]);
    let png = png_with(&encoded(&picture, ImageFormat::Png), &[(b"eXIf", block.clone())]);
    let webp = webp_with(&webp(&picture), (64, 48), &[(b"EXIF", block.clone())]);
    let avif = avif_with(&avif(&picture), (64, 48), 0, None, &block, b"");
    for (format, file) in [("JPEG", jpeg), ("PNG", png), ("WebP", webp), ("AVIF", avif)] {
        assert_eq!(words(&file), found("A bridge", "Ada", ""), "{format}");
    }
}

#[test]
fn iptc_is_found_in_utf_8_and_in_latin_1() {
    let plain = jpeg(&quarters(64, 48));
    let block = iptc(&[(80, "Женя".as_bytes()), (110, b"Agency"), (120, "Вонсан".as_bytes()), (116, b"rights")]);
    assert_eq!(words(&jpeg_with(&plain, &[(0xed, block)])), found("Вонсан", "Женя / Agency", ""));
    let block = iptc(&[(120, b"caf\xe9"), (116, b"rights")]);
    assert_eq!(words(&jpeg_with(&plain, &[(0xed, block)])), found("café", "rights", ""));
}

#[test]
fn xmp_stands_above_iptc_and_iptc_above_exif() {
    let segments = [
        jpeg_exif(&exif(1, ["from Exif", "Exif artist", ""])),
        jpeg_xmp(&xmp("", "", "XMP credit", "")),
        (0xed, iptc(&[(120, b"from IPTC")])),
    ];
    let file = jpeg_with(&jpeg(&quarters(64, 48)), &segments);
    assert_eq!(words(&file), found("from IPTC", "Exif artist / XMP credit", ""));
}

#[test]
fn what_a_camera_writes_is_no_caption_and_odd_texts_are_tidied() {
    let plain = jpeg(&quarters(64, 48));
    let file = jpeg_with(&plain, &[jpeg_exif(&exif(1, ["OLYMPUS DIGITAL CAMERA", "", ""]))]);
    assert_eq!(words(&file), FoundWords::default());
    let long = "word ".repeat(3000);
    let file = jpeg_with(&plain, &[jpeg_xmp(&xmp(&long, "", "", ""))]);
    assert_eq!(words(&file).caption.chars().count(), 4000);
    let file = jpeg_with(&plain, &[(0xed, iptc(&[(120, b"\x1b\x00 a \r\n b\x07")]))]);
    assert_eq!(words(&file).caption, "a b");
}

#[test]
fn an_entity_bomb_and_broken_blocks_find_nothing_and_fail_nothing() {
    let plain = jpeg(&quarters(64, 48));
    let bomb = br#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description>&b;</dc:description>"#;
    let blocks = [
        jpeg_xmp(bomb),
        jpeg_xmp(b"<x"),
        jpeg_exif(b"MM\0*\0\0\0\x08\xff\xff"),
        (0xed, b"Photoshop 3.0\08BIM\x04\x04\0\0\xff\xff\xff\xff".to_vec()),
    ];
    for block in blocks {
        let file = jpeg_with(&plain, &[block]);
        assert_eq!(prepare(&file, FocalPoint::default()).unwrap().found, FoundWords::default());
    }
}

/// Words that must not be in any stored file, put everywhere a container has room for them.
#[test]
fn no_metadata_reaches_a_stored_file() {
    let picture = quarters(200, 150);
    let packet = xmp("CANARY-XMP", "<rdf:li>CANARY-NAME</rdf:li>", "CANARY", "CANARY");
    let block = exif(6, ["CANARY-EXIF", "CANARY-ARTIST", "CANARY"]);
    let mut jpeg = jpeg_with(
        &jpeg(&picture),
        &[
            jpeg_exif(&block),
            jpeg_xmp(&packet),
            (0xed, iptc(&[(120, b"CANARY-IPTC")])),
            (0xfe, b"CANARY-COMMENT".to_vec()),
            (0xea, b"CANARY-APP10".to_vec()),
        ],
    );
    jpeg.extend(b"CANARY-AFTER-THE-END");
    let text = b"Comment\0CANARY-TEXT".to_vec();
    let png = png_with(&encoded(&picture, ImageFormat::Png), &[(b"tEXt", text), (b"eXIf", block.clone())]);
    let webp = webp_with(&webp(&picture), (200, 150), &[(b"EXIF", block.clone()), (b"XMP ", packet.clone())]);
    let avif = avif_with(&avif(&picture), (200, 150), 0, None, &block, &packet);
    for (format, file) in [("JPEG", jpeg), ("PNG", png), ("WebP", webp), ("AVIF", avif)] {
        let has = |bytes: &[u8], canary: &[u8]| bytes.windows(canary.len()).any(|window| window == canary);
        assert!(has(&file, b"CANARY") && (has(&file, b"GPS!")), "{format}: the canaries are in the upload");
        for (rendition, bytes) in &prepare(&file, FocalPoint::default()).unwrap().files {
            for canary in [&b"CANARY"[..], b"GPS!", b"Exif\0\0", b"EXIF", b"XMP ", b"xpacket", b"8BIM", b"ICC_PROFILE"]
            {
                assert!(!has(bytes, canary), "{format}: {} in {rendition:?}", String::from_utf8_lossy(canary));
            }
        }
    }
}
