//! Contributions: a gift once, or a pledge monthly or annually; payments are the money that moved. Nothing here names
//! anybody, and nothing tells what somebody read.

use serde::{Deserialize, Serialize};

use crate::{ContributionId, Language, Lookup, Money, PaymentId, Sealed, Timestamp, VariantId};

/// Whole months since January 1970 (UTC): as exact as times of contributors are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Month(pub i64);

impl Month {
    /// The month that a moment is in (UTC).
    #[must_use]
    pub fn of(at: Timestamp) -> Self {
        let date = at.date_in(&jiff::tz::TimeZone::UTC);
        Self((i64::from(date.year()) - 1970) * 12 + i64::from(date.month()) - 1)
    }

    /// Its year, and its number in it from 1.
    #[must_use]
    pub fn year_and_number(self) -> (i64, i64) {
        (1970 + self.0.div_euclid(12), self.0.rem_euclid(12) + 1)
    }

    /// From `2026-11`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, number) = text.split_once('-')?;
        let (year, number): (i64, i64) = (year.parse().ok()?, number.parse().ok()?);
        ((1970..=9999).contains(&year) && (1..=12).contains(&number)).then_some(Self((year - 1970) * 12 + number - 1))
    }
}

impl std::fmt::Display for Month {
    /// `2026-11`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, number) = self.year_and_number();
        write!(f, "{year:04}-{number:02}")
    }
}

/// A closed set of names, as they are in the database and in forms.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$each])* #[serde(rename = $text)] $variant),*
        }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in the database and in forms.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text),*
                }
            }

            /// From the name in the database.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == text)
            }
        }
    };
}

named! {
    /// How often somebody gives.
    Frequency {
        /// One gift.
        Once = "once",
        /// A pledge, paid each month.
        Monthly = "monthly",
        /// A pledge, paid each year.
        Annual = "annual",
    }
}

impl Frequency {
    /// Whether it goes on.
    #[must_use]
    pub fn is_pledge(self) -> bool {
        match self {
            Self::Once => false,
            Self::Monthly | Self::Annual => true,
        }
    }

    /// Months from one payment to the next; `None` for one gift.
    #[must_use]
    pub fn months(self) -> Option<i64> {
        match self {
            Self::Once => None,
            Self::Monthly => Some(1),
            Self::Annual => Some(12),
        }
    }
}

named! {
    /// Who moves the money.
    GatewayName {
        /// Stripe: cards, wallets, debits.
        Stripe = "stripe",
        /// PayPal.
        Paypal = "paypal",
        /// A BTCPay Server: bitcoin.
        Btcpay = "btcpay",
        /// A bank transfer that names a reference.
        Bank = "bank",
        /// No money: for trying out.
        Sandbox = "sandbox",
    }
}

named! {
    /// Where a contribution stands. What its gateway says is what counts.
    ContributionState {
        /// The form was sent, and nothing more is known.
        Started = "started",
        /// The gateway waits for the money: a transfer, a debit, a block.
        Pending = "pending",
        /// One gift, and it is here.
        Paid = "paid",
        /// A pledge that is being paid.
        Active = "active",
        /// A pledge whose last payment failed and is tried again.
        PastDue = "past_due",
        /// A pledge that its giver or the newsroom has put on hold.
        Paused = "paused",
        /// A pledge that was ended.
        Cancelled = "cancelled",
        /// It was never paid, and can't be any more.
        Failed = "failed",
    }
}

impl ContributionState {
    /// Whether a gateway may still say something else of it without anybody's doing.
    #[must_use]
    pub fn is_open(self) -> bool {
        match self {
            Self::Started | Self::Pending | Self::Active | Self::PastDue | Self::Paused => true,
            Self::Paid | Self::Cancelled | Self::Failed => false,
        }
    }

    /// Whether it is a pledge that its giver can change.
    #[must_use]
    pub fn runs(self) -> bool {
        match self {
            Self::Active | Self::PastDue | Self::Paused => true,
            Self::Started | Self::Pending | Self::Paid | Self::Cancelled | Self::Failed => false,
        }
    }
}

/// A gift or a pledge. Whose, only its sealed fields say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// Random: it doesn't tell when somebody gave. The gateway gets it as its own reference.
    pub id: ContributionId,
    /// Who moves the money.
    pub gateway: GatewayName,
    /// How often.
    pub frequency: Frequency,
    /// How much each time, what covers the gateway's fee among it.
    pub amount: Money,
    /// How much of it, in minor units, was added to cover the fee.
    pub cover: i64,
    /// Where it stands.
    pub state: ContributionState,
    /// Whether a pledge ends when what was paid for is over.
    pub ending: bool,
    /// The month in which it began.
    pub month: Month,
    /// The month until which a pledge is paid for.
    pub paid_until: Option<Month>,
    /// The gateway's name for the page on which it was to be paid.
    pub session: Option<String>,
    /// The gateway's name for the pledge itself.
    pub token: Option<String>,
    /// The language of what is written to the giver.
    pub language: Language,
    /// The variant of the appeal that brought it.
    pub variant: Option<VariantId>,
    /// What the giver agreed to: the version of the Privacy Policy page.
    pub policy: String,
    /// What the giver is found by, where they gave an address.
    pub lookup: Option<Lookup>,
    /// Their address and name, sealed for this row.
    pub contact: Option<Sealed>,
    /// What they wanted to say, sealed for this row.
    pub message: Option<Sealed>,
    /// Whether its giver was erased: nothing of them is taken in again, whatever the gateway tells.
    pub erased: bool,
}

named! {
    /// What came of a payment.
    PaymentState {
        /// It is on its way.
        Pending = "pending",
        /// The money moved.
        Paid = "paid",
        /// It did not.
        Failed = "failed",
    }
}

named! {
    /// A payment that the giver's bank asked back.
    Dispute {
        /// Nobody has decided yet.
        Open = "open",
        /// The money stays.
        Won = "won",
        /// The money went back.
        Lost = "lost",
    }
}

/// Money that moved, or was to move. One for each charge of the gateway, whatever is told of it how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Which.
    pub id: PaymentId,
    /// Whose; `None` when its giver was erased.
    pub contribution: Option<ContributionId>,
    /// Who moved it.
    pub gateway: GatewayName,
    /// The gateway's name for it; unique with `gateway`.
    pub token: String,
    /// How often it was given when it was made.
    pub frequency: Frequency,
    /// The variant of the appeal that brought it.
    pub variant: Option<VariantId>,
    /// How much.
    pub amount: Money,
    /// What the gateway kept of it, in the same minor units, where it says so.
    pub fee: Option<i64>,
    /// What came of it.
    pub state: PaymentState,
    /// How much of it went back, in minor units.
    pub refunded: i64,
    /// Whether the bank asked it back.
    pub dispute: Option<Dispute>,
    /// How much of it, in minor units; it counts while the dispute is not won.
    pub disputed: i64,
    /// What came, in minor units, where too little came for it to be paid: the newsroom has it, and no sum counts it. Zero where it
    /// had been paid and all of it went back, such as a debit that bounced.
    pub came: Option<i64>,
    /// Whether it came after everything was stopped.
    pub late: bool,
    /// The month in which it was made.
    pub month: Month,
}

impl Payment {
    /// What stays of it before fees, in minor units: nothing of what never came, was given back or asked back. While a dispute is
    /// open, gateways hold what it is about.
    #[must_use]
    pub fn kept(&self) -> i64 {
        match (self.state, self.dispute) {
            (PaymentState::Pending | PaymentState::Failed, _) => 0,
            (PaymentState::Paid, Some(Dispute::Open | Dispute::Lost)) => {
                (self.amount.minor - self.refunded - self.disputed).max(0)
            }
            (PaymentState::Paid, None | Some(Dispute::Won)) => self.amount.minor - self.refunded,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_written_as_it_is_read() {
        let at = Timestamp::parse("2026-11-30T23:59:59Z").unwrap();
        let month = Month::of(at);
        assert_eq!(month.to_string(), "2026-11");
        assert_eq!(Month::parse("2026-11"), Some(month));
        assert_eq!(Month::of(at.plus_millis(1_000)), Month(month.0 + 1));
        for none in ["2026-13", "2026-00", "2026", "nov", "1969-12"] {
            assert_eq!(Month::parse(none), None, "{none}");
        }
    }

    #[test]
    fn names_in_the_database_are_read_back() {
        for state in ContributionState::ALL {
            assert_eq!(ContributionState::parse(state.as_str()), Some(*state));
            assert!(!state.runs() || state.is_open(), "{state:?}");
        }
        for gateway in GatewayName::ALL {
            assert_eq!(GatewayName::parse(gateway.as_str()), Some(*gateway));
        }
    }
}
