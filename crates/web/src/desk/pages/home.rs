//! Today: what waits, what comes, what is read.

use axum::body::Body;
use http::Response;
use serde::Serialize;

use crate::desk::{ask::Ask, refused::Refused};

#[derive(Serialize)]
struct Page {}

/// `GET /desk/`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    ask.render("home.html", "home", Page {})
}
