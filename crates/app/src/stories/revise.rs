//! Revisions: what a story said before it was changed, kept in the same transaction as the change.

use model::{Revision, RevisionId, Story, Timestamp};

use crate::Newsroom;

/// The revision that keeps a story as it stands, to be inserted before the story is overwritten.
#[must_use]
pub fn revision_of(newsroom: &Newsroom, story: &Story, now: Timestamp, by: &str) -> Revision {
    Revision {
        id: RevisionId::new(now, newsroom.chance()),
        story: story.id,
        version: story.version,
        headline: story.headline.clone(),
        standfirst: story.standfirst.clone(),
        document: story.document.clone(),
        at: now,
        by: by.to_owned(),
    }
}
