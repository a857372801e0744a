//! How much each relay took on a day: for its caps and its warming up, over restarts and for all servers together.

use crate::{
    Error, Tx,
    sql::{Fields, number},
};

/// Adds mails that a relay took on a day, given as days since 1 January 1970 (UTC).
///
/// # Errors
/// When the query fails.
pub async fn relay_day_add(tx: &mut Tx, relay: &str, day: i64, count: i64) -> Result<(), Error> {
    const SQL: &str = "INSERT INTO relay_day (relay, day, count) VALUES ($1, $2, $3)
                       ON CONFLICT (relay, day) DO UPDATE SET count = relay_day.count + excluded.count";
    execute!(tx, SQL, relay, day, count)?;
    Ok(())
}

/// What each relay took on a day.
///
/// # Errors
/// When the query fails.
pub async fn relay_day_all(tx: &mut Tx, day: i64) -> Result<Vec<(String, i64)>, Error> {
    const SQL: &str = "SELECT relay, count AS n FROM relay_day WHERE day = $1 ORDER BY relay";
    fetch_all!(tx, taken, SQL, day)
}

/// Forgets the days before one.
///
/// # Errors
/// When the query fails.
pub async fn relay_day_forget(tx: &mut Tx, before: i64) -> Result<(), Error> {
    execute!(tx, "DELETE FROM relay_day WHERE day < $1", before)?;
    Ok(())
}

fn taken<R: Fields>(row: &R) -> Result<(String, i64), Error> {
    Ok((row.get("relay")?, number(row)?))
}
