//! Ends a pledge at its gateway after everything was stopped. Safe to run again: one that is ended stays so.

use model::{ContributionId, Job};

use crate::{Newsroom, error::Error, support::stop};

/// Payload: `{"contribution": "<id>", "stop": <milliseconds>}`; which stop it belongs to is for counting.
pub(super) async fn handle(newsroom: &Newsroom, job: &Job) -> Result<(), Error> {
    let contribution: ContributionId = serde_json::from_value(job.payload["contribution"].clone())?;
    stop::end(newsroom, contribution, job.id).await
}
