//! Staff, their keys and their sessions. Tokens, codes and access keys are kept as hashes only.

use model::{AccessLink, Handle, LinkPurpose, Passkey, Role, Session, Staff, StaffId, Timestamp};
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, number},
};

macro_rules! staff_columns {
    () => {
        "id, handle, role, active, language, created_at"
    };
}

fn staff<R: Fields>(row: &R) -> Result<Staff, Error> {
    Ok(Staff {
        id: StaffId(row.get("id")?),
        handle: row.parsed("handle", Handle::parse)?,
        role: row.parsed("role", Role::parse)?,
        active: row.get("active")?,
        language: row.language("language")?,
        created_at: row.time("created_at")?,
    })
}

/// Adds an account.
///
/// # Errors
/// [`Error::Taken`] when its handle is there already.
pub async fn staff_insert(tx: &mut Tx, staff: &Staff) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO staff (id, handle, role, active, language, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        staff.id.0,
        staff.handle.as_str(),
        staff.role.as_str(),
        staff.active,
        staff.language.as_str(),
        staff.created_at.as_millis(),
    )?;
    Ok(())
}

/// Writes role, language and whether an account is active; `false` when it is gone.
///
/// # Errors
/// When the query fails.
pub async fn staff_update(tx: &mut Tx, staff: &Staff) -> Result<bool, Error> {
    let written = execute!(
        tx,
        "UPDATE staff SET role = $2, active = $3, language = $4 WHERE id = $1",
        staff.id.0,
        staff.role.as_str(),
        staff.active,
        staff.language.as_str(),
    )?;
    Ok(written > 0)
}

/// An account by its id.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn staff_by_id(tx: &mut Tx, id: StaffId) -> Result<Option<Staff>, Error> {
    fetch_optional!(tx, staff, concat!("SELECT ", staff_columns!(), " FROM staff WHERE id = $1"), id.0)
}

/// An account by its pen name.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn staff_by_handle(tx: &mut Tx, handle: &Handle) -> Result<Option<Staff>, Error> {
    const SQL: &str = concat!("SELECT ", staff_columns!(), " FROM staff WHERE handle = $1");
    fetch_optional!(tx, staff, SQL, handle.as_str())
}

/// Every account, by pen name.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn staff_all(tx: &mut Tx) -> Result<Vec<Staff>, Error> {
    fetch_all!(tx, staff, concat!("SELECT ", staff_columns!(), " FROM staff ORDER BY handle"))
}

/// How many active accounts have a role.
///
/// # Errors
/// When the query fails.
pub async fn staff_count(tx: &mut Tx, role: Role) -> Result<i64, Error> {
    const SQL: &str = "SELECT count(*) AS n FROM staff WHERE role = $1 AND active";
    fetch_one!(tx, number, SQL, role.as_str())
}

/// Adds a passkey.
///
/// # Errors
/// [`Error::Taken`] when the device's key is there already.
pub async fn passkey_insert(tx: &mut Tx, passkey: &Passkey) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO passkey (id, staff, credential, name, created_at, used_at, data) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        passkey.id,
        passkey.staff.0,
        passkey.credential.as_str(),
        passkey.name.as_str(),
        passkey.created_at.as_millis(),
        passkey.used_at.map(Timestamp::as_millis),
        passkey.data.as_str(),
    )?;
    Ok(())
}

/// Notes that a passkey was used, with its counter as it is now.
///
/// # Errors
/// When the query fails.
pub async fn passkey_used(tx: &mut Tx, id: Uuid, data: &str, now: Timestamp) -> Result<(), Error> {
    execute!(tx, "UPDATE passkey SET used_at = $2, data = $3 WHERE id = $1", id, now.as_millis(), data)?;
    Ok(())
}

fn passkey<R: Fields>(row: &R) -> Result<Passkey, Error> {
    Ok(Passkey {
        id: row.get("id")?,
        staff: StaffId(row.get("staff")?),
        credential: row.get("credential")?,
        name: row.get("name")?,
        created_at: row.time("created_at")?,
        used_at: row.time_or_none("used_at")?,
        data: row.get("data")?,
    })
}

/// An account's passkeys, the oldest first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn passkey_list(tx: &mut Tx, of: StaffId) -> Result<Vec<Passkey>, Error> {
    const SQL: &str = "SELECT id, staff, credential, name, created_at, used_at, data FROM passkey WHERE staff = $1
                       ORDER BY created_at, id";
    fetch_all!(tx, passkey, SQL, of.0)
}

/// Removes a passkey; `false` when it is not there.
///
/// # Errors
/// When the query fails.
pub async fn passkey_remove(tx: &mut Tx, of: StaffId, id: Uuid) -> Result<bool, Error> {
    Ok(execute!(tx, "DELETE FROM passkey WHERE staff = $1 AND id = $2", of.0, id)? > 0)
}

/// Removes every key of an account: passkeys, codes, access key, sessions, and the tokens of its programs.
///
/// # Errors
/// When the query fails.
pub async fn staff_forget_keys(tx: &mut Tx, of: StaffId) -> Result<(), Error> {
    execute!(tx, "DELETE FROM passkey WHERE staff = $1", of.0)?;
    execute!(tx, "DELETE FROM recovery_code WHERE staff = $1", of.0)?;
    execute!(tx, "DELETE FROM session WHERE staff = $1", of.0)?;
    execute!(tx, "DELETE FROM api_token WHERE staff = $1", of.0)?;
    execute!(tx, "UPDATE staff SET key_hash = NULL, totp = NULL, totp_step = NULL WHERE id = $1", of.0)?;
    Ok(())
}

/// Where passkeys can't be: an access key and a code of an authenticator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totp {
    /// SHA-256 of the access key, hex.
    pub key_hash: String,
    /// The authenticator's secret, base32.
    pub secret: String,
    /// The last step that was used.
    pub step: Option<i64>,
}

fn totp<R: Fields>(row: &R) -> Result<Option<Totp>, Error> {
    let (key_hash, secret): (Option<String>, Option<String>) = (row.get("key_hash")?, row.get("totp")?);
    let step = row.get("totp_step")?;
    Ok(key_hash.zip(secret).map(|(key_hash, secret)| Totp { key_hash, secret, step }))
}

/// An account's access key and authenticator, if it has them.
///
/// # Errors
/// When the query fails.
pub async fn totp_of(tx: &mut Tx, of: StaffId) -> Result<Option<Totp>, Error> {
    Ok(fetch_optional!(tx, totp, "SELECT key_hash, totp, totp_step FROM staff WHERE id = $1", of.0)?.flatten())
}

/// Sets an account's access key and authenticator; `None` takes them away.
///
/// # Errors
/// When the query fails.
pub async fn totp_set(tx: &mut Tx, of: StaffId, totp: Option<&Totp>) -> Result<(), Error> {
    execute!(
        tx,
        "UPDATE staff SET key_hash = $2, totp = $3, totp_step = $4 WHERE id = $1",
        of.0,
        totp.map(|totp| totp.key_hash.as_str()),
        totp.map(|totp| totp.secret.as_str()),
        totp.and_then(|totp| totp.step),
    )?;
    Ok(())
}

/// Uses a step of the authenticator up; `false` when it, or a later one, was used before.
///
/// # Errors
/// When the query fails.
pub async fn totp_use(tx: &mut Tx, of: StaffId, step: i64) -> Result<bool, Error> {
    const SQL: &str = "UPDATE staff SET totp_step = $2 WHERE id = $1 AND (totp_step IS NULL OR totp_step < $2)";
    Ok(execute!(tx, SQL, of.0, step)? > 0)
}

/// Replaces an account's recovery codes.
///
/// # Errors
/// When the query fails.
pub async fn recovery_set(tx: &mut Tx, of: StaffId, hashes: &[String]) -> Result<(), Error> {
    execute!(tx, "DELETE FROM recovery_code WHERE staff = $1", of.0)?;
    insert_rows!(tx, "INSERT INTO recovery_code (staff, hash)", "", 2, hashes, hash => [of.0, hash.as_str()]);
    Ok(())
}

/// Uses a recovery code up; `false` when there is no such code, or it was used.
///
/// # Errors
/// When the query fails.
pub async fn recovery_use(tx: &mut Tx, of: StaffId, hash: &str, now: Timestamp) -> Result<bool, Error> {
    const SQL: &str = "UPDATE recovery_code SET used_at = $3 WHERE staff = $1 AND hash = $2 AND used_at IS NULL";
    Ok(execute!(tx, SQL, of.0, hash, now.as_millis())? > 0)
}

/// How many recovery codes an account has left.
///
/// # Errors
/// When the query fails.
pub async fn recovery_left(tx: &mut Tx, of: StaffId) -> Result<i64, Error> {
    fetch_one!(tx, number, "SELECT count(*) AS n FROM recovery_code WHERE staff = $1 AND used_at IS NULL", of.0)
}

/// Begins a session.
///
/// # Errors
/// When the query fails.
pub async fn session_insert(tx: &mut Tx, session: &Session) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO session (hash, id, staff, made_at, seen_at, proved_at) VALUES ($1, $2, $3, $4, $5, $6)",
        session.hash.as_str(),
        session.id,
        session.staff.0,
        session.made_at.as_millis(),
        session.seen_at.as_millis(),
        session.proved_at.as_millis(),
    )?;
    Ok(())
}

fn session<R: Fields>(row: &R) -> Result<Session, Error> {
    Ok(Session {
        id: row.get("id")?,
        hash: row.get("hash")?,
        staff: StaffId(row.get("staff")?),
        made_at: row.time("made_at")?,
        seen_at: row.time("seen_at")?,
        proved_at: row.time("proved_at")?,
    })
}

/// A session by the hash of its token, whether it still holds or not.
///
/// # Errors
/// When the query fails.
pub async fn session_by_hash(tx: &mut Tx, hash: &str) -> Result<Option<Session>, Error> {
    const SQL: &str = "SELECT hash, id, staff, made_at, seen_at, proved_at FROM session WHERE hash = $1";
    fetch_optional!(tx, session, SQL, hash)
}

/// An account's sessions, the last used first.
///
/// # Errors
/// When the query fails.
pub async fn session_list(tx: &mut Tx, of: StaffId) -> Result<Vec<Session>, Error> {
    const SQL: &str = "SELECT hash, id, staff, made_at, seen_at, proved_at FROM session WHERE staff = $1
                       ORDER BY seen_at DESC, id";
    fetch_all!(tx, session, SQL, of.0)
}

/// Notes that a session was used, and when its owner last proved to hold a key.
///
/// # Errors
/// When the query fails.
pub async fn session_seen(tx: &mut Tx, session: &Session) -> Result<(), Error> {
    const SQL: &str = "UPDATE session SET seen_at = $2, proved_at = $3 WHERE hash = $1";
    execute!(tx, SQL, session.hash.as_str(), session.seen_at.as_millis(), session.proved_at.as_millis())?;
    Ok(())
}

/// Ends one of an account's sessions; `false` when it is not there.
///
/// # Errors
/// When the query fails.
pub async fn session_end(tx: &mut Tx, of: StaffId, id: Uuid) -> Result<bool, Error> {
    Ok(execute!(tx, "DELETE FROM session WHERE staff = $1 AND id = $2", of.0, id)? > 0)
}

/// Ends all of an account's sessions but one; how many.
///
/// # Errors
/// When the query fails.
pub async fn session_end_others(tx: &mut Tx, of: StaffId, keep: Option<Uuid>) -> Result<u64, Error> {
    let keep = keep.unwrap_or(Uuid::nil());
    execute!(tx, "DELETE FROM session WHERE staff = $1 AND id <> $2", of.0, keep)
}

/// Removes sessions that were last used, or began, before these times.
///
/// # Errors
/// When the query fails.
pub async fn session_sweep(tx: &mut Tx, idle_since: Timestamp, made_before: Timestamp) -> Result<u64, Error> {
    const SQL: &str = "DELETE FROM session WHERE seen_at < $1 OR made_at < $2";
    execute!(tx, SQL, idle_since.as_millis(), made_before.as_millis())
}

/// Adds a one-time link.
///
/// # Errors
/// When the query fails.
pub async fn access_link_insert(tx: &mut Tx, link: &AccessLink) -> Result<(), Error> {
    let (role, staff) = match link.purpose {
        LinkPurpose::Invite(role) => (Some(role.as_str()), None),
        LinkPurpose::Reset(staff) => (None, Some(staff.0)),
    };
    execute!(
        tx,
        "INSERT INTO access_link (hash, role, staff, made_by, made_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6)",
        link.hash.as_str(),
        role,
        staff,
        link.made_by.as_str(),
        link.made_at.as_millis(),
        link.ends_at.as_millis(),
    )?;
    Ok(())
}

fn access_link<R: Fields>(row: &R) -> Result<AccessLink, Error> {
    let purpose = match row.get::<Option<Uuid>>("staff")? {
        Some(staff) => LinkPurpose::Reset(StaffId(staff)),
        None => LinkPurpose::Invite(row.parsed("role", Role::parse)?),
    };
    Ok(AccessLink {
        hash: row.get("hash")?,
        purpose,
        made_by: row.get("made_by")?,
        made_at: row.time("made_at")?,
        ends_at: row.time("ends_at")?,
    })
}

/// A one-time link by the hash of its token, whether it has ended or not.
///
/// # Errors
/// When the query fails.
pub async fn access_link_by_hash(tx: &mut Tx, hash: &str) -> Result<Option<AccessLink>, Error> {
    const SQL: &str = "SELECT hash, role, staff, made_by, made_at, ends_at FROM access_link WHERE hash = $1";
    fetch_optional!(tx, access_link, SQL, hash)
}

/// Open links, the newest first.
///
/// # Errors
/// When the query fails.
pub async fn access_link_list(tx: &mut Tx, now: Timestamp) -> Result<Vec<AccessLink>, Error> {
    const SQL: &str = "SELECT hash, role, staff, made_by, made_at, ends_at FROM access_link WHERE ends_at > $1
                       ORDER BY made_at DESC, hash";
    fetch_all!(tx, access_link, SQL, now.as_millis())
}

/// Uses a link up, or takes it back; `false` when it is gone.
///
/// # Errors
/// When the query fails.
pub async fn access_link_remove(tx: &mut Tx, hash: &str) -> Result<bool, Error> {
    Ok(execute!(tx, "DELETE FROM access_link WHERE hash = $1", hash)? > 0)
}

/// Keeps the state of a ceremony until its second request, and forgets those that ended.
///
/// # Errors
/// When the query fails.
pub async fn ceremony_insert(
    tx: &mut Tx,
    id: Uuid,
    state: &str,
    now: Timestamp,
    ends_at: Timestamp,
) -> Result<(), Error> {
    execute!(tx, "DELETE FROM ceremony WHERE ends_at < $1", now.as_millis())?;
    execute!(tx, "INSERT INTO ceremony (id, ends_at, state) VALUES ($1, $2, $3)", id, ends_at.as_millis(), state)?;
    Ok(())
}

fn state<R: Fields>(row: &R) -> Result<String, Error> {
    row.get("state")
}

/// Takes the state of a ceremony, which works once; `None` when there is none or it has ended.
///
/// # Errors
/// When the query fails.
pub async fn ceremony_take(tx: &mut Tx, id: Uuid, now: Timestamp) -> Result<Option<String>, Error> {
    const SQL: &str = "DELETE FROM ceremony WHERE id = $1 AND ends_at > $2 RETURNING state";
    fetch_optional!(tx, state, SQL, id, now.as_millis())
}
