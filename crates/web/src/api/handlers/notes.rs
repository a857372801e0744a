//! Notes on a story.

use app::{staff::Denial, stories::desk};
use model::StoryId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::api::{
    ask::Ask,
    problem::Problem,
    shape::{Json, Moment, NoQuery, Text},
};

/// The notes on a story.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct NoteList {
    /// Oldest first.
    items: Vec<Note>,
}

/// A note.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Note {
    /// Its id.
    id: Uuid,
    /// When it was written.
    at: Moment,
    /// Pen name of its author.
    author: String,
    /// What it says.
    text: String,
    /// When it was settled.
    settled_at: Option<Moment>,
    /// By whom.
    settled_by: Option<String>,
}

async fn all(ask: &Ask) -> Result<NoteList, Problem> {
    let opened = desk::open(&ask.newsroom, ask.staff(), ask.id("id")?).await?;
    let note = |note: model::Note| {
        let (settled_at, settled_by) = note.done.map(|(at, by)| (Moment(at), by)).unzip();
        Note { id: note.id, at: note.at.into(), author: note.author, text: note.text, settled_at, settled_by }
    };
    Ok(NoteList { items: opened.notes.into_iter().map(note).collect() })
}

/// `GET /api/v1/stories/{id}/notes`.
pub(in crate::api) async fn list(ask: Ask, _: NoQuery, (): ()) -> Result<Json<NoteList>, Problem> {
    Ok(Json(all(&ask).await?))
}

/// A note to be written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewNote {
    /// What it says; `@name` calls somebody.
    text: Text<1, 4_000>,
}

/// `POST /api/v1/stories/{id}/notes`.
pub(in crate::api) async fn add(ask: Ask, _: NoQuery, Json(new): Json<NewNote>) -> Result<Json<NoteList>, Problem> {
    desk::note(&ask.newsroom, ask.staff(), ask.id("id")?, &new.text.0).await?;
    Ok(Json(all(&ask).await?))
}

/// `POST /api/v1/stories/{id}/notes/{note}/settle`. One that is settled stays as it is.
pub(in crate::api) async fn settle(ask: Ask, _: NoQuery, (): ()) -> Result<(), Problem> {
    let note: Uuid = ask.id("note")?;
    let there = all(&ask).await?.items.into_iter().find(|one| one.id == note).ok_or(Denial::Gone)?;
    if there.settled_at.is_some() {
        return Ok(());
    }
    Ok(desk::settle(&ask.newsroom, ask.staff(), ask.id::<StoryId>("id")?, note).await?)
}
