//! Today: what waits, what comes, what is read, what went wrong.

use app::{
    reads,
    today::{self, Lines, StoryHead, Today},
};
use axum::body::Body;
use http::Response;
use model::{StoryId, Timestamp};
use serde::Serialize;

use super::{home_letters::Letters, stories::direction};
use crate::desk::{ask::Ask, refused::Refused};

#[derive(Serialize)]
struct Page {
    drafts: Shown,
    review: Shown,
    ready: Shown,
    scheduled: Vec<Line>,
    /// What newsletters do: for editors.
    letters: Option<Letters>,
    held: Vec<Line>,
    mentions: Vec<Mention>,
    failed: i64,
    hints: Vec<(&'static str, &'static str, i64)>,
    now: i64,
    now_most: Vec<Line>,
    today_most: Vec<Line>,
    chart: Chart,
    minutes: i64,
}

/// The first lines of a list, and how long it is.
#[derive(Serialize)]
struct Shown {
    rows: Vec<Line>,
    count: i64,
}

/// A story in a list.
#[derive(Serialize)]
struct Line {
    id: StoryId,
    headline: String,
    direction: &'static str,
    language: String,
    /// When it was changed, is due, or was taken up.
    at: Option<i64>,
    /// Seconds of that minute.
    seconds: i64,
    /// Who.
    by: String,
    /// How often it was read.
    reads: i64,
    /// The path at which readers find it.
    path: Option<String>,
}

#[derive(Serialize)]
struct Mention {
    id: StoryId,
    headline: String,
    author: String,
    at: i64,
    text: String,
}

/// Reads per day as bars. Its numbers are of an SVG of 560 × 150.
#[derive(Serialize)]
struct Chart {
    bars: Vec<Bar>,
    total: i64,
    most: i64,
    today: i64,
}

#[derive(Serialize)]
struct Bar {
    x: i64,
    y: i64,
    width: i64,
    height: i64,
    /// Noon of the day.
    at: i64,
    day: String,
    count: i64,
    last: bool,
}

/// `GET /desk/`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let today = today::today(ask.newsroom(), ask.settings(), ask.staff()?).await?;
    let chart = chart(&ask, &today.read.days);
    let letters = today.letters.as_ref().map(|letters| Letters::of(&ask, letters));
    let page = page(today, chart, letters);
    ask.render("home.html", "home", page)
}

fn page(today: Today, chart: Chart, letters: Option<Letters>) -> Page {
    let reads = |list: &[(StoryId, i64)]| {
        let head = |id| today.read_heads.iter().find(|head| head.id == id);
        let line = |(id, reads): &(StoryId, i64)| Some(Line { reads: *reads, at: None, ..line(head(*id)?) });
        list.iter().filter_map(line).collect()
    };
    Page {
        now_most: reads(&today.read.now_most),
        today_most: reads(&today.read.today_most),
        drafts: shown(&today.drafts),
        review: shown(&today.review),
        ready: shown(&today.ready),
        scheduled: today.scheduled.iter().map(line).collect(),
        letters,
        held: today
            .held
            .iter()
            .map(|(head, lock)| Line { by: lock.handle.clone(), at: Some(lock.since.as_millis()), ..line(head) })
            .collect(),
        mentions: today
            .mentions
            .into_iter()
            .map(|mention| Mention {
                id: mention.note.story,
                headline: mention.headline,
                author: mention.note.author,
                at: mention.note.at.as_millis(),
                text: mention.note.text,
            })
            .collect(),
        failed: today.failed,
        hints: today.hints.into_iter().map(today::Hint::shown).collect(),
        now: today.read.now,
        chart,
        minutes: reads::NOW_MINUTES,
    }
}

fn shown(lines: &Lines) -> Shown {
    let rows = lines.rows.iter().map(|row| Line {
        at: Some(row.touched_at.as_millis()),
        by: row.touched_by.clone(),
        ..line(&row.head)
    });
    Shown { rows: rows.collect(), count: lines.count }
}

fn line(head: &StoryHead) -> Line {
    let at = head.published_at.map(Timestamp::as_millis);
    Line {
        id: head.id,
        headline: head.headline.clone(),
        direction: direction(&head.language),
        language: head.language.to_string(),
        at,
        seconds: at.map_or(0, |at| at.rem_euclid(60_000) / 1_000),
        by: String::new(),
        reads: 0,
        path: head.path.as_ref().map(ToString::to_string),
    }
}

/// Time runs as the language is read: from the left, or from the right.
fn chart(ask: &Ask, days: &[(i64, i64)]) -> Chart {
    const WIDTH: i64 = 40;
    const HEIGHT: i64 = 120;
    let (settings, strings) = (ask.settings(), ask.strings());
    let zone = app::stories::time_zone(settings);
    let most = days.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let backwards = direction(&ask.language()) == "rtl";
    let length = i64::try_from(days.len()).unwrap_or_default();
    let bars = (0..length).zip(days).map(|(place, (day, count))| {
        // A day with any reads shows at least a line.
        let height = if *count == 0 { 0 } else { (count * HEIGHT / most.max(1)).max(2) };
        let noon = reads::noon_of(settings, *day);
        Bar {
            x: WIDTH * if backwards { length - 1 - place } else { place },
            y: HEIGHT - height,
            width: WIDTH - 8,
            height,
            at: noon.as_millis(),
            day: strings.day(noon, &zone),
            count: *count,
            last: place == length - 1,
        }
    });
    let today = days.last().map_or(0, |(_, count)| *count);
    Chart { bars: bars.collect(), total: days.iter().map(|(_, count)| count).sum(), most, today }
}
