//! One connection to a relay, speaking SMTP (RFC 5321) as a client that sends mails to one recipient each.
//!
//! It is our own because two things matter that general clients hide: how far a mail had gone when a connection broke, and
//! how many writes a mail takes (docs/adr/0014-sending-mail.md). Three commands go in one write where the relay offers PIPELINING (RFC 2920);
//! the mail and the dot that ends it go in another.
//!
//! Guarantee: [`Sent::Lost`] says `ended: false` only while no byte of the final dot was given to the kernel, so that no relay
//! that keeps to the standard can have taken the mail. Replies are counted: bytes that nobody asked for, or a reply that
//! doesn't fit its command, end the connection before another mail is given to it.

mod connection;
mod dialogue;
mod failure;
mod open;
mod stream;

use std::time::Duration;

pub(crate) use connection::{Connection, Sent, Stage};
pub(crate) use failure::Failure;
pub(crate) use open::{Tls, tls};

/// How long is waited for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For a connection, its encryption and its greeting.
    pub connect: Duration,
    /// For the answer to a command, and while a relay takes no bytes.
    pub command: Duration,
    /// For the answer after the last byte. Giving up early makes the outcome uncertain, so that it is long (RFC 5321, section
    /// 4.5.3.2.6).
    pub end: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(20), command: Duration::from_secs(60), end: Duration::from_secs(600) }
    }
}
