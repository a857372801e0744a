//! What the readers make of exports, written down as snapshots, and what they refuse.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail as loudly as the test")]

mod common;
mod ghost;
mod html;
mod limits;
mod lists;
mod markdown;
mod real_data;
mod substack;
mod wordpress;

use std::path::PathBuf;

/// A fixture's path.
fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}
