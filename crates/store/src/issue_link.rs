//! Links that show an issue before it is sent, until they end.

use model::{IssueId, Timestamp};

use crate::{Error, Tx, sql::Fields};

/// A link; its token is in the link only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueLink {
    /// SHA-256 of its token, hex.
    pub hash: String,
    /// What it shows.
    pub issue: IssueId,
    /// Pen name of who made it.
    pub made_by: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
}

fn link<R: Fields>(row: &R) -> Result<IssueLink, Error> {
    Ok(IssueLink {
        hash: row.get("hash")?,
        issue: IssueId(row.get("issue")?),
        made_by: row.get("made_by")?,
        made_at: row.time("made_at")?,
        ends_at: row.time("ends_at")?,
    })
}

/// Adds a link, and forgets those that have ended.
///
/// # Errors
/// [`Error::Dangling`] when the issue is not there.
pub async fn issue_link_insert(tx: &mut Tx, link: &IssueLink) -> Result<(), Error> {
    execute!(tx, "DELETE FROM issue_link WHERE ends_at <= $1", link.made_at.as_millis())?;
    execute!(
        tx,
        "INSERT INTO issue_link (hash, issue, made_by, made_at, ends_at) VALUES ($1, $2, $3, $4, $5)",
        link.hash.as_str(),
        link.issue.0,
        link.made_by.as_str(),
        link.made_at.as_millis(),
        link.ends_at.as_millis(),
    )?;
    Ok(())
}

/// A link that has not ended.
///
/// # Errors
/// When the query fails.
pub async fn issue_link_by_hash(tx: &mut Tx, hash: &str, now: Timestamp) -> Result<Option<IssueLink>, Error> {
    const SQL: &str = "SELECT hash, issue, made_by, made_at, ends_at FROM issue_link WHERE hash = $1 AND ends_at > $2";
    fetch_optional!(tx, link, SQL, hash, now.as_millis())
}

/// The links of an issue that have not ended, the latest first.
///
/// # Errors
/// When the query fails.
pub async fn issue_link_list(tx: &mut Tx, issue: IssueId, now: Timestamp) -> Result<Vec<IssueLink>, Error> {
    const SQL: &str = "SELECT hash, issue, made_by, made_at, ends_at FROM issue_link
                       WHERE issue = $1 AND ends_at > $2 ORDER BY ends_at DESC, hash";
    fetch_all!(tx, link, SQL, issue.0, now.as_millis())
}

/// Ends an issue's link; `false` when it had ended.
///
/// # Errors
/// When the query fails.
pub async fn issue_link_remove(tx: &mut Tx, issue: IssueId, hash: &str) -> Result<bool, Error> {
    Ok(execute!(tx, "DELETE FROM issue_link WHERE issue = $1 AND hash = $2", issue.0, hash)? > 0)
}
