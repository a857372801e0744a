//! The desk's pages: a page is a file.

pub(super) mod account;
pub(super) mod home;
pub(super) mod join;
pub(super) mod people;
pub(super) mod prove;
pub(super) mod sign_in;
