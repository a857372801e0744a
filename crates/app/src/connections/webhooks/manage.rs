//! Making, trying, pausing and removing webhooks. All of it is publishers'.

use model::{
    JobId, Role, Staff, Webhook, WebhookEvent, WebhookId, WebhookMessage, WebhookMessageId, WebhookMessageState,
};

use super::{follow::enqueue, message, sign::new_secret};
use crate::{Newsroom, error::Error, staff::Denial};

/// Messages that are shown of each webhook.
pub const MESSAGES: i64 = 20;
/// Webhooks of a newsroom at most.
const MOST: usize = 50;

/// A webhook to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWebhook {
    /// Where messages are sent.
    pub url: String,
    /// What it is told of.
    pub events: Vec<WebhookEvent>,
}

/// A webhook with what was sent to it of late.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The webhook.
    pub webhook: Webhook,
    /// The latest messages, the newest first.
    pub messages: Vec<WebhookMessage>,
}

fn publishes(staff: &Staff) -> Result<(), Error> {
    if staff.role < Role::Publisher { Err(Denial::Role.into()) } else { Ok(()) }
}

/// Makes a webhook; its secret is to be shown this once.
///
/// # Errors
/// [`Error::Refused`] when the address can't be told anything, or nothing is chosen to tell.
pub async fn make(newsroom: &Newsroom, staff: &Staff, new: &NewWebhook) -> Result<Webhook, Error> {
    publishes(staff)?;
    let url = newsroom.hooks().address(&new.url).map_err(|error| Error::Refused(error.to_string()))?;
    let events: Vec<WebhookEvent> =
        WebhookEvent::STORIES.into_iter().filter(|event| new.events.contains(event)).collect();
    if events.is_empty() {
        return Err(Error::Refused("choose at least one thing that it is told of".to_owned()));
    }
    let now = newsroom.clock().now();
    let webhook = Webhook {
        id: WebhookId::new(now, newsroom.chance()),
        url: url.to_string(),
        secret: new_secret(newsroom.chance()),
        events,
        active: true,
        made_by: staff.handle.to_string(),
        made_at: now,
        last_at: None,
        last: None,
        failing_since: None,
    };
    let mut tx = newsroom.store().begin().await?;
    if store::webhook_all(&mut tx).await?.len() >= MOST {
        return Err(Error::Refused(format!("{MOST} webhooks are the most; remove one first")));
    }
    store::webhook_insert(&mut tx, &webhook).await?;
    // The path may be a secret of its own.
    let detail = serde_json::json!({ "host": url.host_str() }).to_string();
    store::audit_append(&mut tx, now, staff.handle.as_str(), "webhook.make", Some(webhook.id.0), &detail).await?;
    tx.commit().await?;
    Ok(webhook)
}

/// Every webhook with what was sent to it of late, the oldest first.
///
/// # Errors
/// [`Denial::Role`].
pub async fn list(newsroom: &Newsroom, staff: &Staff) -> Result<Vec<Shown>, Error> {
    publishes(staff)?;
    let mut tx = newsroom.store().read().await?;
    let mut all = Vec::new();
    for webhook in store::webhook_all(&mut tx).await? {
        let messages = store::webhook_message_list(&mut tx, webhook.id, MESSAGES).await?;
        all.push(Shown { webhook, messages });
    }
    Ok(all)
}

/// One webhook with what was sent to it of late.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`].
pub async fn shown(newsroom: &Newsroom, staff: &Staff, id: WebhookId) -> Result<Shown, Error> {
    publishes(staff)?;
    let mut tx = newsroom.store().read().await?;
    let webhook = store::webhook_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    Ok(Shown { messages: store::webhook_message_list(&mut tx, id, MESSAGES).await?, webhook })
}

/// How many webhooks were switched off because nothing arrived there, for whoever looks at what needs mending.
///
/// # Errors
/// When the database fails.
pub async fn failed(newsroom: &Newsroom) -> Result<i64, Error> {
    let mut tx = newsroom.store().read().await?;
    Ok(store::webhook_failed_count(&mut tx).await?)
}

/// Switches a webhook on or off. What happens while it is off, it is never told of.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`].
pub async fn switch(newsroom: &Newsroom, staff: &Staff, id: WebhookId, active: bool) -> Result<(), Error> {
    publishes(staff)?;
    // What happened before is settled by how it was then.
    super::follow(newsroom).await?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    if !store::webhook_switch(&mut tx, id, active).await? {
        return Err(Denial::Gone.into());
    }
    let action = if active { "webhook.resume" } else { "webhook.pause" };
    store::audit_append(&mut tx, now, staff.handle.as_str(), action, Some(id.0), "{}").await?;
    Ok(tx.commit().await?)
}

/// Removes a webhook with its messages.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`].
pub async fn remove(newsroom: &Newsroom, staff: &Staff, id: WebhookId) -> Result<(), Error> {
    publishes(staff)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    if !store::webhook_delete(&mut tx, id).await? {
        return Err(Denial::Gone.into());
    }
    store::audit_append(&mut tx, now, staff.handle.as_str(), "webhook.remove", Some(id.0), "{}").await?;
    Ok(tx.commit().await?)
}

/// Sends a webhook a message that says nothing, to try whether it works.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`]; [`Error::Refused`] when it is switched off.
pub async fn ping(newsroom: &Newsroom, staff: &Staff, id: WebhookId) -> Result<WebhookMessageId, Error> {
    publishes(staff)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let webhook = store::webhook_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    if !webhook.active {
        return Err(Error::Refused("the webhook is switched off; switch it on first".to_owned()));
    }
    let delivery = WebhookMessageId::new(now, newsroom.chance());
    let body = serde_json::to_string(&message::ping(now))?;
    enqueue(newsroom, &mut tx, &webhook, WebhookEvent::Ping, delivery, body).await?;
    tx.commit().await?;
    Ok(delivery)
}

/// Sends a message once more, now: the same one, with the same id.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`]; [`Error::Refused`] while it is being sent.
pub async fn again(newsroom: &Newsroom, staff: &Staff, id: WebhookMessageId) -> Result<(), Error> {
    publishes(staff)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let delivery = store::webhook_message_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    if store::job_by_id(&mut tx, JobId(id.0)).await?.is_none() {
        return Err(Denial::Gone.into());
    }
    if !store::job_renew(&mut tx, JobId(id.0), now).await? {
        return Err(Error::Refused("it is being sent at this moment".to_owned()));
    }
    store::webhook_message_note(&mut tx, id, WebhookMessageState::Waiting, delivery.last.as_deref()).await?;
    Ok(tx.commit().await?)
}
