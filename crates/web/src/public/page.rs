//! Every page, file and feed that is not in the cache, and every address where nothing stands.

use app::{Newsroom, pages};
use axum::{
    body::Body,
    extract::{Request, State},
};
use http::{HeaderMap, Response, Uri, header};
use tokio::time::timeout;

use crate::{limits, refuse, respond::respond};

pub(super) async fn show(State(newsroom): State<Newsroom>, request: Request) -> Response<Body> {
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    let host = host(request.headers(), request.uri());
    match timeout(limits::ANSWER_TIME, pages::answer(&newsroom, target, host.as_deref())).await {
        Ok(Ok(prepared)) => respond(&prepared, request.method(), request.headers()).map(Body::new),
        Ok(Err(error)) => {
            // The path of a page that breaks has to be known to mend it; who asked for it has not.
            tracing::error!(path = request.uri().path(), error = &*error as &dyn std::error::Error, "a page broke");
            refuse::failure()
        }
        Err(_) => refuse::busy(),
    }
}

/// The scheme and host that the reader sees, for feeds and sitemaps of a newsroom that has not set its address.
pub(crate) fn host(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let authority = uri.authority().map(http::uri::Authority::as_str);
    let host = authority.or_else(|| headers.get(header::HOST)?.to_str().ok())?;
    let sane = host.len() <= 255 && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    let scheme = match headers.get("x-forwarded-proto").map(http::HeaderValue::as_bytes) {
        Some(b"https") => "https",
        _ => "http",
    };
    sane.then(|| format!("{scheme}://{host}"))
}
