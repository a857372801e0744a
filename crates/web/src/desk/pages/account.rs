//! One's own account: language, keys, recovery codes, sessions.

use app::staff;
use axum::body::Body;
use http::{Response, StatusCode};
use model::Language;
use serde::Serialize;
use uuid::Uuid;

use super::sign_in::Answered;
use crate::desk::{
    answer::{done, json},
    ask::Ask,
    refused::Refused,
};

#[derive(Serialize)]
struct Page {
    languages: Vec<Offered>,
    passkeys: Vec<Key>,
    authenticator: bool,
    codes_left: i64,
    sessions: Vec<Open>,
}

#[derive(Serialize)]
struct Offered {
    tag: String,
    name: String,
    chosen: bool,
}

#[derive(Serialize)]
struct Key {
    id: Uuid,
    name: String,
    created_at: i64,
    used_at: Option<i64>,
}

#[derive(Serialize)]
struct Open {
    id: Uuid,
    made_at: i64,
    seen_at: i64,
    present: bool,
}

/// Recovery codes, shown once.
#[derive(Serialize)]
pub(super) struct Codes {
    pub(super) codes: Vec<String>,
    pub(super) handle: String,
}

/// `GET /desk/account`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let signed = ask.signed()?;
    let account = staff::account(ask.newsroom(), signed.staff.id).await?;
    let present = ask.language();
    let page = Page {
        languages: ask
            .desk
            .languages()
            .map(|(tag, name)| Offered { chosen: tag == present, tag: tag.to_string(), name })
            .collect(),
        passkeys: account
            .passkeys
            .into_iter()
            .map(|key| Key {
                id: key.id,
                name: key.name,
                created_at: key.created_at.as_millis(),
                used_at: key.used_at.map(model::Timestamp::as_millis),
            })
            .collect(),
        authenticator: account.authenticator,
        codes_left: account.codes_left,
        sessions: account
            .sessions
            .into_iter()
            .map(|open| Open {
                present: open.id == signed.session.id,
                id: open.id,
                made_at: open.made_at.as_millis(),
                seen_at: open.seen_at.as_millis(),
            })
            .collect(),
    };
    ask.render("account.html", "account", page)
}

/// `POST /desk/account/language`.
pub(in crate::desk) async fn language(ask: Ask) -> Result<Response<Body>, Refused> {
    let language = ask.form().read("language", |tag| Language::new(tag).ok())?;
    staff::set_language(ask.newsroom(), ask.staff()?, &language).await?;
    Ok(done("/desk/account", "saved"))
}

/// `POST /desk/account/sessions/end`.
pub(in crate::desk) async fn end(ask: Ask) -> Result<Response<Body>, Refused> {
    let session = ask.form().read("session", |id| Uuid::parse_str(id).ok())?;
    staff::end(ask.newsroom(), ask.signed()?, session).await?;
    Ok(done("/desk/account", "session-ended"))
}

/// `POST /desk/account/sessions/end-others`.
pub(in crate::desk) async fn end_others(ask: Ask) -> Result<Response<Body>, Refused> {
    staff::end_others(ask.newsroom(), ask.signed()?).await?;
    Ok(done("/desk/account", "session-ended"))
}

/// `POST /desk/account/passkeys/remove`.
pub(in crate::desk) async fn remove_key(ask: Ask) -> Result<Response<Body>, Refused> {
    let key = ask.form().read("passkey", |id| Uuid::parse_str(id).ok())?;
    staff::remove_passkey(ask.newsroom(), ask.staff()?, key).await?;
    Ok(done("/desk/account", "key-removed"))
}

/// `POST /desk/account/codes`: ten new recovery codes in place of the old.
pub(in crate::desk) async fn codes(ask: Ask) -> Result<Response<Body>, Refused> {
    let by = ask.staff()?;
    let codes = staff::renew_codes(ask.newsroom(), by).await?;
    ask.render("codes.html", "account", Codes { codes, handle: by.handle.to_string() })
}

/// `POST /desk/api/passkeys/begin`.
pub(in crate::desk) async fn add_begin(ask: Ask) -> Result<Response<Body>, Refused> {
    let asked = ask.desk.passkeys(&ask.host)?.add_begin(ask.newsroom(), ask.staff()?).await?;
    Ok(json(StatusCode::OK, &asked))
}

/// `POST /desk/api/passkeys/finish`.
pub(in crate::desk) async fn add_finish(ask: Ask) -> Result<Response<Body>, Refused> {
    let Answered { ceremony, credential } = ask.json()?;
    ask.desk.passkeys(&ask.host)?.add_finish(ask.newsroom(), ask.staff()?, ceremony, credential).await?;
    Ok(json(StatusCode::OK, &serde_json::json!({})))
}
