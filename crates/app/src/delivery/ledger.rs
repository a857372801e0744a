//! One turn of the ledger: what was answered is settled, what is to be sent next is begun, and more is reserved, in one
//! transaction. So a commit serves as many deliveries as there were answers since the last one.

use model::{DeliveryState, Exclusion, IssueId, NewsletterId, Timestamp, Uncertain, Week};
use outside::mail::Outcome;
use store::{Begin, Begun, Reserve, Reserved, Settled, Tx};

use super::retry::{self, Facts};
use crate::{Newsroom, error::Error};

/// A worker's hold on what it reserved or began. Whatever it can't finish in that time is taken up by others; what is under
/// way is renewed long before.
pub(super) const LEASE_MS: i64 = 60_000;

/// What came of sending a mail.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) issue: IssueId,
    pub(super) number: i64,
    /// Times it was begun, this one included.
    pub(super) tries: i64,
    pub(super) doubts: i64,
    /// Whose mailbox it is, as sums name it.
    pub(super) provider: &'static str,
    pub(super) outcome: Outcome,
}

/// What is wanted of an issue in a turn.
#[derive(Debug)]
pub(super) struct Ask {
    pub(super) issue: IssueId,
    pub(super) newsletter: NewsletterId,
    pub(super) frozen_at: Timestamp,
    pub(super) uncertain: Uncertain,
    pub(super) answers: Vec<Answer>,
    /// What is to be begun, with the ends of its reservations.
    pub(super) begin: Vec<(i64, Timestamp)>,
    /// What mailbox providers do not take before a time.
    pub(super) put_off: Vec<(i64, Timestamp)>,
    /// What can't be sent, and why.
    pub(super) spoiled: Vec<(i64, &'static str)>,
    /// So many are to be reserved.
    pub(super) reserve: i64,
    /// The last one that was reserved of those never tried.
    pub(super) after: (Timestamp, i64),
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Whether the issue is being sent: nothing of one that is paused is begun.
    pub(super) on: bool,
    pub(super) settled: Vec<Settled>,
    pub(super) begun: Begun,
    pub(super) reserved: Vec<Reserved>,
}

/// Does a turn for some issues, in the order of their ids: nodes that do so at the same time wait for each other and never
/// across.
pub(super) async fn turn(newsroom: &Newsroom, asks: &[Ask]) -> Result<Vec<Told>, Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let mut told = Vec::with_capacity(asks.len());
    for ask in asks {
        told.push(one(&mut tx, ask, now).await?);
    }
    tx.commit().await?;
    if told.iter().any(|told| !told.settled.is_empty()) {
        newsroom.abort_point("delivery.settled");
    }
    if told.iter().any(|told| !told.reserved.is_empty()) {
        newsroom.abort_point("delivery.reserved");
    }
    if told.iter().any(|told| !told.begun.begun.is_empty()) {
        newsroom.abort_point("delivery.attempting_committed");
    }
    Ok(told)
}

async fn one(tx: &mut Tx, ask: &Ask, now: Timestamp) -> Result<Told, Error> {
    let mut told = Told { settled: settle(tx, ask, now).await?, ..Told::default() };
    store::delivery_put_off(tx, ask.issue, &ask.put_off).await?;
    spoil(tx, ask).await?;
    if ask.begin.is_empty() && ask.reserve == 0 {
        return Ok(told);
    }
    told.on = store::sending_is_on(tx, ask.issue).await?;
    if !told.on {
        return Ok(told);
    }
    let until = now.plus_millis(LEASE_MS);
    if !ask.begin.is_empty() {
        let begin = Begin { newsletter: ask.newsletter, week: Week::of(now), until };
        told.begun = store::delivery_begin(tx, ask.issue, &begin, &ask.begin).await?;
        count_excluded(tx, ask.issue, &told.begun.excluded).await?;
    }
    if ask.reserve > 0 {
        let (gone, there) = reserve(tx, ask, now, until).await?.into_iter().partition(|one| one.address.is_none());
        told.reserved = there;
        let gone: Vec<Reserved> = gone;
        let gone: Vec<_> = gone.iter().map(|one| (one.number, Exclusion::Unsubscribed)).collect();
        store::delivery_exclude(tx, ask.issue, &gone).await?;
        count_excluded(tx, ask.issue, &gone).await?;
    }
    Ok(told)
}

async fn count_excluded(tx: &mut Tx, issue: IssueId, excluded: &[(i64, Exclusion)]) -> Result<(), Error> {
    let sums = excluded.iter().map(|(_, why)| (format!("excluded.{}", why.as_str()), 1));
    Ok(store::issue_count_add(tx, issue, sums).await?)
}

async fn spoil(tx: &mut Tx, ask: &Ask) -> Result<(), Error> {
    for (number, why) in &ask.spoiled {
        if store::delivery_spoil(tx, ask.issue, *number, why).await? {
            store::issue_count_add(tx, ask.issue, [("failed.other".to_owned(), 1)]).await?;
        }
    }
    Ok(())
}

/// Those that were deferred come back at their time, but never fill more than half while others wait for their first try.
async fn reserve(tx: &mut Tx, ask: &Ask, now: Timestamp, until: Timestamp) -> Result<Vec<Reserved>, Error> {
    let mut reserved = Vec::new();
    let start = (Timestamp::from_millis(-1), 0);
    for (state, share, after) in [
        (DeliveryState::Deferred, (ask.reserve + 1) / 2, start),
        (DeliveryState::Pending, ask.reserve, ask.after),
        (DeliveryState::Deferred, ask.reserve, start),
    ] {
        let limit = share.min(ask.reserve - i64::try_from(reserved.len()).unwrap_or(i64::MAX));
        if limit > 0 {
            let wanted = Reserve { state, now, until, after, limit };
            reserved.extend(store::delivery_reserve(tx, ask.issue, &wanted).await?);
        }
    }
    Ok(reserved)
}

/// Settles what was answered, and adds it to the sums; what was.
async fn settle(tx: &mut Tx, ask: &Ask, now: Timestamp) -> Result<Vec<Settled>, Error> {
    if ask.answers.is_empty() {
        return Ok(Vec::new());
    }
    let facts = |answer: &Answer| Facts {
        number: answer.number,
        tries: answer.tries,
        doubts: answer.doubts,
        frozen_at: ask.frozen_at,
        uncertain: ask.uncertain,
    };
    let made: Vec<Settled> =
        ask.answers.iter().map(|answer| retry::settle(&answer.outcome, &facts(answer), now)).collect();
    let done = store::delivery_settle(tx, ask.issue, &made).await?;
    let settled = made.into_iter().zip(&ask.answers).filter(|(settled, _)| done.contains(&settled.number));
    let (settled, answers): (Vec<Settled>, Vec<&Answer>) = settled.unzip();
    let sums: Vec<(String, i64)> =
        settled.iter().zip(answers).flat_map(|(settled, answer)| sums(settled, answer)).collect();
    store::issue_count_add(tx, ask.issue, sums).await?;
    Ok(settled)
}

/// What a settled delivery adds to the sums. `accepted.`, `failed.` and `excluded.` are of people, each counted once;
/// `deferred.` and `doubt.` are of events.
fn sums(settled: &Settled, answer: &Answer) -> Vec<(String, i64)> {
    let mut sums = Vec::new();
    let mut add = |what: String| sums.push((what, 1));
    let provider = answer.provider;
    match settled.state {
        DeliveryState::Accepted => {
            add(format!("accepted.{provider}"));
            if answer.doubts > 0 {
                add("doubt.accepted".to_owned());
            }
        }
        DeliveryState::Failed => {
            add(format!("failed.{provider}"));
            if answer.doubts > 0 {
                add("doubt.failed".to_owned());
            }
        }
        DeliveryState::Deferred if settled.doubt => add("doubt.again".to_owned()),
        DeliveryState::Deferred if !settled.untried => add(format!("deferred.{provider}")),
        DeliveryState::Uncertain => add("doubt.held".to_owned()),
        DeliveryState::Deferred | DeliveryState::Pending | DeliveryState::Attempting | DeliveryState::Excluded => {}
    }
    sums
}

#[cfg(test)]
mod tests {
    use outside::mail::Lost;

    use super::*;

    #[test]
    fn sums_name_providers_and_count_what_was_in_doubt_apart() {
        let outcome = Outcome::Uncertain { why: Lost::Closed };
        let issue = IssueId(uuid::Uuid::nil());
        let answer = Answer { issue, number: 1, tries: 2, doubts: 1, provider: "gmail", outcome };
        let settled = |state, doubt| Settled {
            number: 1,
            tries: 2,
            state,
            at: Timestamp::from_millis(0),
            doubt,
            untried: false,
            reply: None,
        };
        let names =
            |state, doubt| sums(&settled(state, doubt), &answer).into_iter().map(|(what, _)| what).collect::<Vec<_>>();
        assert_eq!(names(DeliveryState::Accepted, false), ["accepted.gmail", "doubt.accepted"]);
        assert_eq!(names(DeliveryState::Failed, false), ["failed.gmail", "doubt.failed"]);
        assert_eq!(names(DeliveryState::Deferred, false), ["deferred.gmail"]);
        assert_eq!(names(DeliveryState::Deferred, true), ["doubt.again"]);
        assert_eq!(names(DeliveryState::Uncertain, true), ["doubt.held"]);
        assert_eq!(names(DeliveryState::Pending, false), [""; 0]);
    }
}
