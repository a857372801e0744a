//! All stories, newest first.

use http::StatusCode;
use store::Scope;
use theme::{Page, context::LatestPage};

use super::{
    appeal::banner,
    cards::{by_day, cards, listed, note_latest, thin},
    draft::Draft,
    reading::Reading,
    shell::{everywhere, neighbours, shell},
};
use crate::error::Error;

pub(super) async fn show(reading: &mut Reading, page: usize) -> Result<Option<Draft>, Error> {
    note_latest(reading);
    let Some((heads, pager, _)) = listed(reading, Scope::Latest, false, page, "latest/").await? else {
        return Ok(None);
    };
    let title = reading.strings.text("latest", &[]);
    let elsewhere = if page == 1 { everywhere(reading, "latest/") } else { Vec::new() };
    let mut shell = shell(reading, &title, &elsewhere).await?;
    shell.slots.banner = banner(reading, &[], &[]).await?;
    neighbours(&mut shell, &pager);
    let cards = cards(reading, &heads).await?;
    let days = by_day(reading, &heads, cards);
    Ok(Some(Draft::fitting(StatusCode::OK, Page::Latest(LatestPage { shell, days, pager }), 4, |page, level| {
        if let Page::Latest(latest) = page {
            thin(latest.days.iter_mut().flat_map(|day| &mut day.cards), level);
        }
    })))
}
