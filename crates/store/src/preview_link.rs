//! Links that show a story before it is published, until they end.

use model::{StoryId, Timestamp};

use crate::{Error, Tx, sql::Fields};

/// A link; its token is in the link only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewLink {
    /// SHA-256 of its token, hex.
    pub hash: String,
    /// What it shows.
    pub story: StoryId,
    /// Pen name of who made it.
    pub made_by: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
}

fn link<R: Fields>(row: &R) -> Result<PreviewLink, Error> {
    Ok(PreviewLink {
        hash: row.get("hash")?,
        story: StoryId(row.get("story")?),
        made_by: row.get("made_by")?,
        made_at: row.time("made_at")?,
        ends_at: row.time("ends_at")?,
    })
}

/// Adds a link, and forgets those that have ended.
///
/// # Errors
/// [`Error::Dangling`] when the story is not there.
pub async fn preview_insert(tx: &mut Tx, link: &PreviewLink) -> Result<(), Error> {
    execute!(tx, "DELETE FROM preview_link WHERE ends_at <= $1", link.made_at.as_millis())?;
    execute!(
        tx,
        "INSERT INTO preview_link (hash, story, made_by, made_at, ends_at) VALUES ($1, $2, $3, $4, $5)",
        link.hash.as_str(),
        link.story.0,
        link.made_by.as_str(),
        link.made_at.as_millis(),
        link.ends_at.as_millis(),
    )?;
    Ok(())
}

/// A link that has not ended.
///
/// # Errors
/// When the query fails.
pub async fn preview_by_hash(tx: &mut Tx, hash: &str, now: Timestamp) -> Result<Option<PreviewLink>, Error> {
    const SQL: &str =
        "SELECT hash, story, made_by, made_at, ends_at FROM preview_link WHERE hash = $1 AND ends_at > $2";
    fetch_optional!(tx, link, SQL, hash, now.as_millis())
}

/// The links of a story that have not ended, the latest first.
///
/// # Errors
/// When the query fails.
pub async fn preview_list(tx: &mut Tx, story: StoryId, now: Timestamp) -> Result<Vec<PreviewLink>, Error> {
    const SQL: &str = "SELECT hash, story, made_by, made_at, ends_at FROM preview_link
                       WHERE story = $1 AND ends_at > $2 ORDER BY ends_at DESC, hash";
    fetch_all!(tx, link, SQL, story.0, now.as_millis())
}

/// Ends a story's link; `false` when it had ended.
///
/// # Errors
/// When the query fails.
pub async fn preview_remove(tx: &mut Tx, story: StoryId, hash: &str) -> Result<bool, Error> {
    Ok(execute!(tx, "DELETE FROM preview_link WHERE story = $1 AND hash = $2", story.0, hash)? > 0)
}
