//! Static pages: the list, the editor and what its script asks, publishing, versions.

use app::{
    static_pages::{self, Changes, Opened, Unsaved},
    stories::desk::{SaveRefused, photo_shown},
};
use axum::body::Body;
use http::{Response, StatusCode};
use model::{Language, PageDraft, PageId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    editor::words,
    filed::{again, wrong},
    stories::direction,
};
use crate::desk::{
    answer::{done, json as answer_json, redirect},
    ask::Ask,
    refused::Refused,
};

#[derive(Serialize)]
struct Page {
    rows: Vec<Row>,
    languages: Vec<(String, String)>,
    title: String,
    slug: String,
    language: String,
    wrong: Option<String>,
}

#[derive(Serialize)]
struct Row {
    id: PageId,
    title: String,
    path: String,
    language: String,
    direction: &'static str,
    public: bool,
    pending: bool,
    menu: Option<i64>,
    version: i64,
    updated_at: i64,
}

/// `GET /desk/pages`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    list(&ask, None).await
}

async fn list(ask: &Ask, wrong: Option<String>) -> Result<Response<Body>, Refused> {
    let all = static_pages::list(ask.newsroom()).await?;
    let row = |(head, pending): (app::PageHead, bool)| Row {
        id: head.id,
        path: format!("{}/{}/", ask.settings().prefix(&head.language), head.slug),
        direction: direction(&head.language),
        language: head.language.to_string(),
        title: head.title,
        public: head.public,
        pending,
        menu: head.menu,
        version: head.version,
        updated_at: head.updated_at.as_millis(),
    };
    let form = ask.form();
    let own_name = |language: &Language| theme::Strings::for_language(language).own_name();
    let page = Page {
        rows: all.into_iter().map(row).collect(),
        languages: ask.settings().languages.iter().map(|own| (own.to_string(), own_name(own))).collect(),
        title: form.one("title").to_owned(),
        slug: form.one("slug").to_owned(),
        language: form.one("language").to_owned(),
        wrong,
    };
    ask.render("pages.html", "pages", page)
}

/// `POST /desk/pages`: a new page, and into it.
pub(in crate::desk) async fn create(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let language = match form.some("language") {
        Some(tag) => Language::new(tag).map_err(|error| Refused::Bad(error.to_string()))?,
        None => ask.settings().language.clone(),
    };
    let made = static_pages::create(ask.newsroom(), ask.staff()?, &language, form.one("title"), form.one("slug")).await;
    match made {
        Ok(id) => Ok(redirect(&format!("/desk/pages/{id}"))),
        Err(error) => Ok(again(list(&ask, Some(wrong(error)?)).await?)),
    }
}

#[derive(Serialize)]
struct Editor {
    id: PageId,
    title: String,
    /// For the script: JSON.
    data: String,
}

/// `GET /desk/pages/{id}`: the editor.
pub(in crate::desk) async fn edit(ask: Ask) -> Result<Response<Body>, Refused> {
    let id = ask.id("id")?;
    let opened = static_pages::open(ask.newsroom(), ask.staff()?, id).await?;
    let data = json!({
        "kind": "page",
        "api": format!("/desk/api/pages/{id}"),
        "story": story(&opened),
        "strings": words(&ask.language().to_string()),
        "language": ask.language(),
        "csrf": ask.csrf()?,
        "me": { "handle": ask.staff()?.handle },
    });
    let page = Editor { id, title: opened.draft.fields.title, data: data.to_string() };
    ask.render("page_editor.html", "pages", page)
}

fn story(opened: &Opened) -> Value {
    let Opened { page, draft, photos, .. } = opened;
    json!({
        "id": page.id,
        "version": draft.version,
        "language": page.language,
        "direction": direction(&page.language),
        "title": draft.fields.title,
        "slug": draft.fields.slug,
        "document": draft.fields.document,
        "photos": photos.values()
            .map(|photo| (photo.id.to_string(), json!(photo_shown(photo)))).collect::<serde_json::Map<_, _>>(),
        "saved_at": (draft.version > 0).then(|| draft.saved_at.to_string()),
        "saved_by": (draft.version > 0).then_some(&draft.saved_by),
    })
}

#[derive(Deserialize)]
struct Saving {
    base: i64,
    fields: Changes,
}

/// `PUT /desk/api/pages/{id}/draft`.
pub(in crate::desk) async fn save(ask: Ask) -> Result<Response<Body>, Refused> {
    let id = ask.id("id")?;
    let Saving { base, fields } = ask.json()?;
    let message = |status, text: String| answer_json(status, &json!({ "message": text }));
    Ok(match static_pages::save(ask.newsroom(), ask.staff()?, id, base, fields).await {
        Ok(saved) => {
            let said = json!({ "version": saved.version, "saved_at": saved.saved_at.to_string() });
            answer_json(StatusCode::OK, &said)
        }
        Err(Unsaved::Conflict(draft)) => conflict(&draft),
        Err(Unsaved::Other(SaveRefused::App(error))) => return Err(error.into()),
        Err(Unsaved::Other(SaveRefused::TooLarge(text))) => message(StatusCode::PAYLOAD_TOO_LARGE, text),
        Err(Unsaved::Other(other)) => message(StatusCode::UNPROCESSABLE_ENTITY, other.to_string()),
    })
}

fn conflict(draft: &PageDraft) -> Response<Body> {
    let said = json!({
        "version": draft.version,
        "saved_by": draft.saved_by,
        "saved_at": draft.saved_at.to_string(),
        "fields": draft.fields,
    });
    answer_json(StatusCode::CONFLICT, &said)
}

#[derive(Serialize)]
struct One {
    id: PageId,
    title: String,
    language: String,
    direction: &'static str,
    path: String,
    public: bool,
    pending: bool,
    draft: i64,
    saved_at: i64,
    saved_by: String,
    menu: Option<i64>,
    versions: Vec<Version>,
    /// The version that is looked at.
    chosen: Option<Chosen>,
    wrong: Option<String>,
}

#[derive(Serialize)]
struct Version {
    version: i64,
    at: i64,
    title: String,
}

#[derive(Serialize)]
struct Chosen {
    version: i64,
    at: i64,
    title: String,
    lines: Vec<String>,
}

/// `GET /desk/pages/{id}/check` and `GET /desk/pages/{id}/versions/{version}`.
pub(in crate::desk) async fn check(ask: Ask) -> Result<Response<Body>, Refused> {
    one(&ask, None).await
}

async fn one(ask: &Ask, wrong: Option<String>) -> Result<Response<Body>, Refused> {
    let id = ask.id("id")?;
    let Opened { page, draft, versions, .. } = static_pages::open(ask.newsroom(), ask.staff()?, id).await?;
    let chosen = match ask.param("version") {
        "" => None,
        number => Some(versions.iter().find(|old| old.version.to_string() == number).ok_or(Refused::Missing)?),
    };
    let chosen = chosen.map(|old| Chosen {
        version: old.version,
        at: old.at.as_millis(),
        title: old.title.clone(),
        lines: app::static_pages::lines(&old.document),
    });
    let shown = One {
        id,
        path: format!("{}/{}/", ask.settings().prefix(&page.language), page.slug),
        direction: direction(&page.language),
        language: page.language.to_string(),
        public: page.public,
        pending: !draft.is_clean(),
        draft: draft.version,
        title: draft.fields.title,
        saved_at: draft.saved_at.as_millis(),
        saved_by: draft.saved_by,
        menu: page.menu,
        versions: versions
            .iter()
            .map(|old| Version { version: old.version, at: old.at.as_millis(), title: old.title.clone() })
            .collect(),
        chosen,
        wrong,
    };
    ask.render("page_check.html", "pages", shown)
}

async fn stepped(ask: &Ask, outcome: Result<(), app::Error>, said: &str) -> Result<Response<Body>, Refused> {
    match outcome {
        Ok(()) => Ok(done(&format!("/desk/pages/{}/check", ask.param("id")), said)),
        Err(error) => Ok(again(one(ask, Some(wrong(error)?)).await?)),
    }
}

/// `POST /desk/pages/{id}/publish`.
pub(in crate::desk) async fn publish(ask: Ask) -> Result<Response<Body>, Refused> {
    let (id, seen) = (ask.id("id")?, ask.form().read("version", |text| text.parse().ok())?);
    let outcome = static_pages::publish(ask.newsroom(), ask.staff()?, id, seen).await;
    stepped(&ask, outcome.map(drop), "page-published").await
}

/// `POST /desk/pages/{id}/hide`.
pub(in crate::desk) async fn hide(ask: Ask) -> Result<Response<Body>, Refused> {
    let outcome = static_pages::unpublish(ask.newsroom(), ask.staff()?, ask.id("id")?).await;
    stepped(&ask, outcome, "page-hidden").await
}

/// `POST /desk/pages/{id}/menu`: an empty place takes it out.
pub(in crate::desk) async fn menu(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let place = match form.some("place") {
        Some(_) => Some(form.read("place", |text| text.parse::<i64>().ok())?),
        None => None,
    };
    let outcome = static_pages::set_menu(ask.newsroom(), ask.staff()?, ask.id("id")?, place).await;
    stepped(&ask, outcome, "saved").await
}

/// `POST /desk/pages/{id}/versions/{version}/restore`.
pub(in crate::desk) async fn restore(ask: Ask) -> Result<Response<Body>, Refused> {
    let id: PageId = ask.id("id")?;
    let version = ask.param("version").parse().map_err(|_| Refused::Missing)?;
    static_pages::restore(ask.newsroom(), ask.staff()?, id, version).await?;
    Ok(redirect(&format!("/desk/pages/{id}?said=restored")))
}
