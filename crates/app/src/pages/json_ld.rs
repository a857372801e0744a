//! What search engines read of a story. Addresses in it are relative to the page, as everywhere in pages (law 5).

use model::{Correction, Path, Story};
use theme::context::StoryPage;

use super::reading::Reading;
use crate::feeds::{self, Article, Author};

/// The JSON-LD of a story whose page is otherwise complete; empty for a story without a path or a date.
pub(super) fn article(reading: &Reading, story: &Story, page: &StoryPage, corrections: &[Correction]) -> String {
    let (Some(path), Some(published)) = (&story.path, story.published_at) else { return String::new() };
    let relative = |target: &str| Path::relative(path, target);
    let author = |link: &theme::context::NamedLink| Author { name: link.name.clone(), url: relative(&link.path) };
    feeds::json_ld(&Article {
        headline: story.headline.clone(),
        description: page.shell.description.clone(),
        url: "./".to_owned(),
        images: page.shell.share_image.iter().map(|image| relative(&image.path)).collect(),
        published,
        updated: story.updated_at.unwrap_or(published),
        authors: page.bylines.iter().map(author).collect(),
        publisher: reading.site_name(),
        publisher_url: relative(&reading.at("")),
        section: page.section.as_ref().map(|section| section.name.clone()).unwrap_or_default(),
        topics: page.topics.iter().map(|topic| topic.name.clone()).collect(),
        language: story.language.clone(),
        corrections: corrections.iter().map(|correction| (correction.at, correction.text.clone())).collect(),
    })
}
