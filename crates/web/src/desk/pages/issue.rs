//! The page on which an issue is made: one form that carries all of its text. Whatever button is pressed, what was typed is
//! saved with it. The page's script moves stories by drag and keyboard, saves by itself, and asks for nothing else.

use app::{
    Error,
    issues::{self, Change, Opened, Picked, text},
    stories::desk::{Link, LinkState},
};
use axum::body::Body;
use http::{Response, StatusCode, header};
use model::{Extent, IssueId, NewsletterId, StoryId};
use serde::Serialize;
use uuid::Uuid;

use super::{
    issue_shown::{Found, Line, Story, Words},
    issue_test::Came,
    stories::direction,
    topics::searched,
};
use crate::desk::{
    answer::{done, json as answer_json, redirect},
    ask::Ask,
    form::Form,
    refused::{Refused, Why},
};

#[derive(Serialize)]
struct Page {
    id: IssueId,
    newsletter: NewsletterId,
    name: String,
    language: String,
    direction: &'static str,
    issue: Line,
    version: i64,
    /// Whether its text may be changed.
    open: bool,
    template: &'static str,
    words: Words,
    picks: Vec<Story>,
    /// The story that was just moved or added, and whether up: the keyboard stays at it.
    moved: String,
    up: bool,
    text: String,
    offers: Vec<Story>,
    findings: Vec<Found>,
    stopped: bool,
    kilobytes: i64,
    checked: Option<Checked>,
    /// Whether somebody else has to approve it.
    second: bool,
    approved: Option<(i64, String)>,
    /// Whether its time is yet to come.
    in_time: bool,
    /// The field of its time, and the zone in which that is meant.
    at: String,
    zone: String,
    /// What became of a test, mail by mail.
    tested: Option<Vec<Came>>,
    wrong: Option<Why>,
}

/// Links that lead nowhere, links of which nobody can say, and how many are good.
#[derive(Serialize)]
struct Checked {
    dead: Vec<String>,
    unknown: Vec<String>,
    good: usize,
}

/// What a form on the page led to, told on the page that answers.
#[derive(Default)]
pub(super) struct Told {
    pub(super) wrong: Option<Why>,
    pub(super) links: Option<Vec<Link>>,
    pub(super) tested: Option<Vec<Came>>,
    /// Whether the form's own words are shown again.
    pub(super) typed: bool,
}

/// `GET /desk/issues/{id}`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, Told::default()).await
}

pub(super) async fn page(ask: &Ask, told: Told) -> Result<Response<Body>, Refused> {
    let id: IssueId = ask.id("id")?;
    let (newsroom, staff) = (ask.newsroom(), ask.staff()?);
    let opened = issues::open(newsroom, staff, id).await?;
    let text = searched(ask, "q");
    let open = issues::may_change(staff, &opened.issue);
    let offers = if open { issues::offers(newsroom, staff, id, &text).await? } else { Vec::new() };
    let refused = told.wrong.is_some();
    let findings: Vec<Found> = opened.findings.iter().map(Found::of).collect();
    let page = Page {
        id,
        newsletter: opened.newsletter.id,
        name: opened.newsletter.settings.name.clone(),
        direction: direction(&opened.newsletter.language),
        language: opened.newsletter.language.to_string(),
        issue: Line::of(&opened.issue),
        version: opened.issue.version,
        open,
        template: opened.newsletter.settings.template.as_str(),
        words: if told.typed { Words::typed(ask) } else { Words::of(&opened) },
        picks: opened.picks.iter().map(|shown| Story::picked(shown, &opened)).collect(),
        moved: ask.query().one("moved").to_owned(),
        up: ask.query().ticked("up"),
        text,
        offers: offers.iter().map(|offer| Story::offered(offer, &opened)).collect(),
        stopped: opened.findings.iter().any(|finding| finding.level == app::stories::desk::Level::Stop),
        findings,
        kilobytes: i64::try_from(opened.bytes.div_ceil(1_000)).unwrap_or(i64::MAX),
        checked: told.links.as_deref().map(checked),
        second: opened.newsletter.settings.second_person && opened.issue.saved.1 == staff.handle.as_str(),
        approved: opened.issue.approved.as_ref().map(|(at, by)| (at.as_millis(), by.clone())),
        in_time: opened.issue.due_at.is_some_and(|due| due > newsroom.clock().now()),
        at: opened.due_field(),
        zone: opened.zone().to_owned(),
        tested: told.tested,
        wrong: told.wrong,
    };
    let mut response = ask.render("issue.html", "newsletters", page)?;
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn checked(links: &[Link]) -> Checked {
    let of = |state| links.iter().filter(|link| link.state == state).map(|link| link.href.clone()).collect::<Vec<_>>();
    Checked { dead: of(LinkState::Dead), unknown: of(LinkState::Unknown), good: of(LinkState::Ok).len() }
}

/// What a button of the form does, beside saving.
enum Act {
    Save,
    Up(StoryId),
    Down(StoryId),
    Remove(StoryId),
    Add(StoryId),
    Search,
}

impl Act {
    fn read(text: &str) -> Option<Self> {
        let (act, id) = text.split_once(':').unwrap_or((text, ""));
        let story = || Uuid::parse_str(id).ok().map(StoryId);
        Some(match act {
            "" | "save" => Self::Save,
            "search" => Self::Search,
            "up" => Self::Up(story()?),
            "down" => Self::Down(story()?),
            "remove" => Self::Remove(story()?),
            "add" => Self::Add(story()?),
            _ => return None,
        })
    }

    fn onto(&self, picks: &mut Vec<Picked>, template: model::Template) {
        let at = |picks: &[Picked], id: &StoryId| picks.iter().position(|picked| picked.story == *id);
        match self {
            Self::Save | Self::Search => {}
            Self::Up(id) => {
                if let Some(at) = at(picks, id).filter(|at| *at > 0) {
                    picks.swap(at - 1, at);
                }
            }
            Self::Down(id) => {
                if let Some(at) = at(picks, id).filter(|at| at + 1 < picks.len()) {
                    picks.swap(at, at + 1);
                }
            }
            Self::Remove(id) => picks.retain(|picked| picked.story != *id),
            Self::Add(id) => {
                let extent = match template {
                    model::Template::Letter => Extent::Headline,
                    model::Template::Stories | model::Template::Digest => Extent::Standfirst,
                };
                picks.push(Picked { story: *id, note: String::new(), extent });
            }
        }
    }

    /// Where the page goes on, and what it says.
    fn onward(&self, id: IssueId, query: &str) -> Response<Body> {
        let at = |query: &str| format!("/desk/issues/{id}{query}");
        match self {
            Self::Save => done(&at(""), "saved"),
            Self::Search => redirect(&at(&format!("?q={}#add", crate::desk::answer::escaped(query)))),
            Self::Up(story) => redirect(&at(&format!("?moved={story}&up=1#stories"))),
            Self::Down(story) => redirect(&at(&format!("?moved={story}#stories"))),
            Self::Remove(_) => redirect(&at("#stories")),
            Self::Add(story) => redirect(&at(&format!("?moved={story}#stories"))),
        }
    }
}

/// `POST /desk/issues/{id}`: saves what was typed, and does what the button says. The script asks for JSON.
pub(in crate::desk) async fn save(ask: Ask) -> Result<Response<Body>, Refused> {
    let (id, form): (IssueId, _) = (ask.id("id")?, ask.form());
    let opened = issues::open(ask.newsroom(), ask.staff()?, id).await?;
    let seen = form.read("version", |text| text.parse::<i64>().ok())?;
    let act = form.read("act", Act::read)?;
    let mut change = change(&form, &opened);
    act.onto(&mut change.picks, opened.newsletter.settings.template);
    let outcome = issues::save(ask.newsroom(), ask.staff()?, id, seen, &change).await;
    let wants = ask.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if wants.starts_with("application/json") {
        return Ok(as_json(&ask, outcome, &opened)?);
    }
    match outcome {
        Ok(_) => Ok(act.onward(id, form.one("q"))),
        Err(error @ Error::Letter(_)) => {
            let told = Told { wrong: Why::of(&ask, &error), typed: true, ..Told::default() };
            page(&ask, told).await
        }
        Err(error) => Err(error.into()),
    }
}

fn as_json(ask: &Ask, outcome: Result<issues::Saved, Error>, before: &Opened) -> Result<Response<Body>, Error> {
    match outcome {
        Ok(issues::Saved { version, subject, preview }) => {
            let saved = serde_json::json!({ "version": version, "subject": subject, "preview": preview });
            Ok(answer_json(StatusCode::OK, &saved))
        }
        Err(error @ Error::Letter(_)) => {
            let conflict = matches!(&error, Error::Letter(issues::Stop::ChangedSince | issues::Stop::State(_)));
            let status = if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            let (key, values) = match &error {
                Error::Letter(stop) => stop.key(),
                _ => ("refused-failed", Vec::new()),
            };
            let given: Vec<_> = values.into_iter().map(|(name, value)| (name, theme::Arg::from(value))).collect();
            let text = ask.strings().text(key, &given);
            Ok(answer_json(status, &serde_json::json!({ "message": text, "by": before.issue.saved.1 })))
        }
        Err(error) => Err(error),
    }
}

/// What the form says. Of a form that names no stories the stories stay.
fn change(form: &Form, opened: &Opened) -> Change {
    let text_of = |name: &str| form.one(name).to_owned();
    let (content, language) = (&opened.issue.content, &opened.newsletter.language);
    let picked = |id: StoryId| Picked {
        story: id,
        note: form.one(&format!("note:{id}")).to_owned(),
        extent: Extent::parse(form.one(&format!("extent:{id}"))).unwrap_or(Extent::Standfirst),
    };
    let stories = form.all("pick").filter_map(|id| Uuid::parse_str(id).ok()).map(StoryId);
    Change {
        subject: text_of("subject"),
        other_subject: text_of("other_subject"),
        percent: text_of("percent"),
        preview: text_of("preview"),
        intro: text::read(form.one("intro"), &content.intro, language),
        outro: text::read(form.one("outro"), &content.outro, language),
        picks: stories.map(picked).collect(),
    }
}
