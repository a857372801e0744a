//! What became of one mail. A ledger is kept by these, so that each says no more than is known.

use std::fmt;
use std::time::Duration;

use super::reply::{Class, Reply};

/// What became of one mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A relay has it, and said so after the last byte.
    Accepted {
        /// What it said.
        reply: Reply,
    },
    /// A relay said that it doesn't take it now.
    Deferred {
        /// What it said.
        reply: Reply,
        /// Why, as far as can be told.
        class: Class,
        /// The least time before another try makes sense; longer at later tries.
        retry_after: Duration,
    },
    /// A relay said that it never takes it.
    Refused {
        /// What it said.
        reply: Reply,
        /// Why, as far as can be told.
        class: Class,
    },
    /// The bytes that end the mail may have reached a relay and no answer was read: it may have been taken.
    Uncertain {
        /// How the answer got lost.
        why: Lost,
    },
    /// No relay has it, and none can come to have it: it may be tried again at once, elsewhere.
    NotSent {
        /// What kept it.
        why: NotSent,
        /// When another try makes sense; zero for at once.
        retry_after: Duration,
    },
}

/// How an answer, or a connection, got lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lost {
    /// The connection was closed.
    Closed,
    /// Nothing came in time.
    Silent,
    /// What came was no answer.
    Nonsense,
}

/// What kept a mail from being sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSent {
    /// The newsroom has no relay.
    NoRelay,
    /// Every relay rests after failing; this is what the last one failed with.
    Resting {
        /// The relay and its failure.
        why: String,
    },
    /// Every relay has taken as much as it may today.
    DayLimit,
    /// Every connection was busy, or every relay had taken as much as it may in a minute, for as long as one waits.
    Busy,
    /// The provider of the mailbox asked for less.
    Slowed,
    /// The connection was lost before the mail could have been taken.
    Lost(Lost),
    /// The pool is closed, as the program ends.
    Closing,
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Closed => "the relay closed the connection",
            Self::Silent => "the relay did not answer in time",
            Self::Nonsense => "the relay's answer was none",
        })
    }
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRelay => f.write_str("no relay is set: add [[mail.relay]] to masthead.toml"),
            Self::Resting { why } => write!(f, "every relay rests; the last one failed: {why}"),
            Self::DayLimit => f.write_str("every relay has taken as much as it may today"),
            Self::Busy => f.write_str("every relay is busy"),
            Self::Slowed => f.write_str("the mailbox provider asked for fewer mails"),
            Self::Lost(lost) => lost.fmt(f),
            Self::Closing => f.write_str("the program ends"),
        }
    }
}
