//! A story's working copy: what its editors see and change.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{BylineId, Document, PhotoUse, SectionId, Slug, Source, Story, StoryId, Timestamp, TopicId};

/// What editors may change of a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DraftFields {
    /// The headline; may be empty until publication.
    pub headline: String,
    /// The standfirst.
    pub standfirst: String,
    /// The last part of the path.
    pub slug: Slug,
    /// The body.
    pub document: Document,
    /// The photo on top and in lists.
    #[serde(default)]
    pub lead_photo: Option<PhotoUse>,
    /// Where it stands.
    #[serde(default)]
    pub section: Option<SectionId>,
    /// What it is about, the main topic first.
    #[serde(default)]
    pub topics: Vec<TopicId>,
    /// Who signs it, in order.
    #[serde(default)]
    pub bylines: Vec<BylineId>,
    /// Where its statements come from.
    #[serde(default)]
    pub sources: Vec<Source>,
}

impl DraftFields {
    /// The fields of a story as it stands.
    #[must_use]
    pub fn of(story: &Story, topics: Vec<TopicId>, bylines: Vec<BylineId>) -> Self {
        Self {
            headline: story.headline.clone(),
            standfirst: story.standfirst.clone(),
            slug: story.slug.clone(),
            document: story.document.clone(),
            lead_photo: story.lead_photo.clone(),
            section: story.section,
            topics,
            bylines,
            sources: story.sources.clone(),
        }
    }

    /// Puts them into a story; topics and bylines hang on it elsewhere.
    pub fn put_into(&self, story: &mut Story) {
        story.headline.clone_from(&self.headline);
        story.standfirst.clone_from(&self.standfirst);
        story.slug.clone_from(&self.slug);
        story.document.clone_from(&self.document);
        story.lead_photo.clone_from(&self.lead_photo);
        story.section = self.section;
        story.sources.clone_from(&self.sources);
    }
}

/// The working copy itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Whose.
    pub story: StoryId,
    /// Counts saves; never goes back. 0 when nobody has saved it yet.
    pub version: i64,
    /// The save that readers see; `None` when they never saw one of them.
    pub published: Option<i64>,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// Pen name of who saved it; empty when nobody did.
    pub saved_by: String,
    /// What it says.
    pub fields: DraftFields,
}

impl Draft {
    /// Whether it says nothing that the story does not say.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.published == Some(self.version)
    }
}

/// A remark of an editor on a story that is being checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: uuid::Uuid,
    /// On which story.
    pub story: StoryId,
    /// When.
    pub at: Timestamp,
    /// Pen name of its author.
    pub author: String,
    /// What it says; `@name` mentions somebody.
    pub text: String,
    /// When it was settled, and by whom.
    pub done: Option<(Timestamp, String)>,
}
