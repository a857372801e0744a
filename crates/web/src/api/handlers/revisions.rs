//! What a story said before.

use app::{RevisionHead, stories::desk};
use model::{Document, RevisionId, StoryId};
use schemars::JsonSchema;
use serde::Serialize;

use crate::api::{
    ask::Ask,
    problem::Problem,
    shape::{Json, Moment, NoQuery},
};

/// What a story said before.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct RevisionList {
    /// Newest first.
    items: Vec<RevisionLine>,
}

/// A revision without its body.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct RevisionLine {
    /// Its id.
    id: RevisionId,
    /// When it was replaced.
    at: Moment,
    /// Pen name of who saved it.
    by: String,
    /// Its headline.
    headline: String,
}

/// `GET /api/v1/stories/{id}/revisions`.
pub(in crate::api) async fn list(ask: Ask, _: NoQuery, (): ()) -> Result<Json<RevisionList>, Problem> {
    let all = desk::revisions(&ask.newsroom, ask.staff(), ask.id("id")?).await?;
    let line =
        |head: RevisionHead| RevisionLine { id: head.id, at: head.at.into(), by: head.by, headline: head.headline };
    Ok(Json(RevisionList { items: all.into_iter().map(line).collect() }))
}

/// A revision, and what changed from it to the working copy.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct Revision {
    /// Its id.
    id: RevisionId,
    /// When it was replaced.
    at: Moment,
    /// Pen name of who saved it.
    by: String,
    /// Its headline.
    headline: String,
    /// Its standfirst.
    standfirst: String,
    /// Its body.
    document: Document,
    /// What became of its lines by now, in order.
    changes: Vec<Change>,
}

/// What became of a paragraph, or of another block's text.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Change {
    /// `same`, `gone`, `new` or `changed`.
    kind: String,
    /// Its text, in pieces.
    spans: Vec<Span>,
}

/// A piece of a line.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Span {
    /// `same`, `gone` or `new`.
    kind: String,
    /// Its text.
    text: String,
}

/// `GET /api/v1/stories/{id}/revisions/{revision}`.
pub(in crate::api) async fn read(ask: Ask, _: NoQuery, (): ()) -> Result<Json<Revision>, Problem> {
    let (id, revision) = (ask.id::<StoryId>("id")?, ask.id::<RevisionId>("revision")?);
    let compared = desk::compare(&ask.newsroom, ask.staff(), id, revision, true).await?;
    let span = |span: desk::Span| Span { kind: span.kind.to_owned(), text: span.text };
    let change = |change: desk::Change| Change {
        kind: change.kind.to_owned(),
        spans: change.spans.into_iter().map(span).collect(),
    };
    let before = compared.before;
    Ok(Json(Revision {
        id: before.id,
        at: before.at.into(),
        by: before.by,
        headline: before.headline,
        standfirst: before.standfirst,
        document: before.document,
        changes: compared.changes.into_iter().map(change).collect(),
    }))
}

/// `POST /api/v1/stories/{id}/revisions/{revision}/restore`.
pub(in crate::api) async fn restore(ask: Ask, _: NoQuery, (): ()) -> Result<(), Problem> {
    Ok(desk::restore(&ask.newsroom, ask.staff(), ask.id("id")?, ask.id("revision")?).await?)
}
