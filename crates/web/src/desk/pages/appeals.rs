//! Appeals: the list in the order in which they are asked, and beginning one.

use app::support::appeals;
use axum::body::Body;
use http::Response;
use model::{AppealId, AppealKind};
use serde::Serialize;

use super::filed::{again, wrong};
use crate::desk::{
    answer::{done, redirect},
    ask::Ask,
    refused::Refused,
};

#[derive(Serialize)]
struct Page {
    kinds: Vec<Kind>,
    moved: String,
    up: bool,
    name: String,
    kind: String,
    wrong: Option<String>,
}

#[derive(Serialize)]
struct Kind {
    kind: &'static str,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    id: AppealId,
    name: String,
    standing: &'static str,
    from: Option<i64>,
    until: Option<i64>,
    languages: Vec<String>,
    variants: usize,
    rules: usize,
    pending: bool,
    first: bool,
    last: bool,
}

/// `GET /desk/appeals`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    list(&ask, None).await
}

async fn list(ask: &Ask, wrong: Option<String>) -> Result<Response<Body>, Refused> {
    let all = appeals::list(ask.newsroom(), ask.staff()?).await?;
    let kind = |kind: AppealKind| {
        let own: Vec<&appeals::Listed> = all.iter().filter(|listed| listed.appeal.kind == kind).collect();
        let last = own.len().saturating_sub(1);
        Kind {
            kind: kind.as_str(),
            rows: own.iter().enumerate().map(|(at, one)| row(one, at == 0, at == last)).collect(),
        }
    };
    let (query, form) = (ask.query(), ask.form());
    let page = Page {
        kinds: AppealKind::ALL.map(kind).into(),
        moved: query.one("moved").to_owned(),
        up: query.ticked("up"),
        name: form.one("name").to_owned(),
        kind: form.some("kind").unwrap_or(AppealKind::End.as_str()).to_owned(),
        wrong,
    };
    ask.render("appeals.html", "appeals", page)
}

fn row(listed: &appeals::Listed, first: bool, last: bool) -> Row {
    let settings = &listed.appeal.settings;
    Row {
        id: listed.appeal.id,
        name: settings.name.clone(),
        standing: listed.standing.as_str(),
        from: settings.from.map(model::Timestamp::as_millis),
        until: settings.until.map(model::Timestamp::as_millis),
        languages: listed.languages.iter().map(ToString::to_string).collect(),
        variants: listed.variants,
        rules: settings.rules.len(),
        pending: listed.pending && listed.appeal.state == model::AppealState::Started,
        first,
        last,
    }
}

/// `POST /desk/appeals`: a new appeal, and to it.
pub(in crate::desk) async fn create(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let kind = form.read("kind", AppealKind::parse)?;
    match appeals::create(ask.newsroom(), ask.staff()?, kind, form.one("name")).await {
        Ok(id) => Ok(redirect(&format!("/desk/appeals/{id}"))),
        Err(error) => Ok(again(list(&ask, Some(wrong(error)?)).await?)),
    }
}

/// `POST /desk/appeals/{id}/step`: `up` is 1 or 0.
pub(in crate::desk) async fn step(ask: Ask) -> Result<Response<Body>, Refused> {
    let id: AppealId = ask.id("id")?;
    let up = ask.form().one("up") == "1";
    appeals::step(ask.newsroom(), ask.staff()?, id, up).await?;
    Ok(done(&format!("/desk/appeals?moved={id}{}", if up { "&up=1" } else { "" }), "order-changed"))
}
