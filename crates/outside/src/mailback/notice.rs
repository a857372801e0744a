//! What a mail that came back says.

use model::Bounce;

use super::Status;

/// What of a mail of ours tells which one it was: sealed text that only the newsroom's keys open.
#[derive(Clone, PartialEq, Eq)]
pub enum Token {
    /// Of the address that bounces go to: one issue to one subscriber.
    Delivery(String),
    /// Of the address that unsubscribes: one subscriber, from one issue.
    Unsubscribe(String),
}

impl Token {
    /// The sealed text.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Delivery(text) | Self::Unsubscribe(text) => text,
        }
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Delivery(_) => "Delivery(…)",
            Self::Unsubscribe(_) => "Unsubscribe(…)",
        })
    }
}

/// Why a mail came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cause {
    /// There is no such mailbox, or it is closed.
    NoMailbox,
    /// There is no such domain, or none that takes mail.
    NoDomain,
    /// The mailbox is full.
    Full,
    /// The mail is larger than what is taken there.
    TooLarge,
    /// They take nothing from us, or take this mail for spam: about the newsroom, not about the reader.
    Blocked,
    /// Nobody took it until its time was over.
    Expired,
    /// The mailbox passes mail on in a circle.
    Loop,
    /// Nothing that is understood here.
    Other,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 8] = [
        Self::NoMailbox,
        Self::NoDomain,
        Self::Full,
        Self::TooLarge,
        Self::Blocked,
        Self::Expired,
        Self::Loop,
        Self::Other,
    ];

    /// Its name in counts.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoMailbox => "no_mailbox",
            Self::NoDomain => "no_domain",
            Self::Full => "full",
            Self::TooLarge => "too_large",
            Self::Blocked => "blocked",
            Self::Expired => "expired",
            Self::Loop => "loop",
            Self::Other => "other",
        }
    }
}

/// Somebody who asks by mail for the newsletter. Personal: it says nothing in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct SignUp {
    /// The address that it came from, as the mail says. Only a confirmation proves it.
    pub address: String,
    /// Which newsletter, by the address that it came to: its slug. `None` for the newsroom's own choice.
    pub newsletter: Option<String>,
}

impl std::fmt::Debug for SignUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignUp").field("newsletter", &self.newsletter).finish_non_exhaustive()
    }
}

/// What is to be done about a mail that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A mail of ours came back.
    Bounced {
        /// Which.
        token: Token,
        /// For good, or for a reason that may pass; never [`Bounce::Complaint`].
        bounce: Bounce,
        /// Why.
        cause: Cause,
        /// The status code that decided, when one did.
        status: Option<Status>,
        /// The `Message-ID` of the mail that is returned, when it is: one that is ours but another delivery's is a lie.
        message_id: Option<String>,
    },
    /// Its reader called it spam.
    Complaint {
        /// Which.
        token: Token,
        /// As in [`Notice::Bounced`].
        message_id: Option<String>,
    },
    /// A reader wants no more of it.
    Unsubscribe {
        /// The sealed text of the address that it came to, or of its subject.
        token: Token,
    },
    /// Somebody wants the newsletter.
    SignUp(SignUp),
}

/// Why nothing is to be done about a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Nothing {
    /// It came to no address of ours.
    NotOurs,
    /// Somebody tries on and will say so when they give up.
    Delayed,
    /// It arrived, or was passed on to where nobody reports.
    Delivered,
    /// An answer by a machine: away, moved, "please confirm that you are human".
    AutoReply,
    /// It was read, says a receipt that nobody asked for.
    Receipt,
    /// A person, or nobody knows who, wrote to an address that only machines write to.
    NotAReport,
    /// A report from somebody, and not from the empty sender that reports have.
    HasSender,
    /// Feedback that is no complaint: not spam, a virus found, authentication failed.
    OtherFeedback,
    /// There is nothing in it that tells which mail it speaks of.
    NoToken,
    /// A sign-up by a machine, a list, or without one address that it comes from.
    NotAPerson,
}

/// What a mail turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Something is to be done.
    Notice(Notice),
    /// Nothing is.
    Nothing(Nothing),
}
