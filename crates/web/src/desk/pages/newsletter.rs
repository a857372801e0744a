//! One newsletter: its issues, the last made first.

use app::issues;
use axum::body::Body;
use http::Response;
use model::NewsletterId;
use serde::Serialize;

use super::{issue_shown::Line, newsletters::When, stories::direction};
use crate::desk::{answer::redirect, ask::Ask, refused::Refused};

/// Lines of a page.
const PAGE: i64 = 30;

#[derive(Serialize)]
struct Page {
    id: NewsletterId,
    name: String,
    about: String,
    language: String,
    direction: &'static str,
    path: String,
    active: bool,
    when: Option<When>,
    next_due: Option<i64>,
    subscribers: i64,
    public: i64,
    issues: Vec<Line>,
    /// What has to be set before anything can be sent.
    no_sender: bool,
    no_address: bool,
    from: i64,
    to: i64,
    total: i64,
    previous: Option<String>,
    next: Option<String>,
}

/// `GET /desk/newsletters/{id}`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let id: NewsletterId = ask.id("id")?;
    let newsroom = ask.newsroom();
    let listed = issues::list(newsroom).await?.into_iter().find(|listed| listed.newsletter.id == id);
    let listed = listed.ok_or(Refused::Missing)?;
    let page = ask.query().one("page").parse::<i64>().unwrap_or(1).clamp(1, 10_000);
    let (rows, total) = issues::issues(newsroom, id, PAGE, (page - 1) * PAGE).await?;
    let newsletter = listed.newsletter;
    let shown = i64::try_from(rows.len()).unwrap_or_default();
    let address = |page: i64| format!("/desk/newsletters/{id}?page={page}");
    let page = Page {
        id,
        direction: direction(&newsletter.language),
        language: newsletter.language.to_string(),
        path: issues::home(ask.settings(), &newsletter),
        active: newsletter.active,
        when: newsletter.settings.schedule.as_ref().map(When::of),
        next_due: listed.next_due.map(model::Timestamp::as_millis),
        subscribers: listed.subscribers,
        public: listed.public,
        issues: rows.iter().map(Line::of).collect(),
        no_sender: newsletter.settings.sender.is_empty(),
        no_address: ask.settings().address.is_none(),
        from: if shown == 0 { 0 } else { (page - 1) * PAGE + 1 },
        to: (page - 1) * PAGE + shown,
        previous: (page > 1).then(|| address(page - 1)),
        next: (page * PAGE < total).then(|| address(page + 1)),
        total,
        name: newsletter.settings.name,
        about: newsletter.settings.about,
    };
    ask.render("newsletter.html", "newsletters", page)
}

/// `POST /desk/newsletters/{id}/issues`: an issue by hand, and into it.
pub(in crate::desk) async fn begin(ask: Ask) -> Result<Response<Body>, Refused> {
    let id = issues::create(ask.newsroom(), ask.staff()?, ask.id("id")?).await?;
    Ok(redirect(&format!("/desk/issues/{id}")))
}
