//! Photos, and which stories show them.

use std::collections::HashMap;

use model::{FocalPoint, Photo, PhotoId, PhotoState, StoryId};
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, LIST_MAX, filled, number, placeholders, to_json},
    story::story_id,
};

/// Every column of a photo called `p`.
macro_rules! photo_columns {
    () => {
        "p.id, p.state, p.origin, p.source_hash, p.width, p.height, p.focal_x, p.focal_y, p.colour, p.created_at, \
         p.alt, p.caption, p.credit, p.renditions"
    };
}
pub(crate) use photo_columns;

/// `SELECT` with every column of a photo.
macro_rules! select_photo {
    ($rest:literal) => {
        concat!(
            "SELECT id, state, origin, source_hash, width, height, focal_x, focal_y, colour, created_at, alt, caption, ",
            "credit, renditions FROM photo ",
            $rest
        )
    };
}
pub(crate) use select_photo;

pub(crate) fn photo<R: Fields>(row: &R) -> Result<Photo, Error> {
    Ok(Photo {
        id: PhotoId(row.get("id")?),
        state: row.parsed("state", PhotoState::parse)?,
        origin: row.get("origin")?,
        source_hash: row.get("source_hash")?,
        width: sized(row, "width")?,
        height: sized(row, "height")?,
        focal: FocalPoint { x: sized(row, "focal_x")?, y: sized(row, "focal_y")? },
        alt: row.get("alt")?,
        caption: row.get("caption")?,
        credit: row.get("credit")?,
        colour: row.get("colour")?,
        renditions: row.json("renditions")?,
        created_at: row.time("created_at")?,
    })
}

fn sized<R: Fields, T: TryFrom<i64>>(row: &R, column: &'static str) -> Result<T, Error> {
    let number: i64 = row.get(column)?;
    T::try_from(number).map_err(|_| Error::Unreadable { column, why: format!("{number} is out of range") })
}

/// Adds a photo.
///
/// # Errors
/// [`Error::Taken`] when its id is there already.
pub async fn photo_insert(tx: &mut Tx, photo: &Photo) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO photo (id, state, origin, source_hash, width, height, focal_x, focal_y, colour, created_at, alt,
                            caption, credit, renditions)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        photo.id.0,
        photo.state.as_str(),
        photo.origin.as_deref(),
        photo.source_hash.as_deref(),
        i64::from(photo.width),
        i64::from(photo.height),
        i64::from(photo.focal.x),
        i64::from(photo.focal.y),
        photo.colour.as_str(),
        photo.created_at.as_millis(),
        photo.alt.as_str(),
        photo.caption.as_str(),
        photo.credit.as_str(),
        to_json("renditions", &photo.renditions)?,
    )?;
    Ok(())
}

/// Writes a photo over what was there, but for when it came; `false` when it is gone.
///
/// # Errors
/// When the query fails.
pub async fn photo_update(tx: &mut Tx, photo: &Photo) -> Result<bool, Error> {
    let written = execute!(
        tx,
        "UPDATE photo SET state = $2, origin = $3, source_hash = $4, width = $5, height = $6, focal_x = $7,
                focal_y = $8, colour = $9, alt = $10, caption = $11, credit = $12, renditions = $13 WHERE id = $1",
        photo.id.0,
        photo.state.as_str(),
        photo.origin.as_deref(),
        photo.source_hash.as_deref(),
        i64::from(photo.width),
        i64::from(photo.height),
        i64::from(photo.focal.x),
        i64::from(photo.focal.y),
        photo.colour.as_str(),
        photo.alt.as_str(),
        photo.caption.as_str(),
        photo.credit.as_str(),
        to_json("renditions", &photo.renditions)?,
    )?;
    Ok(written > 0)
}

/// A photo by its id.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn photo_by_id(tx: &mut Tx, id: PhotoId) -> Result<Option<Photo>, Error> {
    fetch_optional!(tx, photo, select_photo!("WHERE id = $1"), id.0)
}

/// The first photo that was made of these uploaded bytes (SHA-256, hex).
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn photo_by_source_hash(tx: &mut Tx, hash: &str) -> Result<Option<Photo>, Error> {
    fetch_optional!(tx, photo, select_photo!("WHERE source_hash = $1 ORDER BY id LIMIT 1"), hash)
}

/// The first photo that came from this address.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn photo_by_origin(tx: &mut Tx, origin: &str) -> Result<Option<Photo>, Error> {
    fetch_optional!(tx, photo, select_photo!("WHERE origin = $1 ORDER BY id LIMIT 1"), origin)
}

/// These photos; those that are not there are left out.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn photos(tx: &mut Tx, ids: &[PhotoId]) -> Result<HashMap<PhotoId, Photo>, Error> {
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(LIST_MAX) {
        let list: Vec<Uuid> = chunk.iter().map(|id| id.0).collect();
        let sql = format!(select_photo!("WHERE id IN ({})"), placeholders(1, list.len()));
        let photos = fetch_listed!(tx, photo, sql, [], filled(&list))?;
        found.extend(photos.into_iter().map(|photo| (photo.id, photo)));
    }
    Ok(found)
}

/// The next photos after an id whose pixels are missing, in the order of ids.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn photo_missing(tx: &mut Tx, after: Option<PhotoId>, limit: i64) -> Result<Vec<Photo>, Error> {
    let after = after.map_or(Uuid::nil(), |id| id.0);
    fetch_all!(tx, photo, select_photo!("WHERE state = 'missing' AND id > $1 ORDER BY id LIMIT $2"), after, limit)
}

/// The next photos after an id, in the order of ids: to walk through all of them.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn photo_each(tx: &mut Tx, after: Option<PhotoId>, limit: i64) -> Result<Vec<Photo>, Error> {
    let after = after.map_or(Uuid::nil(), |id| id.0);
    fetch_all!(tx, photo, select_photo!("WHERE id > $1 ORDER BY id LIMIT $2"), after, limit)
}

/// The stories that show a photo, in any state.
///
/// # Errors
/// When the query fails.
pub async fn photo_uses(tx: &mut Tx, id: PhotoId) -> Result<Vec<StoryId>, Error> {
    fetch_all!(tx, story_id, "SELECT story AS id FROM story_photo WHERE photo = $1 ORDER BY story", id.0)
}

/// How many photos there are in each state.
///
/// # Errors
/// When the query fails.
pub async fn photo_count_by_state(tx: &mut Tx) -> Result<Vec<(PhotoState, i64)>, Error> {
    fetch_all!(tx, state_count, "SELECT state, count(*) AS n FROM photo GROUP BY state ORDER BY state")
}

fn state_count<R: Fields>(row: &R) -> Result<(PhotoState, i64), Error> {
    Ok((row.parsed("state", PhotoState::parse)?, number(row)?))
}

/// Removes a photo; `false` when it is gone.
///
/// # Errors
/// When the query fails.
pub async fn photo_delete(tx: &mut Tx, id: PhotoId) -> Result<bool, Error> {
    Ok(execute!(tx, "DELETE FROM photo WHERE id = $1", id.0)? > 0)
}
