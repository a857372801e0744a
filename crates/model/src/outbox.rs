//! Mails to one person that go out at once: a confirmation, a link. What they say is sealed until they are sent.

use crate::{Language, Lookup, OutboxId, Sealed, Timestamp};

/// What a mail to one person is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutboxKind {
    /// Asks whether it was they who signed up, and has the link that says yes.
    Confirm,
    /// They signed up and get it already: has the link to their preferences.
    Already,
    /// They asked for the link to their preferences.
    Preferences,
    /// They are off the list, and nothing about them is kept.
    Goodbye,
    /// A payment came: how much, and the link to manage what they give.
    Receipt,
    /// A pledge's payment failed: what can be done.
    PledgeFailed,
    /// A pledge ended.
    PledgeEnded,
    /// They asked for the link to what they give.
    GiverLink,
    /// Nothing is sent. The row makes signing up the same work for an address that must not be written to.
    Nothing,
    /// Asks whether it was they who asked to be reminded, and has the link that says yes.
    RemindConfirm,
    /// Reminds them.
    Remind,
}

impl OutboxKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Confirm,
        Self::Already,
        Self::Preferences,
        Self::Goodbye,
        Self::Receipt,
        Self::PledgeFailed,
        Self::PledgeEnded,
        Self::GiverLink,
        Self::Nothing,
        Self::RemindConfirm,
        Self::Remind,
    ];

    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Already => "already",
            Self::Preferences => "preferences",
            Self::Goodbye => "goodbye",
            Self::Receipt => "receipt",
            Self::PledgeFailed => "pledge_failed",
            Self::PledgeEnded => "pledge_ended",
            Self::GiverLink => "giver_link",
            Self::Nothing => "nothing",
            Self::RemindConfirm => "remind_confirm",
            Self::Remind => "remind",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Where a mail in the outbox stands. When it went, or was given up, there is no row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutboxState {
    /// Not tried yet.
    Pending,
    /// A worker has it, until its lease ends. Committed before its first byte is sent.
    Attempting,
    /// A relay asked to try later.
    Deferred,
}

impl OutboxState {
    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Attempting => "attempting",
            Self::Deferred => "deferred",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Pending, Self::Attempting, Self::Deferred].into_iter().find(|state| state.as_str() == text)
    }
}

/// A mail to one person that waits to go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxMail {
    /// Random: it doesn't tell when it was asked for.
    pub id: OutboxId,
    /// What it is for.
    pub kind: OutboxKind,
    /// Whom it goes to, so that it goes out once however often it is asked for.
    pub lookup: Lookup,
    /// The language that it is written in.
    pub language: Language,
    /// The address and the links, sealed for this row.
    pub sealed: Sealed,
    /// Where it stands.
    pub state: OutboxState,
    /// Times it was begun.
    pub tries: i64,
    /// When it may be tried again, or when the lease of who tries it ends.
    pub at: Timestamp,
    /// What the relay said last: its code and the first line, without any address.
    pub reply: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_the_database_are_read_back() {
        for kind in OutboxKind::ALL {
            assert_eq!(OutboxKind::parse(kind.as_str()), Some(kind));
        }
        for state in [OutboxState::Pending, OutboxState::Attempting, OutboxState::Deferred] {
            assert_eq!(OutboxState::parse(state.as_str()), Some(state));
        }
    }
}
