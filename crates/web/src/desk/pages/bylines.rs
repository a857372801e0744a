//! Bylines: the list with search, one byline, and its removal, which is asked about on a page of its own.

use app::filing::{Said, bylines};
use axum::body::Body;
use http::Response;
use model::BylineId;
use serde::Serialize;

use super::{
    filed::{Field, again, fields, said, wrong},
    topics::{Pages, number, searched},
};
use crate::desk::{
    answer::{done, escaped},
    ask::Ask,
    refused::Refused,
};

#[derive(Serialize)]
struct Page {
    rows: Vec<Row>,
    text: String,
    pages: Pages,
    fields: Vec<Field>,
    slug: String,
    wrong: Option<String>,
}

#[derive(Serialize)]
struct Row {
    id: BylineId,
    name: String,
    slug: String,
    stories: i64,
}

/// `GET /desk/bylines`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    list(&ask, &Said::default(), None).await
}

async fn list(ask: &Ask, typed: &Said, wrong: Option<String>) -> Result<Response<Body>, Refused> {
    let (text, number, language) = (searched(ask, "q"), number(ask), ask.language());
    let found = bylines::list(ask.newsroom(), &language, &text, number).await?;
    let address = format!("/desk/bylines?q={}&", escaped(&text));
    let row = |(byline, stories): &(model::Byline, i64)| Row {
        id: byline.id,
        name: byline.names.get(&language).unwrap_or(byline.slug.as_str()).to_owned(),
        slug: byline.slug.to_string(),
        stories: *stories,
    };
    let page = Page {
        rows: found.bylines.iter().map(row).collect(),
        pages: Pages::of(&address, number, found.bylines.len(), found.total),
        fields: fields(ask, typed),
        slug: typed.slug.clone(),
        text,
        wrong,
    };
    ask.render("bylines.html", "bylines", page)
}

/// `POST /desk/bylines`.
pub(in crate::desk) async fn add(ask: Ask) -> Result<Response<Body>, Refused> {
    let typed = said(&ask.form())?;
    match bylines::add(ask.newsroom(), ask.staff()?, typed.clone()).await {
        Ok(_) => Ok(done("/desk/bylines", "byline-added")),
        Err(error) => Ok(again(list(&ask, &typed, Some(wrong(error)?)).await?)),
    }
}

#[derive(Serialize)]
struct One {
    id: BylineId,
    name: String,
    stories: i64,
    fields: Vec<Field>,
    slug: String,
    wrong: Option<String>,
}

/// `GET /desk/bylines/{id}`.
pub(in crate::desk) async fn one(ask: Ask) -> Result<Response<Body>, Refused> {
    byline(&ask, "byline.html", None, None).await
}

async fn byline(
    ask: &Ask,
    template: &str,
    typed: Option<Said>,
    wrong: Option<String>,
) -> Result<Response<Body>, Refused> {
    let id = ask.id("id")?;
    let (byline, stories) = bylines::open(ask.newsroom(), id).await?;
    let name = byline.names.get(&ask.language()).unwrap_or(byline.slug.as_str()).to_owned();
    let present = Said { names: byline.names, about: byline.about, slug: byline.slug.to_string() };
    let said = typed.unwrap_or(present);
    let page = One { id, name, stories, fields: fields(ask, &said), slug: said.slug, wrong };
    ask.render(template, "bylines", page)
}

/// `POST /desk/bylines/{id}`.
pub(in crate::desk) async fn edit(ask: Ask) -> Result<Response<Body>, Refused> {
    let typed = said(&ask.form())?;
    match bylines::edit(ask.newsroom(), ask.staff()?, ask.id("id")?, typed.clone()).await {
        Ok(()) => Ok(done("/desk/bylines", "saved")),
        Err(error) => Ok(again(byline(&ask, "byline.html", Some(typed), Some(wrong(error)?)).await?)),
    }
}

/// `GET /desk/bylines/{id}/remove`: says what will happen.
pub(in crate::desk) async fn leaving(ask: Ask) -> Result<Response<Body>, Refused> {
    byline(&ask, "byline_remove.html", None, None).await
}

/// `POST /desk/bylines/{id}/remove`: the page before said what happens.
pub(in crate::desk) async fn remove(ask: Ask) -> Result<Response<Body>, Refused> {
    bylines::remove(ask.newsroom(), ask.staff()?, ask.id("id")?).await?;
    Ok(done("/desk/bylines", "byline-removed"))
}
