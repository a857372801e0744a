//! Appeals: messages that ask for support, and the rules by which one is shown.
//!
//! An appeal stands in one of two places. Of those for a place the first in the newsroom's order whose rules all hold is shown.
//! Rules about the page (section, topic, language, dates) are judged where the page is made, and are the same for everybody. Rules
//! about the reader (country, stories read, share) and the caps are judged on the reader's device, which alone knows; where it
//! knows nothing, because nobody asked it to remember, each rule says what that counts as. [`judge`] is both at once, for the
//! desk's "why was this not shown?"; `theme/scripts/appeal.js` does the device's part.

mod judge;

use serde::{Deserialize, Serialize};

pub use self::judge::{Answer, Memory, Place, Rule, Step, Test, Verdict, judge};
use crate::{AppealId, Document, Language, Money, Month, Timestamp, VariantId};

/// Days without appeals after a reader gave.
pub const GAVE_DAYS: u16 = 90;

/// Where an appeal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppealKind {
    /// Above every page.
    Banner,
    /// At a story's end.
    End,
}

impl AppealKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Banner, Self::End];

    /// The name in the database, in tags and in templates.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Banner => "banner",
            Self::End => "end",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// What editors decided about an appeal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppealState {
    /// Being written; readers never saw it.
    Draft,
    /// Shown within its dates.
    Started,
    /// Shown to nobody any more.
    Withdrawn,
}

impl AppealState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Started, Self::Withdrawn];

    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Started => "started",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state with this name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// What an appeal is at a moment: its state, and whether its dates have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppealStanding {
    /// Being written.
    Draft,
    /// Started; its first day has not come.
    Waiting,
    /// Shown.
    Running,
    /// Its last day is over.
    Ended,
    /// Taken back.
    Withdrawn,
}

impl AppealStanding {
    /// The name in the desk's words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Ended => "ended",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A message that asks for support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appeal {
    /// Its id.
    pub id: AppealId,
    /// Where it stands.
    pub kind: AppealKind,
    /// Its place among those of its kind, the first asked first.
    pub position: i64,
    /// What editors decided.
    pub state: AppealState,
    /// When it was begun.
    pub made_at: Timestamp,
    /// Everything else.
    pub settings: AppealSettings,
}

/// What editors set of an appeal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AppealSettings {
    /// What the desk calls it.
    pub name: String,
    /// All of them must hold; the first that does not is why it was not shown.
    pub rules: Vec<Rule>,
    /// Shown from then on; at once when it is started without.
    pub from: Option<Timestamp>,
    /// Not shown from then on.
    pub until: Option<Timestamp>,
    /// Whether the short form stands below it.
    pub form: bool,
    /// What "not now" keeps appeals away for, in days.
    pub rest_days: u16,
    /// How often a device that remembers shows it.
    pub cap: Option<Cap>,
    /// What is to come together, and by when.
    pub goal: Option<Goal>,
}

impl Default for AppealSettings {
    fn default() -> Self {
        Self {
            name: String::new(),
            rules: Vec::new(),
            from: None,
            until: None,
            form: false,
            rest_days: 14,
            cap: None,
            goal: None,
        }
    }
}

/// So often in so many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cap {
    /// Times.
    pub times: u16,
    /// Days, the present one counted.
    pub days: u16,
}

/// A sum that is to come together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// How much.
    pub amount: Money,
    /// Counted from the beginning of this month, which is as exact as payments are dated.
    pub from: Month,
    /// To the end of this one.
    pub until: Month,
}

/// One of the texts of an appeal, to be compared with the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Its id: the one thing that a contribution knows of an appeal.
    pub id: VariantId,
    /// Whose.
    pub appeal: AppealId,
    /// Its place; the first is what stands in pages.
    pub position: i64,
    /// What the desk calls it: A, B.
    pub name: String,
    /// How many of the views it gets, next to the others' numbers.
    pub weight: i64,
    /// Whether it is still shown.
    pub active: bool,
}

/// What a variant says in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppealText {
    /// Whose.
    pub variant: VariantId,
    /// In which language.
    pub language: Language,
    /// Counts saves.
    pub version: i64,
    /// The save that readers see.
    pub published: Option<i64>,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// Pen name of who saved it.
    pub saved_by: String,
    /// What editors see.
    pub document: Document,
    /// What readers see.
    pub shown: Option<Document>,
}

impl Appeal {
    /// What it is at a moment.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> AppealStanding {
        match self.state {
            AppealState::Draft => AppealStanding::Draft,
            AppealState::Withdrawn => AppealStanding::Withdrawn,
            AppealState::Started if self.settings.until.is_some_and(|until| until <= now) => AppealStanding::Ended,
            AppealState::Started if self.settings.from.is_some_and(|from| now < from) => AppealStanding::Waiting,
            AppealState::Started => AppealStanding::Running,
        }
    }
}

#[cfg(test)]
mod tests;
