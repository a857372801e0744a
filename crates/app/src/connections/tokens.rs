//! Making tokens, ending them, and saying whose one is.

use model::{ApiToken, Scope, Staff, Timestamp};
use uuid::Uuid;

use super::Secret;
use crate::{Newsroom, error::Error, staff::Denial};

/// The longest name of a token, in characters.
pub const TOKEN_NAME_MAX: usize = 80;
/// Use is written down by the day.
const DAY_MS: i64 = 86_400_000;

/// A token to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// What its owner calls it.
    pub name: String,
    /// What it is for.
    pub scopes: Vec<Scope>,
    /// When it ends; never, if that is not said.
    pub ends_at: Option<Timestamp>,
}

/// A token in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owned {
    /// The token.
    pub token: ApiToken,
    /// Whose it is.
    pub staff: Staff,
}

/// Who speaks through a token, and what it reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The account that it belongs to.
    pub staff: Staff,
    /// What it may be used for now: those of its scopes that its owner's role reaches.
    pub scopes: Vec<Scope>,
}

impl Holder {
    /// Whether it reaches so far.
    #[must_use]
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }
}

/// Makes a token for an account; the secret is given out here and never again.
///
/// # Errors
/// [`Error::Refused`] says what is wrong with it; [`Denial::Role`] when the account does not reach so far itself.
pub async fn token_make(newsroom: &Newsroom, staff: &Staff, new: NewToken) -> Result<(ApiToken, Secret), Error> {
    let now = newsroom.clock().now();
    let NewToken { name, scopes, ends_at } = checked(new, now)?;
    if scopes.iter().any(|scope| scope.needs() > staff.role) {
        return Err(Denial::Role.into());
    }
    let secret = Secret::new(newsroom.chance(), &scopes);
    let id = newsroom.chance().uuid_v4();
    let token =
        ApiToken { id, hash: secret.hash(), staff: staff.id, name, scopes, made_at: now, ends_at, used_at: None };
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.as_str()).collect();
    let detail = serde_json::json!({ "name": token.name, "scopes": scopes }).to_string();
    let mut tx = newsroom.store().begin().await?;
    store::token_insert(&mut tx, &token).await?;
    store::audit_append(&mut tx, now, staff.handle.as_str(), "token.make", Some(id), &detail).await?;
    tx.commit().await?;
    Ok((token, secret))
}

fn checked(new: NewToken, now: Timestamp) -> Result<NewToken, Error> {
    let refused = |text: &str| Err(Error::Refused(text.to_owned()));
    let NewToken { name, mut scopes, ends_at } = new;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    scopes.sort_unstable();
    scopes.dedup();
    if name.is_empty() || name.chars().count() > TOKEN_NAME_MAX {
        return refused("a token needs a name of 80 characters at most: say which program will use it");
    }
    if scopes.is_empty() {
        return refused("a token for nothing opens nothing; choose what it is for");
    }
    if scopes.contains(&Scope::ContentRead) && scopes.len() > 1 {
        return refused(
            "a content key stands in addresses and must open nothing else; make a second token for the rest",
        );
    }
    if ends_at.is_some_and(|end| end <= now) {
        return refused("the end of a token must lie in the future");
    }
    Ok(NewToken { name, scopes, ends_at })
}

/// Every token of the newsroom, the latest first; those that have ended too, until somebody takes them away.
///
/// # Errors
/// When the database fails.
pub async fn tokens(newsroom: &Newsroom) -> Result<Vec<Owned>, Error> {
    let mut tx = newsroom.store().read().await?;
    let people = store::staff_all(&mut tx).await?;
    let all = store::token_all(&mut tx).await?.into_iter();
    let owned = |token: ApiToken| {
        let staff = people.iter().find(|staff| staff.id == token.staff)?.clone();
        Some(Owned { token, staff })
    };
    Ok(all.filter_map(owned).collect())
}

/// Ends a token at once.
///
/// # Errors
/// [`Denial::Gone`] when it has been ended already.
pub async fn token_revoke(newsroom: &Newsroom, id: Uuid, by: &str) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    let name = store::token_remove(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let detail = serde_json::json!({ "name": name }).to_string();
    store::audit_append(&mut tx, newsroom.clock().now(), by, "token.revoke", Some(id), &detail).await?;
    Ok(tx.commit().await?)
}

/// Who speaks through a token; `None` when it is unknown, has ended, or its account is closed.
///
/// # Errors
/// When the database fails.
pub async fn token_holder(newsroom: &Newsroom, secret: &str) -> Result<Option<Holder>, Error> {
    let now = newsroom.clock().now();
    let Some(secret) = Secret::parse(secret) else { return Ok(None) };
    let mut tx = newsroom.store().read().await?;
    let token = store::token_by_hash(&mut tx, &secret.hash()).await?.filter(|token| token.holds(now));
    let Some(mut token) = token else { return Ok(None) };
    let staff = store::staff_by_id(&mut tx, token.staff).await?.filter(|staff| staff.active);
    let Some(staff) = staff else { return Ok(None) };
    drop(tx);
    let day = now.plus_millis(-now.as_millis().rem_euclid(DAY_MS));
    if token.used_at != Some(day) {
        let mut tx = newsroom.store().begin().await?;
        store::token_used(&mut tx, token.id, day).await?;
        tx.commit().await?;
    }
    token.scopes.retain(|scope| scope.needs() <= staff.role);
    Ok(Some(Holder { staff, scopes: token.scopes }))
}
