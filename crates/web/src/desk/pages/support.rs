//! What readers give, in numbers: by currency, month and appeal; pledges; gateways that don't answer. Nobody is named.

use app::support::overview::{self, AppealSum, Churn, CurrencyNumbers, Overview};
use axum::body::Body;
use http::Response;
use model::{Money, Month};
use serde::Serialize;

use super::stories::direction;
use crate::desk::{ask::Ask, refused::Refused};

/// The chart's measures.
const WIDTH: i64 = 560;
const HEIGHT: i64 = 120;

#[derive(Serialize)]
struct Page {
    open: bool,
    trouble: Vec<Trouble>,
    waiting: i64,
    currencies: Vec<Row>,
    /// The currency whose charts are shown.
    chart: Option<Chart>,
    pledges: Vec<(&'static str, i64)>,
    churn: Vec<Ended>,
}

#[derive(Serialize)]
struct Trouble {
    gateway: &'static str,
    since: Option<i64>,
    /// What it said, in English.
    said: String,
}

/// A currency.
#[derive(Serialize)]
struct Row {
    code: &'static str,
    month: String,
    year: String,
    fees: String,
    recurring: String,
    pledges: i64,
    chosen: bool,
}

#[derive(Serialize)]
struct Chart {
    code: &'static str,
    total: String,
    most: String,
    bars: Vec<Bar>,
    appeals: Vec<Appeal>,
}

/// A month as a bar, from the bottom what came monthly, annually and once. Its numbers are of an SVG of 560 × 124.
#[derive(Serialize)]
struct Bar {
    x: i64,
    width: i64,
    month: String,
    parts: Vec<Part>,
    all: String,
}

#[derive(Serialize)]
struct Part {
    frequency: &'static str,
    y: i64,
    height: i64,
    /// How dense it is drawn, in percent.
    dense: i64,
    amount: String,
}

#[derive(Serialize)]
struct Appeal {
    /// The names of the appeal and the variant.
    names: Option<(String, String)>,
    /// Whether an appeal brought it.
    brought: bool,
    amount: String,
    count: i64,
    /// Of a line of 1,000.
    length: i64,
}

/// A month's end of pledges.
#[derive(Serialize)]
struct Ended {
    month: String,
    ran: i64,
    ended: i64,
    /// In percent.
    share: String,
}

/// `GET /desk/support`.
pub(in crate::desk) async fn show(ask: Ask) -> Result<Response<Body>, Refused> {
    let told = overview::overview(ask.newsroom(), ask.staff()?).await?;
    let query = ask.query();
    let wanted = query.one("currency");
    let chosen = told.currencies.iter().find(|one| one.currency.code() == wanted);
    // Else the one that most is given in, by the number of pledges and then as they are listed.
    let chosen = chosen.or_else(|| told.currencies.iter().rev().max_by_key(|one| (one.all() > 0, one.pledges)));
    let code = chosen.map(|one| one.currency.code());
    let trouble = told.trouble.iter().map(|gateway| Trouble {
        gateway: gateway.name.as_str(),
        since: gateway.since.map(model::Timestamp::as_millis),
        said: gateway.trouble.clone().unwrap_or_default(),
    });
    let page = Page {
        open: told.open,
        trouble: trouble.collect(),
        waiting: told.waiting,
        currencies: told.currencies.iter().map(|one| row(&ask, one, code)).collect(),
        chart: chosen.map(|one| chart(&ask, &told, one)),
        pledges: told.pledges.iter().map(|(state, count)| (state.as_str(), *count)).collect(),
        churn: told.churn.iter().rev().map(|churn| ended(&ask, *churn)).collect(),
    };
    ask.render("support.html", "support", page)
}

fn row(ask: &Ask, one: &CurrencyNumbers, chosen: Option<&str>) -> Row {
    let strings = ask.strings();
    let say = |minor| strings.money(Money::new(minor, one.currency));
    Row {
        code: one.currency.code(),
        month: say(one.month(one.months.len().saturating_sub(1))),
        year: say(one.all()),
        fees: say(one.fees),
        recurring: say(one.recurring),
        pledges: one.pledges,
        chosen: chosen == Some(one.currency.code()),
    }
}

/// Time runs as the language is read: from the left, or from the right.
fn chart(ask: &Ask, told: &Overview, one: &CurrencyNumbers) -> Chart {
    let strings = ask.strings();
    let say = |minor| strings.money(Money::new(minor, one.currency));
    let length = i64::try_from(told.months.len()).unwrap_or(1).max(1);
    let step = WIDTH / length;
    let most = (0..told.months.len()).map(|at| one.month(at)).max().unwrap_or_default();
    let backwards = direction(&ask.language()) == "rtl";
    let bar = |(place, (month, parts)): (i64, (&Month, &[i64; 3]))| Bar {
        x: step * if backwards { length - 1 - place } else { place },
        width: step - 6,
        month: strings.month_of(*month),
        parts: stacked(*parts, most, &say),
        all: say(parts.iter().sum()),
    };
    let best = one.appeals.iter().map(|sum| sum.kept.minor).max().unwrap_or_default().max(1);
    let appeal = |sum: &AppealSum| Appeal {
        names: sum.names.clone(),
        brought: sum.variant.is_some(),
        amount: say(sum.kept.minor),
        count: sum.count,
        length: sum.kept.minor.max(0).saturating_mul(1_000) / best,
    };
    Chart {
        code: one.currency.code(),
        total: say(one.all()),
        most: say(most),
        bars: (0..length).zip(told.months.iter().zip(&one.months)).map(bar).collect(),
        appeals: one.appeals.iter().map(appeal).collect(),
    }
}

/// One above the other, darkest below; any that is there shows at least a line.
fn stacked([once, monthly, annual]: [i64; 3], most: i64, say: &dyn Fn(i64) -> String) -> Vec<Part> {
    let mut y = HEIGHT;
    let part = |(frequency, minor, dense): (&'static str, i64, i64)| {
        let height = if minor <= 0 { 0 } else { (minor.saturating_mul(HEIGHT) / most.max(1)).max(2) };
        y -= height;
        Part { frequency, y, height, dense, amount: say(minor) }
    };
    [("monthly", monthly, 100), ("annual", annual, 60), ("once", once, 30)].into_iter().map(part).collect()
}

fn ended(ask: &Ask, churn: Churn) -> Ended {
    let tenths = (churn.ended * 1_000 + churn.ran / 2) / churn.ran.max(1);
    Ended {
        month: ask.strings().month_of(churn.month),
        ran: churn.ran,
        ended: churn.ended,
        share: format!("{}.{}", tenths / 10, tenths % 10),
    }
}
