//! What became of everybody an issue was frozen for, while it is being sent and when the rows are gone.

use std::collections::BTreeMap;

use model::{DeliveryState, Exclusion, IssueId, IssueState, Timestamp};
use store::{Sending, Tx};
use vault::Provider;

use super::{Comparison, compare::compare};
use crate::{Newsroom, error::Error, staff::Denial};

/// The sums of an issue, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums(BTreeMap<String, i64>);

impl Sums {
    pub(super) fn read(counts: &[(String, i64)]) -> Self {
        Self(counts.iter().cloned().collect())
    }

    /// One sum.
    #[must_use]
    pub fn of(&self, what: &str) -> i64 {
        self.0.get(what).copied().unwrap_or(0)
    }

    fn under(&self, group: &str) -> i64 {
        self.0.iter().filter(|(what, _)| what.split_once('.').is_some_and(|(of, _)| of == group)).map(|(_, n)| n).sum()
    }

    /// Mails that a relay took.
    #[must_use]
    pub fn accepted(&self) -> i64 {
        self.under("accepted")
    }

    /// Mails that were refused or given up.
    #[must_use]
    pub fn failed(&self) -> i64 {
        self.under("failed")
    }

    /// Readers who no longer wanted it.
    #[must_use]
    pub fn excluded(&self) -> i64 {
        self.under("excluded")
    }
}

/// How many deliveries of an issue stand where. They add up to its audience.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
#[expect(missing_docs, reason = "they are the states of a delivery")]
pub struct Standing {
    pub pending: i64,
    pub attempting: i64,
    pub deferred: i64,
    pub accepted: i64,
    pub failed: i64,
    pub excluded: i64,
    pub uncertain: i64,
}

impl Standing {
    /// Those that nothing more happens to by itself.
    #[must_use]
    pub fn settled(&self) -> i64 {
        self.accepted + self.failed + self.excluded + self.uncertain
    }

    /// Those that something still happens to, unless the issue is cancelled.
    #[must_use]
    pub fn open(&self) -> i64 {
        self.pending + self.attempting + self.deferred
    }
}

/// What became of mails to one mailbox provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct AtProvider {
    /// Its name in counts.
    pub provider: &'static str,
    /// Mails that a relay took.
    pub accepted: i64,
    /// Mails that were refused or given up.
    pub failed: i64,
    /// How often it was asked to come later.
    pub deferred: i64,
}

/// What was done about mails of which nobody knew whether they were taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Doubts {
    /// So many times one was sent again, under the same `Message-ID`.
    pub again: i64,
    /// Of those, taken in the end.
    pub accepted: i64,
    /// Of those, not taken in the end.
    pub failed: i64,
}

/// What came of mails after a relay had taken them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Since {
    /// Readers whose mailbox is not there.
    pub hard: i64,
    /// Readers whose mailbox did not take it for a reason that may pass.
    pub soft: i64,
    /// Readers who called it spam.
    pub complaint: i64,
    /// Readers who left by a link of it.
    pub unsubscribed: i64,
}

/// How an issue is being sent, or was.
#[derive(Debug, Clone)]
pub struct Report {
    /// The issue.
    pub sending: Sending,
    /// Where its deliveries stand.
    pub standing: Standing,
    /// By mailbox provider, the largest first.
    pub providers: Vec<AtProvider>,
    /// Why readers who were frozen in got nothing.
    pub excluded: Vec<(Exclusion, i64)>,
    /// What was in doubt.
    pub doubts: Doubts,
    /// What came back.
    pub since: Since,
    /// How its two subjects did, when it has two and has ended.
    pub comparison: Option<Comparison>,
    /// What relays said of mails that failed, the most frequent first; nothing when the rows are forgotten.
    pub failures: Vec<(String, i64)>,
    /// What relays said of mails that wait.
    pub deferrals: Vec<(String, i64)>,
    /// Deliveries a second in the last minute, as this process saw it.
    pub rate: Option<f64>,
    /// Seconds until the rest is through, at this rate.
    pub seconds_left: Option<i64>,
    /// When the first of those that wait is tried again.
    pub next: Option<Timestamp>,
}

/// Replies that a report names.
const REPLIES: i64 = 12;

/// How an issue is being sent, or was.
///
/// # Errors
/// [`Denial::Gone`].
pub async fn report(newsroom: &Newsroom, issue: IssueId) -> Result<Report, Error> {
    let mut tx = newsroom.store().read().await?;
    let sending = store::sending_by_id(&mut tx, issue).await?.ok_or(Denial::Gone)?;
    let sums = Sums::read(&store::issue_counts(&mut tx, issue).await?);
    let standing = standing(&mut tx, &sending, &sums).await?;
    let replies = async |tx: &mut Tx, state| store::delivery_replies(tx, issue, state, REPLIES).await;
    let failures = replies(&mut tx, DeliveryState::Failed).await?;
    let deferrals = replies(&mut tx, DeliveryState::Deferred).await?;
    let comparison = compare(&mut tx, &sending, &sums).await?;
    let next = if standing.pending == 0 { store::delivery_next(&mut tx, issue).await? } else { None };
    drop(tx);
    newsroom.deliveries().note(issue, standing.accepted + standing.failed + standing.excluded);
    let rate = newsroom.deliveries().rate(issue).filter(|_| sending.state == IssueState::Sending);
    Ok(Report {
        providers: providers(&sums),
        excluded: Exclusion::ALL.into_iter().map(|why| (why, sums.of(&format!("excluded.{}", why.as_str())))).collect(),
        doubts: doubts(&sums),
        since: since(&sums),
        comparison,
        seconds_left: rate.and_then(|rate| seconds_left(standing.pending + standing.attempting, rate)),
        sending,
        standing,
        failures,
        deferrals,
        rate,
        next,
    })
}

/// How far an issue has come, and how many seconds the rest takes: what a list shows, and cheap for an issue of any size.
pub(crate) async fn progress(newsroom: &Newsroom, issue: IssueId) -> Result<(Standing, Option<i64>), Error> {
    let mut tx = newsroom.store().read().await?;
    let sending = store::sending_by_id(&mut tx, issue).await?.ok_or(Denial::Gone)?;
    let sums = Sums::read(&store::issue_counts(&mut tx, issue).await?);
    let standing = standing(&mut tx, &sending, &sums).await?;
    drop(tx);
    let rate = newsroom.deliveries().rate(issue).filter(|_| sending.state == IssueState::Sending);
    Ok((standing, rate.and_then(|rate| seconds_left(standing.pending + standing.attempting, rate))))
}

fn doubts(sums: &Sums) -> Doubts {
    let of = |what| sums.of(&format!("doubt.{what}"));
    Doubts { again: of("again"), accepted: of("accepted"), failed: of("failed") }
}

fn since(sums: &Sums) -> Since {
    let unsubscribed = sums.of("unsubscribed");
    Since { hard: sums.under("hard"), soft: sums.under("soft"), complaint: sums.under("complaint"), unsubscribed }
}

/// Where deliveries stand: what is settled from the sums, what is open from few rows, and what never was tried is the rest.
async fn standing(tx: &mut Tx, sending: &Sending, sums: &Sums) -> Result<Standing, Error> {
    let mut standing =
        Standing { accepted: sums.accepted(), failed: sums.failed(), excluded: sums.excluded(), ..Standing::default() };
    for (state, place, kept) in [
        (DeliveryState::Attempting, &mut standing.attempting, "left.attempting"),
        (DeliveryState::Deferred, &mut standing.deferred, "left.deferred"),
        (DeliveryState::Uncertain, &mut standing.uncertain, "left.uncertain"),
    ] {
        *place = store::delivery_count(tx, sending.issue, state).await?.max(sums.of(kept));
    }
    standing.pending = (sending.frozen - standing.settled() - standing.attempting - standing.deferred).max(0);
    Ok(standing)
}

fn providers(sums: &Sums) -> Vec<AtProvider> {
    let of = |provider: Provider| {
        let provider = provider.as_str();
        let sum = |group: &str| sums.of(&format!("{group}.{provider}"));
        AtProvider { provider, accepted: sum("accepted"), failed: sum("failed"), deferred: sum("deferred") }
    };
    let mut all: Vec<AtProvider> = Provider::ALL.into_iter().map(of).collect();
    all.retain(|line| line.accepted + line.failed + line.deferred > 0);
    all.sort_by_key(|line| std::cmp::Reverse(line.accepted + line.failed));
    all
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "an estimate")]
fn seconds_left(open: i64, rate: f64) -> Option<i64> {
    (rate > 0.01).then(|| (open as f64 / rate).ceil() as i64)
}
