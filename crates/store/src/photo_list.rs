//! The photo library's list, and its search as one types.
//!
//! `photo_word` has the folded words of what is said of each photo, kept by whatever writes those texts; a photo without
//! any is one that was imported by an older version or restored and waits to be indexed, which [`photo_unindexed`] finds.

use model::{Photo, PhotoId};
use uuid::Uuid;

use crate::{
    Error, Tx,
    photo::{photo, select_photo},
    sql::{Fields, number},
};

/// What somebody looks for in the library.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhotoSearch {
    /// Beginnings of words of alt text, caption or credit, folded; all of them must be there.
    pub words: Vec<String>,
    /// Only those that no story shows.
    pub unused: bool,
    /// Only those without alt text or credit.
    pub incomplete: bool,
    /// Only those whose pixels are not here.
    pub missing: bool,
}

fn condition(search: &PhotoSearch) -> (String, Vec<String>) {
    let mut parts = vec!["TRUE".to_owned()];
    let mut values = Vec::new();
    for word in search.words.iter().take(8) {
        values.push(word.clone());
        values.push(format!("{word}\u{10ffff}"));
        let (first, last) = (values.len() - 1, values.len());
        parts.push(format!("id IN (SELECT photo FROM photo_word WHERE word >= ${first} AND word < ${last})"));
    }
    if search.unused {
        parts.push("NOT EXISTS (SELECT 1 FROM story_photo u WHERE u.photo = photo.id)".to_owned());
    }
    if search.incomplete {
        parts.push("(alt = '' OR credit = '')".to_owned());
    }
    if search.missing {
        parts.push("state = 'missing'".to_owned());
    }
    (parts.join(" AND "), values)
}

/// A page of the library, the newest first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn photo_search(tx: &mut Tx, search: &PhotoSearch, limit: i64, offset: i64) -> Result<Vec<Photo>, Error> {
    let (condition, values) = condition(search);
    let rest = format!("WHERE {condition} ORDER BY id DESC LIMIT {limit} OFFSET {offset}");
    let sql = [select_photo!(""), &rest].concat();
    fetch_listed!(tx, photo, sql, [], values)
}

/// How many photos there are in all that are looked for.
///
/// # Errors
/// When the query fails.
pub async fn photo_search_count(tx: &mut Tx, search: &PhotoSearch) -> Result<i64, Error> {
    let (condition, values) = condition(search);
    let sql = format!("SELECT count(*) AS n FROM photo WHERE {condition}");
    Ok(fetch_listed!(tx, number, sql, [], values)?.first().copied().unwrap_or_default())
}

/// Sets the words by which a photo is found. There is always at least one, so that it counts as indexed.
///
/// # Errors
/// When the query fails.
pub async fn photo_words_set(tx: &mut Tx, id: PhotoId, words: &[String]) -> Result<(), Error> {
    execute!(tx, "DELETE FROM photo_word WHERE photo = $1", id.0)?;
    let none = [String::new()];
    let words = if words.is_empty() { &none[..] } else { words };
    insert_rows!(tx, "INSERT INTO photo_word (word, photo)", "ON CONFLICT DO NOTHING", 2, words,
        word => [word.as_str(), id.0]);
    Ok(())
}

/// Photos after an id that nobody can find yet.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn photo_unindexed(tx: &mut Tx, after: Option<PhotoId>, limit: i64) -> Result<Vec<Photo>, Error> {
    let after = after.map_or(Uuid::nil(), |id| id.0);
    fetch_all!(
        tx,
        photo,
        select_photo!(
            "WHERE id > $1 AND NOT EXISTS (SELECT 1 FROM photo_word w WHERE w.photo = photo.id) ORDER BY id LIMIT $2"
        ),
        after,
        limit
    )
}

/// The photos among these ids that are there, with what names them in a line: caption, else alt text.
///
/// # Errors
/// When the query fails.
pub async fn photo_labels(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, CASE WHEN caption <> '' THEN caption ELSE alt END AS label FROM photo WHERE id IN ({})",
        crate::sql::placeholders(1, ids.len())
    );
    fetch_listed!(tx, label, sql, [], crate::sql::filled(ids))
}

fn label<R: Fields>(row: &R) -> Result<(Uuid, String), Error> {
    Ok((row.get("id")?, row.get("label")?))
}
