//! Who gave, and what givers say.
//!
//! A name is opened one at a time, by a publisher, and stands in the log by the row's id before it is shown. What givers say is
//! read without names, and the log says that it was.

use model::{Contribution, ContributionId, ContributionState, Money, Month, Payment, Role, Staff};
use serde_json::json;
use vault::{Bind, Keyring};
use zeroize::Zeroizing;

use super::contact::Contact;
use crate::{Newsroom, error::Error, staff::Denial};

/// Messages of a page at most.
pub const MESSAGES_MOST: usize = 100;

/// Who gave.
pub struct Revealed {
    /// The address; empty where none is kept.
    pub address: Zeroizing<String>,
    /// The name; empty where none is known.
    pub name: Zeroizing<String>,
    /// What they said; empty where they said nothing.
    pub message: Zeroizing<String>,
}

impl std::fmt::Debug for Revealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Revealed(…)")
    }
}

/// The keys, where they can open something.
fn opening(newsroom: &Newsroom) -> Result<std::sync::Arc<Keyring>, Error> {
    let ring = newsroom.keys()?;
    let elsewhere = "only the machine that holds the private half of the keys can open this";
    if ring.can_open() { Ok(ring) } else { Err(Error::Refused(elsewhere.to_owned())) }
}

/// Opens the name of one contribution.
///
/// # Errors
/// [`Denial::Role`] for anybody but publishers, [`Denial::Gone`] where there is no such contribution; [`Error::Closed`].
pub async fn reveal(newsroom: &Newsroom, staff: &Staff, id: ContributionId) -> Result<Revealed, Error> {
    if staff.role < Role::Publisher || !staff.active {
        return Err(Denial::Role.into());
    }
    let mut tx = newsroom.store().begin().await?;
    let of = store::contribution_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let ring = opening(newsroom)?;
    let contact = of.contact.as_ref().and_then(|sealed| Contact::open(&ring, id, sealed));
    let now = newsroom.clock().now();
    store::audit_append(&mut tx, now, staff.handle.as_str(), "contribution.reveal", Some(id.0), "{}").await?;
    tx.commit().await?;
    let part = |part: fn(&Contact) -> &String| Zeroizing::new(contact.as_ref().map(part).cloned().unwrap_or_default());
    Ok(Revealed {
        address: part(|contact| &contact.address),
        name: part(|contact| &contact.name),
        message: said(&ring, &of).unwrap_or_default(),
    })
}

fn said(ring: &Keyring, of: &Contribution) -> Option<Zeroizing<String>> {
    let plain = ring.open(Bind::contribution_message(of.id), of.message.as_ref()?).ok()?;
    Some(Zeroizing::new(String::from_utf8_lossy(&plain).into_owned()))
}

/// What somebody said.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// On which contribution.
    pub id: ContributionId,
    /// Where that stands.
    pub state: ContributionState,
    /// How much it is.
    pub amount: Money,
    /// The month in which it was said.
    pub month: Month,
    /// What.
    pub text: Zeroizing<String>,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Message(…)")
    }
}

/// What givers say whose money came, the newest month first; whether there are more. That it was opened is on record.
///
/// # Errors
/// [`Denial::Role`] for anybody but publishers; [`Error::Closed`].
pub async fn messages(newsroom: &Newsroom, staff: &Staff) -> Result<(Vec<Message>, bool), Error> {
    if staff.role < Role::Publisher || !staff.active {
        return Err(Denial::Role.into());
    }
    let ring = opening(newsroom)?;
    let limit = i64::try_from(MESSAGES_MOST + 1).unwrap_or(i64::MAX);
    let mut tx = newsroom.store().begin().await?;
    let mut rows = store::contribution_with_messages(&mut tx, limit).await?;
    let more = rows.len() > MESSAGES_MOST;
    rows.truncate(MESSAGES_MOST);
    if !rows.is_empty() {
        let (now, detail) = (newsroom.clock().now(), json!({ "number": rows.len() }).to_string());
        store::audit_append(&mut tx, now, staff.handle.as_str(), "contribution.messages", None, &detail).await?;
    }
    tx.commit().await?;
    let message = |of: &Contribution| {
        let text = said(&ring, of)?;
        Some(Message { id: of.id, state: of.state, amount: of.amount, month: of.month, text })
    };
    Ok((rows.iter().filter_map(message).collect(), more))
}

/// A contribution and its payments, the newest month first, as sealed as they are.
///
/// # Errors
/// [`Denial::Role`] for anybody but publishers.
pub async fn one(
    newsroom: &Newsroom,
    staff: &Staff,
    id: ContributionId,
) -> Result<Option<(Contribution, Vec<Payment>)>, Error> {
    if staff.role < Role::Publisher || !staff.active {
        return Err(Denial::Role.into());
    }
    let mut tx = newsroom.store().read().await?;
    let Some(of) = store::contribution_by_id(&mut tx, id).await? else { return Ok(None) };
    Ok(Some((of, store::payment_of(&mut tx, id).await?)))
}
