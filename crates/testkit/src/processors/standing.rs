//! What a processor holds to be true, in plain types, to compare with what a newsroom believes.

use std::collections::BTreeMap;

/// All of it at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Gifts by the id that the newsroom gave them (`client_reference_id`, `custom_id`, `orderId`).
    pub gifts: BTreeMap<String, Gift>,
    /// What was taken and not given back, by ISO 4217 code in capitals.
    pub balance: BTreeMap<String, Balance>,
}

/// A gift, once or recurring.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gift {
    /// The recurring one, once it was agreed to.
    pub pledge: Option<Pledge>,
    /// Money that moved, oldest first. What failed is not here.
    pub payments: Vec<Paid>,
}

/// A recurring gift as its processor has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pledge {
    /// The processor's id.
    pub id: String,
    /// The processor's own word: `active`, `past_due`, `SUSPENDED`, `CANCELLED`.
    pub state: String,
    /// Each time, in minor units.
    pub amount: i64,
    /// ISO 4217, in capitals.
    pub currency: String,
    /// `month`, `year`, in small letters.
    pub interval: String,
    /// Whether nothing is collected now. PayPal says that by its state alone.
    pub paused: bool,
    /// Whether it ends with its present period.
    pub ending: bool,
}

/// Money that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    /// The processor's id: of the charge, the capture, the sale, the invoice.
    pub id: String,
    /// In minor units.
    pub amount: i64,
    /// ISO 4217, in capitals.
    pub currency: String,
    /// What the processor kept of it.
    pub fee: i64,
    /// How much of it went back to the giver on the newsroom's word.
    pub refunded: i64,
    /// `needs_response`, `won`, `lost`; nothing without a dispute. Money is away unless it was won.
    pub disputed: Option<String>,
    /// How much a bank has taken back by that, or holds until it is decided.
    pub taken: i64,
}

impl Paid {
    /// What is left of it with the newsroom, before fees.
    #[must_use]
    pub fn left(&self) -> i64 {
        self.amount - self.refunded - self.taken
    }
}

impl Standing {
    /// What is left of all payments in a currency: the same as the balance before fees, or the fake is wrong.
    #[must_use]
    pub fn left(&self, currency: &str) -> i64 {
        let payments = self.gifts.values().flat_map(|gift| &gift.payments);
        payments.filter(|paid| paid.currency == currency).map(Paid::left).sum()
    }
}

/// What is there of a currency, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Balance {
    /// Payments less refunds and disputes, before fees.
    pub gross: i64,
    /// What the processor kept.
    pub fees: i64,
}
