//! Steps of an issue: approval, another time, giving up, the archive, and looking at its links.

use app::{Error, issues};
use axum::body::Body;
use http::Response;
use model::IssueId;

use super::issue::{Told, page};
use crate::desk::{
    answer::done,
    ask::Ask,
    refused::{Refused, Why},
};

/// Back to the page when it was done; the same page with why not when it was not.
async fn stepped(ask: &Ask, outcome: Result<(), Error>, said: &str) -> Result<Response<Body>, Refused> {
    let id: IssueId = ask.id("id")?;
    match outcome {
        Ok(()) => Ok(done(&format!("/desk/issues/{id}"), said)),
        Err(error @ (Error::Letter(_) | Error::Refused(_))) => {
            page(ask, Told { wrong: Why::of(ask, &error), ..Told::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/issues/{id}/approve`: as it was seen; with `now=1` it goes out at once.
pub(in crate::desk) async fn approve(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let (newsroom, staff, id): (_, _, IssueId) = (ask.newsroom(), ask.staff()?, ask.id("id")?);
    let now = form.one("now") == "1";
    let outcome = match form.some("version").map(str::parse::<i64>) {
        Some(Ok(seen)) => issues::approve(newsroom, staff, id, seen, now).await,
        // An approved issue, to be sent before its time.
        _ if now => issues::send_now(newsroom, staff, id).await,
        _ => Err(issues::Stop::ChangedSince.into()),
    };
    if now && outcome.is_ok() {
        return Ok(done(&format!("/desk/issues/{id}/sending?soon=1"), "issue-on-its-way"));
    }
    stepped(&ask, outcome, "issue-approved").await
}

/// `POST /desk/issues/{id}/reopen`.
pub(in crate::desk) async fn reopen(ask: Ask) -> Result<Response<Body>, Refused> {
    let outcome = issues::reopen(ask.newsroom(), ask.staff()?, ask.id("id")?).await;
    stepped(&ask, outcome, "issue-reopened").await
}

/// `POST /desk/issues/{id}/time`: when it goes out; with an empty field, when somebody says so.
pub(in crate::desk) async fn time(ask: Ask) -> Result<Response<Body>, Refused> {
    let (newsroom, staff, id) = (ask.newsroom(), ask.staff()?, ask.id("id")?);
    let opened = issues::open(newsroom, staff, id).await?;
    let at = match ask.form().some("at") {
        Some(text) => match opened.time(text) {
            Some(at) => Some(at),
            None => return stepped(&ask, Err(issues::Stop::Time.into()), "").await,
        },
        None => None,
    };
    let outcome = issues::set_time(newsroom, staff, id, at).await;
    stepped(&ask, outcome, "issue-time-set").await
}

/// `POST /desk/issues/{id}/cancel`.
pub(in crate::desk) async fn cancel(ask: Ask) -> Result<Response<Body>, Refused> {
    let outcome = issues::cancel(ask.newsroom(), ask.staff()?, ask.id("id")?).await;
    stepped(&ask, outcome, "issue-cancelled").await
}

/// `POST /desk/issues/{id}/archive`: out of the archive with `hide=1`, else back into it.
pub(in crate::desk) async fn archive(ask: Ask) -> Result<Response<Body>, Refused> {
    let hide = ask.form().one("hide") == "1";
    let outcome = issues::hide(ask.newsroom(), ask.staff()?, ask.id("id")?, hide).await;
    stepped(&ask, outcome, if hide { "issue-hidden" } else { "issue-shown" }).await
}

/// `POST /desk/issues/{id}/check-links`: what was found, on the page that answers.
pub(in crate::desk) async fn check_links(ask: Ask) -> Result<Response<Body>, Refused> {
    let (staff, id) = (ask.staff()?, ask.id("id")?);
    let links = issues::check::links(ask.newsroom(), staff, id, ask.desk.links()).await?;
    page(&ask, Told { links: Some(links), ..Told::default() }).await
}
