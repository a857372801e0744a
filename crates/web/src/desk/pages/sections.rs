//! Sections: the list in the order of the menu, one section, removing it.

use app::filing::{
    Said,
    sections::{self, Listed},
};
use axum::body::Body;
use http::Response;
use model::{Section, SectionId};
use serde::Serialize;
use uuid::Uuid;

use super::filed::{Field, again, fields, said, wrong};
use crate::desk::{answer::done, ask::Ask, form::Form, refused::Refused};

#[derive(Serialize)]
struct Page {
    rows: Vec<Row>,
    /// The section that was just moved: the keyboard stays at it.
    moved: String,
    up: bool,
    fields: Vec<Field>,
    slug: String,
    parent: String,
    /// Why the new section was refused.
    wrong: Option<String>,
}

#[derive(Serialize)]
struct Row {
    id: SectionId,
    name: String,
    slug: String,
    depth: usize,
    stories: i64,
    /// Whether it stands before, behind another one.
    first: bool,
    last: bool,
}

fn rows(ask: &Ask, listed: &[Listed]) -> Vec<Row> {
    let beside = |section: &Section| {
        let row = listed.iter().map(|other| &other.section).filter(|other| other.parent == section.parent);
        row.map(|other| other.id).collect::<Vec<_>>()
    };
    let row = |Listed { section, stories, depth }: &Listed| {
        let beside = beside(section);
        Row {
            id: section.id,
            name: section.names.get(&ask.language()).unwrap_or(section.slug.as_str()).to_owned(),
            slug: section.slug.to_string(),
            depth: *depth,
            stories: *stories,
            first: beside.first() == Some(&section.id),
            last: beside.last() == Some(&section.id),
        }
    };
    listed.iter().map(row).collect()
}

/// `GET /desk/sections`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    list(&ask, &Said::default(), "", None).await
}

async fn list(ask: &Ask, typed: &Said, parent: &str, wrong: Option<String>) -> Result<Response<Body>, Refused> {
    let listed = sections::list(ask.newsroom()).await?;
    let query = ask.query();
    let page = Page {
        rows: rows(ask, &listed),
        moved: query.one("moved").to_owned(),
        up: query.ticked("up"),
        fields: fields(ask, typed),
        slug: typed.slug.clone(),
        parent: parent.to_owned(),
        wrong,
    };
    ask.render("sections.html", "sections", page)
}

/// The section that a field names; none when it is empty.
fn chosen(form: &Form, name: &str) -> Result<Option<SectionId>, Refused> {
    let id = |text: &str| Uuid::parse_str(text).map_err(|_| Refused::Bad(format!("`{text}` is no section")));
    Ok(form.some(name).map(id).transpose()?.map(SectionId))
}

/// `POST /desk/sections`.
pub(in crate::desk) async fn add(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let typed = said(&form)?;
    match sections::add(ask.newsroom(), ask.staff()?, typed.clone(), chosen(&form, "parent")?).await {
        Ok(_) => Ok(done("/desk/sections", "section-added")),
        Err(error) => Ok(again(list(&ask, &typed, form.one("parent"), Some(wrong(error)?)).await?)),
    }
}

#[derive(Serialize)]
struct One {
    id: SectionId,
    name: String,
    stories: i64,
    /// Sections that it may stand under.
    above: Vec<(SectionId, String)>,
    /// Sections into which its stories may move.
    others: Vec<(SectionId, String)>,
    fields: Vec<Field>,
    slug: String,
    parent: String,
    wrong: Option<String>,
}

/// `GET /desk/sections/{id}`.
pub(in crate::desk) async fn one(ask: Ask) -> Result<Response<Body>, Refused> {
    section(&ask, None, None).await
}

async fn section(ask: &Ask, typed: Option<Said>, wrong: Option<String>) -> Result<Response<Body>, Refused> {
    let id: SectionId = ask.id("id")?;
    let listed = sections::list(ask.newsroom()).await?;
    let own = listed.iter().find(|listed| listed.section.id == id).ok_or(Refused::Missing)?;
    let present = |section: &Section| Said {
        names: section.names.clone(),
        about: section.about.clone(),
        slug: section.slug.to_string(),
    };
    let parent = match &typed {
        Some(_) => ask.form().one("parent").to_owned(),
        None => own.section.parent.map(|id| id.to_string()).unwrap_or_default(),
    };
    let said = typed.unwrap_or_else(|| present(&own.section));
    let all = rows(ask, &listed);
    let under = under(&listed, id);
    let named = |row: &Row| (row.id, row.name.clone());
    let page = One {
        id,
        name: all.iter().find(|row| row.id == id).map(|row| row.name.clone()).unwrap_or_default(),
        stories: own.stories,
        above: all.iter().filter(|row| !under.contains(&row.id)).map(named).collect(),
        others: all.iter().filter(|row| row.id != id).map(named).collect(),
        fields: fields(ask, &said),
        slug: said.slug,
        parent,
        wrong,
    };
    ask.render("section.html", "sections", page)
}

/// The section and everything that stands under it.
fn under(listed: &[Listed], id: SectionId) -> Vec<SectionId> {
    let mut under = vec![id];
    // Each stands behind the one it stands under.
    for Listed { section, .. } in listed {
        if section.parent.is_some_and(|parent| under.contains(&parent)) {
            under.push(section.id);
        }
    }
    under
}

/// `POST /desk/sections/{id}`.
pub(in crate::desk) async fn edit(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let typed = said(&form)?;
    let parent = chosen(&form, "parent")?;
    match sections::edit(ask.newsroom(), ask.staff()?, ask.id("id")?, typed.clone(), parent).await {
        Ok(()) => Ok(done("/desk/sections", "saved")),
        Err(error) => Ok(again(section(&ask, Some(typed), Some(wrong(error)?)).await?)),
    }
}

/// `POST /desk/sections/{id}/step`: `up` is 1 or 0.
pub(in crate::desk) async fn step(ask: Ask) -> Result<Response<Body>, Refused> {
    let id: SectionId = ask.id("id")?;
    let up = ask.form().one("up") == "1";
    sections::step(ask.newsroom(), ask.staff()?, id, up).await?;
    Ok(done(&format!("/desk/sections?moved={id}{}", if up { "&up=1" } else { "" }), "order-changed"))
}

/// `POST /desk/sections/{id}/remove`.
pub(in crate::desk) async fn remove(ask: Ask) -> Result<Response<Body>, Refused> {
    let into = chosen(&ask.form(), "into")?;
    match sections::remove(ask.newsroom(), ask.staff()?, ask.id("id")?, into).await {
        Ok(()) => Ok(done("/desk/sections", "section-removed")),
        Err(error) => Ok(again(section(&ask, None, Some(wrong(error)?)).await?)),
    }
}
