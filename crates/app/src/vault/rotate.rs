//! Changing keys while everything goes on.
//!
//! 1. New keys are put in front and the file is written; then the row of settings says so.
//! 2. Addresses are sealed anew, a page to a transaction. What is sealed meanwhile is sealed with the new key.
//! 3. Every look-up is carried over to the new look-up key, in one transaction.
//! 4. Once more every row is looked at: nothing may be left of the old keys.
//! 5. The old keys are forgotten, and with them what backups hold that were made before; or kept, for the sake of those.
//!
//! Whoever was killed on the way begins again at 2 and finds most of it done: `rotating` says that there is something to finish.

use std::{path::PathBuf, sync::Arc};

use model::{Lookup, SubscriberId};
use serde::{Deserialize, Serialize};
use vault::{Address, Bind, Keyring, Smtputf8};

use super::{
    Changing, Closed, Passphrase, VaultState, file_of, make::write_apart, open, reseal_contributions, reseal_reminders,
    row,
};
use crate::{Newsroom, error::Error};

/// Addresses that are sealed anew in one transaction.
const PAGE: i64 = 500;
/// Times that every row is looked at, at most. The first finds them all; a further one what came meanwhile.
const PASSES: usize = 5;

/// What came of changing keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotated {
    /// Addresses that were sealed anew.
    pub resealed: u64,
    /// Rows that no key of the keyring opens: it forgot them before, or they were changed.
    pub dead: u64,
    /// Look-ups that were carried over.
    pub lookups: u64,
    /// Whether the old keys are gone.
    pub forgotten: bool,
}

/// Who is told how many rows were looked at, and of how many.
pub type OnRow<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// Changes the keys, or goes on with what was begun. With `keep_old` the old keys stay in the keyring, so that older backups can
/// still be opened with it.
///
/// # Errors
/// [`Error::Closed`] when the keyring can't be opened; [`Error::Refused`] where its private half is elsewhere; else when the
/// database or the file fails: then it can be done again.
pub async fn rotate(
    newsroom: &Newsroom,
    actor: &str,
    passphrase: Option<&str>,
    keep_old: bool,
    on: OnRow<'_>,
) -> Result<Rotated, Error> {
    let _changing = Changing::of(newsroom).await?;
    let held = Held::begin(newsroom, actor, passphrase).await?;
    newsroom.abort_point("rotate.begun");
    let mut rotated = Rotated::default();
    pass(newsroom, &mut rotated, on).await?;
    newsroom.abort_point("rotate.resealed");
    rotated.lookups = switch(newsroom).await?;
    newsroom.abort_point("rotate.switched");
    for _ in 0..PASSES {
        if pass(newsroom, &mut rotated, on).await? == 0 {
            break;
        }
    }
    held.end(newsroom, actor, keep_old, &mut rotated).await?;
    Ok(rotated)
}

/// The keyring's file while its keys are changed.
struct Held {
    path: PathBuf,
    passphrase: Option<Passphrase>,
}

impl Held {
    /// Puts new keys in front, unless that was done and not finished.
    async fn begin(newsroom: &Newsroom, actor: &str, passphrase: Option<&str>) -> Result<Self, Error> {
        let path = file_of(newsroom)?;
        let encrypted = super::file::read(&path).map_err(|source| Error::io(&path, source))?;
        let encrypted = encrypted.is_some_and(|bytes| Keyring::is_encrypted(&bytes));
        let passphrase = passphrase.filter(|_| encrypted).map(|text| Passphrase::new(text.to_owned()));
        let held = Self { path, passphrase };
        let mut keyring = held.read(newsroom).await?;
        let mut tx = newsroom.store().read().await?;
        let begun = row::get(&mut tx).await?.is_some_and(|row| row.rotating);
        drop(tx);
        if !begun {
            keyring.rotate(newsroom.chance()).map_err(|error| Error::Refused(error.to_string()))?;
            keyring = write_apart(&held.path, keyring, held.passphrase.clone()).await?;
            newsroom.abort_point("rotate.written");
            let now = newsroom.clock().now();
            let mut tx = newsroom.store().begin().await?;
            row::set(&mut tx, &row::Row { rotating: true, ..row::Row::of(&keyring) }, now).await?;
            store::audit_append(&mut tx, now, actor, "vault.rotate", None, "{}").await?;
            tx.commit().await?;
        }
        newsroom.vault_inner().set(VaultState::Open(Arc::new(keyring)));
        Ok(held)
    }

    async fn read(&self, newsroom: &Newsroom) -> Result<Keyring, Error> {
        let keyring = open::read(Some(&self.path), self.passphrase.as_deref().map(String::as_str)).await?;
        Ok(open::fitting(newsroom, keyring).await??)
    }

    /// Forgets the old keys, and says that it is done.
    async fn end(&self, newsroom: &Newsroom, actor: &str, keep_old: bool, rotated: &mut Rotated) -> Result<(), Error> {
        let mut keyring = self.read(newsroom).await?;
        if !keep_old {
            keyring.forget_old();
            keyring = write_apart(&self.path, keyring, self.passphrase.clone()).await?;
            newsroom.abort_point("rotate.forgotten");
            rotated.forgotten = true;
        }
        let now = newsroom.clock().now();
        let mut tx = newsroom.store().begin().await?;
        row::set(&mut tx, &row::Row::of(&keyring), now).await?;
        let detail = serde_json::to_string(rotated)?;
        store::audit_append(&mut tx, now, actor, "vault.rotated", None, &detail).await?;
        tx.commit().await?;
        newsroom.vault_inner().set(VaultState::Open(Arc::new(keyring)));
        Ok(())
    }
}

/// Looks at every row once; how many it changed.
async fn pass(newsroom: &Newsroom, rotated: &mut Rotated, on: OnRow<'_>) -> Result<u64, Error> {
    let keys = newsroom.keys()?;
    let mut tx = newsroom.store().read().await?;
    let total = store::subscriber_count(&mut tx).await? + store::reminder_count(&mut tx).await?;
    let total = u64::try_from(total + store::contribution_sealed_count(&mut tx).await?).unwrap_or(0);
    drop(tx);
    let mut walk = Walk { on, total, seen: 0, changed: 0, dead: 0 };
    let mut after = None;
    while let Some(last) = walk.step(page(newsroom, &keys, after).await?) {
        after = Some(last);
        newsroom.abort_point("rotate.page");
    }
    let mut after = None;
    while let Some(last) = walk.step(reseal_reminders::page(newsroom, &keys, after, PAGE).await?) {
        after = Some(last);
    }
    let mut after = None;
    while let Some(last) = walk.step(reseal_contributions::page(newsroom, &keys, after, PAGE).await?) {
        after = Some(last);
    }
    rotated.dead = walk.dead;
    rotated.resealed += walk.changed;
    Ok(walk.changed)
}

/// How far a pass has come.
struct Walk<'a> {
    on: OnRow<'a>,
    total: u64,
    seen: u64,
    changed: u64,
    dead: u64,
}

impl Walk<'_> {
    /// Counts a page; its last row.
    fn step<Id>(&mut self, (changed, dead, last, count): (u64, u64, Option<Id>, u64)) -> Option<Id> {
        (self.changed, self.dead, self.seen) = (self.changed + changed, self.dead + dead, self.seen + count);
        (self.on)(self.seen, self.total.max(self.seen));
        last
    }
}

/// One page in one transaction: rows changed, rows that nothing opens, the last row, and how many there were.
async fn page(
    newsroom: &Newsroom,
    keys: &Keyring,
    after: Option<SubscriberId>,
) -> Result<(u64, u64, Option<SubscriberId>, u64), Error> {
    let mut tx = newsroom.store().begin().await?;
    let rows = store::subscriber_page(&mut tx, after, PAGE).await?;
    let (mut changed, mut dead) = (0, 0);
    for row in &rows {
        let bind = Bind::subscriber(row.id);
        let Ok(address) = keys.open(bind, &row.address) else {
            dead += 1;
            continue;
        };
        let parsed = std::str::from_utf8(&address).ok().and_then(|text| Address::parse(text, Smtputf8::Allowed).ok());
        let lookup = parsed.map_or(row.lookup, |address| keys.lookup(&address));
        let current = vault::sealed_with(&row.address) == keys.current();
        if current && lookup == row.lookup {
            continue;
        }
        if lookup != row.lookup && store::subscriber_by_lookup(&mut tx, &lookup).await?.is_some() {
            // Signed up twice in the moment in which look-ups changed: the other row is the one that is found.
            store::subscriber_delete(&mut tx, row.id).await?;
        } else {
            let sealed = if current { row.address.clone() } else { keys.seal(newsroom.chance(), bind, &address) };
            store::subscriber_reseal(&mut tx, row.id, &sealed, &lookup).await?;
        }
        changed += 1;
    }
    tx.commit().await?;
    Ok((changed, dead, rows.last().map(|row| row.id), rows.len() as u64))
}

/// Carries every look-up over to the last key of the keyring; how many.
async fn switch(newsroom: &Newsroom) -> Result<u64, Error> {
    let mut carried = 0;
    loop {
        let keys = newsroom.keys()?;
        let generation = keys.lookup_generation();
        if generation >= keys.lookup_generations() {
            return Ok(carried);
        }
        let next = keys.with_lookup_generation(generation + 1).ok_or(Closed::Outdated)?;
        let now = newsroom.clock().now();
        let mut tx = newsroom.store().begin().await?;
        let change = |lookup: Lookup| keys.lookup_after(generation, lookup).unwrap_or(lookup);
        carried += store::lookup_change_all(&mut tx, &change).await?;
        row::set(&mut tx, &row::Row { rotating: true, ..row::Row::of(&next) }, now).await?;
        tx.commit().await?;
        newsroom.vault_inner().set(VaultState::Open(Arc::new(next)));
    }
}
