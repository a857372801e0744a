//! Appeals: messages that ask for support, and the rules by which one is shown.
//!
//! An appeal stands in one of two places. Of those for a place the first in the newsroom's order whose rules all hold is shown.
//! Rules about the page (section, topic, language, dates) are judged where the page is made, and are the same for everybody. Rules
//! about the reader (country, stories read, share) and the caps are judged on the reader's device, which alone knows; where it
//! knows nothing, because nobody asked it to remember, each rule says what that counts as. [`judge`] is both at once, for the
//! desk's "why was this not shown?"; `theme/scripts/appeal.js` does the device's part.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{AppealId, Document, Language, Money, Month, SectionId, Timestamp, TopicId, VariantId};

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

/// A condition with a name of the newsroom's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// What the desk calls it.
    pub name: String,
    /// What must hold.
    pub test: Test,
}

/// What a rule asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Test {
    /// Whether the page stands in one of these sections, or in one under them; `except`: in none.
    Section {
        /// The sections.
        any: Vec<SectionId>,
        /// Whether the rule is turned round.
        #[serde(default)]
        except: bool,
    },
    /// Whether the story is about one of these topics; `except`: about none.
    Topic {
        /// The topics.
        any: Vec<TopicId>,
        /// Whether the rule is turned round.
        #[serde(default)]
        except: bool,
    },
    /// Whether the page is in one of these languages.
    Language {
        /// The languages.
        any: Vec<Language>,
    },
    /// Whether the day has come, and is not over.
    Dates {
        /// From then on.
        from: Option<Timestamp>,
        /// Not from then on.
        until: Option<Timestamp>,
    },
    /// Whether the reader chose one of these countries (ISO 3166-1, two letters).
    Country {
        /// The countries.
        any: Vec<String>,
        /// What it counts as when none was chosen.
        #[serde(default)]
        unknown: bool,
    },
    /// How many stories were read in this month, as counted on a device that was asked to.
    Read {
        /// At least so many.
        least: u32,
        /// At most so many.
        most: Option<u32>,
        /// What it counts as when the device does not count.
        #[serde(default)]
        unknown: bool,
    },
    /// A share of page views, drawn anew at each.
    Share {
        /// Of a hundred.
        percent: u8,
    },
}

impl Test {
    /// Its kind, as stored and in the desk's words.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Section { .. } => "section",
            Self::Topic { .. } => "topic",
            Self::Language { .. } => "language",
            Self::Dates { .. } => "dates",
            Self::Country { .. } => "country",
            Self::Read { .. } => "read",
            Self::Share { .. } => "share",
        }
    }

    /// Whether the reader's device judges it, and not the page.
    #[must_use]
    pub fn on_device(&self) -> bool {
        matches!(self, Self::Country { .. } | Self::Read { .. } | Self::Share { .. })
    }

    fn answer(&self, place: &Place<'_>, now: Timestamp, memory: &Memory) -> Answer {
        match self {
            Self::Section { any, except } => {
                Answer::known(any.iter().any(|section| place.sections.contains(section)) != *except)
            }
            Self::Topic { any, except } => {
                Answer::known(any.iter().any(|topic| place.topics.contains(topic)) != *except)
            }
            Self::Language { any } => Answer::known(any.contains(place.language)),
            Self::Dates { from, until } => Answer::known(within(*from, *until, now)),
            Self::Country { any, unknown } => {
                Answer::of(memory.country.as_ref().map(|country| any.contains(country)), *unknown)
            }
            Self::Read { least, most, unknown } => {
                let fits = |read: u32| read >= *least && most.is_none_or(|most| read <= most);
                Answer::of(memory.read.map(fits), *unknown)
            }
            // Without script nothing is drawn.
            Self::Share { percent } => Answer::of(memory.drawn.map(|drawn| drawn < *percent), *percent >= 100),
        }
    }
}

fn within(from: Option<Timestamp>, until: Option<Timestamp>, now: Timestamp) -> bool {
    from.is_none_or(|from| from <= now) && until.is_none_or(|until| now < until)
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

/// Where an appeal could stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The page's section and those above it.
    pub sections: &'a [SectionId],
    /// What the story is about.
    pub topics: &'a [TopicId],
    /// The page's language.
    pub language: &'a Language,
}

/// What a reader's device knows. By default nothing: that is also a reader without script.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    /// Whether the reader said "not now", or gave, and its days are not over.
    pub resting: bool,
    /// How often it showed this appeal within the days of its cap.
    pub seen: Option<u32>,
    /// Stories read in this month.
    pub read: Option<u32>,
    /// The country that the reader chose.
    pub country: Option<String>,
    /// What was drawn for the share, from 0 to 99.
    pub drawn: Option<u8>,
}

/// A yes or no, and whether it comes from knowing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Whether it holds.
    pub holds: bool,
    /// Whether that was known, or taken because nothing was.
    pub known: bool,
}

impl Answer {
    fn known(holds: bool) -> Self {
        Self { holds, known: true }
    }

    fn of(answer: Option<bool>, unknown: bool) -> Self {
        answer.map_or(Self { holds: unknown, known: false }, Self::known)
    }
}

/// What is asked of an appeal before it is shown, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// That it runs.
    Standing(AppealStanding),
    /// That it has a text in the page's language.
    Text,
    /// That a rule holds: its place in the list.
    Rule(usize),
    /// That the reader did not ask to be left alone.
    Rest,
    /// That it was not shown too often.
    Cap,
}

/// A step with its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// What was asked.
    pub step: Step,
    /// The answer.
    pub answer: Answer,
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

    /// Whether a page may hold it: it runs, and the rules about the page hold.
    #[must_use]
    pub fn fits(&self, place: &Place<'_>, now: Timestamp) -> bool {
        let page = self.settings.rules.iter().filter(|rule| !rule.test.on_device());
        self.standing(now) == AppealStanding::Running
            && page.into_iter().all(|rule| rule.test.answer(place, now, &Memory::default()).holds)
    }

    /// Whether a reader of whom nothing is known gets it where it fits: that is every reader without script.
    #[must_use]
    pub fn for_anybody(&self) -> bool {
        self.settings.rules.iter().all(|rule| match &rule.test {
            Test::Country { unknown, .. } | Test::Read { unknown, .. } => *unknown,
            Test::Share { percent } => *percent >= 100,
            Test::Section { .. } | Test::Topic { .. } | Test::Language { .. } | Test::Dates { .. } => true,
        })
    }

    /// Whether a device that remembers something could judge otherwise than one that does not.
    #[must_use]
    pub fn asks_device(&self) -> bool {
        self.settings.cap.is_some() || self.settings.rules.iter().any(|rule| rule.test.on_device())
    }

    /// The moments after `now` at which pages may change without anybody doing anything.
    #[must_use]
    pub fn turns(&self, now: Timestamp) -> BTreeSet<Timestamp> {
        let own = [self.settings.from, self.settings.until];
        let of_rules = self.settings.rules.iter().filter_map(|rule| match &rule.test {
            Test::Dates { from, until } => Some([*from, *until]),
            Test::Section { .. }
            | Test::Topic { .. }
            | Test::Language { .. }
            | Test::Country { .. }
            | Test::Read { .. }
            | Test::Share { .. } => None,
        });
        own.into_iter().chain(of_rules.flatten()).flatten().filter(|at| *at > now).collect()
    }
}

/// Every step with its answer, in order; the appeal is shown when all hold. `has_text`: whether readers have a text of it in the
/// page's language.
#[must_use]
pub fn judge(appeal: &Appeal, has_text: bool, place: &Place<'_>, now: Timestamp, memory: &Memory) -> Vec<Verdict> {
    let settings = &appeal.settings;
    let standing = appeal.standing(now);
    let running = Answer::known(standing == AppealStanding::Running);
    let mut verdicts = vec![
        Verdict { step: Step::Standing(standing), answer: running },
        Verdict { step: Step::Text, answer: Answer::known(has_text) },
    ];
    for (at, rule) in settings.rules.iter().enumerate() {
        verdicts.push(Verdict { step: Step::Rule(at), answer: rule.test.answer(place, now, memory) });
    }
    verdicts.push(Verdict { step: Step::Rest, answer: Answer::known(!memory.resting) });
    if let Some(cap) = settings.cap {
        let seldom = memory.seen.map(|seen| seen < u32::from(cap.times));
        verdicts.push(Verdict { step: Step::Cap, answer: Answer::of(seldom, true) });
    }
    verdicts
}

#[cfg(test)]
mod tests;
