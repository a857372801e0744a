//! Publishing: one transaction, then the followers are woken.

use model::{JournalKind, NewJournalRow, Story, StoryId, StoryState, Tag, Timestamp};
use store::Tx;

use super::{Stop, keep::keep, story_path, story_tags_in_tx};
use crate::{Newsroom, error::Error, follow};

/// Makes a story public now, or tells readers of its new version when it is public already.
///
/// # Errors
/// [`Error::Refused`] when the story does not exist; [`Stop`] when it has no headline, or its state does not lead there.
pub async fn publish(newsroom: &Newsroom, id: StoryId, actor: &str) -> Result<Story, Error> {
    let mut tx = newsroom.store().begin().await?;
    let story = publish_in_tx(newsroom, &mut tx, id, actor, Vec::new()).await?;
    tx.commit().await?;
    follow::catch_up(newsroom).await?;
    Ok(story)
}

/// The step itself, for use cases that publish within a larger transaction. `touched` are pages that showed the story
/// before and may not do so now. The working copy counts as published: whoever calls has carried it into the story.
///
/// # Errors
/// As [`publish`].
pub async fn publish_in_tx(
    newsroom: &Newsroom,
    tx: &mut Tx,
    id: StoryId,
    actor: &str,
    touched: Vec<Tag>,
) -> Result<Story, Error> {
    let now = newsroom.clock().now();
    let Some(mut story) = store::story_by_id(tx, id).await? else {
        return Err(Error::Refused(format!("there is no story {id}")));
    };
    check(&story)?;
    let again = story.state == StoryState::Published;
    let seen = story.version;
    if again {
        story.updated_at = Some(now);
    } else {
        story.published_at = Some(first_publication(&story, now));
        story.path = Some(free_path(tx, newsroom, &mut story).await?);
    }
    story.state = StoryState::Published;
    story.version += 1;
    keep(tx, &story, seen, now, actor).await?;
    let kind = if again { JournalKind::StoryChanged } else { JournalKind::StoryPublished };
    let mut tags = story_tags_in_tx(tx, &story).await?;
    tags.extend(touched);
    tags.dedup();
    store::journal_append(tx, now, &NewJournalRow { kind, subject: Some(id.0), tags }).await?;
    store::audit_append(tx, now, actor, kind.as_str(), Some(id.0), "{}").await?;
    Ok(story)
}

fn check(story: &Story) -> Result<(), Error> {
    if story.headline.trim().is_empty() {
        return Err(Stop::NoHeadline.into());
    }
    if !story.state.may_become(StoryState::Published) {
        return Err(Stop::State(story.state).into());
    }
    Ok(())
}

/// A story that was public before keeps its first date; a scheduled one takes the date it was scheduled for.
fn first_publication(story: &Story, now: Timestamp) -> Timestamp {
    story.published_at.filter(|at| *at <= now).unwrap_or(now)
}

/// The story's path; when another story has it, the slug gets a number.
async fn free_path(tx: &mut Tx, newsroom: &Newsroom, story: &mut Story) -> Result<model::Path, Error> {
    if let Some(path) = &story.path {
        return Ok(path.clone());
    }
    let settings = store::newsroom_settings(tx).await?;
    let at = story.published_at.unwrap_or_else(|| newsroom.clock().now());
    let wanted = story.slug.clone();
    let mut number = 1;
    loop {
        let path = story_path(&settings, &story.language, at, &story.slug);
        if !store::story_path_taken(tx, path.as_str()).await? {
            return Ok(path);
        }
        number += 1;
        story.slug = wanted.numbered(number);
    }
}
