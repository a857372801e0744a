//! Links that open a giver's own page: only their hashes are here.

use model::{ContributionId, Month};
use uuid::Uuid;

use crate::{Error, Tx, sql::Fields};

/// Adds a link that is good until a month, that month among it.
///
/// # Errors
/// When the query fails.
pub async fn contribution_link_add(tx: &mut Tx, hash: &str, of: ContributionId, until: Month) -> Result<(), Error> {
    const SQL: &str = "INSERT INTO contribution_link (hash, contribution, until) VALUES ($1, $2, $3)";
    execute!(tx, SQL, hash, of.0, until.0)?;
    Ok(())
}

/// Whose page a link opens in a month.
///
/// # Errors
/// When the query fails.
pub async fn contribution_link_opens(tx: &mut Tx, hash: &str, now: Month) -> Result<Option<ContributionId>, Error> {
    const SQL: &str = "SELECT contribution FROM contribution_link WHERE hash = $1 AND until >= $2";
    fetch_optional!(tx, opened, SQL, hash, now.0)
}

fn opened<R: Fields>(row: &R) -> Result<ContributionId, Error> {
    Ok(ContributionId(row.get::<Uuid>("contribution")?))
}

/// Forgets the links of a contribution.
///
/// # Errors
/// When the query fails.
pub async fn contribution_link_forget(tx: &mut Tx, of: ContributionId) -> Result<u64, Error> {
    execute!(tx, "DELETE FROM contribution_link WHERE contribution = $1", of.0)
}

/// Forgets the links that were good until before a month.
///
/// # Errors
/// When the query fails.
pub async fn contribution_link_expire(tx: &mut Tx, before: Month) -> Result<u64, Error> {
    execute!(tx, "DELETE FROM contribution_link WHERE until < $1", before.0)
}

/// Forgets the links to what was begun before a month and never paid.
///
/// # Errors
/// When the query fails.
pub async fn contribution_link_forget_failed(tx: &mut Tx, before: Month) -> Result<u64, Error> {
    const SQL: &str = "DELETE FROM contribution_link
                       WHERE contribution IN (SELECT id FROM contribution WHERE state = 'failed' AND month < $1)";
    execute!(tx, SQL, before.0)
}
