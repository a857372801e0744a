//! What stories are filed under: sections, topics, bylines.

use app::stories::desk::{self, Named};
use model::{BylineId, Language, SectionId, Slug, TopicId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::{
    ask::Ask,
    problem::Problem,
    shape::{Json, Text, Whole},
};

/// In which language.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NamesQuery {
    /// The language of the names; the newsroom's own unless said otherwise.
    language: Option<Language>,
}

/// Which ones, and how many of them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct SearchQuery {
    /// Beginnings of words of the name, in any language.
    q: Option<Text<0, 200>>,
    /// The language of the names; the newsroom's own unless said otherwise.
    language: Option<Language>,
    /// How many at most; 20 unless said otherwise.
    limit: Option<Whole<1, 1_000>>,
}

/// The language that was asked for, or the newsroom's own.
async fn language(ask: &Ask, asked: Option<Language>) -> Result<Language, Problem> {
    match asked {
        Some(language) => Ok(language),
        None => Ok(ask.newsroom.settings().await?.language),
    }
}

fn most(limit: Option<Whole<1, 1_000>>) -> usize {
    usize::try_from(limit.map_or(20, |limit| limit.0)).unwrap_or(20)
}

/// Sections.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct SectionList {
    /// In the order of the menu.
    items: Vec<Section>,
}

/// Where stories stand.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Section {
    /// Its id.
    id: SectionId,
    /// Its name.
    name: String,
}

/// `GET /api/v1/sections`.
pub(in crate::api) async fn sections(ask: Ask, query: NamesQuery, (): ()) -> Result<Json<SectionList>, Problem> {
    let language = language(&ask, query.language).await?;
    let all = desk::sections(&ask.newsroom, &language).await?;
    Ok(Json(SectionList { items: all.into_iter().map(|(id, name)| Section { id, name }).collect() }))
}

/// Topics.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct TopicList {
    /// Those that were found.
    items: Vec<Topic>,
}

/// What or whom stories are about.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Topic {
    /// Its id.
    id: TopicId,
    /// Its name.
    name: String,
    /// Its place in addresses.
    slug: Slug,
}

/// `GET /api/v1/topics`.
pub(in crate::api) async fn topics(ask: Ask, query: SearchQuery, (): ()) -> Result<Json<TopicList>, Problem> {
    let language = language(&ask, query.language).await?;
    let text = query.q.map(|text| text.0).unwrap_or_default();
    let found = desk::topics(&ask.newsroom, &language, &text, most(query.limit)).await?;
    let topic = |Named { id, name, slug }| Topic { id, name, slug };
    Ok(Json(TopicList { items: found.into_iter().map(topic).collect() }))
}

/// Bylines.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct BylineList {
    /// Those that were found.
    items: Vec<Byline>,
}

/// Who signs stories: a pen name, never an account.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Byline {
    /// Its id.
    id: BylineId,
    /// The name as printed.
    name: String,
    /// Its place in addresses.
    slug: Slug,
}

/// `GET /api/v1/bylines`.
pub(in crate::api) async fn bylines(ask: Ask, query: SearchQuery, (): ()) -> Result<Json<BylineList>, Problem> {
    let language = language(&ask, query.language).await?;
    let text = query.q.map(|text| text.0).unwrap_or_default();
    let found = desk::bylines(&ask.newsroom, &language, &text, most(query.limit)).await?;
    let byline = |Named { id, name, slug }| Byline { id, name, slug };
    Ok(Json(BylineList { items: found.into_iter().map(byline).collect() }))
}
