//! Stories: the list, and new ones.

use app::stories::desk::{self, Filter};
use model::{Language, Path, SectionId, StoryGroupId, StoryId, StoryState};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::story::{Story, shown};
use crate::api::{
    ask::Ask,
    problem::Problem,
    shape::{Created, Json, Moment, NoQuery, Text, Whole},
};

/// Which stories, and how many of them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct StoryQuery {
    /// Words, or beginnings of words, of the headline or standfirst.
    q: Option<Text<0, 200>>,
    /// Only in this state.
    state: Option<StoryState>,
    /// Only in this language.
    language: Option<Language>,
    /// Only in this section.
    section: Option<SectionId>,
    /// Only those of the token's owner.
    mine: Option<bool>,
    /// Lines of a page; 20 unless said otherwise.
    limit: Option<Whole<1, 100>>,
    /// Which page, from 1.
    page: Option<Whole<1, 100_000>>,
}

/// A page of a list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct StoryPage {
    /// Its lines.
    items: Vec<StoryLine>,
    /// How many there are on all pages, as far as they were counted.
    total: i64,
    /// Whether there are more than `total`. Of what is searched for by words no more than 1,000 are counted, or as many as
    /// there are up to the end of this page.
    more: bool,
    /// Which page this is, from 1.
    page: i64,
    /// The most lines of a page.
    limit: i64,
}

/// A line of the list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::api) struct StoryLine {
    /// Its id.
    id: StoryId,
    /// What it shares with its translations.
    group: StoryGroupId,
    /// Its language.
    language: Language,
    /// Its state.
    state: StoryState,
    /// Its headline.
    headline: String,
    /// Its standfirst.
    standfirst: String,
    /// Where it stands.
    section: Option<SectionId>,
    /// Where readers find it.
    path: Option<String>,
    /// First publication, or the time it is scheduled for.
    published_at: Option<Moment>,
    /// Last change that readers were told of.
    updated_at: Option<Moment>,
    /// When somebody last changed it.
    touched_at: Moment,
    /// Who: a pen name; empty when that was not at the desk.
    touched_by: String,
}

/// `GET /api/v1/stories`.
pub(in crate::api) async fn list(ask: Ask, query: StoryQuery, (): ()) -> Result<Json<StoryPage>, Problem> {
    let limit = query.limit.map_or(20, |limit| limit.0);
    let page = query.page.map_or(1, |page| page.0);
    let filter = Filter {
        state: query.state,
        language: query.language,
        section: query.section,
        mine: query.mine.unwrap_or(false),
        text: query.q.map(|text| text.0).unwrap_or_default(),
    };
    let listed = desk::list(&ask.newsroom, ask.staff(), &filter, limit, (page - 1) * limit).await?;
    let line = |row: desk::Listed| {
        row.rows.into_iter().map(|row| StoryLine {
            id: row.head.id,
            group: row.head.group,
            language: row.head.language,
            state: row.head.state,
            headline: row.head.headline,
            standfirst: row.head.standfirst,
            section: row.head.section,
            path: row.head.path.as_ref().map(Path::as_str).map(str::to_owned),
            published_at: row.head.published_at.map(Moment),
            updated_at: row.head.updated_at.map(Moment),
            touched_at: row.touched_at.into(),
            touched_by: row.touched_by,
        })
    };
    let (total, more) = (listed.total.counted(), listed.total.more());
    Ok(Json(StoryPage { items: line(listed).collect(), total, more, page, limit }))
}

/// A story to be begun.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewStory {
    /// One of the newsroom's languages; its own unless said otherwise.
    #[serde(default)]
    language: Option<Language>,
}

/// `POST /api/v1/stories`.
pub(in crate::api) async fn create(ask: Ask, _: NoQuery, Json(new): Json<NewStory>) -> Result<Created<Story>, Problem> {
    let language = match new.language {
        Some(language) => language,
        None => ask.newsroom.settings().await?.language,
    };
    let id = desk::create(&ask.newsroom, ask.staff(), &language).await?;
    created(&ask, id).await
}

/// A new story, and its address.
pub(super) async fn created(ask: &Ask, id: StoryId) -> Result<Created<Story>, Problem> {
    let value = shown(desk::open(&ask.newsroom, ask.staff(), id).await?);
    Ok(Created { at: format!("/api/v1/stories/{id}"), value })
}
