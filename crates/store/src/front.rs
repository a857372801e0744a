//! The front page: the stories that editors put there, in order, and the breaking banner, in each language.

use model::{Breaking, Language, StoryId, Timestamp};

use crate::{
    Error, Tx,
    setting::{setting_delete, setting_get, setting_set},
    sql::{from_json, to_json},
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

/// The setting that holds the banner of a language.
fn breaking_key(language: &Language) -> String {
    format!("breaking:{language}")
}

/// The breaking banner of a language, also one whose time has passed a moment ago.
///
/// # Errors
/// When the query fails or the setting is unreadable.
pub async fn breaking(tx: &mut Tx, language: &Language) -> Result<Option<Breaking>, Error> {
    let json = setting_get(tx, &breaking_key(language)).await?;
    json.map(|json| from_json("value", &json)).transpose()
}

/// Sets the breaking banner of a language.
///
/// # Errors
/// When the query fails.
pub async fn breaking_set(tx: &mut Tx, language: &Language, breaking: &Breaking, now: Timestamp) -> Result<(), Error> {
    setting_set(tx, &breaking_key(language), &to_json("value", breaking)?, now).await
}

/// Takes the breaking banner of a language away; `false` when there is none.
///
/// # Errors
/// When the query fails.
pub async fn breaking_delete(tx: &mut Tx, language: &Language) -> Result<bool, Error> {
    setting_delete(tx, &breaking_key(language)).await
}
