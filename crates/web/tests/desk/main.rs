//! The desk over real HTTP, on both databases. Files are named after what is asked for.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod appeals;
mod content;
mod doors;
mod house;
mod letters;
mod stops;
mod support;
mod walk;
