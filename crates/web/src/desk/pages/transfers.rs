//! Transfers that came to the bank: typed in from a statement. What looks like a mistake is asked about before it counts.

use app::support::{
    self,
    contributions::{self, Received, Transfer},
};
use axum::body::Body;
use http::{Response, StatusCode};
use model::{AmountError, Currency, Money, Month};
use serde::Serialize;

use crate::desk::{answer::done, ask::Ask, form::Form, refused::Refused};

/// This page.
const HERE: &str = "/desk/support/transfers";

#[derive(Serialize)]
struct Page {
    currencies: Vec<&'static str>,
    reference: String,
    amount: String,
    currency: String,
    month: String,
    /// The key of what is wrong.
    wrong: Option<&'static str>,
    /// What the sentence about it names.
    announced: String,
    /// Whether it can be written down all the same.
    anyway: bool,
}

/// `GET /desk/support/transfers`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, &Form::default(), None).await
}

/// What is wrong, with the amount that was announced where another one came.
type Wrong = (&'static str, Option<Money>);

async fn page(ask: &Ask, form: &Form, wrong: Option<Wrong>) -> Result<Response<Body>, Refused> {
    let newsroom = ask.newsroom();
    let settings = support::settings(&mut newsroom.store().read().await.map_err(app::Error::from)?).await?;
    let mut currencies: Vec<&'static str> = settings.offers.iter().map(|offer| offer.currency.code()).collect();
    let typed = Currency::parse(form.one("currency")).map(Currency::code);
    currencies.extend(typed.filter(|code| !currencies.contains(code)));
    let this_month = Month::of(newsroom.clock().now()).to_string();
    let page = Page {
        currency: typed.or(currencies.first().copied()).unwrap_or_default().to_owned(),
        currencies,
        reference: form.one("reference").to_owned(),
        amount: form.one("amount").to_owned(),
        month: form.some("month").map_or(this_month, str::to_owned),
        announced: wrong.and_then(|(_, money)| money).map(|money| ask.strings().money(money)).unwrap_or_default(),
        anyway: wrong.is_some_and(|(key, _)| matches!(key, "transfer-differs" | "transfer-twice")),
        wrong: wrong.map(|(key, _)| key),
    };
    let mut response = ask.render("transfers.html", "support", page)?;
    if wrong.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// What was typed, or what of it can't be used.
fn read(form: &Form) -> Result<Transfer, &'static str> {
    let currency = Currency::parse(form.one("currency")).ok_or("transfer-no-currency")?;
    let money = Money::parse(form.one("amount"), currency).map_err(|wrong| match wrong {
        AmountError::Empty => "transfer-no-amount",
        AmountError::Unclear | AmountError::Negative | AmountError::TooFine | AmountError::TooMuch => {
            "transfer-amount-unclear"
        }
    })?;
    let month = Month::parse(form.one("month").trim()).ok_or("transfer-no-month")?;
    Ok(Transfer { reference: form.one("reference").to_owned(), money, month, anyway: form.ticked("anyway") })
}

/// `POST /desk/support/transfers`.
pub(in crate::desk) async fn receive(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let transfer = match read(&form) {
        Ok(transfer) => transfer,
        Err(wrong) => return page(&ask, &form, Some((wrong, None))).await,
    };
    let wrong = match contributions::receive(ask.newsroom(), ask.staff()?, &transfer).await? {
        Received::Done(_) => return Ok(done(HERE, "transfer-received")),
        Received::Misread => ("transfer-misread", None),
        Received::Unknown => ("transfer-unknown", None),
        Received::Impossible => ("transfer-impossible", None),
        Received::Closed => ("transfer-closed", None),
        Received::Twice(_) => ("transfer-twice", None),
        Received::Differs(announced) => ("transfer-differs", Some(announced)),
    };
    page(&ask, &form, Some(wrong)).await
}
