//! Reminders: "remind me later", by mail, as a calendar file, or on the reader's device alone.
//!
//! By mail, asking stores nothing but a mail in the outbox, sealed; its link carries everything, and opening it changes
//! nothing: the button on the page behind it makes the row ([`confirm`]). On its day, in the morning of the newsroom's time
//! zone, [`run`] takes the row up: in one transaction the reminder goes into the outbox, and the row goes, or is moved to its
//! next day. What is asked for once has two mails at most, and its address goes with the second.
//!
//! The guarantee: no reminder is lost and none is put into the outbox twice, whenever the program is killed; from there on
//! the outbox's own rule holds. Days on which no server ran, or the keys were away, are caught up with one mail, however many
//! they were.
//!
//! A reminder is found by a hash of its own purpose, so that nobody can tell who gets newsletters, or has given. Its row
//! says when it is due and nothing of when it was asked for.

mod ask;
mod calendar;
mod change;
mod confirm;
mod due;
mod mail;
mod numbers;
mod offer;
mod plan;

use model::ReminderId;
use vault::{Address, Keyring};

pub use ask::{AskForm, Asked, Wrong, ask};
pub use calendar::{Calendar, Entry, TIMES};
pub(crate) use change::stop_waiting_in_tx;
pub use change::{AGAIN, Again, Erased, Opened, Own, Stopped, Stopping, again, erase, opened, stop, stopping};
pub use confirm::{Confirmed, Confirming, MOST, confirm, confirming};
pub(crate) use due::{pass_over_restored_in_tx, run_due_at};
pub use due::{run, run_due};
pub(crate) use mail::compose;
pub use numbers::{MonthNumbers, Numbers, numbers};
pub use offer::{offer, offer_in_tx, offered, withdraw_all, withdraw_all_in_tx};
pub use plan::{Plan, WrongPlan, today};

use crate::error::Error;

/// A link to confirm is good in the week in which it was asked for, and in as many after it.
pub const CONFIRM_WEEKS: i64 = 1;
/// Weeks for which the link in a reminder can be used to ask for another.
pub const OWN_WEEKS: i64 = 26;
/// Weeks for which the link in a reminder stops it: longer than the longest time to the next.
pub const STOP_WEEKS: i64 = 110;

/// Where forms are sent to and links lead.
pub mod at {
    /// The page with the form, below a language's own path.
    pub const PAGE: &str = "support/remind/";
    /// Asking.
    pub const ASK: &str = "/-/support/remind";
    /// The calendar file.
    pub const CALENDAR: &str = "/-/support/remind/calendar";

    /// Confirming.
    #[must_use]
    pub fn confirm(token: &str) -> String {
        format!("/-/support/remind/confirm/{token}")
    }

    /// What can be done about a reminder.
    #[must_use]
    pub fn own(token: &str) -> String {
        format!("/-/support/remind/own/{token}")
    }

    /// Being reminded another time.
    #[must_use]
    pub fn again(token: &str) -> String {
        format!("/-/support/remind/own/{token}/again")
    }

    /// Being forgotten.
    #[must_use]
    pub fn erase(token: &str) -> String {
        format!("/-/support/remind/own/{token}/erase")
    }

    /// Stopping one.
    #[must_use]
    pub fn stop(token: &str) -> String {
        format!("/-/support/remind/stop/{token}")
    }
}

/// Forgets every reminder of an address, and the mails of them that wait.
pub(crate) async fn forget_in_tx(tx: &mut store::Tx, ring: &Keyring, address: &Address) -> Result<u64, Error> {
    let lookup = ring.reminder_lookup(address);
    store::outbox_forget(tx, &lookup).await?;
    Ok(store::reminder_forget(tx, &lookup).await?)
}

/// The token that stops a reminder.
fn stop_token(newsroom: &crate::Newsroom, ring: &Keyring, id: ReminderId) -> String {
    let week = crate::readers::this_week(newsroom);
    vault::Links(ring).remind_stop(id, model::Week(week.0 + STOP_WEEKS)).url()
}
