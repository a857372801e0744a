//! Issues: one sending of a newsletter each.

use serde::{Deserialize, Serialize};

use crate::{Document, IssueId, NewsletterId, SectionId, StoryId, Timestamp};

/// Where an issue stands.
///
/// `draft → approved → sending ⇄ paused → sent`; `held` is one whose time came and that must not go out: nobody
/// approved it, it is too late, or it holds what readers may not see. One that was sent is sent on when somebody decides that
/// what is uncertain of it goes out again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssueState {
    /// Being made.
    Draft,
    /// Not approved when its time came; nothing is sent until somebody does.
    Held,
    /// To be sent at its time.
    Approved,
    /// Its audience is frozen; mails go out.
    Sending,
    /// Its audience is frozen; nothing goes out until somebody resumes it.
    Paused,
    /// Every delivery is settled.
    Sent,
    /// Given up. What went out before stays counted.
    Cancelled,
}

impl IssueState {
    /// Every state, in the order in which an issue passes them.
    pub const ALL: [Self; 7] =
        [Self::Draft, Self::Held, Self::Approved, Self::Sending, Self::Paused, Self::Sent, Self::Cancelled];

    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Held => "held",
            Self::Approved => "approved",
            Self::Sending => "sending",
            Self::Paused => "paused",
            Self::Sent => "sent",
            Self::Cancelled => "cancelled",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether an issue may go from here to there.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        use IssueState::{Approved, Cancelled, Draft, Held, Paused, Sending, Sent};
        matches!(
            (self, next),
            (Draft, Held | Approved | Cancelled)
                | (Held, Draft | Approved | Cancelled)
                | (Approved, Draft | Held | Sending | Cancelled)
                | (Sending, Paused | Sent | Cancelled)
                | (Paused, Sending | Cancelled)
                | (Sent, Sending)
        )
    }

    /// Whether its text may still be changed.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Held)
    }

    /// Whether its audience is frozen: mails went out, or were about to.
    #[must_use]
    pub fn is_frozen(self) -> bool {
        matches!(self, Self::Sending | Self::Paused | Self::Sent)
    }
}

/// One sending of a newsletter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Its id.
    pub id: IssueId,
    /// Of which newsletter.
    pub newsletter: NewsletterId,
    /// Its number within the newsletter, from 1; below 0 for one that was given up before it was sent, so that what
    /// readers get is numbered without a gap.
    pub number: i64,
    /// Where it stands.
    pub state: IssueState,
    /// The time of the newsletter's schedule that it was made for; `None` for one that somebody made.
    pub slot: Option<Timestamp>,
    /// When it is to go out; `None` for one that is sent by hand.
    pub due_at: Option<Timestamp>,
    /// Counts its changes, so that two people can't overwrite each other.
    pub version: i64,
    /// Why it is held or paused, as the key of a text; `None` otherwise.
    pub why: Option<String>,
    /// When it was last changed, and by whose pen name.
    pub saved: (Timestamp, String),
    /// When it was approved, and by whose pen name.
    pub approved: Option<(Timestamp, String)>,
    /// When its audience was frozen.
    pub frozen_at: Option<Timestamp>,
    /// How many the frozen audience is.
    pub frozen: i64,
    /// When its last delivery was settled, or when it was cancelled.
    pub ended_at: Option<Timestamp>,
    /// Where it stands in the archive from the moment it is sent: `/newsletter/weekly/12/`.
    pub path: Option<String>,
    /// What it says.
    pub content: IssueContent,
}

/// What an issue says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IssueContent {
    /// Its subject.
    pub subject: String,
    /// Another subject that a share of the readers gets, to compare.
    pub other_subject: Option<OtherSubject>,
    /// The line that mailboxes show after the subject.
    pub preview: String,
    /// What stands above the stories.
    pub intro: Document,
    /// The stories, in order.
    pub picks: Vec<Pick>,
    /// What stands below them.
    pub outro: Document,
}

/// A second subject, to compare by unsubscribes and answers. Nothing in a mail tells who opened it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherSubject {
    /// The subject.
    pub subject: String,
    /// The share of readers who get it, in percent, 1 to 50.
    pub percent: u8,
}

/// A story in an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    /// Which.
    pub story: StoryId,
    /// What the editor says of it, above it; may be empty.
    #[serde(default)]
    pub note: String,
    /// How much of it is in the mail.
    pub extent: Extent,
    /// Why it was suggested; empty when somebody picked it by hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// When it was picked. What was corrected in it since should be looked at.
    #[serde(default = "never")]
    pub at: Timestamp,
}

fn never() -> Timestamp {
    Timestamp::from_millis_const(0)
}

/// Why a story was suggested. What weighed most comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum Reason {
    /// Editors put it on the front page.
    Front {
        /// Its place there, from 1.
        place: i64,
    },
    /// It is the most read one of a section that would be missing otherwise.
    Section {
        /// Which.
        section: SectionId,
    },
    /// It was read often.
    Read {
        /// So many times since the issue before.
        count: i64,
    },
    /// It is among the newest.
    New {
        /// When it became public.
        at: Timestamp,
    },
}

/// How much of a story is in a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// All of it, with its photo, credit, sources and corrections.
    Whole,
    /// Headline, standfirst, and where the rest is.
    Standfirst,
    /// Its headline alone.
    Headline,
}

impl Extent {
    /// Every extent, the most first.
    pub const ALL: [Self; 3] = [Self::Whole, Self::Standfirst, Self::Headline];

    /// The name in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Standfirst => "standfirst",
            Self::Headline => "headline",
        }
    }

    /// From the name in forms.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|extent| extent.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_frozen_is_never_open_again() {
        for from in IssueState::ALL {
            assert_eq!(IssueState::parse(from.as_str()), Some(from));
            for to in IssueState::ALL.into_iter().filter(|to| from.may_become(*to)) {
                let frozen = |state| !matches!(state, IssueState::Draft | IssueState::Held | IssueState::Approved);
                assert!(!frozen(from) || frozen(to), "{from:?} became {to:?}");
            }
        }
        assert!(!IssueState::Draft.may_become(IssueState::Sending), "an issue was sent that nobody approved");
    }
}
