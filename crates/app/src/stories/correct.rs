//! Corrections: only ever added, shown in every channel.

use model::{Correction, JournalKind, NewJournalRow, StoryId, StoryState, Tag};

use super::{Stop, keep::keep};
use crate::{Newsroom, error::Error, follow};

/// Adds a correction to a public story and tells readers that it was updated.
///
/// # Errors
/// [`Error::Refused`] when the story does not exist; [`Stop`] when it is not public, or the text is empty.
pub async fn correct(newsroom: &Newsroom, id: StoryId, text: &str, actor: &str) -> Result<Correction, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Stop::EmptyCorrection.into());
    }
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let Some(mut story) = store::story_by_id(&mut tx, id).await? else {
        return Err(Error::Refused(format!("there is no story {id}")));
    };
    if story.state != StoryState::Published {
        return Err(Stop::State(story.state).into());
    }
    let correction = Correction { story: id, at: now, text: text.to_owned() };
    store::correction_insert(&mut tx, &correction).await?;
    let seen = story.version;
    story.updated_at = Some(now);
    story.version += 1;
    keep(&mut tx, &story, seen, now, actor).await?;
    let kind = JournalKind::StoryCorrected;
    let row = NewJournalRow { kind, subject: Some(id.0), tags: vec![Tag::story(id)] };
    store::journal_append(&mut tx, now, &row).await?;
    store::audit_append(&mut tx, now, actor, kind.as_str(), Some(id.0), "{}").await?;
    tx.commit().await?;
    follow::catch_up(newsroom).await?;
    Ok(correction)
}
