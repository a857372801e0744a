//! Gifts and pledges as a list, and one of them with its payments. Whose they are stays sealed.

use app::support::ledger::{self, ContributionFilter, Ids, Shown, reference};
use axum::body::Body;
use http::Response;
use model::{Contribution, ContributionId, ContributionState, Currency, Frequency, GatewayName, Money};
use serde::Serialize;

use super::{
    payments::{self, Choices, Pages},
    support::has_sandbox,
};
use crate::desk::{ask::Ask, form::Form, refused::Refused};

/// This list.
const HERE: &str = "/desk/support/contributions";

#[derive(Serialize)]
struct Page {
    /// Whether the sandbox is set up.
    sandbox: bool,
    rows: Vec<Row>,
    pages: Pages,
    states: Vec<&'static str>,
    choices: Choices,
}

#[derive(Serialize)]
struct Row {
    id: ContributionId,
    reference: String,
    state: &'static str,
    frequency: &'static str,
    amount: String,
    gateway: &'static str,
    month: String,
}

/// `GET /desk/support/contributions`.
pub(in crate::desk) async fn list(ask: Ask) -> Result<Response<Body>, Refused> {
    let query = ask.query();
    let number = payments::number(&query);
    let filter = filter(&query);
    let listed = ledger::contributions(ask.newsroom(), ask.staff()?, &filter, number).await?;
    let page = Page {
        sandbox: has_sandbox(&ask),
        pages: Pages::of(HERE, &query, number, listed.rows.len(), listed.total),
        rows: listed.rows.iter().map(|one| row(&ask, one)).collect(),
        states: ContributionState::ALL.iter().map(|state| state.as_str()).collect(),
        choices: Choices::of(&query, &listed.currencies),
    };
    ask.render("contributions.html", "support", page)
}

fn filter(query: &Form) -> ContributionFilter {
    ContributionFilter {
        state: ContributionState::parse(query.one("state")),
        frequency: Frequency::parse(query.one("frequency")),
        gateway: GatewayName::parse(query.one("gateway")),
        currency: Currency::parse(query.one("currency")),
        ids: ids(query),
    }
}

/// What a reference means. One that can be none finds nothing.
pub(super) fn ids(query: &Form) -> Ids {
    let none = Ids { first: Ids::ALL.last, last: Ids::ALL.first };
    query.some("reference").map_or(Ids::ALL, |typed| ledger::ids_of(typed).unwrap_or(none))
}

fn row(ask: &Ask, one: &Contribution) -> Row {
    let strings = ask.strings();
    Row {
        id: one.id,
        reference: reference(one.id.0),
        state: one.state.as_str(),
        frequency: one.frequency.as_str(),
        amount: strings.money(one.amount),
        gateway: one.gateway.as_str(),
        month: strings.month_of(one.month),
    }
}

/// The contribution that the address names.
pub(super) fn id(ask: &Ask) -> Result<ContributionId, Refused> {
    uuid::Uuid::parse_str(ask.param("id")).map(ContributionId).map_err(|_| Refused::Missing)
}

#[derive(Serialize)]
struct One {
    row: Row,
    cover: Option<String>,
    ending: bool,
    paid_until: Option<String>,
    token: String,
    language: String,
    appeal: Option<(String, String)>,
    has_address: bool,
    has_message: bool,
    erased: bool,
    payments: Vec<payments::Row>,
}

/// `GET /desk/support/contributions/{id}`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let id = id(&ask)?;
    let Shown { contribution: of, payments, appeal } = ledger::contribution(ask.newsroom(), ask.staff()?, id).await?;
    let strings = ask.strings();
    let page = One {
        row: row(&ask, &of),
        cover: (of.cover > 0).then(|| strings.money(Money::new(of.cover, of.amount.currency))),
        ending: of.ending,
        paid_until: of.paid_until.map(|month| strings.month_of(month)),
        language: theme::Strings::for_language(&of.language).own_name(),
        appeal,
        has_address: of.contact.is_some(),
        has_message: of.message.is_some(),
        erased: of.erased,
        payments: payments.iter().map(|one| payments::row(&ask, one)).collect(),
        token: of.token.or(of.session).unwrap_or_default(),
    };
    ask.render("contribution.html", "support", page)
}
