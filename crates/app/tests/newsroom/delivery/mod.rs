//! Delivering: real mails over real connections, to servers that do what they are told.

mod accounts;
mod letter;
mod outcomes;
mod people;
mod samples;
mod sharing;

pub(crate) use letter::{Running, Weekly};
