//! Use cases over one [`Newsroom`].
//!
//! A use case takes a `Newsroom` and plain values, does its work in one transaction (state, audit row, journal row and
//! jobs together), and answers in domain words. Nothing here knows about HTTP; `web` and the command line call in.

pub mod abort;
pub mod back;
pub mod backup;
pub mod cache;
pub mod connections;
pub mod content_api;
pub mod delivery;
pub mod error;
pub mod feeds;
pub mod filing;
pub mod follow;
pub mod front;
pub mod import;
pub mod issues;
pub mod jobs;
pub mod lists;
pub mod log;
pub mod mailer;
pub mod media;
pub mod newsroom;
pub mod pages;
pub mod readers;
pub mod reads;
pub mod settings;
pub mod staff;
pub mod static_pages;
pub mod stories;
pub mod support;
pub mod today;
pub mod vault;

pub use error::Error;
pub use newsroom::{Newsroom, Parts};
pub use store::{PageHead, RevisionHead, StoryHead};
