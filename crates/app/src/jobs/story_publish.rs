//! Publishes a scheduled story. Safe to run again: a story that is public by now, or was moved to another time, is left
//! alone (whoever moved it enqueued another job).

use model::{Job, StoryId, StoryState};

use crate::{Newsroom, error::Error, follow, stories};

/// Payload: `{"story": "<id>"}`.
pub(super) async fn handle(newsroom: &Newsroom, job: &Job) -> Result<(), Error> {
    let id: StoryId = serde_json::from_value(job.payload["story"].clone())?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let Some(story) = store::story_by_id(&mut tx, id).await? else { return Ok(()) };
    let due = story.state == StoryState::Scheduled && story.published_at.is_some_and(|at| at <= now);
    if !due {
        return Ok(());
    }
    stories::desk::publish_due_in_tx(newsroom, &mut tx, id).await?;
    tx.commit().await?;
    newsroom.abort_point("schedule.job_published");
    newsroom.notices().tell(id, stories::NoticeKind::State);
    follow::catch_up(newsroom).await
}
