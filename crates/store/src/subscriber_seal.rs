//! What changes when keys change: sealed addresses one after the other, look-ups all at once, and everything gone when the
//! keys are destroyed.

use model::{Lookup, Sealed, Subscriber, SubscriberId};
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, ROWS_MAX, number, rows},
    subscriber::{lookup, subscriber},
};

/// Rows that are read at a time where look-ups are changed.
const PAGE: i64 = 1_024;

macro_rules! page {
    ($condition:literal) => {
        concat!(
            "SELECT id, lookup, address, language, state, paused_until, form, neutral, policy, consent_week, source, \
             bounces FROM subscriber ",
            $condition,
            " ORDER BY id LIMIT $1"
        )
    };
}

/// The next subscribers after one (`None`: from the start), by id; an empty list at the end.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn subscriber_page(tx: &mut Tx, after: Option<SubscriberId>, limit: i64) -> Result<Vec<Subscriber>, Error> {
    match after {
        Some(after) => fetch_all!(tx, subscriber, page!("WHERE id > $2"), limit, after.0),
        None => fetch_all!(tx, subscriber, page!(""), limit),
    }
}

/// Replaces the sealed address and what it is found by; `false` when the subscriber is gone.
///
/// # Errors
/// [`Error::Taken`] when another subscriber is found by the same.
pub async fn subscriber_reseal(
    tx: &mut Tx,
    id: SubscriberId,
    address: &Sealed,
    lookup: &Lookup,
) -> Result<bool, Error> {
    const SQL: &str = "UPDATE subscriber SET address = $2, lookup = $3 WHERE id = $1";
    Ok(execute!(tx, SQL, id.0, &address.0[..], &lookup.0[..])? > 0)
}

/// How many subscribers there are.
///
/// # Errors
/// When the query fails.
pub async fn subscriber_count(tx: &mut Tx) -> Result<i64, Error> {
    fetch_one!(tx, number, "SELECT count(*) AS n FROM subscriber")
}

/// Changes every look-up that is kept anywhere, in this transaction: of subscribers, of whom nothing is sent to, of givers, of
/// reminders, and of mails that wait. Nobody else writes any meanwhile. `change` must not give two of them the same.
///
/// # Errors
/// When a statement fails; then none was changed.
pub async fn lookup_change_all(tx: &mut Tx, change: &(dyn Fn(Lookup) -> Lookup + Send + Sync)) -> Result<u64, Error> {
    if let Tx::Postgres(_) = tx {
        // SQLite has one writer anyway. Reading goes on. Whoever holds a row to change it is waited for, in the order in which
        // others take them: a row of a person first, then the mail that follows from it.
        execute!(tx, "LOCK TABLE subscriber, suppression, contribution, reminder, outbox IN EXCLUSIVE MODE")?;
    }
    let mut changed = subscribers(tx, change).await?;
    changed += suppressions(tx, change).await?;
    for (id, old) in fetch_all!(tx, found, "SELECT id, lookup FROM outbox")? {
        changed += execute!(tx, "UPDATE outbox SET lookup = $2 WHERE id = $1", id, &change(old).0[..])?;
    }
    for (id, old) in fetch_all!(tx, found, "SELECT id, lookup FROM contribution WHERE lookup IS NOT NULL")? {
        changed += execute!(tx, "UPDATE contribution SET lookup = $2 WHERE id = $1", id, &change(old).0[..])?;
    }
    for (id, old) in fetch_all!(tx, found, "SELECT id, lookup FROM reminder")? {
        changed += execute!(tx, "UPDATE reminder SET lookup = $2 WHERE id = $1", id, &change(old).0[..])?;
    }
    Ok(changed)
}

async fn subscribers(tx: &mut Tx, change: &(dyn Fn(Lookup) -> Lookup + Send + Sync)) -> Result<u64, Error> {
    let (mut changed, mut after) = (0, Uuid::nil());
    loop {
        const SQL: &str = "SELECT id, lookup FROM subscriber WHERE id > $1 ORDER BY id LIMIT $2";
        let page = fetch_all!(tx, found, SQL, after, PAGE)?;
        let Some((last, _)) = page.last() else { return Ok(changed) };
        after = *last;
        for chunk in page.chunks(ROWS_MAX) {
            let sql = format!(
                "WITH changed (id, lookup) AS (VALUES {}) UPDATE subscriber SET lookup = changed.lookup FROM changed
                 WHERE subscriber.id = changed.id",
                rows(2, chunk.len())
            );
            changed += on!(tx, connection => {
                let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
                for (id, old) in chunk {
                    query = query.bind(*id).bind(change(*old).0.to_vec());
                }
                query.execute(connection).await.map(|done| done.rows_affected())
            })?;
        }
    }
}

/// The look-up is the key of these rows, so that none can be found again after it was changed: all are read, then replaced.
async fn suppressions(tx: &mut Tx, change: &(dyn Fn(Lookup) -> Lookup + Send + Sync)) -> Result<u64, Error> {
    let all = fetch_all!(tx, suppressed, "SELECT lookup, reason, week FROM suppression")?;
    execute!(tx, "DELETE FROM suppression")?;
    let head = "INSERT INTO suppression (lookup, reason, week)";
    insert_rows!(tx, head, "", 3, all, (lookup, reason, week) => [change(*lookup).0.to_vec(), reason.as_str(), *week]);
    Ok(u64::try_from(all.len()).unwrap_or(u64::MAX))
}

fn found<R: Fields>(row: &R) -> Result<(Uuid, Lookup), Error> {
    Ok((row.get("id")?, lookup(row)?))
}

fn suppressed<R: Fields>(row: &R) -> Result<(Lookup, String, i64), Error> {
    Ok((lookup(row)?, row.get("reason")?, row.get("week")?))
}

/// Deletes everything about readers that is sealed or found by a keyed hash, for good: what is left of it can't be opened any
/// more. Counts stay, and so do contributions and payments, of nobody: pledges run on at their gateways, and accounts have to
/// add up. Says how many subscribers there were.
///
/// # Errors
/// When a statement fails; then nothing was deleted.
pub async fn readers_delete(tx: &mut Tx) -> Result<u64, Error> {
    let subscribers = execute!(tx, "DELETE FROM subscriber")?;
    execute!(tx, "DELETE FROM suppression")?;
    execute!(tx, "DELETE FROM outbox")?;
    execute!(tx, "DELETE FROM reminder")?;
    execute!(tx, "DELETE FROM unsubscribe_waiting")?;
    execute!(tx, "DELETE FROM contribution_link")?;
    const NOBODY: &str = "UPDATE contribution SET lookup = NULL, contact = NULL, message = NULL
                          WHERE lookup IS NOT NULL OR contact IS NOT NULL OR message IS NOT NULL";
    execute!(tx, NOBODY)?;
    Ok(subscribers)
}
