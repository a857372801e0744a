//! Two subjects of one issue compared by who left: never by who opened it, which no mail tells.
//!
//! Few leave, so that numbers mislead easily. Each share has an interval (Wilson's, 95 %), and one subject is called the better
//! one only when the interval of their difference (Newcombe's) leaves out zero. Who asked for a neutral subject is no part of
//! it.

use model::{DeliveryState, IssueId, SubjectLine};
use store::{Sending, Tx};

use super::report::Sums;
use crate::error::Error;

/// Mails of each subject that it takes to say anything.
pub const SENT_LEAST: i64 = 200;
/// Readers who left, of both together, that it takes.
pub const LEFT_LEAST: i64 = 10;
/// Of a normal distribution, 95 % lie within so many deviations.
const DEVIATIONS: f64 = 1.959_964;

/// What became of mails with one of the subjects.
#[derive(Debug, Clone, PartialEq)]
pub struct Arm {
    /// The subject.
    pub subject: String,
    /// Mails that a relay took.
    pub sent: i64,
    /// Readers who left by them.
    pub left: i64,
    /// Of those, who called them spam.
    pub complained: i64,
    /// The share of who left, and between which two it lies.
    pub share: Share,
}

/// A share with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// As counted.
    pub at: f64,
    /// The least that it may be.
    pub least: f64,
    /// The most.
    pub most: f64,
}

impl Share {
    /// Of `all`, so many; with an interval of 95 %.
    pub(crate) fn of(some: i64, all: i64) -> Self {
        Self::within(some, all, DEVIATIONS)
    }

    /// The same with an interval of so many deviations.
    #[expect(clippy::cast_precision_loss, reason = "counts of readers are far below 2⁵²")]
    pub(crate) fn within(some: i64, all: i64, z: f64) -> Self {
        if all <= 0 {
            return Self { at: 0.0, least: 0.0, most: 1.0 };
        }
        let (n, at) = (all as f64, (some as f64 / all as f64).min(1.0));
        let middle = at + z * z / (2.0 * n);
        let reach = z * (at * (1.0 - at) / n + z * z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + z * z / n;
        Self { at, least: ((middle - reach) / scale).max(0.0), most: ((middle + reach) / scale).min(1.0) }
    }

    /// Between which two the difference to another share lies (Newcombe's).
    pub(crate) fn less(self, other: Self) -> (f64, f64) {
        let difference = self.at - other.at;
        let least = difference - ((self.at - self.least).powi(2) + (other.most - other.at).powi(2)).sqrt();
        let most = difference + ((self.most - self.at).powi(2) + (other.at - other.least).powi(2)).sqrt();
        (least, most)
    }
}

/// What can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Too few to say anything.
    TooFew,
    /// The difference may be chance.
    Even,
    /// Fewer left with the issue's own subject.
    Own,
    /// Fewer left with the other one.
    Other,
}

/// Two subjects compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The issue's own.
    pub own: Arm,
    /// The other.
    pub other: Arm,
    /// What that says.
    pub verdict: Verdict,
}

fn verdict(own: &Arm, other: &Arm) -> Verdict {
    if own.sent.min(other.sent) < SENT_LEAST || own.left + other.left < LEFT_LEAST {
        return Verdict::TooFew;
    }
    let (least, most) = own.share.less(other.share);
    match (least > 0.0, most < 0.0) {
        (true, _) => Verdict::Other,
        (_, true) => Verdict::Own,
        (false, false) => Verdict::Even,
    }
}

/// The comparison of an issue that has ended; `None` for one with a single subject, or one that is still being sent.
pub(super) async fn compare(tx: &mut Tx, sending: &Sending, sums: &Sums) -> Result<Option<Comparison>, Error> {
    if sending.ended_at.is_none() {
        return Ok(None);
    }
    let Some(issue) = store::issue_by_id(tx, sending.issue).await? else { return Ok(None) };
    let Some(other) = issue.content.other_subject else { return Ok(None) };
    let sent = accepted(tx, sending.issue, sums).await?;
    let arm = |line: SubjectLine, subject: String| {
        let name = line.as_str();
        let complained = sums.of(&format!("complained.{name}"));
        let left = sums.of(&format!("unsubscribed.{name}")) + complained;
        let sent = sent(line);
        Arm { subject, sent, left, complained, share: Share::of(left, sent) }
    };
    let (own, other) = (arm(SubjectLine::Own, issue.content.subject), arm(SubjectLine::Other, other.subject));
    Ok(Some(Comparison { verdict: verdict(&own, &other), own, other }))
}

/// How many mails of each subject were taken: of the rows, or of the sums that are left of them.
async fn accepted(tx: &mut Tx, issue: IssueId, sums: &Sums) -> Result<impl Fn(SubjectLine) -> i64, Error> {
    let kept = SubjectLine::ALL.map(|line| sums.of(&format!("subject.{}.accepted", line.as_str())));
    let forgotten = kept.iter().any(|count| *count > 0);
    let rows = if forgotten { Vec::new() } else { store::delivery_form_counts(tx, issue).await? };
    Ok(move |line: SubjectLine| {
        let of_row = rows.iter().filter(|(form, state, _)| form.subject == line && *state == DeliveryState::Accepted);
        let place = SubjectLine::ALL.iter().position(|one| *one == line).unwrap_or_default();
        of_row.map(|(_, _, count)| count).sum::<i64>() + kept[place]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arm(sent: i64, left: i64) -> Arm {
        Arm { subject: String::new(), sent, left, complained: 0, share: Share::of(left, sent) }
    }

    #[test]
    fn an_interval_is_the_one_of_the_books() {
        // Newcombe 1998: 81 of 263 is 0.3080, 0.2553 to 0.3662; 0 of 20 is 0 to 0.1611.
        let share = Share::of(81, 263);
        assert!((share.least - 0.2553).abs() < 0.0001 && (share.most - 0.3662).abs() < 0.0001, "{share:?}");
        let none = Share::of(0, 20);
        assert!(none.least.abs() < 1e-9 && (none.most - 0.1611).abs() < 0.0001, "{none:?}");
        assert_eq!(Share::of(0, 0), Share { at: 0.0, least: 0.0, most: 1.0 });
    }

    #[test]
    fn nobody_wins_before_the_numbers_suffice() {
        assert_eq!(verdict(&arm(199, 60), &arm(9_000, 2)), Verdict::TooFew);
        assert_eq!(verdict(&arm(5_000, 6), &arm(5_000, 3)), Verdict::TooFew);
        assert_eq!(verdict(&arm(5_000, 20), &arm(5_000, 14)), Verdict::Even);
        assert_eq!(verdict(&arm(5_000, 60), &arm(5_000, 20)), Verdict::Other);
        assert_eq!(verdict(&arm(8_000, 16), &arm(2_000, 30)), Verdict::Own);
    }
}
