//! Which story was translated from which, and up to which version.

use model::{StoryId, StoryState};

use crate::{Error, Tx, sql::Fields};

/// Where a translation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// The story that was translated.
    pub original: StoryId,
    /// Its headline now.
    pub headline: String,
    /// Its state now.
    pub state: StoryState,
    /// Its version now.
    pub version: i64,
    /// The version that the translation has caught up with.
    pub seen_version: i64,
}

fn translation<R: Fields>(row: &R) -> Result<Translation, Error> {
    Ok(Translation {
        original: StoryId(row.get("original")?),
        headline: row.get("headline")?,
        state: row.parsed("state", StoryState::parse)?,
        version: row.get("version")?,
        seen_version: row.get("seen_version")?,
    })
}

/// What a story was translated from, if it was.
///
/// # Errors
/// When the query fails.
pub async fn translation_of(tx: &mut Tx, story: StoryId) -> Result<Option<Translation>, Error> {
    const SQL: &str = "SELECT t.original, o.headline, o.state, o.version, t.seen_version
                       FROM story_translation t JOIN story o ON o.id = t.original WHERE t.story = $1";
    fetch_optional!(tx, translation, SQL, story.0)
}

/// Says what a story was translated from, and up to which version.
///
/// # Errors
/// [`Error::Dangling`] when one of the stories is not there.
pub async fn translation_set(tx: &mut Tx, story: StoryId, original: StoryId, version: i64) -> Result<(), Error> {
    const SQL: &str = "INSERT INTO story_translation (story, original, seen_version) VALUES ($1, $2, $3)
        ON CONFLICT (story) DO UPDATE SET original = excluded.original, seen_version = excluded.seen_version";
    execute!(tx, SQL, story.0, original.0, version)?;
    Ok(())
}
