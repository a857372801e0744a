//! Followers of the journal: how far each has come.

use crate::{Error, Tx, sql::number};

/// The last `seq` that a follower is done with; 0 for a new one.
///
/// # Errors
/// When the query fails.
pub async fn follower_cursor(tx: &mut Tx, name: &str) -> Result<i64, Error> {
    Ok(fetch_optional!(tx, number, "SELECT seq AS n FROM follower WHERE name = $1", name)?.unwrap_or(0))
}

/// Notes how far a follower has come; 0 has it begin anew.
///
/// # Errors
/// When the query fails.
pub async fn follower_set(tx: &mut Tx, name: &str, seq: i64) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO follower (name, seq) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET seq = excluded.seq",
        name,
        seq
    )?;
    Ok(())
}
