//! What the logs and the jobs look like from outside, for programs that watch them.

use model::{JobState, JournalRow, Role, Staff};
use store::AuditRow;

use crate::{Newsroom, error::Error, staff::Denial};

fn publishes(staff: &Staff) -> Result<(), Error> {
    if staff.role < Role::Publisher { Err(Denial::Role.into()) } else { Ok(()) }
}

/// The next rows of the journal after a `seq`, in order.
///
/// # Errors
/// [`Denial::Role`].
pub async fn journal(newsroom: &Newsroom, staff: &Staff, after: i64, limit: i64) -> Result<Vec<JournalRow>, Error> {
    publishes(staff)?;
    let mut tx = newsroom.store().read().await?;
    Ok(store::journal_after(&mut tx, after, limit).await?)
}

/// Who did what, before a `seq`, the newest first.
///
/// # Errors
/// [`Denial::Role`].
pub async fn deeds(newsroom: &Newsroom, staff: &Staff, before: i64, limit: i64) -> Result<Vec<AuditRow>, Error> {
    publishes(staff)?;
    let mut tx = newsroom.store().read().await?;
    Ok(store::audit_list(&mut tx, before, limit).await?)
}

/// How many jobs there are of each kind and state.
///
/// # Errors
/// [`Denial::Role`].
pub async fn jobs(newsroom: &Newsroom, staff: &Staff) -> Result<Vec<(String, JobState, i64)>, Error> {
    publishes(staff)?;
    let mut tx = newsroom.store().read().await?;
    Ok(store::job_counts(&mut tx).await?)
}
