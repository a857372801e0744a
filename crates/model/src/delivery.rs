//! Deliveries: one issue to one subscriber.

use serde::{Deserialize, Serialize};

use crate::{IssueId, SubscriberId, Timestamp};

/// Where a delivery stands.
///
/// `pending → attempting → accepted | deferred | failed | uncertain`, and `excluded` for who was frozen in and unsubscribed,
/// was suppressed or erased before their turn came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Not tried yet.
    Pending,
    /// A worker has it, until its lease ends. Committed before the first byte of the mail is sent.
    Attempting,
    /// A relay said that it has it.
    Accepted,
    /// A relay asked to try later.
    Deferred,
    /// A relay refused it for good, or it was tried as often as it is.
    Failed,
    /// It was being sent when the worker or the connection died: it may have arrived.
    Uncertain,
    /// It was not sent, because they don't want it any more.
    Excluded,
}

impl DeliveryState {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::Pending,
        Self::Attempting,
        Self::Accepted,
        Self::Deferred,
        Self::Failed,
        Self::Uncertain,
        Self::Excluded,
    ];

    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Attempting => "attempting",
            Self::Accepted => "accepted",
            Self::Deferred => "deferred",
            Self::Failed => "failed",
            Self::Uncertain => "uncertain",
            Self::Excluded => "excluded",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// One issue to one subscriber.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Which issue.
    pub issue: IssueId,
    /// Its number in the frozen audience, from 1. With the issue it makes the `Message-ID`, the same at each try.
    pub number: i64,
    /// To whom. They may be erased since.
    pub subscriber: SubscriberId,
    /// Which of the issue's frozen mails.
    pub form: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// Times it was begun.
    pub tries: i64,
    /// When it may be tried again, or when the lease of who tries it ends.
    pub at: Timestamp,
    /// What the relay said last: its code and the first line, without any address.
    pub reply: Option<String>,
    /// What came back after it was accepted.
    pub bounce: Option<Bounce>,
}

/// What came back of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bounce {
    /// There is no such mailbox, or it takes nothing for good.
    Hard,
    /// Full, away, or another reason that may pass.
    Soft,
    /// Its reader called it spam.
    Complaint,
}

impl Bounce {
    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hard => "hard",
            Self::Soft => "soft",
            Self::Complaint => "complaint",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Hard, Self::Soft, Self::Complaint].into_iter().find(|bounce| bounce.as_str() == text)
    }
}
