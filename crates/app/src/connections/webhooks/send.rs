//! Sending one message.

use model::{Timestamp, Webhook, WebhookMessage, WebhookMessageId, WebhookMessageState};

use super::sign::signature;
use crate::{Newsroom, error::Error};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Pauses between attempts: what the specification advises, three days in all.
pub(crate) const PAUSES: [i64; 9] =
    [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

/// A webhook where nothing has arrived for so many days is switched off.
pub const OFF_AFTER_DAYS: i64 = 5;

/// The status that says: never again (RFC 9110, section 15.5.11, and the specification).
const GONE: u16 = 410;

/// Sends a message. Sent again, it is the same message with the same id.
///
/// # Errors
/// [`Error::Refused`] when it did not arrive and is to be sent again; the text says why.
pub(crate) async fn send(newsroom: &Newsroom, id: WebhookMessageId) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let Some(delivery) = store::webhook_message_by_id(&mut tx, id).await? else { return Ok(()) };
    let Some(webhook) = store::webhook_by_id(&mut tx, delivery.webhook).await? else { return Ok(()) };
    if !webhook.active {
        store::webhook_message_note(&mut tx, id, WebhookMessageState::GivenUp, Some("the webhook is switched off"))
            .await?;
        return Ok(tx.commit().await?);
    }
    store::webhook_message_begin(&mut tx, id, now).await?;
    tx.commit().await?;
    newsroom.abort_point("webhook.begun");
    let outcome = post(newsroom, &webhook, &delivery, now).await;
    newsroom.abort_point("webhook.sent");
    note(newsroom, &webhook, id, &outcome).await?;
    outcome.map(drop).map_err(|said| Error::Refused(said.text))
}

/// What came of an attempt that did not succeed.
struct Failed {
    text: String,
    gone: bool,
}

async fn post(
    newsroom: &Newsroom,
    webhook: &Webhook,
    delivery: &WebhookMessage,
    now: Timestamp,
) -> Result<String, Failed> {
    let failed = |text: String| Failed { text, gone: false };
    let id = format!("msg_{}", delivery.id.0.simple());
    let seconds = now.as_millis().div_euclid(1_000);
    let signed = signature(&webhook.secret, &id, seconds, &delivery.body);
    let signed = signed.ok_or_else(|| failed("its secret is broken; make the webhook again".to_owned()))?;
    let headers = [("webhook-id", id), ("webhook-timestamp", seconds.to_string()), ("webhook-signature", signed)];
    match newsroom.hooks().post(&webhook.url, &headers, delivery.body.clone()).await {
        Ok(status @ 200..=299) => Ok(status.to_string()),
        Ok(status) => Err(Failed { text: format!("the answer was {status}"), gone: status == GONE }),
        Err(error) => Err(failed(error.to_string())),
    }
}

/// Commits what came of an attempt; switches the webhook off when it is time.
async fn note(
    newsroom: &Newsroom,
    webhook: &Webhook,
    id: WebhookMessageId,
    outcome: &Result<String, Failed>,
) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let Some(webhook) = store::webhook_by_id(&mut tx, webhook.id).await? else { return Ok(()) };
    match outcome {
        Ok(text) => {
            store::webhook_message_note(&mut tx, id, WebhookMessageState::Delivered, Some(text)).await?;
            store::webhook_note(&mut tx, webhook.id, now, text, None).await?;
        }
        Err(Failed { text, gone }) => {
            let since = webhook.failing_since.unwrap_or(now);
            store::webhook_message_note(&mut tx, id, WebhookMessageState::Waiting, Some(text)).await?;
            store::webhook_note(&mut tx, webhook.id, now, text, Some(since)).await?;
            let long = now.as_millis() - since.as_millis() >= OFF_AFTER_DAYS * DAY;
            if webhook.active && (*gone || long) {
                store::webhook_switch(&mut tx, webhook.id, false).await?;
                let detail = serde_json::json!({ "why": text, "since": since.to_string() }).to_string();
                store::audit_append(&mut tx, now, "masthead", "webhook.off", Some(webhook.id.0), &detail).await?;
                tracing::warn!(webhook = %webhook.id, why = text, "a webhook was switched off: nothing arrives there");
            }
        }
    }
    Ok(tx.commit().await?)
}

/// Notes that a message is given up.
///
/// # Errors
/// When the database fails.
pub(crate) async fn give_up(tx: &mut store::Tx, id: WebhookMessageId, why: &str) -> Result<(), Error> {
    Ok(store::webhook_message_note(tx, id, WebhookMessageState::GivenUp, Some(why)).await?)
}
