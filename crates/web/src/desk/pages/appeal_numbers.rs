//! How an appeal does: its variants compared, and views per day.

use app::{
    reads,
    support::appeals::{Arm, Numbers, Outcome, POWER_WORDS},
};
use serde::Serialize;

use super::stories::direction;
use crate::desk::ask::Ask;

/// Days in the chart.
const DAYS: usize = 28;

/// The numbers, ready to be shown.
#[derive(Serialize)]
pub(super) struct Shown {
    arms: Vec<ArmRow>,
    seen: i64,
    cut: i64,
    outcome: &'static str,
    needed: i64,
    better: String,
    bars: Vec<Bar>,
    most: i64,
    /// What the needed views find: a difference of so many hundredths, so surely.
    power: (i64, i64),
}

#[derive(Serialize)]
struct ArmRow {
    name: String,
    active: bool,
    seen: i64,
    gave: i64,
    /// In hundredths of a percent, as text: `1.25`.
    share: String,
    least: String,
    most: String,
    /// The interval as a line of 1,000: where it begins, how long it is, and where the share is.
    line: (i64, i64, i64),
    class: usize,
}

#[derive(Serialize)]
struct Bar {
    x: i64,
    at: i64,
    day: String,
    count: i64,
    /// The variants, one on top of the other: y, height, and which.
    parts: Vec<(i64, i64, usize)>,
}

/// A share as a percentage.
fn percent(share: f64) -> String {
    format!("{:.2}", share * 100.0)
}

#[expect(clippy::cast_possible_truncation, reason = "a share of a thousand")]
fn of_line(share: f64, whole: f64) -> i64 {
    if whole <= 0.0 { 0 } else { (share / whole * 1_000.0).round().clamp(0.0, 1_000.0) as i64 }
}

pub(super) fn shown(ask: &Ask, numbers: &Numbers) -> Shown {
    let widest = numbers.arms.iter().filter(|arm| arm.seen > 0).map(|arm| arm.share.most).fold(0.0, f64::max);
    let row = |(class, arm): (usize, &Arm)| {
        let (least, most) = (of_line(arm.share.least, widest), of_line(arm.share.most, widest));
        ArmRow {
            name: arm.variant.name.clone(),
            active: arm.variant.active,
            seen: arm.seen,
            gave: arm.gave,
            share: percent(arm.share.at),
            least: percent(arm.share.least),
            most: percent(arm.share.most),
            line: (least, (most - least).max(4), of_line(arm.share.at, widest)),
            class: class % 4,
        }
    };
    let (outcome, needed, better) = match numbers.outcome {
        Outcome::Alone => ("alone", 0, String::new()),
        Outcome::TooFew => ("too-few", 0, String::new()),
        Outcome::Needs(needed) => ("needs", needed, String::new()),
        Outcome::Even => ("even", 0, String::new()),
        Outcome::Better(id) => {
            let name = numbers.arms.iter().find(|arm| arm.variant.id == id).map(|arm| arm.variant.name.clone());
            ("better", 0, name.unwrap_or_default())
        }
    };
    let (bars, most) = chart(ask, numbers);
    Shown {
        arms: numbers.arms.iter().enumerate().map(row).collect(),
        seen: numbers.arms.iter().map(|arm| arm.seen).sum(),
        cut: numbers.arms.iter().map(|arm| arm.cut).sum(),
        outcome,
        needed,
        better,
        bars,
        most,
        power: POWER_WORDS,
    }
}

/// The last days, today last. Time runs as the language is read.
fn chart(ask: &Ask, numbers: &Numbers) -> (Vec<Bar>, i64) {
    const WIDTH: i64 = 20;
    const HEIGHT: i64 = 120;
    let (settings, strings) = (ask.settings(), ask.strings());
    let zone = app::stories::time_zone(settings);
    let today = reads::day_of(settings, ask.newsroom().clock().now());
    let length = i64::try_from(DAYS).unwrap_or_default();
    let of = |day: i64| numbers.days.iter().find(|one| one.day == day).map(|one| one.seen.clone()).unwrap_or_default();
    let days: Vec<(i64, Vec<i64>)> = (today - length + 1..=today).map(|day| (day, of(day))).collect();
    let most = days.iter().map(|(_, seen)| seen.iter().sum::<i64>()).max().unwrap_or_default();
    let backwards = direction(&ask.language()) == "rtl";
    let bar = |(place, (day, seen)): (i64, &(i64, Vec<i64>))| {
        let noon = reads::noon_of(settings, *day);
        let mut top = HEIGHT;
        let part = |(class, count): (usize, &i64)| {
            let height = if *count == 0 { 0 } else { (count * HEIGHT / most.max(1)).max(1) };
            top -= height;
            (top, height, class % 4)
        };
        Bar {
            x: WIDTH * if backwards { length - 1 - place } else { place },
            at: noon.as_millis(),
            day: strings.day(noon, &zone),
            count: seen.iter().sum(),
            parts: seen.iter().enumerate().map(part).collect(),
        }
    };
    ((0..length).zip(&days).map(bar).collect(), most)
}
