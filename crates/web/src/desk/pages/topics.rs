//! Topics: the list with search, one topic, merging it into another one.

use app::filing::{self, Said, topics};
use axum::body::Body;
use http::Response;
use model::{Topic, TopicId, TopicKind};
use serde::Serialize;
use uuid::Uuid;

use super::filed::{Field, again, fields, said, wrong};
use crate::desk::{
    answer::{done, escaped},
    ask::Ask,
    refused::Refused,
};

const KINDS: [TopicKind; 4] = [TopicKind::Person, TopicKind::Place, TopicKind::Organisation, TopicKind::Theme];

/// Topics into which one may be merged, shown at most.
const OFFERED: usize = 12;

#[derive(Serialize)]
struct Page {
    rows: Vec<Row>,
    text: String,
    kind: String,
    kinds: Vec<&'static str>,
    pages: Pages,
    fields: Vec<Field>,
    slug: String,
    new_kind: String,
    wrong: Option<String>,
}

#[derive(Serialize)]
struct Row {
    id: TopicId,
    name: String,
    slug: String,
    kind: &'static str,
    stories: i64,
}

/// Where a page of a list stands among its pages.
#[derive(Serialize)]
pub(super) struct Pages {
    from: usize,
    to: usize,
    total: usize,
    previous: Option<String>,
    next: Option<String>,
}

impl Pages {
    /// The page with this number of the list at an address that ends with `?` or `&`.
    pub(super) fn of(address: &str, number: usize, shown: usize, total: usize) -> Self {
        let before = (number - 1) * filing::PAGE;
        let to = before + shown;
        let at = |number: usize| format!("{address}page={number}");
        Self {
            from: if shown == 0 { 0 } else { before + 1 },
            to,
            total,
            previous: (number > 1).then(|| at(number - 1)),
            next: (to < total).then(|| at(number + 1)),
        }
    }
}

/// The number of the page that is asked for.
pub(super) fn number(ask: &Ask) -> usize {
    ask.query().one("page").parse().unwrap_or(1).clamp(1, 100_000)
}

/// What somebody searches for.
pub(super) fn searched(ask: &Ask, name: &str) -> String {
    ask.query().one(name).chars().take(200).collect()
}

fn row(ask: &Ask, (topic, stories): &(Topic, i64)) -> Row {
    Row {
        id: topic.id,
        name: topic.names.get(&ask.language()).unwrap_or(topic.slug.as_str()).to_owned(),
        slug: topic.slug.to_string(),
        kind: topic.kind.as_str(),
        stories: *stories,
    }
}

/// `GET /desk/topics`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    list(&ask, &Said::default(), TopicKind::Theme.as_str(), None).await
}

async fn list(ask: &Ask, typed: &Said, new_kind: &str, wrong: Option<String>) -> Result<Response<Body>, Refused> {
    let (text, number) = (searched(ask, "q"), number(ask));
    let kind = TopicKind::parse(ask.query().one("kind"));
    let found = topics::list(ask.newsroom(), &ask.language(), &text, kind, number).await?;
    let kind = kind.map(TopicKind::as_str).unwrap_or_default();
    let address = format!("/desk/topics?q={}&kind={kind}&", escaped(&text));
    let page = Page {
        rows: found.topics.iter().map(|line| row(ask, line)).collect(),
        pages: Pages::of(&address, number, found.topics.len(), found.total),
        kind: kind.to_owned(),
        kinds: KINDS.into_iter().map(TopicKind::as_str).collect(),
        fields: fields(ask, typed),
        slug: typed.slug.clone(),
        new_kind: new_kind.to_owned(),
        text,
        wrong,
    };
    ask.render("topics.html", "topics", page)
}

/// `POST /desk/topics`.
pub(in crate::desk) async fn add(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let typed = said(&form)?;
    let kind = form.read("kind", TopicKind::parse)?;
    match topics::add(ask.newsroom(), ask.staff()?, typed.clone(), kind).await {
        Ok(_) => Ok(done("/desk/topics", "topic-added")),
        Err(error) => Ok(again(list(&ask, &typed, kind.as_str(), Some(wrong(error)?)).await?)),
    }
}

#[derive(Serialize)]
struct One {
    id: TopicId,
    name: String,
    stories: i64,
    kind: String,
    kinds: Vec<&'static str>,
    fields: Vec<Field>,
    slug: String,
    /// What it may be merged into is searched by this.
    into: String,
    offered: Vec<Row>,
    wrong: Option<String>,
}

/// `GET /desk/topics/{id}`.
pub(in crate::desk) async fn one(ask: Ask) -> Result<Response<Body>, Refused> {
    topic(&ask, None, None).await
}

async fn topic(ask: &Ask, typed: Option<(Said, TopicKind)>, wrong: Option<String>) -> Result<Response<Body>, Refused> {
    let id: TopicId = ask.id("id")?;
    let (topic, stories) = topics::open(ask.newsroom(), id).await?;
    let into = searched(ask, "into");
    let offered = if into.trim().is_empty() {
        Vec::new()
    } else {
        topics::list(ask.newsroom(), &ask.language(), &into, None, 1).await?.topics
    };
    let offered = offered.iter().filter(|(other, _)| other.id != id).take(OFFERED).map(|line| row(ask, line)).collect();
    let name = topic.names.get(&ask.language()).unwrap_or(topic.slug.as_str()).to_owned();
    let (said, kind) = typed
        .unwrap_or_else(|| (Said { names: topic.names, about: topic.about, slug: topic.slug.to_string() }, topic.kind));
    let page = One {
        id,
        name,
        stories,
        kind: kind.as_str().to_owned(),
        kinds: KINDS.into_iter().map(TopicKind::as_str).collect(),
        fields: fields(ask, &said),
        slug: said.slug,
        into,
        offered,
        wrong,
    };
    ask.render("topic.html", "topics", page)
}

/// `POST /desk/topics/{id}`.
pub(in crate::desk) async fn edit(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let typed = said(&form)?;
    let kind = form.read("kind", TopicKind::parse)?;
    match topics::edit(ask.newsroom(), ask.staff()?, ask.id("id")?, typed.clone(), kind).await {
        Ok(()) => Ok(done("/desk/topics", "saved")),
        Err(error) => Ok(again(topic(&ask, Some((typed, kind)), Some(wrong(error)?)).await?)),
    }
}

/// `POST /desk/topics/{id}/merge`: this one into another.
pub(in crate::desk) async fn merge(ask: Ask) -> Result<Response<Body>, Refused> {
    let into = TopicId(ask.form().read("into", |text| Uuid::parse_str(text).ok())?);
    topics::merge(ask.newsroom(), ask.staff()?, ask.id("id")?, into).await?;
    Ok(done(&format!("/desk/topics/{into}"), "topic-merged"))
}

/// `POST /desk/topics/{id}/remove`.
pub(in crate::desk) async fn remove(ask: Ask) -> Result<Response<Body>, Refused> {
    topics::remove(ask.newsroom(), ask.staff()?, ask.id("id")?).await?;
    Ok(done("/desk/topics", "topic-removed"))
}
