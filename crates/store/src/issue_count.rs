//! Sums of an issue: what came of its deliveries, by mailbox provider and by form. They are added to in the transaction
//! that settles a delivery, and stay when its row goes.

use model::IssueId;

use crate::{
    Error, Tx,
    sql::{Fields, number},
};

/// Adds to sums of an issue. In the order of their names, so that nodes that settle at the same time wait for each other
/// and never across.
///
/// # Errors
/// When a query fails.
pub async fn issue_count_add(
    tx: &mut Tx,
    issue: IssueId,
    counts: impl IntoIterator<Item = (String, i64)>,
) -> Result<(), Error> {
    const SQL: &str = "INSERT INTO issue_count (issue, what, count) VALUES ($1, $2, $3)
                       ON CONFLICT (issue, what) DO UPDATE SET count = issue_count.count + excluded.count";
    let sorted: std::collections::BTreeMap<String, i64> =
        counts.into_iter().fold(std::collections::BTreeMap::new(), |mut sums, (what, count)| {
            *sums.entry(what).or_default() += count;
            sums
        });
    for (what, count) in sorted {
        execute!(tx, SQL, issue.0, what.as_str(), count)?;
    }
    Ok(())
}

/// Every sum of an issue, by name.
///
/// # Errors
/// When the query fails.
pub async fn issue_counts(tx: &mut Tx, issue: IssueId) -> Result<Vec<(String, i64)>, Error> {
    const SQL: &str = "SELECT what, count AS n FROM issue_count WHERE issue = $1 ORDER BY what";
    fetch_all!(tx, sum, SQL, issue.0)
}

fn sum<R: Fields>(row: &R) -> Result<(String, i64), Error> {
    Ok((row.get("what")?, number(row)?))
}
