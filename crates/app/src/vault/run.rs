//! What a node that serves looks after: the hour of a burn, and what other programs did to the keys.

use std::{sync::Arc, time::Duration};

use tokio::sync::watch;
use vault::Keyring;

use super::{Closed, VaultState, burn, open, row};
use crate::{Newsroom, error::Error};

/// How often it looks.
const PAUSE: Duration = Duration::from_secs(5);

/// Looks after the vault until `stop` becomes true.
pub async fn run(newsroom: Newsroom, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = look(&newsroom).await {
            tracing::error!(%error, "the vault could not be looked after; trying again");
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            changed = stop.changed() => if changed.is_err() || *stop.borrow() { break },
        }
    }
}

/// Looks once.
///
/// # Errors
/// When the database or the keyring's file fails.
pub async fn look(newsroom: &Newsroom) -> Result<(), Error> {
    if burn::burn_due(newsroom).await? {
        tracing::warn!("the keys were destroyed; pages stay");
        return Ok(());
    }
    let vault = newsroom.vault_inner();
    // Whoever changes the keys in this process sees to the state themselves.
    let Ok(_changing) = vault.changing.try_lock() else { return Ok(()) };
    match &*vault.state() {
        VaultState::Open(keys) => compare(newsroom, keys).await,
        // What somebody may have mended meanwhile, without having to start anew.
        VaultState::Closed(Closed::Missing | Closed::Unreadable(_) | Closed::Foreign { .. } | Closed::Outdated) => {
            open::open_in(newsroom, None).await.map(|_| ())
        }
        VaultState::Closed(Closed::Locked | Closed::Passphrase | Closed::WrongPassphrase | Closed::Burned) => Ok(()),
    }
}

/// Follows what another program did: look-ups carried over, keys changed, keys destroyed.
async fn compare(newsroom: &Newsroom, keys: &Arc<Keyring>) -> Result<(), Error> {
    let vault = newsroom.vault_inner();
    let mut tx = newsroom.store().read().await?;
    let (known, burned) = (row::get(&mut tx).await?, row::burned(&mut tx).await?);
    drop(tx);
    if burned.is_some_and(|fingerprint| fingerprint == keys.fingerprint()) {
        vault.set(VaultState::Closed(Closed::Burned));
        tracing::warn!("the keys were destroyed by another node; this one's go as well");
        return burn::destroy(newsroom);
    }
    let Some(known) = known else { return Ok(()) };
    let same = known.fingerprint == keys.fingerprint();
    if same && !known.is_after(keys) {
        if known.lookup_generation == keys.lookup_generation() {
            return Ok(());
        }
        if let Some(next) = keys.with_lookup_generation(known.lookup_generation) {
            vault.set(VaultState::Open(Arc::new(next)));
            return Ok(());
        }
    }
    open::open_in(newsroom, None).await.map(|_| ())
}
