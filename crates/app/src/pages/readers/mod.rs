//! The pages that readers sign up on, and those that their forms and links lead to.
//!
//! The page of all newsletters and the boxes on other pages are pages like others, kept in the cache, the same for everybody.
//! What answers a form or a link is made for one person: it is never kept, by nobody on the way either, and search engines
//! are told to leave it out.

mod newsletters;
mod note;
mod preferences;
mod sign_up;

use std::sync::Arc;

use http::{HeaderName, StatusCode, header};
use model::Language;
use theme::{Page, context::Slots};

use super::{headers, press::Press, reading::Reading, shell::Elsewhere};
use crate::{Newsroom, cache::Prepared, error::Error};

pub(super) use newsletters::show;
pub(in crate::pages) use note::Words;
pub use note::{Said, note};
pub use preferences::{Told, preferences};
pub(super) use sign_up::{box_of, policy, slot};

/// Begins a page for one person at `path`, in a language that the newsroom speaks.
pub(in crate::pages) async fn open(
    newsroom: &Newsroom,
    path: &str,
    language: Option<&Language>,
) -> Result<Reading, Error> {
    let mut reading = Reading::open(newsroom, path).await?;
    let known = language.and_then(|wanted| reading.settings.languages.iter().find(|one| *one == wanted)).cloned();
    if let Some(language) = known {
        reading.speak(&language);
    }
    Ok(reading)
}

/// What stands around such a page: no other language has it, and nobody should find it.
pub(in crate::pages) async fn shell(reading: &mut Reading, title: &str) -> Result<theme::context::Shell, Error> {
    let shell = super::shell::shell(reading, title, &Elsewhere::new()).await?;
    // Nobody is asked for anything there.
    Ok(theme::context::Shell { no_index: true, feeds: Vec::new(), slots: Slots::default(), ..shell })
}

/// Prints such a page.
pub(in crate::pages) async fn print(reading: Reading, status: StatusCode, page: Page) -> Result<Prepared, Error> {
    let press = Press::new(Arc::clone(&reading.theme));
    drop(reading);
    tokio::task::spawn_blocking(move || press.print_once(status, &page)).await?
}

/// The headers of such a page.
pub(super) fn private(rendered: &theme::Rendered) -> Result<http::HeaderMap, Error> {
    let mut headers = headers::of_page(rendered)?;
    headers::set(&mut headers, header::CACHE_CONTROL, "no-store");
    headers::set(&mut headers, HeaderName::from_static("x-robots-tag"), "noindex");
    Ok(headers)
}
