//! Signing in: with a passkey; with access key and authenticator; with a recovery code. And out.

use app::staff::{self, Token};
use axum::body::Body;
use http::{HeaderValue, Response, StatusCode, header};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::desk::{
    answer::{done, json, onward, redirect},
    ask::Ask,
    guard::COOKIE,
    refused::{Refused, denied},
};

#[derive(Serialize)]
struct Page {
    next: String,
    /// What was tried in vain, as the key of a text.
    wrong: Option<&'static str>,
    minutes: i64,
    handle: String,
    /// Which form was tried: `code`, `recovery` or empty.
    tried: &'static str,
}

/// `GET /desk/sign-in`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let next = onward(ask.query().one("next")).to_owned();
    if ask.who.is_some() {
        return Ok(redirect(&next));
    }
    ask.render("sign_in.html", "", Page { next, wrong: None, minutes: 0, handle: String::new(), tried: "" })
}

/// `POST /desk/api/sign-in/begin`: what the browser asks its keys.
pub(in crate::desk) async fn begin(ask: Ask) -> Result<Response<Body>, Refused> {
    let asked = ask.desk.passkeys(&ask.host)?.sign_in_begin(ask.newsroom()).await?;
    Ok(json(StatusCode::OK, &asked))
}

/// What a device answered.
#[derive(Deserialize)]
pub(super) struct Answered {
    pub(super) ceremony: Uuid,
    pub(super) credential: Value,
}

/// `POST /desk/api/sign-in/finish`.
pub(in crate::desk) async fn finish(ask: Ask) -> Result<Response<Body>, Refused> {
    let Answered { ceremony, credential } = ask.json()?;
    let token = ask.desk.passkeys(&ask.host)?.sign_in_finish(ask.newsroom(), ceremony, credential).await?;
    Ok(enter(json(StatusCode::OK, &serde_json::json!({})), &token))
}

/// `POST /desk/sign-in/code`.
pub(in crate::desk) async fn code(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let (handle, key, code) = (form.one("handle"), form.one("key"), form.one("code"));
    let outcome = staff::sign_in_with_code(ask.newsroom(), ask.desk.attempts(), handle, key, code).await;
    entered(&ask, "code", outcome)
}

/// `POST /desk/sign-in/recovery`.
pub(in crate::desk) async fn recovery(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let outcome = staff::recover(ask.newsroom(), ask.desk.attempts(), form.one("handle"), form.one("code")).await;
    entered(&ask, "recovery", outcome)
}

/// In, or the form again with what was wrong.
fn entered(ask: &Ask, tried: &'static str, outcome: Result<Token, app::Error>) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let next = onward(form.one("next")).to_owned();
    match outcome {
        // Whoever lost their keys makes new ones first.
        Ok(token) if tried == "recovery" => Ok(enter(done("/desk/account", "recovered"), &token)),
        Ok(token) => Ok(enter(redirect(&next), &token)),
        Err(app::Error::Denied(denial)) => {
            let minutes = if let staff::Denial::TooOften(minutes) = denial { minutes } else { 0 };
            let handle = form.one("handle").to_owned();
            let page = Page { next, wrong: Some(denied(denial)), minutes, handle, tried };
            let mut response = ask.render("sign_in.html", "", page)?;
            let often = matches!(denial, staff::Denial::TooOften(_));
            *response.status_mut() =
                if often { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::UNPROCESSABLE_ENTITY };
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}

/// Puts the session's cookie on an answer. It ends with the browser; the server ends it earlier.
pub(super) fn enter(mut response: Response<Body>, token: &Token) -> Response<Body> {
    let cookie = format!("{COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Lax", token.reveal());
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// `POST /desk/sign-out`: ends the session and takes the cookie, and what the browser kept of this site.
pub(in crate::desk) async fn out(ask: Ask) -> Result<Response<Body>, Refused> {
    let signed = ask.signed()?;
    staff::end(ask.newsroom(), signed, signed.session.id).await?;
    let mut response = done("/desk/sign-in", "signed-out");
    let gone = format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    if let Ok(gone) = HeaderValue::from_str(&gone) {
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok(response)
}
