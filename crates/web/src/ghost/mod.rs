//! `/ghost/api/content/…`: the newsroom as Ghost's Content API tells it, on the public site's host.
//!
//! Old clients put a version before `content`; newer ones send `Accept-Version`. Every one of them gets the same answer,
//! for what has changed between Ghost's versions is nothing that a newsroom here has. Any site may read it, as with
//! Ghost, so that a browser's question beforehand (`OPTIONS`) is answered too. No cookie is read or set.

use app::{
    Newsroom,
    cache::Prepared,
    content_api::{Refusal, answer},
};
use axum::{
    body::Body,
    extract::{Request, State},
};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header, request::Parts};
use tokio::time::timeout;

use crate::{limits, public::host, refuse, respond::respond};

/// What the paths begin with.
const ROOT: &str = "/ghost/api/";
/// Versions that old clients put into the path.
const VERSIONS: [&str; 4] = ["v2/", "v3/", "v4/", "canary/"];
/// The version of Ghost whose answers these are like.
const CONTENT_VERSION: &str = "v6.0";
/// Answers may be kept for a minute, as pages are.
const LASTS: &str = "public, max-age=60";
/// Refusals are not kept: a key that was just made has to work.
const NEVER: &str = "no-store";

/// Whether a path belongs here.
pub(crate) fn is_ghost(path: &str) -> bool {
    path.starts_with(ROOT)
}

/// Every request below [`ROOT`].
pub(crate) async fn show(State(newsroom): State<Newsroom>, request: Request) -> Response<Body> {
    let (parts, _body) = request.into_parts();
    let mut response = match parts.method {
        Method::GET | Method::HEAD => read(&newsroom, &parts).await,
        Method::OPTIONS => may_ask(),
        _ => refuse::method(),
    };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert("content-version", HeaderValue::from_static(CONTENT_VERSION));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Version, Accept-Encoding"));
    response
}

/// What a browser asks before it lets another site's script send `Accept-Version`.
fn may_ask() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "Accept-Version, Content-Type"),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
        (header::CACHE_CONTROL, LASTS),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn read(newsroom: &Newsroom, request: &Parts) -> Response<Body> {
    let uri = &request.uri;
    let query = uri.query().unwrap_or_default();
    let host = host(&request.headers, uri).unwrap_or_default();
    let asked = async {
        let path = content(uri.path()).ok_or(Refusal::Resource)?;
        answer(newsroom, path, query, &host).await
    };
    let (status, lasts, body) = match timeout(limits::ANSWER_TIME, asked).await {
        Ok(Ok(body)) => (StatusCode::OK, LASTS, body),
        Ok(Err(refusal)) => {
            if let Refusal::Failed(error) = &refusal {
                // The path tells what broke; the query has a key in it, and is nobody's business.
                tracing::error!(path = uri.path(), error = error as &dyn std::error::Error, "the content API broke");
            }
            (refusal.status(), NEVER, refusal.body(newsroom.chance().uuid_v4()))
        }
        Err(_) => return refuse::busy(),
    };
    let (method, headers) = (request.method.clone(), request.headers.clone());
    let sent = tokio::task::spawn_blocking(move || {
        let prepared = Prepared::quickly(status, &headers_of(lasts), body.to_string())?;
        Ok::<_, app::Error>(respond(&prepared, &method, &headers))
    });
    match sent.await {
        Ok(Ok(response)) => response.map(Body::new),
        Ok(Err(_)) | Err(_) => refuse::failure(),
    }
}

/// The part of a path after `content/`, whatever version stands before that.
fn content(path: &str) -> Option<&str> {
    let rest = path.strip_prefix(ROOT)?;
    let rest = VERSIONS.iter().find_map(|version| rest.strip_prefix(version)).unwrap_or(rest);
    rest.strip_prefix("content/")
}

fn headers_of(lasts: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CACHE_CONTROL, lasts),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::content;

    #[test]
    fn a_version_in_the_path_changes_nothing() {
        for path in ["/ghost/api/content/posts/", "/ghost/api/v3/content/posts/", "/ghost/api/canary/content/posts/"] {
            assert_eq!(content(path), Some("posts/"), "{path}");
        }
        for path in ["/ghost/api/admin/posts/", "/ghost/api/v9/content/posts/", "/ghost/api/content"] {
            assert_eq!(content(path), None, "{path}");
        }
    }
}
