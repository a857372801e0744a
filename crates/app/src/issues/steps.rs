//! From a draft to what may go out: approval, another time, giving up.

use model::{Issue, IssueId, IssueState, Newsletter, Staff, Timestamp};
use store::Tx;

use super::{
    Stop, check,
    draft::{come_back, note},
    due::hand_over,
    found, letter, open_as_seen, sends,
};
use crate::{Newsroom, error::Error};

/// Approves an issue as it was seen. With `now`, it goes out at once; otherwise in its second, which must be to come.
///
/// # Errors
/// [`crate::staff::Denial::Role`], [`crate::staff::Denial::Gone`]; [`Stop`] when it was changed since, the checks stop it,
/// somebody else has to approve it, or its time has passed.
pub async fn approve(newsroom: &Newsroom, staff: &Staff, id: IssueId, seen: i64, now: bool) -> Result<(), Error> {
    sends(staff)?;
    let at = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let (newsletter, issue) = open_as_seen(&mut tx, id, seen).await?;
    if newsletter.settings.second_person && issue.saved.1 == staff.handle.as_str() {
        return Err(Stop::SecondPerson.into());
    }
    sendable(newsroom, &mut tx, &newsletter, &issue).await?;
    if !now && issue.due_at.is_none_or(|due| due <= at) {
        return Err(Stop::NoTime.into());
    }
    if !store::issue_approve(&mut tx, id, seen, at, staff.handle.as_str()).await? {
        return Err(Stop::ChangedSince.into());
    }
    note(newsroom, &mut tx, staff.handle.as_str(), "issue.approve", &issue, &newsletter).await?;
    if now {
        hand_over(newsroom, &mut tx, id).await?;
        note(newsroom, &mut tx, staff.handle.as_str(), "issue.send_now", &issue, &newsletter).await?;
    }
    tx.commit().await?;
    newsroom.wake_jobs();
    Ok(())
}

/// Refuses what must not go out.
async fn sendable(newsroom: &Newsroom, tx: &mut Tx, newsletter: &Newsletter, issue: &Issue) -> Result<(), Error> {
    let gathered = letter::gather(newsroom, tx, newsletter, issue).await?;
    let stops = check::findings(&gathered, issue).iter().any(|finding| finding.level == check::Level::Stop);
    if stops { Err(Stop::Blocked.into()) } else { Ok(()) }
}

/// Sends an approved issue now instead of in its second.
///
/// # Errors
/// As [`approve`].
pub async fn send_now(newsroom: &Newsroom, staff: &Staff, id: IssueId) -> Result<(), Error> {
    sends(staff)?;
    send(newsroom, staff.handle.as_str(), id).await
}

/// The same, for whoever may.
pub(super) async fn send(newsroom: &Newsroom, by: &str, id: IssueId) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    let (newsletter, issue) = found(&mut tx, id).await?;
    if issue.state != IssueState::Approved {
        return Err(Stop::State(issue.state).into());
    }
    sendable(newsroom, &mut tx, &newsletter, &issue).await?;
    hand_over(newsroom, &mut tx, id).await?;
    note(newsroom, &mut tx, by, "issue.send_now", &issue, &newsletter).await?;
    tx.commit().await?;
    newsroom.wake_jobs();
    Ok(())
}

/// Takes an approval back, or makes what is held a draft again.
///
/// # Errors
/// As [`approve`].
pub async fn reopen(newsroom: &Newsroom, staff: &Staff, id: IssueId) -> Result<(), Error> {
    sends(staff)?;
    step(newsroom, staff.handle.as_str(), id, IssueState::Draft, "issue.reopen").await
}

/// Gives an issue up. What was not sent is numbered no more.
///
/// # Errors
/// As [`approve`].
pub async fn cancel(newsroom: &Newsroom, staff: &Staff, id: IssueId) -> Result<(), Error> {
    sends(staff)?;
    step(newsroom, staff.handle.as_str(), id, IssueState::Cancelled, "issue.cancel").await
}

/// A step of an issue of which no mail went out.
pub(super) async fn step(
    newsroom: &Newsroom,
    by: &str,
    id: IssueId,
    to: IssueState,
    action: &str,
) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let (newsletter, issue) = found(&mut tx, id).await?;
    // What mails went out of is ended by delivery.
    if issue.state.is_frozen() || !store::issue_move(&mut tx, id, issue.state, to, None, now).await? {
        return Err(Stop::State(issue.state).into());
    }
    note(newsroom, &mut tx, by, action, &issue, &newsletter).await?;
    if to == IssueState::Cancelled {
        store::issue_unnumber(&mut tx, id).await?;
    }
    Ok(tx.commit().await?)
}

/// Sets when an issue goes out; without a time it waits for somebody to send it. What was held becomes a draft again; an
/// approval stands, for the text is the same.
///
/// # Errors
/// As [`approve`]; [`Stop::TimePassed`].
pub async fn set_time(newsroom: &Newsroom, staff: &Staff, id: IssueId, at: Option<Timestamp>) -> Result<(), Error> {
    sends(staff)?;
    let now = newsroom.clock().now();
    if at.is_some_and(|at| at <= now) {
        return Err(Stop::TimePassed.into());
    }
    let mut tx = newsroom.store().begin().await?;
    let (newsletter, issue) = found(&mut tx, id).await?;
    if !store::issue_time(&mut tx, id, at).await? {
        return Err(Stop::State(issue.state).into());
    }
    if issue.state == IssueState::Held || (issue.state == IssueState::Approved && at.is_none()) {
        store::issue_move(&mut tx, id, issue.state, IssueState::Draft, None, now).await?;
    }
    if let Some(at) = at {
        come_back(newsroom, &mut tx, id, at).await?;
    }
    note(newsroom, &mut tx, staff.handle.as_str(), "issue.time", &issue, &newsletter).await?;
    tx.commit().await?;
    newsroom.wake_jobs();
    Ok(())
}
