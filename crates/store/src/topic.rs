//! Topics: what and whom stories are about.

use std::collections::HashMap;

use model::{Language, Names, Topic, TopicId, TopicKind};
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, LIST_MAX, filled, number, placeholders, to_json},
};

pub(crate) fn topic<R: Fields>(row: &R) -> Result<Topic, Error> {
    Ok(Topic {
        id: TopicId(row.get("id")?),
        slug: row.slug("slug")?,
        kind: row.parsed("kind", TopicKind::parse)?,
        names: row.json::<Names>("names")?,
        about: row.json::<Names>("about")?,
    })
}

/// Adds a topic.
///
/// # Errors
/// [`Error::Taken`] when its slug or id is there already.
pub async fn topic_insert(tx: &mut Tx, topic: &Topic) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO topic (id, slug, kind, names, about) VALUES ($1, $2, $3, $4, $5)",
        topic.id.0,
        topic.slug.as_str(),
        topic.kind.as_str(),
        to_json("names", &topic.names)?,
        to_json("about", &topic.about)?,
    )?;
    Ok(())
}

/// Writes a topic over what was there; `false` when it is gone.
///
/// # Errors
/// As [`topic_insert`].
pub async fn topic_update(tx: &mut Tx, topic: &Topic) -> Result<bool, Error> {
    let written = execute!(
        tx,
        "UPDATE topic SET slug = $2, kind = $3, names = $4, about = $5 WHERE id = $1",
        topic.id.0,
        topic.slug.as_str(),
        topic.kind.as_str(),
        to_json("names", &topic.names)?,
        to_json("about", &topic.about)?,
    )?;
    Ok(written > 0)
}

/// A topic by its id.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn topic_by_id(tx: &mut Tx, id: TopicId) -> Result<Option<Topic>, Error> {
    fetch_optional!(tx, topic, "SELECT id, slug, kind, names, about FROM topic WHERE id = $1", id.0)
}

/// A topic by its slug.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn topic_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Topic>, Error> {
    fetch_optional!(tx, topic, "SELECT id, slug, kind, names, about FROM topic WHERE slug = $1", slug)
}

/// Every topic, by slug.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn topic_all(tx: &mut Tx) -> Result<Vec<Topic>, Error> {
    fetch_all!(tx, topic, "SELECT id, slug, kind, names, about FROM topic ORDER BY slug")
}

/// These topics, in their order; those that are not there are left out.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn topics(tx: &mut Tx, ids: &[TopicId]) -> Result<Vec<Topic>, Error> {
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(LIST_MAX) {
        let list: Vec<Uuid> = chunk.iter().map(|id| id.0).collect();
        let sql =
            format!("SELECT id, slug, kind, names, about FROM topic WHERE id IN ({})", placeholders(1, list.len()));
        let topics = fetch_listed!(tx, topic, sql, [], filled(&list))?;
        found.extend(topics.into_iter().map(|topic| (topic.id, topic)));
    }
    Ok(ids.iter().filter_map(|id| found.get(id).cloned()).collect())
}

/// The topics that published stories of a language are about, with how many: most stories first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn topic_counts(tx: &mut Tx, language: &Language) -> Result<Vec<(Topic, i64)>, Error> {
    const SQL: &str = "SELECT t.id, t.slug, t.kind, t.names, t.about, counted.n
        FROM (SELECT topic, count(*) AS n FROM story_topic WHERE language = $1 AND listed_at IS NOT NULL GROUP BY topic)
             AS counted
        JOIN topic t ON t.id = counted.topic ORDER BY counted.n DESC, t.slug";
    fetch_all!(tx, topic_count, SQL, language.as_str())
}

fn topic_count<R: Fields>(row: &R) -> Result<(Topic, i64), Error> {
    Ok((topic(row)?, number(row)?))
}

/// Removes a topic, also from its stories; `false` when it is gone.
///
/// # Errors
/// When the query fails.
pub async fn topic_delete(tx: &mut Tx, id: TopicId) -> Result<bool, Error> {
    Ok(execute!(tx, "DELETE FROM topic WHERE id = $1", id.0)? > 0)
}

/// How many stories, in any language and state, are about each of these topics; those about which none is are left out.
///
/// # Errors
/// When the query fails.
pub async fn topic_totals(tx: &mut Tx, ids: &[TopicId]) -> Result<HashMap<TopicId, i64>, Error> {
    let mut totals = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(LIST_MAX) {
        let list: Vec<Uuid> = chunk.iter().map(|id| id.0).collect();
        let sql = format!(
            "SELECT topic AS id, count(*) AS n FROM story_topic WHERE topic IN ({}) GROUP BY topic",
            placeholders(1, list.len())
        );
        totals.extend(fetch_listed!(tx, topic_total, sql, [], filled(&list))?);
    }
    Ok(totals)
}

fn topic_total<R: Fields>(row: &R) -> Result<(TopicId, i64), Error> {
    Ok((TopicId(row.get("id")?), number(row)?))
}

/// Makes every story about one topic a story about another one, and removes the first. A story that was about both
/// keeps the better of the two places. `false` when the first is not there.
///
/// # Errors
/// [`Error::Dangling`] when the other topic is not there.
pub async fn topic_merge(tx: &mut Tx, from: TopicId, into: TopicId) -> Result<bool, Error> {
    const PLACE: &str = "UPDATE story_topic SET position = o.position
        FROM (SELECT story, position FROM story_topic WHERE topic = $1) AS o
        WHERE story_topic.topic = $2 AND story_topic.story = o.story AND o.position < story_topic.position";
    const MOVE: &str = "UPDATE story_topic SET topic = $2 WHERE topic = $1
        AND story NOT IN (SELECT story FROM story_topic WHERE topic = $2)";
    execute!(tx, PLACE, from.0, into.0)?;
    execute!(tx, MOVE, from.0, into.0)?;
    topic_delete(tx, from).await
}
