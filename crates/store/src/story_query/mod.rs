//! Published stories by any condition, for programs that ask for them: conditions are values, and only here do they
//! become SQL. What somebody asked for is always bound, never part of the statement's text.
//!
//! Only published stories are found, whatever the condition says. Without a condition, and in the order of publication,
//! a page is read from an index that holds that order.

mod find;
mod sql;

use model::{BylineId, SectionId, StoryId, Timestamp, TopicId};

pub use find::{story_find, story_find_count};

/// A column that holds text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoryText {
    /// The slug.
    Slug,
    /// The headline.
    Headline,
    /// The standfirst.
    Standfirst,
    /// The language's tag.
    Language,
}

impl StoryText {
    fn column(self) -> &'static str {
        match self {
            Self::Slug => "s.slug",
            Self::Headline => "s.headline",
            Self::Standfirst => "s.standfirst",
            Self::Language => "s.language",
        }
    }
}

/// A column that holds a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoryTime {
    /// First publication.
    Published,
    /// The last change that readers were told of, else the publication.
    Changed,
    /// When it was begun.
    Created,
}

impl StoryTime {
    fn column(self) -> &'static str {
        match self {
            Self::Published => "s.published_at",
            Self::Changed => "coalesce(s.updated_at, s.published_at)",
            Self::Created => "s.created_at",
        }
    }
}

/// How a value lies to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// `<`.
    Less,
    /// `<=`.
    AtMost,
    /// `>`.
    More,
    /// `>=`.
    AtLeast,
}

impl Compare {
    fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        }
    }
}

/// Where in a text another one stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// Anywhere.
    Anywhere,
    /// At its beginning.
    Start,
    /// At its end.
    End,
}

/// What is asked of a published story.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Every one of these; of none, anything.
    All(Vec<Condition>),
    /// One of these; of none, nothing.
    Any(Vec<Condition>),
    /// The contrary.
    Not(Box<Condition>),
    /// Ids from the first to the last.
    Ids(StoryId, StoryId),
    /// A text is one of these.
    Text(StoryText, Vec<String>),
    /// A text lies so to this one.
    TextCompare(StoryText, Compare, String),
    /// A text has this one in it, whatever the case of its Latin letters.
    TextWithin(StoryText, Within, String),
    /// A moment lies so to this one.
    Time(StoryTime, Compare, Timestamp),
    /// Stands in one of these sections.
    Section(Vec<SectionId>),
    /// Stands in some section.
    HasSection,
    /// Is about one of these topics.
    Topic(Vec<TopicId>),
    /// Has one of these as its main topic.
    MainTopic(Vec<TopicId>),
    /// Is about something.
    HasTopic,
    /// Is signed with one of these bylines.
    Byline(Vec<BylineId>),
    /// Is signed with one of these first.
    FirstByline(Vec<BylineId>),
    /// Is signed.
    HasByline,
    /// Has a lead photo.
    HasPhoto,
    /// Stands on a front page by an editor's choice.
    OnFront,
}

/// What stories are put in order by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoryKey {
    /// Their ids.
    Id,
    /// A text.
    Text(StoryText),
    /// A moment.
    Time(StoryTime),
    /// Those on a front page after the others.
    Front,
}

const ON_FRONT: &str = "s.id IN (SELECT f.story FROM front f)";

impl StoryKey {
    fn expression(self) -> &'static str {
        match self {
            Self::Id => "s.id",
            Self::Text(text) => text.column(),
            Self::Time(time) => time.column(),
            Self::Front => "CASE WHEN s.id IN (SELECT f.story FROM front f) THEN 1 ELSE 0 END",
        }
    }
}

/// A key, and whether the highest comes first.
pub type StoryOrder = (StoryKey, bool);
