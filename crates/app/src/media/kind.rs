//! What an upload is, by its first bytes. File names and media types are not asked: they may lie.

use super::Refused;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP; the first picture of a moving one.
    Webp,
    /// GIF; the first picture of a moving one.
    Gif,
    /// AVIF.
    Avif,
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Webp => "WebP",
            Self::Gif => "GIF",
            Self::Avif => "AVIF",
        })
    }
}

/// What other files begin with, what they are, and what to do instead.
const OTHERS: [(&[u8], &str, &str); 16] = [
    (b"%PDF", "a PDF document", "export the page as PNG"),
    (b"II*\0", "a TIFF or camera raw picture", AS_JPEG),
    (b"MM\0*", "a TIFF or camera raw picture", AS_JPEG),
    (b"BM", "a BMP picture", "export it as PNG"),
    (b"8BPS", "a Photoshop document", AS_JPEG),
    (b"\xff\x0a", "a JPEG XL picture", AS_JPEG),
    (b"\0\0\0\x0cJXL ", "a JPEG XL picture", AS_JPEG),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 picture", AS_JPEG),
    (b"\0\0\x01\0", "a Windows icon", "export it as PNG"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "unpack it and upload the pictures one by one"),
    (b"\x1f\x8b", "a compressed file", "unpack it and upload the picture"),
    (b"\x1aE\xdf\xa3", "a video", ONE_FRAME),
    (b"OggS", "a video or sound", ONE_FRAME),
    (b"ID3", "a sound", "upload a picture"),
    (b"MZ", "a Windows program", "upload a picture"),
    (b"\x7fELF", "a program", "upload a picture"),
];
const AS_JPEG: &str = "export it as JPEG";
const ONE_FRAME: &str = "upload one picture of it as JPEG";
/// So far into a file, markup may begin behind comments and declarations.
const MARKUP_WINDOW: usize = 4096;

/// What a file is, or by name why it is not taken.
pub fn sniff(bytes: &[u8]) -> Result<Kind, Refused> {
    match bytes {
        [] => Err(Refused::Empty),
        [0xff, 0xd8, 0xff, ..] => Ok(Kind::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok(Kind::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(Kind::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Kind::Webp),
        [_, _, _, _, b'f', b't', b'y', b'p', rest @ ..] => brand(rest),
        _ => Err(other(bytes)),
    }
}

/// The family of formats that share a container names itself in brands, the main one first.
fn brand(rest: &[u8]) -> Result<Kind, Refused> {
    let brands = rest.chunks_exact(4).take(16);
    let refuse = |what, advice| Err(Refused::Kind { what, advice });
    for brand in brands {
        match brand {
            b"avif" | b"avis" => return Ok(Kind::Avif),
            b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" => return refuse("an HEIC picture", AS_JPEG),
            b"crx " => return refuse("a camera raw picture", AS_JPEG),
            b"isom" | b"mp41" | b"mp42" | b"qt  " | b"M4V " | b"iso2" => return refuse("a video", ONE_FRAME),
            _other => {}
        }
    }
    refuse("a file that we do not know", AS_JPEG)
}

fn other(bytes: &[u8]) -> Refused {
    if let Some((_, what, advice)) = OTHERS.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Refused::Kind { what, advice };
    }
    let window = &bytes[..bytes.len().min(MARKUP_WINDOW)];
    let text = String::from_utf8_lossy(window).to_ascii_lowercase();
    let (what, advice) = if text.contains("<svg") {
        ("an SVG drawing", "export it as PNG")
    } else if text.contains("<html") || text.contains("<!doctype") || text.contains("<body") || text.contains("<script")
    {
        ("a web page", "save the picture itself and upload that")
    } else if text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).starts_with("<?xml") {
        ("an XML document", "upload a picture")
    } else if !window.contains(&0) && std::str::from_utf8(&window[..window.len().saturating_sub(3)]).is_ok() {
        ("a text", "upload a picture")
    } else {
        ("a file that we do not know", AS_JPEG)
    };
    Refused::Kind { what, advice }
}
