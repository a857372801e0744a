//! The guard: nothing of the API is reached but through here.
//!
//! In this order: is this the desk's place; whose token is it; does it reach so far; are too many requests open; are query
//! and body what the route takes. Only then is the route's handler called.

use std::{collections::HashMap, sync::Arc};

use app::connections::{Holder, token_holder};
use axum::{
    body::Body,
    extract::{RawPathParams, Request},
};
use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::timeout;

use super::{
    ask::Ask,
    busy::Busy,
    problem::{Kind, Problem},
    routes::{Needs, Route},
    shape::media_type,
};
use crate::{
    desk::{Asked, Desk, finish, host},
    limits, refuse,
};

/// Lets a request through to its route's handler, or refuses it.
pub(super) async fn pass(
    desk: Desk,
    busy: Arc<Busy>,
    route: Arc<Route>,
    params: RawPathParams,
    request: Request,
) -> Response<Body> {
    let host = host(&request);
    if let Some(elsewhere) = elsewhere(&desk, &host) {
        return elsewhere;
    }
    let params = params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let answer = match work(&desk, &busy, &route, params, host, request).await {
        Ok(answer) => answer,
        Err(problem) => problem.answer(),
    };
    finish(answer, desk.place().secure())
}

/// What anybody may read where the desk is.
pub(super) async fn open(desk: Desk, request: Request, page: fn() -> Response<Body>) -> Response<Body> {
    match elsewhere(&desk, &host(&request)) {
        Some(elsewhere) => elsewhere,
        None => finish(page(), desk.place().secure()),
    }
}

/// An address of the API where nothing is.
pub(super) async fn missing(desk: Desk, request: Request) -> Response<Body> {
    refused(&desk, &request, Kind::Missing)
}

/// An address of the API that takes no such method.
pub(super) async fn wrong_method(desk: Desk, request: Request) -> Response<Body> {
    refused(&desk, &request, Kind::Method)
}

fn refused(desk: &Desk, request: &Request, kind: Kind) -> Response<Body> {
    match elsewhere(desk, &host(request)) {
        Some(elsewhere) => elsewhere,
        None => finish(Problem::of(kind).answer(), desk.place().secure()),
    }
}

/// The answer at any other place than the desk's own. Programs on this machine may name it by number.
fn elsewhere(desk: &Desk, host: &str) -> Option<Response<Body>> {
    match desk.place().judge(host) {
        Asked::Here | Asked::ByNumber => None,
        Asked::Nowhere => {
            let nothing = refuse::refusal(StatusCode::NOT_FOUND, "There is nothing at this address.");
            Some(finish(nothing, desk.place().secure()))
        }
    }
}

async fn work(
    desk: &Desk,
    busy: &Arc<Busy>,
    route: &Route,
    params: HashMap<String, String>,
    host: String,
    request: Request,
) -> Result<Response<Body>, Problem> {
    let (parts, body) = request.into_parts();
    let holder = holder(desk, &parts.headers).await?.ok_or_else(|| Problem::of(Kind::NoToken))?;
    permitted(route.needs, &holder)?;
    let _place = busy.enter(holder.staff.id).ok_or_else(|| Problem::of(Kind::TooMany))?;
    let patience = if route.takes > limits::FORM_BYTES { limits::UPLOAD_TIME } else { limits::ANSWER_TIME };
    let slow = |_| Problem::of(Kind::Slow);
    let body = timeout(patience, read(route, &parts.headers, body)).await.map_err(slow)??;
    let ask = Ask { newsroom: desk.newsroom().clone(), holder, params, origin: desk.place().origin(&host) };
    timeout(limits::ANSWER_TIME, (route.handler)(ask, parts.uri, body)).await.map_err(slow)?
}

async fn holder(desk: &Desk, headers: &HeaderMap) -> Result<Option<Holder>, Problem> {
    let said = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some((scheme, secret)) = said.and_then(|said| said.split_once(' ')) else { return Ok(None) };
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Ok(None);
    }
    Ok(token_holder(desk.newsroom(), secret.trim()).await?)
}

fn permitted(needs: Needs, holder: &Holder) -> Result<(), Problem> {
    match needs {
        Needs::Token => Ok(()),
        Needs::Scope(scope) if holder.may(scope) => Ok(()),
        Needs::Scope(scope) => Err(Problem::scope(scope)),
    }
}

async fn read(route: &Route, headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    let too_large = || Problem::new(Kind::TooLarge, format!("{} bytes is the most that this takes", route.takes));
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if announced.and_then(|length| length.parse::<usize>().ok()).is_some_and(|length| length > route.takes) {
        return Err(too_large());
    }
    let given = media_type(headers);
    // A photo says by its first bytes what it is, so its name of its own kind will do.
    let fits = |kind: &str| match given.as_deref() {
        Some(given) => given == kind || (kind == "application/octet-stream" && given.starts_with("image/")),
        None => false,
    };
    if let Some(kind) = route.kind.filter(|kind| !fits(kind)) {
        return Err(Problem::new(Kind::MediaType, format!("send the body as {kind}")));
    }
    match Limited::new(body, route.takes).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(_) => Err(Problem::new(Kind::Malformed, "the body broke off before its end; send it again")),
    }
}
