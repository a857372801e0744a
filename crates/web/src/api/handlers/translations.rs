//! Translations: begun from a story, behind when it changes.

use app::{staff::Denial, stories::desk};
use model::{Language, StoryId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{stories::created, story::Story};
use crate::api::{
    ask::Ask,
    problem::{Kind, Problem},
    shape::{Created, Json, NoQuery},
};

/// A translation to be begun.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewTranslation {
    /// One of the newsroom's other languages.
    language: Language,
}

/// `POST /api/v1/stories/{id}/translations`.
pub(in crate::api) async fn begin(
    ask: Ask,
    _: NoQuery,
    Json(new): Json<NewTranslation>,
) -> Result<Created<Story>, Problem> {
    let id = desk::translate(&ask.newsroom, ask.staff(), ask.id("id")?, &new.language).await?;
    created(&ask, id).await
}

/// What a translation was translated from.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct Original {
    /// Its id.
    id: StoryId,
    /// Its language.
    language: Language,
    /// Its headline.
    headline: String,
    /// Whether it changed since somebody said that the translation has caught up.
    behind: bool,
}

/// `GET /api/v1/stories/{id}/original`.
pub(in crate::api) async fn original(ask: Ask, _: NoQuery, (): ()) -> Result<Json<Original>, Problem> {
    let beside = desk::beside(&ask.newsroom, ask.staff(), ask.id("id")?).await?.ok_or(Denial::Gone)?;
    let original = beside.original;
    Ok(Json(Original {
        id: original.id,
        language: original.language,
        headline: original.headline,
        behind: beside.behind,
    }))
}

/// `POST /api/v1/stories/{id}/caught-up`.
pub(in crate::api) async fn caught_up(ask: Ask, _: NoQuery, (): ()) -> Result<(), Problem> {
    let id: StoryId = ask.id("id")?;
    if desk::beside(&ask.newsroom, ask.staff(), id).await?.is_none() {
        return Err(Problem::new(Kind::Refused, "this story is no translation; there is nothing to catch up with"));
    }
    Ok(desk::caught_up(&ask.newsroom, ask.staff(), id).await?)
}
