//! Checking and publishing a story: the checklist, notes, previews, and every step from state to state.

use app::stories::desk::{self, Finding, LinkState, Opened};
use axum::body::Body;
use http::Response;
use model::{Language, Role, StoryId, StoryState};
use serde::Serialize;
use uuid::Uuid;

use super::stories::direction;
use crate::desk::{
    answer::{done, redirect},
    ask::Ask,
    refused::{Refused, Why},
};

#[derive(Serialize)]
struct Page {
    id: StoryId,
    headline: String,
    language: String,
    direction: &'static str,
    state: &'static str,
    version: i64,
    path: Option<String>,
    /// Whether the working copy says what readers don't see yet.
    pending: bool,
    published_at: Option<i64>,
    saved_at: i64,
    saved_by: String,
    owners: Vec<String>,
    findings: Vec<Finding>,
    stopped: bool,
    notes: Vec<Shown>,
    corrections: Vec<(i64, String)>,
    links: Vec<Link>,
    /// A preview link that was just made.
    made: Option<String>,
    /// What was typed into a form that was refused.
    wrong: Option<Why>,
    /// What was found when somebody asked to have the links looked at.
    checked: Option<Checked>,
    /// Now, as the field for a date and time has it.
    soon: String,
    time_zone: String,
    original: Option<Original>,
    translations: Vec<Other>,
    into: Vec<(String, String)>,
    people: Vec<String>,
    lock: Option<String>,
    edits: bool,
}

#[derive(Serialize)]
struct Shown {
    id: Uuid,
    at: i64,
    author: String,
    text: String,
    done_by: Option<String>,
}

#[derive(Serialize)]
struct Link {
    hash: String,
    made_by: String,
    ends_at: i64,
}

/// Links that lead nowhere, links of which nobody can say, and how many are good.
#[derive(Serialize)]
struct Checked {
    dead: Vec<String>,
    unknown: Vec<String>,
    good: usize,
}

#[derive(Serialize)]
struct Original {
    id: StoryId,
    headline: String,
    behind: bool,
}

/// The same story in another language.
#[derive(Serialize)]
struct Other {
    id: StoryId,
    headline: String,
    language: String,
    direction: &'static str,
    state: &'static str,
}

/// `GET /desk/stories/{id}/check`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let id = ask.id("id")?;
    desk::seen(ask.newsroom(), ask.staff()?, id).await?;
    page(&ask, id, Told::default()).await
}

/// What a form on the page led to, told on the page that answers.
#[derive(Default)]
struct Told {
    made: Option<String>,
    wrong: Option<Why>,
    checked: Option<Checked>,
}

async fn page(ask: &Ask, id: StoryId, told: Told) -> Result<Response<Body>, Refused> {
    let Told { made, wrong, checked } = told;
    let (newsroom, staff) = (ask.newsroom(), ask.staff()?);
    let opened = desk::open(newsroom, staff, id).await?;
    let links = desk::preview_links(newsroom, staff, id).await?;
    let beside = desk::beside(newsroom, staff, id).await?;
    let people = app::staff::people(newsroom).await?.people;
    let findings = desk::check(&opened);
    let refused = wrong.is_some();
    let page = Page {
        stopped: findings.iter().any(|finding| finding.level == desk::Level::Stop),
        findings,
        links: links
            .into_iter()
            .map(|link| Link { hash: link.hash, made_by: link.made_by, ends_at: link.ends_at.as_millis() })
            .collect(),
        original: beside.map(|beside| Original {
            id: beside.original.id,
            headline: beside.original.headline,
            behind: beside.behind,
        }),
        into: others(ask, &opened),
        people: people.into_iter().filter(|p| p.staff.active).map(|p| p.staff.handle.to_string()).collect(),
        edits: staff.role >= Role::Editor,
        made,
        wrong,
        checked,
        soon: soon(ask),
        time_zone: ask.settings().time_zone.clone(),
        ..shown(id, staff.id, opened)
    };
    let mut response = ask.render("check.html", "stories", page)?;
    if refused {
        *response.status_mut() = http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// What the story itself says.
fn shown(id: StoryId, me: model::StaffId, opened: Opened) -> Page {
    let Opened { story, draft, notes, corrections, lock, owners, translations, .. } = opened;
    Page {
        id,
        headline: draft.fields.headline.clone(),
        direction: direction(&story.language),
        language: story.language.to_string(),
        state: story.state.as_str(),
        version: draft.version,
        path: story.path.as_ref().map(ToString::to_string),
        pending: story.state == StoryState::Published && !draft.is_clean(),
        published_at: story.published_at.map(model::Timestamp::as_millis),
        saved_at: draft.saved_at.as_millis(),
        saved_by: draft.saved_by,
        owners,
        notes: notes
            .into_iter()
            .map(|note| Shown {
                id: note.id,
                at: note.at.as_millis(),
                author: note.author,
                text: note.text,
                done_by: note.done.map(|(_, by)| by),
            })
            .collect(),
        corrections: corrections.into_iter().map(|said| (said.at.as_millis(), said.text)).collect(),
        lock: lock.filter(|lock| lock.staff != me).map(|lock| lock.handle),
        findings: Vec::new(),
        stopped: false,
        links: Vec::new(),
        made: None,
        wrong: None,
        checked: None,
        soon: String::new(),
        time_zone: String::new(),
        original: None,
        translations: translations
            .into_iter()
            .map(|head| Other {
                id: head.id,
                direction: direction(&head.language),
                language: head.language.to_string(),
                headline: head.headline,
                state: head.state.as_str(),
            })
            .collect(),
        into: Vec::new(),
        people: Vec::new(),
        edits: false,
    }
}

/// The newsroom's languages that the story is not in yet, to translate into.
fn others(ask: &Ask, opened: &Opened) -> Vec<(String, String)> {
    let there = |language: &Language| {
        *language == opened.story.language || opened.translations.iter().any(|head| head.language == *language)
    };
    let languages = ask.settings().languages.iter().filter(|language| !there(language));
    languages.map(|language| (language.to_string(), theme::Strings::for_language(language).own_name())).collect()
}

/// An hour from now in the newsroom's time zone, for the field of a date and time.
fn soon(ask: &Ask) -> String {
    let at = ask.newsroom().clock().now().plus_millis(3_600_000).to_jiff();
    let zone = app::stories::time_zone(ask.settings());
    let local = zone.to_datetime(at);
    format!("{}T{:02}:{:02}", local.date(), local.hour(), local.minute())
}

/// A step of the flow: back to the page when it was done; the same page with what was wrong when it was not.
async fn stepped(ask: &Ask, outcome: Result<(), app::Error>, said: &str) -> Result<Response<Body>, Refused> {
    let id: StoryId = ask.id("id")?;
    match outcome {
        Ok(()) => Ok(done(&format!("/desk/stories/{id}/check"), said)),
        Err(error @ (app::Error::Refused(_) | app::Error::Stopped(_))) => {
            page(ask, id, Told { wrong: Why::of(ask, &error), ..Told::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/stories/{id}/state`: to draft, in review or ready, with a note if there is one.
pub(in crate::desk) async fn state(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let to = form.read("to", StoryState::parse)?;
    let moved = desk::move_to(ask.newsroom(), ask.staff()?, ask.id("id")?, to, form.some("note")).await;
    stepped(&ask, moved.map(drop), "state-changed").await
}

/// `POST /desk/stories/{id}/schedule`.
pub(in crate::desk) async fn schedule(ask: Ask) -> Result<Response<Body>, Refused> {
    let outcome = match desk::local_time(ask.settings(), ask.form().one("at")) {
        Ok(at) => desk::schedule(ask.newsroom(), ask.staff()?, ask.id("id")?, at).await.map(drop),
        Err(error) => Err(error),
    };
    stepped(&ask, outcome, "scheduled").await
}

/// `POST /desk/stories/{id}/publish`: what the editor looked at, and nothing newer.
pub(in crate::desk) async fn publish(ask: Ask) -> Result<Response<Body>, Refused> {
    let seen = ask.form().one("version").parse::<i64>().ok();
    let outcome = desk::publish(ask.newsroom(), ask.staff()?, ask.id("id")?, seen).await;
    stepped(&ask, outcome.map(drop), "published").await
}

/// `POST /desk/stories/{id}/correct`.
pub(in crate::desk) async fn correct(ask: Ask) -> Result<Response<Body>, Refused> {
    let outcome = desk::correct(ask.newsroom(), ask.staff()?, ask.id("id")?, ask.form().one("text")).await;
    stepped(&ask, outcome, "corrected").await
}

/// `POST /desk/stories/{id}/withdraw`.
pub(in crate::desk) async fn withdraw(ask: Ask) -> Result<Response<Body>, Refused> {
    let outcome = desk::withdraw(ask.newsroom(), ask.staff()?, ask.id("id")?, ask.form().one("reason")).await;
    stepped(&ask, outcome.map(drop), "withdrawn").await
}

/// `POST /desk/stories/{id}/note`.
pub(in crate::desk) async fn note(ask: Ask) -> Result<Response<Body>, Refused> {
    let outcome = desk::note(ask.newsroom(), ask.staff()?, ask.id("id")?, ask.form().one("text")).await;
    stepped(&ask, outcome, "noted").await
}

/// `POST /desk/stories/{id}/settle`.
pub(in crate::desk) async fn settle(ask: Ask) -> Result<Response<Body>, Refused> {
    let note = ask.form().read("note", |id| Uuid::parse_str(id).ok())?;
    let outcome = desk::settle(ask.newsroom(), ask.staff()?, ask.id("id")?, note).await;
    stepped(&ask, outcome, "settled").await
}

/// `POST /desk/stories/{id}/people`: whose story it is.
pub(in crate::desk) async fn people(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let (newsroom, staff, id) = (ask.newsroom(), ask.staff()?, ask.id("id")?);
    let outcome = match form.some("remove") {
        Some(handle) => desk::unassign(newsroom, staff, id, handle).await,
        None => desk::assign(newsroom, staff, id, form.one("handle")).await,
    };
    stepped(&ask, outcome, "saved").await
}

/// `POST /desk/stories/{id}/translate`: a draft in another language, and into it.
pub(in crate::desk) async fn translate(ask: Ask) -> Result<Response<Body>, Refused> {
    let language = ask.form().read("language", |tag| Language::new(tag).ok())?;
    match desk::translate(ask.newsroom(), ask.staff()?, ask.id("id")?, &language).await {
        Ok(new) => Ok(redirect(&format!("/desk/stories/{new}/beside"))),
        Err(error) => stepped(&ask, Err(error), "").await,
    }
}

/// `POST /desk/stories/{id}/caught-up`.
pub(in crate::desk) async fn caught_up(ask: Ask) -> Result<Response<Body>, Refused> {
    let outcome = desk::caught_up(ask.newsroom(), ask.staff()?, ask.id("id")?).await;
    stepped(&ask, outcome, "saved").await
}

/// `POST /desk/stories/{id}/links`: a preview link, shown on the page that answers.
pub(in crate::desk) async fn link(ask: Ask) -> Result<Response<Body>, Refused> {
    let id = ask.id("id")?;
    let hours = ask.form().one("hours").parse().unwrap_or(desk::PREVIEW_HOURS);
    let token = desk::preview_link(ask.newsroom(), ask.staff()?, id, hours).await?;
    let address = format!("{}desk/preview/{}/", ask.desk.place().origin(&ask.host), token.reveal());
    page(&ask, id, Told { made: Some(address), ..Told::default() }).await
}

/// `POST /desk/stories/{id}/unlink`.
pub(in crate::desk) async fn unlink(ask: Ask) -> Result<Response<Body>, Refused> {
    let outcome = desk::preview_revoke(ask.newsroom(), ask.staff()?, ask.id("id")?, ask.form().one("link")).await;
    stepped(&ask, outcome, "link-taken-back").await
}

/// `POST /desk/stories/{id}/check-links`: what was found, shown on the page that answers.
pub(in crate::desk) async fn check_links(ask: Ask) -> Result<Response<Body>, Refused> {
    let id = ask.id("id")?;
    let all = ask.desk.links().check(ask.newsroom(), ask.staff()?, id).await?;
    let of = |state| -> Vec<String> {
        all.iter().filter(|link| link.state == state).map(|link| link.href.clone()).collect()
    };
    let checked = Checked { dead: of(LinkState::Dead), unknown: of(LinkState::Unknown), good: of(LinkState::Ok).len() };
    page(&ask, id, Told { checked: Some(checked), ..Told::default() }).await
}
