//! Stories: one row each, the document last in it.
//!
//! What lists need (`StoryHead`) is read without the document. Saving a story keeps the rows that lists are read
//! from (`story_topic`, `story_byline`) in step with it.

use model::{Language, Path, PhotoUse, SectionId, Story, StoryGroupId, StoryId, StoryState, Timestamp};
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, LIST_MAX, filled, from_json, placeholders, to_json},
};

/// What lists, cards and feeds' indexes show of a story: all but its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryHead {
    /// Its id.
    pub id: StoryId,
    /// What it shares with its translations.
    pub group: StoryGroupId,
    /// Its language.
    pub language: Language,
    /// Where readers find it.
    pub path: Option<Path>,
    /// Its headline.
    pub headline: String,
    /// Its standfirst; may be empty.
    pub standfirst: String,
    /// The photo on its card.
    pub lead_photo: Option<PhotoUse>,
    /// Where it stands.
    pub section: Option<SectionId>,
    /// Its state.
    pub state: StoryState,
    /// First publication, or the time it is scheduled for.
    pub published_at: Option<Timestamp>,
    /// Last change that readers were told of.
    pub updated_at: Option<Timestamp>,
}

/// The columns of a [`StoryHead`] of a story called `s`.
macro_rules! head_columns {
    () => {
        "s.id, s.story_group, s.language, s.path, s.headline, s.standfirst, s.lead_photo, s.section, s.state, \
         s.published_at, s.updated_at"
    };
}
pub(crate) use head_columns;

/// Whole stories.
macro_rules! select_story {
    ($rest:literal) => {
        concat!(
            "SELECT id, story_group, language, slug, path, section, state, published_at, updated_at, created_at, version, ",
            "headline, standfirst, lead_photo, sources, document FROM story ",
            $rest
        )
    };
}

/// Reads a [`StoryHead`].
pub(crate) fn head<R: Fields>(row: &R) -> Result<StoryHead, Error> {
    Ok(StoryHead {
        id: StoryId(row.get("id")?),
        group: StoryGroupId(row.get("story_group")?),
        language: row.language("language")?,
        path: row.get::<Option<String>>("path")?.map(Path::new),
        headline: row.get("headline")?,
        standfirst: row.get("standfirst")?,
        lead_photo: lead_photo(row)?,
        section: row.get::<Option<Uuid>>("section")?.map(SectionId),
        state: row.parsed("state", StoryState::parse)?,
        published_at: row.time_or_none("published_at")?,
        updated_at: row.time_or_none("updated_at")?,
    })
}

fn lead_photo<R: Fields>(row: &R) -> Result<Option<PhotoUse>, Error> {
    row.get::<Option<String>>("lead_photo")?.map(|json| from_json("lead_photo", &json)).transpose()
}

fn story<R: Fields>(row: &R) -> Result<Story, Error> {
    Ok(Story {
        id: StoryId(row.get("id")?),
        group: StoryGroupId(row.get("story_group")?),
        language: row.language("language")?,
        slug: row.slug("slug")?,
        path: row.get::<Option<String>>("path")?.map(Path::new),
        headline: row.get("headline")?,
        standfirst: row.get("standfirst")?,
        document: row.document("document")?,
        lead_photo: lead_photo(row)?,
        section: row.get::<Option<Uuid>>("section")?.map(SectionId),
        sources: row.json("sources")?,
        state: row.parsed("state", StoryState::parse)?,
        published_at: row.time_or_none("published_at")?,
        updated_at: row.time_or_none("updated_at")?,
        created_at: row.time("created_at")?,
        version: row.get("version")?,
    })
}

/// A story's values that are stored as text.
struct Texts {
    lead_photo: Option<String>,
    sources: String,
    document: String,
}

impl Texts {
    fn of(story: &Story) -> Result<Self, Error> {
        Ok(Self {
            lead_photo: story.lead_photo.as_ref().map(|photo| to_json("lead_photo", photo)).transpose()?,
            sources: to_json("sources", &story.sources)?,
            document: to_json("document", &story.document)?,
        })
    }
}

/// The archive's month, `yyyymm`, that a story's path names: 202507 of `/ru/2025/07/11/slug/`.
fn month_of(path: &Path) -> Option<i64> {
    let parts: Vec<&str> = path.as_str().split('/').filter(|part| !part.is_empty()).collect();
    parts.windows(3).take(2).find_map(|window| {
        let sized = window[0].len() == 4 && window[1].len() == 2 && window[2].len() == 2;
        let digits = window.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
        if !(sized && digits) {
            return None;
        }
        Some(window[0].parse::<i64>().ok()? * 100 + window[1].parse::<i64>().ok()?)
    })
}

/// Adds a story, without bylines, topics, picks and photos.
///
/// # Errors
/// [`Error::Taken`] when its path or id is there already; [`Error::Dangling`] when its section is not there.
pub async fn story_insert(tx: &mut Tx, story: &Story) -> Result<(), Error> {
    let texts = Texts::of(story)?;
    execute!(
        tx,
        "INSERT INTO story (id, story_group, language, slug, path, month, section, state, published_at, updated_at,
                            created_at, version, headline, standfirst, lead_photo, sources, document)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        story.id.0,
        story.group.0,
        story.language.as_str(),
        story.slug.as_str(),
        story.path.as_ref().map(Path::as_str),
        story.path.as_ref().and_then(month_of),
        story.section.map(|id| id.0),
        story.state.as_str(),
        story.published_at.map(Timestamp::as_millis),
        story.updated_at.map(Timestamp::as_millis),
        story.created_at.as_millis(),
        story.version,
        story.headline.as_str(),
        story.standfirst.as_str(),
        texts.lead_photo,
        texts.sources,
        texts.document,
    )?;
    crate::desk_list::stand_in_list(tx, story).await
}

/// Writes a story over its version `expected_version`; `false` when another save came in between (or it is gone),
/// and then nothing was written. `story.version` becomes the version.
///
/// # Errors
/// As [`story_insert`].
pub async fn story_update(tx: &mut Tx, story: &Story, expected_version: i64) -> Result<bool, Error> {
    let texts = Texts::of(story)?;
    let written = execute!(
        tx,
        "UPDATE story SET story_group = $2, language = $3, slug = $4, path = $5, month = $6, section = $7, state = $8,
                published_at = $9, updated_at = $10, version = $11, headline = $12, standfirst = $13, lead_photo = $14,
                sources = $15, document = $16
         WHERE id = $1 AND version = $17",
        story.id.0,
        story.group.0,
        story.language.as_str(),
        story.slug.as_str(),
        story.path.as_ref().map(Path::as_str),
        story.path.as_ref().and_then(month_of),
        story.section.map(|id| id.0),
        story.state.as_str(),
        story.published_at.map(Timestamp::as_millis),
        story.updated_at.map(Timestamp::as_millis),
        story.version,
        story.headline.as_str(),
        story.standfirst.as_str(),
        texts.lead_photo,
        texts.sources,
        texts.document,
        expected_version,
    )?;
    if written == 0 {
        return Ok(false);
    }
    relist(tx, story).await?;
    crate::desk_list::stand_in_list(tx, story).await?;
    Ok(true)
}

/// Keeps the rows that lists are read from in step with the story.
async fn relist(tx: &mut Tx, story: &Story) -> Result<(), Error> {
    let listed_at = story.published_at.filter(|_| story.state == StoryState::Published).map(Timestamp::as_millis);
    for sql in [
        "UPDATE story_topic SET language = $2, listed_at = $3
         WHERE story = $1 AND (language <> $2 OR listed_at IS DISTINCT FROM $3)",
        "UPDATE story_byline SET language = $2, listed_at = $3
         WHERE story = $1 AND (language <> $2 OR listed_at IS DISTINCT FROM $3)",
    ] {
        execute!(tx, sql, story.id.0, story.language.as_str(), listed_at)?;
    }
    Ok(())
}

/// A story by its id.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn story_by_id(tx: &mut Tx, id: StoryId) -> Result<Option<Story>, Error> {
    fetch_optional!(tx, story, select_story!("WHERE id = $1"), id.0)
}

/// A story by its path, whatever its state: one that was withdrawn keeps its path and answers 410.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn story_by_path(tx: &mut Tx, path: &str) -> Result<Option<Story>, Error> {
    fetch_optional!(tx, story, select_story!("WHERE path = $1"), path)
}

/// The next stories after an id, in any state, in the order of ids: to walk through all of them.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn story_each(tx: &mut Tx, after: Option<StoryId>, limit: i64) -> Result<Vec<Story>, Error> {
    let after = after.map_or(Uuid::nil(), |id| id.0);
    fetch_all!(tx, story, select_story!("WHERE id > $1 ORDER BY id LIMIT $2"), after, limit)
}

/// Whether a story stands, or stood, at a path.
///
/// # Errors
/// When the query fails.
pub async fn story_path_taken(tx: &mut Tx, path: &str) -> Result<bool, Error> {
    let found = fetch_optional!(tx, crate::sql::number, "SELECT version AS n FROM story WHERE path = $1", path)?;
    Ok(found.is_some())
}

/// A story by language and slug; of several the one published last.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn story_by_slug(tx: &mut Tx, language: &Language, slug: &str) -> Result<Option<StoryHead>, Error> {
    const SQL: &str = concat!(
        "SELECT ",
        head_columns!(),
        " FROM story s WHERE s.slug = $2 AND s.language = $1
         ORDER BY CASE s.state WHEN 'published' THEN 0 ELSE 1 END, coalesce(s.published_at, 0) DESC, s.id DESC LIMIT 1"
    );
    fetch_optional!(tx, head, SQL, language.as_str(), slug)
}

/// What lists show of these stories, in their order; those that are not there are left out.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn story_heads(tx: &mut Tx, ids: &[StoryId]) -> Result<Vec<StoryHead>, Error> {
    let mut found = std::collections::HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(LIST_MAX) {
        let list: Vec<Uuid> = chunk.iter().map(|id| id.0).collect();
        let sql = format!(
            concat!("SELECT ", head_columns!(), " FROM story s WHERE s.id IN ({})"),
            placeholders(1, list.len())
        );
        let heads = fetch_listed!(tx, head, sql, [], filled(&list))?;
        found.extend(heads.into_iter().map(|head| (head.id, head)));
    }
    Ok(ids.iter().filter_map(|id| found.get(id).cloned()).collect())
}

/// The published stories of a group, by language: a story and its translations.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn story_translations(tx: &mut Tx, group: StoryGroupId) -> Result<Vec<StoryHead>, Error> {
    const SQL: &str = concat!(
        "SELECT ",
        head_columns!(),
        " FROM story s WHERE s.story_group = $1 AND s.state = 'published' ORDER BY s.language, s.id"
    );
    fetch_all!(tx, head, SQL, group.0)
}

/// Every story of a group, in any state, by language.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn story_group(tx: &mut Tx, group: StoryGroupId) -> Result<Vec<StoryHead>, Error> {
    const SQL: &str =
        concat!("SELECT ", head_columns!(), " FROM story s WHERE s.story_group = $1 ORDER BY s.language, s.id");
    fetch_all!(tx, head, SQL, group.0)
}

/// Scheduled stories whose time has come by `at`, earliest first.
///
/// # Errors
/// When the query fails.
pub async fn story_scheduled_before(tx: &mut Tx, at: Timestamp) -> Result<Vec<StoryId>, Error> {
    const SQL: &str = "SELECT id FROM story WHERE state = 'scheduled' AND published_at <= $1 ORDER BY published_at, id";
    fetch_all!(tx, story_id, SQL, at.as_millis())
}

/// Reads the id of a story from column `id`.
pub(crate) fn story_id<R: Fields>(row: &R) -> Result<StoryId, Error> {
    Ok(StoryId(row.get("id")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_month_of_a_story_is_the_one_in_its_path() {
        assert_eq!(month_of(&Path::new("/2025/07/11/wonsan/")), Some(202_507));
        assert_eq!(month_of(&Path::new("/ru/2025/07/11/wonsan/")), Some(202_507));
        assert_eq!(month_of(&Path::new("/about/")), None);
    }
}
