//! An issue in its second: sent, or held.
//!
//! The job looks at the issue again: moved to another time, approved, taken back or sent by hand since it was enqueued, it is
//! judged as it stands now. Run twice, it finds what it did. An approved issue is handed to delivery by a job in the same
//! transaction that judged it.

use model::{Issue, IssueId, IssueState, Newsletter, Timestamp};
use serde_json::json;
use store::Tx;

use super::{check, draft::note, found, letter};
use crate::{
    Newsroom,
    error::Error,
    jobs::{self, Kind},
};

/// How late an issue may go out without a person's word.
pub const LATE_MS: i64 = 24 * 3_600_000;

/// Why an issue is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nobody approved it in time.
    Unapproved,
    /// No server ran when it was due, and that is more than a day ago.
    Late,
    /// The checks find something that must not go out: a story that was withdrawn since, for one.
    Stopped,
    /// A backup was restored: it may have gone out already.
    Restored,
}

impl Why {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::Unapproved, Self::Late, Self::Stopped, Self::Restored];

    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unapproved => "unapproved",
            Self::Late => "late",
            Self::Stopped => "stopped",
            Self::Restored => "restored",
        }
    }
}

/// Judges an issue whose time `due` has come.
///
/// # Errors
/// When the database fails.
pub async fn come_due(newsroom: &Newsroom, id: IssueId, due: Timestamp) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    if store::issue_by_id(&mut tx, id).await?.is_none() {
        return Ok(());
    }
    let (newsletter, issue) = found(&mut tx, id).await?;
    if issue.due_at != Some(due) || due > now {
        return Ok(());
    }
    let why = match issue.state {
        IssueState::Draft => Some(Why::Unapproved),
        IssueState::Approved if now.as_millis() - due.as_millis() > LATE_MS => Some(Why::Late),
        IssueState::Approved => stopped(newsroom, &mut tx, &newsletter, &issue).await?.then_some(Why::Stopped),
        IssueState::Held | IssueState::Sending | IssueState::Paused | IssueState::Sent | IssueState::Cancelled => {
            return Ok(());
        }
    };
    match why {
        Some(why) => hold(newsroom, &mut tx, &newsletter, &issue, why).await?,
        None => hand_over(newsroom, &mut tx, id).await?,
    }
    tx.commit().await?;
    newsroom.wake_jobs();
    Ok(())
}

async fn stopped(newsroom: &Newsroom, tx: &mut Tx, newsletter: &Newsletter, issue: &Issue) -> Result<bool, Error> {
    let gathered = letter::gather(newsroom, tx, newsletter, issue).await?;
    Ok(check::findings(&gathered, issue).iter().any(|finding| finding.level == check::Level::Stop))
}

async fn hold(newsroom: &Newsroom, tx: &mut Tx, of: &Newsletter, issue: &Issue, why: Why) -> Result<(), Error> {
    let now = newsroom.clock().now();
    if store::issue_move(tx, issue.id, issue.state, IssueState::Held, Some(why.as_str()), now).await? {
        tracing::warn!(newsletter = %of.slug, issue = issue.number, why = why.as_str(), "an issue is held; the desk says why");
        note(newsroom, tx, "masthead", "issue.hold", issue, of).await?;
    }
    Ok(())
}

/// Enqueues the job that freezes the audience and begins to send. It does nothing unless the issue is approved then.
pub(super) async fn hand_over(newsroom: &Newsroom, tx: &mut Tx, id: IssueId) -> Result<(), Error> {
    let now = newsroom.clock().now();
    store::job_enqueue(tx, &jobs::job(newsroom, Kind::IssueSend, json!({ "issue": id }), now)).await?;
    Ok(())
}
