//! One-time links: the first way in, invitations, and new keys for somebody who lost theirs.

use model::{AccessLink, Handle, Language, LinkPurpose, Role, Staff, StaffId};
use store::Tx;

use super::{Denial, Token, sessions::lasts, token};
use crate::{Newsroom, error::Error};

/// Who makes a link when nobody is signed in.
pub const COMMAND_LINE: &str = "command line";

/// A link works for so many hours.
pub const LINK_HOURS: i64 = 48;
const LINK_MS: i64 = LINK_HOURS * 3_600_000;

/// The link that makes a newsroom's first publisher; `None` when it has one. Each call takes back the one before.
///
/// # Errors
/// When the database fails.
pub async fn first_link(newsroom: &Newsroom) -> Result<Option<Token>, Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    if store::staff_count(&mut tx, Role::Publisher).await? > 0 {
        return Ok(None);
    }
    for link in store::access_link_list(&mut tx, now).await? {
        if link.purpose == LinkPurpose::Invite(Role::Publisher) {
            store::access_link_remove(&mut tx, &link.hash).await?;
        }
    }
    let token = make(newsroom, &mut tx, LinkPurpose::Invite(Role::Publisher), COMMAND_LINE).await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// An invitation to a role.
///
/// # Errors
/// When the database fails.
pub async fn invite(newsroom: &Newsroom, role: Role, by: &str) -> Result<Token, Error> {
    let mut tx = newsroom.store().begin().await?;
    let token = make(newsroom, &mut tx, LinkPurpose::Invite(role), by).await?;
    let detail = serde_json::json!({ "role": role }).to_string();
    store::audit_append(&mut tx, newsroom.clock().now(), by, "staff.invite", None, &detail).await?;
    tx.commit().await?;
    Ok(token)
}

/// New keys for an account: the old ones and every session end at once, and the link lets its owner make new ones.
///
/// # Errors
/// [`Denial::Gone`] when there is no such account.
pub async fn reset_link(newsroom: &Newsroom, staff: StaffId, by: &str) -> Result<Token, Error> {
    let mut tx = newsroom.store().begin().await?;
    if store::staff_by_id(&mut tx, staff).await?.is_none() {
        return Err(Denial::Gone.into());
    }
    store::staff_forget_keys(&mut tx, staff).await?;
    let token = make(newsroom, &mut tx, LinkPurpose::Reset(staff), by).await?;
    store::audit_append(&mut tx, newsroom.clock().now(), by, "staff.reset", Some(staff.0), "{}").await?;
    tx.commit().await?;
    Ok(token)
}

async fn make(newsroom: &Newsroom, tx: &mut Tx, purpose: LinkPurpose, by: &str) -> Result<Token, Error> {
    let now = newsroom.clock().now();
    let token = Token::new(newsroom.chance());
    let link = AccessLink {
        hash: token.hash(),
        purpose,
        made_by: by.to_owned(),
        made_at: now,
        ends_at: now.plus_millis(LINK_MS),
    };
    store::access_link_insert(tx, &link).await?;
    Ok(token)
}

/// Takes an open link back.
///
/// # Errors
/// [`Denial::Gone`] when it was used or taken back before.
pub async fn take_back(newsroom: &Newsroom, hash: &str, by: &str) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    if !store::access_link_remove(&mut tx, hash).await? {
        return Err(Denial::Gone.into());
    }
    store::audit_append(&mut tx, newsroom.clock().now(), by, "staff.take_back", None, "{}").await?;
    Ok(tx.commit().await?)
}

/// What a link is for, without using it up: opening it in a mail program's preview must not.
///
/// # Errors
/// [`Denial::Link`] when it does not work (any more).
pub async fn open_link(newsroom: &Newsroom, token: &Token) -> Result<AccessLink, Error> {
    let mut tx = newsroom.store().read().await?;
    let link = store::access_link_by_hash(&mut tx, &token.hash()).await?;
    let now = newsroom.clock().now();
    link.filter(|link| lasts(link.made_at, LINK_MS, now)).ok_or_else(|| Denial::Link.into())
}

/// Uses a link up: makes the account that an invitation is for, or finds the one that gets new keys. The caller adds the
/// key in the same transaction, so that no account without one, and no used link without an account, can be left. `id` is
/// a new account's.
///
/// # Errors
/// [`Denial::Link`], [`Denial::Handle`], [`Denial::HandleTaken`].
pub async fn join(
    newsroom: &Newsroom,
    tx: &mut Tx,
    token: &Token,
    id: StaffId,
    handle: &str,
    language: &Language,
) -> Result<Staff, Error> {
    let now = newsroom.clock().now();
    let hash: &str = &token.hash();
    let link = store::access_link_by_hash(tx, hash).await?;
    let link = link.filter(|link| lasts(link.made_at, LINK_MS, now)).ok_or(Denial::Link)?;
    if !store::access_link_remove(tx, hash).await? {
        return Err(Denial::Link.into());
    }
    let staff = match link.purpose {
        LinkPurpose::Reset(of) => store::staff_by_id(tx, of).await?.ok_or(Denial::Link)?,
        LinkPurpose::Invite(role) => {
            let handle = Handle::parse(handle).ok_or(Denial::Handle)?;
            if store::staff_by_handle(tx, &handle).await?.is_some() {
                return Err(Denial::HandleTaken.into());
            }
            let staff = Staff { id, handle, role, active: true, language: language.clone(), created_at: now };
            store::staff_insert(tx, &staff).await?;
            staff
        }
    };
    let detail = serde_json::json!({ "link": token::hash("shown", hash)[..12] }).to_string();
    store::audit_append(tx, now, staff.handle.as_str(), "staff.join", Some(staff.id.0), &detail).await?;
    Ok(staff)
}
