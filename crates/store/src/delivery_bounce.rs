//! What came back of deliveries, and what that makes of subscribers.
//!
//! A delivery comes back once in each way: a soft bounce may turn hard, and a complaint stands over both; the same again, or
//! less, changes nothing. So whatever tells of it may tell it twice.

use model::{Bounce, IssueId, SubscriberId, Timestamp};

use crate::{Error, Tx, sql::Fields};

/// A delivery that came back in a new way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CameBack {
    /// To whom it was. They may be gone.
    pub subscriber: SubscriberId,
    /// How it had come back before.
    pub before: Option<Bounce>,
}

fn came_back<R: Fields>(row: &R) -> Result<CameBack, Error> {
    let before = match row.get::<Option<String>>("bounce")? {
        Some(_) => Some(row.parsed("bounce", Bounce::parse)?),
        None => None,
    };
    Ok(CameBack { subscriber: SubscriberId(row.get("subscriber")?), before })
}

fn rank(bounce: Bounce) -> u8 {
    match bounce {
        Bounce::Soft => 1,
        Bounce::Hard => 2,
        Bounce::Complaint => 3,
    }
}

/// Notes that a delivery came back. `None` when there is no such delivery, when nothing of it was ever sent, and when it had
/// come back in this way or a worse one.
///
/// # Errors
/// When a query fails.
pub async fn delivery_bounced(
    tx: &mut Tx,
    issue: IssueId,
    number: i64,
    bounce: Bounce,
) -> Result<Option<CameBack>, Error> {
    const READ: &str = "SELECT subscriber, bounce FROM delivery WHERE issue = $1 AND number = $2 AND tries > 0";
    const FIRST: &str = "UPDATE delivery SET bounce = $3 WHERE issue = $1 AND number = $2 AND bounce IS NULL";
    const WORSE: &str = "UPDATE delivery SET bounce = $3 WHERE issue = $1 AND number = $2 AND bounce = $4";
    // Another node may note something of it in between, but it can only get worse twice.
    for _ in 0..3 {
        let Some(found) = fetch_optional!(tx, came_back, READ, issue.0, number)? else { return Ok(None) };
        if found.before.is_some_and(|before| rank(before) >= rank(bounce)) {
            return Ok(None);
        }
        let written = match found.before {
            None => execute!(tx, FIRST, issue.0, number, bounce.as_str())?,
            Some(before) => execute!(tx, WORSE, issue.0, number, bounce.as_str(), before.as_str())?,
        };
        if written > 0 {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Has nothing more sent to a subscriber, because their mailbox takes nothing; `false` when they are gone.
///
/// # Errors
/// When the query fails.
pub async fn subscriber_bounced(tx: &mut Tx, id: SubscriberId) -> Result<bool, Error> {
    const SQL: &str = "UPDATE subscriber SET state = 'bounced', paused_until = NULL WHERE id = $1";
    Ok(execute!(tx, SQL, id.0)? > 0)
}

/// Counts one more mail that came back for a reason that may pass; how many that makes in a row, 0 when they are gone.
///
/// # Errors
/// When the query fails.
pub async fn subscriber_bounce_count(tx: &mut Tx, id: SubscriberId) -> Result<i64, Error> {
    const SQL: &str = "UPDATE subscriber SET bounces = bounces + 1 WHERE id = $1 RETURNING bounces";
    Ok(fetch_optional!(tx, bounces, SQL, id.0)?.unwrap_or(0))
}

fn bounces<R: Fields>(row: &R) -> Result<i64, Error> {
    row.get("bounces")
}

/// Ends the rows of bounces of those to whom a mail came through: of an issue that ended within a time, they had one that
/// was accepted and never came back. Who is given up already stays so. How many.
///
/// # Errors
/// When the query fails.
pub async fn subscriber_bounces_end(tx: &mut Tx, after: Timestamp, until: Timestamp) -> Result<u64, Error> {
    const SQL: &str = "UPDATE subscriber SET bounces = 0 WHERE bounces > 0 AND state <> 'bounced' AND EXISTS (
                           SELECT 1 FROM issue i JOIN delivery d ON d.issue = i.id AND d.subscriber = subscriber.id
                           WHERE i.ended_at > $1 AND i.ended_at <= $2 AND d.state = 'accepted' AND d.bounce IS NULL)";
    execute!(tx, SQL, after.as_millis(), until.as_millis())
}
