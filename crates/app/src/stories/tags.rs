//! Which pages a change to a story touches.

use model::{Story, StoryState, Tag};
use store::{Scope, Tx};

use crate::error::Error;

/// The tags of a change that alters where a story is listed (published, withdrawn, moved): the story itself, its path,
/// and every list it stands in.
///
/// # Errors
/// When the database fails.
pub async fn story_tags_in_tx(tx: &mut Tx, story: &Story) -> Result<Vec<Tag>, Error> {
    let topics = store::story_topic_ids(tx, story.id).await?;
    let bylines = store::story_byline_ids(tx, story.id).await?;
    let siblings = store::story_translations(tx, story.group).await?;
    let mut tags = story_tags(story, &topics, &bylines);
    tags.extend(siblings.iter().filter(|s| s.id != story.id).map(|s| Tag::story(s.id)));
    if let Some(section) = story.section {
        // Menus name the sections that have stories: the first one's coming and the last one's going change them.
        let scope = Scope::Section(section);
        if store::story_count(tx, &story.language, &scope).await? <= 1 {
            tags.push(Tag::menus());
        }
    }
    Ok(tags)
}

/// The same for a story whose topics and bylines are at hand.
#[must_use]
pub fn story_tags(story: &Story, topics: &[model::TopicId], bylines: &[model::BylineId]) -> Vec<Tag> {
    let language = &story.language;
    let mut tags = vec![Tag::story(story.id)];
    if matches!(story.state, StoryState::Published | StoryState::Withdrawn) {
        tags.push(Tag::latest(language));
        tags.push(Tag::front(language));
    }
    if let Some(path) = &story.path {
        tags.push(Tag::path(path.as_str()));
        if let Some((year, month)) = month_of(path.as_str()) {
            tags.push(Tag::month(language, year, month));
        }
    }
    tags.extend(story.section.map(|id| Tag::in_section(language, id)));
    tags.extend(topics.iter().map(|id| Tag::in_topic(language, *id)));
    tags.extend(bylines.iter().map(|id| Tag::by_byline(language, *id)));
    tags
}

/// Year and month of a story's path, with or without a language in front.
fn month_of(path: &str) -> Option<(i16, i8)> {
    let parts: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
    let at = parts.len().checked_sub(4)?;
    Some((parts.get(at)?.parse().ok()?, parts.get(at + 1)?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::month_of;

    #[test]
    fn the_month_is_read_from_the_path() {
        assert_eq!(month_of("/2025/07/11/wonsan/"), Some((2025, 7)));
        assert_eq!(month_of("/ru/2024/12/01/wonsan/"), Some((2024, 12)));
        assert_eq!(month_of("/about/"), None);
    }
}
