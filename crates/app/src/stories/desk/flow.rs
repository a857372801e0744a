//! From state to state: draft, in review, ready; back; withdrawn.

use model::{Staff, Story, StoryId, StoryState};

use super::{
    super::{NoticeKind, Stop, keep::keep},
    access::{edits, story_to_change},
    notes::note_in_tx,
};
use crate::{Newsroom, error::Error};

/// Moves a story that is not public to another state on its way, with a note if there is something to say. Reporters hand
/// in their own and take them back; everything else is editors'.
///
/// # Errors
/// [`crate::staff::Denial::Role`], [`crate::staff::Denial::NotYours`]; [`Stop::State`] when the way does not lead there.
pub async fn move_to(
    newsroom: &Newsroom,
    staff: &Staff,
    id: StoryId,
    to: StoryState,
    note: Option<&str>,
) -> Result<Story, Error> {
    use StoryState::{Draft, InReview, Ready, Scheduled};
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let mut story = story_to_change(&mut tx, staff, id).await?;
    match (story.state, to) {
        (Draft, InReview) | (InReview, Draft) => {}
        (Draft | InReview | Ready | Scheduled, Draft | InReview | Ready) => edits(staff)?,
        (from, _) => return Err(Stop::State(from).into()),
    }
    let (from, seen) = (story.state, story.version);
    if from != to {
        if from == Scheduled && story.path.is_none() {
            story.published_at = None;
        }
        story.state = to;
        story.version += 1;
        keep(&mut tx, &story, seen, now, staff.handle.as_str()).await?;
        let detail = serde_json::json!({ "from": from, "to": to }).to_string();
        store::audit_append(&mut tx, now, staff.handle.as_str(), "story.state", Some(id.0), &detail).await?;
    }
    if let Some(text) = note {
        note_in_tx(newsroom, &mut tx, staff, id, text).await?;
    }
    tx.commit().await?;
    newsroom.notices().tell(id, NoticeKind::State);
    Ok(story)
}

/// Withdraws a public story: readers are told that it is gone, everywhere at once.
///
/// # Errors
/// As [`super::super::withdraw`].
pub async fn withdraw(newsroom: &Newsroom, staff: &Staff, id: StoryId, reason: &str) -> Result<Story, Error> {
    edits(staff)?;
    let story = super::super::withdraw(newsroom, id, staff.handle.as_str(), reason).await?;
    newsroom.notices().tell(id, NoticeKind::State);
    Ok(story)
}

/// Whether somebody may publish a withdrawn story again.
#[must_use]
pub fn republish_allowed(staff: &Staff, story: &Story) -> bool {
    edits(staff).is_ok() && story.state == StoryState::Withdrawn
}
