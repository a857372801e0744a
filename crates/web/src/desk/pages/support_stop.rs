//! The emergency stop: what it would end, one confirmed act, and how far it is.

use app::support::stop::{self, Before, Progress};
use axum::body::Body;
use http::{Response, StatusCode};
use serde::Serialize;

use super::{payments, support::has_sandbox};
use crate::desk::{answer::done, ask::Ask, refused::Refused};

/// This page.
const HERE: &str = "/desk/support/stop";

#[derive(Serialize)]
struct Page {
    /// Whether the sandbox is set up.
    sandbox: bool,
    open: bool,
    pledges: usize,
    appeals: usize,
    reminders: i64,
    progress: Option<Shown>,
    /// Whether stopping was not wanted twice.
    not_sure: bool,
}

/// How far the last stop is.
#[derive(Serialize)]
struct Shown {
    by: String,
    at: i64,
    in_force: bool,
    pledges: usize,
    ended: usize,
    pages: usize,
    closed: usize,
    /// What came all the same.
    late: Vec<payments::Row>,
    done: bool,
    failing: Vec<(String, usize)>,
}

fn shown(ask: &Ask, progress: Progress) -> Shown {
    Shown {
        done: progress.is_done(),
        pages: progress.pages,
        closed: progress.closed,
        late: progress.late.iter().map(|one| payments::row(ask, one)).collect(),
        by: progress.stop.by,
        at: progress.stop.at.as_millis(),
        in_force: progress.in_force,
        pledges: progress.pledges,
        ended: progress.ended,
        failing: progress.failing,
    }
}

/// `GET /desk/support/stop`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, false).await
}

async fn page(ask: &Ask, not_sure: bool) -> Result<Response<Body>, Refused> {
    let Before { open, pledges, appeals, reminders } = stop::before(ask.newsroom()).await?;
    let progress = stop::progress(ask.newsroom()).await?.map(|progress| shown(ask, progress));
    ask.render(
        "support_stop.html",
        "support",
        Page { sandbox: has_sandbox(ask), open, pledges, appeals, reminders, progress, not_sure },
    )
}

/// `POST /desk/support/stop`.
pub(in crate::desk) async fn stop(ask: Ask) -> Result<Response<Body>, Refused> {
    if !ask.form().ticked("sure") {
        let mut response = page(&ask, true).await?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    }
    stop::stop(ask.newsroom(), ask.staff()?.handle.as_str()).await?;
    Ok(done(HERE, "support-stopped"))
}
