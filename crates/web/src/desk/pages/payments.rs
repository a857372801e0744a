//! Payments and disputes as lists, and payments as a file for the accounts.

use app::support::{
    accounts,
    ledger::{self, PAGE, PaymentFilter, reference},
};
use axum::body::Body;
use bytes::Bytes;
use futures::stream;
use http::{HeaderValue, Response, StatusCode, header};
use model::{
    ContributionId, Currency, Dispute, Frequency, GatewayName, Money, Month, Payment, PaymentId, PaymentState,
};
use serde::Serialize;

use super::{contributions, support::has_sandbox};
use crate::desk::{
    answer::{escaped, file},
    ask::Ask,
    form::Form,
    refused::Refused,
};

#[derive(Serialize)]
struct Page {
    /// Whether the sandbox is set up.
    sandbox: bool,
    rows: Vec<Row>,
    pages: Pages,
    states: Vec<&'static str>,
    choices: Choices,
    /// Whether it lists disputes alone.
    disputed: bool,
    /// The months of the file.
    from: String,
    to: String,
    not_months: bool,
}

/// A payment.
#[derive(Serialize)]
pub(super) struct Row {
    id: PaymentId,
    reference: String,
    contribution: Option<ContributionId>,
    month: String,
    state: &'static str,
    frequency: &'static str,
    gateway: &'static str,
    token: String,
    amount: String,
    refunded: Option<String>,
    fee: Option<String>,
    dispute: Option<&'static str>,
    /// How much a dispute is about, where that is not all of it.
    disputed: Option<String>,
    /// What came of one that is not paid.
    came: Option<String>,
    /// Whether it had been paid and did not stay.
    bounced: bool,
    /// Whether it came after everything was stopped.
    late: bool,
    kept: String,
}

pub(super) fn row(ask: &Ask, one: &Payment) -> Row {
    let strings = ask.strings();
    let say = |minor| strings.money(Money::new(minor, one.amount.currency));
    Row {
        id: one.id,
        reference: reference(one.id.0),
        contribution: one.contribution,
        month: strings.month_of(one.month),
        state: one.state.as_str(),
        frequency: one.frequency.as_str(),
        gateway: one.gateway.as_str(),
        token: one.token.clone(),
        amount: strings.money(one.amount),
        refunded: (one.refunded > 0).then(|| say(one.refunded)),
        fee: one.fee.map(say),
        dispute: one.dispute.map(Dispute::as_str),
        disputed: one.dispute.filter(|_| one.disputed < one.amount.minor).map(|_| say(one.disputed)),
        came: one.came.filter(|came| *came > 0).map(say),
        bounced: one.came == Some(0),
        late: one.late,
        kept: say(one.kept()),
    }
}

/// What lists of money can be filtered by, and are.
#[derive(Serialize)]
pub(super) struct Choices {
    state: String,
    frequency: String,
    frequencies: Vec<&'static str>,
    gateway: String,
    gateways: Vec<&'static str>,
    currency: String,
    currencies: Vec<&'static str>,
    reference: String,
}

impl Choices {
    pub(super) fn of(query: &Form, currencies: &[Currency]) -> Self {
        let text = |name: &str| query.one(name).chars().take(60).collect();
        Self {
            state: text("state"),
            frequency: text("frequency"),
            frequencies: Frequency::ALL.iter().map(|one| one.as_str()).collect(),
            gateway: text("gateway"),
            gateways: GatewayName::ALL.iter().map(|one| one.as_str()).collect(),
            currency: text("currency"),
            currencies: currencies.iter().map(|one| one.code()).collect(),
            reference: text("reference"),
        }
    }
}

/// Where a page of a list stands, and the pages beside it.
#[derive(Serialize)]
pub(super) struct Pages {
    from: i64,
    to: i64,
    total: i64,
    previous: Option<String>,
    next: Option<String>,
}

impl Pages {
    pub(super) fn of(here: &str, query: &Form, number: i64, shown: usize, total: i64) -> Self {
        let before = (number - 1) * PAGE;
        let to = before + i64::try_from(shown).unwrap_or_default();
        let mut kept = String::new();
        for name in ["state", "frequency", "gateway", "currency", "reference"] {
            if let Some(value) = query.some(name) {
                kept.push_str(&format!("{name}={}&", escaped(value)));
            }
        }
        let at = |number: i64| format!("{here}?{kept}page={number}");
        Self {
            from: if shown == 0 { 0 } else { before + 1 },
            to,
            total,
            previous: (number > 1).then(|| at(number - 1)),
            next: (to < total && shown > 0).then(|| at(number + 1)),
        }
    }
}

/// Which page of a list is asked for, from 1.
pub(super) fn number(query: &Form) -> i64 {
    query.one("page").parse().unwrap_or(1).clamp(1, 100_000)
}

/// `GET /desk/support/payments`.
pub(in crate::desk) async fn list(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, false, None).await
}

/// `GET /desk/support/disputes`.
pub(in crate::desk) async fn disputes(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, true, None).await
}

/// A list; `typed` are months of the file that can't be used.
async fn page(ask: &Ask, disputed: bool, typed: Option<(String, String)>) -> Result<Response<Body>, Refused> {
    let query = ask.query();
    let number = number(&query);
    let filter = PaymentFilter {
        state: PaymentState::parse(query.one("state")),
        frequency: Frequency::parse(query.one("frequency")),
        gateway: GatewayName::parse(query.one("gateway")),
        currency: Currency::parse(query.one("currency")),
        disputed,
        ids: contributions::ids(&query),
    };
    let listed = ledger::payments(ask.newsroom(), ask.staff()?, &filter, number).await?;
    let here = if disputed { "/desk/support/disputes" } else { "/desk/support/payments" };
    // The file is of this year, unless somebody says otherwise.
    let now = Month::of(ask.newsroom().clock().now());
    let january = Month(now.0 - now.0.rem_euclid(12));
    let not_months = typed.is_some();
    let (from, to) = typed.unwrap_or_else(|| (january.to_string(), now.to_string()));
    let page = Page {
        sandbox: has_sandbox(ask),
        pages: Pages::of(here, &query, number, listed.rows.len(), listed.total),
        rows: listed.rows.iter().map(|one| row(ask, one)).collect(),
        states: PaymentState::ALL.iter().map(|state| state.as_str()).collect(),
        choices: Choices::of(&query, &listed.currencies),
        disputed,
        from,
        to,
        not_months,
    };
    ask.render("payments.html", "support", page)
}

/// `POST /desk/support/export`: a file that is written while it is sent.
pub(in crate::desk) async fn export(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let (from, to) = (form.one("from").trim(), form.one("to").trim());
    let months = Month::parse(from).zip(Month::parse(to));
    let Some((months, pages)) = months.and_then(|of| Some((of, accounts::Pages::of(of.0, of.1)?))) else {
        let typed = |text: &str| text.chars().take(20).collect();
        let mut response = page(&ask, false, Some((typed(from), typed(to)))).await?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    };
    accounts::on_record_at_desk(ask.newsroom(), ask.staff()?, months).await?;
    let newsroom = ask.newsroom().clone();
    let lines = stream::try_unfold((newsroom, pages), |(newsroom, pages)| async move {
        let next = pages.next(&newsroom).await?;
        Ok::<_, app::Error>(next.map(|(lines, pages)| (Bytes::from(lines), (newsroom, pages))))
    });
    let head = stream::once(async { Ok(Bytes::from_static(accounts::HEAD.as_bytes())) });
    let body = Body::from_stream(futures::StreamExt::chain(head, lines));
    let mut response = file("text/csv; charset=utf-8", body);
    let name = format!("attachment; filename=\"payments-{}-{}.csv\"", months.0, months.1);
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
