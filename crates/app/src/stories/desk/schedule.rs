//! Scheduling: exact to the second, in the newsroom's time zone.
//!
//! The story's state, its time and the job that publishes it are one transaction. The worker sleeps until the next due
//! job; one whose time passed while no server ran is published at the start. The job looks at the story again: moved to
//! another time or taken back, it is left alone.

use jiff::{civil::DateTime, tz::AmbiguousOffset};
use model::{Newsroom as Settings, Staff, Story, StoryId, StoryState, Timestamp};

use super::{
    super::{NoticeKind, Stop, keep::keep, time_zone},
    access::{edits, story_to_change},
};
use crate::{
    Newsroom,
    error::Error,
    jobs::{self, Kind},
};

/// Sets the time at which a story becomes public.
///
/// # Errors
/// [`Stop`] when the time has passed, or the story may not be scheduled.
pub async fn schedule(newsroom: &Newsroom, staff: &Staff, id: StoryId, at: Timestamp) -> Result<Story, Error> {
    edits(staff)?;
    let now = newsroom.clock().now();
    if at <= now {
        return Err(Stop::TimePassed.into());
    }
    let mut tx = newsroom.store().begin().await?;
    let mut story = story_to_change(&mut tx, staff, id).await?;
    match story.state {
        StoryState::Draft | StoryState::InReview | StoryState::Ready | StoryState::Scheduled => {}
        StoryState::Published | StoryState::Withdrawn => {
            return Err(Stop::State(story.state).into());
        }
    }
    if story.headline.trim().is_empty() {
        return Err(Stop::NoHeadline.into());
    }
    let seen = story.version;
    story.state = StoryState::Scheduled;
    story.published_at = Some(at);
    story.version += 1;
    keep(&mut tx, &story, seen, now, staff.handle.as_str()).await?;
    let job = jobs::job(newsroom, Kind::StoryPublish, serde_json::json!({ "story": id }), at);
    store::job_enqueue(&mut tx, &job).await?;
    let detail = serde_json::json!({ "at": at.to_string() }).to_string();
    store::audit_append(&mut tx, now, staff.handle.as_str(), "story.schedule", Some(id.0), &detail).await?;
    newsroom.abort_point("schedule.before_commit");
    tx.commit().await?;
    newsroom.abort_point("schedule.after_commit");
    newsroom.notices().tell(id, NoticeKind::State);
    newsroom.wake_jobs();
    Ok(story)
}

/// A time of day as people type it (`2026-03-29T02:30`, seconds if wanted) in the newsroom's time zone.
///
/// # Errors
/// [`Stop`] when it is no time, or one that the clock jumps over when summer time begins. Of a time that comes
/// twice, when summer time ends, the first is meant.
pub fn local_time(settings: &Settings, text: &str) -> Result<Timestamp, Error> {
    let zone = time_zone(settings);
    let civil: DateTime = text.trim().parse().map_err(|_| Stop::NoTime)?;
    let ambiguous = zone.to_ambiguous_timestamp(civil);
    if let AmbiguousOffset::Gap { .. } = ambiguous.offset() {
        return Err(Stop::ClockJumps.into());
    }
    let at = ambiguous.earlier().map_err(|_| Stop::NoTime)?;
    Ok(at.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amsterdam() -> Settings {
        Settings { time_zone: "Europe/Amsterdam".to_owned(), ..Settings::default() }
    }

    #[test]
    fn times_are_the_newsroom_s_own() {
        let at = |text| local_time(&amsterdam(), text).map(|at| at.to_string());
        assert_eq!(at("2026-07-10T09:00").unwrap(), "2026-07-10T07:00:00Z");
        assert_eq!(at("2026-01-10T09:00:30").unwrap(), "2026-01-10T08:00:30Z");
    }

    #[test]
    fn a_time_that_the_clock_jumps_over_is_refused_and_the_first_of_two_is_meant() {
        let gap = local_time(&amsterdam(), "2026-03-29T02:30").unwrap_err().to_string();
        assert!(gap.contains("does not exist"), "{gap}");
        let fold = local_time(&amsterdam(), "2026-10-25T02:30").unwrap();
        assert_eq!(fold.to_string(), "2026-10-25T00:30:00Z");
        assert!(local_time(&amsterdam(), "tomorrow").is_err());
    }
}
