//! Newsletters: recurring letters. One sending of a newsletter is an [`crate::Issue`].

use serde::{Deserialize, Serialize};

use crate::{Language, NewsletterId, Slug, Timestamp};

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
    /// When it was set: nothing is made for a time before.
    #[serde(default = "always")]
    pub since: Timestamp,
}

fn always() -> Timestamp {
    Timestamp::from_millis_const(0)
}

/// How an issue looks: how its stories stand together. How much of each is in it, [`crate::Extent`] says.
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

impl Template {
    /// Every template.
    pub const ALL: [Self; 3] = [Self::Stories, Self::Digest, Self::Letter];

    /// The name in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stories => "stories",
            Self::Digest => "digest",
            Self::Letter => "letter",
        }
    }

    /// From the name in forms.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|template| template.as_str() == text)
    }
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
