//! One payment, and giving it back, whole or in part. It is found by its own id, so that this can be done too when nobody knows
//! any more whose it is.

use app::support::{
    contributions::{self, Refund, Refunded, left},
    ledger,
};
use axum::body::Body;
use http::{Response, StatusCode};
use model::{Currency, Money, Payment, PaymentId, PaymentState};
use serde::Serialize;

use super::payments;
use crate::desk::{answer::done, ask::Ask, refused::Refused};

#[derive(Serialize)]
struct Page {
    row: payments::Row,
    giving_back: GivingBack,
    wrong: Option<Wrong>,
}

/// What can go back of a payment from here.
#[derive(Serialize)]
pub(super) struct GivingBack {
    /// What is left of it, as it can be typed; nothing where nothing can go back from here.
    left: Option<String>,
    /// Whether it goes back by hand and is written down here.
    by_hand: bool,
    /// How much of it has gone back, in minor units: the form says so again.
    seen: i64,
    currency: &'static str,
}

impl GivingBack {
    pub(super) fn of(ask: &Ask, payment: &Payment) -> Self {
        let gateway = ask.newsroom().gateways().get(payment.gateway);
        let by_hand = contributions::by_hand(payment.gateway);
        let can = by_hand || gateway.is_some_and(|gateway| gateway.can().refund());
        let can = can && payment.state == PaymentState::Paid;
        let rest = left(payment);
        Self {
            left: (can && rest.minor > 0).then(|| rest.decimal()),
            by_hand,
            seen: payment.refunded,
            currency: payment.amount.currency.code(),
        }
    }
}

#[derive(Default, Serialize)]
struct Wrong {
    key: &'static str,
    /// What the gateway says, in its own words.
    said: String,
    /// What can still go back.
    left: String,
    /// What went back.
    gone: String,
}

/// Where a payment is.
fn here(id: PaymentId) -> String {
    format!("/desk/support/payments/{id}")
}

/// Which payment.
fn asked(ask: &Ask) -> Result<PaymentId, Refused> {
    uuid::Uuid::parse_str(ask.param("id")).map(PaymentId).map_err(|_| Refused::Missing)
}

/// `GET /desk/support/payments/{id}`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, None).await
}

async fn page(ask: &Ask, wrong: Option<Wrong>) -> Result<Response<Body>, Refused> {
    let payment = ledger::payment(ask.newsroom(), ask.staff()?, asked(ask)?).await?;
    let is_wrong = wrong.is_some();
    let page = Page { row: payments::row(ask, &payment), giving_back: GivingBack::of(ask, &payment), wrong };
    let mut response = ask.render("payment.html", "support", page)?;
    if is_wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// `POST /desk/support/payments/{id}/refund`.
pub(in crate::desk) async fn refund(ask: Ask) -> Result<Response<Body>, Refused> {
    let payment = asked(&ask)?;
    let form = ask.form();
    let currency = form.read("currency", Currency::parse)?;
    let seen = form.read("seen", |text| text.parse().ok())?;
    let plain = |key| Wrong { key, ..Wrong::default() };
    let Ok(money) = Money::parse(form.one("amount"), currency) else {
        return page(&ask, Some(plain("refund-amount-unclear"))).await;
    };
    let wrong = match contributions::refund(ask.newsroom(), ask.staff()?, Refund { payment, money, seen }).await? {
        Refunded::Done(payment) => {
            let said = if contributions::by_hand(payment.gateway) { "paid-back" } else { "refunded" };
            return Ok(done(&here(payment.id), said));
        }
        Refunded::Meanwhile(payment) => {
            let gone = Money::new(payment.refunded, payment.amount.currency);
            Wrong { gone: ask.strings().money(gone), ..plain("refund-meanwhile") }
        }
        Refunded::Gone => return Err(Refused::Missing),
        Refunded::TooMuch(rest) => Wrong { left: ask.strings().money(rest), ..plain("refund-too-much") },
        Refunded::Disputed => plain("refund-disputed"),
        Refunded::Cannot => plain("refund-cannot"),
        Refunded::Refused(said) => Wrong { said, ..plain("refund-refused") },
        Refunded::Away => plain("refund-away"),
    };
    page(&ask, Some(wrong)).await
}
