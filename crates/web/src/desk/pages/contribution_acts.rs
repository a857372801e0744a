//! What can be done about one contribution: opening who gave, and the way to giving its payments back. No name is on this page
//! before it is asked for, and then it is shown once.

use app::{
    Error,
    support::contributions::{self, Revealed},
};
use axum::body::Body;
use http::{Response, StatusCode};
use model::{Contribution, ContributionId, Money, Payment, PaymentId};
use serde::Serialize;

use super::payment::GivingBack;
use crate::desk::{
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
    giving_back: GivingBack,
}

#[derive(Serialize)]
struct Wrong {
    key: &'static str,
    why: Option<Why>,
}

#[derive(Serialize)]
struct Shown {
    address: String,
    name: String,
    message: String,
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
    let gone = Money::new(payment.refunded, payment.amount.currency);
    Row {
        id: payment.id,
        amount: strings.money(payment.amount),
        month: strings.month_of(payment.month),
        refunded: (gone.minor > 0).then(|| strings.money(gone)),
        giving_back: GivingBack::of(ask, payment),
    }
}

/// `POST /desk/support/contributions/{id}/open`.
pub(in crate::desk) async fn open(ask: Ask) -> Result<Response<Body>, Refused> {
    match contributions::reveal(ask.newsroom(), ask.staff()?, asked(&ask)?).await {
        Ok(revealed) => page(&ask, None, Some(revealed)).await,
        Err(error @ (Error::Closed(_) | Error::Refused(_))) => {
            let why = Why::of(&ask, &error);
            page(&ask, Some(Wrong { key: "contribution-sealed", why }), None).await
        }
        Err(error) => Err(error.into()),
    }
}
