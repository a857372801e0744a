//! Signing up: a form becomes a mail in the outbox.
//!
//! Whatever is known of the address, the same queries run and one row is written: the mail that asks to confirm, or says
//! that it comes already, or a row that stands for no mail. What is answered is the same.

use model::{
    Language, Lookup, Newsletter, NewsletterId, OutboxKind, SubscriberId, SubscriberState, Subscription, Week,
};
use vault::{Address, AddressError, Keyring, Links, SignUp, Smtputf8};

use super::{
    CONFIRM_WEEKS, PREFERENCES_WEEKS, active, base,
    guard::{Admitted, Step},
    name_of, outbox, policy, spoken, this_week,
};
use crate::{Newsroom, error::Error};

/// A form, as it came.
#[derive(Debug, Clone, Default)]
pub struct SignUpForm {
    /// What was typed as an address.
    pub address: String,
    /// Slugs of newsletters.
    pub newsletters: Vec<String>,
    /// The language to be written to in.
    pub language: Option<Language>,
    /// What stands in the field that only machines fill in.
    pub trap: String,
    /// A ticket and the number that was found for it, when the form comes a second time.
    pub carried: Option<(String, String)>,
}

/// What can't be used of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// The address.
    Address(AddressError),
    /// No newsletter was chosen that can be signed up for.
    Newsletter,
}

impl Wrong {
    /// The key of what is said of it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Newsletter => "sign-up-wrong-newsletter",
            Self::Address(error) => match error {
                AddressError::Empty => "sign-up-wrong-empty",
                AddressError::Long => "sign-up-wrong-long",
                AddressError::LocalNotAscii => "sign-up-wrong-letters",
                AddressError::Domain | AddressError::Literal => "sign-up-wrong-domain",
                AddressError::Control
                | AddressError::At
                | AddressError::NotAlone
                | AddressError::Comment
                | AddressError::Local => "sign-up-wrong-shape",
            },
        }
    }
}

/// What came of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedUp {
    /// A mail is on its way, if one may be; its link is good until the end of this week.
    Sent {
        /// The week.
        until: Week,
    },
    /// The form has to come again.
    Step(Step),
    /// Nobody is signed up for some minutes.
    Busy,
    /// Something of it can't be used.
    Wrong(Wrong),
    /// The keys are away.
    Closed,
    /// The newsroom has not said where it is, so no link could be sent.
    Unready,
}

/// Takes a form. `host` is the scheme and host that it was sent to.
///
/// # Errors
/// When the database fails.
pub async fn sign_up(newsroom: &Newsroom, form: &SignUpForm, host: Option<&str>) -> Result<SignedUp, Error> {
    let week = this_week(newsroom);
    let sent = SignedUp::Sent { until: Week(week.0 + CONFIRM_WEEKS) };
    if !form.trap.trim().is_empty() {
        // A machine filled it in, and need not know that this was noticed.
        return Ok(sent);
    }
    let Ok(ring) = newsroom.keys() else { return Ok(SignedUp::Closed) };
    let mut tx = newsroom.store().read().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let all = store::newsletter_all(&mut tx).await?;
    drop(tx);
    let Some(base) = base(&settings, host) else { return Ok(SignedUp::Unready) };
    let newsletters = chosen(&all, &form.newsletters);
    if newsletters.is_empty() {
        return Ok(SignedUp::Wrong(Wrong::Newsletter));
    }
    let address = match checked(newsroom, form) {
        Ok(address) => address,
        Err(said) => return Ok(said),
    };
    let language = spoken(&settings, form.language.as_ref());
    let wish = Wish { address, language, newsletters, by_mail: false };
    put(newsroom, &ring, &base, wish, &all).await?;
    Ok(sent)
}

/// The address of a form that is taken now; else what is said instead.
pub(crate) fn checked(newsroom: &Newsroom, form: &SignUpForm) -> Result<Address, SignedUp> {
    let parsed = Address::parse(&form.address, Smtputf8::Refused);
    let address = parsed.map_err(|error| SignedUp::Wrong(Wrong::Address(error)))?;
    match admitted(newsroom, &address, form.carried.as_ref()) {
        Admitted::Yes => Ok(address),
        Admitted::Step(step) => Err(SignedUp::Step(step)),
        Admitted::Busy => Err(SignedUp::Busy),
    }
}

/// Whether a form for an address is taken now, with the ticket and the number that it carries.
pub(crate) fn admitted(newsroom: &Newsroom, address: &Address, carried: Option<&(String, String)>) -> Admitted {
    let (now, chance) = (newsroom.clock().now(), newsroom.chance());
    let carried = carried.map(|(ticket, proof)| (ticket.as_str(), proof.as_str()));
    newsroom.guard().admit(now, chance, address, carried)
}

/// Who wants what.
pub(super) struct Wish {
    pub(super) address: Address,
    pub(super) language: Language,
    pub(super) newsletters: Vec<NewsletterId>,
    pub(super) by_mail: bool,
}

/// The newsletters with these slugs that can be signed up for.
pub(super) fn chosen(all: &[Newsletter], slugs: &[String]) -> Vec<NewsletterId> {
    let wanted = |newsletter: &&Newsletter| slugs.iter().any(|slug| slug == newsletter.slug.as_str());
    all.iter().filter(|newsletter| newsletter.active).filter(wanted).map(|newsletter| newsletter.id).collect()
}

/// Puts the mail that a wish leads to into the outbox.
pub(super) async fn put(
    newsroom: &Newsroom,
    ring: &Keyring,
    base: &str,
    wish: Wish,
    all: &[Newsletter],
) -> Result<(), Error> {
    let (now, chance) = (newsroom.clock().now(), newsroom.chance());
    // Counted before anything is known of the address, so that it is counted alike.
    let may_mail = newsroom.guard().may_mail(now, chance, &wish.address);
    let lookup = ring.lookup(&wish.address);
    let mut tx = newsroom.store().begin().await?;
    let known = known(&mut tx, &lookup, SubscriberId::new(chance)).await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let policy = policy(&mut tx, &settings, &wish.language).await?;
    let has_all = wish.newsletters.iter().all(|id| known.gets.iter().any(|one| one.newsletter == *id));
    let kind = if !may_mail || known.silent {
        OutboxKind::Nothing
    } else if has_all && known.reached {
        OutboxKind::Already
    } else {
        OutboxKind::Confirm
    };
    let content = content(ring, base, &wish, &known, policy, Week::of(now), all);
    outbox::add_in_tx(newsroom, &mut tx, ring, kind, lookup, &wish.language, &content).await?;
    tx.commit().await?;
    newsroom.wake_outbox();
    Ok(())
}

/// What is known of an address.
struct Known {
    subscriber: SubscriberId,
    neutral: bool,
    gets: Vec<Subscription>,
    /// Whether they must not even be asked.
    silent: bool,
    /// Whether mails reach them: who bounced confirms anew that there is a mailbox.
    reached: bool,
}

/// Looks an address up. The same queries run whatever is found: `nobody` stands in for who isn't there.
async fn known(tx: &mut store::Tx, lookup: &Lookup, nobody: SubscriberId) -> Result<Known, Error> {
    let found = store::subscriber_by_lookup(tx, lookup).await?;
    let suppressed = store::suppression_by_lookup(tx, lookup).await?;
    let subscriber = found.as_ref().map_or(nobody, |found| found.id);
    Ok(Known {
        subscriber,
        neutral: found.as_ref().is_some_and(|found| found.neutral),
        reached: found.is_none_or(|found| found.state != SubscriberState::Bounced),
        gets: store::subscription_of(tx, subscriber).await?,
        silent: suppressed.is_some_and(|suppressed| !suppressed.reason.may_sign_up()),
    })
}

/// Both links are made, whichever the mail has.
fn content(
    ring: &Keyring,
    base: &str,
    wish: &Wish,
    known: &Known,
    policy: String,
    week: Week,
    all: &[Newsletter],
) -> outbox::Content {
    let links = Links(ring);
    let sign_up = SignUp {
        address: wish.address.clone(),
        language: wish.language.clone(),
        newsletters: wish.newsletters.clone(),
        policy,
        week,
        form: model::MailForm::Full,
        neutral: known.neutral,
        by_mail: wish.by_mail,
    };
    let until = Week(week.0 + PREFERENCES_WEEKS);
    outbox::Content {
        to: wish.address.as_str().to_owned(),
        base: base.to_owned(),
        newsletters: wish.newsletters.clone(),
        names: active(all, &wish.newsletters).map(|newsletter| name_of(newsletter).to_owned()).collect(),
        confirm: links.confirm(&sign_up).url(),
        preferences: links.preferences(known.subscriber, until).url(),
        week: week.0,
        neutral: known.neutral,
    }
}
