//! Lists of subscribers, taken in and written out many at a time.

use std::collections::{HashMap, HashSet};

use model::{Lookup, NewsletterId, Subscriber, SubscriberId, Subscription, Week};
use uuid::Uuid;

use crate::{
    Error, Tx, newsletter_week_add,
    sql::{Fields, LIST_MAX, filled, placeholders},
    subscriber::lookup,
};

/// Who is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSubscriber {
    /// Their id.
    pub id: SubscriberId,
    /// How they agreed: `site`, `mail`, or `import:` and from where.
    pub source: String,
}

/// Which of these are subscribers.
///
/// # Errors
/// When the query fails.
pub async fn subscriber_known(tx: &mut Tx, lookups: &[Lookup]) -> Result<HashMap<Lookup, KnownSubscriber>, Error> {
    let mut found = HashMap::new();
    for chunk in lookups.chunks(LIST_MAX) {
        let sql =
            format!("SELECT id, lookup, source FROM subscriber WHERE lookup IN ({})", placeholders(1, chunk.len()));
        let bound = filled(chunk).map(|lookup| lookup.0.to_vec());
        found.extend(fetch_listed!(tx, known, sql, [], bound)?);
    }
    Ok(found)
}

fn known<R: Fields>(row: &R) -> Result<(Lookup, KnownSubscriber), Error> {
    Ok((lookup(row)?, KnownSubscriber { id: SubscriberId(row.get::<Uuid>("id")?), source: row.get("source")? }))
}

/// To which of these nothing is sent.
///
/// # Errors
/// When the query fails.
pub async fn suppression_known(tx: &mut Tx, lookups: &[Lookup]) -> Result<HashSet<Lookup>, Error> {
    let mut found = HashSet::new();
    for chunk in lookups.chunks(LIST_MAX) {
        let sql = format!("SELECT lookup FROM suppression WHERE lookup IN ({})", placeholders(1, chunk.len()));
        let bound = filled(chunk).map(|lookup| lookup.0.to_vec());
        found.extend(fetch_listed!(tx, lookup, sql, [], bound)?);
    }
    Ok(found)
}

/// Adds subscribers of a newsletter, and counts them. Those who are there already are passed by; which were added.
///
/// # Errors
/// [`Error::Dangling`] when the newsletter is gone.
pub async fn subscriber_insert_all(
    tx: &mut Tx,
    newsletter: NewsletterId,
    week: Week,
    all: &[Subscriber],
) -> Result<Vec<SubscriberId>, Error> {
    insert_rows!(
        tx,
        "INSERT INTO subscriber (id, lookup, address, language, state, paused_until, form, neutral, policy, consent_week,
                                 source, bounces)",
        "ON CONFLICT (lookup) DO NOTHING",
        12,
        all,
        row => [
            row.id.0,
            &row.lookup.0[..],
            &row.address.0[..],
            row.language.as_str(),
            row.state.as_str(),
            row.paused_until.map(|week| week.0),
            row.form.as_str(),
            row.neutral,
            row.consent.policy.as_str(),
            row.consent.week.0,
            row.consent.source.as_str(),
            row.bounces,
        ]
    );
    // Somebody may have signed up in the same moment: their row stays, and ours is not there.
    let lookups: Vec<Lookup> = all.iter().map(|row| row.lookup).collect();
    let there = subscriber_known(tx, &lookups).await?;
    let ids: Vec<SubscriberId> = all
        .iter()
        .filter(|row| there.get(&row.lookup).is_some_and(|known| known.id == row.id))
        .map(|row| row.id)
        .collect();
    insert_rows!(
        tx,
        "INSERT INTO subscription (newsletter, subscriber, week)",
        "ON CONFLICT (newsletter, subscriber) DO NOTHING",
        3,
        ids,
        id => [newsletter.0, id.0, week.0]
    );
    if !ids.is_empty() {
        newsletter_week_add(tx, newsletter, week, i64::try_from(ids.len()).unwrap_or(i64::MAX), 0).await?;
    }
    Ok(ids)
}

/// What the subscribers from one id to another get, in the order of their ids.
///
/// # Errors
/// When the query fails.
pub async fn subscription_between(
    tx: &mut Tx,
    first: SubscriberId,
    last: SubscriberId,
) -> Result<Vec<Subscription>, Error> {
    const SQL: &str = "SELECT newsletter, subscriber, week FROM subscription WHERE subscriber BETWEEN $1 AND $2
                       AND week >= 0 ORDER BY subscriber, newsletter";
    fetch_all!(tx, subscription, SQL, first.0, last.0)
}

fn subscription<R: Fields>(row: &R) -> Result<Subscription, Error> {
    Ok(Subscription {
        newsletter: NewsletterId(row.get("newsletter")?),
        subscriber: SubscriberId(row.get("subscriber")?),
        week: Week(row.get("week")?),
    })
}
