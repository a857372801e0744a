//! The guard: nothing of the desk is reached but through here.
//!
//! In this order: is this the desk's place; who asks; does the role reach; was it proved lately enough; did a page of
//! this desk send it; is the body small enough. Only then is the route's handler called.

use std::{collections::HashMap, sync::Arc};

use app::{
    staff::{Signed, Token, signed},
    today::Around,
};
use axum::{
    body::Body,
    extract::{RawPathParams, Request},
    routing::MethodFilter,
};
use bytes::Bytes;
use http::{HeaderMap, Method, Response, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use model::Role;
use tokio::time::timeout;

use super::{
    Desk, answer,
    ask::Ask,
    form::Form,
    place::{self, Asked},
    refused::Refused,
    routes::{Needs, Route},
};
use crate::{limits, refuse};

/// The session's cookie. The prefix makes browsers refuse one that another host or an unencrypted page set.
pub(super) const COOKIE: &str = "__Host-desk";

/// axum's name of a method.
pub(crate) fn filter(method: &Method) -> MethodFilter {
    MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET)
}

/// Lets a request through to its route's handler, or refuses it.
pub(super) async fn pass(desk: Desk, route: Arc<Route>, params: RawPathParams, request: Request) -> Response<Body> {
    let secure = desk.place().secure();
    let host = place::host(&request);
    let params = params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    if let Some(elsewhere) = elsewhere(&desk, &host, &request) {
        return answer::finish(elsewhere, secure);
    }
    let json = route.path.starts_with("/desk/api/");
    let (mut ask, body) = match ask(desk, host, params, request).await {
        Ok(ask) => ask,
        Err(refused) => return answer::finish(refused.json(), secure),
    };
    let patience = if route.takes > limits::FORM_BYTES { limits::UPLOAD_TIME } else { limits::ANSWER_TIME };
    let outcome = match timeout(patience, work(&route, &mut ask, body)).await {
        Ok(Ok(())) => {
            let shown = ask.clone();
            match timeout(limits::ANSWER_TIME, (route.handler)(ask)).await {
                Ok(Ok(response)) => return answer::finish(response, secure),
                Ok(Err(refused)) => (refused, shown),
                Err(_) => return answer::finish(refuse::busy(), secure),
            }
        }
        Ok(Err(refused)) => (refused, ask),
        Err(_) => return answer::finish(refuse::busy(), secure),
    };
    let (refused, ask) = outcome;
    answer::finish(if json { refused.json() } else { refused.page(&ask) }, secure)
}

/// An address of the desk where nothing is, or that takes no such method.
pub(super) async fn missing(desk: Desk, request: Request) -> Response<Body> {
    let secure = desk.place().secure();
    let host = place::host(&request);
    if let Some(elsewhere) = elsewhere(&desk, &host, &request) {
        return answer::finish(elsewhere, secure);
    }
    if request.uri().path() == "/desk" {
        return answer::finish(answer::redirect("/desk/"), secure);
    }
    let json = request.uri().path().starts_with("/desk/api/");
    let refused = match ask(desk, host, HashMap::new(), request).await {
        // Who is not signed in learns nothing of what is there.
        Ok((ask, _)) => {
            let refused = if ask.who.is_some() { Refused::Missing } else { Refused::SignIn };
            if json { refused.json() } else { refused.page(&ask) }
        }
        Err(refused) => refused.json(),
    };
    answer::finish(refused, secure)
}

/// The answer at any other place than the desk's own.
fn elsewhere(desk: &Desk, host: &str, request: &Request) -> Option<Response<Body>> {
    match desk.place().judge(host) {
        Asked::Here => None,
        Asked::ByNumber if request.method() == Method::GET => {
            let port = host.rsplit_once(':').map(|(_, port)| format!(":{port}")).unwrap_or_default();
            let path = request.uri().path_and_query().map_or("/desk/", |target| target.as_str());
            Some(answer::redirect(&format!("http://localhost{port}{path}")))
        }
        Asked::ByNumber | Asked::Nowhere => {
            Some(refuse::refusal(http::StatusCode::NOT_FOUND, "There is nothing at this address."))
        }
    }
}

/// Who asks for what; the body is not read yet.
async fn ask(
    desk: Desk,
    host: String,
    params: HashMap<String, String>,
    request: Request,
) -> Result<(Ask, Body), Refused> {
    let (parts, body) = request.into_parts();
    let who = who(&desk, &parts.headers).await?;
    let around = around(&desk, who.as_ref()).await?;
    let (method, uri, headers) = (parts.method, parts.uri, parts.headers);
    Ok((Ask { desk, method, uri, host, headers, params, body: Bytes::new(), who, around }, body))
}

async fn who(desk: &Desk, headers: &HeaderMap) -> Result<Option<(Signed, Token)>, Refused> {
    let Some(token) = cookie(headers).and_then(Token::parse) else { return Ok(None) };
    Ok(signed(desk.newsroom(), &token).await?.map(|signed| (signed, token)))
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
}

/// One read for both: every page asks.
async fn around(desk: &Desk, who: Option<&(Signed, Token)>) -> Result<Around, Refused> {
    Ok(app::today::around(desk.newsroom(), who.map(|(signed, _)| &signed.staff)).await?)
}

/// Everything between knowing who asks and the handler.
async fn work(route: &Route, ask: &mut Ask, body: Body) -> Result<(), Refused> {
    permitted(route.needs, ask)?;
    let writes = !matches!(ask.method, Method::GET | Method::HEAD);
    if writes && !from_here(ask) {
        return Err(Refused::Forged);
    }
    ask.body = read(&ask.headers, body, route.takes).await?;
    if writes && ask.who.is_some() && !carries_token(ask) {
        return Err(Refused::Forged);
    }
    Ok(())
}

fn permitted(needs: Needs, ask: &Ask) -> Result<(), Refused> {
    let reaches = |role: Role| match &ask.who {
        None => Err(Refused::SignIn),
        Some((signed, _)) if signed.staff.role < role => Err(Refused::Role),
        Some((signed, _)) => Ok(signed),
    };
    match needs {
        Needs::Anyone => Ok(()),
        Needs::Role(role) => reaches(role).map(drop),
        Needs::Proof(role) => {
            let signed = reaches(role)?;
            if signed.proved(ask.newsroom().clock().now()) { Ok(()) } else { Err(Refused::Prove) }
        }
    }
}

/// Whether a page of this desk sent it, as far as the browser says.
fn from_here(ask: &Ask) -> bool {
    let text = |name: &str| ask.headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(origin) = text("origin") {
        let ours = ask.desk.place().origin(&ask.host).origin().ascii_serialization();
        return origin == ours;
    }
    matches!(text("sec-fetch-site"), None | Some("same-origin"))
}

/// Whether it carries the session's own token: in a header, or in the form.
fn carries_token(ask: &Ask) -> bool {
    let Some((_, token)) = &ask.who else { return false };
    let wanted = token.csrf();
    let header = ask.headers.get("x-csrf-token").and_then(|value| value.to_str().ok());
    let kind = ask.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let form = kind.starts_with("application/x-www-form-urlencoded").then(|| Form::parse(&ask.body));
    let given = header.map(str::to_owned).or_else(|| form.map(|form| form.one("csrf").to_owned()));
    // Both are hashes of secrets: how long comparing takes tells nothing.
    given.is_some_and(|given| given == wanted)
}

async fn read(headers: &HeaderMap, body: Body, most: usize) -> Result<Bytes, Refused> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if announced.and_then(|length| length.parse::<usize>().ok()).is_some_and(|length| length > most) {
        return Err(Refused::TooLarge(most));
    }
    match Limited::new(body, most).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Refused::TooLarge(most)),
        Err(_) => Err(Refused::CutOff),
    }
}
