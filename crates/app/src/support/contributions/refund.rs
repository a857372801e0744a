//! Giving a payment back, whole or in part.
//!
//! Whoever asks says how much of the payment had gone back when they looked at it, and the gateway is asked under a key made of
//! that: pressed twice, or again after an answer was lost, it goes back once. What the gateway says afterwards is what counts. It
//! stands in the log before the gateway is asked, so that nothing goes back of which the log knows nothing.
//!
//! A gateway may answer a key with the failure that it remembers under it. Then it is looked anew whether anything went back, which
//! can't change any more under that key, and only if nothing did it is asked under the next.
//!
//! What a gateway can't give back somebody sends back by hand, from the newsroom's bank or purse. Here it is only written down.

use std::time::Duration;

use model::{Dispute, GatewayName, Money, Payment, PaymentId, PaymentState, Role, Staff};
use outside::payments::{GatewayError, payment_objects};
use serde_json::json;

use super::work::look_now;
use crate::{Newsroom, error::Error, staff::Denial};

/// The longest that somebody waits for a gateway.
const PATIENCE: Duration = Duration::from_secs(20);
/// Keys under which a gateway is asked at most.
const KEYS_MOST: usize = 5;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refunded {
    /// The gateway took it on; the payment as it stands now.
    Done(Payment),
    /// There is no such payment, or it never came.
    Gone,
    /// Some of it went back since whoever asks looked at it; the payment as it stands now.
    Meanwhile(Payment),
    /// More than is left of it, or nothing.
    TooMuch(Money),
    /// The giver's bank has asked it back already: it must not go back twice.
    Disputed,
    /// Its gateway can't give back, or is not set up: it is done there by hand.
    Cannot,
    /// The gateway says no: its words.
    Refused(String),
    /// The gateway is not to be reached. Whether it was done shows when it is asked again: the same again does it once.
    Away,
}

/// What can still go back of a payment.
#[must_use]
pub fn left(payment: &Payment) -> Money {
    Money::new(payment.amount.minor - payment.refunded, payment.amount.currency)
}

/// What is to go back of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refund {
    /// Which payment.
    pub payment: PaymentId,
    /// So much of it.
    pub money: Money,
    /// How much of it had gone back when whoever asks looked at it, in minor units.
    pub seen: i64,
}

impl Refund {
    /// Why it can't be done with a payment as it stands, or nothing.
    fn wrong(&self, payment: &Payment) -> Option<Refunded> {
        let rest = left(payment);
        if payment.refunded != self.seen {
            Some(Refunded::Meanwhile(payment.clone()))
        } else if self.money.currency != rest.currency || !(1..=rest.minor).contains(&self.money.minor) {
            Some(Refunded::TooMuch(rest))
        } else {
            None
        }
    }
}

/// Gives so much of a payment back.
///
/// # Errors
/// [`Denial::Role`] for anybody but publishers.
pub async fn refund(newsroom: &Newsroom, staff: &Staff, ask: Refund) -> Result<Refunded, Error> {
    let Refund { payment: id, money, .. } = ask;
    if staff.role < Role::Publisher || !staff.active {
        return Err(Denial::Role.into());
    }
    let Some(known) = paid(newsroom, id).await? else { return Ok(Refunded::Gone) };
    if by_hand(known.gateway) {
        return written_down(newsroom, staff, ask).await;
    }
    let gateway = newsroom.gateways().get(known.gateway).filter(|gateway| gateway.can().refund());
    let Some(gateway) = gateway else { return Ok(Refunded::Cannot) };
    let payment = match standing(newsroom, &ask, &known).await? {
        Ok(payment) => payment,
        Err(refunded) => return Ok(refunded),
    };
    noted(newsroom, staff, id, money).await?;
    let first = format!("refund-{id}-{}-{}", ask.seen, money.minor);
    for number in 1..=KEYS_MOST {
        let key = if number == 1 { first.clone() } else { format!("{first}-{number}") };
        match tokio::time::timeout(PATIENCE, gateway.refund(&payment.token, money, &key)).await {
            Ok(Ok(())) => {
                look_now(newsroom, payment.gateway, &payment_objects(payment.gateway, &payment.token)).await?;
                return Ok(paid(newsroom, id).await?.map_or(Refunded::Gone, Refunded::Done));
            }
            Ok(Err(GatewayError::Spent { .. })) => {
                if let Err(refunded) = standing(newsroom, &ask, &payment).await? {
                    return Ok(refunded);
                }
            }
            Ok(Err(error)) if !error.may_pass() => return Ok(Refunded::Refused(error.to_string())),
            Ok(Err(_)) | Err(_) => return Ok(Refunded::Away),
        }
    }
    Ok(Refunded::Away)
}

/// A payment as its gateway says that it stands, or why nothing of it can go back. An answer that was lost, or what was given back in
/// the gateway's own dashboard, is found before more goes back.
async fn standing(newsroom: &Newsroom, ask: &Refund, known: &Payment) -> Result<Result<Payment, Refunded>, Error> {
    look_now(newsroom, known.gateway, &payment_objects(known.gateway, &known.token)).await?;
    let Some(payment) = paid(newsroom, ask.payment).await? else { return Ok(Err(Refunded::Gone)) };
    if let Some(wrong) = ask.wrong(&payment) {
        return Ok(Err(wrong));
    }
    if matches!(payment.dispute, Some(Dispute::Open | Dispute::Lost)) {
        return Ok(Err(Refunded::Disputed));
    }
    Ok(Ok(payment))
}

/// Whether money of a gateway goes back by hand, and is written down here.
#[must_use]
pub fn by_hand(gateway: GatewayName) -> bool {
    match gateway {
        GatewayName::Bank | GatewayName::Btcpay => true,
        GatewayName::Stripe | GatewayName::Paypal | GatewayName::Sandbox => false,
    }
}

/// Writes down what was sent back, with the deed in the log.
async fn written_down(newsroom: &Newsroom, staff: &Staff, ask: Refund) -> Result<Refunded, Error> {
    let Refund { payment: id, money, .. } = ask;
    let mut tx = newsroom.store().begin().await?;
    let Some(known) = store::payment_by_id(&mut tx, id).await? else { return Ok(Refunded::Gone) };
    // Whoever looks at the contribution writes its payments as they were read under its lock, which comes first there, too.
    if let Some(of) = known.contribution {
        store::contribution_lock(&mut tx, of).await?;
    }
    let Some(payment) = store::payment_lock(&mut tx, id).await? else { return Ok(Refunded::Gone) };
    if let Some(wrong) = ask.wrong(&payment) {
        return Ok(wrong);
    }
    let payment = Payment { refunded: payment.refunded + money.minor, ..payment };
    store::payment_put(&mut tx, &payment).await?;
    let detail = json!({ "amount": money.to_string() }).to_string();
    let now = newsroom.clock().now();
    store::audit_append(&mut tx, now, staff.handle.as_str(), "payment.paid-back", Some(id.0), &detail).await?;
    tx.commit().await?;
    Ok(Refunded::Done(payment))
}

/// A payment that came.
async fn paid(newsroom: &Newsroom, id: PaymentId) -> Result<Option<Payment>, Error> {
    let mut tx = newsroom.store().read().await?;
    Ok(store::payment_by_id(&mut tx, id).await?.filter(|payment| payment.state == PaymentState::Paid))
}

async fn noted(newsroom: &Newsroom, staff: &Staff, id: PaymentId, money: Money) -> Result<(), Error> {
    let detail = json!({ "amount": money.to_string() }).to_string();
    let mut tx = newsroom.store().begin().await?;
    let now = newsroom.clock().now();
    store::audit_append(&mut tx, now, staff.handle.as_str(), "payment.refund", Some(id.0), &detail).await?;
    Ok(tx.commit().await?)
}
