//! 410: there was a story here, and the newsroom withdrew it.

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
    let page = Page::Gone(GonePage { shell, withdrawn, latest });
    Ok(Draft::fitting(StatusCode::GONE, page, 4, |page, level| {
        if let Page::Gone(gone) = page {
            thin(gone.latest.iter_mut(), level);
        }
    }))
}
