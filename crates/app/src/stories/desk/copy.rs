//! The working copy of a story as it stands, also when nobody saved one or the story changed otherwise.

use model::{Draft, DraftFields, Story, StoryState};
use store::Tx;

use crate::error::Error;

/// A working copy, and the version that is stored of it.
pub(super) struct Copy {
    pub(super) draft: Draft,
    pub(super) stored: i64,
}

/// Whether readers see, or saw, what the story's row says.
pub(super) fn is_public(story: &Story) -> bool {
    match story.state {
        StoryState::Published | StoryState::Withdrawn => true,
        StoryState::Draft | StoryState::InReview | StoryState::Ready | StoryState::Scheduled => false,
    }
}

/// What editors see. A copy with nothing unpublished in it follows the story when an import or another program changed
/// that: as a new version, so that an editor who has the old one open learns of it.
pub(super) async fn working_copy(tx: &mut Tx, story: &Story) -> Result<Copy, Error> {
    let topics = store::story_topic_ids(tx, story.id).await?;
    let bylines = store::story_byline_ids(tx, story.id).await?;
    let fields = DraftFields::of(story, topics, bylines);
    let public = is_public(story);
    let Some(draft) = store::draft_of(tx, story.id).await? else {
        let published = public.then_some(0);
        let (saved_at, saved_by) = (story.created_at, String::new());
        let draft = Draft { story: story.id, version: 0, published, saved_at, saved_by, fields };
        return Ok(Copy { draft, stored: 0 });
    };
    let stored = draft.version;
    if (public && !draft.is_clean()) || draft.fields == fields {
        return Ok(Copy { draft, stored });
    }
    let version = stored + 1;
    let published = if public { Some(version) } else { draft.published };
    Ok(Copy { draft: Draft { version, published, fields, ..draft }, stored })
}
