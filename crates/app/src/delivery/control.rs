//! What people do to an issue that is being sent.

use model::{IssueId, IssueState, Role, Staff};
use serde_json::json;
use store::{Sending, Tx};

use super::Why;
use crate::{Newsroom, error::Error, staff::Denial};

/// Who does it.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// Somebody at the desk.
    Staff(&'a Staff),
    /// Somebody at the machine.
    CommandLine,
}

impl By<'_> {
    fn name(&self) -> Result<&str, Error> {
        match self {
            Self::CommandLine => Ok("command line"),
            Self::Staff(staff) if staff.role < Role::NewsletterEditor => Err(Denial::Role.into()),
            Self::Staff(staff) => Ok(staff.handle.as_str()),
        }
    }
}

/// Pauses an issue: nothing of it is begun any more; what is under way ends.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`]; [`Error::Refused`] when it is not being sent.
pub async fn pause(newsroom: &Newsroom, by: By<'_>, issue: IssueId) -> Result<(), Error> {
    moved(newsroom, by, issue, "issue.pause", &[IssueState::Sending], IssueState::Paused, Some(Why::Staff)).await
}

/// Goes on with an issue that is paused.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`]; [`Error::Refused`] when it is not paused.
pub async fn resume(newsroom: &Newsroom, by: By<'_>, issue: IssueId) -> Result<(), Error> {
    moved(newsroom, by, issue, "issue.resume", &[IssueState::Paused], IssueState::Sending, None).await?;
    newsroom.deliveries().wake();
    Ok(())
}

/// Gives an issue up whose audience is frozen. What went out stays counted; nothing more of it goes out, ever.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`]; [`Error::Refused`] when it is not being sent.
pub async fn cancel(newsroom: &Newsroom, by: By<'_>, issue: IssueId) -> Result<(), Error> {
    let from = [IssueState::Sending, IssueState::Paused];
    moved(newsroom, by, issue, "issue.stop", &from, IssueState::Cancelled, None).await
}

/// Sends again what nobody knows about, under the same `Message-ID`; how many.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`]; [`Error::Refused`] when there is nothing to send again.
pub async fn again(newsroom: &Newsroom, by: By<'_>, issue: IssueId) -> Result<u64, Error> {
    let name = by.name()?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let sending = found(&mut tx, issue).await?;
    let refused = |text: &str| Err(Error::Refused(text.to_owned()));
    match sending.state {
        IssueState::Sending | IssueState::Paused => {}
        IssueState::Sent => {
            store::issue_move(&mut tx, issue, IssueState::Sent, IssueState::Sending, None, now).await?;
        }
        IssueState::Draft | IssueState::Held | IssueState::Approved => return refused("the issue was not sent yet"),
        IssueState::Cancelled => return refused("the issue was cancelled; nothing of it is sent any more"),
    }
    let again = store::delivery_again(&mut tx, issue, now).await?;
    if again == 0 {
        return refused("nothing of this issue is uncertain, or its deliveries are forgotten already");
    }
    let count = i64::try_from(again).unwrap_or(i64::MAX);
    store::issue_count_add(&mut tx, issue, [("doubt.again".to_owned(), count)]).await?;
    audit(newsroom, &mut tx, name, "issue.again", &sending, Some(again)).await?;
    tx.commit().await?;
    newsroom.deliveries().wake();
    Ok(again)
}

async fn moved(
    newsroom: &Newsroom,
    by: By<'_>,
    issue: IssueId,
    action: &str,
    from: &[IssueState],
    to: IssueState,
    why: Option<Why>,
) -> Result<(), Error> {
    let name = by.name()?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let sending = found(&mut tx, issue).await?;
    let state = sending.state.as_str();
    let refused = Error::Refused(format!("the issue is {state}; this can be done only while it is being sent"));
    if !from.contains(&sending.state)
        || !store::issue_move(&mut tx, issue, sending.state, to, why.map(Why::as_str), now).await?
    {
        return Err(refused);
    }
    audit(newsroom, &mut tx, name, action, &sending, None).await?;
    Ok(tx.commit().await?)
}

async fn found(tx: &mut Tx, issue: IssueId) -> Result<Sending, Error> {
    store::sending_by_id(tx, issue).await?.ok_or_else(|| Denial::Gone.into())
}

async fn audit(
    newsroom: &Newsroom,
    tx: &mut Tx,
    by: &str,
    action: &str,
    sending: &Sending,
    count: Option<u64>,
) -> Result<(), Error> {
    let detail =
        json!({ "newsletter": sending.slug, "name": sending.settings.name, "number": sending.number, "count": count })
            .to_string();
    store::audit_append(tx, newsroom.clock().now(), by, action, Some(sending.issue.0), &detail).await?;
    Ok(())
}
