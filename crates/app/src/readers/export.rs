//! Everything that is kept about a reader, to be taken along.

use serde_json::{Value, json};
use store::Tx;
use vault::Keyring;

use super::{
    name_of,
    outbox::last_day,
    preferences::{Known, Opened, address, known},
};
use crate::{Newsroom, error::Error};

/// Everything that is kept about somebody, as JSON.
///
/// # Errors
/// When the database fails.
pub async fn export(newsroom: &Newsroom, token: &str) -> Result<Opened<Value>, Error> {
    let Ok(ring) = newsroom.keys() else { return Ok(Opened::Closed) };
    let mut tx = newsroom.store().read().await?;
    Ok(match known(newsroom, &mut tx, &ring, token).await? {
        Opened::Yes(known) => Opened::Yes(told(&mut tx, &ring, &known).await?),
        Opened::Gone => Opened::Gone,
        Opened::Expired => Opened::Expired,
        Opened::Broken => Opened::Broken,
        Opened::Closed => Opened::Closed,
    })
}

async fn told(tx: &mut Tx, ring: &Keyring, known: &Known) -> Result<Value, Error> {
    let who = &known.subscriber;
    let week = |week: model::Week| json!({ "from": week.start().to_string(), "to": last_day(week).to_string() });
    let gets = known.gets.iter().map(|one| {
        let newsletter = known.all.iter().find(|newsletter| newsletter.id == one.newsletter);
        json!({
            "newsletter": newsletter.map(|newsletter| newsletter.slug.as_str()),
            "name": newsletter.map(name_of),
            "since_week": week(one.week),
        })
    });
    let gets: Vec<Value> = gets.collect();
    let left = store::subscription_left_of(tx, who.id).await?;
    let left = left.iter().map(|one| {
        let newsletter = known.all.iter().find(|newsletter| newsletter.id == one.newsletter);
        json!({ "newsletter": newsletter.map(|newsletter| newsletter.slug.as_str()), "in_week": week(one.week) })
    });
    let left: Vec<Value> = left.collect();
    Ok(json!({
        "address": address(ring, who).map(|address| address.to_string()),
        "address_note": "Kept sealed. It is null where only another machine of the newsroom can open it.",
        "language": who.language,
        "newsletters": gets,
        "newsletters_left": left,
        "state": who.state,
        "paused_until": who.paused_until.map(|week| week.start().to_string()),
        "full_text_or_headlines": who.form,
        "neutral_subject_and_sender": who.neutral,
        "consent": {
            "privacy_policy": who.consent.policy,
            "week": week(who.consent.week),
            "given_by": who.consent.source,
        },
        "mails_that_came_back_in_a_row": who.bounces,
        "issues_sent": issues(tx, known).await?,
        "not_kept": "IP addresses, what was opened or clicked, exact times, names",
    }))
}

/// The issues of the last weeks that are known to have been sent; rows of those before are gone.
async fn issues(tx: &mut Tx, known: &Known) -> Result<Vec<Value>, Error> {
    const LATEST: i64 = 20;
    let mut sent = Vec::new();
    for newsletter in &known.all {
        for issue in store::issue_list(tx, newsletter.id, LATEST, 0).await? {
            if issue.frozen_at.is_none() {
                continue;
            }
            if let Some(delivery) = store::delivery_by_subscriber(tx, issue.id, known.subscriber.id).await? {
                sent.push(json!({
                    "newsletter": newsletter.slug,
                    "issue": issue.number,
                    "state": delivery.state.as_str(),
                    "came_back": delivery.bounce.map(model::Bounce::as_str),
                }));
            }
        }
    }
    Ok(sent)
}
