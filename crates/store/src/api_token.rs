//! Tokens of programs, kept as hashes.

use model::{ApiToken, Scope, StaffId, Timestamp};
use uuid::Uuid;

use crate::{Error, Tx, sql::Fields};

fn token<R: Fields>(row: &R) -> Result<ApiToken, Error> {
    let scopes = |text: &str| text.split_whitespace().map(Scope::parse).collect();
    Ok(ApiToken {
        id: row.get("id")?,
        hash: row.get("hash")?,
        staff: StaffId(row.get("staff")?),
        name: row.get("name")?,
        scopes: row.parsed("scopes", scopes)?,
        made_at: row.time("made_at")?,
        ends_at: row.time_or_none("ends_at")?,
        used_at: row.time_or_none("used_at")?,
    })
}

/// Adds a token.
///
/// # Errors
/// [`Error::Dangling`] when its account is not there.
pub async fn token_insert(tx: &mut Tx, token: &ApiToken) -> Result<(), Error> {
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.as_str()).collect();
    execute!(
        tx,
        "INSERT INTO api_token (id, hash, staff, name, scopes, made_at, ends_at, used_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        token.id,
        token.hash.as_str(),
        token.staff.0,
        token.name.as_str(),
        scopes.join(" "),
        token.made_at.as_millis(),
        token.ends_at.map(Timestamp::as_millis),
        token.used_at.map(Timestamp::as_millis),
    )?;
    Ok(())
}

/// A token by the hash of its secret, whether it still holds or not.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn token_by_hash(tx: &mut Tx, hash: &str) -> Result<Option<ApiToken>, Error> {
    const SQL: &str = "SELECT id, hash, staff, name, scopes, made_at, ends_at, used_at FROM api_token WHERE hash = $1";
    fetch_optional!(tx, token, SQL, hash)
}

/// Every token, the latest first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn token_all(tx: &mut Tx) -> Result<Vec<ApiToken>, Error> {
    const SQL: &str = "SELECT id, hash, staff, name, scopes, made_at, ends_at, used_at FROM api_token
                       ORDER BY made_at DESC, id";
    fetch_all!(tx, token, SQL)
}

/// Notes the day on which a token was used.
///
/// # Errors
/// When the query fails.
pub async fn token_used(tx: &mut Tx, id: Uuid, day: Timestamp) -> Result<(), Error> {
    execute!(tx, "UPDATE api_token SET used_at = $2 WHERE id = $1", id, day.as_millis())?;
    Ok(())
}

/// Ends a token; its name, or `None` when it is not there.
///
/// # Errors
/// When the query fails.
pub async fn token_remove(tx: &mut Tx, id: Uuid) -> Result<Option<String>, Error> {
    fetch_optional!(tx, name, "DELETE FROM api_token WHERE id = $1 RETURNING name", id)
}

fn name<R: Fields>(row: &R) -> Result<String, Error> {
    row.get("name")
}
