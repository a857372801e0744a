//! Takes a breaking banner away at its time. Safe to run again: one that was set anew is left alone.

use model::{Job, Language};

use crate::{Newsroom, error::Error, front};

/// Payload: `{"language": "<tag>"}`.
pub(super) async fn handle(newsroom: &Newsroom, job: &Job) -> Result<(), Error> {
    let language: Language = serde_json::from_value(job.payload["language"].clone())?;
    front::end(newsroom, &language).await
}
