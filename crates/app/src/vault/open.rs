//! Opening and locking.

use std::{path::Path, sync::Arc};

use vault::{Keyring, ParseError};

use super::{Closed, VaultState, file, row};
use crate::{Newsroom, error::Error};

/// Reads the keyring and compares it with what the rows of the database are sealed with. The first keyring of a newsroom is
/// taken as its own. What is wrong is told in the state: a newsroom without its keys still publishes.
///
/// # Errors
/// When the database fails.
pub async fn open(newsroom: &Newsroom, passphrase: Option<&str>) -> Result<Arc<VaultState>, Error> {
    let vault = newsroom.vault_inner();
    let _changing = vault.changing.lock().await;
    open_in(newsroom, passphrase).await
}

/// As [`open`], for who holds the lock already.
pub(super) async fn open_in(newsroom: &Newsroom, passphrase: Option<&str>) -> Result<Arc<VaultState>, Error> {
    let vault = newsroom.vault_inner();
    vault.set(found(newsroom, passphrase).await?);
    Ok(vault.state())
}

/// What the file and a passphrase make of the vault.
async fn found(newsroom: &Newsroom, passphrase: Option<&str>) -> Result<VaultState, Error> {
    Ok(match read(newsroom.vault_inner().file(), passphrase).await {
        Ok(keyring) => match fitting(newsroom, keyring).await? {
            Ok(keyring) => VaultState::Open(Arc::new(keyring)),
            Err(why) => VaultState::Closed(why),
        },
        Err(why) => {
            let mut tx = newsroom.store().read().await?;
            let burned = why == Closed::Missing && row::burned(&mut tx).await?.is_some();
            VaultState::Closed(if burned { Closed::Burned } else { why })
        }
    })
}

/// Reads a keyring on a thread of its own: a passphrase is made to be slow.
pub(super) async fn read(path: Option<&Path>, passphrase: Option<&str>) -> Result<Keyring, Closed> {
    let path = path.ok_or(Closed::Missing)?.to_path_buf();
    let passphrase = passphrase.map(|passphrase| super::Passphrase::new(passphrase.to_owned()));
    let reading = tokio::task::spawn_blocking(move || {
        let bytes = match file::read(&path) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Err(Closed::Missing),
            Err(error) => return Err(Closed::Unreadable(format!("{} could not be read: {error}", path.display()))),
        };
        Keyring::parse(&bytes, passphrase.as_deref().map(String::as_str)).map_err(|error| match error {
            ParseError::NeedsPassphrase => Closed::Passphrase,
            ParseError::WrongPassphrase => Closed::WrongPassphrase,
            ParseError::Newer(_) | ParseError::Damaged(_) => Closed::Unreadable(error.to_string()),
        })
    });
    reading.await.unwrap_or_else(|error| Err(Closed::Unreadable(error.to_string())))
}

/// Whether a keyring is the one that the rows belong to.
pub(super) async fn fitting(newsroom: &Newsroom, mut keyring: Keyring) -> Result<Result<Keyring, Closed>, Error> {
    let mut tx = newsroom.store().read().await?;
    let known = row::get(&mut tx).await?;
    drop(tx);
    let Some(known) = known else { return Ok(Ok(note(newsroom, keyring, false).await?)) };
    if known.fingerprint != keyring.fingerprint() {
        return Ok(Err(Closed::Foreign { here: keyring.fingerprint(), wanted: known.fingerprint }));
    }
    if known.generations > keyring.lookup_generations() || !keyring.use_lookup_generation(known.lookup_generation) {
        return Ok(Err(Closed::Outdated));
    }
    if known.is_before(&keyring) {
        // A change of keys that ended before it was written here; or this database is a backup from before one.
        return Ok(Ok(note(newsroom, keyring, true).await?));
    }
    Ok(Ok(keyring))
}

async fn note(newsroom: &Newsroom, keyring: Keyring, rotating: bool) -> Result<Keyring, Error> {
    let mut tx = newsroom.store().begin().await?;
    row::set(&mut tx, &row::Row { rotating, ..row::Row::of(&keyring) }, newsroom.clock().now()).await?;
    tx.commit().await?;
    Ok(keyring)
}

/// Opens the vault because somebody asked for it. One that is open stays so, whatever the file and the passphrase are: a slip
/// of the hand must not stop an issue that is being sent.
///
/// # Errors
/// [`Error::Refused`] when it was open, stays open, and could not be opened like this; else when the database fails.
pub async fn unlock(newsroom: &Newsroom, actor: &str, passphrase: Option<&str>) -> Result<Arc<VaultState>, Error> {
    let vault = newsroom.vault_inner();
    {
        let _changing = vault.changing.lock().await;
        let was_open = matches!(&*vault.state(), VaultState::Open(_));
        match found(newsroom, passphrase).await? {
            VaultState::Closed(why) if was_open => {
                let stays = match why {
                    Closed::Passphrase => "this needs the passphrase of the keyring".to_owned(),
                    Closed::WrongPassphrase => "this passphrase is wrong".to_owned(),
                    other => other.to_string(),
                };
                return Err(Error::Refused(format!("the vault was open before, and stays open; but {stays}")));
            }
            state => vault.set(state),
        }
    }
    let state = vault.state();
    if matches!(&*state, VaultState::Open(_)) {
        noted(newsroom, actor, "vault.unlock").await?;
    }
    Ok(state)
}

/// Takes the keys out of memory, until somebody unlocks the vault or the program starts anew. Pages stay.
///
/// # Errors
/// When the database fails; the keys are gone from memory all the same.
pub async fn lock(newsroom: &Newsroom, actor: &str) -> Result<(), Error> {
    let vault = newsroom.vault_inner();
    {
        let _changing = vault.changing.lock().await;
        if let VaultState::Open(_) = &*vault.state() {
            vault.set(VaultState::Closed(Closed::Locked));
        }
    }
    noted(newsroom, actor, "vault.lock").await
}

async fn noted(newsroom: &Newsroom, actor: &str, action: &str) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    store::audit_append(&mut tx, newsroom.clock().now(), actor, action, None, "{}").await?;
    Ok(tx.commit().await?)
}
