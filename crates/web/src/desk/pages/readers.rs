//! Readers in numbers: by newsletter, language, state and week. No address is ever shown; a publisher can type one in for
//! somebody who asked by letter to be forgotten, or to be let in again.

use app::{
    Error,
    readers::{self, Granted, NewsletterNumbers, Numbers, WeekNumbers, Wish},
};
use axum::body::Body;
use http::{Response, StatusCode};
use serde::Serialize;

use super::stories::direction;
use crate::desk::{answer::done, ask::Ask, refused::Refused};

/// This page.
const HERE: &str = "/desk/readers";

#[derive(Serialize)]
struct Page {
    all: i64,
    active: i64,
    paused: i64,
    bounced: i64,
    newsletters: Vec<Row>,
    /// Slug of the newsletter whose weeks are shown; empty for all.
    of: String,
    chart: Chart,
    suppressed: Vec<(&'static str, i64)>,
    waiting: i64,
    stuck: i64,
    stuck_reply: String,
    open: bool,
    without_policy: Vec<String>,
    has_address: bool,
    /// What was wrong with an address that was typed.
    wrong: String,
}

#[derive(Serialize)]
struct Row {
    slug: String,
    name: String,
    language: String,
    direction: &'static str,
    over: bool,
    active: i64,
    paused: i64,
    bounced: i64,
    /// What each language calls itself, with how many.
    languages: Vec<(String, i64)>,
}

/// Subscriptions at the end of each week as bars. Its numbers are of an SVG of 560 × 124.
#[derive(Serialize)]
struct Chart {
    bars: Vec<Bar>,
    most: i64,
    now: i64,
    came: i64,
    gone: i64,
}

#[derive(Serialize)]
struct Bar {
    x: i64,
    y: i64,
    width: i64,
    height: i64,
    /// Noon of its Monday.
    at: i64,
    day: String,
    total: i64,
    came: i64,
    gone: i64,
    last: bool,
}

/// `GET /desk/readers`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, String::new()).await
}

async fn page(ask: &Ask, wrong: String) -> Result<Response<Body>, Refused> {
    let query = ask.query();
    let mut numbers = readers::numbers(ask.newsroom(), None).await?;
    let of = numbers.newsletters.iter().find(|one| one.newsletter.slug.as_str() == query.one("newsletter"));
    let of = of.map(|one| one.newsletter.clone());
    if let Some(newsletter) = &of {
        numbers.weeks = readers::numbers(ask.newsroom(), Some(newsletter.id)).await?.weeks;
    }
    let slug = of.map(|newsletter| newsletter.slug.to_string()).unwrap_or_default();
    ask.render("readers.html", "readers", told(ask, &numbers, slug, wrong))
}

fn told(ask: &Ask, numbers: &Numbers, of: String, wrong: String) -> Page {
    let state = |wanted| numbers.states.iter().find(|(state, _)| *state == wanted).map_or(0, |(_, count)| *count);
    Page {
        all: numbers.states.iter().map(|(_, count)| count).sum(),
        active: state(model::SubscriberState::Active),
        paused: state(model::SubscriberState::Paused),
        bounced: state(model::SubscriberState::Bounced),
        newsletters: numbers.newsletters.iter().map(|one| row(ask, one)).collect(),
        of,
        chart: chart(ask, &numbers.weeks),
        suppressed: numbers.suppressed.iter().map(|(reason, count)| (reason.as_str(), *count)).collect(),
        waiting: numbers.waiting,
        stuck: numbers.stuck.0,
        stuck_reply: numbers.stuck.1.clone().unwrap_or_default(),
        open: numbers.open,
        without_policy: numbers.without_policy.iter().map(ToString::to_string).collect(),
        has_address: numbers.has_address,
        wrong,
    }
}

fn row(ask: &Ask, one: &NewsletterNumbers) -> Row {
    let theme = ask.newsroom().theme();
    let named = |(language, count): &(model::Language, i64)| (theme.strings(language).own_name(), *count);
    Row {
        slug: one.newsletter.slug.to_string(),
        name: readers::name_of(&one.newsletter).to_owned(),
        language: one.newsletter.language.to_string(),
        direction: direction(&one.newsletter.language),
        over: !one.newsletter.active,
        active: one.active,
        paused: one.paused,
        bounced: one.bounced,
        languages: one.languages.iter().map(named).collect(),
    }
}

/// Time runs as the language is read: from the left, or from the right.
fn chart(ask: &Ask, weeks: &[WeekNumbers]) -> Chart {
    const STEP: i64 = 21;
    const HEIGHT: i64 = 120;
    const NOON: i64 = 12 * 3_600_000;
    let (strings, zone) = (ask.strings(), app::stories::time_zone(ask.settings()));
    let most = weeks.iter().map(|week| week.total).max().unwrap_or_default();
    let backwards = direction(&ask.language()) == "rtl";
    let length = i64::try_from(weeks.len()).unwrap_or_default();
    let bars = (0..length).zip(weeks).map(|(place, week)| {
        // A week with anybody shows at least a line.
        let height = if week.total == 0 { 0 } else { (week.total * HEIGHT / most.max(1)).max(2) };
        let monday = week.week.start().plus_millis(NOON);
        Bar {
            x: STEP * if backwards { length - 1 - place } else { place },
            y: HEIGHT - height,
            width: STEP - 4,
            height,
            at: monday.as_millis(),
            day: strings.day(monday, &zone),
            total: week.total,
            came: week.came,
            gone: week.gone,
            last: place == length - 1,
        }
    });
    Chart {
        bars: bars.collect(),
        most,
        now: weeks.last().map_or(0, |week| week.total),
        came: weeks.iter().map(|week| week.came).sum(),
        gone: weeks.iter().map(|week| week.gone).sum(),
    }
}

/// `POST /desk/readers/asked`. What was typed is not given back: it would stay in the page.
pub(in crate::desk) async fn asked(ask: Ask) -> Result<Response<Body>, Refused> {
    let form = ask.form();
    let address = form.one("address");
    if let Some(key) = readers::wrong_key(address) {
        let said = ask.newsroom().theme().strings(&ask.language()).text(key, &[("most", theme::Arg::from(254))]);
        return wrong(&ask, said).await;
    }
    let wish = form.read("wish", Wish::parse)?;
    match readers::on_request(ask.newsroom(), ask.staff()?, address, wish).await {
        Ok(Granted::Done) => Ok(done(HERE, "reader-done")),
        Ok(Granted::PledgeRuns) => wrong(&ask, ask.strings().text("reader-pledge-runs", &[])).await,
        Err(Error::Refused(why)) => wrong(&ask, why).await,
        Err(error) => Err(error.into()),
    }
}

async fn wrong(ask: &Ask, why: String) -> Result<Response<Body>, Refused> {
    let mut response = page(ask, why).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
