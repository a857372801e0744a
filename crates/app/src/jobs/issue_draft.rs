//! Makes the drafts of issues whose time to be made has come.

use model::Job;

use crate::{Newsroom, error::Error, issues};

/// Payload: none. It looks at every newsletter.
pub(super) async fn handle(newsroom: &Newsroom, _job: &Job) -> Result<(), Error> {
    issues::tend(newsroom).await
}
