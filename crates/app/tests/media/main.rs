//! The photo pipeline on real files, made here by independent encoders or byte by byte.

#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails the test")]

mod containers;
mod files;
mod hostile;
mod ingest;
mod looks;
mod words;
