//! The story editor's page, and what its script asks (`desk/README.md` has the contract).

use std::{convert::Infallible, time::Duration};

use app::stories::desk::{self, Changes, Locked, Opened, SaveRefused};
use axum::{
    body::Body,
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::stream;
use http::{Response, StatusCode};
use model::{Draft, DraftFields, StoryId, Timestamp};
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;

use super::stories::direction;
use crate::desk::{
    answer::{json as answer_json, nothing},
    ask::Ask,
    refused::Refused,
};

/// The editor's own words, by language.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../desk/strings"]
struct Words;

#[derive(Serialize)]
struct Page {
    id: StoryId,
    headline: String,
    state: &'static str,
    public: bool,
    /// For the script: JSON.
    data: String,
}

/// `GET /desk/stories/{id}`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let id = ask.id("id")?;
    let opened = desk::open(ask.newsroom(), ask.staff()?, id).await?;
    let data = json!({
        "story": story(&ask, &opened)?,
        "strings": words(&ask.language().to_string()),
        "language": ask.language(),
        "csrf": ask.csrf()?,
        "me": { "handle": ask.staff()?.handle },
    });
    let page = Page {
        id,
        headline: opened.draft.fields.headline.clone(),
        state: opened.story.state.as_str(),
        public: opened.story.path.is_some(),
        data: data.to_string(),
    };
    ask.render("editor.html", "stories", page)
}

pub(super) fn words(language: &str) -> Value {
    let file = Words::get(&format!("{language}.json")).or_else(|| Words::get("en.json"));
    file.and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or(Value::Null)
}

fn story(ask: &Ask, opened: &Opened) -> Result<Value, Refused> {
    let language = ask.language();
    let me = ask.staff()?.id;
    let named = |id: String, name: Option<&str>, slug: &str| json!({ "id": id, "name": name.unwrap_or(slug) });
    let fields = &opened.draft.fields;
    let mut story = fields_json(fields)?;
    let more = json!({
        "id": opened.story.id,
        "version": opened.draft.version,
        "state": opened.story.state,
        "language": opened.story.language,
        "direction": direction(&opened.story.language),
        "sections": opened.sections.iter()
            .map(|s| named(s.id.to_string(), s.names.get(&language), s.slug.as_str())).collect::<Vec<_>>(),
        "topics": opened.topics.iter()
            .map(|t| named(t.id.to_string(), t.names.get(&language), t.slug.as_str())).collect::<Vec<_>>(),
        "bylines": opened.bylines.iter()
            .map(|b| named(b.id.to_string(), b.names.get(&language), b.slug.as_str())).collect::<Vec<_>>(),
        "photos": opened.photos.values()
            .map(|photo| (photo.id.to_string(), json!(desk::photo_shown(photo)))).collect::<serde_json::Map<_, _>>(),
        "saved_at": (opened.draft.version > 0).then(|| opened.draft.saved_at.to_string()),
        "saved_by": (opened.draft.version > 0).then_some(&opened.draft.saved_by),
        "lock": opened.lock.as_ref()
            .map(|lock| json!({ "by": lock.handle, "mine": lock.staff == me, "until": lock.ends_at.to_string() })),
    });
    if let (Some(story), Value::Object(more)) = (story.as_object_mut(), more) {
        story.extend(more);
    }
    Ok(story)
}

/// Fields as the editor has them: a source's address and note are texts, empty where there is none.
fn fields_json(fields: &DraftFields) -> Result<Value, Refused> {
    let mut out = serde_json::to_value(fields).map_err(app::Error::from)?;
    let source = |source: &model::Source| json!({ "name": source.name, "url": source.url.as_deref().unwrap_or_default(), "note": source.note });
    // One that nobody chose is shown as empty: it will follow the headline.
    if desk::is_nameless(&fields.slug) {
        out["slug"] = Value::from("");
    }
    out["sources"] = fields.sources.iter().map(source).collect();
    Ok(out)
}

#[derive(Deserialize)]
struct Saving {
    base: i64,
    fields: Value,
}

/// `PUT /desk/api/stories/{id}/draft`.
pub(in crate::desk) async fn save(ask: Ask) -> Result<Response<Body>, Refused> {
    let Saving { base, mut fields } = ask.json()?;
    // Not by index: that is a panic where the fields are none.
    for source in fields.get_mut("sources").and_then(Value::as_array_mut).into_iter().flatten() {
        if source["url"] == "" {
            source["url"] = Value::Null;
        }
    }
    let changes: Changes = serde_json::from_value(fields).map_err(|error| Refused::Bad(error.to_string()))?;
    let saved = desk::save(ask.newsroom(), ask.staff()?, ask.id("id")?, base, changes).await;
    Ok(match saved {
        Ok(saved) => {
            let said = json!({ "version": saved.version, "saved_at": saved.saved_at.to_string() });
            answer_json(StatusCode::OK, &said)
        }
        Err(SaveRefused::Conflict(draft)) => conflict(&draft)?,
        Err(SaveRefused::Locked { by, since }) => held(&by, since),
        Err(SaveRefused::TooLarge(text)) => answer_json(StatusCode::PAYLOAD_TOO_LARGE, &json!({ "message": text })),
        Err(SaveRefused::Invalid(text)) => answer_json(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "message": text })),
        Err(SaveRefused::App(error)) => return Err(error.into()),
    })
}

fn conflict(draft: &Draft) -> Result<Response<Body>, Refused> {
    let said = json!({
        "version": draft.version,
        "saved_by": draft.saved_by,
        "saved_at": draft.saved_at.to_string(),
        "fields": fields_json(&draft.fields)?,
    });
    Ok(answer_json(StatusCode::CONFLICT, &said))
}

fn held(by: &str, since: Timestamp) -> Response<Body> {
    answer_json(StatusCode::LOCKED, &json!({ "by": by, "since": since.to_string() }))
}

/// `POST /desk/api/stories/{id}/links`: looks whether links are dead, since somebody asked.
pub(in crate::desk) async fn links(ask: Ask) -> Result<Response<Body>, Refused> {
    let links = ask.desk.links().check(ask.newsroom(), ask.staff()?, ask.id("id")?).await?;
    Ok(answer_json(StatusCode::OK, &json!({ "links": links })))
}

#[derive(Deserialize)]
struct Locking {
    #[serde(default)]
    take: bool,
}

/// `POST /desk/api/stories/{id}/lock`.
pub(in crate::desk) async fn lock(ask: Ask) -> Result<Response<Body>, Refused> {
    let Locking { take } = ask.json()?;
    Ok(match desk::lock(ask.newsroom(), ask.staff()?, ask.id("id")?, take).await? {
        Locked::Mine { until } => answer_json(StatusCode::OK, &json!({ "until": until.to_string() })),
        Locked::Held { by, since } => held(&by, since),
    })
}

/// `DELETE /desk/api/stories/{id}/lock`.
pub(in crate::desk) async fn unlock(ask: Ask) -> Result<Response<Body>, Refused> {
    desk::unlock(ask.newsroom(), ask.staff()?, ask.id("id")?).await?;
    Ok(nothing())
}

/// How often the database is looked at for what another node did.
const LOOK: Duration = Duration::from_secs(5);

/// What an editor knows, to be told of what changes.
#[derive(Clone, PartialEq)]
struct Known {
    lock: Option<String>,
    version: i64,
    state: &'static str,
}

/// `GET /desk/api/stories/{id}/events`: who writes, what was saved, which state. Ends with the session and the server.
pub(in crate::desk) async fn events(ask: Ask) -> Result<Response<Body>, Refused> {
    let id: StoryId = ask.id("id")?;
    let heard = ask.newsroom().notices().listen();
    let (known, _) = look(&ask, id).await?;
    let stopping = ask.desk.stopping();
    let state = (ask, id, heard, stopping, known);
    let events = stream::unfold(state, |(ask, id, mut heard, mut stopping, known)| async move {
        loop {
            tokio::select! {
                _ = stopping.wait_for(|stop| *stop) => return None,
                notice = heard.recv() => match notice {
                    Ok(notice) if notice.story != id => continue,
                    Ok(_) | Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return None,
                },
                () = tokio::time::sleep(LOOK) => {}
            }
            // Whoever was signed out meanwhile hears nothing more.
            app::staff::signed(ask.newsroom(), &ask.who.as_ref()?.1).await.ok()??;
            let (now, by) = look(&ask, id).await.ok()?;
            let told = tell(&ask, &known, &now, &by);
            if !told.is_empty() {
                return Some((
                    stream::iter(told.into_iter().map(Ok::<_, Infallible>)),
                    (ask, id, heard, stopping, now),
                ));
            }
        }
    });
    let events = futures::StreamExt::flatten(events);
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}

async fn look(ask: &Ask, id: StoryId) -> Result<(Known, String), Refused> {
    let stands = desk::stands(ask.newsroom(), ask.staff()?, id).await?;
    let known = Known { lock: stands.lock, version: stands.version, state: stands.state.as_str() };
    Ok((known, stands.saved_by))
}

fn tell(ask: &Ask, before: &Known, now: &Known, saved_by: &str) -> Vec<Event> {
    let mut told = Vec::new();
    let mut add = |name: &str, said: Value| told.push(Event::default().event(name).data(said.to_string()));
    if before.lock != now.lock {
        let me = ask.staff().map(|staff| staff.handle.to_string()).ok();
        let mine = now.lock.is_some() && now.lock == me;
        add("lock", json!({ "by": now.lock.as_deref().unwrap_or_default(), "mine": mine }));
    }
    if before.version != now.version {
        add("saved", json!({ "version": now.version, "by": saved_by }));
    }
    if before.state != now.state {
        add("state", json!({ "state": now.state }));
    }
    told
}
