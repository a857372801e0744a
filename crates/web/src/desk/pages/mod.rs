//! The desk's pages: a page is a file.

pub(super) mod account;
pub(super) mod bylines;
pub(super) mod connections;
pub(super) mod editor;
mod filed;
pub(super) mod front;
pub(super) mod history;
pub(super) mod home;
pub(super) mod jobs;
pub(super) mod join;
pub(super) mod log;
pub(super) mod media;
pub(super) mod people;
pub(super) mod photo_api;
pub(super) mod preview;
pub(super) mod prove;
pub(super) mod readers;
pub(super) mod sections;
pub(super) mod settings;
pub(super) mod sign_in;
pub(super) mod static_pages;
pub(super) mod stories;
pub(super) mod story;
pub(super) mod topics;
pub(super) mod vault;
pub(super) mod webhooks;
