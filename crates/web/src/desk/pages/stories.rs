//! The list of stories: filters, search as one types, a new story, the same act for many.

use app::stories::desk::{self, Filter};
use axum::body::Body;
use http::Response;
use model::{Language, SectionId, StoryId, StoryState};
use serde::Serialize;

use crate::desk::{
    answer::{done, redirect},
    ask::Ask,
    form::Form,
    refused::{Refused, Why},
};

/// Lines of a page.
const PAGE: i64 = 40;

#[derive(Serialize)]
struct Page {
    rows: Vec<Row>,
    total: i64,
    /// Whether there are more than `total`.
    more: bool,
    from: i64,
    to: i64,
    states: Vec<(&'static str, i64)>,
    state: String,
    language: String,
    section: String,
    mine: bool,
    text: String,
    languages: Vec<String>,
    sections: Vec<(SectionId, String)>,
    previous: Option<String>,
    next: Option<String>,
    outcomes: Vec<Outcome>,
    /// Filters that were given a name: id, name, address.
    saved: Vec<(uuid::Uuid, String, String)>,
    /// The present filter as a query; empty when everything is shown.
    query: String,
}

#[derive(Serialize)]
struct Row {
    id: StoryId,
    headline: String,
    language: String,
    direction: &'static str,
    state: &'static str,
    section: Option<String>,
    at: Option<i64>,
    touched_at: i64,
    touched_by: String,
}

/// What became of a story in an act for many.
#[derive(Serialize)]
struct Outcome {
    headline: String,
    done: bool,
    why: Option<Why>,
}

/// `GET /desk/stories`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, Vec::new()).await
}

fn filter(query: &Form) -> Filter {
    Filter {
        state: StoryState::parse(query.one("state")),
        language: Language::new(query.one("language")).ok(),
        section: uuid::Uuid::parse_str(query.one("section")).ok().map(SectionId),
        mine: query.ticked("mine"),
        text: query.one("q").chars().take(200).collect(),
    }
}

async fn page(ask: &Ask, outcomes: Vec<Outcome>) -> Result<Response<Body>, Refused> {
    let query = ask.query();
    let filter = filter(&query);
    let number = query.one("page").parse::<i64>().unwrap_or(1).clamp(1, 100_000);
    let from = (number - 1) * PAGE;
    let listed = desk::list(ask.newsroom(), ask.staff()?, &filter, PAGE, from).await?;
    let sections = app::stories::desk::sections(ask.newsroom(), &ask.language()).await?;
    let named = |id: Option<SectionId>| sections.iter().find(|(own, _)| Some(*own) == id).map(|(_, name)| name.clone());
    let rows: Vec<Row> = listed
        .rows
        .iter()
        .map(|row| Row {
            id: row.head.id,
            headline: row.head.headline.clone(),
            direction: direction(&row.head.language),
            language: row.head.language.to_string(),
            state: row.head.state.as_str(),
            section: named(row.head.section),
            at: row.head.published_at.map(model::Timestamp::as_millis),
            touched_at: row.touched_at.as_millis(),
            touched_by: row.touched_by.clone(),
        })
        .collect();
    let count = |state: StoryState| listed.states.get(state.as_str()).copied().unwrap_or_default();
    let to = from + i64::try_from(rows.len()).unwrap_or_default();
    let saved = desk::saved_filters(ask.newsroom(), ask.staff()?).await?;
    let page = Page {
        saved: saved.into_iter().map(|f| (f.id, f.name, format!("/desk/stories?{}", f.query))).collect(),
        query: filtered(&query),
        states: STATES.into_iter().map(|state| (state.as_str(), count(state))).collect(),
        total: listed.total.counted(),
        more: listed.total.more(),
        from: if rows.is_empty() { 0 } else { from + 1 },
        to,
        state: filter.state.map(StoryState::as_str).unwrap_or_default().to_owned(),
        language: filter.language.as_ref().map(ToString::to_string).unwrap_or_default(),
        section: query.one("section").to_owned(),
        mine: filter.mine,
        text: filter.text.clone(),
        languages: ask.settings().languages.iter().map(ToString::to_string).collect(),
        previous: (number > 1).then(|| turned(&query, number - 1)),
        next: listed.total.goes_beyond(to).then(|| turned(&query, number + 1)),
        sections,
        rows,
        outcomes,
    };
    ask.render("stories.html", "stories", page)
}

/// In the order in which a story goes through them.
const STATES: [StoryState; 6] = [
    StoryState::Draft,
    StoryState::InReview,
    StoryState::Ready,
    StoryState::Scheduled,
    StoryState::Published,
    StoryState::Withdrawn,
];

/// `ltr` or `rtl`.
pub(super) fn direction(language: &Language) -> &'static str {
    match language.direction() {
        model::Direction::Ltr => "ltr",
        model::Direction::Rtl => "rtl",
    }
}

/// What the list is filtered by, as a query.
fn filtered(query: &Form) -> String {
    let mut out = url::form_urlencoded::Serializer::new(String::new());
    for name in ["q", "state", "language", "section", "mine"] {
        if let Some(value) = query.some(name) {
            out.append_pair(name, value);
        }
    }
    out.finish()
}

/// The same list on another page.
fn turned(query: &Form, page: i64) -> String {
    let filter = filtered(query);
    let joint = if filter.is_empty() { "" } else { "&" };
    format!("/desk/stories?{filter}{joint}page={page}")
}

/// `POST /desk/stories/filters`: keeps the present filter under a name.
pub(in crate::desk) async fn keep_filter(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let query = filtered(&Form::parse(form.one("query").as_bytes()));
    desk::save_filter(ask.newsroom(), ask.staff()?, form.one("name"), &query).await?;
    Ok(done(&format!("/desk/stories?{query}"), "filter-saved"))
}

/// `POST /desk/stories/filters/{id}/remove`.
pub(in crate::desk) async fn remove_filter(ask: Ask) -> Result<Response<Body>, Refused> {
    desk::remove_filter(ask.newsroom(), ask.staff()?, ask.id("id")?).await?;
    Ok(done("/desk/stories", "filter-removed"))
}

/// `POST /desk/stories`: a new story, and into it.
pub(in crate::desk) async fn create(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let language = match form.some("language") {
        Some(tag) => Language::new(tag).map_err(|error| Refused::Bad(error.to_string()))?,
        None => ask.settings().language.clone(),
    };
    let id = desk::create(ask.newsroom(), ask.staff()?, &language).await?;
    Ok(redirect(&format!("/desk/stories/{id}")))
}

/// `POST /desk/stories/many`: the same act for several; each says what became of it.
pub(in crate::desk) async fn many(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let ids: Vec<StoryId> = form.all("story").filter_map(|id| uuid::Uuid::parse_str(id).ok()).map(StoryId).collect();
    if ids.is_empty() {
        return Ok(done("/desk/stories", "none-chosen"));
    }
    let (newsroom, staff) = (ask.newsroom(), ask.staff()?);
    let mut outcomes = Vec::new();
    for id in ids.into_iter().take(200) {
        let headline =
            desk::open(newsroom, staff, id).await.map_or(String::new(), |opened| opened.draft.fields.headline);
        let outcome = match form.one("act") {
            "in_review" => desk::move_to(newsroom, staff, id, StoryState::InReview, None).await.map(drop),
            "draft" => desk::move_to(newsroom, staff, id, StoryState::Draft, None).await.map(drop),
            "ready" => desk::move_to(newsroom, staff, id, StoryState::Ready, None).await.map(drop),
            "publish" => desk::publish(newsroom, staff, id, None).await.map(drop),
            "withdraw" => desk::withdraw(newsroom, staff, id, "").await.map(drop),
            other => return Err(Refused::Bad(format!("there is no act `{other}`"))),
        };
        outcomes.push(Outcome {
            headline,
            done: outcome.is_ok(),
            why: outcome.err().and_then(|error| Why::of(&ask, &error)),
        });
    }
    page(&ask, outcomes).await
}
