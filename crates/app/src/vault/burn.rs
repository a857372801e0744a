//! Destroying the keys: one publisher asks, another agrees, and hours later the keyring is overwritten. Until then every publisher
//! can call it off. What is sealed is worthless from then on and is deleted; pages stay.
//!
//! What waits for its hour is not part of a backup: a restored one must not burn anything.

use model::{Role, Staff, Timestamp};
use serde::{Deserialize, Serialize};
use store::Tx;

use super::{Changing, Closed, VaultState, file, row};
use crate::{Newsroom, error::Error, staff::Denial};

/// The key of what waits; [`crate::backup`] leaves it out.
pub(crate) const PENDING: &str = "vault.burn";

/// Hours between the second publisher's word and the deed, unless said otherwise.
pub const HOURS_DEFAULT: u32 = 12;
/// Hours at most.
pub const HOURS_MAX: u32 = 168;
/// Nobody agrees to something that was asked longer ago.
const LAPSES_MS: i64 = 72 * HOUR_MS;
const HOUR_MS: i64 = 3_600_000;

/// Who wants the keys destroyed, and when they will be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Burn {
    /// Pen name of the publisher who asked.
    pub asked_by: String,
    /// When.
    pub asked_at: Timestamp,
    /// Hours to wait once another publisher agreed.
    pub hours: u32,
    /// Pen name of the publisher who agreed, and when the keys are destroyed.
    pub agreed: Option<(String, Timestamp)>,
}

/// Why it can't be asked, agreed to or called off.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BurnRefused {
    /// It was asked already.
    #[error("{0} asked for it already; another publisher can agree, or call it off")]
    Asked(String),
    /// Nothing waits.
    #[error("nobody asked for it, or it was too long ago")]
    NotAsked,
    /// The one who asked can't agree.
    #[error("another publisher has to agree: nobody destroys the keys alone")]
    Alone,
    /// It was agreed to.
    #[error("it was agreed to already")]
    Agreed,
    /// Not a number of hours that can be waited.
    #[error("between 1 and {HOURS_MAX} hours can be waited")]
    Hours,
}

impl BurnRefused {
    /// The key of its text at the desk.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Asked(_) => "burn-refused-asked",
            Self::NotAsked => "burn-refused-not-asked",
            Self::Alone => "burn-refused-alone",
            Self::Agreed => "burn-refused-agreed",
            Self::Hours => "burn-refused-hours",
        }
    }
}

/// What waits; what lapsed does not.
///
/// # Errors
/// When the database fails.
pub async fn burn_pending(newsroom: &Newsroom) -> Result<Option<Burn>, Error> {
    pending(newsroom, &mut newsroom.store().read().await?).await
}

async fn pending(newsroom: &Newsroom, tx: &mut Tx) -> Result<Option<Burn>, Error> {
    let Some(json) = store::setting_get(tx, PENDING).await? else { return Ok(None) };
    let burn: Burn = serde_json::from_str(&json)?;
    let lapsed = burn.agreed.is_none() && burn.asked_at.plus_millis(LAPSES_MS) < newsroom.clock().now();
    Ok((!lapsed).then_some(burn))
}

/// A publisher asks for it.
///
/// # Errors
/// [`Denial::Role`]; [`BurnRefused`].
pub async fn burn_ask(newsroom: &Newsroom, staff: &Staff, hours: u32) -> Result<Burn, Error> {
    let mut tx = publisher(newsroom, staff).await?;
    if !(1..=HOURS_MAX).contains(&hours) {
        return Err(BurnRefused::Hours.into());
    }
    if let Some(burn) = pending(newsroom, &mut tx).await? {
        return Err(BurnRefused::Asked(burn.asked_by).into());
    }
    let burn = Burn { asked_by: staff.handle.to_string(), asked_at: newsroom.clock().now(), hours, agreed: None };
    keep(newsroom, tx, &burn, &burn.asked_by, "vault.burn_ask").await?;
    Ok(burn)
}

/// Another publisher agrees: from now on the hours run.
///
/// # Errors
/// [`Denial::Role`]; [`BurnRefused`].
pub async fn burn_agree(newsroom: &Newsroom, staff: &Staff) -> Result<Burn, Error> {
    let mut tx = publisher(newsroom, staff).await?;
    let mut burn = pending(newsroom, &mut tx).await?.ok_or(BurnRefused::NotAsked)?;
    if burn.agreed.is_some() {
        return Err(BurnRefused::Agreed.into());
    }
    if burn.asked_by == staff.handle.as_str() {
        return Err(BurnRefused::Alone.into());
    }
    let due = newsroom.clock().now().plus_millis(i64::from(burn.hours) * HOUR_MS);
    burn.agreed = Some((staff.handle.to_string(), due));
    keep(newsroom, tx, &burn, staff.handle.as_str(), "vault.burn_agree").await?;
    Ok(burn)
}

/// A publisher calls it off.
///
/// # Errors
/// [`Denial::Role`]; [`BurnRefused::NotAsked`].
pub async fn burn_cancel(newsroom: &Newsroom, staff: &Staff) -> Result<(), Error> {
    let mut tx = publisher(newsroom, staff).await?;
    let burn = pending(newsroom, &mut tx).await?.ok_or(BurnRefused::NotAsked)?;
    store::setting_delete(&mut tx, PENDING).await?;
    let (now, detail) = (newsroom.clock().now(), serde_json::to_string(&burn)?);
    store::audit_append(&mut tx, now, staff.handle.as_str(), "vault.burn_cancel", None, &detail).await?;
    Ok(tx.commit().await?)
}

async fn publisher(newsroom: &Newsroom, staff: &Staff) -> Result<Tx, Error> {
    if staff.role < Role::Publisher || !staff.active {
        return Err(Denial::Role.into());
    }
    Ok(newsroom.store().begin().await?)
}

async fn keep(newsroom: &Newsroom, mut tx: Tx, burn: &Burn, actor: &str, action: &str) -> Result<(), Error> {
    let (now, json) = (newsroom.clock().now(), serde_json::to_string(burn)?);
    store::setting_set(&mut tx, PENDING, &json, now).await?;
    store::audit_append(&mut tx, now, actor, action, None, &json).await?;
    Ok(tx.commit().await?)
}

/// Destroys the keys if their hour has come; whether it did. When the file can't be overwritten the rows go all the same, and
/// it is tried again.
pub(super) async fn burn_due(newsroom: &Newsroom) -> Result<bool, Error> {
    let Some(burn) = burn_pending(newsroom).await? else { return Ok(false) };
    let now = newsroom.clock().now();
    if burn.agreed.as_ref().is_none_or(|(_, due)| *due > now) {
        return Ok(false);
    }
    let vault = newsroom.vault_inner();
    let _changing = Changing::of(newsroom).await?;
    vault.set(VaultState::Closed(Closed::Burned));
    let destroyed = destroy(newsroom);
    newsroom.abort_point("burn.destroyed");
    let mut tx = newsroom.store().begin().await?;
    store::readers_delete(&mut tx).await?;
    if row::get(&mut tx).await?.is_some() {
        row::set_burned(&mut tx, now).await?;
        let detail = serde_json::to_string(&burn)?;
        store::audit_append(&mut tx, now, "masthead", "vault.burn", None, &detail).await?;
    }
    if destroyed.is_ok() {
        store::setting_delete(&mut tx, PENDING).await?;
    }
    tx.commit().await?;
    destroyed.map(|()| true)
}

/// Overwrites this machine's keyring.
pub(super) fn destroy(newsroom: &Newsroom) -> Result<(), Error> {
    match newsroom.vault_inner().file() {
        Some(path) => file::destroy(path).map_err(|source| Error::io(path, source)),
        None => Ok(()),
    }
}
