//! What the database says of the keyring: which one its rows belong to, and how far a change of keys has come.

use model::Timestamp;
use serde::{Deserialize, Serialize};
use store::Tx;
use vault::{Custody, KeyId, Keyring};

use crate::error::Error;

const KEYRING: &str = "vault";
const BURNED: &str = "vault.burned";

/// What the rows of the database are sealed with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Row {
    pub(super) custody: Custody,
    pub(super) fingerprint: String,
    /// The key that new rows are sealed with.
    pub(super) current: String,
    /// How many generations of look-up keys the keyring had when its keys were last changed. One that has fewer is a copy
    /// from before.
    pub(super) generations: u32,
    /// The generation that look-ups are of.
    pub(super) lookup_generation: u32,
    /// Whether keys were changed, and rows may be sealed with the old ones.
    pub(super) rotating: bool,
}

impl Row {
    pub(super) fn of(keyring: &Keyring) -> Self {
        Self {
            custody: keyring.custody(),
            fingerprint: keyring.fingerprint(),
            current: current(keyring),
            generations: keyring.lookup_generations(),
            lookup_generation: keyring.lookup_generation(),
            rotating: false,
        }
    }

    /// Whether keys were changed that a keyring does not know of.
    pub(super) fn is_after(&self, keyring: &Keyring) -> bool {
        self.generations > keyring.lookup_generations() || !self.current.parse().is_ok_and(|id| keyring.knows(id))
    }

    /// Whether a keyring knows more keys than were known when this was written.
    pub(super) fn is_before(&self, keyring: &Keyring) -> bool {
        self.current != current(keyring) || self.generations < keyring.lookup_generations()
    }
}

fn current(keyring: &Keyring) -> String {
    keyring.current().as_ref().map(KeyId::to_string).unwrap_or_default()
}

pub(super) async fn get(tx: &mut Tx) -> Result<Option<Row>, Error> {
    Ok(store::setting_get(tx, KEYRING).await?.map(|json| serde_json::from_str(&json)).transpose()?)
}

pub(super) async fn set(tx: &mut Tx, row: &Row, now: Timestamp) -> Result<(), Error> {
    store::setting_delete(tx, BURNED).await?;
    Ok(store::setting_set(tx, KEYRING, &serde_json::to_string(row)?, now).await?)
}

/// The fingerprint of the keyring that was destroyed, until there is a new one.
pub(super) async fn burned(tx: &mut Tx) -> Result<Option<String>, Error> {
    Ok(store::setting_get(tx, BURNED).await?.map(|json| serde_json::from_str(&json)).transpose()?)
}

pub(super) async fn set_burned(tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
    let fingerprint = get(tx).await?.map(|row| row.fingerprint).unwrap_or_default();
    store::setting_delete(tx, KEYRING).await?;
    Ok(store::setting_set(tx, BURNED, &serde_json::to_string(&fingerprint)?, now).await?)
}

/// What the database says of its keyring, for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stored {
    /// Who can open what is sealed; `None` where nothing was ever sealed.
    pub custody: Option<Custody>,
    /// The fingerprint of the keyring.
    pub fingerprint: Option<String>,
    /// Whether keys were changed and not all rows were sealed anew.
    pub rotating: bool,
    /// Whether the keys were destroyed.
    pub burned: bool,
    /// How many subscribers there are.
    pub subscribers: i64,
}

/// What the database says of its keyring.
///
/// # Errors
/// When the database fails.
pub async fn stored(newsroom: &crate::Newsroom) -> Result<Stored, Error> {
    let mut tx = newsroom.store().read().await?;
    let row = get(&mut tx).await?;
    Ok(Stored {
        custody: row.as_ref().map(|row| row.custody),
        rotating: row.as_ref().is_some_and(|row| row.rotating),
        fingerprint: row.map(|row| row.fingerprint),
        burned: burned(&mut tx).await?.is_some(),
        subscribers: store::subscriber_count(&mut tx).await?,
    })
}

/// The fingerprint of the keyring that the rows belong to; `None` where nothing was ever sealed.
///
/// # Errors
/// When the database fails.
pub async fn expected(tx: &mut Tx) -> Result<Option<String>, Error> {
    Ok(get(tx).await?.map(|row| row.fingerprint))
}
