//! Issues: their text, and where each stands.
//!
//! A state changes only from the one that the caller saw, and only as [`IssueState::may_become`] says; so of two who want
//! to move an issue at the same time, one does and the other learns of it. The text changes only while an issue is open,
//! and only from the version that the caller saw.

use model::{Issue, IssueContent, IssueId, IssueState, NewsletterId, Timestamp};

use crate::{
    Error, Tx,
    sql::{Fields, to_json},
};

macro_rules! select_issue {
    ($rest:literal) => {
        concat!(
            "SELECT id, newsletter, number, state, why, slot, due_at, version, saved_at, saved_by, approved_at, approved_by, ",
            "frozen_at, frozen, ended_at, path, content FROM issue ",
            $rest
        )
    };
}
pub(crate) use select_issue;

pub(crate) fn issue<R: Fields>(row: &R) -> Result<Issue, Error> {
    let approved = row.time_or_none("approved_at")?.zip(row.get::<Option<String>>("approved_by")?);
    Ok(Issue {
        id: IssueId(row.get("id")?),
        newsletter: NewsletterId(row.get("newsletter")?),
        number: row.get("number")?,
        state: row.parsed("state", IssueState::parse)?,
        why: row.get("why")?,
        slot: row.time_or_none("slot")?,
        due_at: row.time_or_none("due_at")?,
        version: row.get("version")?,
        saved: (row.time("saved_at")?, row.get("saved_by")?),
        approved,
        frozen_at: row.time_or_none("frozen_at")?,
        frozen: row.get("frozen")?,
        ended_at: row.time_or_none("ended_at")?,
        path: row.get("path")?,
        content: row.json("content")?,
    })
}

/// Adds an issue; `false` when the newsletter has one for that time of its schedule already.
///
/// # Errors
/// [`Error::Taken`] when another issue of the newsletter has its number; [`Error::Dangling`] when there is no such
/// newsletter.
pub async fn issue_insert(tx: &mut Tx, issue: &Issue) -> Result<bool, Error> {
    const SQL: &str =
        "INSERT INTO issue (id, newsletter, number, state, why, slot, due_at, version, saved_at, saved_by,
                         approved_at, approved_by, frozen_at, frozen, ended_at, path, content)
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
                       ON CONFLICT (newsletter, slot) DO NOTHING";
    let written = execute!(
        tx,
        SQL,
        issue.id.0,
        issue.newsletter.0,
        issue.number,
        issue.state.as_str(),
        issue.why.as_deref(),
        issue.slot.map(Timestamp::as_millis),
        issue.due_at.map(Timestamp::as_millis),
        issue.version,
        issue.saved.0.as_millis(),
        issue.saved.1.as_str(),
        issue.approved.as_ref().map(|(at, _)| at.as_millis()),
        issue.approved.as_ref().map(|(_, by)| by.as_str()),
        issue.frozen_at.map(Timestamp::as_millis),
        issue.frozen,
        issue.ended_at.map(Timestamp::as_millis),
        issue.path.as_deref(),
        to_json("content", &issue.content)?,
    )?;
    Ok(written > 0)
}

/// Writes the text of an open issue as its next version; `false` when it is not open any more, or was changed since.
///
/// # Errors
/// When the query fails.
pub async fn issue_save(
    tx: &mut Tx,
    id: IssueId,
    seen: i64,
    content: &IssueContent,
    at: Timestamp,
    by: &str,
) -> Result<bool, Error> {
    const SQL: &str = "UPDATE issue SET content = $3, saved_at = $4, saved_by = $5, version = version + 1
                       WHERE id = $1 AND version = $2 AND state IN ('draft', 'held')";
    Ok(execute!(tx, SQL, id.0, seen, to_json("content", content)?, at.as_millis(), by)? > 0)
}

/// Approves an open issue as it was seen; `false` when it is not open any more, or was changed since.
///
/// # Errors
/// When the query fails.
pub async fn issue_approve(tx: &mut Tx, id: IssueId, seen: i64, at: Timestamp, by: &str) -> Result<bool, Error> {
    const SQL: &str = "UPDATE issue SET state = 'approved', why = NULL, approved_at = $3, approved_by = $4
                       WHERE id = $1 AND version = $2 AND state IN ('draft', 'held')";
    Ok(execute!(tx, SQL, id.0, seen, at.as_millis(), by)? > 0)
}

/// Moves an issue on; `false` when the way does not lead there, or it stands elsewhere by now. `why` is told of what is held
/// or paused. An approval ends when it becomes a draft or is held; what ends, ends at `at`.
///
/// # Errors
/// When the query fails.
pub async fn issue_move(
    tx: &mut Tx,
    id: IssueId,
    from: IssueState,
    to: IssueState,
    why: Option<&str>,
    at: Timestamp,
) -> Result<bool, Error> {
    const SQL: &str = "UPDATE issue SET state = $3, why = $4, ended_at = $5,
                         approved_at = CASE WHEN $3 IN ('draft', 'held') THEN NULL ELSE approved_at END,
                         approved_by = CASE WHEN $3 IN ('draft', 'held') THEN NULL ELSE approved_by END
                       WHERE id = $1 AND state = $2";
    if !from.may_become(to) {
        return Ok(false);
    }
    let ended = matches!(to, IssueState::Sent | IssueState::Cancelled).then(|| at.as_millis());
    Ok(execute!(tx, SQL, id.0, from.as_str(), to.as_str(), why, ended)? > 0)
}

/// Gives an issue that is not frozen another time, or none; `false` when it is frozen or over.
///
/// # Errors
/// When the query fails.
pub async fn issue_time(tx: &mut Tx, id: IssueId, due_at: Option<Timestamp>) -> Result<bool, Error> {
    const SQL: &str = "UPDATE issue SET due_at = $2 WHERE id = $1 AND state IN ('draft', 'held', 'approved')";
    Ok(execute!(tx, SQL, id.0, due_at.map(Timestamp::as_millis))? > 0)
}

/// Makes a draft stand for another time of its newsletter's schedule, and go out then; `false` when it is no draft.
///
/// # Errors
/// [`Error::Taken`] when the newsletter has an issue for that time.
pub async fn issue_slot(tx: &mut Tx, id: IssueId, slot: Timestamp) -> Result<bool, Error> {
    const SQL: &str = "UPDATE issue SET slot = $2, due_at = $2 WHERE id = $1 AND state = 'draft'";
    Ok(execute!(tx, SQL, id.0, slot.as_millis())? > 0)
}

/// Takes an issue that was given up before it was sent out of the numbering: the lowest number below 0.
///
/// # Errors
/// When the query fails.
pub async fn issue_unnumber(tx: &mut Tx, id: IssueId) -> Result<(), Error> {
    const SQL: &str = "UPDATE issue SET number = (SELECT CASE WHEN min(o.number) < 0 THEN min(o.number) ELSE 0 END - 1
                                                  FROM issue o WHERE o.newsletter = issue.newsletter)
                       WHERE id = $1 AND frozen_at IS NULL AND number > 0";
    execute!(tx, SQL, id.0)?;
    Ok(())
}

/// Puts an issue into the archive at a path, or takes it out.
///
/// # Errors
/// [`Error::Taken`] when another issue stands there.
pub async fn issue_place(tx: &mut Tx, id: IssueId, path: Option<&str>) -> Result<(), Error> {
    execute!(tx, "UPDATE issue SET path = $2 WHERE id = $1", id.0, path)?;
    Ok(())
}

/// An issue by its id.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn issue_by_id(tx: &mut Tx, id: IssueId) -> Result<Option<Issue>, Error> {
    fetch_optional!(tx, issue, select_issue!("WHERE id = $1"), id.0)
}

/// The issue that stands at a path of the archive.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn issue_by_path(tx: &mut Tx, path: &str) -> Result<Option<Issue>, Error> {
    fetch_optional!(tx, issue, select_issue!("WHERE path = $1"), path)
}

/// The issue of a newsletter with this number.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn issue_by_number(tx: &mut Tx, newsletter: NewsletterId, number: i64) -> Result<Option<Issue>, Error> {
    let sql = select_issue!("WHERE newsletter = $1 AND number = $2");
    fetch_optional!(tx, issue, sql, newsletter.0, number)
}

/// The issue of a newsletter for a time of its schedule.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn issue_at(tx: &mut Tx, newsletter: NewsletterId, slot: Timestamp) -> Result<Option<Issue>, Error> {
    let sql = select_issue!("WHERE newsletter = $1 AND slot = $2");
    fetch_optional!(tx, issue, sql, newsletter.0, slot.as_millis())
}

/// What a backup says of issues that were to go out is not so any more: they may have gone out since it was made. Holds
/// them; how many.
///
/// # Errors
/// When the query fails.
pub async fn issue_hold_restored(tx: &mut Tx) -> Result<u64, Error> {
    const SQL: &str = "UPDATE issue SET state = 'held', why = 'restored', approved_at = NULL, approved_by = NULL
                       WHERE state = 'approved'";
    execute!(tx, SQL)
}
