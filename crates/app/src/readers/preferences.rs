//! What a reader can do by the link in every mail: see and change what comes, pause, download what is kept, be forgotten.

use model::{
    Consent, Language, MailForm, Newsletter, NewsletterId, Subscriber, SubscriberState, Subscription, Suppression,
    SuppressionReason, Week,
};
use store::Tx;
use vault::{Bind, Keyring, Links, TokenError};
use zeroize::Zeroizing;

use super::{leave::forget_in_tx, spoken, this_week};
use crate::{Newsroom, error::Error};

/// Weeks for which one can pause.
pub const PAUSES: [i64; 5] = [1, 2, 4, 8, 12];

/// What a link to one's preferences leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened<T> {
    /// What was wanted.
    Yes(T),
    /// They are not there any more.
    Gone,
    /// The link was good for some weeks.
    Expired,
    /// It is none of ours, or cut.
    Broken,
    /// The keys are away.
    Closed,
}

/// What somebody gets, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferences {
    /// The address, where this server can open it.
    pub address: Option<String>,
    /// Every newsletter that can be got, and those that they get.
    pub newsletters: Vec<(Newsletter, bool)>,
    /// The language to be written to in.
    pub language: Language,
    /// How much of an issue comes.
    pub form: MailForm,
    /// Whether subject and sender say nothing of the newsroom.
    pub neutral: bool,
    /// Whether nothing comes at present, and until when.
    pub pause: Pause,
    /// What was agreed to.
    pub consent: Consent,
}

/// How long nothing comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// It comes.
    None,
    /// Until a week begins.
    Until(Week),
    /// Until they say otherwise.
    Open,
}

/// What somebody wants changed.
#[derive(Debug, Clone)]
pub struct Change {
    /// Slugs of what is to come.
    pub newsletters: Vec<String>,
    /// The language to be written to in.
    pub language: Option<Language>,
    /// How much of an issue is to come.
    pub form: MailForm,
    /// Whether subject and sender are to say nothing of the newsroom.
    pub neutral: bool,
    /// How long nothing is to come; `None` leaves it as it is.
    pub pause: Option<Pause>,
}

/// What came of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It is so now.
    Changed(Box<Preferences>),
    /// Nothing was left to come, so everything was deleted.
    Left(Language),
}

/// Somebody whose link was read.
pub(super) struct Known {
    pub(super) subscriber: Subscriber,
    pub(super) gets: Vec<Subscription>,
    pub(super) all: Vec<Newsletter>,
}

impl Known {
    fn gets(&self, id: NewsletterId) -> bool {
        self.gets.iter().any(|one| one.newsletter == id)
    }
}

/// Reads a link and looks up whose it is.
pub(super) async fn known(
    newsroom: &Newsroom,
    tx: &mut Tx,
    ring: &Keyring,
    token: &str,
) -> Result<Opened<Known>, Error> {
    let whose = match Links(ring).read_preferences(token, this_week(newsroom)) {
        Ok(whose) => whose.subscriber,
        Err(TokenError::Expired) => return Ok(Opened::Expired),
        Err(TokenError::Forged) => return Ok(Opened::Broken),
    };
    let Some(subscriber) = store::subscriber_by_id(tx, whose).await? else { return Ok(Opened::Gone) };
    let gets = store::subscription_of(tx, subscriber.id).await?;
    let all = store::newsletter_all(tx).await?;
    Ok(Opened::Yes(Known { subscriber, gets, all }))
}

impl<T> Opened<T> {
    /// The same, with what was wanted made into something else.
    pub(super) fn map<U>(self, made: impl FnOnce(T) -> U) -> Opened<U> {
        match self {
            Self::Yes(wanted) => Opened::Yes(made(wanted)),
            Self::Gone => Opened::Gone,
            Self::Expired => Opened::Expired,
            Self::Broken => Opened::Broken,
            Self::Closed => Opened::Closed,
        }
    }
}

/// The address of somebody, where this server can open it.
pub(super) fn address(ring: &Keyring, subscriber: &Subscriber) -> Option<Zeroizing<String>> {
    let plain = ring.open(Bind::subscriber(subscriber.id), &subscriber.address).ok()?;
    std::str::from_utf8(&plain).ok().map(|text| Zeroizing::new(text.to_owned()))
}

fn told(ring: &Keyring, known: &Known) -> Preferences {
    let subscriber = &known.subscriber;
    let shown = |newsletter: &&Newsletter| newsletter.active || known.gets(newsletter.id);
    let newsletters = known.all.iter().filter(shown).map(|one| (one.clone(), known.gets(one.id)));
    let pause = match (subscriber.state, subscriber.paused_until) {
        (SubscriberState::Paused, Some(week)) => Pause::Until(week),
        (SubscriberState::Paused, None) => Pause::Open,
        (SubscriberState::Active | SubscriberState::Bounced, _) => Pause::None,
    };
    Preferences {
        address: address(ring, subscriber).map(|address| address.to_string()),
        newsletters: newsletters.collect(),
        language: subscriber.language.clone(),
        form: subscriber.form,
        neutral: subscriber.neutral,
        pause,
        consent: subscriber.consent.clone(),
    }
}

/// Opens somebody's preferences. Nothing is written.
///
/// # Errors
/// When the database fails.
pub async fn preferences(newsroom: &Newsroom, token: &str) -> Result<Opened<Preferences>, Error> {
    let Ok(ring) = newsroom.keys() else { return Ok(Opened::Closed) };
    let mut tx = newsroom.store().read().await?;
    Ok(known(newsroom, &mut tx, &ring, token).await?.map(|known| told(&ring, &known)))
}

/// Changes what comes. A mailbox that took nothing is tried again: whoever has the link reads mail there.
///
/// # Errors
/// When the database fails.
pub async fn save(newsroom: &Newsroom, token: &str, change: &Change) -> Result<Opened<Saved>, Error> {
    let Ok(ring) = newsroom.keys() else { return Ok(Opened::Closed) };
    let mut tx = newsroom.store().begin().await?;
    let opened = known(newsroom, &mut tx, &ring, token).await?;
    let Opened::Yes(known) = opened else { return Ok(opened.map(|known| Saved::Left(known.subscriber.language))) };
    let (week, settings) = (this_week(newsroom), store::newsroom_settings(&mut tx).await?);
    let language = change.language.as_ref().map(|wanted| spoken(&settings, Some(wanted)));
    let changed = changed(&known.subscriber, change, language);
    let id = changed.id;
    let wanted = |newsletter: &Newsletter| change.newsletters.iter().any(|slug| slug == newsletter.slug.as_str());
    for newsletter in known.all.iter().filter(|one| one.active || known.gets(one.id)) {
        if wanted(newsletter) {
            let subscription = Subscription { newsletter: newsletter.id, subscriber: id, week };
            store::subscription_insert(&mut tx, &subscription).await?;
        } else {
            store::subscription_delete(&mut tx, newsletter.id, id, week).await?;
        }
    }
    let gets = store::subscription_of(&mut tx, id).await?;
    if gets.is_empty() {
        forget_in_tx(&mut tx, &changed, week).await?;
        let reason = SuppressionReason::Unsubscribed;
        store::suppression_insert(&mut tx, &Suppression { lookup: changed.lookup, reason, week }).await?;
        tx.commit().await?;
        return Ok(Opened::Yes(Saved::Left(changed.language)));
    }
    store::subscriber_update(&mut tx, &changed).await?;
    tx.commit().await?;
    let known = Known { subscriber: changed, gets, all: known.all };
    Ok(Opened::Yes(Saved::Changed(Box::new(told(&ring, &known)))))
}

fn changed(subscriber: &Subscriber, change: &Change, language: Option<Language>) -> Subscriber {
    let (state, paused_until) = match change.pause {
        Some(Pause::None) => (SubscriberState::Active, None),
        Some(Pause::Until(week)) => (SubscriberState::Paused, Some(week)),
        Some(Pause::Open) => (SubscriberState::Paused, None),
        None if subscriber.state == SubscriberState::Bounced => (SubscriberState::Active, None),
        None => (subscriber.state, subscriber.paused_until),
    };
    Subscriber {
        language: language.unwrap_or_else(|| subscriber.language.clone()),
        state,
        paused_until,
        form: change.form,
        neutral: change.neutral,
        bounces: if subscriber.state == SubscriberState::Bounced { 0 } else { subscriber.bounces },
        ..subscriber.clone()
    }
}
