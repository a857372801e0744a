//! Asking: a form becomes a mail in the outbox, as signing up for a newsletter does.
//!
//! Whatever is known of the address, the same queries run, one row is written, and what is answered is the same.

use model::{Language, OutboxKind, ReminderId, Week};
use vault::{Address, AddressError, Keyring, Links, Reminding, Smtputf8};

use super::{CONFIRM_WEEKS, Plan, WrongPlan, mail::Content, offered, today};
use crate::{
    Newsroom,
    error::Error,
    readers::{self, Admitted, Step, base, outbox, policy, spoken, this_week},
};

/// A form, as it came.
#[derive(Debug, Clone, Default)]
pub struct AskForm {
    /// What was typed as an address.
    pub address: String,
    /// The chosen month: `2027-01`.
    pub month: String,
    /// The chosen day of it.
    pub day: String,
    /// Months between two; empty for once.
    pub every: String,
    /// The language to be written to in.
    pub language: Option<Language>,
    /// Whether subject and sender are to say nothing of the newsroom.
    pub neutral: bool,
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
    /// The month, or how often.
    Plan(WrongPlan),
}

impl Wrong {
    /// The key of what is said of it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Address(error) => readers::Wrong::Address(error).key(),
            Self::Plan(WrongPlan::Month) => "remind-wrong-month",
            Self::Plan(WrongPlan::Past) => "remind-wrong-past",
            Self::Plan(WrongPlan::Every) => "remind-wrong-every",
        }
    }
}

/// What came of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// A mail is on its way, if one may be; its link is good until the end of this week.
    Sent {
        /// The week.
        until: Week,
    },
    /// The form has to come again.
    Step(Step),
    /// Nobody's form is taken for some minutes.
    Busy,
    /// Something of it can't be used.
    Wrong(Wrong),
    /// The keys are away.
    Closed,
    /// This server can't open addresses: reminders by mail are not to be had here.
    Elsewhere,
    /// The newsroom has not said where it is, so no link could be sent.
    Unready,
    /// Reminders are not offered any more.
    Withdrawn,
}

/// Takes a form. `host` is the scheme and host that it was sent to.
///
/// # Errors
/// When the database fails.
pub async fn ask(newsroom: &Newsroom, form: &AskForm, host: Option<&str>) -> Result<Asked, Error> {
    let until = Week(this_week(newsroom).0 + CONFIRM_WEEKS);
    let sent = Asked::Sent { until };
    if !form.trap.trim().is_empty() {
        // A machine filled it in, and need not know that this was noticed.
        return Ok(sent);
    }
    if !offered(&mut newsroom.store().read().await?).await? {
        return Ok(Asked::Withdrawn);
    }
    let Ok(ring) = newsroom.keys() else { return Ok(Asked::Closed) };
    if !ring.can_open() {
        return Ok(Asked::Elsewhere);
    }
    let settings = newsroom.settings().await?;
    let Some(base) = base(&settings, host) else { return Ok(Asked::Unready) };
    let plan = match Plan::parse(&form.month, &form.day, &form.every, today(newsroom).await?) {
        Ok(plan) => plan,
        Err(wrong) => return Ok(Asked::Wrong(Wrong::Plan(wrong))),
    };
    let address = match Address::parse(&form.address, Smtputf8::Refused) {
        Ok(address) => address,
        Err(error) => return Ok(Asked::Wrong(Wrong::Address(error))),
    };
    match readers::admitted(newsroom, &address, form.carried.as_ref()) {
        Admitted::Step(step) => return Ok(Asked::Step(step)),
        Admitted::Busy => return Ok(Asked::Busy),
        Admitted::Yes => {}
    }
    let language = spoken(&settings, form.language.as_ref());
    let (id, policy) = (ReminderId::new(newsroom.chance()), String::new());
    let neutral = form.neutral;
    let reminding = Reminding { id, address, language, due: plan.due, every: plan.every, policy, neutral, until };
    put(newsroom, &ring, &base, reminding).await?;
    Ok(sent)
}

/// Puts the mail that asks to confirm into the outbox, or a row that stands for none.
async fn put(newsroom: &Newsroom, ring: &Keyring, base: &str, mut reminding: Reminding) -> Result<(), Error> {
    let (now, chance) = (newsroom.clock().now(), newsroom.chance());
    // Counted before anything is known of the address, so that it is counted alike.
    let may_mail = newsroom.guard().may_mail(now, chance, &reminding.address);
    let mut tx = newsroom.store().begin().await?;
    // Who never wants to be written to is known by the other look-up. It is compared here and written down nowhere.
    let suppressed = store::suppression_by_lookup(&mut tx, &ring.lookup(&reminding.address)).await?;
    let silent = suppressed.is_some_and(|suppressed| !suppressed.reason.may_sign_up());
    let settings = store::newsroom_settings(&mut tx).await?;
    reminding.policy = policy(&mut tx, &settings, &reminding.language).await?;
    let kind = if may_mail && !silent { OutboxKind::RemindConfirm } else { OutboxKind::Nothing };
    let never = readers::never_link(ring, &reminding.address, &reminding.language, this_week(newsroom));
    let content = Content {
        to: reminding.address.as_str().to_owned(),
        base: base.to_owned(),
        own: Links(ring).remind_confirm(&reminding).url(),
        other: never,
        due: reminding.due,
        every: reminding.every,
        neutral: reminding.neutral,
        until: Some(reminding.until),
    };
    let lookup = ring.reminder_lookup(&reminding.address);
    outbox::put_in_tx(newsroom, &mut tx, ring, kind, lookup, &reminding.language, &content).await?;
    tx.commit().await?;
    newsroom.wake_outbox();
    Ok(())
}
