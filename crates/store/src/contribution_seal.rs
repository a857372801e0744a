//! What givers left, sealed, when keys change: a page of rows after the other.

use model::{Contribution, ContributionId, Lookup, Sealed};
use uuid::Uuid;

use crate::{Error, Tx, contribution::contribution, sql::number};

/// The next contributions after one (`None`: from the start) that hold something of their giver, by id.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn contribution_sealed_page(
    tx: &mut Tx,
    after: Option<ContributionId>,
    limit: i64,
) -> Result<Vec<Contribution>, Error> {
    const SQL: &str = crate::contribution::select_contribution!(
        "WHERE id > $1 AND (lookup IS NOT NULL OR contact IS NOT NULL OR message IS NOT NULL) ORDER BY id LIMIT $2"
    );
    let after = after.map_or_else(Uuid::nil, |id| id.0);
    fetch_all!(tx, contribution, SQL, after, limit)
}

/// Replaces what a giver left, and what they are found by; `false` when that was changed since `of` was read: who was erased
/// meanwhile stays erased.
///
/// # Errors
/// When the query fails.
pub async fn contribution_reseal(
    tx: &mut Tx,
    of: &Contribution,
    contact: Option<&Sealed>,
    message: Option<&Sealed>,
    lookup: Option<&Lookup>,
) -> Result<bool, Error> {
    const SQL: &str = "UPDATE contribution SET contact = $2, message = $3, lookup = $4
                       WHERE id = $1 AND contact IS NOT DISTINCT FROM $5 AND message IS NOT DISTINCT FROM $6";
    let bytes = |sealed: Option<&Sealed>| sealed.map(|sealed| sealed.0.clone());
    let written = execute!(
        tx,
        SQL,
        of.id.0,
        bytes(contact),
        bytes(message),
        lookup.map(|lookup| lookup.0.to_vec()),
        bytes(of.contact.as_ref()),
        bytes(of.message.as_ref()),
    )?;
    Ok(written > 0)
}

/// How many contributions hold something of their giver.
///
/// # Errors
/// When the query fails.
pub async fn contribution_sealed_count(tx: &mut Tx) -> Result<i64, Error> {
    const SQL: &str = "SELECT count(*) AS n FROM contribution
                       WHERE lookup IS NOT NULL OR contact IS NOT NULL OR message IS NOT NULL";
    fetch_one!(tx, number, SQL)
}
