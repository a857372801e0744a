//! A theme's files that pages point at: fonts, the icon, pictures. Their names carry a hash of their bytes, so that a
//! browser may keep them for ever and a new one is fetched at once.

use std::{borrow::Cow, collections::BTreeMap};

use sha2::{Digest, Sha256};

use crate::{Problem, files::Files};

/// One file to serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its name in the theme, below `assets/`: `fonts/serif-latin.woff2`.
    pub name: String,
    /// Its public path: `/assets/serif-latin.1a2b3c4d.woff2`.
    pub path: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
}

/// The kinds that are served. Script is not among them: pages need none (law 1).
fn media_type(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        _ => return None,
    })
}

/// Files beside the assets that are not served.
const SILENT: [&str; 2] = ["txt", "md"];

/// The assets among a theme's files, by name, and what is wrong with the others.
pub(crate) fn collect(files: &Files) -> (BTreeMap<String, Asset>, Vec<Problem>) {
    let (mut assets, mut problems) = (BTreeMap::new(), Vec::new());
    for (name, file) in files {
        let Some(name) = name.strip_prefix("assets/") else { continue };
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let Some(media_type) = media_type(extension) else {
            if !SILENT.contains(&extension) {
                let advice = "Fonts are woff2, pictures svg, png, jpg, webp, avif, gif or ico; take the file away";
                problems.push(Problem::new(file.shown(name), "files of this kind are not served", advice));
            }
            continue;
        };
        if extension == "svg" && file.text().to_ascii_lowercase().contains("<script") {
            let advice = "Take the script out of the picture";
            problems.push(Problem::new(file.shown(name), "an SVG with script is not served", advice));
            continue;
        }
        let hash = short_hash(&file.bytes);
        let path = format!("/assets/{}.{hash}.{extension}", stem.rsplit('/').next().unwrap_or(stem));
        assets.insert(name.to_owned(), Asset { name: name.to_owned(), path, media_type, bytes: file.bytes.clone() });
    }
    (assets, problems)
}

/// Enough of a hash to tell versions of a file apart.
pub(crate) fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}
