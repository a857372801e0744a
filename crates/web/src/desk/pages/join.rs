//! Joining by a one-time link: a pen name, a language, and a passkey; or, where passkeys can't be, an access key and an
//! authenticator. The link is used up only when the account stands with its key.

use app::staff::{self, Denial, NewKeys, Token};
use axum::body::Body;
use http::{Response, StatusCode};
use model::{Language, LinkPurpose};
use serde::{Deserialize, Serialize};

use super::sign_in::{Answered, enter};
use crate::desk::{
    answer::json,
    ask::Ask,
    refused::{Refused, denied},
};

#[derive(Serialize)]
struct Page {
    link: String,
    /// The role that the invitation gives; `None` when it brings new keys for an account.
    role: Option<&'static str>,
    first: bool,
    handle: String,
    languages: Vec<Offered>,
    wrong: Option<&'static str>,
    /// The keys that were made for who has no passkeys, to be confirmed with a code.
    keys: Option<Keys>,
}

#[derive(Serialize)]
struct Offered {
    tag: String,
    name: String,
    chosen: bool,
}

#[derive(Serialize)]
struct Keys {
    key: String,
    secret: String,
    /// The QR code as a `data:` address of an SVG picture.
    picture: String,
}

/// `GET /desk/join/{link}`: opening it, or a preview of it, uses nothing up.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, "", None, None).await
}

async fn page(
    ask: &Ask,
    handle: &str,
    wrong: Option<&'static str>,
    keys: Option<Keys>,
) -> Result<Response<Body>, Refused> {
    let link = Token::parse(ask.param("link")).ok_or(Denial::Link)?;
    let opened = staff::open_link(ask.newsroom(), &link).await?;
    let role = match opened.purpose {
        LinkPurpose::Invite(role) => Some(role.as_str()),
        LinkPurpose::Reset(_) => None,
    };
    let first = opened.made_by == staff::COMMAND_LINE;
    let link = link.reveal().to_owned();
    let page = Page { link, role, first, handle: handle.to_owned(), languages: offered(ask), wrong, keys };
    let mut response = ask.render("join.html", "", page)?;
    if wrong.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn offered(ask: &Ask) -> Vec<Offered> {
    let present = ask.language();
    ask.desk.languages().map(|(tag, name)| Offered { chosen: tag == present, tag: tag.to_string(), name }).collect()
}

#[derive(Deserialize)]
struct Wanted {
    link: String,
    #[serde(default)]
    handle: String,
    language: Language,
}

/// `POST /desk/api/join/begin`.
pub(in crate::desk) async fn begin(ask: Ask) -> Result<Response<Body>, Refused> {
    let Wanted { link, handle, language } = ask.json()?;
    let link = Token::parse(&link).ok_or(Denial::Link)?;
    let passkeys = ask.desk.passkeys(&ask.host)?;
    match passkeys.join_begin(ask.newsroom(), &link, &handle, &language).await {
        Ok(asked) => Ok(json(StatusCode::OK, &asked)),
        Err(app::Error::Denied(denial)) => {
            let message = ask.strings().text(denied(denial), &[]);
            Ok(json(StatusCode::UNPROCESSABLE_ENTITY, &serde_json::json!({ "message": message })))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/api/join/finish`: the account with its first key, and its recovery codes.
pub(in crate::desk) async fn finish(ask: Ask) -> Result<Response<Body>, Refused> {
    let Answered { ceremony, credential } = ask.json()?;
    let joined = ask.desk.passkeys(&ask.host)?.join_finish(ask.newsroom(), ceremony, credential).await?;
    Ok(enter(json(StatusCode::OK, &serde_json::json!({ "codes": joined.codes })), &joined.token))
}

/// `POST /desk/join/{link}`: without passkeys, in two steps. The first shows an access key and an authenticator's secret;
/// the second carries them back with a code.
pub(in crate::desk) async fn with_code(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let handle = form.one("handle");
    let Some(code) = form.some("code") else {
        let issuer = ask.settings().name.get(&ask.language()).unwrap_or("Masthead").to_owned();
        let made = staff::totp_begin(ask.newsroom(), handle, &issuer);
        return page(&ask, handle, None, Some(shown(&made)?)).await;
    };
    let link = Token::parse(ask.param("link")).ok_or(Denial::Link)?;
    let given = NewKeys { key: form.one("key").to_owned(), secret: form.one("secret").to_owned(), url: String::new() };
    let language = Language::new(form.one("language")).unwrap_or_else(|_| ask.language());
    match staff::join_with_code(ask.newsroom(), &link, handle, &language, &given, code).await {
        Ok(joined) => {
            let codes = super::account::Codes { codes: joined.codes, handle: joined.staff.handle.to_string() };
            Ok(enter(ask.render("codes.html", "", codes)?, &joined.token))
        }
        Err(app::Error::Denied(denial @ (Denial::Handle | Denial::HandleTaken))) => {
            page(&ask, handle, Some(denied(denial)), None).await
        }
        Err(app::Error::Denied(Denial::Code)) => {
            let again = NewKeys { url: staff::totp_url("Masthead", handle, &given.secret), ..given };
            page(&ask, handle, Some("denied-code-join"), Some(shown(&again)?)).await
        }
        Err(error) => Err(error.into()),
    }
}

fn shown(keys: &NewKeys) -> Result<Keys, Refused> {
    let picture = staff::qr(&keys.url)?;
    Ok(Keys { key: keys.key.clone(), secret: keys.secret.clone(), picture })
}
