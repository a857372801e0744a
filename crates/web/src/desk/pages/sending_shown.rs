//! What the page of an issue that is being sent shows: sums as bars and words. Numbers of bars are of the SVGs in the template.

use app::delivery::{self, Arm, AtProvider, Comparison, RelayStatus, Report, Standing, Verdict};
use model::IssueState;
use serde::Serialize;
use theme::{Arg, Strings};

use super::stories::direction;
use crate::desk::ask::Ask;

/// The width of the bar of all.
const WIDTH: i64 = 1_000;
/// No part that there is, is less wide.
const LEAST: i64 = 6;

/// Where everybody's mail stands: parts that add up.
#[derive(Serialize)]
pub(super) struct Accounts {
    frozen: i64,
    settled: i64,
    open: i64,
    uncertain: i64,
    percent: i64,
    parts: Vec<Part>,
}

/// One of them.
#[derive(Serialize, Debug, PartialEq, Eq)]
pub(super) struct Part {
    key: &'static str,
    count: i64,
    x: i64,
    width: i64,
}

impl Accounts {
    pub(super) fn of(ask: &Ask, report: &Report) -> Self {
        let (standing, frozen) = (&report.standing, report.sending.frozen);
        let settled = standing.settled();
        let percent = if frozen > 0 { settled * 100 / frozen } else { 100 };
        let over = report.sending.state == IssueState::Cancelled;
        let parts = parts(standing, over, direction(&ask.language()) == "rtl");
        Self { frozen, settled, open: standing.open(), uncertain: standing.uncertain, percent, parts }
    }
}

/// The parts that there are. What a cancelled issue had left is not sent any more, whatever state it is in.
fn parts(standing: &Standing, over: bool, backwards: bool) -> Vec<Part> {
    let open = if over {
        [("dropped", standing.open()), ("", 0), ("", 0)]
    } else {
        [("attempting", standing.attempting), ("deferred", standing.deferred), ("pending", standing.pending)]
    };
    let settled = [
        ("accepted", standing.accepted),
        ("failed", standing.failed),
        ("excluded", standing.excluded),
        ("uncertain", standing.uncertain),
    ];
    let there: Vec<(&'static str, i64)> = settled.into_iter().chain(open).filter(|(_, count)| *count > 0).collect();
    let counts: Vec<i64> = there.iter().map(|(_, count)| *count).collect();
    let mut x = 0;
    let place = |((key, count), width): ((&'static str, i64), i64)| {
        let from = if backwards { WIDTH - x - width } else { x };
        x += width;
        Part { key, count, x: from, width }
    };
    there.into_iter().zip(widths(&counts)).map(place).collect()
}

/// Widths that add up, none of them too small to be seen.
fn widths(counts: &[i64]) -> Vec<i64> {
    let all: i64 = counts.iter().sum();
    let mut widths: Vec<i64> = counts.iter().map(|count| (count * WIDTH / all.max(1)).max(LEAST)).collect();
    let over = widths.iter().sum::<i64>() - WIDTH;
    if let Some(widest) = widths.iter_mut().max() {
        *widest -= over;
    }
    widths
}

/// Mails to one mailbox provider.
#[derive(Serialize)]
pub(super) struct Mailbox {
    /// Its name, which is the same in every language; empty for all others.
    name: &'static str,
    accepted: i64,
    failed: i64,
    deferred: i64,
    /// Of 100, where both bars begin and how wide they are.
    bars: [(i64, i64); 2],
}

impl Mailbox {
    pub(super) fn all(ask: &Ask, providers: &[AtProvider]) -> Vec<Self> {
        let backwards = direction(&ask.language()) == "rtl";
        let most = providers.iter().map(|one| one.accepted + one.failed).max().unwrap_or_default().max(1);
        let of = |one: &AtProvider| {
            let wide = |count: i64| if count == 0 { 0 } else { (count * 100 / most).max(1) };
            let (taken, failed) = (wide(one.accepted), wide(one.failed));
            let taken = taken.min(100 - failed);
            let bars = [(0, taken), (taken, failed)];
            Self {
                name: named(one.provider),
                accepted: one.accepted,
                failed: one.failed,
                deferred: one.deferred,
                bars: bars.map(|(x, width)| (if backwards { 100 - x - width } else { x }, width)),
            }
        };
        providers.iter().map(of).collect()
    }
}

fn named(provider: &str) -> &'static str {
    match provider {
        "gmail" => "Gmail",
        "microsoft" => "Outlook, Hotmail",
        "yahoo" => "Yahoo, AOL",
        "apple" => "iCloud",
        "mailru" => "Mail.ru",
        "yandex" => "Yandex",
        "proton" => "Proton",
        "gmx" => "GMX, Web.de",
        _ => "",
    }
}

/// Words of relays, and how often.
#[derive(Serialize)]
pub(super) struct Said {
    words: String,
    count: i64,
}

impl Said {
    pub(super) fn of((words, count): &(String, i64)) -> Self {
        Self { words: words.clone(), count: *count }
    }
}

/// How a relay is.
#[derive(Serialize)]
pub(super) struct Relay {
    name: String,
    place: String,
    /// The end of a key: `well`, `rests`, `full`.
    state: &'static str,
    why: String,
    /// How long it rests.
    rests: String,
    busy: i64,
    today: i64,
    most: Option<i64>,
}

pub(super) fn relays(ask: &Ask) -> Vec<Relay> {
    let strings = ask.strings();
    delivery::relays(ask.newsroom()).iter().map(|status| relay(&strings, status)).collect()
}

fn relay(strings: &Strings, status: &RelayStatus) -> Relay {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let (today, most) = status.today;
    let failing = status.failing.as_ref();
    Relay {
        name: status.name.clone(),
        place: status.place.clone(),
        state: match (failing, most) {
            (Some(_), _) => "rests",
            (None, Some(most)) if today >= most => "full",
            (None, _) => "well",
        },
        why: failing.map(|(why, _)| why.clone()).unwrap_or_default(),
        rests: failing.map(|(_, rest)| span(strings, number(rest.as_secs()))).unwrap_or_default(),
        busy: i64::try_from(status.busy).unwrap_or(i64::MAX),
        today: number(today),
        most: most.map(number),
    }
}

/// Two subjects compared. Shares are of a thousand readers.
#[derive(Serialize)]
pub(super) struct Compared {
    own: Subject,
    other: Subject,
    verdict: &'static str,
}

#[derive(Serialize)]
struct Subject {
    subject: String,
    sent: i64,
    left: i64,
    least: i64,
    most: i64,
}

impl Compared {
    pub(super) fn of(comparison: &Comparison) -> Self {
        Self {
            own: Subject::of(&comparison.own),
            other: Subject::of(&comparison.other),
            verdict: match comparison.verdict {
                Verdict::TooFew => "few",
                Verdict::Even => "even",
                Verdict::Own => "own",
                Verdict::Other => "other",
            },
        }
    }
}

impl Subject {
    #[expect(clippy::cast_possible_truncation, reason = "shares of a thousand")]
    fn of(arm: &Arm) -> Self {
        Self {
            subject: arm.subject.clone(),
            sent: arm.sent,
            left: arm.left,
            least: (arm.share.least * 1_000.0).floor() as i64,
            most: (arm.share.most * 1_000.0).ceil() as i64,
        }
    }
}

/// How long something takes, roughly.
pub(super) fn span(strings: &Strings, seconds: i64) -> String {
    let (key, count) = match seconds {
        ..90 => ("span-seconds", seconds.max(1)),
        90..5_400 => ("span-minutes", (seconds + 59) / 60),
        5_400.. => ("span-hours", (seconds + 3_599) / 3_600),
    };
    strings.text(key, &[("count", Arg::from(count))])
}

/// Mails a second, or a minute when they are few; nothing when there are none.
#[expect(clippy::cast_possible_truncation, reason = "mails a second")]
pub(super) fn rate(strings: &Strings, rate: f64) -> String {
    let (key, count) = if rate >= 1.0 { ("sending-rate-second", rate) } else { ("sending-rate-minute", rate * 60.0) };
    let count = count.round() as i64;
    if count == 0 { String::new() } else { strings.text(key, &[("count", Arg::from(count))]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_the_bar_add_up_and_none_is_too_small_to_be_seen() {
        let standing = Standing { accepted: 119_990, failed: 9, pending: 1, ..Standing::default() };
        let shown = parts(&standing, false, false);
        let keys: Vec<_> = shown.iter().map(|part| (part.key, part.count)).collect();
        assert_eq!(keys, [("accepted", 119_990), ("failed", 9), ("pending", 1)]);
        assert_eq!(shown.iter().map(|part| part.width).sum::<i64>(), WIDTH);
        assert!(shown.iter().all(|part| part.width >= LEAST));
        assert_eq!(shown[1].x, shown[0].width);
        let turned = parts(&standing, false, true);
        assert_eq!((turned[0].x, turned[2].x), (WIDTH - turned[0].width, 0));
    }

    #[test]
    fn what_a_cancelled_issue_had_left_is_one_part() {
        let standing = Standing { accepted: 5, deferred: 2, pending: 3, ..Standing::default() };
        let keys: Vec<_> = parts(&standing, true, false).iter().map(|part| (part.key, part.count)).collect();
        assert_eq!(keys, [("accepted", 5), ("dropped", 5)]);
        assert!(parts(&Standing::default(), true, false).is_empty());
    }
}
