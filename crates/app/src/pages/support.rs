//! Pages of what keeps the newsroom going: the form to be reminded, which is a page like others and kept in the cache, and
//! what its links lead to, which is made for one person and never kept.

mod note;
mod remind;

pub use note::{Said, note};
pub(super) use remind::show;
pub use remind::{Typed, calendar_entry, wrong};
