//! The rules of appeals, and judging them: for a page, for a reader of whom nothing is known, and step by step.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Appeal, AppealStanding};
use crate::{Language, SectionId, Timestamp, TopicId};

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
