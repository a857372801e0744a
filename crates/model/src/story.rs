//! Stories and what belongs to them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Document, Language, Path, PhotoUse, RevisionId, SectionId, Slug, StoryGroupId, StoryId, Timestamp};

/// Where a story stands on its way. Only `Published` is seen by readers; `Withdrawn` answers 410.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StoryState {
    /// Being written.
    Draft,
    /// Being read by another.
    InReview,
    /// May be published.
    Ready,
    /// Will be published at its `published_at`.
    Scheduled,
    /// Public.
    Published,
    /// Was public, and is no more.
    Withdrawn,
}

impl StoryState {
    /// The name in the database and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Ready => "ready",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "draft" => Self::Draft,
            "in_review" => Self::InReview,
            "ready" => Self::Ready,
            "scheduled" => Self::Scheduled,
            "published" => Self::Published,
            "withdrawn" => Self::Withdrawn,
            _ => return None,
        })
    }

    /// Whether a story may go from this state to that one.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Draft => !matches!(next, Self::Withdrawn),
            Self::InReview | Self::Ready | Self::Scheduled => !matches!(next, Self::Withdrawn),
            Self::Published => matches!(next, Self::Published | Self::Withdrawn),
            Self::Withdrawn => matches!(next, Self::Withdrawn | Self::Draft | Self::Published),
        }
    }
}

/// Where a statement of the story comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Who said it: "TASS", "court records", "a person close to the talks".
    pub name: String,
    /// Where it can be read; `https:` or `http:`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What it is cited for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// One piece of journalism in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Its id.
    pub id: StoryId,
    /// What it shares with its translations.
    pub group: StoryGroupId,
    /// Its language.
    pub language: Language,
    /// The last part of its path.
    pub slug: Slug,
    /// Where readers find it once it is published; kept for ever after, also when withdrawn.
    pub path: Option<Path>,
    /// The headline. Plain characters, 1 to 300.
    pub headline: String,
    /// The standfirst: one or two sentences below the headline. May be empty.
    pub standfirst: String,
    /// The body.
    pub document: Document,
    /// The photo that stands on top and in lists.
    pub lead_photo: Option<PhotoUse>,
    /// Where it stands.
    pub section: Option<SectionId>,
    /// Its sources, named at the end.
    pub sources: Vec<Source>,
    /// Its state.
    pub state: StoryState,
    /// First publication, or the time it is scheduled for.
    pub published_at: Option<Timestamp>,
    /// Last change that readers were told of; `None` when not changed since publication.
    pub updated_at: Option<Timestamp>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// Counts saves, from 1: a save must name the version it changes.
    pub version: i64,
}

/// What a story said at one save.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Its id.
    pub id: RevisionId,
    /// Whose revision.
    pub story: StoryId,
    /// The story's version that this is.
    pub version: i64,
    /// Headline at that time.
    pub headline: String,
    /// Standfirst at that time.
    pub standfirst: String,
    /// Body at that time.
    pub document: Document,
    /// When it was saved.
    pub at: Timestamp,
    /// Pen name of who saved it, or `import`, `command line`.
    pub by: String,
}

/// What was wrong and is now right. Corrections are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Which story.
    pub story: StoryId,
    /// When it was corrected.
    pub at: Timestamp,
    /// What was wrong and what is right. Plain characters.
    pub text: String,
}
