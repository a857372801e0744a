//! Publishing from the desk: the working copy is carried into the story, and readers are told.

use model::{JournalKind, NewJournalRow, Path, Staff, Story, StoryId, StoryState, Tag, Timestamp};
use store::{Redirect, RedirectTo, Tx};

use super::{
    super::{NoticeKind, Stop, keep::keep, publish_in_tx, story_tags_in_tx},
    access::edits,
    copy::{Copy, is_public, working_copy},
    save::{SaveRefused, hang, leave_out_gone},
};
use crate::{Newsroom, error::Error, follow};

/// Makes the working copy what readers see, now. `seen` is the version that the editor looked at.
///
/// # Errors
/// [`Error::Refused`] when somebody saved since, when readers see all of it already, or when it may not be published.
pub async fn publish(newsroom: &Newsroom, staff: &Staff, id: StoryId, seen: Option<i64>) -> Result<Story, Error> {
    edits(staff)?;
    publish_by(newsroom, staff.handle.as_str(), id, seen).await
}

/// The same for whoever may do everything: the command line.
///
/// # Errors
/// As [`publish`].
pub async fn publish_by(newsroom: &Newsroom, actor: &str, id: StoryId, seen: Option<i64>) -> Result<Story, Error> {
    newsroom.abort_point("publish.begun");
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    store::story_hold(&mut tx, id).await?;
    let mut story = store::story_by_id(&mut tx, id).await?.ok_or(crate::staff::Denial::Gone)?;
    let Copy { mut draft, stored } = working_copy(&mut tx, &story).await?;
    if seen.is_some_and(|seen| seen != draft.version) {
        return Err(Stop::ChangedSince.into());
    }
    if story.state == StoryState::Published && draft.is_clean() {
        return Err(Stop::NothingNew.into());
    }
    let mut touched = Vec::new();
    if is_public(&story) && !draft.is_clean() {
        touched = story_tags_in_tx(&mut tx, &story).await?;
        carry(newsroom, &mut tx, &mut story, &draft.fields, now, actor).await?;
    }
    let story = publish_in_tx(newsroom, &mut tx, id, actor, touched).await?;
    if stored > 0 {
        draft.published = Some(draft.version);
        // The slug may have been numbered, because another story stands at the path.
        draft.fields.slug = story.slug.clone();
        store::draft_save(&mut tx, &draft, stored).await?;
    }
    newsroom.abort_point("publish.before_commit");
    tx.commit().await?;
    newsroom.abort_point("publish.after_commit");
    newsroom.notices().tell(id, NoticeKind::State);
    follow::catch_up(newsroom).await?;
    newsroom.abort_point("publish.after_follow");
    Ok(story)
}

/// The story as publishing its working copy now would make it; the caller undoes the transaction. Without a headline it
/// stands with dots.
///
/// # Errors
/// [`crate::staff::Denial::Gone`].
pub async fn as_published_in_tx(newsroom: &Newsroom, tx: &mut Tx, id: StoryId) -> Result<Story, Error> {
    let now = newsroom.clock().now();
    let mut story = store::story_by_id(tx, id).await?.ok_or(crate::staff::Denial::Gone)?;
    let mut fields = working_copy(tx, &story).await?.draft.fields;
    if fields.headline.trim().is_empty() {
        fields.headline = "…".to_owned();
    }
    carry(newsroom, tx, &mut story, &fields, now, "preview").await?;
    publish_in_tx(newsroom, tx, id, "preview", Vec::new()).await
}

/// Publishes a scheduled story whose time has come.
///
/// # Errors
/// As [`publish`].
pub async fn publish_due_in_tx(newsroom: &Newsroom, tx: &mut Tx, id: StoryId) -> Result<(), Error> {
    let story = publish_in_tx(newsroom, tx, id, "schedule", Vec::new()).await?;
    if let Some(mut draft) = store::draft_of(tx, id).await? {
        let stored = draft.version;
        draft.published = Some(stored);
        draft.fields.slug = story.slug;
        store::draft_save(tx, &draft, stored).await?;
    }
    Ok(())
}

/// Puts the working copy into a public story: what readers saw is kept, and a new slug is a new path with a redirect.
async fn carry(
    newsroom: &Newsroom,
    tx: &mut Tx,
    story: &mut Story,
    fields: &model::DraftFields,
    now: Timestamp,
    actor: &str,
) -> Result<(), Error> {
    let replaced = super::super::revision_of(newsroom, story, now, actor);
    store::revision_insert(tx, &replaced).await?;
    let (seen, slug) = (story.version, story.slug.clone());
    let mut fields = fields.clone();
    leave_out_gone(tx, &mut fields).await?;
    fields.put_into(story);
    story.version += 1;
    let old = if story.slug == slug { None } else { new_path(tx, story).await? };
    keep(tx, story, seen, now, actor).await?;
    if let Some(old) = old {
        lead_on(tx, story, &old, now).await?;
    }
    hang(tx, story, &fields).await.map_err(|refused| match refused {
        SaveRefused::App(error) => error,
        SaveRefused::Conflict(_) | SaveRefused::Locked { .. } | SaveRefused::TooLarge(_) | SaveRefused::Invalid(_) => {
            Error::Refused(refused.to_string())
        }
    })
}

/// Gives a public story the path of its new slug; the path that it had.
async fn new_path(tx: &mut Tx, story: &mut Story) -> Result<Option<Path>, Error> {
    let Some(old) = story.path.clone() else { return Ok(None) };
    let above = old.as_str().trim_end_matches('/').rsplit_once('/').map_or("", |(above, _)| above);
    let wanted = story.slug.clone();
    let mut number = 1;
    let path = loop {
        let path = Path::new(format!("{above}/{}/", story.slug));
        if !store::story_path_taken(tx, path.as_str()).await? {
            break path;
        }
        number += 1;
        story.slug = wanted.numbered(number);
    };
    // The story may come back to a path that leads to it now.
    store::redirect_delete(tx, path.as_str()).await?;
    story.path = Some(path);
    Ok(Some(old))
}

/// Makes a path that a story had lead to where it stands.
async fn lead_on(tx: &mut Tx, story: &Story, old: &Path, now: Timestamp) -> Result<(), Error> {
    let redirect = Redirect { from: old.as_str().to_owned(), to: RedirectTo::Story(story.id) };
    store::redirect_set(tx, &redirect, now).await?;
    let tags = vec![Tag::path(old.as_str())];
    let row = NewJournalRow { kind: JournalKind::RedirectChanged, subject: Some(story.id.0), tags };
    store::journal_append(tx, now, &row).await?;
    Ok(())
}

/// Adds a correction to a public story.
///
/// # Errors
/// As [`super::super::correct`].
pub async fn correct(newsroom: &Newsroom, staff: &Staff, id: StoryId, text: &str) -> Result<(), Error> {
    edits(staff)?;
    if text.chars().count() > 2_000 {
        return Err(Error::Refused("a correction has 2,000 characters at most".to_owned()));
    }
    super::super::correct(newsroom, id, text, staff.handle.as_str()).await?;
    newsroom.notices().tell(id, NoticeKind::State);
    Ok(())
}
