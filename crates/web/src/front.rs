//! The front: looks a request's path up in the page cache before anything is routed.
//!
//! A hit costs one look-up in a concurrent map and a copy of the prepared headers; four fifths of a request's time are
//! the kernel's. What is not in the cache, or is not a plain GET or HEAD, goes to the router.

use std::{convert::Infallible, sync::Arc};

use app::Newsroom;
use axum::{Router, body::Body};
use bytes::Bytes;
use futures::{
    FutureExt,
    future::{BoxFuture, Either, Ready, ready},
};
use http::{HeaderValue, Method, Request, Response, header};
use http_body_util::Full;
use hyper::{body::Incoming, service::Service};
use tower::ServiceExt;

use crate::{
    Counts, api,
    desk::{self, Desk},
    ghost::is_ghost,
    hooks, limits, public, refuse,
    respond::respond,
};

/// A prepared body, or a routed one.
type Answer = Response<http_body_util::Either<Full<Bytes>, Body>>;

/// What a listener of the desk's own serves of the site: photos, and what previews of stories look like.
const FOR_THE_DESK: [&str; 3] = ["/media/", "/assets/", "/-/health"];

/// The service of every connection. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Front {
    newsroom: Newsroom,
    router: Router,
    desk: Router,
    api: Router,
    public: bool,
    counts: Arc<Counts>,
    dev: bool,
}

impl Front {
    /// `public`: whether the site is served here too, or the desk alone.
    pub(crate) fn new(newsroom: Newsroom, counts: Arc<Counts>, desk: &Desk, public: bool, dev: bool) -> Self {
        let router = public::router(newsroom.clone());
        Self { newsroom, router, desk: desk::router(desk), api: api::router(desk), public, counts, dev }
    }

    /// The answer that can be given at once, if any.
    fn at_once<B>(&self, request: &Request<B>) -> Option<Answer> {
        if desk::is_desk(request.uri().path()) || api::is_api(request.uri().path()) {
            return None;
        }
        if !self.public && !FOR_THE_DESK.iter().any(|start| request.uri().path().starts_with(start)) {
            let nothing = refuse::refusal(http::StatusCode::NOT_FOUND, "There is nothing at this address.");
            return Some(nothing.map(http_body_util::Either::Right));
        }
        if let Some(refused) = refused(request) {
            return Some(refused.map(http_body_util::Either::Right));
        }
        // A query never changes a page, but an old address may have had one: the router looks.
        if request.uri().query().is_some() {
            return None;
        }
        let prepared = self.newsroom.cache().get(request.uri().path())?;
        self.counts.hit();
        Some(respond(&prepared, request.method(), request.headers()).map(http_body_util::Either::Left))
    }

    /// In `serve --dev` pages load themselves anew, without script, and nothing is kept by the browser.
    fn finish(&self, mut answer: Answer) -> Answer {
        self.counts.answered(answer.status());
        if self.dev {
            let headers = answer.headers_mut();
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            if headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
                headers.insert(header::REFRESH, HeaderValue::from_static("2"));
            }
        }
        answer
    }
}

/// What is refused before anything is looked up.
fn refused<B>(request: &Request<B>) -> Option<Response<Body>> {
    let hook = hooks::is_hook(request.uri().path());
    let limit = if hook { hooks::BODY_BYTES as u64 } else { limits::BODY_BYTES };
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if length.is_some_and(|length| length.parse::<u64>().is_ok_and(|bytes| bytes > limit)) {
        return Some(refuse::body(limit));
    }
    // Browsers ask before they let another site's script read there.
    let asks = *request.method() == Method::OPTIONS && is_ghost(request.uri().path());
    let tells = hook && *request.method() == Method::POST;
    let sends = *request.method() == Method::POST && public::takes_forms(request.uri().path());
    if !asks && !tells && !sends && !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Some(refuse::method());
    }
    let address = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    (address > limits::ADDRESS_BYTES).then(refuse::address)
}

impl Service<Request<Incoming>> for Front {
    type Response = Answer;
    type Error = Infallible;
    type Future = Either<Ready<Result<Answer, Infallible>>, BoxFuture<'static, Result<Answer, Infallible>>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        if let Some(answer) = self.at_once(&request) {
            return Either::Left(ready(Ok(self.finish(answer))));
        }
        let front = self.clone();
        let routed = async move {
            let router = match request.uri().path() {
                path if desk::is_desk(path) => &front.desk,
                path if api::is_api(path) => &front.api,
                _ => &front.router,
            };
            let Ok(response) = router.clone().oneshot(request).await;
            Ok(front.finish(response.map(http_body_util::Either::Right)))
        };
        Either::Right(routed.boxed())
    }
}
