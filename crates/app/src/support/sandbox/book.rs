//! The books: pages, pledges, payments and events, each a row of JSON.

use model::{ContributionId, Dispute, Frequency, Money, PaymentState, Timestamp};
use outside::payments::{Event, Object};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use store::{SandboxRow, Tx};

use crate::error::Error;

/// Whether a page can be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageState {
    /// It can.
    Open,
    /// Somebody went through it.
    Complete,
    /// It is too old.
    Over,
}

/// The page on which a contribution is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Its name.
    pub id: String,
    /// Whose.
    pub contribution: ContributionId,
    /// How much each time.
    pub money: Money,
    /// How often.
    pub frequency: Frequency,
    /// What it is for.
    pub label: String,
    /// Where the payer comes back to when they did not pay. Where they come back to when they did is in the address of the page
    /// alone: it opens what they give.
    pub back: String,
    /// Until when it can be paid.
    pub until: Timestamp,
    /// Whether it can.
    pub state: PageState,
    /// The pledge that was made of it.
    pub pledge: Option<String>,
    /// Payments that were made on it, or tried.
    pub payments: Vec<String>,
}

/// Where a pledge stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum PledgeIs {
    Pending,
    Active,
    PastDue,
    Paused,
    Cancelled,
}

/// A pledge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pledge {
    pub(super) id: String,
    pub(super) contribution: ContributionId,
    pub(super) money: Money,
    pub(super) frequency: Frequency,
    pub(super) state: PledgeIs,
    /// When it began: what its due days are counted from.
    pub(super) anchor: Timestamp,
    /// Months after `anchor` until which it is paid for.
    pub(super) months: i64,
    /// Renewals that failed one after the other.
    pub(super) failed: i64,
    /// Whether the next renewal fails.
    pub(super) refuse: bool,
    pub(super) payments: Vec<String>,
}

/// A payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Paid {
    pub(super) id: String,
    pub(super) contribution: ContributionId,
    pub(super) money: Money,
    pub(super) fee: i64,
    pub(super) state: PaymentState,
    pub(super) refunded: i64,
    pub(super) dispute: Option<Dispute>,
    /// How much of it was asked back; all where it does not say.
    #[serde(default)]
    pub(super) disputed: Option<i64>,
    pub(super) at: Timestamp,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Happening {
    pub(super) object: Object,
}

/// The kinds of objects, as the newsroom asks for them.
pub(super) const PAGE: &str = "page";
pub(super) const PLEDGE: &str = "pledge";
pub(super) const PAYMENT: &str = "payment";
const EVENT: &str = "event";
/// The counter that names everything.
const COUNTER: &str = "counter";

/// An entry.
pub(super) async fn get<T: DeserializeOwned>(tx: &mut Tx, id: &str) -> Result<Option<T>, Error> {
    let row = store::sandbox_get(tx, id).await?;
    Ok(row.map(|row| serde_json::from_str(&row.object)).transpose()?)
}

/// Writes an entry, which is due to do something by itself at `due_at`.
pub(super) async fn put<T: Serialize>(
    tx: &mut Tx,
    kind: &str,
    id: &str,
    object: &T,
    due_at: Option<Timestamp>,
) -> Result<(), Error> {
    let object = serde_json::to_string(object)?;
    let row = SandboxRow { id: id.to_owned(), kind: kind.to_owned(), due_at, object };
    Ok(store::sandbox_put(tx, &row).await?)
}

/// The next name: `event-000000000017`. They are in the order in which they were given.
pub(super) async fn name(tx: &mut Tx, kind: &str) -> Result<String, Error> {
    let last: i64 = get(tx, COUNTER).await?.unwrap_or(0);
    put(tx, COUNTER, COUNTER, &(last + 1), None).await?;
    Ok(format!("{kind}-{:012}", last + 1))
}

/// Notes that something happened to an object.
pub(super) async fn happened(tx: &mut Tx, kind: &str, id: &str) -> Result<Event, Error> {
    let object = Object::new(kind, id);
    let event = name(tx, EVENT).await?;
    put(tx, EVENT, &event, &Happening { object: object.clone() }, None).await?;
    Ok(Event { id: event, object })
}

/// What happened after an event, oldest first.
pub(super) async fn events(tx: &mut Tx, after: &str) -> Result<Vec<Event>, Error> {
    let rows = store::sandbox_all(tx, EVENT).await?;
    let later = rows.into_iter().filter(|row| row.id.as_str() > after);
    later
        .map(|row| {
            let happening: Happening = serde_json::from_str(&row.object)?;
            Ok(Event { id: row.id, object: happening.object })
        })
        .collect()
}
