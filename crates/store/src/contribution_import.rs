//! Pledges that another system began: whose they were, and when they were taken in.

use model::{ContributionId, Timestamp};

use crate::{Error, Tx, sql::Fields};

/// Notes that a contribution was taken in from another system.
///
/// # Errors
/// When the query fails, or it is noted already.
pub async fn contribution_import_add(
    tx: &mut Tx,
    of: ContributionId,
    source: &str,
    at: Timestamp,
) -> Result<(), Error> {
    const SQL: &str = "INSERT INTO contribution_import (contribution, source, imported) VALUES ($1, $2, $3)";
    execute!(tx, SQL, of.0, source, at.as_millis())?;
    Ok(())
}

/// When a contribution was taken in; `None` for one that began here.
///
/// # Errors
/// When the query fails.
pub async fn contribution_import_at(tx: &mut Tx, of: ContributionId) -> Result<Option<Timestamp>, Error> {
    fetch_optional!(tx, at, "SELECT imported FROM contribution_import WHERE contribution = $1", of.0)
}

fn at<R: Fields>(row: &R) -> Result<Timestamp, Error> {
    row.time("imported")
}
