//! Translations: begun from a story, shown beside it, behind when it changes.

use model::{Language, Staff, Story, StoryId, StoryState};

use super::{
    super::find,
    access::story_for,
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
        return Err(Error::Refused(format!("there is a translation into `{language}` already")));
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

/// What a story was translated from; `None` when it is an original. Who may see the translation may see that.
///
/// # Errors
/// [`Denial::Gone`], [`Denial::NotYours`].
pub async fn beside(newsroom: &Newsroom, staff: &Staff, id: StoryId) -> Result<Option<Beside>, Error> {
    let mut tx = newsroom.store().read().await?;
    story_for(&mut tx, staff, id).await?;
    let Some(translation) = store::translation_of(&mut tx, id).await? else { return Ok(None) };
    let Some(mut original) = store::story_by_id(&mut tx, translation.original).await? else { return Ok(None) };
    if !is_public(&original) {
        let fields = working_copy(&mut tx, &original).await?.draft.fields;
        fields.put_into(&mut original);
    }
    Ok(Some(Beside { original, behind: translation.version > translation.seen_version }))
}

/// Says that a translation has caught up with its original as that is now.
///
/// # Errors
/// [`Denial::Gone`] when it is no translation.
pub async fn caught_up(newsroom: &Newsroom, staff: &Staff, id: StoryId) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    story_for(&mut tx, staff, id).await?;
    let translation = store::translation_of(&mut tx, id).await?.ok_or(Denial::Gone)?;
    store::translation_set(&mut tx, id, translation.original, translation.version).await?;
    store::audit_append(&mut tx, now, staff.handle.as_str(), "story.caught_up", Some(id.0), "{}").await?;
    Ok(tx.commit().await?)
}
