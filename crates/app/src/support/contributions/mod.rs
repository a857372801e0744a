//! Contributions: from a form to money, and back again when somebody changes their mind.
//!
//! The flow: a form makes a row and a page at the gateway ([`begin`]). What happens there the gateway tells: a webhook is
//! noted and answered ([`heard`]), and a worker asks the gateway what the object says now and writes that down, with the mails
//! that follow from it, in one transaction ([`run`]). What no webhook told is found by a sweep. Coming back from the gateway
//! proves nothing and changes nothing.
//!
//! The guarantees: a payment is one row however often it is told, and is there as soon as the gateway can be asked; nobody is
//! charged twice, because a row's id is the key under which the gateway is asked; of what a giver left, only sealed fields and
//! keyed hashes are stored, and no field says what they read.

mod abandoned;
mod adopt;
mod ask;
mod back;
mod begin;
mod contact;
mod erase;
mod form;
mod hear;
mod link;
mod look;
mod mails;
mod manage;
mod project;
mod refund;
mod reveal;
mod sweep;
mod transfer;
mod work;

pub(crate) use abandoned::give_up;
pub(in crate::support) use adopt::Adopted;
pub use ask::ask_link;
pub use back::{CameBack, came_back};
pub use begin::{Begun, begin};
pub(crate) use contact::{Contact, forget_contact};
pub use erase::erase;
pub(crate) use erase::erase_all_of;
pub use form::{GiveForm, GiveWrong, Given, MESSAGE_MOST};
pub use hear::{Hearing, Told, heard, told};
pub use link::LINK_MONTHS;
pub(crate) use mails::{SupportMail, failed_words, write};
pub use manage::{Managed, Managing, Wish, export, language_of, method_page, open, wish};
pub use refund::{Refund, Refunded, by_hand, left, refund};
pub use reveal::{MESSAGES_MOST, Message, Revealed, messages, one, reveal};
pub use sweep::sweep;
pub use transfer::{Received, Transfer, receive};
pub use work::{look_now, run, run_due};

use model::Month;

use crate::Newsroom;

/// The month that it is now.
fn this_month(newsroom: &Newsroom) -> Month {
    Month::of(newsroom.clock().now())
}

/// Where forms are sent to and links lead.
pub mod at {
    use model::Language;

    /// The form, filled in as asked for.
    pub const FORM: &str = "/-/support/form";
    /// Giving.
    pub const GIVE: &str = "/-/support/give";
    /// Asking for the link to what one gives.
    pub const LINK: &str = "/-/support/link";

    /// Coming back from a gateway; `quiet` where the device is to be left alone then. The token manages nothing.
    #[must_use]
    pub fn thanks(token: &str, quiet: bool) -> String {
        format!("/-/support/thanks/{token}{}", if quiet { "?quiet=1" } else { "" })
    }

    /// Coming back from the page on which a giver changes how they pay: the gateway learns no link to what they give.
    #[must_use]
    pub fn back(language: &Language) -> String {
        format!("/-/support/back/{}", language.as_str().to_ascii_lowercase())
    }

    /// What one gives, by the token of a mail.
    #[must_use]
    pub fn manage(token: &str) -> String {
        format!("/-/support/manage/{token}")
    }

    /// The sandbox's page, for who is to come back to `done` of [`thanks`]. It leads back by itself: its books don't hold the link
    /// to what somebody gives.
    #[must_use]
    pub fn sandbox(done: &str, session: &str) -> String {
        let back = done.rsplit('/').next().unwrap_or_default().replace("?quiet=1", QUIETLY);
        format!("/-/support/sandbox/{back}/{session}")
    }

    /// Where the sandbox's page leads back to, by the part of its own address that says so; `None` when that is no such part.
    #[must_use]
    pub fn back_from_sandbox(part: &str) -> Option<String> {
        let token = part.strip_suffix(QUIETLY).unwrap_or(part);
        let plain = token.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        plain.then(|| thanks(token, part.ends_with(QUIETLY)))
    }

    /// Stands in the sandbox's path where the device is to be left alone afterwards.
    const QUIETLY: &str = "~quiet";
}
