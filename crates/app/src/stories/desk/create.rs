//! A new story.

use model::{Document, Language, Slug, Staff, Story, StoryGroupId, StoryId, StoryState};

use super::super::find;
use crate::{Newsroom, error::Error};

/// Begins a story; it is its author's.
///
/// # Errors
/// [`Error::Refused`] when the newsroom does not publish in the language.
pub async fn create(newsroom: &Newsroom, staff: &Staff, language: &Language) -> Result<StoryId, Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    if !settings.languages.contains(language) {
        return Err(Error::Refused(format!("the newsroom does not publish in `{language}`; add it in the settings")));
    }
    let id = StoryId::new(now, newsroom.chance());
    let story = Story {
        id,
        group: StoryGroupId::new(now, newsroom.chance()),
        language: language.clone(),
        slug: nameless(id)?,
        path: None,
        headline: String::new(),
        standfirst: String::new(),
        document: Document::new(Vec::new()),
        lead_photo: None,
        section: None,
        sources: Vec::new(),
        state: StoryState::Draft,
        published_at: None,
        updated_at: None,
        created_at: now,
        version: 1,
    };
    store::story_insert(&mut tx, &story).await?;
    find(&mut tx, &story).await?;
    store::story_touch(&mut tx, id, now, staff.handle.as_str()).await?;
    store::story_give(&mut tx, id, staff.id).await?;
    store::audit_append(&mut tx, now, staff.handle.as_str(), "story.create", Some(id.0), "{}").await?;
    tx.commit().await?;
    Ok(id)
}

/// The beginning of slugs that nobody chose.
const NAMELESS: &str = "untitled-";

/// A slug until there is a headline.
fn nameless(id: StoryId) -> Result<Slug, Error> {
    let tail: String = id.to_string().chars().rev().take(6).collect();
    Slug::new(&format!("{NAMELESS}{tail}")).map_err(|error| Error::Refused(error.to_string()))
}

/// Whether nobody has chosen this slug.
#[must_use]
pub fn is_nameless(slug: &Slug) -> bool {
    slug.as_str().starts_with(NAMELESS)
}
