//! `/-/newsletter/…`: what readers' forms are sent to, and what the links in their mails open.
//!
//! They answer on every host, without a cookie, and never with a redirect that a mailbox's one-click request (RFC 8058) would
//! have to follow. Opening a link changes nothing. Answers are kept by nobody. A path here holds what opens somebody's row,
//! so that no path is ever logged.

mod confirm;
mod leave;
mod preferences;
mod sign_up;

use app::{
    Error, Newsroom,
    cache::Prepared,
    pages::readers::{Said, note},
};
use axum::{Router, body::Body, extract::Request, routing::get};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use http_body_util::{BodyExt, Limited};
use model::Language;
use tokio::time::timeout;

use super::page::host;
use crate::{desk::Form, limits, refuse, respond::respond};

/// What the paths begin with.
const ROOT: &str = "/-/newsletter/";

/// Whether a path belongs here, where forms are taken.
pub(super) fn takes_forms(path: &str) -> bool {
    path.starts_with(ROOT)
}

/// Routes of readers' forms and links.
pub(super) fn routes() -> Router<Newsroom> {
    Router::new()
        .route("/-/newsletter/sign-up", get(sign_up::show).post(sign_up::take))
        .route("/-/newsletter/link", get(sign_up::show_link).post(sign_up::take_link))
        .route("/-/newsletter/confirm/{token}", get(confirm::show).post(confirm::take))
        .route("/-/newsletter/never/{token}", get(confirm::show_never).post(confirm::take_never))
        .route("/-/newsletter/unsubscribe/{token}", get(leave::show).post(leave::take))
        .route("/-/newsletter/preferences/{token}", get(preferences::show).post(preferences::save))
        .route("/-/newsletter/preferences/{token}/export", get(preferences::back).post(preferences::export))
        .route("/-/newsletter/preferences/{token}/erase", get(preferences::back).post(preferences::erase))
        .method_not_allowed_fallback(|| async { method() })
}

pub(super) fn method() -> Response<Body> {
    let mut response =
        refuse::refusal(StatusCode::METHOD_NOT_ALLOWED, "This address is read with GET and takes forms with POST.");
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
    response
}

/// A request, with its form read.
pub(super) struct Ask {
    pub(super) newsroom: Newsroom,
    method: Method,
    pub(super) uri: Uri,
    headers: HeaderMap,
    pub(super) form: Form,
}

impl Ask {
    /// The scheme and host that were asked.
    pub(super) fn host(&self) -> Option<String> {
        host(&self.headers, &self.uri)
    }

    /// The language that the form names, else the first that the browser asks for and the newsroom speaks.
    pub(super) async fn language(&self) -> Result<Option<Language>, Error> {
        let settings = self.newsroom.settings().await?;
        let named = self.form.some("language").and_then(|tag| Language::new(tag).ok());
        let accepted = self.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let accepted = accepted.unwrap_or_default().split(',');
        let accepted = accepted.filter_map(|tag| Language::new(tag.split(';').next()?.trim()).ok());
        let mut wanted = named.into_iter().chain(accepted);
        Ok(wanted.find_map(|wanted| {
            let exact = settings.languages.iter().find(|one| **one == wanted);
            exact.or_else(|| settings.languages.iter().find(|one| one.primary() == wanted.primary())).cloned()
        }))
    }

    /// A page that tells what came of it.
    async fn told(&self, language: Option<&Language>, said: Said) -> Result<Response<Body>, Error> {
        let own = match language {
            Some(language) => Some(language.clone()),
            None => self.language().await?,
        };
        let prepared = note(&self.newsroom, self.uri.path(), own.as_ref(), said).await?;
        Ok(self.page(&prepared))
    }

    pub(super) fn page(&self, prepared: &Prepared) -> Response<Body> {
        respond(prepared, &self.method, &self.headers).map(Body::new)
    }
}

/// Reads the form and answers. Once it is read, what it wants is done even if whoever sent it hangs up: mailboxes' own buttons
/// do not always wait. What breaks is logged by the name of what was done: the path opens somebody's row.
pub(super) async fn answer<F, Fut>(
    newsroom: Newsroom,
    request: Request,
    what: &'static str,
    handler: F,
) -> Response<Body>
where
    F: FnOnce(Ask) -> Fut + Send + 'static,
    Fut: Future<Output = Result<Response<Body>, Error>> + Send,
{
    let (parts, body) = request.into_parts();
    let bytes = match timeout(limits::ANSWER_TIME, read(body)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(())) => return refuse::form(),
        Err(_) => return refuse::busy(),
    };
    let (method, uri, headers) = (parts.method, parts.uri, parts.headers);
    let ask = Ask { newsroom, method, uri, headers, form: Form::parse(&bytes) };
    let working = tokio::spawn(async move { handler(ask).await });
    let broke = |error: &(dyn std::error::Error + 'static)| {
        tracing::error!(what, error, "a reader's form or link broke");
        refuse::failure()
    };
    match timeout(limits::ANSWER_TIME, working).await {
        Ok(Ok(Ok(response))) => response,
        Ok(Ok(Err(error))) => broke(&error),
        Ok(Err(error)) => broke(&error),
        Err(_) => refuse::busy(),
    }
}

async fn read(body: Body) -> Result<Bytes, ()> {
    let collected = Limited::new(body, limits::READER_FORM_BYTES).collect().await;
    collected.map(http_body_util::Collected::to_bytes).map_err(|_| ())
}

/// To a page of the site that every reader may see.
pub(super) fn redirect(to: &str) -> Response<Body> {
    let mut response = refuse::refusal(StatusCode::SEE_OTHER, to);
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}
