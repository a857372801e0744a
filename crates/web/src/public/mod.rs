//! The public site: what has an address of its own in the server, and everything else, which is a page.

mod health;
mod newsletter;
mod page;
mod support;

use app::Newsroom;
use axum::{
    Router,
    routing::{any, get},
};

use crate::{ghost, hooks};

pub(crate) use page::host;

/// Whether a path takes readers' forms.
pub(crate) fn takes_forms(path: &str) -> bool {
    newsletter::takes_forms(path) || support::takes_forms(path)
}

/// Routes of the public site.
pub(crate) fn router(newsroom: Newsroom) -> Router {
    Router::new()
        .route("/-/health", get(health::show))
        .route("/ghost/api/{*path}", any(ghost::show))
        .merge(newsletter::routes())
        .merge(support::routes())
        .merge(hooks::routes())
        .fallback(get(page::show))
        .with_state(newsroom)
}
