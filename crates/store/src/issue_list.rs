//! Lists of issues: those of a newsletter, those that are being made or sent, those in the archive.

use std::collections::HashMap;

use model::{Issue, IssueId, NewsletterId, Timestamp};

use crate::{
    Error, Tx,
    issue::{issue, select_issue},
    sql::{Fields, number},
};

/// The issues of a newsletter, the last made first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn issue_list(tx: &mut Tx, newsletter: NewsletterId, limit: i64, offset: i64) -> Result<Vec<Issue>, Error> {
    let sql = select_issue!("WHERE newsletter = $1 ORDER BY id DESC LIMIT $2 OFFSET $3");
    fetch_all!(tx, issue, sql, newsletter.0, limit, offset)
}

/// How many issues a newsletter has.
///
/// # Errors
/// When the query fails.
pub async fn issue_total(tx: &mut Tx, newsletter: NewsletterId) -> Result<i64, Error> {
    fetch_one!(tx, number, "SELECT count(*) AS n FROM issue WHERE newsletter = $1", newsletter.0)
}

/// Every issue that is being made, waits for its time or is being sent; what is due first comes first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn issue_under_way(tx: &mut Tx) -> Result<Vec<Issue>, Error> {
    // What has no time comes last on both: SQLite takes NULL for the least, PostgreSQL for the most.
    let sql = select_issue!(
        "WHERE state IN ('draft', 'held', 'approved', 'sending', 'paused')
         ORDER BY CASE WHEN due_at IS NULL THEN 1 ELSE 0 END, due_at, id"
    );
    fetch_all!(tx, issue, sql)
}

/// Every issue that is held: nothing is sent until somebody does.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn issue_held(tx: &mut Tx) -> Result<Vec<Issue>, Error> {
    fetch_all!(tx, issue, select_issue!("WHERE state = 'held' ORDER BY due_at, id"))
}

/// The last issues that were sent to their end since a time, the latest first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn issue_sent_since(tx: &mut Tx, since: Timestamp, limit: i64) -> Result<Vec<Issue>, Error> {
    let sql = select_issue!("WHERE state = 'sent' AND ended_at >= $1 ORDER BY ended_at DESC, id DESC LIMIT $2");
    fetch_all!(tx, issue, sql, since.as_millis(), limit)
}

/// The issues in the archive of a newsletter, the latest first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn issue_public(tx: &mut Tx, newsletter: NewsletterId, limit: i64, offset: i64) -> Result<Vec<Issue>, Error> {
    let sql = select_issue!("WHERE newsletter = $1 AND path IS NOT NULL ORDER BY number DESC LIMIT $2 OFFSET $3");
    fetch_all!(tx, issue, sql, newsletter.0, limit, offset)
}

/// The issues in the archive of a newsletter that stand before and after one.
///
/// # Errors
/// When a query fails or a row is unreadable.
pub async fn issue_neighbours(
    tx: &mut Tx,
    newsletter: NewsletterId,
    number: i64,
) -> Result<(Option<Issue>, Option<Issue>), Error> {
    let before =
        select_issue!("WHERE newsletter = $1 AND path IS NOT NULL AND number < $2 ORDER BY number DESC LIMIT 1");
    let after = select_issue!("WHERE newsletter = $1 AND path IS NOT NULL AND number > $2 ORDER BY number LIMIT 1");
    let before = fetch_optional!(tx, issue, before, newsletter.0, number)?;
    let after = fetch_optional!(tx, issue, after, newsletter.0, number)?;
    Ok((before, after))
}

/// How many issues stand in the archive of a newsletter.
///
/// # Errors
/// When the query fails.
pub async fn issue_public_count(tx: &mut Tx, newsletter: NewsletterId) -> Result<i64, Error> {
    const SQL: &str = "SELECT count(*) AS n FROM issue WHERE newsletter = $1 AND path IS NOT NULL";
    fetch_one!(tx, number, SQL, newsletter.0)
}

/// The newsletters that have an issue in their archive.
///
/// # Errors
/// When the query fails.
pub async fn issue_public_of_all(tx: &mut Tx) -> Result<HashMap<NewsletterId, i64>, Error> {
    const SQL: &str = "SELECT newsletter, count(*) AS n FROM issue WHERE path IS NOT NULL GROUP BY newsletter";
    Ok(fetch_all!(tx, counted, SQL)?.into_iter().collect())
}

fn counted<R: Fields>(row: &R) -> Result<(NewsletterId, i64), Error> {
    Ok((NewsletterId(row.get("newsletter")?), number(row)?))
}

/// The number of the next issue of a newsletter.
///
/// # Errors
/// When the query fails.
pub async fn issue_next_number(tx: &mut Tx, newsletter: NewsletterId) -> Result<i64, Error> {
    const SQL: &str = "SELECT coalesce(max(number), 0) AS n FROM issue WHERE newsletter = $1 AND number > 0";
    Ok(fetch_one!(tx, number, SQL, newsletter.0)? + 1)
}

/// Sets the mail that all readers of a form of an issue get, with blanks where one differs from the next.
///
/// # Errors
/// [`Error::Dangling`] when there is no such issue.
pub async fn issue_mail_set(tx: &mut Tx, issue: IssueId, form: &str, bytes: &[u8]) -> Result<(), Error> {
    const SQL: &str = "INSERT INTO issue_mail (issue, form, bytes) VALUES ($1, $2, $3)
                       ON CONFLICT (issue, form) DO UPDATE SET bytes = excluded.bytes";
    execute!(tx, SQL, issue.0, form, bytes)?;
    Ok(())
}

/// The mail of a form of an issue.
///
/// # Errors
/// When the query fails.
pub async fn issue_mail(tx: &mut Tx, issue: IssueId, form: &str) -> Result<Option<Vec<u8>>, Error> {
    fetch_optional!(tx, bytes, "SELECT bytes FROM issue_mail WHERE issue = $1 AND form = $2", issue.0, form)
}

fn bytes<R: Fields>(row: &R) -> Result<Vec<u8>, Error> {
    row.get("bytes")
}

/// The forms of an issue for which there is a mail.
///
/// # Errors
/// When the query fails.
pub async fn issue_mail_forms(tx: &mut Tx, issue: IssueId) -> Result<Vec<String>, Error> {
    fetch_all!(tx, form, "SELECT form FROM issue_mail WHERE issue = $1 ORDER BY form", issue.0)
}

fn form<R: Fields>(row: &R) -> Result<String, Error> {
    row.get("form")
}
