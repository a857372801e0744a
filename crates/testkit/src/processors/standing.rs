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
    /// The processor's id of the recurring one, and its state in the processor's own word: `active`, `CANCELLED`.
    pub pledge: Option<(String, String)>,
    /// Money that moved, oldest first. What failed is not here.
    pub payments: Vec<Paid>,
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
    /// How much of it went back to the giver on the newsroom's word.
    pub refunded: i64,
    /// `needs_response`, `won`, `lost`; nothing without a dispute. Money is away unless it was won.
    pub disputed: Option<String>,
}

/// What is there of a currency, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Balance {
    /// Payments less refunds and disputes, before fees.
    pub gross: i64,
    /// What the processor kept.
    pub fees: i64,
}
