//! The desk's own files: scripts and styles. Each address carries a piece of its file's hash, so browsers may keep it.

use std::{collections::BTreeMap, sync::LazyLock};

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderValue, Response, header};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::{answer, ask::Ask, refused::Refused};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/assets/desk"]
struct Files;

/// Names that templates use, and the kinds of the files.
const NAMES: [(&str, &str); 5] = [
    ("desk.css", "text/css; charset=utf-8"),
    ("desk.js", "text/javascript; charset=utf-8"),
    ("editor.css", "text/css; charset=utf-8"),
    ("editor.js", "text/javascript; charset=utf-8"),
    ("issue.js", "text/javascript; charset=utf-8"),
];

static HASHES: LazyLock<BTreeMap<&'static str, String>> = LazyLock::new(hashes);

fn hashes() -> BTreeMap<&'static str, String> {
    let hash =
        |bytes: &[u8]| -> String { Sha256::digest(bytes)[..4].iter().map(|byte| format!("{byte:02x}")).collect() };
    let found = |(name, _): (&'static str, &str)| Some((name, hash(&Files::get(name)?.data)));
    NAMES.into_iter().filter_map(found).collect()
}

/// Addresses by name.
pub(super) fn addresses() -> BTreeMap<&'static str, String> {
    let address = |(name, hash): (&&'static str, &String)| (*name, format!("/desk/assets/{name}?v={hash}"));
    // In debug builds files are read from disk, so their hashes are, too.
    if cfg!(debug_assertions) { hashes().iter().map(address).collect() } else { HASHES.iter().map(address).collect() }
}

/// `GET /desk/assets/{name}`.
pub(super) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let kind =
        NAMES.iter().find(|(name, _)| *name == ask.param("name")).map(|(_, kind)| *kind).ok_or(Refused::Missing)?;
    let file = Files::get(ask.param("name")).ok_or(Refused::Missing)?;
    let mut response = answer::file(kind, Bytes::from(file.data.into_owned()));
    if ask.uri.query().is_some() {
        let forever = HeaderValue::from_static("private, max-age=31536000, immutable");
        response.headers_mut().insert(header::CACHE_CONTROL, forever);
    }
    Ok(response)
}
