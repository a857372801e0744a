//! The sandbox's page.

use http::StatusCode;
use theme::{Page, context::SandboxPage};

use super::what;
use crate::{
    Newsroom,
    cache::Prepared,
    error::Error,
    pages::readers,
    support::sandbox::{self, PageState},
};

/// The page; `refused` when the card was just now.
///
/// # Errors
/// When the database or the theme fails.
pub async fn sandbox(newsroom: &Newsroom, path: &str, page: &sandbox::Page, refused: bool) -> Result<Prepared, Error> {
    let language = crate::support::contributions::language_of(newsroom, page.contribution).await?;
    let mut reading = readers::open(newsroom, path, language.as_ref()).await?;
    let title = reading.strings.text("sandbox", &[]);
    let shell = readers::shell(&mut reading, &title).await?;
    let open = page.state == PageState::Open;
    let page = SandboxPage {
        shell,
        what: what(&reading.strings, page.money, page.frequency),
        label: page.label.clone(),
        action: path.to_owned(),
        open,
        said: (refused && open).then(|| reading.strings.text("sandbox-refused", &[])),
        back: page.back.clone(),
    };
    readers::print(reading, StatusCode::OK, Page::Sandbox(page)).await
}
