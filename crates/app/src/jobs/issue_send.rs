//! Hands an approved issue to delivery.

use model::{IssueId, Job};

use crate::{Newsroom, error::Error};

/// Payload: `{"issue": "<id>"}`. An issue that is not approved any more is left alone.
pub(super) async fn handle(_newsroom: &Newsroom, job: &Job) -> Result<(), Error> {
    let id: IssueId = serde_json::from_value(job.payload["issue"].clone())?;
    Err(Error::Refused(format!("this program has nothing to send issue {id} with")))
}
