//! Newsletters and their issues: a recurring letter, and one sending of it.

use serde::{Deserialize, Serialize};

use crate::{Document, IssueId, Language, NewsletterId, Slug, StoryId, Timestamp};

/// A recurring letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newsletter {
    /// Its id.
    pub id: NewsletterId,
    /// Its part of the address of its page: `/newsletter/SLUG/`.
    pub slug: Slug,
    /// The language that it is written in.
    pub language: Language,
    /// Its place among the others, from 0.
    pub position: i64,
    /// Whether one can sign up and issues are made; what is over keeps its archive.
    pub active: bool,
    /// When it was made.
    pub made_at: Timestamp,
    /// What the desk can change.
    pub settings: NewsletterSettings,
}

/// What the desk can change of a newsletter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewsletterSettings {
    /// Its name, as readers see it.
    pub name: String,
    /// One sentence of what is in it and when it comes.
    pub about: String,
    /// Who it comes from, as mailboxes show it; empty for the newsroom's name.
    pub sender_name: String,
    /// The address that it comes from: `letter@news.example`.
    pub sender: String,
    /// Where answers go; empty for the sender.
    pub reply_to: String,
    /// When it is sent; `None` for a letter that is sent when somebody sends it.
    pub schedule: Option<Schedule>,
    /// How an issue looks.
    pub template: Template,
    /// Whether another person than the last to change it has to approve an issue.
    pub second_person: bool,
    /// Hours before its time at which the draft of the next issue is there.
    pub draft_hours: i64,
    /// What is done with a mail of which nobody knows whether it was taken.
    pub uncertain: Uncertain,
    /// What a draft is filled with.
    pub suggestion: Suggestion,
    /// What mails say instead of their subject and sender to readers who asked for that.
    pub neutral_subject: String,
    /// The name of the sender that goes with it.
    pub neutral_sender: String,
}

impl Default for NewsletterSettings {
    fn default() -> Self {
        Self {
            name: String::new(),
            about: String::new(),
            sender_name: String::new(),
            sender: String::new(),
            reply_to: String::new(),
            schedule: None,
            template: Template::Stories,
            second_person: false,
            draft_hours: 48,
            uncertain: Uncertain::Retry,
            suggestion: Suggestion::default(),
            neutral_subject: String::new(),
            neutral_sender: String::new(),
        }
    }
}

/// A weekly time in a time zone: `Fridays 09:00, Europe/Amsterdam`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// ISO 8601: 1 is Monday, 7 is Sunday.
    pub weekday: u8,
    /// Minutes after midnight, as the clock on the wall shows them: `540` is 09:00.
    pub minute: u16,
    /// IANA name of the time zone.
    pub time_zone: String,
}

/// How an issue looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// Story by story, each as an editor chose: whole, or its standfirst.
    Stories,
    /// Headlines with standfirsts, by section.
    Digest,
    /// A letter from a person, and links below it.
    Letter,
}

/// What is done with a mail of which nobody knows whether it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Uncertain {
    /// It is sent again under the same `Message-ID`, by which mailboxes know it.
    Retry,
    /// It is left for a person to decide.
    Hold,
}

/// What a draft is filled with, from the stories of the week before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Suggestion {
    /// Stories at most.
    pub stories: u16,
    /// Of one section at most; 0 for no limit.
    pub per_section: u16,
    /// Stories given whole, from the top; the others with their standfirst.
    pub whole: u16,
}

impl Default for Suggestion {
    fn default() -> Self {
        Self { stories: 8, per_section: 3, whole: 1 }
    }
}

/// Where an issue stands.
///
/// `draft → approved → sending ⇄ paused → sent`; `held` is a draft whose time came before it was approved.
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
                | (Approved, Draft | Sending | Cancelled)
                | (Sending, Paused | Sent | Cancelled)
                | (Paused, Sending | Cancelled)
        )
    }

    /// Whether its text may still be changed.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Held)
    }
}

/// One sending of a newsletter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Its id.
    pub id: IssueId,
    /// Of which newsletter.
    pub newsletter: NewsletterId,
    /// Its number within the newsletter, from 1.
    pub number: i64,
    /// Where it stands.
    pub state: IssueState,
    /// When it is to go out; `None` for one that is sent by hand.
    pub due_at: Option<Timestamp>,
    /// Counts its changes, so that two people can't overwrite each other.
    pub version: i64,
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
    /// Where it stands in the archive, once it was sent: `/newsletter/weekly/12/`.
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
