//! `/-/support/…`: what readers' devices and forms say about support.

mod seen;

use app::Newsroom;
use axum::{Router, routing::post};

use crate::refuse;

/// What the paths begin with.
const ROOT: &str = "/-/support/";

/// Whether a path belongs here, where forms are taken.
pub(crate) fn takes_forms(path: &str) -> bool {
    path.starts_with(ROOT)
}

/// Routes of support.
pub(super) fn routes() -> Router<Newsroom> {
    Router::new()
        .route("/-/support/seen/{variant}", post(seen::take))
        .method_not_allowed_fallback(|| async { refuse::method() })
}
