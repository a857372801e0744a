//! The front page as editors make it: the stories pinned on top, and the breaking banner. Each language has its own.
//!
//! Every change is one transaction with a journal row that names exactly what it touches: the front pages of the
//! language, or, for the banner, every page of it.

mod breaking;
mod pins;

pub use breaking::{BREAKING_DAYS, BREAKING_TEXT, clear, set};
pub(crate) use breaking::{end, shown};
pub use pins::{Change, Front, ON_TOP, PINS, change, open};

use model::{Language, Newsroom as Settings};

use crate::error::Error;

/// Only languages in which the newsroom publishes have a front page.
fn spoken(settings: &Settings, language: &Language) -> Result<(), Error> {
    if settings.languages.contains(language) {
        return Ok(());
    }
    Err(Error::Refused(format!("the newsroom does not publish in `{language}`; add it in the settings")))
}
