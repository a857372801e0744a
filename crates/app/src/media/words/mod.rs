//! What an upload says about itself: caption, credit, alt text. Found words are offered to the editor and stand in no
//! rendition.
//!
//! Agencies write IPTC (in JPEG) and XMP; cameras write Exif. Where several speak, XMP is asked first, then IPTC, then
//! Exif. Nothing here can fail an upload: what cannot be read is not found.

mod iptc;
mod xmp;

use std::panic::catch_unwind;

use image::ImageDecoder as _;

use super::{Kind, avif, decode, sniff};

/// Longest caption that is offered, in characters.
const MAX_CAPTION: usize = 4000;
/// Longest credit and alt text.
const MAX_SHORT: usize = 500;
/// What cameras write where a caption belongs.
const CAMERA_CAPTIONS: [&str; 6] =
    ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "DCIM", "MINOLTA DIGITAL CAMERA", "KONICA MINOLTA", "Digital Camera"];

/// Words found in an upload, plain text; empty where nothing was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundWords {
    /// What is to be seen and when.
    pub caption: String,
    /// Who made it and for whom: `Name / Agency`.
    pub credit: String,
    /// Text for those who do not see it.
    pub alt: String,
}

/// What one source says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Said {
    caption: String,
    creator: String,
    credit: String,
    rights: String,
    alt: String,
}

/// Reads caption, credit and alt text from an upload.
#[must_use]
pub fn words(bytes: &[u8]) -> FoundWords {
    // The parsers below are other people's code on strangers' bytes; a panic is nothing found.
    catch_unwind(|| merge(&sources(bytes))).unwrap_or_default()
}

/// What XMP, IPTC and Exif say, in this order.
fn sources(bytes: &[u8]) -> [Said; 3] {
    let (xmp_packet, iptc_block, exif_block) = packets(bytes);
    [
        xmp_packet.map(|packet| xmp::read(&packet)).unwrap_or_default(),
        iptc_block.map(|block| iptc::read(&block)).unwrap_or_default(),
        exif_block.map(exif_words).unwrap_or_default(),
    ]
}

type Packet = Option<Vec<u8>>;

/// XMP, IPTC and Exif as they stand in the file.
fn packets(bytes: &[u8]) -> (Packet, Packet, Packet) {
    let Ok(kind) = sniff(bytes) else { return (None, None, None) };
    if kind == Kind::Avif {
        let [xmp, exif] = avif::packets(bytes).unwrap_or_default();
        return (xmp, None, exif);
    }
    let Ok(mut decoder) = decode::open(kind, bytes) else { return (None, None, None) };
    let xmp = decoder.xmp_metadata().unwrap_or_default();
    let iptc = decoder.iptc_metadata().unwrap_or_default();
    (xmp, iptc, decoder.exif_metadata().unwrap_or_default())
}

fn exif_words(block: Vec<u8>) -> Said {
    let read = exif::Reader::new().continue_on_error(true).read_raw(block);
    let Ok(found) = read.or_else(|error| error.distill_partial_result(|_errors| ())) else { return Said::default() };
    let text = |tag| {
        let field = found.get_field(tag, exif::In::PRIMARY);
        match field.map(|field| &field.value) {
            Some(exif::Value::Ascii(lines)) => lines.first().map(|line| lossy(line)).unwrap_or_default(),
            _other => String::new(),
        }
    };
    let mut caption = text(exif::Tag::ImageDescription);
    if CAMERA_CAPTIONS.iter().any(|camera| caption.trim().eq_ignore_ascii_case(camera)) {
        caption.clear();
    }
    let (creator, rights) = (text(exif::Tag::Artist), text(exif::Tag::Copyright));
    Said { caption, creator, rights, ..Said::default() }
}

/// UTF-8, or else Latin-1, which any bytes are.
fn lossy(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().copied().map(char::from).collect(), str::to_owned)
}

fn merge(said: &[Said]) -> FoundWords {
    let first = |of: fn(&Said) -> &str, limit: usize| {
        let mut texts = said.iter().map(|said| tidy(of(said), limit));
        texts.find(|text| !text.is_empty()).unwrap_or_default()
    };
    let creator = first(|said| &said.creator, MAX_SHORT);
    let credit = first(|said| &said.credit, MAX_SHORT);
    let rights = first(|said| &said.rights, MAX_SHORT);
    let credit = match (creator.is_empty(), credit.is_empty()) {
        (false, false) if credit.contains(&creator) => credit,
        (false, false) => format!("{creator} / {credit}"),
        (false, true) => creator,
        (true, false) => credit,
        (true, true) => rights,
    };
    let (caption, alt) = (first(|said| &said.caption, MAX_CAPTION), first(|said| &said.alt, MAX_SHORT));
    FoundWords { caption, credit, alt }
}

/// One line without control characters and invisible direction marks' abuse, cut at a limit.
fn tidy(text: &str, limit: usize) -> String {
    let kept: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(limit * 2).collect();
    let line = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(limit).collect()
}
