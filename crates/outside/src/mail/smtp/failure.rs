//! Why no mail can be given to a relay.

use std::fmt;

use crate::mail::outcome::Lost;
use crate::mail::reply::Reply;

/// Why no mail can be given to a relay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Its name leads nowhere.
    Name,
    /// Nobody listens there.
    Unreachable,
    /// It would be spoken to in the open over the internet.
    Readable,
    /// The encryption failed.
    Tls(String),
    /// It offers no encryption.
    NoTls,
    /// It takes passwords in no way that is known here.
    NoLogin,
    /// It hung up, or said nothing, or nonsense.
    Lost(Lost),
    /// It said no.
    Said {
        /// To what.
        command: &'static str,
        /// What it said.
        reply: Reply,
    },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("its name is not known; check the address of the relay"),
            Self::Unreachable => f.write_str("nobody answers there; check address and port, and whether it runs"),
            Self::Readable => f.write_str(
                "its address is on the internet, and over smtp:// mails would cross it readable; write starttls:// or smtps://",
            ),
            Self::Tls(why) => write!(f, "the encrypted connection failed: {why}"),
            Self::NoTls => f.write_str("it offers no STARTTLS; write smtps:// if it is encrypted from the first byte"),
            Self::NoLogin => f.write_str("it takes no password by PLAIN or LOGIN"),
            Self::Lost(lost) => lost.fmt(f),
            Self::Said { command, reply } => write!(f, "it answered {command} with: {reply}"),
        }
    }
}
