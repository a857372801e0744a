//! The sandbox's own books: what a payment processor would know. No money is in them.

use model::Timestamp;

use crate::{Error, Tx, sql::Fields};

/// An entry of the books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxRow {
    /// Its name.
    pub id: String,
    /// What it is.
    pub kind: String,
    /// When it is due to do something by itself.
    pub due_at: Option<Timestamp>,
    /// What it says: JSON.
    pub object: String,
}

fn row<R: Fields>(row: &R) -> Result<SandboxRow, Error> {
    Ok(SandboxRow {
        id: row.get("id")?,
        kind: row.get("kind")?,
        due_at: row.time_or_none("due_at")?,
        object: row.get("object")?,
    })
}

/// Writes an entry.
///
/// # Errors
/// When the query fails.
pub async fn sandbox_put(tx: &mut Tx, put: &SandboxRow) -> Result<(), Error> {
    const SQL: &str = "INSERT INTO sandbox (id, kind, due_at, object) VALUES ($1, $2, $3, $4)
                       ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, object = excluded.object";
    let due = put.due_at.map(Timestamp::as_millis);
    execute!(tx, SQL, put.id.as_str(), put.kind.as_str(), due, put.object.as_str())?;
    Ok(())
}

/// An entry.
///
/// # Errors
/// When the query fails.
pub async fn sandbox_get(tx: &mut Tx, id: &str) -> Result<Option<SandboxRow>, Error> {
    fetch_optional!(tx, row, "SELECT id, kind, due_at, object FROM sandbox WHERE id = $1", id)
}

/// The entry that is due first, if it is by `now`.
///
/// # Errors
/// When the query fails.
pub async fn sandbox_due(tx: &mut Tx, now: Timestamp) -> Result<Option<SandboxRow>, Error> {
    const SQL: &str = "SELECT id, kind, due_at, object FROM sandbox WHERE due_at <= $1 ORDER BY due_at, id LIMIT 1";
    fetch_optional!(tx, row, SQL, now.as_millis())
}

/// Every entry of a kind.
///
/// # Errors
/// When the query fails.
pub async fn sandbox_all(tx: &mut Tx, kind: &str) -> Result<Vec<SandboxRow>, Error> {
    fetch_all!(tx, row, "SELECT id, kind, due_at, object FROM sandbox WHERE kind = $1 ORDER BY id", kind)
}
