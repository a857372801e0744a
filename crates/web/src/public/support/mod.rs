//! `/-/support/…`: what readers' forms about support are sent to, and what the links in their mails open.
//!
//! As with newsletters they answer on every host, without a cookie, and opening a link changes nothing. Answers are kept by
//! nobody, and no path is ever logged.

mod give;
mod manage;
mod remind;
mod seen;

use app::Newsroom;
use axum::{
    Router,
    routing::{get, post},
};

use super::newsletter::method;

/// What the paths begin with.
const ROOT: &str = "/-/support/";

/// Whether a path belongs here, where forms are taken.
pub(super) fn takes_forms(path: &str) -> bool {
    path.starts_with(ROOT)
}

/// Routes of readers' forms and links.
pub(super) fn routes() -> Router<Newsroom> {
    Router::new()
        .route("/-/support/form/{language}", get(give::form))
        .route("/-/support/give", get(give::back).post(give::give))
        .route("/-/support/thanks/{token}", get(give::thanks))
        .route("/-/support/link", get(give::show_link).post(give::take_link))
        .route("/-/support/manage/{token}", get(manage::show).post(manage::act))
        .route("/-/support/back/{language}", get(manage::back))
        .route("/-/support/sandbox/{thanks}/{page}", get(manage::show_sandbox).post(manage::take_sandbox))
        .route("/-/support/seen/{variant}", post(seen::take))
        .route("/-/support/remind", get(remind::show).post(remind::take))
        .route("/-/support/remind/calendar", get(remind::show).post(remind::calendar))
        .route("/-/support/remind/confirm/{token}", get(remind::show_confirm).post(remind::take_confirm))
        .route("/-/support/remind/own/{token}", get(remind::show_own).post(remind::show_own))
        .route("/-/support/remind/own/{token}/again", get(remind::back).post(remind::again))
        .route("/-/support/remind/own/{token}/erase", get(remind::back).post(remind::erase))
        .route("/-/support/remind/stop/{token}", get(remind::show_stop).post(remind::take_stop))
        .method_not_allowed_fallback(|| async { method() })
}
