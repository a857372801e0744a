//! Subscribers: found by a keyed hash of their address, which itself is sealed.
//!
//! Nothing here can be read as a name, and no time is closer than its week. Rows are deleted for good (`secure_delete`),
//! and their subscriptions with them.

use model::{
    Consent, Language, Lookup, MailForm, NewsletterId, Sealed, Subscriber, SubscriberId, SubscriberState, Week,
};
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, number},
};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, lookup, address, language, state, paused_until, form, neutral, policy, consent_week, source, \
             bounces FROM subscriber ",
            $rest
        )
    };
}

pub(crate) fn subscriber<R: Fields>(row: &R) -> Result<Subscriber, Error> {
    Ok(Subscriber {
        id: SubscriberId(row.get::<Uuid>("id")?),
        lookup: lookup(row)?,
        address: Sealed(row.get("address")?),
        language: row.language("language")?,
        state: row.parsed("state", SubscriberState::parse)?,
        paused_until: row.get::<Option<i64>>("paused_until")?.map(Week),
        form: row.parsed("form", MailForm::parse)?,
        neutral: row.get("neutral")?,
        consent: Consent {
            policy: row.get("policy")?,
            week: Week(row.get("consent_week")?),
            source: row.get("source")?,
        },
        bounces: row.get("bounces")?,
    })
}

/// The column `lookup`.
pub(crate) fn lookup<R: Fields>(row: &R) -> Result<Lookup, Error> {
    let bytes: Vec<u8> = row.get("lookup")?;
    let length = bytes.len();
    let bytes = bytes.try_into();
    bytes
        .map(Lookup)
        .map_err(|_| Error::Unreadable { column: "lookup", why: format!("it has {length} bytes instead of 32") })
}

/// Adds a subscriber; `false` when the address is there already.
///
/// # Errors
/// [`Error::Taken`] when the id is there already.
pub async fn subscriber_insert(tx: &mut Tx, new: &Subscriber) -> Result<bool, Error> {
    let written = execute!(
        tx,
        "INSERT INTO subscriber (id, lookup, address, language, state, paused_until, form, neutral, policy, consent_week,
                                 source, bounces)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (lookup) DO NOTHING",
        new.id.0,
        &new.lookup.0[..],
        &new.address.0[..],
        new.language.as_str(),
        new.state.as_str(),
        new.paused_until.map(|week| week.0),
        new.form.as_str(),
        new.neutral,
        new.consent.policy.as_str(),
        new.consent.week.0,
        new.consent.source.as_str(),
        new.bounces,
    )?;
    Ok(written > 0)
}

/// A subscriber by the keyed hash of the address.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn subscriber_by_lookup(tx: &mut Tx, lookup: &Lookup) -> Result<Option<Subscriber>, Error> {
    fetch_optional!(tx, subscriber, select!("WHERE lookup = $1"), &lookup.0[..])
}

/// A subscriber by their id.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn subscriber_by_id(tx: &mut Tx, id: SubscriberId) -> Result<Option<Subscriber>, Error> {
    fetch_optional!(tx, subscriber, select!("WHERE id = $1"), id.0)
}

/// Writes everything of a subscriber that may change; the address and what it is found by stay. `false` when they are
/// gone.
///
/// # Errors
/// When the query fails.
pub async fn subscriber_update(tx: &mut Tx, changed: &Subscriber) -> Result<bool, Error> {
    let written = execute!(
        tx,
        "UPDATE subscriber SET language = $2, state = $3, paused_until = $4, form = $5, neutral = $6, policy = $7,
                               consent_week = $8, source = $9, bounces = $10
         WHERE id = $1",
        changed.id.0,
        changed.language.as_str(),
        changed.state.as_str(),
        changed.paused_until.map(|week| week.0),
        changed.form.as_str(),
        changed.neutral,
        changed.consent.policy.as_str(),
        changed.consent.week.0,
        changed.consent.source.as_str(),
        changed.bounces,
    )?;
    Ok(written > 0)
}

/// Deletes a subscriber and what they subscribed to; `false` when they are gone already.
///
/// # Errors
/// When the query fails.
pub async fn subscriber_delete(tx: &mut Tx, id: SubscriberId) -> Result<bool, Error> {
    Ok(execute!(tx, "DELETE FROM subscriber WHERE id = $1", id.0)? > 0)
}

/// Ends the pauses that were to last until a week that has come; how many.
///
/// # Errors
/// When the query fails.
pub async fn subscriber_resume(tx: &mut Tx, now: Week) -> Result<u64, Error> {
    const SQL: &str = "UPDATE subscriber SET state = 'active', paused_until = NULL
                       WHERE state = 'paused' AND paused_until <= $1";
    execute!(tx, SQL, now.0)
}

/// How many subscribers of a newsletter read a language and are in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriberCount {
    /// Of which newsletter.
    pub newsletter: NewsletterId,
    /// The language that they are written to in.
    pub language: Language,
    /// Whether anything is sent to them.
    pub state: SubscriberState,
    /// How many.
    pub count: i64,
}

/// Subscribers in numbers, by newsletter, language and state.
///
/// # Errors
/// When the query fails.
pub async fn subscriber_counts(tx: &mut Tx) -> Result<Vec<SubscriberCount>, Error> {
    const SQL: &str = "SELECT n.newsletter AS newsletter, s.language AS language, s.state AS state, count(*) AS n
                       FROM subscription n JOIN subscriber s ON s.id = n.subscriber WHERE n.week >= 0
                       GROUP BY n.newsletter, s.language, s.state ORDER BY n.newsletter, s.language, s.state";
    fetch_all!(tx, counted, SQL)
}

fn counted<R: Fields>(row: &R) -> Result<SubscriberCount, Error> {
    Ok(SubscriberCount {
        newsletter: NewsletterId(row.get("newsletter")?),
        language: row.language("language")?,
        state: row.parsed("state", SubscriberState::parse)?,
        count: number(row)?,
    })
}

/// How many subscribers there are in each state, each counted once, however many newsletters they get.
///
/// # Errors
/// When the query fails.
pub async fn subscriber_states(tx: &mut Tx) -> Result<Vec<(SubscriberState, i64)>, Error> {
    fetch_all!(tx, in_state, "SELECT state, count(*) AS n FROM subscriber GROUP BY state ORDER BY state")
}

fn in_state<R: Fields>(row: &R) -> Result<(SubscriberState, i64), Error> {
    Ok((row.parsed("state", SubscriberState::parse)?, number(row)?))
}
