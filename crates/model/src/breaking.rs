//! The breaking banner: one line above every page of a language, until a time.

use serde::{Deserialize, Serialize};

use crate::{StoryId, Timestamp};

/// What the banner of a language says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breaking {
    /// One line.
    pub text: String,
    /// Where it leads.
    pub to: Option<BreakingLink>,
    /// From then on it is gone.
    pub until: Timestamp,
}

/// Where the banner leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BreakingLink {
    /// To a story, wherever it stands; nowhere while it is not public.
    Story(StoryId),
    /// To a path of this site.
    Path(String),
}
