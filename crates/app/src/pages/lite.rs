//! The lite forms: a front page of headlines, and stories as text alone, for slow and cut connections.

use std::collections::HashSet;

use http::StatusCode;
use model::{Document, Path};
use store::Scope;
use theme::{
    Page,
    context::{LiteFrontPage, LiteStoryPage, Pager},
};

use super::{
    cards::{cards, newest, thin},
    draft::Draft,
    front,
    parts::{self, InParts, fullest_pager, pager, path_of},
    reading::Reading,
    shell::{everywhere, shell},
    story_parts::{Told, lite_path, resources},
};
use crate::error::Error;

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
    let lite = Lite { first: lite_path(&told.path, 1), told, page };
    Draft::printed(move |press| parts::print(press, &lite, lite.told.part))
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

/// A story's lite form: the same text in parts of its own.
struct Lite {
    told: Told,
    first: String,
    page: LiteStoryPage,
}

impl Lite {
    fn with(&self, text: &Document, path: &Path, parts: Pager) -> LiteStoryPage {
        let mut page = self.page.clone();
        page.shell.root = path.to_root();
        page.shell.path = path.as_str().to_owned();
        page.shell.previous_path.clone_from(&parts.previous);
        page.shell.next_path.clone_from(&parts.next);
        page.body_html = render::lite(text, &resources(&self.told, &page.shell.root));
        page.parts = parts;
        page
    }
}

impl InParts for Lite {
    fn document(&self) -> &Document {
        &self.told.document
    }

    fn first(&self) -> &str {
        &self.first
    }

    fn page(&self, text: &Document, part: usize, parts: usize) -> Page {
        let mut page = self.with(text, &path_of(&self.first, part), pager(&self.first, part, parts));
        if part < parts {
            page.sources.clear();
            page.read_more.clear();
        }
        Page::LiteStory(page)
    }

    fn fullest(&self, text: &Document) -> Page {
        Page::LiteStory(self.with(text, &path_of(&self.first, 12), fullest_pager(&self.first)))
    }
}
