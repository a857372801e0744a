//! Deliveries: the frozen audience of an issue, one row each, and where each of them stands.
//!
//! The audience is frozen by one statement inside of the database: it passes no list of readers through this program, and
//! the rows lie in the order in which they were read, so that a million of them are written one after the other. They
//! have no body and no address. How they are taken, begun and settled is in [`crate::delivery_take`] and
//! [`crate::delivery_settle`].

use model::{
    Bounce, Delivery, DeliveryState, IssueForm, IssueId, NewsletterId, SubjectLine, SubscriberId, Timestamp, Week,
};

use crate::{
    Error, Tx,
    sql::{Fields, number},
};

pub(crate) fn delivery<R: Fields>(row: &R) -> Result<Delivery, Error> {
    Ok(Delivery {
        issue: IssueId(row.get("issue")?),
        number: row.get("number")?,
        subscriber: SubscriberId(row.get("subscriber")?),
        form: row.parsed("form", IssueForm::parse)?,
        state: row.parsed("state", DeliveryState::parse)?,
        tries: row.get("tries")?,
        doubts: row.get("doubts")?,
        at: row.time("at")?,
        reply: row.get("reply")?,
        bounce: match row.get::<Option<String>>("bounce")? {
            Some(_) => Some(row.parsed("bounce", Bounce::parse)?),
            None => None,
        },
    })
}

/// Who is to be frozen into an issue's audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audience {
    /// Who gets this newsletter.
    pub newsletter: NewsletterId,
    /// The present week: a pause that ends with it has ended.
    pub week: Week,
    /// Who of them gets the other subject.
    pub share: Share,
}

/// A share of an audience, drawn by a keyed hash: it says nothing of who is in it, is spread evenly over the time of
/// sending, and is another one in each issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Of a hundred so many; 0 for nobody.
    pub percent: u8,
    /// The random key, any numbers.
    pub key: (u32, u32),
}

impl Share {
    /// Nobody.
    pub const NOBODY: Self = Self { percent: 0, key: (1, 0) };
}

/// Writes a row for everybody who is to get an issue, in the order of their random ids; how many. Who pauses, whose mailbox
/// takes nothing, and to whom nothing may be sent is left out.
///
/// # Errors
/// [`Error::Taken`] when the issue's audience is frozen already.
pub async fn delivery_freeze(tx: &mut Tx, issue: IssueId, audience: &Audience) -> Result<i64, Error> {
    // The key makes a linear hash over a prime (2³¹ - 1): arithmetic that both databases have. Mails with a neutral subject
    // are no part of a comparison.
    const SQL: &str = "
        INSERT INTO delivery (issue, number, subscriber, form, state, tries, doubts, at)
        SELECT $1, number, subscriber,
               form || CASE WHEN neutral THEN '.neutral'
                            WHEN ((number * $4 + $5) % 2147483647) % 100 < $6 THEN '.other'
                            ELSE '.own' END,
               'pending', 0, 0, 0
        FROM (SELECT row_number() OVER (ORDER BY n.subscriber) AS number, n.subscriber, s.form, s.neutral
              FROM subscription n JOIN subscriber s ON s.id = n.subscriber
              WHERE n.newsletter = $2 AND n.week >= 0
                AND (s.state = 'active' OR (s.state = 'paused' AND s.paused_until <= $3))
                AND NOT EXISTS (SELECT 1 FROM suppression x WHERE x.lookup = s.lookup)) AS audience";
    let (factor, term) = audience.share.key;
    // Factors below this leave the product far inside of 64 bits, and zero would make everybody equal.
    let factor = i64::from(factor % 2_147_483_646) + 1;
    let frozen = execute!(
        tx,
        SQL,
        issue.0,
        audience.newsletter.0,
        audience.week.0,
        factor,
        i64::from(term),
        i64::from(audience.share.percent),
    )?;
    Ok(i64::try_from(frozen).unwrap_or(i64::MAX))
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT issue, number, subscriber, form, state, tries, doubts, at, reply, bounce FROM delivery ", $rest)
    };
}

/// A delivery by its number in the audience.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn delivery_by_number(tx: &mut Tx, issue: IssueId, number: i64) -> Result<Option<Delivery>, Error> {
    fetch_optional!(tx, delivery, select!("WHERE issue = $1 AND number = $2"), issue.0, number)
}

/// A delivery by whom it is to.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn delivery_by_subscriber(
    tx: &mut Tx,
    issue: IssueId,
    subscriber: SubscriberId,
) -> Result<Option<Delivery>, Error> {
    fetch_optional!(tx, delivery, select!("WHERE issue = $1 AND subscriber = $2"), issue.0, subscriber.0)
}

/// How many deliveries of an issue are in each state. Reads the index, not the rows.
///
/// # Errors
/// When the query fails.
pub async fn delivery_counts(tx: &mut Tx, issue: IssueId) -> Result<Vec<(DeliveryState, i64)>, Error> {
    const SQL: &str = "SELECT state, count(*) AS n FROM delivery WHERE issue = $1 GROUP BY state";
    fetch_all!(tx, state_count, SQL, issue.0)
}

fn state_count<R: Fields>(row: &R) -> Result<(DeliveryState, i64), Error> {
    Ok((row.parsed("state", DeliveryState::parse)?, number(row)?))
}

/// How many deliveries of an issue are in one state; quick for states that few are in.
///
/// # Errors
/// When the query fails.
pub async fn delivery_count(tx: &mut Tx, issue: IssueId, state: DeliveryState) -> Result<i64, Error> {
    const SQL: &str = "SELECT count(*) AS n FROM delivery WHERE issue = $1 AND state = $2";
    fetch_one!(tx, number, SQL, issue.0, state.as_str())
}

/// How many deliveries of each form are in each state. Reads every row.
///
/// # Errors
/// When the query fails.
pub async fn delivery_form_counts(tx: &mut Tx, issue: IssueId) -> Result<Vec<(IssueForm, DeliveryState, i64)>, Error> {
    const SQL: &str = "SELECT form, state, count(*) AS n FROM delivery WHERE issue = $1 GROUP BY form, state";
    fetch_all!(tx, form_count, SQL, issue.0)
}

fn form_count<R: Fields>(row: &R) -> Result<(IssueForm, DeliveryState, i64), Error> {
    Ok((row.parsed("form", IssueForm::parse)?, row.parsed("state", DeliveryState::parse)?, number(row)?))
}

/// What relays said, and how often, of deliveries in a state; the most frequent first.
///
/// # Errors
/// When the query fails.
pub async fn delivery_replies(
    tx: &mut Tx,
    issue: IssueId,
    state: DeliveryState,
    limit: i64,
) -> Result<Vec<(String, i64)>, Error> {
    const SQL: &str = "SELECT reply, count(*) AS n FROM delivery WHERE issue = $1 AND state = $2 AND reply IS NOT NULL
                       GROUP BY reply ORDER BY n DESC, reply LIMIT $3";
    fetch_all!(tx, reply_count, SQL, issue.0, state.as_str(), limit)
}

fn reply_count<R: Fields>(row: &R) -> Result<(String, i64), Error> {
    Ok((row.get("reply")?, number(row)?))
}

/// Whether any delivery of an issue is not settled yet.
///
/// # Errors
/// When the query fails.
pub async fn delivery_is_open(tx: &mut Tx, issue: IssueId) -> Result<bool, Error> {
    const SQL: &str = "SELECT count(*) AS n FROM (SELECT 1 FROM delivery WHERE issue = $1
                         AND state IN ('pending', 'attempting', 'deferred') LIMIT 1) AS first";
    Ok(fetch_one!(tx, number, SQL, issue.0)? > 0)
}

/// When the first delivery that waits may be tried; `None` when none waits.
///
/// # Errors
/// When the query fails.
pub async fn delivery_next(tx: &mut Tx, issue: IssueId) -> Result<Option<Timestamp>, Error> {
    const SQL: &str = "SELECT min(at) AS at FROM
        (SELECT min(at) AS at FROM delivery WHERE issue = $1 AND state = 'deferred'
         UNION ALL SELECT min(at) AS at FROM delivery WHERE issue = $1 AND state = 'pending') AS both_states";
    fetch_one!(tx, next, SQL, issue.0)
}

fn next<R: Fields>(row: &R) -> Result<Option<Timestamp>, Error> {
    row.time_or_none("at")
}

/// Forgets deliveries of an issue, some thousand at a time so that other writers get their turn; how many went.
///
/// # Errors
/// When the query fails.
pub async fn delivery_forget(tx: &mut Tx, issue: IssueId, limit: i64) -> Result<u64, Error> {
    const SQL: &str = "DELETE FROM delivery WHERE issue = $1 AND number <
        (SELECT coalesce(min(number), 0) FROM delivery WHERE issue = $1) + $2";
    execute!(tx, SQL, issue.0, limit)
}

/// Which subject somebody got; `None` when the row is forgotten or never was.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn delivery_subject(
    tx: &mut Tx,
    issue: IssueId,
    subscriber: SubscriberId,
) -> Result<Option<SubjectLine>, Error> {
    Ok(delivery_by_subscriber(tx, issue, subscriber).await?.map(|delivery| delivery.form.subject))
}
