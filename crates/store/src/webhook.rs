//! Webhooks, and the messages that were and will be sent to them.

use model::{
    Timestamp, Webhook, WebhookEvent, WebhookId, WebhookMessage, WebhookMessageId, WebhookMessageState, WebhookSecret,
};

use crate::{
    Error, Tx,
    sql::{Fields, number, to_json},
};

macro_rules! select_webhook {
    ($rest:literal) => {
        concat!(
            "SELECT id, url, secret, events, active, made_by, made_at, last_at, last, failing_since FROM webhook ",
            $rest
        )
    };
}

fn webhook<R: Fields>(row: &R) -> Result<Webhook, Error> {
    Ok(Webhook {
        id: WebhookId(row.get("id")?),
        url: row.get("url")?,
        secret: WebhookSecret(row.get("secret")?),
        events: row.json("events")?,
        active: row.get("active")?,
        made_by: row.get("made_by")?,
        made_at: row.time("made_at")?,
        last_at: row.time_or_none("last_at")?,
        last: row.get("last")?,
        failing_since: row.time_or_none("failing_since")?,
    })
}

/// Adds a webhook.
///
/// # Errors
/// [`Error::Taken`] when its id is there already.
pub async fn webhook_insert(tx: &mut Tx, webhook: &Webhook) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO webhook (id, url, secret, events, active, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        webhook.id.0,
        webhook.url.as_str(),
        webhook.secret.reveal(),
        to_json("events", &webhook.events)?,
        webhook.active,
        webhook.made_by.as_str(),
        webhook.made_at.as_millis(),
    )?;
    Ok(())
}

/// Every webhook, the oldest first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn webhook_all(tx: &mut Tx) -> Result<Vec<Webhook>, Error> {
    fetch_all!(tx, webhook, select_webhook!("ORDER BY made_at, id"))
}

/// A webhook by its id.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn webhook_by_id(tx: &mut Tx, id: WebhookId) -> Result<Option<Webhook>, Error> {
    fetch_optional!(tx, webhook, select_webhook!("WHERE id = $1"), id.0)
}

/// Switches a webhook on or off; on, it begins with a clean record. `false` when it is gone.
///
/// # Errors
/// When the query fails.
pub async fn webhook_switch(tx: &mut Tx, id: WebhookId, active: bool) -> Result<bool, Error> {
    const ON: &str = "UPDATE webhook SET active = $2, failing_since = NULL WHERE id = $1";
    const OFF: &str = "UPDATE webhook SET active = $2 WHERE id = $1";
    Ok(execute!(tx, if active { ON } else { OFF }, id.0, active)? > 0)
}

/// Notes what came of sending something.
///
/// # Errors
/// When the query fails.
pub async fn webhook_note(
    tx: &mut Tx,
    id: WebhookId,
    at: Timestamp,
    last: &str,
    failing_since: Option<Timestamp>,
) -> Result<(), Error> {
    execute!(
        tx,
        "UPDATE webhook SET last_at = $2, last = $3, failing_since = $4 WHERE id = $1",
        id.0,
        at.as_millis(),
        last,
        failing_since.map(Timestamp::as_millis),
    )?;
    Ok(())
}

/// Removes a webhook with its messages; `false` when it is gone.
///
/// # Errors
/// When the query fails.
pub async fn webhook_delete(tx: &mut Tx, id: WebhookId) -> Result<bool, Error> {
    Ok(execute!(tx, "DELETE FROM webhook WHERE id = $1", id.0)? > 0)
}

macro_rules! select_delivery {
    ($rest:literal) => {
        concat!(
            "SELECT id, webhook, event, body, made_at, state, attempts, last_at, last FROM webhook_delivery ",
            $rest
        )
    };
}

fn delivery<R: Fields>(row: &R) -> Result<WebhookMessage, Error> {
    Ok(WebhookMessage {
        id: WebhookMessageId(row.get("id")?),
        webhook: WebhookId(row.get("webhook")?),
        event: row.parsed("event", WebhookEvent::parse)?,
        body: row.get("body")?,
        made_at: row.time("made_at")?,
        state: row.parsed("state", WebhookMessageState::parse)?,
        attempts: row.get("attempts")?,
        last_at: row.time_or_none("last_at")?,
        last: row.get("last")?,
    })
}

/// Adds a message; `false` when it is there already.
///
/// # Errors
/// [`Error::Dangling`] when the webhook is gone.
pub async fn webhook_message_insert(tx: &mut Tx, delivery: &WebhookMessage) -> Result<bool, Error> {
    const SQL: &str = "INSERT INTO webhook_delivery (id, webhook, event, body, made_at, state, attempts)
                       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING";
    let written = execute!(
        tx,
        SQL,
        delivery.id.0,
        delivery.webhook.0,
        delivery.event.as_str(),
        delivery.body.as_str(),
        delivery.made_at.as_millis(),
        delivery.state.as_str(),
        delivery.attempts,
    )?;
    Ok(written > 0)
}

/// A message by its id.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn webhook_message_by_id(tx: &mut Tx, id: WebhookMessageId) -> Result<Option<WebhookMessage>, Error> {
    fetch_optional!(tx, delivery, select_delivery!("WHERE id = $1"), id.0)
}

/// The latest messages to a webhook, the newest first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn webhook_message_list(tx: &mut Tx, webhook: WebhookId, limit: i64) -> Result<Vec<WebhookMessage>, Error> {
    const SQL: &str = select_delivery!("WHERE webhook = $1 ORDER BY made_at DESC, id DESC LIMIT $2");
    fetch_all!(tx, delivery, SQL, webhook.0, limit)
}

/// Notes an attempt, before it is made.
///
/// # Errors
/// When the query fails.
pub async fn webhook_message_begin(tx: &mut Tx, id: WebhookMessageId, at: Timestamp) -> Result<(), Error> {
    const SQL: &str = "UPDATE webhook_delivery SET attempts = attempts + 1, last_at = $2 WHERE id = $1";
    execute!(tx, SQL, id.0, at.as_millis())?;
    Ok(())
}

/// Notes where a message stands.
///
/// # Errors
/// When the query fails.
pub async fn webhook_message_note(
    tx: &mut Tx,
    id: WebhookMessageId,
    state: WebhookMessageState,
    last: Option<&str>,
) -> Result<(), Error> {
    const SQL: &str = "UPDATE webhook_delivery SET state = $2, last = $3 WHERE id = $1";
    execute!(tx, SQL, id.0, state.as_str(), last)?;
    Ok(())
}

/// Forgets the messages that were written before a time and wait for nothing; how many.
///
/// # Errors
/// When the query fails.
pub async fn webhook_message_forget(tx: &mut Tx, before: Timestamp) -> Result<u64, Error> {
    execute!(tx, "DELETE FROM webhook_delivery WHERE made_at < $1 AND state <> 'waiting'", before.as_millis())
}

/// How many webhooks were switched off because nothing arrived.
///
/// # Errors
/// When the query fails.
pub async fn webhook_failed_count(tx: &mut Tx) -> Result<i64, Error> {
    fetch_one!(tx, number, "SELECT count(*) AS n FROM webhook WHERE NOT active AND failing_since IS NOT NULL")
}
