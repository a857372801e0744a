//! Newsletters.

use std::collections::HashMap;

use model::{Newsletter, NewsletterId};

use crate::{
    Error, Tx,
    sql::{Fields, number, to_json},
};

macro_rules! select_newsletter {
    ($rest:literal) => {
        concat!("SELECT id, slug, language, position, active, made_at, settings FROM newsletter ", $rest)
    };
}

fn newsletter<R: Fields>(row: &R) -> Result<Newsletter, Error> {
    Ok(Newsletter {
        id: NewsletterId(row.get("id")?),
        slug: row.slug("slug")?,
        language: row.language("language")?,
        position: row.get("position")?,
        active: row.get("active")?,
        made_at: row.time("made_at")?,
        settings: row.json("settings")?,
    })
}

/// Adds a newsletter.
///
/// # Errors
/// [`Error::Taken`] when another one has its slug.
pub async fn newsletter_insert(tx: &mut Tx, newsletter: &Newsletter) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO newsletter (id, slug, language, position, active, made_at, settings) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        newsletter.id.0,
        newsletter.slug.as_str(),
        newsletter.language.as_str(),
        newsletter.position,
        newsletter.active,
        newsletter.made_at.as_millis(),
        to_json("settings", &newsletter.settings)?,
    )?;
    Ok(())
}

/// Writes everything of a newsletter but when it was made; `false` when it is not there.
///
/// # Errors
/// [`Error::Taken`] when another one has its slug.
pub async fn newsletter_update(tx: &mut Tx, newsletter: &Newsletter) -> Result<bool, Error> {
    const SQL: &str = "UPDATE newsletter SET slug = $2, language = $3, position = $4, active = $5, settings = $6
                       WHERE id = $1";
    let changed = execute!(
        tx,
        SQL,
        newsletter.id.0,
        newsletter.slug.as_str(),
        newsletter.language.as_str(),
        newsletter.position,
        newsletter.active,
        to_json("settings", &newsletter.settings)?,
    )?;
    Ok(changed > 0)
}

/// Every newsletter, in their order.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn newsletter_all(tx: &mut Tx) -> Result<Vec<Newsletter>, Error> {
    fetch_all!(tx, newsletter, select_newsletter!("ORDER BY position, made_at, id"))
}

/// A newsletter by its id.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn newsletter_by_id(tx: &mut Tx, id: NewsletterId) -> Result<Option<Newsletter>, Error> {
    fetch_optional!(tx, newsletter, select_newsletter!("WHERE id = $1"), id.0)
}

/// A newsletter by its slug.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn newsletter_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Newsletter>, Error> {
    fetch_optional!(tx, newsletter, select_newsletter!("WHERE slug = $1"), slug)
}

/// How many have signed up for each newsletter; those with nobody are left out.
///
/// # Errors
/// When the query fails.
pub async fn newsletter_sizes(tx: &mut Tx) -> Result<HashMap<NewsletterId, i64>, Error> {
    const SQL: &str = "SELECT newsletter, count(*) AS n FROM subscription WHERE week >= 0 GROUP BY newsletter";
    Ok(fetch_all!(tx, size, SQL)?.into_iter().collect())
}

fn size<R: Fields>(row: &R) -> Result<(NewsletterId, i64), Error> {
    Ok((NewsletterId(row.get("newsletter")?), number(row)?))
}
