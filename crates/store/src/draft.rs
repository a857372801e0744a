//! Working copies of stories. A copy's version only ever grows, also when the story is published.

use model::{Draft, StoryId};

use crate::{
    Error, Tx,
    sql::{Fields, to_json},
};

fn draft<R: Fields>(row: &R) -> Result<Draft, Error> {
    Ok(Draft {
        story: StoryId(row.get("story")?),
        version: row.get("version")?,
        published: row.get("published")?,
        saved_at: row.time("saved_at")?,
        saved_by: row.get("saved_by")?,
        fields: row.json("content")?,
    })
}

/// The working copy of a story; `None` when nobody has saved one.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn draft_of(tx: &mut Tx, story: StoryId) -> Result<Option<Draft>, Error> {
    const SQL: &str = "SELECT story, version, published, saved_at, saved_by, content FROM story_draft WHERE story = $1";
    fetch_optional!(tx, draft, SQL, story.0)
}

/// Writes a working copy over its version `expected` (0 for none); `false` when another save came in between, and then
/// nothing was written.
///
/// # Errors
/// [`Error::Dangling`] when the story is not there.
pub async fn draft_save(tx: &mut Tx, draft: &Draft, expected: i64) -> Result<bool, Error> {
    const SQL: &str = "INSERT INTO story_draft (story, version, published, saved_at, saved_by, content)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (story) DO UPDATE SET version = excluded.version, published = excluded.published,
            saved_at = excluded.saved_at, saved_by = excluded.saved_by, content = excluded.content
        WHERE story_draft.version = $7";
    let content = to_json("content", &draft.fields)?;
    let written = execute!(
        tx,
        SQL,
        draft.story.0,
        draft.version,
        draft.published,
        draft.saved_at.as_millis(),
        draft.saved_by.as_str(),
        content,
        expected,
    )?;
    Ok(written > 0)
}

/// Working copies that say something readers don't see yet, of stories that are public: whose, latest saved first.
///
/// # Errors
/// When the query fails.
pub async fn draft_pending(tx: &mut Tx, limit: i64) -> Result<Vec<StoryId>, Error> {
    const SQL: &str = "SELECT d.story AS id FROM story_draft d JOIN story_desk s ON s.story = d.story
                       WHERE s.state = 'published' AND d.published IS DISTINCT FROM d.version
                       ORDER BY d.saved_at DESC LIMIT $1";
    fetch_all!(tx, crate::story::story_id, SQL, limit)
}

/// The stories whose working copy names something by its id, such as a byline that is about to go. Reads every working
/// copy: for what happens rarely.
///
/// # Errors
/// When the query fails.
pub async fn draft_naming(tx: &mut Tx, id: uuid::Uuid) -> Result<Vec<StoryId>, Error> {
    let sql = "SELECT story AS id FROM story_draft WHERE content LIKE $1 ORDER BY story";
    fetch_all!(tx, crate::story::story_id, sql, format!("%{id}%"))
}

/// Writes a working copy's fields without making a version of it: for what changes in every story at once and is no
/// editor's work, so that nobody's next save is refused for it.
///
/// # Errors
/// When the query fails.
pub async fn draft_rewrite(tx: &mut Tx, draft: &Draft) -> Result<(), Error> {
    let content = to_json("content", &draft.fields)?;
    execute!(tx, "UPDATE story_draft SET content = $2 WHERE story = $1", draft.story.0, content)?;
    Ok(())
}
