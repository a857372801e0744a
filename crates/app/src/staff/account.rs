//! One's own account, and the list of all.

use model::{AccessLink, Language, Passkey, Session, Staff, StaffId, Timestamp};
use uuid::Uuid;

use super::{Denial, IDLE_MS, recovery_codes};
use crate::{Newsroom, error::Error};

/// What somebody sees of their own account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Keys, oldest first.
    pub passkeys: Vec<Passkey>,
    /// Whether there is an authenticator with an access key.
    pub authenticator: bool,
    /// Recovery codes not used yet.
    pub codes_left: i64,
    /// Sessions that have not ended, latest used first.
    pub sessions: Vec<Session>,
}

/// Somebody in the list of people.
#[derive(Debug, Clone)]
pub struct Person {
    /// The account.
    pub staff: Staff,
    /// How many keys it has; an authenticator counts as one.
    pub keys: usize,
    /// When its keys or sessions were last used, as far as they are still there.
    pub used_at: Option<Timestamp>,
}

/// Everybody, and the links that are open.
#[derive(Debug, Clone)]
pub struct People {
    /// Accounts by pen name.
    pub people: Vec<Person>,
    /// Links that were not used yet.
    pub links: Vec<AccessLink>,
}

/// Somebody's own account.
///
/// # Errors
/// When the database fails.
pub async fn account(newsroom: &Newsroom, staff: StaffId) -> Result<Account, Error> {
    let idle_since = newsroom.clock().now().plus_millis(-IDLE_MS);
    let mut tx = newsroom.store().read().await?;
    let mut sessions = store::session_list(&mut tx, staff).await?;
    sessions.retain(|session| session.seen_at > idle_since);
    Ok(Account {
        passkeys: store::passkey_list(&mut tx, staff).await?,
        authenticator: store::totp_of(&mut tx, staff).await?.is_some(),
        codes_left: store::recovery_left(&mut tx, staff).await?,
        sessions,
    })
}

/// Everybody.
///
/// # Errors
/// When the database fails.
pub async fn people(newsroom: &Newsroom) -> Result<People, Error> {
    let mut tx = newsroom.store().read().await?;
    let mut people = Vec::new();
    for staff in store::staff_all(&mut tx).await? {
        let passkeys = store::passkey_list(&mut tx, staff.id).await?;
        let sessions = store::session_list(&mut tx, staff.id).await?;
        let used = passkeys.iter().filter_map(|key| key.used_at);
        let used_at = used.chain(sessions.iter().map(|session| session.seen_at)).max();
        let keys = passkeys.len() + usize::from(store::totp_of(&mut tx, staff.id).await?.is_some());
        people.push(Person { staff, keys, used_at });
    }
    let links = store::access_link_list(&mut tx, newsroom.clock().now()).await?;
    Ok(People { people, links })
}

/// The language of somebody's desk.
///
/// # Errors
/// When the database fails.
pub async fn set_language(newsroom: &Newsroom, staff: &Staff, language: &Language) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    store::staff_update(&mut tx, &Staff { language: language.clone(), ..staff.clone() }).await?;
    Ok(tx.commit().await?)
}

/// Whether somebody has an authenticator with an access key.
///
/// # Errors
/// When the database fails.
pub async fn has_authenticator(newsroom: &Newsroom, staff: StaffId) -> Result<bool, Error> {
    let mut tx = newsroom.store().read().await?;
    Ok(store::totp_of(&mut tx, staff).await?.is_some())
}

/// Removes a key; the last way in stays.
///
/// # Errors
/// [`Denial::Gone`]; [`Denial::LastKey`].
pub async fn remove_passkey(newsroom: &Newsroom, staff: &Staff, key: Uuid) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    if !store::passkey_remove(&mut tx, staff.id, key).await? {
        return Err(Denial::Gone.into());
    }
    let left = store::passkey_list(&mut tx, staff.id).await?.len();
    if left == 0 && store::totp_of(&mut tx, staff.id).await?.is_none() {
        return Err(Denial::LastKey.into());
    }
    let now = newsroom.clock().now();
    store::audit_append(&mut tx, now, staff.handle.as_str(), "staff.passkey_removed", Some(staff.id.0), "{}").await?;
    Ok(tx.commit().await?)
}

/// Ten new recovery codes in place of the old ones; shown once.
///
/// # Errors
/// When the database fails.
pub async fn renew_codes(newsroom: &Newsroom, staff: &Staff) -> Result<Vec<String>, Error> {
    let mut tx = newsroom.store().begin().await?;
    let codes = recovery_codes(newsroom, &mut tx, staff.id).await?;
    let now = newsroom.clock().now();
    store::audit_append(&mut tx, now, staff.handle.as_str(), "staff.recovery_codes", Some(staff.id.0), "{}").await?;
    tx.commit().await?;
    Ok(codes)
}
