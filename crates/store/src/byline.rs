//! Bylines: who signs stories. Removing one reaches every story in one step.

use std::collections::HashMap;

use model::{Byline, BylineId, Names, StoryId};
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, LIST_MAX, filled, number, placeholders, to_json},
    story::story_id,
};

pub(crate) fn byline<R: Fields>(row: &R) -> Result<Byline, Error> {
    Ok(Byline {
        id: BylineId(row.get("id")?),
        slug: row.slug("slug")?,
        names: row.json::<Names>("names")?,
        about: row.json::<Names>("about")?,
    })
}

/// Adds a byline.
///
/// # Errors
/// [`Error::Taken`] when its slug or id is there already.
pub async fn byline_insert(tx: &mut Tx, byline: &Byline) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO byline (id, slug, names, about) VALUES ($1, $2, $3, $4)",
        byline.id.0,
        byline.slug.as_str(),
        to_json("names", &byline.names)?,
        to_json("about", &byline.about)?,
    )?;
    Ok(())
}

/// Writes a byline over what was there; `false` when it is gone.
///
/// # Errors
/// As [`byline_insert`].
pub async fn byline_update(tx: &mut Tx, byline: &Byline) -> Result<bool, Error> {
    let written = execute!(
        tx,
        "UPDATE byline SET slug = $2, names = $3, about = $4 WHERE id = $1",
        byline.id.0,
        byline.slug.as_str(),
        to_json("names", &byline.names)?,
        to_json("about", &byline.about)?,
    )?;
    Ok(written > 0)
}

/// A byline by its id.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn byline_by_id(tx: &mut Tx, id: BylineId) -> Result<Option<Byline>, Error> {
    fetch_optional!(tx, byline, "SELECT id, slug, names, about FROM byline WHERE id = $1", id.0)
}

/// A byline by its slug.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn byline_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Byline>, Error> {
    fetch_optional!(tx, byline, "SELECT id, slug, names, about FROM byline WHERE slug = $1", slug)
}

/// Every byline, by slug.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn byline_all(tx: &mut Tx) -> Result<Vec<Byline>, Error> {
    fetch_all!(tx, byline, "SELECT id, slug, names, about FROM byline ORDER BY slug")
}

/// Removes a byline from every story, and itself; the stories that it signed.
///
/// # Errors
/// When the query fails.
pub async fn byline_remove(tx: &mut Tx, id: BylineId) -> Result<Vec<StoryId>, Error> {
    let mut stories =
        fetch_all!(tx, story_id, "DELETE FROM story_byline WHERE byline = $1 RETURNING story AS id", id.0)?;
    execute!(tx, "DELETE FROM byline WHERE id = $1", id.0)?;
    stories.sort_unstable();
    Ok(stories)
}

/// How many stories, in any language and state, each of these bylines signs; those that sign none are left out.
///
/// # Errors
/// When the query fails.
pub async fn byline_totals(tx: &mut Tx, ids: &[BylineId]) -> Result<HashMap<BylineId, i64>, Error> {
    let mut totals = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(LIST_MAX) {
        let list: Vec<Uuid> = chunk.iter().map(|id| id.0).collect();
        let sql = format!(
            "SELECT byline AS id, count(*) AS n FROM story_byline WHERE byline IN ({}) GROUP BY byline",
            placeholders(1, list.len())
        );
        totals.extend(fetch_listed!(tx, byline_total, sql, [], filled(&list))?);
    }
    Ok(totals)
}

fn byline_total<R: Fields>(row: &R) -> Result<(BylineId, i64), Error> {
    Ok((BylineId(row.get("id")?), number(row)?))
}
