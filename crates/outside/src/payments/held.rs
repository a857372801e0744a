//! Pledges that a gateway holds, whoever began them: what an import reads. They are listed and looked at, never changed.

use model::ContributionId;
use serde::{Deserialize, Serialize};

use super::{Contact, PledgeStanding};

/// Which pledges are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Which {
    /// Every one of the account.
    All,
    /// Those of a customer, by the gateway's name for them.
    Customer(String),
    /// This one.
    One(String),
}

/// A pledge that the gateway holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The gateway's name for it.
    pub token: String,
    /// The reference that it has from [`super::Start`], if it is one: of this newsroom, or of another that had the account.
    pub contribution: Option<ContributionId>,
    /// Where it stands, or why it can't be one of ours.
    pub pledge: Result<PledgeStanding, Unfit>,
    /// Who pays, where the gateway tells.
    pub contact: Option<Contact>,
}

/// Why something that recurs can't be a pledge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unfit {
    /// It is neither monthly nor annual.
    Interval,
    /// Its currency is not known.
    Currency,
    /// Its amount is not the same each time, or can't be said exactly.
    Amount,
    /// The gateway says something else of it that is not understood.
    Unclear,
}

impl Unfit {
    /// A short name for reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Interval => "interval",
            Self::Currency => "currency",
            Self::Amount => "amount",
            Self::Unclear => "unclear",
        }
    }
}

/// A part of what a gateway holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldPage {
    /// Pledges.
    pub held: Vec<Held>,
    /// Where the next part begins; `None` after the last.
    pub after: Option<String>,
}

impl HeldPage {
    /// One pledge, or none.
    pub(super) fn of(held: Option<Held>) -> Self {
        Self { held: held.into_iter().collect(), after: None }
    }
}
