//! Read more: the editors' picks, then the stories that share the most topics. Stories alike by their words come later.

use std::collections::HashSet;

use model::{Story, StoryId, Tag};
use store::StoryHead;
use theme::context::Card;

use super::{cards::cards, reading::Reading};
use crate::error::Error;

/// Stories below a story, at most.
const MOST: usize = 6;

/// The stories to read after this one, each once and none of them itself or a translation of itself.
pub(super) async fn after(reading: &mut Reading, story: &Story) -> Result<Vec<Card>, Error> {
    let picks = store::story_picks(&mut reading.tx, story.id).await?;
    let topics = store::story_topic_ids(&mut reading.tx, story.id).await?;
    let mut heads: Vec<StoryHead> = Vec::new();
    let mut seen: HashSet<StoryId> = HashSet::from([story.id]);
    keep(&mut heads, &mut seen, picks, story);
    if heads.len() < MOST && !topics.is_empty() {
        // A new story with one of these topics may come to stand here.
        for topic in topics {
            reading.shown.add(Tag::in_topic(&story.language, topic));
        }
        let more = i64::try_from(MOST + heads.len()).unwrap_or(i64::MAX);
        let sharing = store::story_sharing_topics(&mut reading.tx, story.id, more).await?;
        keep(&mut heads, &mut seen, sharing, story);
    }
    heads.truncate(MOST);
    cards(reading, &heads).await
}

fn keep(heads: &mut Vec<StoryHead>, seen: &mut HashSet<StoryId>, found: Vec<StoryHead>, story: &Story) {
    heads.extend(found.into_iter().filter(|head| head.group != story.group && seen.insert(head.id)));
}
