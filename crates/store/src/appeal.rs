//! Appeals and their variants.

use model::{Appeal, AppealId, AppealKind, AppealState, Document, Language, Variant, VariantId};

use crate::{
    Error, Tx,
    sql::{Fields, number, to_json},
};

macro_rules! select_appeal {
    ($rest:literal) => {
        concat!("SELECT id, kind, position, state, made_at, settings FROM appeal ", $rest)
    };
}

fn appeal<R: Fields>(row: &R) -> Result<Appeal, Error> {
    Ok(Appeal {
        id: AppealId(row.get("id")?),
        kind: row.parsed("kind", AppealKind::parse)?,
        position: row.get("position")?,
        state: row.parsed("state", AppealState::parse)?,
        made_at: row.time("made_at")?,
        settings: row.json("settings")?,
    })
}

/// Adds an appeal.
///
/// # Errors
/// [`Error::Taken`] when its id is there already.
pub async fn appeal_insert(tx: &mut Tx, appeal: &Appeal) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO appeal (id, kind, position, state, made_at, settings) VALUES ($1, $2, $3, $4, $5, $6)",
        appeal.id.0,
        appeal.kind.as_str(),
        appeal.position,
        appeal.state.as_str(),
        appeal.made_at.as_millis(),
        to_json("settings", &appeal.settings)?,
    )?;
    Ok(())
}

/// Writes place, state and settings of an appeal; `false` when it is not there.
///
/// # Errors
/// When the query fails.
pub async fn appeal_update(tx: &mut Tx, appeal: &Appeal) -> Result<bool, Error> {
    let changed = execute!(
        tx,
        "UPDATE appeal SET position = $2, state = $3, settings = $4 WHERE id = $1",
        appeal.id.0,
        appeal.position,
        appeal.state.as_str(),
        to_json("settings", &appeal.settings)?,
    )?;
    Ok(changed > 0)
}

/// Deletes an appeal with its variants, texts and counts; `false` when it is not there.
///
/// # Errors
/// When the query fails.
pub async fn appeal_delete(tx: &mut Tx, id: AppealId) -> Result<bool, Error> {
    Ok(execute!(tx, "DELETE FROM appeal WHERE id = $1", id.0)? > 0)
}

/// Every appeal: banners first, each kind in its order.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn appeal_all(tx: &mut Tx) -> Result<Vec<Appeal>, Error> {
    fetch_all!(tx, appeal, select_appeal!("ORDER BY kind, position, id"))
}

/// An appeal by its id.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn appeal_by_id(tx: &mut Tx, id: AppealId) -> Result<Option<Appeal>, Error> {
    fetch_optional!(tx, appeal, select_appeal!("WHERE id = $1"), id.0)
}

/// The place behind the last appeal of a kind.
///
/// # Errors
/// When the query fails.
pub async fn appeal_last_position(tx: &mut Tx, kind: AppealKind) -> Result<i64, Error> {
    let sql = "SELECT coalesce(max(position), 0) + 1 AS n FROM appeal WHERE kind = $1";
    fetch_one!(tx, number, sql, kind.as_str())
}

/// A started appeal as readers of a language may get it: its variants with a text in that language, the first in front.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppealShown {
    /// The appeal.
    pub appeal: Appeal,
    /// Its active variants, with what they say.
    pub variants: Vec<(Variant, Document)>,
}

/// The started appeals that say something in a language, in their order, whatever their dates.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn appeal_shown(tx: &mut Tx, language: &Language) -> Result<Vec<AppealShown>, Error> {
    const SQL: &str = "SELECT a.id, a.kind, a.position, a.state, a.made_at, a.settings,
            v.id AS variant, v.position AS place, v.name, v.weight, v.active, t.shown
        FROM appeal a JOIN appeal_variant v ON v.appeal = a.id JOIN appeal_text t ON t.variant = v.id
        WHERE a.state = 'started' AND v.active AND t.language = $1 AND t.shown IS NOT NULL
        ORDER BY a.kind, a.position, a.id, v.position";
    let mut all: Vec<AppealShown> = Vec::new();
    for (appeal, variant, document) in fetch_all!(tx, shown, SQL, language.as_str())? {
        match all.last_mut().filter(|last| last.appeal.id == appeal.id) {
            Some(last) => last.variants.push((variant, document)),
            None => all.push(AppealShown { appeal, variants: vec![(variant, document)] }),
        }
    }
    Ok(all)
}

fn shown<R: Fields>(row: &R) -> Result<(Appeal, Variant, Document), Error> {
    let appeal = appeal(row)?;
    let variant = Variant {
        id: VariantId(row.get("variant")?),
        appeal: appeal.id,
        position: row.get("place")?,
        name: row.get("name")?,
        weight: row.get("weight")?,
        active: row.get("active")?,
    };
    Ok((appeal, variant, row.document("shown")?))
}

fn variant<R: Fields>(row: &R) -> Result<Variant, Error> {
    Ok(Variant {
        id: VariantId(row.get("id")?),
        appeal: AppealId(row.get("appeal")?),
        position: row.get("position")?,
        name: row.get("name")?,
        weight: row.get("weight")?,
        active: row.get("active")?,
    })
}

/// Writes a variant, new or not.
///
/// # Errors
/// [`Error::Dangling`] when its appeal is not there.
pub async fn appeal_variant_save(tx: &mut Tx, variant: &Variant) -> Result<(), Error> {
    const SQL: &str =
        "INSERT INTO appeal_variant (id, appeal, position, name, weight, active) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE SET position = excluded.position, name = excluded.name, weight = excluded.weight,
            active = excluded.active";
    execute!(
        tx,
        SQL,
        variant.id.0,
        variant.appeal.0,
        variant.position,
        variant.name.as_str(),
        variant.weight,
        variant.active
    )?;
    Ok(())
}

/// Every variant of an appeal, in their order.
///
/// # Errors
/// When the query fails.
pub async fn appeal_variants(tx: &mut Tx, appeal: AppealId) -> Result<Vec<Variant>, Error> {
    const SQL: &str = "SELECT id, appeal, position, name, weight, active FROM appeal_variant WHERE appeal = $1
                       ORDER BY position, id";
    fetch_all!(tx, variant, SQL, appeal.0)
}

/// A variant by its id.
///
/// # Errors
/// When the query fails.
pub async fn appeal_variant_by_id(tx: &mut Tx, id: VariantId) -> Result<Option<Variant>, Error> {
    const SQL: &str = "SELECT id, appeal, position, name, weight, active FROM appeal_variant WHERE id = $1";
    fetch_optional!(tx, variant, SQL, id.0)
}

/// The variants of appeals that are started.
///
/// # Errors
/// When the query fails.
pub async fn appeal_variants_started(tx: &mut Tx) -> Result<Vec<VariantId>, Error> {
    const SQL: &str = "SELECT v.id FROM appeal_variant v JOIN appeal a ON a.id = v.appeal
                       WHERE a.state = 'started' AND v.active ORDER BY v.id";
    fetch_all!(tx, variant_id, SQL)
}

fn variant_id<R: Fields>(row: &R) -> Result<VariantId, Error> {
    Ok(VariantId(row.get("id")?))
}
