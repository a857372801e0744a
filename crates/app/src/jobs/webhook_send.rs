//! Sends a message to a webhook.

use model::{Job, WebhookMessageId};
use store::Tx;

use crate::{Newsroom, connections::webhooks, error::Error};

/// Payload: `{"delivery": "<id>"}`.
fn delivery(job: &Job) -> Result<WebhookMessageId, Error> {
    Ok(serde_json::from_value(job.payload["delivery"].clone())?)
}

pub(super) async fn handle(newsroom: &Newsroom, job: &Job) -> Result<(), Error> {
    webhooks::send(newsroom, delivery(job)?).await
}

/// Says on the message itself that it will not be tried again.
pub(super) async fn given_up(tx: &mut Tx, job: &Job, why: &str) -> Result<(), Error> {
    webhooks::give_up(tx, delivery(job)?, why).await
}
