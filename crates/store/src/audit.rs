//! The audit log: which pen name did what, written in the transaction of the deed. Never personal data.

use model::Timestamp;
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, number},
};

/// A deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its place.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Pen name of who did it, or `import`, `command line`.
    pub actor: String,
    /// What, such as `story.publish`.
    pub action: String,
    /// To what.
    pub subject: Option<Uuid>,
    /// More about it, as JSON.
    pub detail: String,
}

/// Appends a deed. Take it late in a transaction, beside the journal's row: they share a lock.
///
/// # Errors
/// When the query fails.
pub async fn audit_append(
    tx: &mut Tx,
    now: Timestamp,
    actor: &str,
    action: &str,
    subject: Option<Uuid>,
    detail_json: &str,
) -> Result<i64, Error> {
    crate::journal::turn(tx).await?;
    fetch_one!(
        tx,
        number,
        "INSERT INTO audit (seq, at, actor, action, subject, detail)
         VALUES ((SELECT coalesce(max(seq), 0) + 1 FROM audit), $1, $2, $3, $4, $5) RETURNING seq AS n",
        now.as_millis(),
        actor,
        action,
        subject,
        detail_json,
    )
}

/// The deeds before a `seq` (`i64::MAX` for the last), newest first.
///
/// # Errors
/// When the query fails.
pub async fn audit_list(tx: &mut Tx, before: i64, limit: i64) -> Result<Vec<AuditRow>, Error> {
    const SQL: &str = "SELECT seq, at, actor, action, subject, detail FROM audit WHERE seq < $1
                       ORDER BY seq DESC LIMIT $2";
    fetch_all!(tx, audit_row, SQL, before, limit)
}

fn audit_row<R: Fields>(row: &R) -> Result<AuditRow, Error> {
    Ok(AuditRow {
        seq: row.get("seq")?,
        at: row.time("at")?,
        actor: row.get("actor")?,
        action: row.get("action")?,
        subject: row.get("subject")?,
        detail: row.get("detail")?,
    })
}
