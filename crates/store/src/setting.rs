//! Settings: JSON by key.

use model::{Newsroom, Timestamp};

use crate::{
    Error, Tx,
    sql::{Fields, from_json, to_json},
};

/// The key of the newsroom's own settings.
pub const NEWSROOM: &str = "newsroom";

/// A setting's JSON; `None` when it was never set.
///
/// # Errors
/// When the query fails.
pub async fn setting_get(tx: &mut Tx, key: &str) -> Result<Option<String>, Error> {
    fetch_optional!(tx, value, "SELECT value FROM setting WHERE key = $1", key)
}

fn value<R: Fields>(row: &R) -> Result<String, Error> {
    row.get("value")
}

/// Sets a setting.
///
/// # Errors
/// When the query fails.
pub async fn setting_set(tx: &mut Tx, key: &str, json: &str, now: Timestamp) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO setting (key, value, at) VALUES ($1, $2, $3)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at",
        key,
        json,
        now.as_millis(),
    )?;
    Ok(())
}

/// The newsroom's own settings; the defaults when they were never set.
///
/// # Errors
/// When the query fails or the setting is unreadable.
pub async fn newsroom_settings(tx: &mut Tx) -> Result<Newsroom, Error> {
    Ok(match setting_get(tx, NEWSROOM).await? {
        Some(json) => from_json("value", &json)?,
        None => Newsroom::default(),
    })
}

/// Sets the newsroom's own settings.
///
/// # Errors
/// When the query fails.
pub async fn newsroom_settings_set(tx: &mut Tx, newsroom: &Newsroom, now: Timestamp) -> Result<(), Error> {
    setting_set(tx, NEWSROOM, &to_json("value", newsroom)?, now).await
}

/// Removes a setting; `false` when it was never set.
///
/// # Errors
/// When the query fails.
pub async fn setting_delete(tx: &mut Tx, key: &str) -> Result<bool, Error> {
    Ok(execute!(tx, "DELETE FROM setting WHERE key = $1", key)? > 0)
}
