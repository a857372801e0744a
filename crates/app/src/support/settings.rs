//! What a newsroom says of contributions.

use model::SupportSettings;
use store::Tx;

use crate::error::Error;

/// The key of these settings.
pub const KEY: &str = "support";

/// The settings; what is offered by itself, and closed, when they were never set.
///
/// # Errors
/// When the database fails, or they can't be read: then nobody may be asked for anything, since whom to ask is among them.
pub async fn settings(tx: &mut Tx) -> Result<SupportSettings, Error> {
    Ok(match store::setting_get(tx, KEY).await? {
        Some(json) => serde_json::from_str(&json)?,
        None => SupportSettings::default(),
    })
}
