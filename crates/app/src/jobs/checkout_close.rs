//! Closes a page at its gateway that was open when everything was stopped. Safe to run again: one that is closed stays so.

use model::{ContributionId, Job};

use crate::{Newsroom, error::Error, support::stop};

/// Payload: `{"contribution": "<id>", "stop": <milliseconds>}`, as a pledge's.
pub(super) async fn handle(newsroom: &Newsroom, job: &Job) -> Result<(), Error> {
    let contribution: ContributionId = serde_json::from_value(job.payload["contribution"].clone())?;
    stop::close(newsroom, contribution, job).await
}
