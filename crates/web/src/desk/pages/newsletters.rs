//! Newsletters: the list, and a new one.

use app::issues::{self, New};
use axum::body::Body;
use http::Response;
use model::{Language, NewsletterId};
use serde::Serialize;

use super::{filed::again, issue_shown::Line, stories::direction};
use crate::desk::{
    answer::{done, redirect},
    ask::Ask,
    refused::{Refused, Why},
};

#[derive(Serialize)]
struct Page {
    rows: Vec<Row>,
    languages: Vec<(String, String)>,
    name: String,
    slug: String,
    language: String,
    wrong: Option<Why>,
}

#[derive(Serialize)]
struct Row {
    id: NewsletterId,
    name: String,
    language: String,
    direction: &'static str,
    /// Where its archive stands.
    path: String,
    active: bool,
    subscribers: i64,
    public: i64,
    when: Option<When>,
    next_due: Option<i64>,
    /// Issues that are being made or sent.
    issues: Vec<Line>,
}

/// A weekly time.
#[derive(Serialize)]
pub(super) struct When {
    weekday: u8,
    time: String,
    zone: String,
}

impl When {
    pub(super) fn of(weekly: &model::Schedule) -> Self {
        let time = format!("{:02}:{:02}", weekly.minute / 60, weekly.minute % 60);
        Self { weekday: weekly.weekday, time, zone: weekly.time_zone.clone() }
    }
}

/// `GET /desk/newsletters`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    list(&ask, None).await
}

async fn list(ask: &Ask, wrong: Option<Why>) -> Result<Response<Body>, Refused> {
    let all = issues::list(ask.newsroom()).await?;
    let under_way = issues::under_way(ask.newsroom()).await?;
    let row = |listed: issues::Listed| {
        let newsletter = listed.newsletter;
        let own = under_way.iter().filter(|(issue, _)| issue.newsletter == newsletter.id);
        Row {
            id: newsletter.id,
            direction: direction(&newsletter.language),
            language: newsletter.language.to_string(),
            path: issues::home(ask.settings(), &newsletter),
            active: newsletter.active,
            subscribers: listed.subscribers,
            public: listed.public,
            when: newsletter.settings.schedule.as_ref().map(When::of),
            next_due: listed.next_due.map(model::Timestamp::as_millis),
            issues: own.map(|(issue, _)| Line::of(issue)).collect(),
            name: newsletter.settings.name,
        }
    };
    let form = ask.form();
    let own_name = |language: &Language| theme::Strings::for_language(language).own_name();
    let page = Page {
        rows: all.into_iter().map(row).collect(),
        languages: ask.settings().languages.iter().map(|own| (own.to_string(), own_name(own))).collect(),
        name: form.one("name").to_owned(),
        slug: form.one("slug").to_owned(),
        language: form.one("language").to_owned(),
        wrong,
    };
    ask.render("newsletters.html", "newsletters", page)
}

/// `POST /desk/newsletters`: a new one, and to its settings.
pub(in crate::desk) async fn make(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let text = |name: &str| form.one(name).to_owned();
    let new = New { name: text("name"), slug: text("slug"), language: text("language") };
    match issues::make(ask.newsroom(), ask.staff()?, &new).await {
        Ok(id) => Ok(redirect(&format!("/desk/newsletters/{id}/settings"))),
        Err(error @ app::Error::Letter(_)) => Ok(again(list(&ask, Why::of(&ask, &error)).await?)),
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/newsletters/{id}/up`.
pub(in crate::desk) async fn up(ask: Ask) -> Result<Response<Body>, Refused> {
    issues::move_up(ask.newsroom(), ask.staff()?, ask.id("id")?).await?;
    Ok(done("/desk/newsletters", "order-changed"))
}
