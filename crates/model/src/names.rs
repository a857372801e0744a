//! Sections, topics and bylines: what stories are filed under, with names in each language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{BylineId, Language, SectionId, Slug, TopicId};

/// A text in several languages, such as a section's name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Names(pub BTreeMap<Language, String>);

impl Names {
    /// A name in one language.
    #[must_use]
    pub fn one(language: Language, name: impl Into<String>) -> Self {
        Self(BTreeMap::from([(language, name.into())]))
    }

    /// The name in `language`, else in its primary language, else English, else any.
    #[must_use]
    pub fn get(&self, language: &Language) -> Option<&str> {
        self.0
            .get(language)
            .or_else(|| self.0.get(language.primary()))
            .or_else(|| self.0.get("en"))
            .or_else(|| self.0.values().next())
            .map(String::as_str)
    }

    /// Whether there is no name in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Where a story stands, such as "Politics".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its id.
    pub id: SectionId,
    /// Its place in URLs, the same in each language.
    pub slug: Slug,
    /// Its name.
    pub names: Names,
    /// A sentence about it.
    pub about: Names,
    /// Its place in the menu, lowest first.
    pub position: i64,
    /// The section it stands under.
    pub parent: Option<SectionId>,
}

/// What a topic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TopicKind {
    /// A human being.
    Person,
    /// A place on the map.
    Place,
    /// A company, party, ministry, army, court.
    Organisation,
    /// Anything else a story is about.
    Theme,
}

impl TopicKind {
    /// The name in the database and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Organisation => "organisation",
            Self::Theme => "theme",
        }
    }

    /// From the name in the database; also takes `organization`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "person" => Self::Person,
            "place" => Self::Place,
            "organisation" | "organization" => Self::Organisation,
            "theme" => Self::Theme,
            _ => return None,
        })
    }
}

/// What or whom stories are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Its id.
    pub id: TopicId,
    /// Its place in URLs.
    pub slug: Slug,
    /// Person, place, organisation or theme.
    pub kind: TopicKind,
    /// Its name.
    pub names: Names,
    /// Who or what this is, in a sentence or two.
    pub about: Names,
}

/// Who signs a story: a pen name, never an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Byline {
    /// Its id.
    pub id: BylineId,
    /// Its place in URLs.
    pub slug: Slug,
    /// The name as printed.
    pub names: Names,
    /// A sentence about the author.
    pub about: Names,
}
