//! Deliveries: one issue to one subscriber.

use serde::{Deserialize, Serialize};

use crate::{IssueId, MailForm, SubscriberId, Timestamp};

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

    /// Whether nothing more happens to it by itself.
    #[must_use]
    pub fn is_settled(self) -> bool {
        match self {
            Self::Accepted | Self::Failed | Self::Uncertain | Self::Excluded => true,
            Self::Pending | Self::Attempting | Self::Deferred => false,
        }
    }
}

/// Which of an issue's mails somebody gets: how much of the stories is in it, and what its subject is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IssueForm {
    /// How much of the stories.
    pub form: MailForm,
    /// Which subject.
    pub subject: SubjectLine,
}

/// Which subject a mail has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SubjectLine {
    /// The issue's.
    Own,
    /// The issue's other one, to compare.
    Other,
    /// One that says nothing of the newsroom, as the reader asked. They are not part of a comparison.
    Neutral,
}

impl SubjectLine {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Own, Self::Other, Self::Neutral];

    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Other => "other",
            Self::Neutral => "neutral",
        }
    }
}

impl IssueForm {
    /// Every form.
    pub const ALL: [Self; 6] = {
        let mut all = [Self { form: MailForm::Full, subject: SubjectLine::Own }; 6];
        let mut index = 0;
        while index < 6 {
            all[index].form = if index < 3 { MailForm::Full } else { MailForm::Headlines };
            all[index].subject = SubjectLine::ALL[index % 3];
            index += 1;
        }
        all
    };

    /// The name in the database: `full.own`, `headlines.neutral`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match (self.form, self.subject) {
            (MailForm::Full, SubjectLine::Own) => "full.own",
            (MailForm::Full, SubjectLine::Other) => "full.other",
            (MailForm::Full, SubjectLine::Neutral) => "full.neutral",
            (MailForm::Headlines, SubjectLine::Own) => "headlines.own",
            (MailForm::Headlines, SubjectLine::Other) => "headlines.other",
            (MailForm::Headlines, SubjectLine::Neutral) => "headlines.neutral",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.as_str() == text)
    }
}

/// Why somebody who was frozen in gets nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Exclusion {
    /// They left the newsletter, or everything about them was erased.
    Unsubscribed,
    /// Nothing may be sent to their address.
    Suppressed,
    /// Their mailbox does not take mails.
    Bounced,
    /// They asked for a pause.
    Paused,
}

impl Exclusion {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::Unsubscribed, Self::Suppressed, Self::Bounced, Self::Paused];

    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unsubscribed => "unsubscribed",
            Self::Suppressed => "suppressed",
            Self::Bounced => "bounced",
            Self::Paused => "paused",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
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
    /// Which of the issue's mails.
    pub form: IssueForm,
    /// Where it stands.
    pub state: DeliveryState,
    /// Times it was begun.
    pub tries: i64,
    /// Times when nobody knew whether it was taken.
    pub doubts: i64,
    /// When it may be tried, or when the lease of who holds it ends.
    pub at: Timestamp,
    /// What the relay said when it did not take it: its code and the first line, without any address. Why somebody was
    /// excluded. Nothing of a mail that was taken.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_the_database_are_read_back_and_none_is_given_twice() {
        for state in DeliveryState::ALL {
            assert_eq!(DeliveryState::parse(state.as_str()), Some(state));
        }
        for form in IssueForm::ALL {
            assert_eq!(IssueForm::parse(form.as_str()), Some(form));
            assert_eq!(form.as_str(), format!("{}.{}", form.form.as_str(), form.subject.as_str()));
        }
        for reason in Exclusion::ALL {
            assert_eq!(Exclusion::parse(reason.as_str()), Some(reason));
        }
        assert_eq!(DeliveryState::ALL.into_iter().filter(|state| state.is_settled()).count(), 4);
    }
}
