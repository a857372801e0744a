//! Jobs: work that waits, and work that was given up, to be tried again.

use std::collections::HashMap;

use app::log::{self, Subject};
use axum::body::Body;
use http::Response;
use model::{Job, JobId};
use serde::Serialize;
use uuid::Uuid;

use crate::desk::{answer::done, ask::Ask, refused::Refused};

/// Jobs of each list.
const MOST: i64 = 100;

#[derive(Serialize)]
struct Page {
    open: Vec<Row>,
    failed: Vec<Row>,
    failed_count: i64,
}

#[derive(Serialize)]
struct Row {
    id: JobId,
    kind: String,
    /// The key of its name, where it has one.
    name: Option<String>,
    state: &'static str,
    at: i64,
    attempts: i64,
    error: String,
    story: Option<(Uuid, String)>,
}

/// `GET /desk/log/jobs`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let work = log::work(ask.newsroom(), MOST).await?;
    let open = work.open.iter().map(|job| row(&ask, job, job.run_at.as_millis(), &work.stories));
    let failed = work.failed.iter().map(|(job, ended)| {
        let at = ended.unwrap_or(job.run_at).as_millis();
        row(&ask, job, at, &work.stories)
    });
    let page = Page { open: open.collect(), failed: failed.collect(), failed_count: work.failed_count };
    ask.render("jobs.html", "log", page)
}

fn row(ask: &Ask, job: &Job, at: i64, stories: &HashMap<Uuid, Subject>) -> Row {
    let name = format!("job-{}", job.kind.replace('_', "-"));
    let story = log::story_of(job).and_then(|id| match stories.get(&id)? {
        Subject::Story(headline) => Some((id, headline.clone())),
        Subject::Photo(_) | Subject::Staff(_) | Subject::Section(_) | Subject::Topic(_) | Subject::Byline(_) => None,
    });
    Row {
        id: job.id,
        name: ask.strings().find(&name, &[]).is_some().then_some(name),
        kind: job.kind.clone(),
        state: job.state.as_str(),
        at,
        attempts: job.attempts,
        error: job.last_error.clone().unwrap_or_default(),
        story,
    }
}

/// `POST /desk/log/jobs/{id}/again`.
pub(in crate::desk) async fn again(ask: Ask) -> Result<Response<Body>, Refused> {
    log::again(ask.newsroom(), ask.staff()?, ask.id("id")?).await?;
    Ok(done("/desk/log/jobs", "job-again"))
}
