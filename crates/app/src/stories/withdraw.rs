//! Withdrawing: the story answers 410 from then on, and leaves every list at once.

use model::{JournalKind, NewJournalRow, Story, StoryId, StoryState};

use super::{Stop, keep::keep, story_tags_in_tx};
use crate::{Newsroom, error::Error, follow};

/// Takes a public story back. Its path stays its own and answers "withdrawn". The reason is for the
/// log, not for readers; it may be empty.
///
/// # Errors
/// [`Error::Refused`] when the story does not exist; [`Stop::State`] when it is not public.
pub async fn withdraw(newsroom: &Newsroom, id: StoryId, actor: &str, reason: &str) -> Result<Story, Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let Some(mut story) = store::story_by_id(&mut tx, id).await? else {
        return Err(Error::Refused(format!("there is no story {id}")));
    };
    if story.state != StoryState::Published {
        return Err(Stop::State(story.state).into());
    }
    let tags = story_tags_in_tx(&mut tx, &story).await?;
    let seen = story.version;
    story.state = StoryState::Withdrawn;
    story.updated_at = Some(now);
    story.version += 1;
    keep(&mut tx, &story, seen, now, actor).await?;
    let detail = serde_json::json!({ "reason": reason.trim() }).to_string();
    let row = NewJournalRow { kind: JournalKind::StoryWithdrawn, subject: Some(id.0), tags };
    store::journal_append(&mut tx, now, &row).await?;
    store::audit_append(&mut tx, now, actor, row.kind.as_str(), Some(id.0), &detail).await?;
    tx.commit().await?;
    follow::catch_up(newsroom).await?;
    Ok(story)
}
