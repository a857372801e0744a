//! What to look at before a story is published.

use model::{Document, PhotoState, PhotoUse, document::visit};

use super::open::Opened;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The story can't be published so.
    Stop,
    /// Somebody should look.
    Look,
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// The key of its text: `no-headline`, `no-alt` …
    pub key: &'static str,
    /// How much it weighs.
    pub level: Level,
    /// How many, where there can be several.
    pub count: i64,
}

/// A headline longer than this breaks in search results and chats.
const LONG_HEADLINE: usize = 90;

/// What is missing or odd in a story's working copy.
#[must_use]
pub fn check(opened: &Opened) -> Vec<Finding> {
    let fields = &opened.draft.fields;
    let mut found = Vec::new();
    let mut add = |key, level, count: usize| {
        if count > 0 {
            found.push(Finding { key, level, count: i64::try_from(count).unwrap_or(i64::MAX) });
        }
    };
    add("no-headline", Level::Stop, usize::from(fields.headline.trim().is_empty()));
    add("empty", Level::Look, usize::from(fields.document.is_empty()));
    add("long-headline", Level::Look, usize::from(fields.headline.chars().count() > LONG_HEADLINE));
    add("no-standfirst", Level::Look, usize::from(fields.standfirst.trim().is_empty()));
    add("no-section", Level::Look, usize::from(fields.section.is_none()));
    add("no-byline", Level::Look, usize::from(fields.bylines.is_empty()));
    add("no-lead-photo", Level::Look, usize::from(fields.lead_photo.is_none()));
    add("no-sources", Level::Look, usize::from(fields.sources.is_empty()));
    let used = photos(&fields.document, fields.lead_photo.as_ref());
    let photo = |used: &&PhotoUse| opened.photos.get(&used.photo);
    let without_alt = used.iter().filter(|used| {
        let own = used.alt.as_deref().is_some_and(|alt| !alt.trim().is_empty());
        !own && photo(used).is_none_or(|photo| photo.alt.trim().is_empty())
    });
    add("no-alt", Level::Look, without_alt.count());
    let without_credit = used.iter().filter(|used| {
        let own = used.credit.as_deref().is_some_and(|credit| !credit.trim().is_empty());
        !own && photo(used).is_none_or(|photo| photo.credit.trim().is_empty())
    });
    add("no-credit", Level::Look, without_credit.count());
    let missing = used.iter().filter(|used| photo(used).is_none_or(|photo| photo.state == PhotoState::Missing));
    add("photo-missing", Level::Look, missing.count());
    let open = opened.notes.iter().filter(|note| note.done.is_none());
    add("open-notes", Level::Look, open.count());
    found
}

fn photos<'a>(document: &'a Document, lead: Option<&'a PhotoUse>) -> Vec<&'a PhotoUse> {
    visit::photos(document).into_iter().chain(lead).collect()
}
