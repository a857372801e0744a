//! Connections: keys of programs. A key's secret is shown on the page that answers its making, and nowhere again.

use app::{
    Error,
    connections::{self, NewToken, Owned, TOKEN_NAME_MAX},
};
use axum::body::Body;
use http::{Response, StatusCode};
use model::{Scope, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use crate::desk::{answer::done, ask::Ask, form::Form, refused::Refused};

const HERE: &str = "/desk/connections";
/// How long a new token may last, in days; `0` is for ever.
const DAYS: [i64; 4] = [30, 90, 365, 0];
const DAY_MS: i64 = 86_400_000;

#[derive(Serialize)]
struct Page {
    tokens: Vec<Token>,
    scopes: Vec<&'static str>,
    days: Vec<i64>,
    longest: usize,
    /// A token that was just made.
    made: Option<Made>,
    /// What was typed into a form that was refused, and why.
    wrong: Option<String>,
    name: String,
    chosen: Vec<String>,
    lasts: i64,
}

#[derive(Serialize)]
struct Token {
    id: Uuid,
    name: String,
    scopes: Vec<&'static str>,
    handle: String,
    made_at: i64,
    ends_at: Option<i64>,
    ended: bool,
    used_at: Option<i64>,
}

#[derive(Serialize)]
struct Made {
    name: String,
    secret: String,
    /// Where a Ghost front end finds its content, if the token is a content key.
    address: Option<String>,
}

/// `GET /desk/connections`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, None, None).await
}

async fn page(ask: &Ask, made: Option<Made>, wrong: Option<String>) -> Result<Response<Body>, Refused> {
    let now = ask.newsroom().clock().now();
    let tokens = connections::tokens(ask.newsroom()).await?.into_iter().map(|owned| token(owned, now)).collect();
    let form = if wrong.is_some() { ask.form() } else { Form::default() };
    let page = Page {
        tokens,
        scopes: Scope::ALL.into_iter().map(Scope::as_str).collect(),
        days: DAYS.to_vec(),
        longest: TOKEN_NAME_MAX,
        made,
        wrong,
        name: form.one("name").to_owned(),
        chosen: form.all("scope").map(str::to_owned).collect(),
        lasts: form.one("days").parse().unwrap_or(DAYS[2]),
    };
    ask.render("connections.html", "api", page)
}

fn token(owned: Owned, now: Timestamp) -> Token {
    let Owned { token, staff } = owned;
    Token {
        id: token.id,
        ended: !token.holds(now),
        name: token.name,
        scopes: token.scopes.into_iter().map(Scope::as_str).collect(),
        handle: staff.handle.to_string(),
        made_at: token.made_at.as_millis(),
        ends_at: token.ends_at.map(Timestamp::as_millis),
        used_at: token.used_at.map(Timestamp::as_millis),
    }
}

/// `POST /desk/connections/tokens`.
pub(in crate::desk) async fn make(ask: Ask) -> Result<Response<Body>, Refused> {
    match made(&ask).await {
        Ok(made) => page(&ask, Some(made), None).await,
        // What was typed stands in the form again, with what is wrong with it.
        Err(Error::Refused(wrong)) => {
            let mut response = page(&ask, None, Some(wrong)).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}

async fn made(ask: &Ask) -> Result<Made, Error> {
    let form = ask.form();
    let known = |text: &str| {
        Scope::parse(text).ok_or_else(|| Error::Refused(format!("`{text}` is nothing that a token can be for")))
    };
    let scopes = form.all("scope").map(known).collect::<Result<Vec<_>, _>>()?;
    let days = form.read("days", |text| text.parse().ok().filter(|days| DAYS.contains(days)))?;
    let now = ask.newsroom().clock().now();
    let ends_at = (days > 0).then(|| now.plus_millis(days * DAY_MS));
    let new = NewToken { name: form.one("name").to_owned(), scopes, ends_at };
    let staff = &ask.who.as_ref().ok_or(app::staff::Denial::Role)?.0.staff;
    let (token, secret) = connections::token_make(ask.newsroom(), staff, new).await?;
    let content = token.scopes.contains(&Scope::ContentRead);
    let address = content.then(|| ask.settings().address.clone()).flatten();
    Ok(Made { name: token.name, secret: secret.reveal().to_owned(), address })
}

/// `POST /desk/connections/tokens/{id}/revoke`.
pub(in crate::desk) async fn revoke(ask: Ask) -> Result<Response<Body>, Refused> {
    connections::token_revoke(ask.newsroom(), ask.id("id")?, ask.staff()?.handle.as_str()).await?;
    Ok(done(HERE, "token-revoked"))
}
