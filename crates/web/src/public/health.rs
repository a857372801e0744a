//! `/-/health`: whether this node answers and reaches its database. For load balancers and service managers.

use app::Newsroom;
use axum::{body::Body, extract::State};
use http::{Response, StatusCode};

use crate::refuse::refusal;

pub(super) async fn show(State(newsroom): State<Newsroom>) -> Response<Body> {
    match app::follow::catch_up(&newsroom).await {
        Ok(()) => refusal(StatusCode::OK, "ok"),
        Err(_) => refusal(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    }
}
