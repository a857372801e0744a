//! What answers: a noun is a file.

pub(super) mod house;
pub(super) mod me;
pub(super) mod names;
pub(super) mod notes;
pub(super) mod photos;
pub(super) mod previews;
pub(super) mod revisions;
pub(super) mod stories;
pub(super) mod story;
pub(super) mod translations;
