//! The front page: the stories that editors put there, in order, in each language.

use model::{Language, StoryId};

use crate::{
    Error, Tx,
    story::{StoryHead, head, head_columns},
};

/// Sets the front page of a language: the lead first.
///
/// # Errors
/// [`Error::Dangling`] when a story is not there.
pub async fn front_set(tx: &mut Tx, language: &Language, stories: &[StoryId]) -> Result<(), Error> {
    execute!(tx, "DELETE FROM front WHERE language = $1", language.as_str())?;
    for (position, story) in (0_i64..).zip(stories) {
        execute!(
            tx,
            "INSERT INTO front (language, position, story) VALUES ($1, $2, $3)",
            language.as_str(),
            position,
            story.0
        )?;
    }
    Ok(())
}

/// The published stories on the front page of a language, the lead first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn front(tx: &mut Tx, language: &Language) -> Result<Vec<StoryHead>, Error> {
    const SQL: &str = concat!(
        "SELECT ",
        head_columns!(),
        " FROM front f JOIN story s ON s.id = f.story
         WHERE f.language = $1 AND s.state = 'published' ORDER BY f.position"
    );
    fetch_all!(tx, head, SQL, language.as_str())
}

/// Every story that editors put on the front page of a language, whatever its state, in order.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn front_pinned(tx: &mut Tx, language: &Language) -> Result<Vec<StoryHead>, Error> {
    const SQL: &str = concat!(
        "SELECT ",
        head_columns!(),
        " FROM front f JOIN story s ON s.id = f.story WHERE f.language = $1 ORDER BY f.position"
    );
    fetch_all!(tx, head, SQL, language.as_str())
}
