//! Transfers that came to the bank: typed in from a statement. What looks like a mistake is asked about before it counts.

use app::support::{
    self,
    contributions::{self, Received, Transfer},
};
use axum::body::Body;
use http::{Response, StatusCode};
use model::{AmountError, Currency, Money, Month};
use serde::Serialize;

use super::support::has_sandbox;
use crate::desk::{answer::done, ask::Ask, form::Form, refused::Refused};

/// This page.
const HERE: &str = "/desk/support/transfers";

#[derive(Serialize)]
struct Page {
    /// Whether the sandbox is set up.
    sandbox: bool,
    currencies: Vec<&'static str>,
    reference: String,
    /// Whether it has none that is known.
    without: bool,
    amount: String,
    currency: String,
    month: String,
    /// The key of what is wrong.
    wrong: Option<&'static str>,
    /// What the sentence about it names.
    announced: String,
    /// Where it can be written down all the same: how many payments of its reference are known.
    anyway: Option<usize>,
}

/// `GET /desk/support/transfers`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, &Form::default(), None).await
}

/// What is wrong.
#[derive(Clone, Copy, Default)]
struct Wrong {
    key: &'static str,
    /// What was announced, where something else came.
    announced: Option<Money>,
    /// Where it can be written down all the same: how many payments of its reference are known.
    anyway: Option<usize>,
}

async fn page(ask: &Ask, form: &Form, wrong: Option<Wrong>) -> Result<Response<Body>, Refused> {
    let newsroom = ask.newsroom();
    let settings = support::settings(&mut newsroom.store().read().await.map_err(app::Error::from)?).await?;
    let mut currencies: Vec<&'static str> = settings.offers.iter().map(|offer| offer.currency.code()).collect();
    let typed = Currency::parse(form.one("currency")).map(Currency::code);
    currencies.extend(typed.filter(|code| !currencies.contains(code)));
    let this_month = Month::of(newsroom.clock().now()).to_string();
    let page = Page {
        sandbox: has_sandbox(ask),
        currency: typed.or(currencies.first().copied()).unwrap_or_default().to_owned(),
        currencies,
        reference: form.one("reference").to_owned(),
        without: form.ticked("without"),
        amount: form.one("amount").to_owned(),
        month: form.some("month").map_or(this_month, str::to_owned),
        announced: wrong.and_then(|wrong| wrong.announced).map(|money| ask.strings().money(money)).unwrap_or_default(),
        anyway: wrong.and_then(|wrong| wrong.anyway),
        wrong: wrong.map(|wrong| wrong.key),
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
    let anyway = form.some("anyway").and_then(|known| known.parse().ok());
    let (reference, without) = (form.one("reference").to_owned(), form.ticked("without"));
    Ok(Transfer { reference, without, money, month, anyway })
}

/// `POST /desk/support/transfers`.
pub(in crate::desk) async fn receive(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let plain = |key| Wrong { key, ..Wrong::default() };
    let transfer = match read(&form) {
        Ok(transfer) => transfer,
        Err(key) => return page(&ask, &form, Some(plain(key))).await,
    };
    let wrong = match contributions::receive(ask.newsroom(), ask.staff()?, &transfer).await? {
        Received::Done(_) => return Ok(done(HERE, "transfer-received")),
        Received::Unnamed => plain("transfer-unnamed"),
        Received::Misread => plain("transfer-misread"),
        Received::Unknown => plain("transfer-unknown"),
        Received::Impossible => plain("transfer-impossible"),
        Received::Closed => plain("transfer-closed"),
        Received::Twice { known } => Wrong { anyway: Some(known), ..plain("transfer-twice") },
        Received::TwiceWithout { known } => Wrong { anyway: Some(known), ..plain("transfer-twice-without") },
        Received::Differs { announced, known } => {
            Wrong { announced: Some(announced), anyway: Some(known), ..plain("transfer-differs") }
        }
    };
    page(&ask, &form, Some(wrong)).await
}
