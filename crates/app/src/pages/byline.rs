//! A byline and what it signed, newest first.

use http::StatusCode;
use model::Tag;
use store::Scope;
use theme::{Page, context::BylinePage};

use super::{
    appeal::banner,
    cards::{cards, listed, thin},
    draft::Draft,
    reading::Reading,
    shell::{neighbours, shell},
    topic::elsewhere,
};
use crate::error::Error;

pub(super) async fn show(reading: &mut Reading, slug: &str, page: usize) -> Result<Option<Draft>, Error> {
    let Some(byline) = store::byline_by_slug(&mut reading.tx, slug).await? else { return Ok(None) };
    reading.shown.bylines(std::slice::from_ref(&byline));
    reading.shown.add(Tag::by_byline(&reading.language.clone(), byline.id));
    let base = format!("bylines/{slug}/");
    let scope = Scope::Byline(byline.id);
    let Some((heads, pager, count)) = listed(reading, scope, false, page, &base).await? else { return Ok(None) };
    if count == 0 {
        return Ok(None);
    }
    let elsewhere = if page == 1 { elsewhere(reading, &Scope::Byline(byline.id), &base).await? } else { Vec::new() };
    for (language, _) in &elsewhere {
        reading.shown.add(Tag::by_byline(language, byline.id));
    }
    let name = reading.named(&byline.names, &byline.slug);
    let mut shell = shell(reading, &name, &elsewhere).await?;
    shell.slots.banner = banner(reading, &[], &[]).await?;
    neighbours(&mut shell, &pager);
    let about = reading.about(&byline.about);
    shell.description.clone_from(&about);
    let cards = cards(reading, &heads).await?;
    let page = BylinePage { shell, name, about, count, cards, pager };
    Ok(Some(Draft::fitting(StatusCode::OK, Page::Byline(page), 4, |page, level| {
        if let Page::Byline(byline) = page {
            thin(byline.cards.iter_mut(), level);
        }
    })))
}
