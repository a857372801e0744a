//! Asking for the link to one's preferences.

use model::{Language, OutboxKind, SubscriberId, Week};
use vault::{Address, Keyring, Links};

use super::{
    CONFIRM_WEEKS, PREFERENCES_WEEKS, SignUpForm, SignedUp, base, outbox, sign_up::checked, spoken, this_week,
};
use crate::{Newsroom, error::Error};

/// Has the link to somebody's preferences sent to their address. What is answered is the same whether anybody is known there.
///
/// # Errors
/// When the database fails.
pub async fn ask_link(newsroom: &Newsroom, form: &SignUpForm, host: Option<&str>) -> Result<SignedUp, Error> {
    let week = this_week(newsroom);
    let sent = SignedUp::Sent { until: Week(week.0 + CONFIRM_WEEKS) };
    if !form.trap.trim().is_empty() {
        return Ok(sent);
    }
    let Ok(ring) = newsroom.keys() else { return Ok(SignedUp::Closed) };
    let settings = newsroom.settings().await?;
    let Some(base) = base(&settings, host) else { return Ok(SignedUp::Unready) };
    let address = match checked(newsroom, form) {
        Ok(address) => address,
        Err(said) => return Ok(said),
    };
    put_link(newsroom, &ring, &base, &address, spoken(&settings, form.language.as_ref())).await?;
    Ok(sent)
}

async fn put_link(
    newsroom: &Newsroom,
    ring: &Keyring,
    base: &str,
    address: &Address,
    spoken: Language,
) -> Result<(), Error> {
    let (now, chance) = (newsroom.clock().now(), newsroom.chance());
    let may_mail = newsroom.guard().may_mail(now, chance, address);
    let lookup = ring.lookup(address);
    let mut tx = newsroom.store().begin().await?;
    let found = store::subscriber_by_lookup(&mut tx, &lookup).await?;
    let subscriber = found.as_ref().map_or_else(|| SubscriberId::new(chance), |found| found.id);
    let gets = store::subscription_of(&mut tx, subscriber).await?;
    let kind = if may_mail && found.is_some() { OutboxKind::Preferences } else { OutboxKind::Nothing };
    let week = Week::of(now);
    let content = outbox::Content {
        to: address.as_str().to_owned(),
        base: base.to_owned(),
        newsletters: gets.iter().map(|one| one.newsletter).collect(),
        names: Vec::new(),
        confirm: String::new(),
        preferences: Links(ring).preferences(subscriber, Week(week.0 + PREFERENCES_WEEKS)).url(),
        week: week.0,
        neutral: found.as_ref().is_some_and(|found| found.neutral),
    };
    let language = found.map_or(spoken, |found| found.language);
    outbox::add_in_tx(newsroom, &mut tx, ring, kind, lookup, &language, &content).await?;
    tx.commit().await?;
    newsroom.wake_outbox();
    Ok(())
}
