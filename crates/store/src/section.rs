//! Sections: where stories stand.

use std::collections::{HashMap, HashSet};

use model::{Language, Names, Section, SectionId};
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, number, to_json},
};

fn section<R: Fields>(row: &R) -> Result<Section, Error> {
    Ok(Section {
        id: SectionId(row.get("id")?),
        slug: row.slug("slug")?,
        names: row.json::<Names>("names")?,
        about: row.json::<Names>("about")?,
        position: row.get("position")?,
        parent: row.get::<Option<Uuid>>("parent")?.map(SectionId),
    })
}

/// Adds a section.
///
/// # Errors
/// [`Error::Taken`] when its slug or id is there already; [`Error::Dangling`], at the latest at the commit, when the
/// section it stands under is not there.
pub async fn section_insert(tx: &mut Tx, section: &Section) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO section (id, slug, names, about, position, parent) VALUES ($1, $2, $3, $4, $5, $6)",
        section.id.0,
        section.slug.as_str(),
        to_json("names", &section.names)?,
        to_json("about", &section.about)?,
        section.position,
        section.parent.map(|id| id.0),
    )?;
    Ok(())
}

/// Writes a section over what was there; `false` when it is gone.
///
/// # Errors
/// As [`section_insert`].
pub async fn section_update(tx: &mut Tx, section: &Section) -> Result<bool, Error> {
    let written = execute!(
        tx,
        "UPDATE section SET slug = $2, names = $3, about = $4, position = $5, parent = $6 WHERE id = $1",
        section.id.0,
        section.slug.as_str(),
        to_json("names", &section.names)?,
        to_json("about", &section.about)?,
        section.position,
        section.parent.map(|id| id.0),
    )?;
    Ok(written > 0)
}

/// A section by its id.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn section_by_id(tx: &mut Tx, id: SectionId) -> Result<Option<Section>, Error> {
    const SQL: &str = "SELECT id, slug, names, about, position, parent FROM section WHERE id = $1";
    fetch_optional!(tx, section, SQL, id.0)
}

/// A section by its slug.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn section_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Section>, Error> {
    const SQL: &str = "SELECT id, slug, names, about, position, parent FROM section WHERE slug = $1";
    fetch_optional!(tx, section, SQL, slug)
}

/// Every section, in the order of the menu.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn section_all(tx: &mut Tx) -> Result<Vec<Section>, Error> {
    const SQL: &str = "SELECT id, slug, names, about, position, parent FROM section ORDER BY position, slug";
    fetch_all!(tx, section, SQL)
}

/// Removes a section; its stories stand in none, the sections under it stand by themselves. `false` when it is gone.
///
/// # Errors
/// When the query fails.
pub async fn section_delete(tx: &mut Tx, id: SectionId) -> Result<bool, Error> {
    Ok(execute!(tx, "DELETE FROM section WHERE id = $1", id.0)? > 0)
}

/// The sections in which stories of a language stand.
///
/// # Errors
/// When the query fails.
pub async fn section_in_use(tx: &mut Tx, language: &Language) -> Result<HashSet<SectionId>, Error> {
    const SQL: &str = "SELECT id FROM section c WHERE EXISTS
                       (SELECT 1 FROM story WHERE section = c.id AND language = $1 AND state = 'published')";
    Ok(fetch_all!(tx, section_id, SQL, language.as_str())?.into_iter().collect())
}

fn section_id<R: Fields>(row: &R) -> Result<SectionId, Error> {
    Ok(SectionId(row.get("id")?))
}

/// How many stories stand in each section, in any language and state; sections without one are left out.
///
/// # Errors
/// When the query fails.
pub async fn section_counts(tx: &mut Tx) -> Result<HashMap<SectionId, i64>, Error> {
    const SQL: &str = "SELECT section AS id, count(*) AS n FROM story WHERE section IS NOT NULL GROUP BY section";
    Ok(fetch_all!(tx, section_count, SQL)?.into_iter().collect())
}

fn section_count<R: Fields>(row: &R) -> Result<(SectionId, i64), Error> {
    Ok((section_id(row)?, number(row)?))
}

/// Moves every story of a section into another one, and says how many. Each gets a new version, so that a save that
/// began before finds that it was overtaken.
///
/// # Errors
/// [`Error::Dangling`] when the other section is not there.
pub async fn section_move_stories(tx: &mut Tx, from: SectionId, into: SectionId) -> Result<u64, Error> {
    let moved =
        execute!(tx, "UPDATE story SET section = $2, version = version + 1 WHERE section = $1", from.0, into.0)?;
    execute!(tx, "UPDATE story_desk SET section = $2 WHERE section = $1", from.0, into.0)?;
    Ok(moved)
}
