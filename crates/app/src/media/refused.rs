//! Why an upload is not taken, in words for the person who uploads it.

use super::kind::Kind;

/// Largest upload, in bytes: 50 MB.
pub const MAX_UPLOAD: usize = 50_000_000;
/// Most pixels: 100 million.
pub const MAX_PIXELS: u64 = 100_000_000;
/// Longest side, in pixels.
pub const MAX_SIDE: u32 = 30_000;
/// Most memory that a decoded picture may take, in bytes: 400 MB.
pub const MAX_DECODED: u64 = 400_000_000;

/// Why an upload is not taken. Nothing is stored of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nothing in it.
    #[error("this file is empty; upload it again")]
    Empty,
    /// Too many bytes.
    #[error("this file has {} MB, {} MB are allowed; export it smaller", .bytes / 1_000_000, MAX_UPLOAD / 1_000_000)]
    TooBig {
        /// Its size.
        bytes: usize,
    },
    /// Not a photo, or one in a format that we do not read.
    #[error("this is {what}; {advice}")]
    Kind {
        /// What it is, with its article.
        what: &'static str,
        /// What to do instead.
        advice: &'static str,
    },
    /// A side too long.
    #[error("this picture is {width} × {height} pixels, a side may have {MAX_SIDE}; export it smaller")]
    TooLong {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// Too many pixels.
    #[error("this picture is {width} × {height} pixels, {} megapixels are allowed; export it smaller", MAX_PIXELS / 1_000_000)]
    TooManyPixels {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// Too much memory, though not too many pixels.
    #[error("this picture takes {} MB of memory, {} MB are allowed; export it with 8 bits per colour", .bytes / 1_000_000, MAX_DECODED / 1_000_000)]
    TooMuchMemory {
        /// Decoded size.
        bytes: u64,
    },
    /// It begins like a picture and then is none.
    #[error("this {kind} file is broken or cut off; open it in an image editor and export it again ({detail})")]
    Broken {
        /// What it begins like.
        kind: Kind,
        /// What the decoder says.
        detail: String,
    },
    /// Our own encoders failed.
    #[error("this picture could not be encoded; export it as JPEG and try again ({detail})")]
    Encoding {
        /// What the encoder says.
        detail: String,
    },
}

impl Refused {
    pub(super) fn broken(kind: Kind, detail: impl std::fmt::Display) -> Self {
        let detail: String = detail.to_string().chars().take(200).collect();
        Self::Broken { kind, detail }
    }

    pub(super) fn encoding(detail: impl std::fmt::Display) -> Self {
        Self::Encoding { detail: detail.to_string() }
    }
}

/// Checks the size that a header claims, before anything of that size is made.
pub(super) fn check_size(width: u32, height: u32, decoded: u64) -> Result<(), Refused> {
    if width > MAX_SIDE || height > MAX_SIDE {
        return Err(Refused::TooLong { width, height });
    }
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Refused::TooManyPixels { width, height });
    }
    if decoded > MAX_DECODED {
        return Err(Refused::TooMuchMemory { bytes: decoded });
    }
    Ok(())
}
