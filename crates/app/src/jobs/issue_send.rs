//! Hands an approved issue to delivery. Safe to run again: one that was started is not approved any more.

use model::{IssueId, Job};

use crate::{Newsroom, delivery, error::Error};

/// Payload: `{"issue": "<id>"}`. An issue that is not approved any more is left alone.
pub(super) async fn handle(newsroom: &Newsroom, job: &Job) -> Result<(), Error> {
    let id: IssueId = serde_json::from_value(job.payload["issue"].clone())?;
    if let Some(frozen) = delivery::start(newsroom, id, "masthead").await? {
        tracing::info!(issue = %id, frozen, "an issue is being sent");
    }
    Ok(())
}
