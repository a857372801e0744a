//! What a newsroom says of contributions: what it takes, by whom, and in which words.
//!
//! A change is one transaction: the setting, an audit row that names what was changed, and a journal row that drops the form
//! and whatever shows a short one. Nothing is written when one field of several can't be used, and every such field is told.

mod offers;
mod typed;
mod wrong;

use model::{JournalKind, NewJournalRow, Role, Staff, SupportSettings, Tag};
use store::Tx;

pub use offers::TypedOffer;
pub use typed::Typed;
pub use wrong::{Wrong, Wrongs};

use crate::{Newsroom, error::Error, follow, staff::Denial};

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

/// The same for the desk, where they can be mended: what can't be read is as if it were never set.
///
/// # Errors
/// [`Denial::Role`] for anybody but publishers.
pub async fn settings_at_desk(newsroom: &Newsroom, staff: &Staff) -> Result<SupportSettings, Error> {
    publishes(staff)?;
    readable(&mut newsroom.store().read().await?).await
}

async fn readable(tx: &mut Tx) -> Result<SupportSettings, Error> {
    match settings(tx).await {
        Err(Error::Json(error)) => {
            tracing::error!(%error, "the settings of support can't be read; saving them anew mends that");
            Ok(SupportSettings::default())
        }
        other => other,
    }
}

/// Saves what was typed; every field that can't be used instead, and then nothing is changed.
///
/// # Errors
/// [`Denial::Role`] for anybody but publishers.
pub async fn change(newsroom: &Newsroom, staff: &Staff, typed: &Typed) -> Result<Result<(), Wrongs>, Error> {
    publishes(staff)?;
    let new = match typed.read(newsroom.gateways()) {
        Ok(new) => new,
        Err(wrongs) => return Ok(Err(wrongs)),
    };
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let before = readable(&mut tx).await?;
    if before == new {
        return Ok(Ok(()));
    }
    store::setting_set(&mut tx, KEY, &serde_json::to_string(&new)?, now).await?;
    let row = NewJournalRow { kind: JournalKind::SettingsChanged, subject: None, tags: vec![Tag::support()] };
    store::journal_append(&mut tx, now, &row).await?;
    let actor = staff.handle.as_str();
    let changed = changed(&before, &new);
    if !changed.is_empty() {
        let detail = serde_json::json!({ "keys": changed }).to_string();
        store::audit_append(&mut tx, now, actor, "contribution.settings", None, &detail).await?;
    }
    if before.open != new.open {
        let deed = if new.open { "contribution.open" } else { "contribution.close" };
        store::audit_append(&mut tx, now, actor, deed, None, "{}").await?;
    }
    tx.commit().await?;
    follow::catch_up(newsroom).await?;
    Ok(Ok(()))
}

/// What differs, by the names of fields; whether contributions are taken is told apart from these.
fn changed(before: &SupportSettings, new: &SupportSettings) -> Vec<&'static str> {
    let all = [
        ("currencies", before.offers != new.offers),
        ("first", before.first != new.first),
        ("gateways", before.gateways != new.gateways),
        ("label", before.label != new.label),
        ("cover", before.cover_basis_points != new.cover_basis_points),
        ("about", before.about != new.about),
        ("failed", before.failed != new.failed),
        ("countries", before.closed_countries != new.closed_countries),
        ("bank", before.bank != new.bank),
        ("sender", before.sender != new.sender),
    ];
    all.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

/// Money is a matter of publishers.
pub(super) fn publishes(staff: &Staff) -> Result<(), Error> {
    if staff.role < Role::Publisher || !staff.active { Err(Denial::Role.into()) } else { Ok(()) }
}
