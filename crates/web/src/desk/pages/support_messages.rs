//! What givers say, without names.

use app::{Error, support::contributions};
use axum::body::Body;
use http::Response;
use model::ContributionId;
use serde::Serialize;

use crate::desk::{
    ask::Ask,
    refused::{Refused, Why},
};

#[derive(Serialize)]
struct Page {
    messages: Vec<Row>,
    more: bool,
    /// Why they can't be read.
    closed: Option<Why>,
}

#[derive(Serialize)]
struct Row {
    id: ContributionId,
    amount: String,
    month: String,
    text: String,
}

/// `GET /desk/support/messages`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let strings = ask.strings();
    let page = match contributions::messages(ask.newsroom(), ask.staff()?).await {
        Ok((messages, more)) => {
            let row = |one: contributions::Message| Row {
                id: one.id,
                amount: strings.money(one.amount),
                month: strings.month_of(one.month),
                text: one.text.to_string(),
            };
            Page { messages: messages.into_iter().map(row).collect(), more, closed: None }
        }
        Err(error @ (Error::Closed(_) | Error::Refused(_))) => {
            Page { messages: Vec::new(), more: false, closed: Why::of(&ask, &error) }
        }
        Err(error) => return Err(error.into()),
    };
    ask.render("support_messages.html", "support", page)
}
