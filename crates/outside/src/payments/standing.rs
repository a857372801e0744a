//! What a gateway's object says, in the newsroom's words.

use model::{ContributionId, Dispute, Frequency, Money, PaymentState, Timestamp};
use serde::{Deserialize, Serialize};

use super::Object;

/// What one object says at the moment at which it was fetched. An object says only what is its own: a subscription how the
/// pledge stands, an invoice what was paid.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Whose it is, by the reference that the gateway got from [`super::Start`].
    pub contribution: Option<ContributionId>,
    /// Whose it is, where the object has no such reference: the pledge that it belongs to.
    pub of_pledge: Option<String>,
    /// The page on which it is paid.
    pub session: Option<SessionStanding>,
    /// The pledge.
    pub pledge: Option<PledgeStanding>,
    /// Money that moved or was to move.
    pub payments: Vec<PaymentStanding>,
    /// Its payer has agreed, and the money is taken only when that is asked for: by [`super::Gateway::take`].
    pub waits: bool,
    /// Who pays, where the gateway tells.
    pub contact: Option<Contact>,
    /// Other objects to be looked at now.
    pub more: Vec<Object>,
    /// Where a pledge's payments were asked for, a part of them at a time: what lies further back.
    pub further: Option<Further>,
}

/// Payments of a pledge before those that were told, to be asked for until one is met that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Further {
    /// The oldest payment that was told, by the gateway's name for it; `None` where there was none.
    pub oldest: Option<String>,
    /// How far back was told.
    pub at: Timestamp,
    /// What tells those before.
    pub object: Object,
}

/// How the page on which somebody pays stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionStanding {
    /// It can still be paid.
    Open,
    /// It was gone through; whether money came, payments say.
    Complete,
    /// It can't be paid any more, and was not.
    Over,
}

/// How a pledge stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PledgeStanding {
    /// The gateway's name for it.
    pub token: String,
    /// Where it stands.
    pub state: PledgeState,
    /// How much each time.
    pub money: Money,
    /// How often.
    pub frequency: Frequency,
    /// Whether it ends when what was paid for is over.
    pub ending: bool,
    /// Until when it is paid for.
    pub paid_until: Option<Timestamp>,
}

/// Where a pledge stands, as a gateway tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PledgeState {
    /// Its first payment has not come.
    Pending,
    /// It is paid.
    Active,
    /// A payment failed and is tried again.
    PastDue,
    /// It is on hold.
    Paused,
    /// It was ended, by whomever.
    Cancelled,
    /// Its first payment never came.
    Failed,
}

impl PledgeState {
    /// Whether nothing will be charged for it any more.
    #[must_use]
    pub fn is_over(self) -> bool {
        match self {
            Self::Pending | Self::Active | Self::PastDue | Self::Paused => false,
            Self::Cancelled | Self::Failed => true,
        }
    }
}

/// How a payment stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentStanding {
    /// The gateway's name for it: the same from its first sign to its last, so that it is counted once.
    pub token: String,
    /// How much.
    pub money: Money,
    /// What the gateway kept, in the same currency's minor units.
    pub fee: Option<i64>,
    /// What came of it.
    pub state: PaymentState,
    /// How much of it went back, in minor units; `None` where another object tells that.
    pub refunded: Option<i64>,
    /// Whether the bank asked it back.
    pub dispute: Option<Dispute>,
    /// How much of it the bank asked back, in the same minor units, where the gateway says so; else all of it.
    pub disputed: Option<i64>,
    /// What came, in the same minor units, where that is not `money`: too little for a payment that was asked for.
    pub came: Option<i64>,
    /// When it was made.
    pub at: Timestamp,
}

/// Who pays. Sealed before anything of it is written down.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Their address.
    pub address: String,
    /// Their name; may be empty.
    pub name: String,
}

impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(…)")
    }
}
