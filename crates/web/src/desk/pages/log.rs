//! The log of what was done, as sentences; the journal of what readers can see changed; whether the log is whole.

use app::log::{self, AuditBreak, AuditFilter, AuditRow, Subject};
use axum::body::Body;
use http::Response;
use model::{JournalRow, Role, StoryState};
use serde::Serialize;
use serde_json::Value;
use theme::Arg;

use crate::desk::{ask::Ask, form::Form, refused::Refused};

/// Rows of a page.
const PAGE: i64 = 60;

#[derive(Serialize)]
struct Page {
    rows: Vec<Row>,
    person: String,
    act: String,
    story: String,
    people: Vec<(String, String)>,
    acts: Vec<(String, String)>,
    older: Option<String>,
}

#[derive(Serialize)]
struct Row {
    seq: i64,
    at: i64,
    /// Who did what, as a sentence.
    said: String,
    link: Option<Link>,
}

/// What something was done to.
#[derive(Serialize)]
struct Link {
    to: String,
    label: String,
}

/// `GET /desk/log`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let query = ask.query();
    let filter = AuditFilter {
        actor: query.some("person").map(str::to_owned),
        action: query.some("act").map(str::to_owned),
        subject: uuid::Uuid::parse_str(query.one("story")).ok(),
    };
    let before = query.one("before").parse().unwrap_or(i64::MAX);
    let deeds = log::deeds(ask.newsroom(), &filter, before, PAGE).await?;
    let subject = |id: uuid::Uuid| deeds.subjects.get(&id).map(|subject| link(id, subject));
    let row = |row: &AuditRow| Row {
        seq: row.seq,
        at: row.at.as_millis(),
        said: sentence(&ask, row),
        link: row.subject.and_then(subject),
    };
    let last = deeds.rows.last().map(|row| row.seq).filter(|_| deeds.more);
    let page = Page {
        rows: deeds.rows.iter().map(row).collect(),
        person: query.one("person").to_owned(),
        act: query.one("act").to_owned(),
        story: filter.subject.map(|id| id.to_string()).unwrap_or_default(),
        people: deeds.actors.iter().map(|actor| (actor.clone(), actor_name(&ask, actor))).collect(),
        acts: deeds.actions.iter().map(|action| (action.clone(), act(&ask, action))).collect(),
        older: last.map(|seq| older(&query, seq)),
    };
    ask.render("log.html", "log", page)
}

fn older(query: &Form, before: i64) -> String {
    let mut out = url::form_urlencoded::Serializer::new(String::new());
    for name in ["person", "act", "story"] {
        if let Some(value) = query.some(name) {
            out.append_pair(name, value);
        }
    }
    out.append_pair("before", &before.to_string());
    format!("/desk/log?{}", out.finish())
}

fn link(id: uuid::Uuid, subject: &Subject) -> Link {
    match subject {
        Subject::Story(headline) => Link { to: format!("/desk/stories/{id}/check"), label: headline.clone() },
        Subject::Photo(label) => Link { to: format!("/desk/media/{id}"), label: label.clone() },
        Subject::Section(slug) => Link { to: format!("/desk/sections/{id}"), label: slug.clone() },
        Subject::Topic(slug) => Link { to: format!("/desk/topics/{id}"), label: slug.clone() },
        Subject::Byline(slug) => Link { to: format!("/desk/bylines/{id}"), label: slug.clone() },
        Subject::Staff(handle) => Link { to: "/desk/people".to_owned(), label: handle.clone() },
    }
}

/// What a sentence may name beside who and what.
const NAMED: [&str; 10] = ["role", "from", "to", "at", "keys", "kind", "language", "reason", "name", "number"];

/// A deed in the desk's language. One that has no sentence yet is named by its own word.
fn sentence(ask: &Ask, row: &AuditRow) -> String {
    let detail: Value = serde_json::from_str(&row.detail).unwrap_or_default();
    let named = NAMED.map(|name| (name, Arg::from(detailed(ask, name, &detail))));
    let who = actor_name(ask, &row.actor);
    said(ask, &row.action, who, &named)
}

/// A kind of deed, for the filter.
fn act(ask: &Ask, action: &str) -> String {
    said(ask, action, "…".to_owned(), &NAMED.map(|name| (name, Arg::from("…"))))
}

fn said(ask: &Ask, action: &str, who: String, named: &[(&str, Arg<'_>)]) -> String {
    let mut given = vec![("who", Arg::from(who)), ("action", Arg::from(action))];
    given.extend_from_slice(named);
    let strings = ask.strings();
    let key = format!("log-{}", action.replace('.', "-"));
    strings.find(&key, &given).unwrap_or_else(|| strings.text("log-other", &given))
}

/// A value of a deed's detail in words.
fn detailed(ask: &Ask, name: &str, detail: &Value) -> String {
    let strings = ask.strings();
    // Older rows of the command line name one key.
    let value = detail.get(name).or_else(|| detail.get("key").filter(|_| name == "keys"));
    let text = match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        Some(Value::Number(number)) => number.as_i64().map(|number| strings.number(number)).unwrap_or_default(),
        Some(Value::Null | Value::Bool(_) | Value::Object(_)) | None => return String::new(),
    };
    match name {
        "role" if Role::parse(&text).is_some() => strings.text(&format!("role-{text}"), &[]),
        "from" | "to" if StoryState::parse(&text).is_some() => strings.text(&format!("state-{text}"), &[]),
        "at" => moment(ask, &text).unwrap_or(text),
        _ => text,
    }
}

fn moment(ask: &Ask, text: &str) -> Option<String> {
    let at = log::moment(text)?;
    Some(ask.strings().date_time(at, &app::stories::time_zone(ask.settings())))
}

/// A pen name, or what the program itself is called.
fn actor_name(ask: &Ask, actor: &str) -> String {
    let key = format!("actor-{}", actor.replace(' ', "-"));
    match actor {
        "" => ask.strings().text("actor-nobody", &[]),
        "command line" | "import" | "masthead" | "demo" => ask.strings().text(&key, &[]),
        name => name.to_owned(),
    }
}

#[derive(Serialize)]
struct Journal {
    rows: Vec<Change>,
    older: Option<i64>,
}

#[derive(Serialize)]
struct Change {
    seq: i64,
    at: i64,
    kind: &'static str,
    link: Option<Link>,
    tags: Vec<String>,
}

/// `GET /desk/log/journal`.
pub(in crate::desk) async fn journal(ask: Ask) -> Result<Response<Body>, Refused> {
    let before = ask.query().one("before").parse().unwrap_or(i64::MAX);
    let (rows, subjects) = log::journal(ask.newsroom(), before, PAGE).await?;
    let change = |row: &JournalRow| Change {
        seq: row.seq,
        at: row.at.as_millis(),
        kind: row.kind.as_str(),
        link: row.subject.and_then(|id| subjects.get(&id).map(|subject| link(id, subject))),
        tags: row.tags.iter().map(|tag| tag.as_str().to_owned()).collect(),
    };
    let older = rows.last().map(|row| row.seq).filter(|seq| *seq > 1);
    ask.render("journal.html", "log", Journal { rows: rows.iter().map(change).collect(), older })
}

#[derive(Serialize)]
struct Chain {
    rows: i64,
    fingerprint: String,
    /// What is wrong, and where.
    broken: Option<(&'static str, i64)>,
    asked: String,
    found: Option<i64>,
}

/// `GET /desk/log/chain`: reads the whole log, so it is asked for.
pub(in crate::desk) async fn chain(ask: Ask) -> Result<Response<Body>, Refused> {
    let query = ask.query();
    let (chain, found) = log::verify(ask.newsroom(), query.some("fingerprint")).await?;
    let broken = chain.broken.map(|broken| match broken {
        AuditBreak::Cut(seq) => ("chain-cut", seq),
        AuditBreak::Changed(seq) => ("chain-changed", seq),
        AuditBreak::Unhashed(seq) => ("chain-unhashed", seq),
    });
    let asked = query.some("fingerprint").unwrap_or_default().chars().take(100).collect();
    let page = Chain { rows: chain.rows, fingerprint: chain.fingerprint, broken, asked, found };
    ask.render("chain.html", "log", page)
}
