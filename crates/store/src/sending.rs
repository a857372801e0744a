//! Issues as those who send them see them: from *approved* to *sent*, *paused* or *cancelled*.

use model::{IssueId, IssueState, NewsletterId, NewsletterSettings, Slug, Timestamp};

use crate::{
    Error, Tx,
    sql::{Fields, number},
};

/// An issue that is being sent, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// Which.
    pub issue: IssueId,
    /// Of which newsletter.
    pub newsletter: NewsletterId,
    /// The newsletter's part of addresses.
    pub slug: Slug,
    /// Its number within the newsletter.
    pub number: i64,
    /// Where it stands.
    pub state: IssueState,
    /// Why it is paused, as the key of a text.
    pub why: Option<String>,
    /// When its audience was frozen.
    pub frozen_at: Option<Timestamp>,
    /// How many the audience is.
    pub frozen: i64,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How the newsletter is sent.
    pub settings: NewsletterSettings,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT i.id, i.newsletter, n.slug, i.number, i.state, i.why, i.frozen_at, i.frozen, i.ended_at, n.settings
             FROM issue i JOIN newsletter n ON n.id = i.newsletter ",
            $rest
        )
    };
}

fn sending<R: Fields>(row: &R) -> Result<Sending, Error> {
    Ok(Sending {
        issue: IssueId(row.get("id")?),
        newsletter: NewsletterId(row.get("newsletter")?),
        slug: row.slug("slug")?,
        number: row.get("number")?,
        state: row.parsed("state", IssueState::parse)?,
        why: row.get("why")?,
        frozen_at: row.time_or_none("frozen_at")?,
        frozen: row.get("frozen")?,
        ended_at: row.time_or_none("ended_at")?,
        settings: row.json("settings")?,
    })
}

/// Issues that are being sent or paused, and those that were cancelled after a time: mails of theirs may still be under
/// way. Those frozen first come first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn sending_open(tx: &mut Tx, cancelled_after: Timestamp) -> Result<Vec<Sending>, Error> {
    const SQL: &str = select!(
        "WHERE i.state IN ('sending', 'paused') OR (i.state = 'cancelled' AND i.frozen_at IS NOT NULL AND i.ended_at > $1)
         ORDER BY i.frozen_at, i.id"
    );
    fetch_all!(tx, sending, SQL, cancelled_after.as_millis())
}

/// An issue whose audience is frozen or to be frozen.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn sending_by_id(tx: &mut Tx, issue: IssueId) -> Result<Option<Sending>, Error> {
    fetch_optional!(tx, sending, select!("WHERE i.id = $1"), issue.0)
}

/// Whether an issue is being sent at this moment of the transaction.
///
/// # Errors
/// When the query fails.
pub async fn sending_is_on(tx: &mut Tx, issue: IssueId) -> Result<bool, Error> {
    const SQL: &str = "SELECT count(*) AS n FROM issue WHERE id = $1 AND state = 'sending'";
    Ok(fetch_one!(tx, number, SQL, issue.0)? > 0)
}

/// Notes why an issue in a state stands still, as the key of a text; `None` for not at all. Nothing is noted of one that is in
/// another state by now.
///
/// # Errors
/// When the query fails.
pub async fn sending_note(tx: &mut Tx, issue: IssueId, state: IssueState, why: Option<&str>) -> Result<(), Error> {
    execute!(tx, "UPDATE issue SET why = $3 WHERE id = $1 AND state = $2", issue.0, state.as_str(), why)?;
    Ok(())
}

/// Lets an approved issue of this version be sent, before its audience is frozen in the same transaction; `false` when it
/// is another by now.
///
/// # Errors
/// When the query fails.
pub async fn sending_start(tx: &mut Tx, issue: IssueId, version: i64, now: Timestamp) -> Result<bool, Error> {
    const SQL: &str = "UPDATE issue SET state = 'sending', why = NULL, frozen_at = $3, ended_at = NULL
                       WHERE id = $1 AND version = $2 AND state = 'approved' AND frozen_at IS NULL";
    Ok(execute!(tx, SQL, issue.0, version, now.as_millis())? > 0)
}

/// Notes how many an issue's audience is.
///
/// # Errors
/// When the query fails.
pub async fn sending_frozen(tx: &mut Tx, issue: IssueId, frozen: i64) -> Result<(), Error> {
    execute!(tx, "UPDATE issue SET frozen = $2 WHERE id = $1", issue.0, frozen)?;
    Ok(())
}

/// Issues that ended before a time and have deliveries still.
///
/// # Errors
/// When the query fails.
pub async fn sending_to_forget(tx: &mut Tx, ended_before: Timestamp) -> Result<Vec<IssueId>, Error> {
    const SQL: &str = "SELECT id FROM issue WHERE state IN ('sent', 'cancelled') AND ended_at < $1
                         AND (EXISTS (SELECT 1 FROM delivery d WHERE d.issue = issue.id)
                              OR EXISTS (SELECT 1 FROM issue_mail m WHERE m.issue = issue.id))
                       ORDER BY ended_at";
    fetch_all!(tx, id, SQL, ended_before.as_millis())
}

fn id<R: Fields>(row: &R) -> Result<IssueId, Error> {
    Ok(IssueId(row.get("id")?))
}

/// Forgets the mails of an issue.
///
/// # Errors
/// When the query fails.
pub async fn issue_mail_forget(tx: &mut Tx, issue: IssueId) -> Result<(), Error> {
    execute!(tx, "DELETE FROM issue_mail WHERE issue = $1", issue.0)?;
    Ok(())
}
