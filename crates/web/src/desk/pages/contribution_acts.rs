//! What can be done about one contribution: giving payments back, and opening who gave. No name is on this page before it is
//! asked for, and then it is shown once.

use app::support::contributions::{self, Refunded, Revealed, left};
use axum::body::Body;
use http::{Response, StatusCode};
use model::{Contribution, ContributionId, Currency, Money, Payment, PaymentId, PaymentState};
use serde::Serialize;

use crate::desk::{answer::done, ask::Ask, refused::Refused};

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
    currency: &'static str,
}

#[derive(Serialize)]
struct Wrong {
    key: &'static str,
    /// What the gateway says, in its own words.
    said: String,
    /// What can still go back.
    left: String,
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

/// `GET /desk/support/contributions/{id}/acts`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, None, None).await
}

async fn page(ask: &Ask, wrong: Option<Wrong>, revealed: Option<Revealed>) -> Result<Response<Body>, Refused> {
    let id: ContributionId = ask.id("id")?;
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
    let can = gateway.is_some_and(|gateway| gateway.can().refund()) && payment.state == PaymentState::Paid;
    let rest = left(payment);
    let gone = Money::new(payment.refunded, payment.amount.currency);
    Row {
        id: payment.id,
        amount: strings.money(payment.amount),
        month: strings.month_of(payment.month),
        refunded: (gone.minor > 0).then(|| strings.money(gone)),
        left: (can && rest.minor > 0).then(|| rest.decimal()),
        currency: payment.amount.currency.code(),
    }
}

/// `POST /desk/support/contributions/{id}/open`.
pub(in crate::desk) async fn open(ask: Ask) -> Result<Response<Body>, Refused> {
    let revealed = contributions::reveal(ask.newsroom(), ask.staff()?, ask.id("id")?).await?;
    page(&ask, None, Some(revealed)).await
}

/// `POST /desk/support/contributions/{id}/refund`.
pub(in crate::desk) async fn refund(ask: Ask) -> Result<Response<Body>, Refused> {
    let id: ContributionId = ask.id("id")?;
    let form = ask.form();
    let payment = form.read("payment", |text| uuid::Uuid::parse_str(text).ok().map(PaymentId))?;
    let currency = form.read("currency", Currency::parse)?;
    let plain = |key| Wrong { key, said: String::new(), left: String::new() };
    let Ok(money) = Money::parse(form.one("amount"), currency) else {
        return page(&ask, Some(plain("refund-amount-unclear")), None).await;
    };
    let wrong = match contributions::refund(ask.newsroom(), ask.staff()?, payment, money).await? {
        Refunded::Done(_) => return Ok(done(&here(id), "refunded")),
        Refunded::Gone => return Err(Refused::Missing),
        Refunded::TooMuch(rest) => Wrong { left: ask.strings().money(rest), ..plain("refund-too-much") },
        Refunded::Disputed => plain("refund-disputed"),
        Refunded::Cannot => plain("refund-cannot"),
        Refunded::Refused(said) => Wrong { said, ..plain("refund-refused") },
        Refunded::Away => plain("refund-away"),
    };
    page(&ask, Some(wrong), None).await
}
