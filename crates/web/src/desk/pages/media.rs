//! The photo library: a grid with filters, and a page for each photo.
//!
//! A file is sent as the body of a request of its own, so that it shows progress and a cut is told apart from an end: it
//! needs the desk's script, as the editor and passkeys do. Everything else works without.

use app::{
    media::library::{self, PhotoFilter, PhotoUsed, Words},
    stories::desk::{PhotoShown, photo_shown},
};
use axum::body::Body;
use http::{Response, StatusCode};
use model::{FocalPoint, PhotoForm, PhotoId, PhotoState, Role, StoryId, StoryState, photo::RenditionRole};
use serde::Serialize;
use serde_json::json;

use super::stories::direction;
use crate::desk::{
    answer::{done, json as answer_json},
    ask::Ask,
    form::Form,
    refused::Refused,
};

/// Photos of a page.
const PAGE: i64 = 48;
/// What the library can be narrowed down to.
const SHOWN: [&str; 3] = ["unused", "incomplete", "missing"];

#[derive(Serialize)]
struct Page {
    photos: Vec<PhotoShown>,
    total: i64,
    /// Whether there are more than `total`.
    more: bool,
    from: i64,
    to: i64,
    text: String,
    show: String,
    filters: [&'static str; 3],
    previous: Option<String>,
    next: Option<String>,
    most: usize,
}

/// `GET /desk/media`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let query = ask.query();
    let show = query.one("show");
    let filter = PhotoFilter {
        text: query.one("q").chars().take(200).collect(),
        unused: show == "unused",
        incomplete: show == "incomplete",
        missing: show == "missing",
    };
    let number = query.one("page").parse::<i64>().unwrap_or(1).clamp(1, 100_000);
    let from = (number - 1) * PAGE;
    let found = library::photos(ask.newsroom(), &filter, PAGE, from).await?;
    let to = from + i64::try_from(found.rows.len()).unwrap_or_default();
    let page = Page {
        from: if found.rows.is_empty() { 0 } else { from + 1 },
        photos: found.rows.iter().map(photo_shown).collect(),
        to,
        total: found.total.counted(),
        more: found.total.more(),
        text: filter.text,
        show: SHOWN.into_iter().find(|known| *known == show).unwrap_or_default().to_owned(),
        filters: SHOWN,
        previous: (number > 1).then(|| turned(&query, number - 1)),
        next: found.total.goes_beyond(to).then(|| turned(&query, number + 1)),
        most: app::media::MAX_UPLOAD / 1_000_000,
    };
    ask.render("media.html", "media", page)
}

/// The same list on another page.
fn turned(query: &Form, page: i64) -> String {
    let mut out = url::form_urlencoded::Serializer::new(String::new());
    for name in ["q", "show"] {
        if let Some(value) = query.some(name) {
            out.append_pair(name, value);
        }
    }
    out.append_pair("page", &page.to_string());
    format!("/desk/media?{}", out.finish())
}

#[derive(Serialize)]
struct One {
    photo: PhotoShown,
    origin: Option<String>,
    created_at: i64,
    /// The focal point in percent, as the fields have it.
    x: u16,
    y: u16,
    /// The same in pixels of the photo.
    mark: (u32, u32),
    /// The crop of cards and of chats.
    crops: Vec<(&'static str, String)>,
    files: usize,
    bytes: u64,
    stories: Vec<Use>,
    /// Whether who asks may change it.
    changes: bool,
    removes: bool,
    most: usize,
    /// Why something was not done.
    wrong: Option<String>,
}

#[derive(Serialize)]
struct Use {
    id: StoryId,
    headline: String,
    language: String,
    direction: &'static str,
    state: &'static str,
}

/// `GET /desk/media/{id}`.
pub(in crate::desk) async fn one(ask: Ask) -> Result<Response<Body>, Refused> {
    let used = library::photo(ask.newsroom(), ask.id("id")?).await?;
    ask.render("photo.html", "media", shown(&ask, used, None)?)
}

fn shown(ask: &Ask, used: PhotoUsed, wrong: Option<String>) -> Result<One, Refused> {
    let PhotoUsed { photo, stories } = used;
    let edits = ask.staff()?.role >= Role::Editor;
    let public = stories.iter().any(|head| head.state == StoryState::Published);
    let crop = |name, role| photo.of(role, PhotoForm::Jpeg).next().map(|file| (name, format!("/{}", file.key)));
    let at = |of: u32, part: u16| u32::try_from(u64::from(of) * u64::from(part) / 1000).unwrap_or_default();
    Ok(One {
        origin: photo.origin.clone().filter(|_| photo.state == PhotoState::Missing),
        created_at: photo.created_at.as_millis(),
        x: photo.focal.x / 10,
        y: photo.focal.y / 10,
        mark: (at(photo.width, photo.focal.x), at(photo.height, photo.focal.y)),
        crops: [crop("card", RenditionRole::Card), crop("share", RenditionRole::Share)].into_iter().flatten().collect(),
        files: photo.renditions.len(),
        bytes: photo.renditions.iter().map(|file| file.bytes).sum::<u64>() >> 10,
        stories: stories
            .iter()
            .map(|head| Use {
                id: head.id,
                headline: head.headline.clone(),
                language: head.language.to_string(),
                direction: direction(&head.language),
                state: head.state.as_str(),
            })
            .collect(),
        changes: edits || !public,
        removes: edits && stories.is_empty(),
        photo: photo_shown(&photo),
        most: app::media::MAX_UPLOAD / 1_000_000,
        wrong,
    })
}

/// `POST /desk/media/{id}`: alt text, caption, credit. What was typed stays when it is refused.
pub(in crate::desk) async fn describe(ask: Ask) -> Result<Response<Body>, Refused> {
    let (id, form): (PhotoId, _) = (ask.id("id")?, ask.form());
    let text = |name: &str| Some(form.one(name).replace("\r\n", "\n"));
    let words = Words { alt: text("alt"), caption: text("caption"), credit: text("credit"), focal: None };
    let refused = match library::describe(ask.newsroom(), ask.staff()?, id, &words).await {
        Ok(_) => return Ok(done(&format!("/desk/media/{id}"), "saved")),
        Err(app::Error::Refused(why)) => why,
        Err(other) => return Err(other.into()),
    };
    let used = library::photo(ask.newsroom(), id).await?;
    let mut page = shown(&ask, used, Some(refused))?;
    page.photo.alt = words.alt.unwrap_or_default();
    page.photo.caption = words.caption.unwrap_or_default();
    page.photo.credit = words.credit.unwrap_or_default();
    let mut response = ask.render("photo.html", "media", page)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// `POST /desk/media/{id}/focal`: what stays visible in a crop, in percent from the left and from the top.
pub(in crate::desk) async fn focal(ask: Ask) -> Result<Response<Body>, Refused> {
    let (id, form): (PhotoId, _) = (ask.id("id")?, ask.form());
    let percent = |text: &str| text.parse::<u16>().ok().filter(|percent| *percent <= 100).map(|percent| percent * 10);
    // Whether there is such a photo is said first.
    library::photo(ask.newsroom(), id).await?;
    let point = FocalPoint { x: form.read("x", percent)?, y: form.read("y", percent)? };
    let words = Words { focal: Some(point), ..Words::default() };
    library::describe(ask.newsroom(), ask.staff()?, id, &words).await?;
    Ok(done(&format!("/desk/media/{id}"), "photo-cropped"))
}

/// `POST /desk/media/{id}/remove`.
pub(in crate::desk) async fn remove(ask: Ask) -> Result<Response<Body>, Refused> {
    library::remove(ask.newsroom(), ask.staff()?, ask.id("id")?).await?;
    Ok(done("/desk/media", "photo-removed"))
}

/// `PUT /desk/api/photos/{id}/pixels`: the file itself as the body takes the place of the photo's pixels.
pub(in crate::desk) async fn replace(ask: Ask) -> Result<Response<Body>, Refused> {
    let id: PhotoId = ask.id("id")?;
    if ask.body.is_empty() {
        return Err(Refused::Bad("the file is empty; choose another one".to_owned()));
    }
    let photo = library::replace(ask.newsroom(), ask.staff()?, id, ask.body.clone()).await?;
    Ok(answer_json(StatusCode::OK, &json!({ "photo": photo_shown(&photo) })))
}
