//! Hooks: addresses at which other services tell the newsroom something. Each proves who it is in its own way; none is read by
//! a browser.

mod mail;
mod pay;

use app::{Newsroom, back::HOOK_BYTES};
use axum::{Router, extract::DefaultBodyLimit, routing::post};

/// What the paths begin with.
const ROOT: &str = "/-/hooks/";

/// Whether a path belongs here.
pub(crate) fn is_hook(path: &str) -> bool {
    path.starts_with(ROOT)
}

/// The largest body of a hook, in bytes; beyond it 413.
pub(crate) const BODY_BYTES: usize = HOOK_BYTES;

/// The hooks' addresses.
pub(crate) fn routes() -> Router<Newsroom> {
    Router::new()
        .route("/-/hooks/mail/{service}", post(mail::told))
        .route("/-/hooks/mail/{service}/{secret}", post(mail::told))
        .route("/-/hooks/pay/{gateway}", post(pay::told))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
}
