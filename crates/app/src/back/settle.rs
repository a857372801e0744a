//! Ending rows of bounces: a mail that came through ends them.
//!
//! That a relay took a mail says nothing yet: what comes back comes back after that, for up to five days. So a mail has come
//! through when its issue ended that long ago and nothing came. Each issue counts once; how far this has come is a setting.

use model::Timestamp;

use crate::{Newsroom, error::Error};

/// Days after an issue's end in which its mails may come back.
pub const QUIET_DAYS: i64 = 6;
/// How far back the first time goes: as long as rows of deliveries are kept.
const FIRST_DAYS: i64 = 30;
const DAY_MS: i64 = 24 * 3_600_000;
const SETTING: &str = "bounces.settled";

/// Ends the rows of bounces of those to whom a mail came through; how many.
///
/// # Errors
/// When the database fails.
pub async fn settle(newsroom: &Newsroom) -> Result<u64, Error> {
    let now = newsroom.clock().now();
    let until = now.plus_millis(-QUIET_DAYS * DAY_MS);
    let mut tx = newsroom.store().begin().await?;
    let after = match store::setting_get(&mut tx, SETTING).await? {
        Some(json) => Timestamp::from_millis(serde_json::from_str(&json)?),
        None => now.plus_millis(-FIRST_DAYS * DAY_MS),
    };
    // A clock that was put back has nothing to end.
    if until <= after {
        return Ok(0);
    }
    let ended = store::subscriber_bounces_end(&mut tx, after, until).await?;
    store::setting_set(&mut tx, SETTING, &serde_json::to_string(&until.as_millis())?, now).await?;
    tx.commit().await?;
    Ok(ended)
}
