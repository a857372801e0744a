//! The outbox: mails to one person that go out at once.
//!
//! A worker leases a row and commits that it is *attempting* before the first byte is sent; when it dies, the lease ends
//! and the next worker sends the mail again, under the same `Message-ID`. A mail goes out **at least once**, and its row
//! goes with it: nothing tells later that somebody was written to.

use model::{Lookup, OutboxId, OutboxKind, OutboxMail, OutboxState, Sealed, Timestamp};
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, number},
    subscriber::lookup,
};

fn mail<R: Fields>(row: &R) -> Result<OutboxMail, Error> {
    Ok(OutboxMail {
        id: OutboxId(row.get::<Uuid>("id")?),
        kind: row.parsed("kind", OutboxKind::parse)?,
        lookup: lookup(row)?,
        language: row.language("language")?,
        sealed: Sealed(row.get("sealed")?),
        state: row.parsed("state", OutboxState::parse)?,
        tries: row.get("tries")?,
        at: row.time("at")?,
        reply: row.get("reply")?,
    })
}

/// Adds a mail. One of the same kind to the same address that still waits is replaced, and keeps its turn; one that is
/// being sent just now stays, and then nothing is added: `false`.
///
/// # Errors
/// When the query fails.
pub async fn outbox_add(tx: &mut Tx, new: &OutboxMail) -> Result<bool, Error> {
    // The id is replaced too, because what is sealed is bound to it.
    let written = execute!(
        tx,
        "INSERT INTO outbox (id, kind, lookup, language, sealed, state, tries, at, reply)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (kind, lookup) DO UPDATE
         SET id = excluded.id, language = excluded.language, sealed = excluded.sealed
         WHERE outbox.state <> 'attempting'",
        new.id.0,
        new.kind.as_str(),
        &new.lookup.0[..],
        new.language.as_str(),
        &new.sealed.0[..],
        new.state.as_str(),
        new.tries,
        new.at.as_millis(),
        new.reply.as_deref(),
    )?;
    Ok(written > 0)
}

macro_rules! claim {
    ($lock:literal) => {
        concat!(
            "UPDATE outbox SET state = 'attempting', at = $1 + $2, tries = tries + 1
             WHERE id = (SELECT id FROM outbox
                         WHERE at <= $1 OR (state = 'attempting' AND at > $1 + 2 * $2)
                         ORDER BY at, id LIMIT 1 ",
            $lock,
            ") RETURNING id, kind, lookup, language, sealed, state, tries, at, reply"
        )
    };
}

/// Leases the mail that is due longest for `lease_millis`; its try is counted, and `at` is the end of the lease. A lease
/// that ends further ahead than any can was given by a clock that has been put back since, and is over.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn outbox_claim(tx: &mut Tx, now: Timestamp, lease_millis: i64) -> Result<Option<OutboxMail>, Error> {
    // SKIP LOCKED: workers on other nodes take the next mail instead of waiting for this one.
    let sql = match tx {
        Tx::Sqlite(_) => claim!(""),
        Tx::Postgres(_) => claim!("FOR UPDATE SKIP LOCKED"),
    };
    fetch_optional!(tx, mail, sql, now.as_millis(), lease_millis)
}

/// Forgets a mail: it went, or is given up.
///
/// # Errors
/// When the query fails.
pub async fn outbox_delete(tx: &mut Tx, id: OutboxId) -> Result<(), Error> {
    execute!(tx, "DELETE FROM outbox WHERE id = $1", id.0)?;
    Ok(())
}

/// Has a mail wait until `at`, after the try that is numbered `tries`; `false` when another worker has it by now.
///
/// # Errors
/// When the query fails.
pub async fn outbox_defer(tx: &mut Tx, id: OutboxId, tries: i64, at: Timestamp, reply: &str) -> Result<bool, Error> {
    const SQL: &str = "UPDATE outbox SET state = 'deferred', at = $3, reply = $4
                       WHERE id = $1 AND state = 'attempting' AND tries = $2";
    Ok(execute!(tx, SQL, id.0, tries, at.as_millis(), reply)? > 0)
}

/// Has a mail that was not tried wait until `at`: the try that is numbered `tries` does not count. `false` when another
/// worker has it by now.
///
/// # Errors
/// When the query fails.
pub async fn outbox_put_back(tx: &mut Tx, id: OutboxId, tries: i64, at: Timestamp, reply: &str) -> Result<bool, Error> {
    const SQL: &str = "UPDATE outbox SET state = 'deferred', tries = tries - 1, at = $3, reply = $4
                       WHERE id = $1 AND state = 'attempting' AND tries = $2";
    Ok(execute!(tx, SQL, id.0, tries, at.as_millis(), reply)? > 0)
}

/// Forgets every mail to an address that still waits; how many.
///
/// # Errors
/// When the query fails.
pub async fn outbox_forget(tx: &mut Tx, lookup: &Lookup) -> Result<u64, Error> {
    execute!(tx, "DELETE FROM outbox WHERE lookup = $1", &lookup.0[..])
}

/// When the next mail is due; `None` when none waits.
///
/// # Errors
/// When the query fails.
pub async fn outbox_next_due(tx: &mut Tx) -> Result<Option<Timestamp>, Error> {
    fetch_one!(tx, due, "SELECT min(at) AS at FROM outbox")
}

fn due<R: Fields>(row: &R) -> Result<Option<Timestamp>, Error> {
    row.time_or_none("at")
}

/// How many mails wait that could not go out yet, and what is said of the one that is due first.
///
/// # Errors
/// When the query fails.
pub async fn outbox_stuck(tx: &mut Tx) -> Result<(i64, Option<String>), Error> {
    const FIRST: &str = "SELECT reply FROM outbox WHERE reply IS NOT NULL ORDER BY at, id LIMIT 1";
    let count = fetch_one!(tx, number, "SELECT count(*) AS n FROM outbox WHERE reply IS NOT NULL")?;
    Ok((count, fetch_optional!(tx, reply, FIRST)?))
}

fn reply<R: Fields>(row: &R) -> Result<String, Error> {
    row.get("reply")
}
