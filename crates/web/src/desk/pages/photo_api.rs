//! Photos and search, as the editor's script asks for them.

use app::{
    media::library::{self, PhotoFilter, Words},
    stories::desk,
};
use axum::body::Body;
use http::{Response, StatusCode};
use model::PhotoId;
use serde_json::{Value, json};

use crate::desk::{answer::json as answer_json, ask::Ask, refused::Refused};

/// `POST /desk/api/photos`: the file itself as the body.
pub(in crate::desk) async fn upload(ask: Ask) -> Result<Response<Body>, Refused> {
    if ask.body.is_empty() {
        return Err(Refused::Bad("the file is empty; choose another one".to_owned()));
    }
    let photo = library::upload(ask.newsroom(), ask.staff()?, ask.body.clone()).await?;
    Ok(answer_json(StatusCode::CREATED, &json!({ "photo": desk::photo_shown(&photo) })))
}

/// `PATCH /desk/api/photos/{id}`.
pub(in crate::desk) async fn describe(ask: Ask) -> Result<Response<Body>, Refused> {
    let words: Words = ask.json()?;
    let id: PhotoId = ask.id("id")?;
    let photo = library::describe(ask.newsroom(), ask.staff()?, id, &words).await?;
    Ok(answer_json(StatusCode::OK, &json!({ "photo": desk::photo_shown(&photo) })))
}

/// Results of a search as one types.
const MOST: i64 = 12;

/// `GET /desk/api/search?kind=&q=`.
pub(in crate::desk) async fn search(ask: Ask) -> Result<Response<Body>, Refused> {
    let query = ask.query();
    let text: String = query.one("q").chars().take(200).collect();
    let (newsroom, language) = (ask.newsroom(), ask.language());
    let most = usize::try_from(MOST).unwrap_or_default();
    let item = |id: String, label: String, detail: String| json!({ "id": id, "label": label, "detail": detail, "preview": null });
    let items: Vec<Value> = match query.one("kind") {
        "story" => {
            let found = desk::search(newsroom, ask.staff()?, &text, MOST).await?;
            let with_path = found.into_iter().filter_map(|row| Some((row.head.path?, row.head.headline)));
            with_path.map(|(path, headline)| item(path.to_string(), headline, path.to_string())).collect()
        }
        "photo" => {
            let filter = PhotoFilter { text, ..PhotoFilter::default() };
            let photos = library::photos(newsroom, &filter, MOST * 2, 0).await?.rows;
            photos.iter().map(|photo| photo_item(&desk::photo_shown(photo))).collect()
        }
        "topic" => {
            let found = desk::topics(newsroom, &language, &text, most).await?;
            found.into_iter().map(|topic| item(topic.id.to_string(), topic.name, topic.slug.to_string())).collect()
        }
        "byline" => {
            let found = desk::bylines(newsroom, &language, &text, most).await?;
            found.into_iter().map(|byline| item(byline.id.to_string(), byline.name, byline.slug.to_string())).collect()
        }
        other => return Err(Refused::Bad(format!("`{other}` can't be searched; story, photo, topic and byline can"))),
    };
    Ok(answer_json(StatusCode::OK, &json!({ "items": items })))
}

fn photo_item(photo: &desk::PhotoShown) -> Value {
    let label = [&photo.caption, &photo.alt].into_iter().find(|text| !text.is_empty());
    json!({
        "id": photo.id,
        "label": label.cloned().unwrap_or_default(),
        "detail": photo.credit,
        "preview": photo.preview,
        "photo": photo,
    })
}
