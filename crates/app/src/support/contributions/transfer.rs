//! Transfers that came to the bank, as staff read them on a statement.
//!
//! What is typed becomes what a gateway would have said of the contribution that the reference names, and goes the same way:
//! a payment with a name of its own (`RF…#2`), the receipt, the state. Nothing is written before whoever types has said that
//! what looks like a mistake is none.
//!
//! One that names no reference, or one that is not known, came all the same: it becomes a payment of no contribution, and nobody
//! gets a receipt for it. Such payments are numbered by month and amount (`without:2026-11:USD:1250#2`).

use jiff::civil;
use model::{
    Contribution, Frequency, GatewayName, Money, Month, Payment, PaymentId, PaymentState, Role, Staff, Timestamp,
};
use outside::payments::{PaymentStanding, PledgeStanding, PledgeState, SessionStanding, Standing, bank::Reference};
use serde_json::json;
use store::Tx;

use super::{
    look::{Looked, look_in_tx},
    this_month,
};
use crate::{Newsroom, error::Error, staff::Denial, support::stop};

/// Months back for which a transfer can be written down: books are closed by then.
const BACK_MONTHS: i64 = 24;

/// A transfer as it stands on a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// The reference, as somebody typed it or a bank printed it.
    pub reference: String,
    /// Whether it counts though it has none, or none that is known here.
    pub without: bool,
    /// How much came.
    pub money: Money,
    /// In which month.
    pub month: Month,
    /// Where it counts though it is not what was announced, or was written down before: how many payments of its
    /// reference, or like it without one, were known to whoever says so. Said once, it counts once.
    pub anyway: Option<usize>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// It is written down.
    Done(Payment),
    /// There is no reference.
    Unnamed,
    /// The check digits don't fit: something of it was misread.
    Misread,
    /// The reference is good, and none of the newsroom's, or of somebody who was erased since.
    Unknown,
    /// Nothing came, or nothing can have come in that month.
    Impossible,
    /// Something else was announced.
    Differs {
        /// What was.
        announced: Money,
        /// Payments of the reference that are known.
        known: usize,
    },
    /// The same was written down for the same month.
    Twice {
        /// Payments of the reference that are known.
        known: usize,
    },
    /// As much was written down for the same month, without a reference.
    TwiceWithout {
        /// Such payments that are known.
        known: usize,
    },
    /// The giver left an address, and the keys to it are away.
    Closed,
}

/// Writes a transfer down.
///
/// # Errors
/// [`Denial::Role`] for anybody but publishers.
pub async fn receive(newsroom: &Newsroom, staff: &Staff, transfer: &Transfer) -> Result<Received, Error> {
    if staff.role < Role::Publisher || !staff.active {
        return Err(Denial::Role.into());
    }
    let reference = Reference::parse(&transfer.reference);
    if reference.is_none() && !transfer.without {
        return Ok(if transfer.reference.trim().is_empty() { Received::Unnamed } else { Received::Misread });
    }
    let now = this_month(newsroom).0;
    if transfer.money.minor <= 0 || !(now - BACK_MONTHS..=now).contains(&transfer.month.0) {
        return Ok(Received::Impossible);
    }
    let mut tx = newsroom.store().begin().await?;
    match whose(&mut tx, reference.as_ref()).await? {
        Some((of, reference)) => receive_of(newsroom, tx, staff, transfer, &of, reference).await,
        None if transfer.without => receive_without(newsroom, tx, staff, transfer).await,
        None => Ok(Received::Unknown),
    }
}

/// The contribution that a reference names.
async fn whose<'a>(
    tx: &mut Tx,
    reference: Option<&'a Reference>,
) -> Result<Option<(Contribution, &'a Reference)>, Error> {
    let Some(reference) = reference else { return Ok(None) };
    let found = store::contribution_by_session(tx, GatewayName::Bank, reference.as_str()).await?;
    let Some(found) = found else { return Ok(None) };
    Ok(store::contribution_lock(tx, found.id).await?.map(|of| (of, reference)))
}

/// Writes one down that names a contribution.
async fn receive_of(
    newsroom: &Newsroom,
    mut tx: Tx,
    staff: &Staff,
    transfer: &Transfer,
    of: &Contribution,
    reference: &Reference,
) -> Result<Received, Error> {
    let known = store::payment_of(&mut tx, of.id).await?;
    if transfer.anyway != Some(known.len()) {
        if known.iter().any(|one| is_same(one, transfer)) {
            return Ok(Received::Twice { known: known.len() });
        }
        if transfer.money != of.amount {
            return Ok(Received::Differs { announced: of.amount, known: known.len() });
        }
    }
    // Erased givers' payments are let go, and their references with them: those that are left are counted.
    let token = format!("{}#{}", reference.as_str(), known.len() + 1);
    let said = standing(of, transfer, &token, reference.as_str());
    match look_in_tx(newsroom, &mut tx, GatewayName::Bank, &said).await? {
        Looked::Done | Looked::Known => {}
        Looked::Closed => return Ok(Received::Closed),
        Looked::NotOurs | Looked::Early => return Ok(Received::Unknown),
    }
    let Some(payment) = store::payment_by_token(&mut tx, GatewayName::Bank, &token).await? else {
        return Ok(Received::Unknown);
    };
    finish(newsroom, tx, staff, payment, "payment.transfer").await
}

/// Writes one down that names none.
async fn receive_without(
    newsroom: &Newsroom,
    mut tx: Tx,
    staff: &Staff,
    transfer: &Transfer,
) -> Result<Received, Error> {
    let Transfer { money, month, .. } = *transfer;
    let token = |number: usize| format!("without:{month}:{}:{}#{number}", money.currency.code(), money.minor);
    let mut known = 0;
    while store::payment_by_token(&mut tx, GatewayName::Bank, &token(known + 1)).await?.is_some() {
        known += 1;
    }
    if known > 0 && transfer.anyway != Some(known) {
        return Ok(Received::TwiceWithout { known });
    }
    let payment = Payment {
        id: PaymentId::new(newsroom.chance()),
        contribution: None,
        gateway: GatewayName::Bank,
        token: token(known + 1),
        frequency: Frequency::Once,
        variant: None,
        amount: money,
        fee: None,
        state: PaymentState::Paid,
        refunded: 0,
        dispute: None,
        disputed: 0,
        came: None,
        late: stop::is_late(&mut tx, GatewayName::Bank, begins(month)).await?,
        month,
    };
    store::payment_put(&mut tx, &payment).await?;
    // Where somebody else pressed at the same moment, there is one row, and it is theirs.
    match store::payment_by_token(&mut tx, GatewayName::Bank, &payment.token).await? {
        Some(put) if put.id == payment.id => finish(newsroom, tx, staff, put, "payment.transfer-without").await,
        Some(_) | None => Ok(Received::TwiceWithout { known: known + 1 }),
    }
}

fn is_same(payment: &Payment, transfer: &Transfer) -> bool {
    payment.amount == transfer.money && payment.month == transfer.month && payment.state == PaymentState::Paid
}

/// What a gateway would say.
fn standing(of: &Contribution, transfer: &Transfer, token: &str, reference: &str) -> Standing {
    let at = begins(transfer.month);
    let payment = PaymentStanding {
        token: token.to_owned(),
        money: transfer.money,
        fee: None,
        state: PaymentState::Paid,
        refunded: Some(0),
        dispute: None,
        disputed: None,
        came: None,
        at,
    };
    // A standing order is a pledge that runs for as long as its transfers come.
    let pledge = of.frequency.months().map(|months| PledgeStanding {
        token: of.token.clone().unwrap_or_else(|| reference.to_owned()),
        state: PledgeState::Active,
        money: of.amount,
        frequency: of.frequency,
        ending: of.ending,
        paid_until: Some(begins(Month(transfer.month.0 + months).max(of.paid_until.unwrap_or(transfer.month)))),
    });
    Standing {
        contribution: Some(of.id),
        session: Some(SessionStanding::Complete),
        pledge,
        payments: vec![payment],
        ..Standing::default()
    }
}

/// When a month begins.
fn begins(month: Month) -> Timestamp {
    let (year, number) = month.year_and_number();
    let date = i16::try_from(year).ok().zip(i8::try_from(number).ok());
    let date = date.and_then(|(year, number)| civil::Date::new(year, number, 1).ok());
    let at = date.and_then(|date| jiff::tz::TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok());
    at.map_or(Timestamp::from_millis(0), Timestamp::from)
}

async fn finish(
    newsroom: &Newsroom,
    mut tx: Tx,
    staff: &Staff,
    payment: Payment,
    deed: &'static str,
) -> Result<Received, Error> {
    let detail = json!({ "amount": payment.amount.to_string(), "month": payment.month.to_string() }).to_string();
    let now = newsroom.clock().now();
    store::audit_append(&mut tx, now, staff.handle.as_str(), deed, Some(payment.id.0), &detail).await?;
    tx.commit().await?;
    newsroom.wake_outbox();
    Ok(Received::Done(payment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_within_itself() {
        for text in ["1970-01", "2025-07", "2026-12", "9999-12"] {
            let month = Month::parse(text).unwrap();
            assert_eq!(Month::of(begins(month)), month, "{text}");
            assert!(text == "1970-01" || Month::of(begins(month).plus_millis(-1)) < month, "{text}");
        }
    }
}
