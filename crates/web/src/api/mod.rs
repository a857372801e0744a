//! The API: what the desk can do, for programs.
//!
//! One request's way: [`routes`] has every address in one table, with the scope that its token needs and the types that
//! go in and out. The [`guard`] finds the route, says whose token it is, refuses strangers and tokens that don't reach so
//! far, reads query and body into the route's own types, and calls its handler, which calls one use case and answers.
//! What went wrong is said in one shape ([`problem`], RFC 9457).
//!
//! [`openapi`] describes the same table, so that the description can't say anything else than the code, and [`docs`]
//! makes a page of it. The API is where the desk is, and takes no cookie: what a browser sends by itself opens nothing.

mod ask;
mod busy;
mod docs;
mod guard;
mod handlers;
pub mod openapi;
mod problem;
pub mod routes;
mod shape;

use std::sync::Arc;

use axum::{
    Router,
    extract::{RawPathParams, Request},
    routing::{MethodRouter, get, on},
};

use crate::desk::Desk;
use busy::Busy;
use routes::Route;

/// Where the API begins.
pub const BASE: &str = "/api/v1/";

/// Whether a path belongs to the API.
pub(crate) fn is_api(path: &str) -> bool {
    path.starts_with(BASE)
}

/// The API's routes behind their guard.
pub(crate) fn router(desk: &Desk) -> Router {
    let busy = Arc::new(Busy::default());
    let mut router = Router::new();
    for route in routes::all() {
        let (path, filter) = (route.path, crate::desk::filter(&route.method));
        let (desk, busy, route) = (desk.clone(), Arc::clone(&busy), Arc::new(route));
        let handler = move |params: RawPathParams, request: Request| {
            guard::pass(desk.clone(), Arc::clone(&busy), Arc::<Route>::clone(&route), params, request)
        };
        router = router.route(path, on(filter, handler));
    }
    for (path, page) in [("openapi.json", openapi::show as fn() -> _), ("docs", docs::show)] {
        let desk = desk.clone();
        let shown: MethodRouter = get(move |request: Request| guard::open(desk.clone(), request, page));
        router = router.route(&format!("{BASE}{path}"), shown);
    }
    let (nothing, wrong) = (desk.clone(), desk.clone());
    router
        .fallback(move |request: Request| guard::missing(nothing.clone(), request))
        .method_not_allowed_fallback(move |request: Request| guard::wrong_method(wrong.clone(), request))
}
