//! Sessions: 15 minutes idle and 12 hours at most; listed, and ended one by one or all together.

use model::{Session, Staff, StaffId, Timestamp};
use store::Tx;
use uuid::Uuid;

use super::{Denial, Token};
use crate::{Newsroom, error::Error};

/// A session that is not used for so long ends.
pub const IDLE_MS: i64 = 15 * 60_000;
/// A session ends after so long, however much it is used.
pub const ABSOLUTE_MS: i64 = 12 * 3_600_000;
/// A proof that its owner holds a key counts as fresh for so long.
pub const PROOF_MS: i64 = 5 * 60_000;
/// Use is written down no oftener than this: a session may end so much earlier than its idle time says, never later.
const STEP_MS: i64 = 30_000;

/// How far a clock may be set back before what it dated counts as ended. A clock that was a year ahead and is put right must
/// not leave a session that lasts a year.
const JUMP_MS: i64 = 5 * 60_000;

/// Whether what began at `since` and lasts for `span` milliseconds is still on.
pub(super) fn lasts(since: Timestamp, span: i64, now: Timestamp) -> bool {
    (-JUMP_MS..span).contains(&(now.as_millis() - since.as_millis()))
}

/// Somebody at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Who.
    pub staff: Staff,
    /// Since when, and when last proved.
    pub session: Session,
}

impl Signed {
    /// Whether its owner proved to hold a key just now, as sensitive acts need.
    #[must_use]
    pub fn proved(&self, now: Timestamp) -> bool {
        lasts(self.session.proved_at, PROOF_MS, now)
    }
}

/// Begins a session for somebody who has just proved to hold a key; the token for the cookie.
///
/// # Errors
/// When the database fails.
pub async fn begin_in_tx(newsroom: &Newsroom, tx: &mut Tx, staff: StaffId) -> Result<Token, Error> {
    let now = newsroom.clock().now();
    store::session_sweep(tx, now.plus_millis(-IDLE_MS), now.plus_millis(-ABSOLUTE_MS)).await?;
    let token = Token::new(newsroom.chance());
    let id = newsroom.chance().uuid_v4();
    let session = Session { id, hash: token.hash(), staff, made_at: now, seen_at: now, proved_at: now };
    store::session_insert(tx, &session).await?;
    Ok(token)
}

/// Who a token belongs to; `None` when its session has ended or its account may not sign in.
///
/// # Errors
/// When the database fails.
pub async fn signed(newsroom: &Newsroom, token: &Token) -> Result<Option<Signed>, Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().read().await?;
    let Some(mut session) = store::session_by_hash(&mut tx, &token.hash()).await? else { return Ok(None) };
    if !lasts(session.seen_at, IDLE_MS, now) || !lasts(session.made_at, ABSOLUTE_MS, now) {
        return Ok(None);
    }
    let Some(staff) = store::staff_by_id(&mut tx, session.staff).await?.filter(|staff| staff.active) else {
        return Ok(None);
    };
    drop(tx);
    if now.as_millis() - session.seen_at.as_millis() >= STEP_MS {
        session.seen_at = now;
        let mut tx = newsroom.store().begin().await?;
        store::session_seen(&mut tx, &session).await?;
        tx.commit().await?;
    }
    Ok(Some(Signed { staff, session }))
}

/// Notes that somebody has just proved again to hold a key.
///
/// # Errors
/// When the database fails.
pub async fn prove(newsroom: &Newsroom, signed: &mut Signed) -> Result<(), Error> {
    let now = newsroom.clock().now();
    (signed.session.seen_at, signed.session.proved_at) = (now, now);
    let mut tx = newsroom.store().begin().await?;
    store::session_seen(&mut tx, &signed.session).await?;
    Ok(tx.commit().await?)
}

/// Ends one of somebody's sessions, the present one or another.
///
/// # Errors
/// [`Denial::Gone`] when it has ended already.
pub async fn end(newsroom: &Newsroom, signed: &Signed, session: Uuid) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    if !store::session_end(&mut tx, signed.staff.id, session).await? {
        return Err(Denial::Gone.into());
    }
    let handle = signed.staff.handle.as_str();
    store::audit_append(&mut tx, now, handle, "session.end", Some(signed.staff.id.0), "{}").await?;
    Ok(tx.commit().await?)
}

/// Ends all of somebody's sessions but the present one; how many.
///
/// # Errors
/// When the database fails.
pub async fn end_others(newsroom: &Newsroom, signed: &Signed) -> Result<u64, Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let ended = store::session_end_others(&mut tx, signed.staff.id, Some(signed.session.id)).await?;
    let handle = signed.staff.handle.as_str();
    store::audit_append(&mut tx, now, handle, "session.end_others", Some(signed.staff.id.0), "{}").await?;
    tx.commit().await?;
    Ok(ended)
}
