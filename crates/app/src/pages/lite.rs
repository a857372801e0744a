//! The lite forms: a front page of headlines, and stories as text alone, for slow and cut connections.

use std::collections::HashSet;

use http::StatusCode;
use store::Scope;
use theme::{
    Page,
    context::{LiteFrontPage, LiteStoryPage},
};

use super::{
    cards::{cards, newest, thin},
    draft::Draft,
    front,
    press::Press,
    reading::Reading,
    shell::{everywhere, shell},
    story_parts::{Told, lite_path, pager, path_of, resources},
};
use crate::{cache::Prepared, error::Error};

const TOP: usize = 8;
const LATEST: usize = 24;

/// The front page.
pub(super) async fn front(reading: &mut Reading) -> Result<Draft, Error> {
    let elsewhere = everywhere(reading, "lite/");
    let mut shell = shell(reading, "", &elsewhere).await?;
    shell.full_path = Some(reading.at(""));
    shell.no_index = true;
    let top = front::top(reading, TOP).await?;
    let seen: HashSet<_> = top.iter().map(|head| head.id).collect();
    let latest = newest(reading, Scope::Latest, LATEST, &seen).await?;
    let mut top = cards(reading, &top).await?;
    let mut latest = cards(reading, &latest).await?;
    for card in top.iter_mut().chain(&mut latest) {
        card.path = lite_path(&card.path, 1);
        card.photo = None;
    }
    let page = Page::LiteFront(LiteFrontPage { shell, top, latest });
    Ok(Draft::fitting(StatusCode::OK, page, 4, |page, level| {
        if let Page::LiteFront(front) = page {
            thin(front.latest.iter_mut(), level);
            thin(front.top.iter_mut(), level.saturating_sub(1));
        }
    }))
}

/// A story.
pub(super) fn story(reading: &Reading, told: Told) -> Draft {
    let page = frame(reading, &told);
    Draft::of(move |press| print(press, &told, &page))
}

/// The page without its text.
fn frame(reading: &Reading, told: &Told) -> LiteStoryPage {
    let full = &told.page;
    let mut shell = full.shell.clone();
    shell.full_path = Some(path_of(&told.path, 1).as_str().to_owned());
    shell.lite_path = None;
    shell.no_index = true;
    shell.share_image = None;
    shell.alternates.clear();
    for link in &mut shell.languages {
        let home = model::Language::new(&link.language).map(|language| reading.settings.prefix(&language));
        // A translation's link leads to its lite form too, a front page's to the lite front page.
        link.path = match home {
            Ok(prefix) if link.path == format!("{prefix}/") => format!("{prefix}/lite/"),
            _ => lite_path(&link.path, 1),
        };
    }
    let mut read_more = full.read_more.clone();
    thin(read_more.iter_mut(), 4);
    read_more.iter_mut().for_each(|card| card.path = lite_path(&card.path, 1));
    LiteStoryPage {
        shell,
        headline: full.headline.clone(),
        standfirst: full.standfirst.clone(),
        section: full.section.clone(),
        bylines: full.bylines.clone(),
        published: full.published.clone(),
        updated: full.updated.clone(),
        sources: full.sources.clone(),
        corrections: full.corrections.clone(),
        read_more,
        ..LiteStoryPage::default()
    }
}

fn print(press: &Press, told: &Told, frame: &LiteStoryPage) -> Result<Option<Prepared>, Error> {
    let first = lite_path(&told.path, 1);
    let deep = path_of(&first, 2).to_root();
    let mut failure = None;
    let parts = render::split(&told.document, &mut |document| {
        let mut page = frame.clone();
        page.parts = pager(&first, 1, 2);
        page.shell.root.clone_from(&deep);
        page.body_html = render::lite(document, &resources(told, &deep));
        press.fits(&Page::LiteStory(page)).unwrap_or_else(|error| {
            failure.get_or_insert(error);
            true
        })
    });
    if let Some(error) = failure {
        return Err(error);
    }
    let Some(text) = told.part.checked_sub(1).and_then(|at| parts.get(at)) else { return Ok(None) };
    let path = path_of(&first, told.part);
    let mut page = frame.clone();
    page.parts = pager(&first, told.part, parts.len());
    page.shell.root = path.to_root();
    page.shell.path = path.as_str().to_owned();
    page.shell.previous_path.clone_from(&page.parts.previous);
    page.shell.next_path.clone_from(&page.parts.next);
    page.body_html = render::lite(text, &resources(told, &page.shell.root));
    if told.part < parts.len() {
        page.sources.clear();
        page.read_more.clear();
    }
    press.print(StatusCode::OK, &Page::LiteStory(page)).map(Some)
}
