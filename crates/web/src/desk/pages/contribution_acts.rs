//! What can be done about one contribution: giving payments back, and opening who gave. No name is on this page before it is
//! asked for, and then it is shown once.

use app::{
    Error,
    support::contributions::{self, Refund, Refunded, Revealed, left},
};
use axum::body::Body;
use http::{Response, StatusCode};
use model::{Contribution, ContributionId, Currency, Money, Payment, PaymentId, PaymentState};
use serde::Serialize;

use crate::desk::{
    answer::done,
    ask::Ask,
    refused::{Refused, Why},
};

#[derive(Serialize)]
struct Page {
    id: ContributionId,
    amount: String,
    frequency: &'static str,
    month: String,
    /// Whether something sealed is kept of who gave.
    sealed: bool,
    payments: Vec<Row>,
    wrong: Option<Wrong>,
    revealed: Option<Shown>,
}

#[derive(Serialize)]
struct Row {
    id: PaymentId,
    amount: String,
    month: String,
    refunded: Option<String>,
    /// What is left of it, as it can be typed; nothing where nothing can go back from here.
    left: Option<String>,
    /// Whether it goes back by hand and is written down here.
    by_hand: bool,
    /// How much of it has gone back, in minor units: the form says so again.
    seen: i64,
    currency: &'static str,
}

#[derive(Default, Serialize)]
struct Wrong {
    key: &'static str,
    why: Option<Why>,
    /// What the gateway says, in its own words.
    said: String,
    /// What can still go back.
    left: String,
    /// What went back.
    gone: String,
}

#[derive(Serialize)]
struct Shown {
    address: String,
    name: String,
    message: String,
}

/// Where the acts of a contribution are.
fn here(id: ContributionId) -> String {
    format!("/desk/support/contributions/{id}/acts")
}

/// Which contribution.
fn asked(ask: &Ask) -> Result<ContributionId, Refused> {
    uuid::Uuid::parse_str(ask.param("id")).map(ContributionId).map_err(|_| Refused::Missing)
}

/// `GET /desk/support/contributions/{id}/acts`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, None, None).await
}

async fn page(ask: &Ask, wrong: Option<Wrong>, revealed: Option<Revealed>) -> Result<Response<Body>, Refused> {
    let id = asked(ask)?;
    let (of, payments) = contributions::one(ask.newsroom(), ask.staff()?, id).await?.ok_or(Refused::Missing)?;
    let Contribution { amount, frequency, month, contact, message, .. } = of;
    let is_wrong = wrong.is_some();
    let page = Page {
        id,
        amount: ask.strings().money(amount),
        frequency: frequency.as_str(),
        month: ask.strings().month_of(month),
        sealed: contact.is_some() || message.is_some(),
        payments: payments.iter().map(|payment| row(ask, payment)).collect(),
        wrong,
        revealed: revealed.map(|who| Shown {
            address: who.address.to_string(),
            name: who.name.to_string(),
            message: who.message.to_string(),
        }),
    };
    let mut response = ask.render("contribution_acts.html", "support", page)?;
    if is_wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn row(ask: &Ask, payment: &Payment) -> Row {
    let strings = ask.strings();
    let gateway = ask.newsroom().gateways().get(payment.gateway);
    let by_hand = contributions::by_hand(payment.gateway);
    let can = by_hand || gateway.is_some_and(|gateway| gateway.can().refund());
    let can = can && payment.state == PaymentState::Paid;
    let rest = left(payment);
    let gone = Money::new(payment.refunded, payment.amount.currency);
    Row {
        id: payment.id,
        amount: strings.money(payment.amount),
        month: strings.month_of(payment.month),
        refunded: (gone.minor > 0).then(|| strings.money(gone)),
        left: (can && rest.minor > 0).then(|| rest.decimal()),
        by_hand,
        seen: payment.refunded,
        currency: payment.amount.currency.code(),
    }
}

/// `POST /desk/support/contributions/{id}/open`.
pub(in crate::desk) async fn open(ask: Ask) -> Result<Response<Body>, Refused> {
    match contributions::reveal(ask.newsroom(), ask.staff()?, asked(&ask)?).await {
        Ok(revealed) => page(&ask, None, Some(revealed)).await,
        Err(error @ (Error::Closed(_) | Error::Refused(_))) => {
            let why = Why::of(&ask, &error);
            page(&ask, Some(Wrong { key: "contribution-sealed", why, ..Wrong::default() }), None).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/support/contributions/{id}/refund`.
pub(in crate::desk) async fn refund(ask: Ask) -> Result<Response<Body>, Refused> {
    let id = asked(&ask)?;
    let form = ask.form();
    let payment = form.read("payment", |text| uuid::Uuid::parse_str(text).ok().map(PaymentId))?;
    let currency = form.read("currency", Currency::parse)?;
    let seen = form.read("seen", |text| text.parse().ok())?;
    let plain = |key| Wrong { key, ..Wrong::default() };
    let Ok(money) = Money::parse(form.one("amount"), currency) else {
        return page(&ask, Some(plain("refund-amount-unclear")), None).await;
    };
    let wrong = match contributions::refund(ask.newsroom(), ask.staff()?, Refund { payment, money, seen }).await? {
        Refunded::Done(payment) => {
            let said = if contributions::by_hand(payment.gateway) { "paid-back" } else { "refunded" };
            return Ok(done(&here(id), said));
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
    page(&ask, Some(wrong), None).await
}
