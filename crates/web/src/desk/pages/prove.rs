//! Proving again that it is you, before what can do harm: with a passkey, or a code of the authenticator.

use app::staff;
use axum::body::Body;
use http::{Response, StatusCode};
use serde::Serialize;

use super::sign_in::Answered;
use crate::desk::{
    answer::{json, onward, redirect},
    ask::Ask,
    refused::{Refused, denied},
};

#[derive(Serialize)]
struct Page {
    next: String,
    wrong: Option<&'static str>,
    minutes: i64,
    /// Whether this account has an authenticator.
    authenticator: bool,
}

async fn page(ask: &Ask, next: &str, wrong: Option<&'static str>, minutes: i64) -> Result<Response<Body>, Refused> {
    let authenticator = staff::has_authenticator(ask.newsroom(), ask.staff()?.id).await?;
    let page = Page { next: onward(next).to_owned(), wrong, minutes, authenticator };
    let mut response = ask.render("prove.html", "", page)?;
    if wrong.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// `GET /desk/prove`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, ask.query().one("next"), None, 0).await
}

/// `POST /desk/api/prove/finish`; it begins as signing in does.
pub(in crate::desk) async fn finish(ask: Ask) -> Result<Response<Body>, Refused> {
    let Answered { ceremony, credential } = ask.json()?;
    let mut signed = ask.signed()?.clone();
    ask.desk.passkeys(&ask.host)?.prove_finish(ask.newsroom(), &mut signed, ceremony, credential).await?;
    Ok(json(StatusCode::OK, &serde_json::json!({})))
}

/// `POST /desk/prove`: with a code.
pub(in crate::desk) async fn code(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let mut signed = ask.signed()?.clone();
    match staff::prove_with_code(ask.newsroom(), ask.desk.attempts(), &mut signed, form.one("code")).await {
        Ok(()) => Ok(redirect(onward(form.one("next")))),
        Err(app::Error::Denied(denial)) => {
            let minutes = if let staff::Denial::TooOften(minutes) = denial { minutes } else { 0 };
            page(&ask, form.one("next"), Some(denied(denial)), minutes).await
        }
        Err(error) => Err(error.into()),
    }
}
