//! The end of an issue, and what stops it on the way.

use model::{DeliveryState, IssueId, IssueState, Timestamp};
use serde_json::json;
use store::Tx;

use super::{Why, report::Sums};
use crate::{Newsroom, error::Error};

/// Who does what nobody at the desk did.
const SELF: &str = "masthead";

/// Ends an issue of which nothing is open, if everybody who was frozen in is accounted for. If not, which must not be, it
/// stands paused and says so, because nobody can tell then whom it was not sent to.
pub(super) async fn end(newsroom: &Newsroom, issue: IssueId, now: Timestamp) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    if store::delivery_is_open(&mut tx, issue).await? {
        return Ok(());
    }
    let Some(sending) = store::sending_by_id(&mut tx, issue).await? else { return Ok(()) };
    let counts = store::delivery_counts(&mut tx, issue).await?;
    let sums = Sums::read(&store::issue_counts(&mut tx, issue).await?);
    let count = |state| counts.iter().find(|(found, _)| *found == state).map_or(0, |(_, count)| *count);
    let uncertain = count(DeliveryState::Uncertain);
    let settled = [sums.accepted(), sums.failed(), sums.excluded()];
    let rows = [DeliveryState::Accepted, DeliveryState::Failed, DeliveryState::Excluded].map(count);
    if settled != rows || rows.iter().sum::<i64>() + uncertain != sending.frozen {
        tracing::error!(%issue, ?rows, ?settled, uncertain, frozen = sending.frozen, "an issue's accounts don't add up");
        drop(tx);
        return halt(newsroom, issue, Why::Accounts, now).await;
    }
    if store::issue_move(&mut tx, issue, IssueState::Sending, IssueState::Sent, None, now).await? {
        let [accepted, failed, excluded] = rows;
        let detail = json!({ "newsletter": sending.slug, "name": sending.settings.name, "number": sending.number, "accepted": accepted, "failed": failed,
            "excluded": excluded, "uncertain": uncertain });
        store::audit_append(&mut tx, now, SELF, "issue.sent", Some(issue.0), &detail.to_string()).await?;
        tx.commit().await?;
        newsroom.abort_point("delivery.ended");
        tracing::info!(%issue, accepted, failed, excluded, uncertain, "an issue was sent");
    }
    Ok(())
}

/// Pauses an issue because something is wrong that a person has to look at.
pub(super) async fn halt(newsroom: &Newsroom, issue: IssueId, why: Why, now: Timestamp) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    if halt_in_tx(&mut tx, issue, why, now).await? {
        tx.commit().await?;
        tracing::warn!(%issue, why = why.as_str(), "an issue was paused; the desk says why");
    }
    Ok(())
}

async fn halt_in_tx(tx: &mut Tx, issue: IssueId, why: Why, now: Timestamp) -> Result<bool, Error> {
    let Some(sending) = store::sending_by_id(tx, issue).await? else { return Ok(false) };
    if !store::issue_move(tx, issue, IssueState::Sending, IssueState::Paused, Some(why.as_str()), now).await? {
        return Ok(false);
    }
    let (slug, name) = (&sending.slug, &sending.settings.name);
    let detail = json!({ "newsletter": slug, "name": name, "number": sending.number, "why": why.as_str() });
    store::audit_append(tx, now, SELF, "issue.halt", Some(issue.0), &detail.to_string()).await?;
    Ok(true)
}

/// What a backup says of an issue that was being sent is not so any more: it went on after the backup was made. Pauses every
/// such issue, and leaves what was under way to a person; how many.
///
/// # Errors
/// When the database fails.
pub(crate) async fn pause_restored_in_tx(tx: &mut Tx, now: Timestamp) -> Result<u64, Error> {
    let mut paused = 0;
    for sending in store::sending_open(tx, now).await? {
        if halt_in_tx(tx, sending.issue, Why::Restored, now).await? {
            paused += 1;
        } else if sending.state == IssueState::Paused {
            store::sending_note(tx, sending.issue, IssueState::Paused, Some(Why::Restored.as_str())).await?;
        }
        let held = store::delivery_doubt_all(tx, sending.issue, now).await?;
        let held = i64::try_from(held).unwrap_or(i64::MAX);
        if held > 0 {
            store::issue_count_add(tx, sending.issue, [("doubt.held".to_owned(), held)]).await?;
        }
    }
    Ok(paused)
}
