//! The journal: what readers can see changed, in the order of commits.
//!
//! A row is appended in the transaction of the change. Its `seq` is one more than the last: whoever appends holds a
//! lock until its commit (SQLite's write lock; on PostgreSQL an advisory lock), so a follower that has read up to a
//! number has missed nothing below it. The newest row is never removed.

use model::{JournalKind, JournalRow, NewJournalRow, Timestamp};

use crate::{
    Error, Tx,
    sql::{Fields, number, to_json},
};

/// The advisory lock (PostgreSQL) under which logs grow and the schema steps: "MAST" in ASCII.
pub(crate) const LOCK: i64 = 0x4d41_5354;

/// Waits for its turn to append to the journal or the audit log. One lock for both, so that two transactions cannot
/// wait for each other.
pub(crate) async fn turn(tx: &mut Tx) -> Result<(), Error> {
    if let Tx::Postgres(inner) = tx {
        sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(LOCK).execute(&mut **inner).await?;
    }
    Ok(())
}

/// Appends a row; its `seq`. Take it late in a transaction: on PostgreSQL other appenders wait from here to the commit.
///
/// # Errors
/// When the query fails.
pub async fn journal_append(tx: &mut Tx, now: Timestamp, row: &NewJournalRow) -> Result<i64, Error> {
    turn(tx).await?;
    fetch_one!(
        tx,
        number,
        "INSERT INTO journal (seq, at, kind, subject, tags)
         VALUES ((SELECT coalesce(max(seq), 0) + 1 FROM journal), $1, $2, $3, $4) RETURNING seq AS n",
        now.as_millis(),
        row.kind.as_str(),
        row.subject,
        to_json("tags", &row.tags)?,
    )
}

/// Appends rows, in order.
///
/// # Errors
/// When the query fails.
pub async fn journal_append_all(tx: &mut Tx, now: Timestamp, rows: &[NewJournalRow]) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    turn(tx).await?;
    let mut numbered = Vec::with_capacity(rows.len());
    for (seq, row) in (journal_last(tx).await? + 1..).zip(rows) {
        numbered.push((seq, row.kind.as_str(), row.subject, to_json("tags", &row.tags)?));
    }
    insert_rows!(tx, "INSERT INTO journal (seq, at, kind, subject, tags)", "", 5, numbered,
        (seq, kind, subject, tags) => [*seq, now.as_millis(), *kind, *subject, tags.as_str()]);
    Ok(())
}

/// The next rows after a `seq`, in order.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn journal_after(tx: &mut Tx, seq: i64, limit: i64) -> Result<Vec<JournalRow>, Error> {
    const SQL: &str = "SELECT seq, at, kind, subject, tags FROM journal WHERE seq > $1 ORDER BY seq LIMIT $2";
    fetch_all!(tx, journal_row, SQL, seq, limit)
}

/// The rows before a `seq` (`i64::MAX` for the last), newest first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn journal_before(tx: &mut Tx, seq: i64, limit: i64) -> Result<Vec<JournalRow>, Error> {
    const SQL: &str = "SELECT seq, at, kind, subject, tags FROM journal WHERE seq < $1 ORDER BY seq DESC LIMIT $2";
    fetch_all!(tx, journal_row, SQL, seq, limit)
}

fn journal_row<R: Fields>(row: &R) -> Result<JournalRow, Error> {
    Ok(JournalRow {
        seq: row.get("seq")?,
        at: row.time("at")?,
        kind: row.parsed("kind", JournalKind::parse)?,
        subject: row.get("subject")?,
        tags: row.json("tags")?,
    })
}

/// The last row's `seq`; 0 when there is none.
///
/// # Errors
/// When the query fails.
pub async fn journal_last(tx: &mut Tx) -> Result<i64, Error> {
    fetch_one!(tx, number, "SELECT coalesce(max(seq), 0) AS n FROM journal")
}

/// Waits until nobody else is changing what only one may change at a time (an order, a log), until the commit. The same
/// lock as [`journal_append`]'s.
///
/// # Errors
/// When the query fails.
pub async fn journal_turn(tx: &mut Tx) -> Result<(), Error> {
    turn(tx).await
}

/// Takes the tags from the rows of a kind about a subject: they name its addresses. Only for a change whose own row
/// makes followers drop everything that those rows touched.
///
/// # Errors
/// When the query fails.
pub async fn journal_hush(tx: &mut Tx, kind: JournalKind, subject: uuid::Uuid) -> Result<(), Error> {
    execute!(tx, "UPDATE journal SET tags = '[]' WHERE kind = $1 AND subject = $2", kind.as_str(), subject)?;
    Ok(())
}
