//! Filters of the story list that somebody gave a name.

use model::StaffId;
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, number},
};

/// A filter with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFilter {
    /// Its id.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// The list's query, without `?`.
    pub query: String,
}

/// Somebody's filters by name.
///
/// # Errors
/// When the query fails.
pub async fn saved_filter_list(tx: &mut Tx, staff: StaffId) -> Result<Vec<SavedFilter>, Error> {
    const SQL: &str = "SELECT id, name, query FROM saved_filter WHERE staff = $1 ORDER BY name, id";
    fetch_all!(tx, saved_filter, SQL, staff.0)
}

/// How many filters somebody has.
///
/// # Errors
/// When the query fails.
pub async fn saved_filter_count(tx: &mut Tx, staff: StaffId) -> Result<i64, Error> {
    fetch_one!(tx, number, "SELECT count(*) AS n FROM saved_filter WHERE staff = $1", staff.0)
}

/// Keeps a filter; one of the same name is replaced.
///
/// # Errors
/// When the query fails.
pub async fn saved_filter_set(tx: &mut Tx, staff: StaffId, filter: &SavedFilter) -> Result<(), Error> {
    execute!(tx, "DELETE FROM saved_filter WHERE staff = $1 AND name = $2", staff.0, filter.name.as_str())?;
    execute!(
        tx,
        "INSERT INTO saved_filter (id, staff, name, query) VALUES ($1, $2, $3, $4)",
        filter.id,
        staff.0,
        filter.name.as_str(),
        filter.query.as_str(),
    )?;
    Ok(())
}

/// Removes somebody's filter; `false` when it is not there, or somebody else's.
///
/// # Errors
/// When the query fails.
pub async fn saved_filter_delete(tx: &mut Tx, staff: StaffId, id: Uuid) -> Result<bool, Error> {
    Ok(execute!(tx, "DELETE FROM saved_filter WHERE id = $1 AND staff = $2", id, staff.0)? > 0)
}

fn saved_filter<R: Fields>(row: &R) -> Result<SavedFilter, Error> {
    Ok(SavedFilter { id: row.get("id")?, name: row.get("name")?, query: row.get("query")? })
}
