//! Lists of published stories. Each is read, and counted, from an index that holds its order; only the stories of
//! the asked page are visited.

use std::collections::{HashMap, HashSet};

use model::{BylineId, Language, SectionId, StoryGroupId, StoryId, Timestamp, TopicId};
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, number},
    story::{StoryHead, head, head_columns},
};

/// Which stories a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All.
    Latest,
    /// Those of a section.
    Section(SectionId),
    /// Those about a topic.
    Topic(TopicId),
    /// Those signed with a byline.
    Byline(BylineId),
    /// Those whose path names a month.
    Month {
        /// The year.
        year: i16,
        /// The month, from 1.
        month: i8,
    },
}

/// A page of a list of published stories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// In which language.
    pub language: Language,
    /// Which stories.
    pub scope: Scope,
    /// Oldest first, as a timeline; else newest first.
    pub oldest_first: bool,
    /// How many at most.
    pub limit: i64,
    /// How many come before them.
    pub offset: i64,
}

/// Both orders of a list, from a query for ids and times.
macro_rules! both_orders {
    ($keys:literal) => {
        [both_orders!($keys, "DESC"), both_orders!($keys, "ASC")]
    };
    ($keys:literal, $direction:literal) => {
        concat!(
            "SELECT ",
            head_columns!(),
            " FROM (",
            $keys,
            " ORDER BY at ",
            $direction,
            ", story ",
            $direction,
            " LIMIT $2 OFFSET $3) listed JOIN story s ON s.id = listed.story ORDER BY listed.at ",
            $direction,
            ", listed.story ",
            $direction
        )
    };
}

const LATEST: [&str; 2] =
    both_orders!("SELECT id AS story, published_at AS at FROM story WHERE language = $1 AND state = 'published'");
const SECTION: [&str; 2] = both_orders!(
    "SELECT id AS story, published_at AS at FROM story WHERE section = $4 AND language = $1 AND state = 'published'"
);
const TOPIC: [&str; 2] = both_orders!(
    "SELECT story, listed_at AS at FROM story_topic WHERE topic = $4 AND language = $1 AND listed_at IS NOT NULL"
);
const BYLINE: [&str; 2] = both_orders!(
    "SELECT story, listed_at AS at FROM story_byline WHERE byline = $4 AND language = $1 AND listed_at IS NOT NULL"
);
const MONTH: [&str; 2] = both_orders!(
    "SELECT id AS story, published_at AS at FROM story WHERE month = $4 AND language = $1 AND state = 'published'"
);

/// A page of a list, by time of publication and then id.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn story_list(tx: &mut Tx, listing: &Listing) -> Result<Vec<StoryHead>, Error> {
    let Listing { language, scope, oldest_first, limit, offset } = listing;
    let (language, order) = (language.as_str(), usize::from(*oldest_first));
    match *scope {
        Scope::Latest => fetch_all!(tx, head, LATEST[order], language, limit, offset),
        Scope::Section(id) => fetch_all!(tx, head, SECTION[order], language, limit, offset, id.0),
        Scope::Topic(id) => fetch_all!(tx, head, TOPIC[order], language, limit, offset, id.0),
        Scope::Byline(id) => fetch_all!(tx, head, BYLINE[order], language, limit, offset, id.0),
        Scope::Month { year, month } => {
            fetch_all!(tx, head, MONTH[order], language, limit, offset, month_number(year, month))
        }
    }
}

/// How many stories a list holds.
///
/// # Errors
/// When the query fails.
pub async fn story_count(tx: &mut Tx, language: &Language, scope: &Scope) -> Result<i64, Error> {
    let language = language.as_str();
    match *scope {
        Scope::Latest => {
            const SQL: &str = "SELECT count(*) AS n FROM story WHERE language = $1 AND state = 'published'";
            fetch_one!(tx, number, SQL, language)
        }
        Scope::Section(id) => {
            const SQL: &str =
                "SELECT count(*) AS n FROM story WHERE section = $2 AND language = $1 AND state = 'published'";
            fetch_one!(tx, number, SQL, language, id.0)
        }
        Scope::Topic(id) => {
            const SQL: &str = "SELECT count(*) AS n FROM story_topic
                               WHERE topic = $2 AND language = $1 AND listed_at IS NOT NULL";
            fetch_one!(tx, number, SQL, language, id.0)
        }
        Scope::Byline(id) => {
            const SQL: &str = "SELECT count(*) AS n FROM story_byline
                               WHERE byline = $2 AND language = $1 AND listed_at IS NOT NULL";
            fetch_one!(tx, number, SQL, language, id.0)
        }
        Scope::Month { year, month } => {
            const SQL: &str =
                "SELECT count(*) AS n FROM story WHERE month = $2 AND language = $1 AND state = 'published'";
            fetch_one!(tx, number, SQL, language, month_number(year, month))
        }
    }
}

fn month_number(year: i16, month: i8) -> i64 {
    i64::from(year) * 100 + i64::from(month)
}

/// Year, month and number of stories of the archive's months, newest first.
///
/// # Errors
/// When the query fails.
pub async fn story_months(tx: &mut Tx, language: &Language) -> Result<Vec<(i16, i8, i64)>, Error> {
    const SQL: &str = "SELECT month, count(*) AS n FROM story
                       WHERE language = $1 AND state = 'published' AND month IS NOT NULL
                       GROUP BY month ORDER BY month DESC";
    fetch_all!(tx, month_count, SQL, language.as_str())
}

fn month_count<R: Fields>(row: &R) -> Result<(i16, i8, i64), Error> {
    let month: i64 = row.get("month")?;
    let unreadable = |_| Error::Unreadable { column: "month", why: format!("{month} is no month") };
    Ok((i16::try_from(month / 100).map_err(unreadable)?, i8::try_from(month % 100).map_err(unreadable)?, number(row)?))
}

/// The next published stories after a path, in the order of paths: path, language, last change. For sitemaps.
///
/// # Errors
/// When the query fails.
pub async fn story_public_paths(
    tx: &mut Tx,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<(String, Language, Timestamp)>, Error> {
    const SQL: &str = "SELECT path, language, coalesce(updated_at, published_at) AS at FROM story
                       WHERE path > $1 AND state = 'published' ORDER BY path LIMIT $2";
    fetch_all!(tx, public_path, SQL, after.unwrap_or_default(), limit)
}

/// Group, language and path of every published story that has a published translation, by group: what a sitemap has to
/// say of them. A newsroom translates a small part of what it writes.
///
/// # Errors
/// When the query fails.
pub async fn story_translated_paths(tx: &mut Tx) -> Result<Vec<(StoryGroupId, Language, String)>, Error> {
    const SQL: &str = "SELECT story_group, language, path FROM story WHERE state = 'published' AND story_group IN
                       (SELECT story_group FROM story WHERE state = 'published' GROUP BY story_group HAVING count(*) > 1)
                       ORDER BY story_group, language";
    fetch_all!(tx, translated_path, SQL)
}

fn translated_path<R: Fields>(row: &R) -> Result<(StoryGroupId, Language, String), Error> {
    Ok((StoryGroupId(row.get("story_group")?), row.language("language")?, row.get("path")?))
}

fn public_path<R: Fields>(row: &R) -> Result<(String, Language, Timestamp), Error> {
    Ok((row.get("path")?, row.language("language")?, row.time("at")?))
}

/// Of each of a story's topics this many of the newest stories are weighed.
const WEIGHED: i64 = 400;
/// This many of a story's topics are weighed, its main ones.
const TOPICS: i64 = 16;

/// Published stories in the same language that share topics with this one: most shared topics first, then newest.
///
/// Of each topic the newest few hundred are weighed, so that a topic that half the archive is about costs no more
/// than another.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn story_sharing_topics(tx: &mut Tx, story: StoryId, limit: i64) -> Result<Vec<StoryHead>, Error> {
    const TOPICS_OF: &str =
        "SELECT topic, language FROM story_topic WHERE story = $1 ORDER BY position, topic LIMIT $2";
    let topics = fetch_all!(tx, topic_and_language, TOPICS_OF, story.0, TOPICS)?;
    let Some(language) = topics.first().map(|(_, language)| language.clone()) else { return Ok(Vec::new()) };
    let ids: Vec<uuid::Uuid> = topics.iter().map(|(id, _)| *id).collect();
    let each: Vec<String> = (0..ids.len())
        .map(|index| {
            format!(
                "SELECT story, listed_at FROM (SELECT story, listed_at FROM story_topic
                 WHERE topic = ${} AND language = $2 AND listed_at IS NOT NULL
                 ORDER BY listed_at DESC, story DESC LIMIT {WEIGHED}) AS of_topic",
                index + 4
            )
        })
        .collect();
    let sql = format!(
        concat!(
            "SELECT ",
            head_columns!(),
            " FROM (SELECT story, count(*) AS shared, max(listed_at) AS at FROM ({}) AS shown
             WHERE story <> $1 GROUP BY story ORDER BY shared DESC, at DESC, story DESC LIMIT $3) AS best
             JOIN story s ON s.id = best.story ORDER BY best.shared DESC, best.at DESC, best.story DESC"
        ),
        each.join(" UNION ALL ")
    );
    fetch_listed!(tx, head, sql, [story.0, language.as_str(), limit], ids)
}

fn topic_and_language<R: Fields>(row: &R) -> Result<(uuid::Uuid, Language), Error> {
    Ok((row.get("topic")?, row.language("language")?))
}

/// How many published stories stand in each section, are about each topic, or are signed with each byline. What no
/// published story is filed under is not there.
///
/// # Errors
/// When the query fails.
pub async fn story_counts(tx: &mut Tx, by: Filed) -> Result<HashMap<Uuid, i64>, Error> {
    let sql = match by {
        Filed::Section => {
            "SELECT section AS id, count(*) AS n FROM story WHERE section IS NOT NULL AND state = 'published'
             GROUP BY section"
        }
        Filed::Topic => "SELECT topic AS id, count(*) AS n FROM story_topic WHERE listed_at IS NOT NULL GROUP BY topic",
        Filed::Byline => {
            "SELECT byline AS id, count(*) AS n FROM story_byline WHERE listed_at IS NOT NULL GROUP BY byline"
        }
    };
    Ok(fetch_all!(tx, counted, sql)?.into_iter().collect())
}

/// Which of the sections, topics or bylines have a published story: [`story_counts`] without counting.
///
/// # Errors
/// When the query fails.
pub async fn story_filed(tx: &mut Tx, by: Filed) -> Result<HashSet<Uuid>, Error> {
    let sql = match by {
        Filed::Section => {
            "SELECT id FROM section c
             WHERE EXISTS (SELECT 1 FROM story WHERE section = c.id AND state = 'published')"
        }
        Filed::Topic => {
            "SELECT id FROM topic c
             WHERE EXISTS (SELECT 1 FROM story_topic WHERE topic = c.id AND listed_at IS NOT NULL)"
        }
        Filed::Byline => {
            "SELECT id FROM byline c
             WHERE EXISTS (SELECT 1 FROM story_byline WHERE byline = c.id AND listed_at IS NOT NULL)"
        }
    };
    Ok(fetch_all!(tx, filed_id, sql)?.into_iter().collect())
}

/// What stories are filed under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filed {
    /// Sections.
    Section,
    /// Topics.
    Topic,
    /// Bylines.
    Byline,
}

fn counted<R: Fields>(row: &R) -> Result<(Uuid, i64), Error> {
    Ok((row.get("id")?, number(row)?))
}

fn filed_id<R: Fields>(row: &R) -> Result<Uuid, Error> {
    row.get("id")
}
