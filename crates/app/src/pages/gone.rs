//! 410: there was a story here, and the newsroom withdrew it; or an issue of a newsletter, and it is in the archive no more.

use std::collections::HashSet;

use http::StatusCode;
use model::Story;
use store::Scope;
use theme::{
    Page,
    context::{GonePage, Shell},
};

use super::{
    cards::{cards, newest, note_latest, some_moment, thin},
    draft::Draft,
    reading::Reading,
    shell::shell,
};
use crate::error::Error;

/// The page that stands where the story stood. It names nothing of the story.
pub(super) async fn show(reading: &mut Reading, story: &Story) -> Result<Draft, Error> {
    reading.shown.story(story.id);
    let heads = newest(reading, Scope::Latest, 5, &HashSet::new()).await?;
    note_latest(reading);
    let latest = cards(reading, &heads).await?;
    let title = reading.strings.text("gone", &[]);
    let shell = Shell { no_index: true, ..shell(reading, &title, &Vec::new()).await? };
    let withdrawn = some_moment(reading, story.updated_at);
    Ok(printed(GonePage { shell, issue: false, withdrawn, latest }))
}

/// The page that stands where an issue of a newsletter stood that was taken out of the archive. It names nothing of it.
pub(super) async fn issue(reading: &mut Reading) -> Result<Draft, Error> {
    let heads = newest(reading, Scope::Latest, 5, &HashSet::new()).await?;
    note_latest(reading);
    let latest = cards(reading, &heads).await?;
    let title = reading.strings.text("letter-hidden", &[]);
    let shell = Shell { no_index: true, ..shell(reading, &title, &Vec::new()).await? };
    Ok(printed(GonePage { shell, issue: true, withdrawn: None, latest }))
}

fn printed(page: GonePage) -> Draft {
    Draft::fitting(StatusCode::GONE, Page::Gone(page), 4, |page, level| {
        if let Page::Gone(gone) = page {
            thin(gone.latest.iter_mut(), level);
        }
    })
}
