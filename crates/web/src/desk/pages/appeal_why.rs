//! "Why was this not shown?": a story, a moment and what a reader's device knows, and each appeal with its steps.

use app::{
    stories::desk::{self, Filter},
    support::appeals::{self, Asked, Judged},
};
use axum::body::Body;
use http::Response;
use model::{
    AppealId, StoryId, StoryState, Timestamp,
    appeal::{Answer, Memory, Step, Verdict},
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    appeal::{local, moment},
    appeal_rules::{Choices, says},
    filed::wrong,
    stories::direction,
};
use crate::desk::{ask::Ask, form::Form, refused::Refused};

/// Stories that are offered.
const OFFERED: i64 = 30;

#[derive(Serialize)]
struct Page {
    stories: Vec<Story>,
    typed: Typed,
    time_zone: String,
    judged: Vec<Row>,
    asked: bool,
    wrong: Option<String>,
}

#[derive(Serialize)]
struct Story {
    id: StoryId,
    headline: String,
    language: String,
    direction: &'static str,
    chosen: bool,
}

impl Story {
    fn of(head: &app::StoryHead, chosen: Option<StoryId>) -> Self {
        Self {
            id: head.id,
            headline: head.headline.clone(),
            direction: direction(&head.language),
            language: head.language.to_string(),
            chosen: Some(head.id) == chosen,
        }
    }
}

#[derive(Serialize)]
struct Typed {
    at: String,
    country: String,
    read: String,
    seen: String,
    resting: bool,
    drawn: String,
}

#[derive(Serialize)]
struct Row {
    id: AppealId,
    name: String,
    kind: &'static str,
    holds: bool,
    shown: bool,
    steps: Vec<StepRow>,
}

#[derive(Serialize)]
struct StepRow {
    name: String,
    says: String,
    holds: bool,
    known: bool,
    /// Whether it is the first that does not hold: why it was not shown.
    first: bool,
}

/// `GET /desk/appeals/why`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let query = ask.query();
    let filter = Filter { state: Some(StoryState::Published), ..Filter::default() };
    let listed = desk::list(ask.newsroom(), ask.staff()?, &filter, OFFERED, 0).await?.rows;
    let story = query.some("story").and_then(|id| Uuid::parse_str(id).ok()).map(StoryId);
    let answer = match story {
        Some(story) => judged(&ask, &query, story).await,
        None => Ok(Vec::new()),
    };
    let (judged, wrong) = match answer {
        Ok(judged) => (judged, None),
        Err(Refused::App(error @ app::Error::Stopped(_))) => (Vec::new(), Some(error.to_string())),
        Err(Refused::App(error)) => (Vec::new(), Some(wrong(error)?)),
        Err(other) => return Err(other),
    };
    let now = ask.newsroom().clock().now();
    let text = |name: &str| query.one(name).to_owned();
    let page = Page {
        stories: listed.iter().map(|listed| Story::of(&listed.head, story)).collect(),
        typed: Typed {
            at: query.some("at").map_or_else(|| local(&ask, Some(now)), str::to_owned),
            country: text("country"),
            read: text("read"),
            seen: text("seen"),
            resting: query.ticked("resting"),
            drawn: text("drawn"),
        },
        time_zone: ask.settings().time_zone.clone(),
        asked: story.is_some() && wrong.is_none(),
        judged,
        wrong,
    };
    ask.render("appeal_why.html", "appeals", page)
}

async fn judged(ask: &Ask, query: &Form, story: StoryId) -> Result<Vec<Row>, Refused> {
    let at: Timestamp = moment(ask, query, "at")?.unwrap_or_else(|| ask.newsroom().clock().now());
    let number = |name: &str| -> Result<Option<u32>, app::Error> {
        query.some(name).map(|_| query.read(name, |text| text.parse::<u32>().ok())).transpose()
    };
    let memory = Memory {
        resting: query.ticked("resting"),
        seen: number("seen")?,
        read: number("read")?,
        country: query.some("country").map(str::to_ascii_uppercase),
        drawn: number("drawn")?.map(|drawn| u8::try_from(drawn).unwrap_or(u8::MAX)),
    };
    let judged = appeals::why(ask.newsroom(), ask.staff()?, &Asked { story, at, memory }).await?;
    let choices = Choices::of(ask).await?;
    Ok(judged.iter().map(|one| row(ask, &choices, one)).collect())
}

fn row(ask: &Ask, choices: &Choices, judged: &Judged) -> Row {
    let first = judged.verdicts.iter().position(|verdict| !verdict.answer.holds);
    let step = |(at, verdict): (usize, &Verdict)| {
        let Verdict { step, answer: Answer { holds, known } } = *verdict;
        let (name, says) = words(ask, choices, judged, step, holds);
        StepRow { name, says, holds, known, first: first == Some(at) }
    };
    Row {
        id: judged.appeal.id,
        name: judged.appeal.settings.name.clone(),
        kind: judged.appeal.kind.as_str(),
        holds: judged.holds,
        shown: judged.shown,
        steps: judged.verdicts.iter().enumerate().map(step).collect(),
    }
}

/// What a step asks, and what was found.
fn words(ask: &Ask, choices: &Choices, judged: &Judged, step: Step, holds: bool) -> (String, String) {
    let strings = ask.strings();
    let answer = if holds { "yes" } else { "no" };
    let text = |key: &str| strings.text(key, &[]);
    match step {
        Step::Standing(standing) => (text("why-standing"), text(&format!("appeal-standing-{}", standing.as_str()))),
        Step::Text => (text("why-text"), text(&format!("why-text-{answer}"))),
        Step::Rule(at) => match judged.appeal.settings.rules.get(at) {
            Some(rule) => (rule.name.clone(), says(ask, choices, &rule.test)),
            None => (String::new(), String::new()),
        },
        Step::Rest => (text("why-rest"), text(&format!("why-rest-{answer}"))),
        Step::Cap => {
            let cap = judged.appeal.settings.cap;
            let number = |number: Option<u16>| theme::Arg::Number(number.map_or(0, i64::from));
            let given = [("times", number(cap.map(|cap| cap.times))), ("days", number(cap.map(|cap| cap.days)))];
            (text("why-cap"), strings.text("why-cap-text", &given))
        }
    }
}
