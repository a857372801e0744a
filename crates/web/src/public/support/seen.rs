//! A device says that it showed an appeal. The answer is the same whatever was said, and nothing of the request is kept.

use app::{Newsroom, support::appeals};
use axum::{
    body::Body,
    extract::{Path, State},
};
use http::{HeaderValue, Response, StatusCode, header};
use model::VariantId;
use uuid::Uuid;

/// `POST /-/support/seen/{variant}`. A body is not read.
pub(super) async fn take(State(newsroom): State<Newsroom>, Path(variant): Path<String>) -> Response<Body> {
    if let Ok(variant) = Uuid::parse_str(&variant)
        && let Err(error) = appeals::seen(&newsroom, VariantId(variant)).await
    {
        tracing::error!(%error, "a view of an appeal could not be counted");
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
