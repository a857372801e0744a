//! What a story said before: the list, what changed, bringing it back. And a translation beside its original.

use app::stories::desk::{self, Change};
use axum::body::Body;
use http::Response;
use model::{RevisionId, StoryId};
use serde::Serialize;

use super::stories::direction;
use crate::desk::{answer::redirect, ask::Ask, refused::Refused};

#[derive(Serialize)]
struct Page {
    id: StoryId,
    headline: String,
    language: String,
    direction: &'static str,
    revisions: Vec<Line>,
    /// The revision that is looked at.
    chosen: Option<Chosen>,
}

#[derive(Serialize)]
struct Line {
    id: RevisionId,
    at: i64,
    by: String,
    headline: String,
    chosen: bool,
}

#[derive(Serialize)]
struct Chosen {
    id: RevisionId,
    at: i64,
    by: String,
    changes: Vec<Change>,
    /// Compared with the working copy, not with the revision after it.
    now: bool,
}

/// `GET /desk/stories/{id}/history` and `…/history/{revision}`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let (newsroom, staff, id) = (ask.newsroom(), ask.staff()?, ask.id::<StoryId>("id")?);
    let opened = desk::open(newsroom, staff, id).await?;
    let all = desk::revisions(newsroom, staff, id).await?;
    let asked = match ask.param("revision") {
        "" => None,
        _ => Some(ask.id::<RevisionId>("revision")?),
    };
    let now = !ask.query().ticked("next");
    let chosen = match asked {
        Some(revision) => {
            let compared = desk::compare(newsroom, staff, id, revision, now).await?;
            let before = compared.before;
            let at = before.at.as_millis();
            Some(Chosen { id: revision, at, by: before.by, changes: compared.changes, now })
        }
        None => None,
    };
    let line = |head: app::RevisionHead| Line {
        chosen: Some(head.id) == asked,
        id: head.id,
        at: head.at.as_millis(),
        by: head.by,
        headline: head.headline,
    };
    let page = Page {
        id,
        headline: opened.draft.fields.headline,
        direction: direction(&opened.story.language),
        language: opened.story.language.to_string(),
        revisions: all.into_iter().map(line).collect(),
        chosen,
    };
    ask.render("history.html", "stories", page)
}

/// `POST /desk/stories/{id}/history/{revision}/restore`.
pub(in crate::desk) async fn restore(ask: Ask) -> Result<Response<Body>, Refused> {
    let id: StoryId = ask.id("id")?;
    desk::restore(ask.newsroom(), ask.staff()?, id, ask.id("revision")?).await?;
    Ok(redirect(&format!("/desk/stories/{id}?said=restored")))
}

#[derive(Serialize)]
struct Beside {
    id: StoryId,
    headline: String,
    original: StoryId,
    original_headline: String,
    language: String,
    direction: &'static str,
    original_language: String,
    behind: bool,
}

/// `GET /desk/stories/{id}/beside`: the translation's editor beside the original's page.
pub(in crate::desk) async fn beside(ask: Ask) -> Result<Response<Body>, Refused> {
    let (newsroom, staff, id) = (ask.newsroom(), ask.staff()?, ask.id::<StoryId>("id")?);
    let opened = desk::open(newsroom, staff, id).await?;
    let beside = desk::beside(newsroom, staff, id).await?.ok_or(Refused::Missing)?;
    let page = Beside {
        id,
        headline: opened.draft.fields.headline,
        original: beside.original.id,
        original_headline: beside.original.headline,
        language: opened.story.language.to_string(),
        direction: direction(&opened.story.language),
        original_language: beside.original.language.to_string(),
        behind: beside.behind,
    };
    ask.render("beside.html", "stories", page)
}
