//! Sends an issue, or holds it, at its time.

use model::{IssueId, Job, Timestamp};

use crate::{Newsroom, error::Error, issues};

/// Payload: `{"issue": "<id>", "due": <milliseconds>}`. An issue that was moved to another time is left alone.
pub(super) async fn handle(newsroom: &Newsroom, job: &Job) -> Result<(), Error> {
    let id: IssueId = serde_json::from_value(job.payload["issue"].clone())?;
    let due: Timestamp = serde_json::from_value(job.payload["due"].clone())?;
    issues::come_due(newsroom, id, due).await
}
