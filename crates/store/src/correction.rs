//! Corrections: only ever added. There is no function that changes or removes one.

use model::{Correction, StoryId};

use crate::{Error, Tx, sql::Fields};

/// Adds a correction after those that are there.
///
/// # Errors
/// [`Error::Dangling`] when the story is not there; [`Error::Taken`] when another was added at the same moment.
pub async fn correction_insert(tx: &mut Tx, correction: &Correction) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO correction (story, number, at, text)
         VALUES ($1, (SELECT coalesce(max(number), 0) + 1 FROM correction WHERE story = $1), $2, $3)",
        correction.story.0,
        correction.at.as_millis(),
        correction.text.as_str(),
    )?;
    Ok(())
}

/// The corrections of a story, oldest first.
///
/// # Errors
/// When the query fails.
pub async fn correction_list(tx: &mut Tx, story: StoryId) -> Result<Vec<Correction>, Error> {
    fetch_all!(tx, correction, "SELECT story, at, text FROM correction WHERE story = $1 ORDER BY number", story.0)
}

fn correction<R: Fields>(row: &R) -> Result<Correction, Error> {
    Ok(Correction { story: StoryId(row.get("story")?), at: row.time("at")?, text: row.get("text")? })
}
