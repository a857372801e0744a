//! Makes pages anew when an appeal begins or ends. Safe to run again: pages are made anew once more.

use model::{AppealId, Job, Timestamp};

use crate::{Newsroom, error::Error, support::appeals};

/// Payload: `{"appeal": "<id>", "at": <milliseconds>}`.
pub(super) async fn handle(newsroom: &Newsroom, job: &Job) -> Result<(), Error> {
    let appeal: AppealId = serde_json::from_value(job.payload["appeal"].clone())?;
    let at: i64 = serde_json::from_value(job.payload["at"].clone())?;
    appeals::turn(newsroom, appeal, Timestamp::from_millis(at)).await
}
