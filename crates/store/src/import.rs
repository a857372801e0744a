//! What an import made of what: so that the same export twice changes nothing, and a newer one updates.

use std::collections::HashMap;

use model::Timestamp;
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, LIST_MAX, filled, placeholders},
};

/// What an item of another system became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportLink {
    /// The id of the story, page, photo ….
    pub entity: Uuid,
    /// What the item was like when it was last taken over: a hash.
    pub fingerprint: String,
}

/// What an item became; `None` when it was never taken over.
///
/// # Errors
/// When the query fails.
pub async fn import_link(tx: &mut Tx, source: &str, kind: &str, foreign_id: &str) -> Result<Option<ImportLink>, Error> {
    const SQL: &str = "SELECT foreign_id, entity, fingerprint FROM import_link
                       WHERE source = $1 AND kind = $2 AND foreign_id = $3";
    Ok(fetch_optional!(tx, link, SQL, source, kind, foreign_id)?.map(|(_, link)| link))
}

/// What these items became, by foreign id; those never taken over are left out.
///
/// # Errors
/// When the query fails.
pub async fn import_links(
    tx: &mut Tx,
    source: &str,
    kind: &str,
    foreign_ids: &[&str],
) -> Result<HashMap<String, ImportLink>, Error> {
    let mut found = HashMap::with_capacity(foreign_ids.len());
    for chunk in foreign_ids.chunks(LIST_MAX) {
        let sql = format!(
            "SELECT foreign_id, entity, fingerprint FROM import_link
             WHERE source = $1 AND kind = $2 AND foreign_id IN ({})",
            placeholders(3, chunk.len())
        );
        found.extend(fetch_listed!(tx, link, sql, [source, kind], filled(chunk))?);
    }
    Ok(found)
}

fn link<R: Fields>(row: &R) -> Result<(String, ImportLink), Error> {
    Ok((row.get("foreign_id")?, ImportLink { entity: row.get("entity")?, fingerprint: row.get("fingerprint")? }))
}

/// Notes what items of a source became, each `(kind, foreign id)` once.
///
/// # Errors
/// [`Error::TooLong`] when an id is no id.
pub async fn import_link_set_all(
    tx: &mut Tx,
    source: &str,
    links: &[(&'static str, String, ImportLink)],
    now: Timestamp,
) -> Result<(), Error> {
    for (_, foreign_id, _) in links {
        crate::error::indexable("an id in an export", source.len() + foreign_id.len())?;
    }
    insert_rows!(tx, "INSERT INTO import_link (source, kind, foreign_id, entity, fingerprint, at)", SET, 6, links,
        (kind, foreign_id, link) => [source, *kind, foreign_id.as_str(), link.entity, link.fingerprint.as_str(), now.as_millis()]);
    Ok(())
}

const SET: &str = "ON CONFLICT (source, kind, foreign_id)
    DO UPDATE SET entity = excluded.entity, fingerprint = excluded.fingerprint, at = excluded.at";

/// Notes what an item became.
///
/// # Errors
/// [`Error::TooLong`] when its id is no id.
pub async fn import_link_set(
    tx: &mut Tx,
    source: &str,
    kind: &'static str,
    foreign_id: &str,
    entity: Uuid,
    fingerprint: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let link = ImportLink { entity, fingerprint: fingerprint.to_owned() };
    import_link_set_all(tx, source, &[(kind, foreign_id.to_owned(), link)], now).await
}

/// Makes what became one row another one's: what is imported again goes there.
///
/// # Errors
/// When the query fails.
pub async fn import_link_repoint(tx: &mut Tx, from: Uuid, into: Uuid) -> Result<(), Error> {
    execute!(tx, "UPDATE import_link SET entity = $2 WHERE entity = $1", from, into)?;
    Ok(())
}

/// Forgets what became a row: the same export may bring it again.
///
/// # Errors
/// When the query fails.
pub async fn import_link_forget(tx: &mut Tx, entity: Uuid) -> Result<(), Error> {
    execute!(tx, "DELETE FROM import_link WHERE entity = $1", entity)?;
    Ok(())
}

/// Source, kind and foreign id of everything that became a row.
///
/// # Errors
/// When the query fails.
pub async fn import_link_sources(tx: &mut Tx, entity: Uuid) -> Result<Vec<(String, String, String)>, Error> {
    fetch_all!(tx, origin, "SELECT source, kind, foreign_id FROM import_link WHERE entity = $1", entity)
}

fn origin<R: Fields>(row: &R) -> Result<(String, String, String), Error> {
    Ok((row.get("source")?, row.get("kind")?, row.get("foreign_id")?))
}

/// Forgets what one item became.
///
/// # Errors
/// When the query fails.
pub async fn import_link_delete(tx: &mut Tx, source: &str, kind: &str, foreign_id: &str) -> Result<(), Error> {
    let sql = "DELETE FROM import_link WHERE source = $1 AND kind = $2 AND foreign_id = $3";
    execute!(tx, sql, source, kind, foreign_id)?;
    Ok(())
}
