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

/// Notes what an item became.
///
/// # Errors
/// [`Error::TooLong`] when its id is no id.
pub async fn import_link_set(
    tx: &mut Tx,
    source: &str,
    kind: &str,
    foreign_id: &str,
    entity: Uuid,
    fingerprint: &str,
    now: Timestamp,
) -> Result<(), Error> {
    crate::error::indexable("an id in an export", source.len() + foreign_id.len())?;
    execute!(
        tx,
        "INSERT INTO import_link (source, kind, foreign_id, entity, fingerprint, at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (source, kind, foreign_id)
         DO UPDATE SET entity = excluded.entity, fingerprint = excluded.fingerprint, at = excluded.at",
        source,
        kind,
        foreign_id,
        entity,
        fingerprint,
        now.as_millis(),
    )?;
    Ok(())
}
