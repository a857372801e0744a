//! Confirming: what a link carried becomes a subscriber, when the button behind it is pressed.
//!
//! Opening the link changes nothing, so that a program that follows every link confirms nothing. Pressing the button twice is
//! pressing it once.

use model::{
    Consent, Language, MailForm, Newsletter, Subscriber, SubscriberId, SubscriberState, Subscription, Suppression,
    SuppressionReason, Week,
};
use vault::{Address, Bind, Keyring, Links, SignUp};

use super::{CONFIRM_WEEKS, active, name_of, this_week};
use crate::{Newsroom, error::Error, support::reminders};

/// What a link to confirm leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirming {
    /// The question.
    Ask {
        /// The address.
        address: String,
        /// Names of what will come.
        names: Vec<String>,
        /// The language that was chosen.
        language: Language,
    },
    /// It is too old, or what it is for is over: the way to begin anew.
    Expired {
        /// The address.
        address: String,
        /// Slugs of what was wanted.
        newsletters: Vec<String>,
        /// The language that was chosen.
        language: Language,
    },
    /// It is none of ours, or cut.
    Broken,
    /// The keys are away.
    Closed,
}

/// What came of pressing the button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmed {
    /// They get it.
    Done {
        /// Names of what will come.
        names: Vec<String>,
        /// The address that it comes from; empty while none is set.
        sender: String,
        /// The language that was chosen.
        language: Language,
    },
    /// As when the link was opened.
    Not(Confirming),
}

/// What came of wanting never to be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Never {
    /// Nothing is sent there any more. Told in this language.
    Done(Language),
    /// As when the link was opened.
    Not(Confirming),
}

/// A link that was read: whose it is, and the newsletters.
struct Read {
    sign_up: SignUp,
    all: Vec<Newsletter>,
}

impl Read {
    fn newsletters(&self) -> impl Iterator<Item = &Newsletter> {
        active(&self.all, &self.sign_up.newsletters)
    }

    fn names(&self) -> Vec<String> {
        self.newsletters().map(|newsletter| name_of(newsletter).to_owned()).collect()
    }

    fn is_good(&self, newsroom: &Newsroom) -> bool {
        let age = this_week(newsroom).0 - self.sign_up.week.0;
        // A week ahead is one node's clock before another's.
        (-1..=CONFIRM_WEEKS).contains(&age) && self.newsletters().next().is_some()
    }

    fn expired(&self) -> Confirming {
        let wanted = self.newsletters().map(|newsletter| newsletter.slug.to_string());
        Confirming::Expired {
            address: self.sign_up.address.as_str().to_owned(),
            newsletters: wanted.collect(),
            language: self.sign_up.language.clone(),
        }
    }
}

async fn read(newsroom: &Newsroom, ring: &Keyring, token: &str) -> Result<Option<Read>, Error> {
    let Ok(sign_up) = Links(ring).read_confirm(token) else { return Ok(None) };
    let all = store::newsletter_all(&mut newsroom.store().read().await?).await?;
    Ok(Some(Read { sign_up, all }))
}

/// Opens a link to confirm. Nothing is written.
///
/// # Errors
/// When the database fails.
pub async fn confirming(newsroom: &Newsroom, token: &str) -> Result<Confirming, Error> {
    let Ok(ring) = newsroom.keys() else { return Ok(Confirming::Closed) };
    let Some(read) = read(newsroom, &ring, token).await? else { return Ok(Confirming::Broken) };
    if !read.is_good(newsroom) {
        return Ok(read.expired());
    }
    Ok(Confirming::Ask {
        address: read.sign_up.address.as_str().to_owned(),
        names: read.names(),
        language: read.sign_up.language.clone(),
    })
}

/// Confirms: somebody who is new is written down, somebody who is known gets what was added.
///
/// # Errors
/// When the database fails.
pub async fn confirm(newsroom: &Newsroom, token: &str) -> Result<Confirmed, Error> {
    let Ok(ring) = newsroom.keys() else { return Ok(Confirmed::Not(Confirming::Closed)) };
    let Some(read) = read(newsroom, &ring, token).await? else { return Ok(Confirmed::Not(Confirming::Broken)) };
    if !read.is_good(newsroom) {
        return Ok(Confirmed::Not(read.expired()));
    }
    let lookup = ring.lookup(&read.sign_up.address);
    let mut tx = newsroom.store().begin().await?;
    let subscriber = match store::subscriber_by_lookup(&mut tx, &lookup).await? {
        Some(known) => renew(&mut tx, known, &read.sign_up).await?,
        None => {
            let new = new(newsroom, &ring, &read.sign_up);
            store::subscriber_insert(&mut tx, &new).await?;
            new.id
        }
    };
    let week = this_week(newsroom);
    for newsletter in read.newsletters() {
        let subscription = Subscription { newsletter: newsletter.id, subscriber, week };
        store::subscription_insert(&mut tx, &subscription).await?;
    }
    // Whatever kept mails from this address before, its owner wants them now.
    store::suppression_delete(&mut tx, &lookup).await?;
    store::outbox_forget(&mut tx, &lookup).await?;
    tx.commit().await?;
    let sender = read.newsletters().map(|newsletter| newsletter.settings.sender.clone()).find(|s| !s.is_empty());
    Ok(Confirmed::Done {
        names: read.names(),
        sender: sender.unwrap_or_default(),
        language: read.sign_up.language.clone(),
    })
}

fn new(newsroom: &Newsroom, ring: &Keyring, sign_up: &SignUp) -> Subscriber {
    let id = SubscriberId::new(newsroom.chance());
    Subscriber {
        id,
        lookup: ring.lookup(&sign_up.address),
        address: ring.seal(newsroom.chance(), Bind::subscriber(id), sign_up.address.as_str().as_bytes()),
        language: sign_up.language.clone(),
        state: SubscriberState::Active,
        paused_until: None,
        form: sign_up.form,
        neutral: sign_up.neutral,
        consent: consent(sign_up),
        bounces: 0,
    }
}

fn consent(sign_up: &SignUp) -> Consent {
    let source = if sign_up.by_mail { "mail" } else { "site" };
    Consent { policy: sign_up.policy.clone(), week: sign_up.week, source: source.to_owned() }
}

/// Somebody who is there already: the mailbox works, and they agreed to the policy anew.
async fn renew(tx: &mut store::Tx, known: Subscriber, sign_up: &SignUp) -> Result<SubscriberId, Error> {
    let renewed = Subscriber {
        language: sign_up.language.clone(),
        state: SubscriberState::Active,
        paused_until: None,
        consent: consent(sign_up),
        bounces: 0,
        ..known
    };
    store::subscriber_update(tx, &renewed).await?;
    Ok(renewed.id)
}

/// The token of a link that has nothing sent to an address any more, for mails that ask for something else than newsletters.
pub(crate) fn never_link(ring: &Keyring, address: &Address, language: &Language, week: Week) -> String {
    let sign_up = SignUp {
        address: address.clone(),
        language: language.clone(),
        newsletters: Vec::new(),
        policy: String::new(),
        week,
        form: MailForm::Full,
        neutral: false,
        by_mail: false,
    };
    Links(ring).confirm(&sign_up).url()
}

/// Has nothing sent to the address of a link to confirm any more, and forgets everything else about it.
///
/// # Errors
/// When the database fails.
pub async fn never(newsroom: &Newsroom, token: &str) -> Result<Never, Error> {
    let Ok(ring) = newsroom.keys() else { return Ok(Never::Not(Confirming::Closed)) };
    let Some(read) = read(newsroom, &ring, token).await? else { return Ok(Never::Not(Confirming::Broken)) };
    let lookup = ring.lookup(&read.sign_up.address);
    let week = this_week(newsroom);
    let mut tx = newsroom.store().begin().await?;
    if let Some(known) = store::subscriber_by_lookup(&mut tx, &lookup).await? {
        super::leave::forget_in_tx(&mut tx, &known, week).await?;
    }
    store::outbox_forget(&mut tx, &lookup).await?;
    reminders::forget_in_tx(&mut tx, &ring, &read.sign_up.address).await?;
    store::suppression_insert(&mut tx, &Suppression { lookup, reason: SuppressionReason::Asked, week }).await?;
    tx.commit().await?;
    Ok(Never::Done(read.sign_up.language))
}
