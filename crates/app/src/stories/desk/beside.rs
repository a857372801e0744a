//! Translations: begun from a story, shown beside it, behind when it changes.

use model::{Language, Staff, Story, StoryId, StoryState};
use store::Tx;

use super::{
    super::{Stop, find},
    access::{story_for, story_to_change},
    copy::{is_public, working_copy},
    save::{SaveRefused, hang},
};
use crate::{Newsroom, error::Error, staff::Denial};

/// A translation and its original.
#[derive(Debug, Clone)]
pub struct Beside {
    /// What it was translated from, as its editors see it.
    pub original: Story,
    /// Whether the original changed since somebody said that the translation has caught up.
    pub behind: bool,
}

/// Begins a translation: a draft in another language that shares the story's group and begins with its text.
///
/// # Errors
/// [`Error::Refused`] when there is one in that language, or the newsroom does not publish in it.
pub async fn translate(newsroom: &Newsroom, staff: &Staff, id: StoryId, language: &Language) -> Result<StoryId, Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let original = story_for(&mut tx, staff, id).await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    if !settings.languages.contains(language) || *language == original.language {
        return Err(Error::Refused(format!("choose one of the newsroom's other languages, not `{language}`")));
    }
    if store::story_group(&mut tx, original.group).await?.iter().any(|head| head.language == *language) {
        return Err(Stop::Translated.into());
    }
    let fields = working_copy(&mut tx, &original).await?.draft.fields;
    let new = StoryId::new(now, newsroom.chance());
    let mut story = Story {
        id: new,
        language: language.clone(),
        path: None,
        state: StoryState::Draft,
        published_at: None,
        updated_at: None,
        created_at: now,
        version: 1,
        ..original.clone()
    };
    fields.put_into(&mut story);
    let actor = staff.handle.as_str();
    store::story_insert(&mut tx, &story).await?;
    find(&mut tx, &story).await?;
    store::story_touch(&mut tx, new, now, actor).await?;
    hang(&mut tx, &story, &fields).await.map_err(|refused| match refused {
        SaveRefused::App(error) => error,
        other => Error::Refused(other.to_string()),
    })?;
    store::story_give(&mut tx, new, staff.id).await?;
    store::translation_set(&mut tx, new, id, original.version).await?;
    let detail = serde_json::json!({ "of": id, "language": language }).to_string();
    store::audit_append(&mut tx, now, actor, "story.translate", Some(new.0), &detail).await?;
    tx.commit().await?;
    Ok(new)
}

/// What a story was translated from; `None` when it is an original. Who may see the translation may see that. Of stories
/// that came together otherwise (an import), the one in the newsroom's first language is taken for the original, and the
/// others for up to date, until somebody says more.
///
/// # Errors
/// [`Denial::Gone`], [`Denial::NotYours`].
pub async fn beside(newsroom: &Newsroom, staff: &Staff, id: StoryId) -> Result<Option<Beside>, Error> {
    let mut tx = newsroom.store().read().await?;
    let story = story_for(&mut tx, staff, id).await?;
    let known = store::translation_of(&mut tx, id).await?;
    let behind = known.as_ref().is_some_and(|known| known.version > known.seen_version);
    let original = match known {
        Some(known) => Some(known.original),
        None => presumed(&mut tx, &story).await?,
    };
    let Some(original) = original else { return Ok(None) };
    let Some(mut original) = store::story_by_id(&mut tx, original).await? else { return Ok(None) };
    if !is_public(&original) {
        let fields = working_copy(&mut tx, &original).await?.draft.fields;
        fields.put_into(&mut original);
    }
    Ok(Some(Beside { original, behind }))
}

/// The story's version in the newsroom's first language, when nobody said what it was translated from.
async fn presumed(tx: &mut Tx, story: &Story) -> Result<Option<StoryId>, Error> {
    let first = store::newsroom_settings(tx).await?.language;
    let group = store::story_group(tx, story.group).await?;
    let original = group.into_iter().find(|head| head.language == first).map(|head| head.id);
    Ok(original.filter(|id| *id != story.id))
}

/// Says that a translation has caught up with its original as that is now.
///
/// # Errors
/// [`Denial::Gone`] when it is no translation.
pub async fn caught_up(newsroom: &Newsroom, staff: &Staff, id: StoryId) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    story_to_change(&mut tx, staff, id).await?;
    let translation = store::translation_of(&mut tx, id).await?.ok_or(Denial::Gone)?;
    store::translation_set(&mut tx, id, translation.original, translation.version).await?;
    store::audit_append(&mut tx, now, staff.handle.as_str(), "story.caught_up", Some(id.0), "{}").await?;
    Ok(tx.commit().await?)
}
