//! Receiving mails: a listener that mail servers bring them to ([`Listener`]), and mailboxes that are asked for them
//! ([`Mailbox`]).
//!
//! Both give each mail to somebody who [`Takes`] it, and both take in nothing that nobody takes: the listener refuses every
//! recipient that is not ours before it reads a mail, so that it relays for nobody. A mail is in memory while it is read, and
//! nowhere else. What was taken and not acknowledged comes again, so taking must be safe to repeat.

mod imap;
pub mod limits;
mod lines;
mod listen;
mod mailbox;
mod pop3;
mod session;
mod wire;

pub use listen::{Listener, Protocol};
pub use mailbox::{Mailbox, MailboxError, PollError, Polled};

use crate::mailback::Envelope;

/// What was done with a mail, or would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// All that was to be done was done.
    Taken,
    /// Not now: whoever brings it should try again.
    Later,
    /// It came to nobody here.
    NotHere,
    /// It goes beyond a limit, which is named.
    TooMuch(crate::mailback::TooMuch),
}

/// Who takes mails.
#[async_trait::async_trait]
pub trait Takes: Send + Sync {
    /// Whether mails to an address would be taken, asked before one is read.
    async fn knows(&self, recipient: &str) -> Verdict;

    /// Takes a mail.
    async fn take(&self, envelope: Envelope<'_>, bytes: &[u8]) -> Verdict;
}
