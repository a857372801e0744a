//! What a variant says in a language, in the editor.

use app::{
    static_pages::Changes,
    stories::desk::{SaveRefused, photo_shown},
    support::appeals::{self, OpenedText, Unsaved},
};
use axum::body::Body;
use http::{Response, StatusCode};
use model::{AppealId, AppealText, Language};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{appeal_variants::named, editor::words, stories::direction};
use crate::desk::{answer::json as answer_json, ask::Ask, refused::Refused};

#[derive(Serialize)]
struct Editor {
    id: AppealId,
    title: String,
    /// For the script: JSON.
    data: String,
}

/// The language that a path names.
pub(super) fn language(ask: &Ask) -> Result<Language, Refused> {
    Language::new(ask.param("language")).map_err(|_| Refused::Missing)
}

/// `GET /desk/appeals/{id}/text/{variant}/{language}`.
pub(in crate::desk) async fn edit(ask: Ask) -> Result<Response<Body>, Refused> {
    let (variant, language) = (named(&ask)?, language(&ask)?);
    let opened = appeals::open_text(ask.newsroom(), ask.staff()?, variant, &language).await?;
    let name = theme::Strings::for_language(&language).own_name();
    let title = format!("{} · {} · {name}", opened.appeal.settings.name, opened.variant.name);
    let data = json!({
        "kind": "text",
        "api": format!("/desk/api/appeals/{variant}/{language}"),
        "story": text(&opened),
        "strings": words(&ask.language().to_string()),
        "language": ask.language(),
        "csrf": ask.csrf()?,
        "me": { "handle": ask.staff()?.handle },
    });
    let page = Editor { id: opened.appeal.id, title, data: data.to_string() };
    ask.render("appeal_editor.html", "appeals", page)
}

fn text(opened: &OpenedText) -> Value {
    let OpenedText { variant, text, photos, .. } = opened;
    json!({
        "id": format!("{}.{}", variant.id, text.language),
        "version": text.version,
        "language": text.language,
        "direction": direction(&text.language),
        "document": text.document,
        "photos": photos.values()
            .map(|photo| (photo.id.to_string(), json!(photo_shown(photo)))).collect::<serde_json::Map<_, _>>(),
        "saved_at": (text.version > 0).then(|| text.saved_at.to_string()),
        "saved_by": (text.version > 0).then_some(&text.saved_by),
    })
}

#[derive(Deserialize)]
struct Saving {
    base: i64,
    fields: Changes,
}

/// `PUT /desk/api/appeals/{variant}/{language}/draft`.
pub(in crate::desk) async fn save(ask: Ask) -> Result<Response<Body>, Refused> {
    let (variant, language) = (named(&ask)?, language(&ask)?);
    let Saving { base, fields } = ask.json()?;
    let message = |status, text: String| answer_json(status, &json!({ "message": text }));
    let saved = appeals::save_text(ask.newsroom(), ask.staff()?, variant, &language, base, fields.document).await;
    Ok(match saved {
        Ok(saved) => {
            let said = json!({ "version": saved.version, "saved_at": saved.saved_at.to_string() });
            answer_json(StatusCode::OK, &said)
        }
        Err(Unsaved::Conflict(text)) => conflict(&text),
        Err(Unsaved::Other(SaveRefused::App(error))) => return Err(error.into()),
        Err(Unsaved::Other(SaveRefused::TooLarge(text))) => message(StatusCode::PAYLOAD_TOO_LARGE, text),
        Err(Unsaved::Other(other)) => message(StatusCode::UNPROCESSABLE_ENTITY, other.to_string()),
    })
}

fn conflict(text: &AppealText) -> Response<Body> {
    let said = json!({
        "version": text.version,
        "saved_by": text.saved_by,
        "saved_at": text.saved_at.to_string(),
        "fields": { "document": text.document },
    });
    answer_json(StatusCode::CONFLICT, &said)
}
