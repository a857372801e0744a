//! What hangs on a story: bylines, topics, picks, photos. Each is set as a whole, in order.

use std::collections::HashMap;

use model::{Byline, BylineId, Language, PhotoId, StoryId, Timestamp, Topic, TopicId};
use uuid::Uuid;

use crate::{
    Error, Tx,
    byline::byline,
    sql::{Fields, LIST_MAX, filled, placeholders},
    story::{StoryHead, head, head_columns, story_id},
    topic::topic,
};

/// The rows `($first, 0), ($first + 1, 1), …`.
fn numbered(first: usize, length: usize) -> String {
    let rows: Vec<String> = (0..length).map(|index| format!("(${}, {index})", first + index)).collect();
    rows.join(", ")
}

/// The list without what stands in it before, at most as many as a statement takes.
fn distinct(ids: impl Iterator<Item = Uuid>) -> Vec<Uuid> {
    let mut seen = std::collections::HashSet::new();
    ids.filter(|id| seen.insert(*id)).take(LIST_MAX).collect()
}

/// What hangs on a story that was just inserted and has nothing yet.
#[derive(Debug, Clone)]
pub struct NewParts {
    /// The story.
    pub story: StoryId,
    /// Its language.
    pub language: Language,
    /// When it was published, if it is.
    pub listed_at: Option<Timestamp>,
    /// Who signs it, in order.
    pub bylines: Vec<BylineId>,
    /// What it is about, the main topic first.
    pub topics: Vec<TopicId>,
    /// The photos it shows.
    pub photos: Vec<PhotoId>,
}

/// Hangs their parts on new stories, with a few statements for all of them.
///
/// # Errors
/// [`Error::Dangling`] when a story, byline, topic or photo is not there.
pub async fn story_add_parts(tx: &mut Tx, stories: &[NewParts]) -> Result<(), Error> {
    let rows = |ids: &dyn Fn(&NewParts) -> Vec<Uuid>| -> Vec<(StoryId, Uuid, i64, Language, Option<i64>)> {
        let mut rows = Vec::new();
        for parts in stories {
            for (position, id) in (0..).zip(distinct(ids(parts).into_iter())) {
                rows.push((
                    parts.story,
                    id,
                    position,
                    parts.language.clone(),
                    parts.listed_at.map(Timestamp::as_millis),
                ));
            }
        }
        rows
    };
    let bylines = rows(&|parts| parts.bylines.iter().map(|id| id.0).collect());
    insert_rows!(tx, "INSERT INTO story_byline (story, byline, position, language, listed_at)", "", 5, bylines,
        (story, byline, position, language, at) => [story.0, *byline, *position, language.as_str(), *at]);
    let topics = rows(&|parts| parts.topics.iter().map(|id| id.0).collect());
    insert_rows!(tx, "INSERT INTO story_topic (story, topic, position, language, listed_at)", "", 5, topics,
        (story, topic, position, language, at) => [story.0, *topic, *position, language.as_str(), *at]);
    let photos = rows(&|parts| parts.photos.iter().map(|id| id.0).collect());
    insert_rows!(tx, "INSERT INTO story_photo (story, photo)", "", 2, photos,
        (story, photo, ..) => [story.0, *photo]);
    Ok(())
}

/// Sets who signs a story, in order.
///
/// # Errors
/// [`Error::Dangling`] when a byline is not there.
pub async fn story_set_bylines(tx: &mut Tx, story: StoryId, bylines: &[BylineId]) -> Result<(), Error> {
    execute!(tx, "DELETE FROM story_byline WHERE story = $1", story.0)?;
    let ids = distinct(bylines.iter().map(|id| id.0));
    if ids.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO story_byline (story, byline, position, language, listed_at)
         SELECT s.id, l.column1, l.column2, s.language, CASE WHEN s.state = 'published' THEN s.published_at END
         FROM story s CROSS JOIN (VALUES {}) AS l WHERE s.id = $1",
        numbered(2, ids.len())
    );
    execute_listed!(tx, sql, [story.0], ids.iter().copied())?;
    Ok(())
}

/// Sets what a story is about, the main topic first.
///
/// # Errors
/// [`Error::Dangling`] when a topic is not there.
pub async fn story_set_topics(tx: &mut Tx, story: StoryId, topics: &[TopicId]) -> Result<(), Error> {
    execute!(tx, "DELETE FROM story_topic WHERE story = $1", story.0)?;
    let ids = distinct(topics.iter().map(|id| id.0));
    if ids.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO story_topic (story, topic, position, language, listed_at)
         SELECT s.id, l.column1, l.column2, s.language, CASE WHEN s.state = 'published' THEN s.published_at END
         FROM story s CROSS JOIN (VALUES {}) AS l WHERE s.id = $1",
        numbered(2, ids.len())
    );
    execute_listed!(tx, sql, [story.0], ids.iter().copied())?;
    Ok(())
}

/// Sets the stories that editors picked for a story's *Read more*, in order.
///
/// # Errors
/// [`Error::Dangling`] when a story is not there.
pub async fn story_set_picks(tx: &mut Tx, story: StoryId, picks: &[StoryId]) -> Result<(), Error> {
    execute!(tx, "DELETE FROM story_pick WHERE story = $1", story.0)?;
    let ids = distinct(picks.iter().map(|id| id.0));
    if ids.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO story_pick (story, pick, position)
         SELECT s.id, l.column1, l.column2 FROM story s CROSS JOIN (VALUES {}) AS l WHERE s.id = $1",
        numbered(2, ids.len())
    );
    execute_listed!(tx, sql, [story.0], ids.iter().copied())?;
    Ok(())
}

/// Sets which photos a story shows: its lead and those in its document.
///
/// # Errors
/// [`Error::Dangling`] when a photo is not there.
pub async fn story_set_photos(tx: &mut Tx, story: StoryId, photos: &[PhotoId]) -> Result<(), Error> {
    execute!(tx, "DELETE FROM story_photo WHERE story = $1", story.0)?;
    let mut seen = std::collections::HashSet::new();
    let ids: Vec<Uuid> = photos.iter().map(|id| id.0).filter(|id| seen.insert(*id)).collect();
    for chunk in ids.chunks(LIST_MAX) {
        let sql = format!(
            "INSERT INTO story_photo (story, photo)
             SELECT s.id, l.column1 FROM story s CROSS JOIN (VALUES {}) AS l WHERE s.id = $1",
            numbered(2, chunk.len())
        );
        execute_listed!(tx, sql, [story.0], chunk.iter().copied())?;
    }
    Ok(())
}

/// Who signs these stories, in order. Stories that nobody signs are left out.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn story_bylines(tx: &mut Tx, stories: &[StoryId]) -> Result<HashMap<StoryId, Vec<Byline>>, Error> {
    let mut signed: HashMap<StoryId, Vec<Byline>> = HashMap::with_capacity(stories.len());
    for chunk in stories.chunks(LIST_MAX) {
        let list: Vec<Uuid> = chunk.iter().map(|id| id.0).collect();
        let sql = format!(
            "SELECT l.story, b.id, b.slug, b.names, b.about FROM story_byline l JOIN byline b ON b.id = l.byline
             WHERE l.story IN ({}) ORDER BY l.story, l.position",
            placeholders(1, list.len())
        );
        for (story, byline) in fetch_listed!(tx, signature, sql, [], filled(&list))? {
            signed.entry(story).or_default().push(byline);
        }
    }
    Ok(signed)
}

fn signature<R: Fields>(row: &R) -> Result<(StoryId, Byline), Error> {
    Ok((StoryId(row.get("story")?), byline(row)?))
}

/// What a story is about, the main topic first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn story_topics(tx: &mut Tx, story: StoryId) -> Result<Vec<Topic>, Error> {
    const SQL: &str = "SELECT t.id, t.slug, t.kind, t.names, t.about FROM story_topic l JOIN topic t ON t.id = l.topic
                       WHERE l.story = $1 ORDER BY l.position";
    fetch_all!(tx, topic, SQL, story.0)
}

/// What these stories are about, the main topics first. Stories that are about nothing are left out.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn story_topics_of(tx: &mut Tx, stories: &[StoryId]) -> Result<HashMap<StoryId, Vec<Topic>>, Error> {
    let mut about: HashMap<StoryId, Vec<Topic>> = HashMap::with_capacity(stories.len());
    for chunk in stories.chunks(LIST_MAX) {
        let list: Vec<Uuid> = chunk.iter().map(|id| id.0).collect();
        let sql = format!(
            "SELECT l.story, t.id, t.slug, t.kind, t.names, t.about FROM story_topic l JOIN topic t ON t.id = l.topic
             WHERE l.story IN ({}) ORDER BY l.story, l.position",
            placeholders(1, list.len())
        );
        for (story, topic) in fetch_listed!(tx, subject, sql, [], filled(&list))? {
            about.entry(story).or_default().push(topic);
        }
    }
    Ok(about)
}

fn subject<R: Fields>(row: &R) -> Result<(StoryId, Topic), Error> {
    Ok((StoryId(row.get("story")?), topic(row)?))
}

/// The ids of a story's topics, the main one first.
///
/// # Errors
/// When the query fails.
pub async fn story_topic_ids(tx: &mut Tx, story: StoryId) -> Result<Vec<TopicId>, Error> {
    fetch_all!(tx, topic_id, "SELECT topic AS id FROM story_topic WHERE story = $1 ORDER BY position", story.0)
}

/// The ids of a story's bylines, in order.
///
/// # Errors
/// When the query fails.
pub async fn story_byline_ids(tx: &mut Tx, story: StoryId) -> Result<Vec<BylineId>, Error> {
    fetch_all!(tx, byline_id, "SELECT byline AS id FROM story_byline WHERE story = $1 ORDER BY position", story.0)
}

fn topic_id<R: Fields>(row: &R) -> Result<TopicId, Error> {
    Ok(TopicId(row.get("id")?))
}

fn byline_id<R: Fields>(row: &R) -> Result<BylineId, Error> {
    Ok(BylineId(row.get("id")?))
}

/// The published stories that editors picked for a story's *Read more*, in order.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn story_picks(tx: &mut Tx, story: StoryId) -> Result<Vec<StoryHead>, Error> {
    const SQL: &str = concat!(
        "SELECT ",
        head_columns!(),
        " FROM story_pick p JOIN story s ON s.id = p.pick
         WHERE p.story = $1 AND s.state = 'published' ORDER BY p.position"
    );
    fetch_all!(tx, head, SQL, story.0)
}

/// The stories that picked this one: what shows it below *Read more*.
///
/// # Errors
/// When the query fails.
pub async fn story_picked_by(tx: &mut Tx, story: StoryId) -> Result<Vec<StoryId>, Error> {
    fetch_all!(tx, story_id, "SELECT story AS id FROM story_pick WHERE pick = $1 ORDER BY story", story.0)
}
