//! Whom nothing is sent any more, as keyed hashes; and sign-offs that wait for the keys.

use model::{Lookup, Suppression, SuppressionReason, Week};

use crate::{
    Error, Tx,
    sql::{Fields, number},
    subscriber::lookup,
};

fn suppression<R: Fields>(row: &R) -> Result<Suppression, Error> {
    Ok(Suppression {
        lookup: lookup(row)?,
        reason: row.parsed("reason", SuppressionReason::parse)?,
        week: Week(row.get("week")?),
    })
}

/// Has nothing sent to an address any more. A reason that forbids even asking is not replaced by one that doesn't.
///
/// # Errors
/// When the query fails.
pub async fn suppression_insert(tx: &mut Tx, new: &Suppression) -> Result<(), Error> {
    let known = suppression_by_lookup(tx, &new.lookup).await?;
    if known.is_some_and(|known| !known.reason.may_sign_up() && new.reason.may_sign_up()) {
        return Ok(());
    }
    const SQL: &str = "INSERT INTO suppression (lookup, reason, week) VALUES ($1, $2, $3)
                       ON CONFLICT (lookup) DO UPDATE SET reason = excluded.reason, week = excluded.week";
    execute!(tx, SQL, &new.lookup.0[..], new.reason.as_str(), new.week.0)?;
    Ok(())
}

/// Why nothing is sent to an address; `None` when something may be.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn suppression_by_lookup(tx: &mut Tx, lookup: &Lookup) -> Result<Option<Suppression>, Error> {
    const SQL: &str = "SELECT lookup, reason, week FROM suppression WHERE lookup = $1";
    fetch_optional!(tx, suppression, SQL, &lookup.0[..])
}

/// Lets something be sent to an address again; `false` when it might be all the time.
///
/// # Errors
/// When the query fails.
pub async fn suppression_delete(tx: &mut Tx, lookup: &Lookup) -> Result<bool, Error> {
    Ok(execute!(tx, "DELETE FROM suppression WHERE lookup = $1", &lookup.0[..])? > 0)
}

/// How many addresses nothing is sent to, by reason.
///
/// # Errors
/// When the query fails.
pub async fn suppression_counts(tx: &mut Tx) -> Result<Vec<(SuppressionReason, i64)>, Error> {
    fetch_all!(tx, counted, "SELECT reason, count(*) AS n FROM suppression GROUP BY reason ORDER BY reason")
}

fn counted<R: Fields>(row: &R) -> Result<(SuppressionReason, i64), Error> {
    Ok((row.parsed("reason", SuppressionReason::parse)?, number(row)?))
}

/// Keeps a sign-off until the keys are back; `false` when `most` wait already, and this one is not among them.
///
/// # Errors
/// When the query fails.
pub async fn unsubscribe_waiting_add(tx: &mut Tx, token: &str, week: Week, most: i64) -> Result<bool, Error> {
    let known = fetch_one!(tx, number, "SELECT count(*) AS n FROM unsubscribe_waiting WHERE token = $1", token)?;
    if known == 0 && unsubscribe_waiting_count(tx).await? >= most {
        return Ok(false);
    }
    const SQL: &str = "INSERT INTO unsubscribe_waiting (token, week) VALUES ($1, $2) ON CONFLICT (token) DO NOTHING";
    execute!(tx, SQL, token, week.0)?;
    Ok(true)
}

/// Some of the sign-offs that wait.
///
/// # Errors
/// When the query fails.
pub async fn unsubscribe_waiting_list(tx: &mut Tx, limit: i64) -> Result<Vec<String>, Error> {
    fetch_all!(tx, token, "SELECT token FROM unsubscribe_waiting ORDER BY token LIMIT $1", limit)
}

fn token<R: Fields>(row: &R) -> Result<String, Error> {
    row.get("token")
}

/// Forgets a sign-off that was done.
///
/// # Errors
/// When the query fails.
pub async fn unsubscribe_waiting_delete(tx: &mut Tx, token: &str) -> Result<(), Error> {
    execute!(tx, "DELETE FROM unsubscribe_waiting WHERE token = $1", token)?;
    Ok(())
}

/// How many sign-offs wait for the keys.
///
/// # Errors
/// When the query fails.
pub async fn unsubscribe_waiting_count(tx: &mut Tx) -> Result<i64, Error> {
    fetch_one!(tx, number, "SELECT count(*) AS n FROM unsubscribe_waiting")
}
