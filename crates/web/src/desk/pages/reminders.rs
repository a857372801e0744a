//! Reminders in numbers: how many are due, by month and language; offering them, and withdrawing them all. No address is ever
//! shown.

use app::support::reminders::{self, MonthNumbers, Numbers};
use axum::body::Body;
use http::{Response, StatusCode};
use serde::Serialize;

use super::stories::direction;
use crate::desk::{answer::done, ask::Ask, refused::Refused};

/// This page.
const HERE: &str = "/desk/support/reminders";
/// The chart's measures.
const WIDTH: i64 = 560;
const HEIGHT: i64 = 120;

#[derive(Serialize)]
struct Page {
    offered: bool,
    all: i64,
    overdue: i64,
    open: bool,
    opens: bool,
    has_address: bool,
    /// What each language calls itself, with how many.
    languages: Vec<(String, i64)>,
    bars: Vec<Bar>,
    /// Whether withdrawing was not wanted twice.
    not_sure: bool,
}

/// A month's reminders as a bar, a piece for each language. Its numbers are of an SVG of 560 × 124.
#[derive(Serialize)]
struct Bar {
    x: i64,
    width: i64,
    pieces: Vec<Piece>,
    month: String,
    all: i64,
    counts: Vec<i64>,
}

#[derive(Serialize)]
struct Piece {
    y: i64,
    height: i64,
    /// How dense it is drawn, in percent.
    dense: i64,
    language: String,
    count: i64,
}

/// `GET /desk/support/reminders`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    page(&ask, false).await
}

async fn page(ask: &Ask, not_sure: bool) -> Result<Response<Body>, Refused> {
    let numbers = reminders::numbers(ask.newsroom()).await?;
    let theme = ask.newsroom().theme();
    let languages: Vec<(String, i64)> =
        numbers.languages.iter().map(|(language, count)| (theme.strings(language).own_name(), *count)).collect();
    let page = Page {
        offered: numbers.offered,
        all: numbers.all,
        overdue: numbers.overdue,
        open: numbers.open,
        opens: numbers.opens,
        has_address: numbers.has_address,
        bars: bars(ask, &numbers, &languages),
        languages,
        not_sure,
    };
    ask.render("reminders.html", "reminders", page)
}

/// Time runs as the language is read: from the left, or from the right.
fn bars(ask: &Ask, numbers: &Numbers, languages: &[(String, i64)]) -> Vec<Bar> {
    let length = i64::try_from(numbers.months.len()).unwrap_or(1).max(1);
    let step = (WIDTH / length).clamp(8, 70);
    let most = numbers.months.iter().map(|month| month.all).max().unwrap_or_default().max(1);
    let backwards = direction(&ask.language()) == "rtl";
    let bar = |(place, month): (i64, &MonthNumbers)| Bar {
        x: step * if backwards { length - 1 - place } else { place },
        width: step - 4,
        pieces: pieces(month, languages, most),
        month: ask.strings().month(month.month.year, month.month.month),
        all: month.all,
        counts: month.languages.clone(),
    };
    (0..length).zip(&numbers.months).map(bar).collect()
}

/// One above the other; any that is there shows at least a line.
fn pieces(month: &MonthNumbers, languages: &[(String, i64)], most: i64) -> Vec<Piece> {
    let mut y = HEIGHT;
    let mut pieces = Vec::new();
    for (place, ((language, _), count)) in (0..).zip(languages.iter().zip(&month.languages)) {
        let height = if *count == 0 { 0 } else { (count * HEIGHT / most).max(2) };
        y -= height;
        let dense = (100 - 28 * place).max(30);
        pieces.push(Piece { y, height, dense, language: language.clone(), count: *count });
    }
    pieces
}

/// `POST /desk/support/reminders`: offers them, or no longer.
pub(in crate::desk) async fn offer(ask: Ask) -> Result<Response<Body>, Refused> {
    let on = ask.form().one("offer") == "yes";
    reminders::offer(ask.newsroom(), ask.staff()?, on).await?;
    Ok(done(HERE, if on { "reminders-offered" } else { "reminders-closed" }))
}

/// `POST /desk/support/reminders/withdraw`.
pub(in crate::desk) async fn withdraw(ask: Ask) -> Result<Response<Body>, Refused> {
    if !ask.form().ticked("sure") {
        let mut response = page(&ask, true).await?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    }
    reminders::withdraw_all(ask.newsroom(), ask.staff()?.handle.as_str()).await?;
    Ok(done(HERE, "reminders-withdrawn"))
}
