//! Following the journal: a message and a job for each webhook that wants to know of a row.

use async_trait::async_trait;
use model::{JobId, JournalRow, Webhook, WebhookEvent, WebhookMessage, WebhookMessageId, WebhookMessageState};
use sha2::{Digest, Sha256};
use store::Tx;

use super::message;
use crate::{
    Newsroom,
    error::Error,
    follow::{Follower, Place},
    jobs::{self, Kind},
};

/// How long what was sent can be looked at.
const KEEP_MS: i64 = 30 * 24 * 3_600_000;

/// Writes the messages of everything that was committed so far.
///
/// # Errors
/// When the database fails; the next call takes up what is left.
pub async fn follow(newsroom: &Newsroom) -> Result<(), Error> {
    newsroom.telling().catch_up(&Telling(newsroom), newsroom.store()).await.map(drop)
}

/// Told of a row again, it writes nothing: a message's id follows from its webhook and its row.
struct Telling<'a>(&'a Newsroom);

#[async_trait]
impl Follower for Telling<'_> {
    fn name(&self) -> &'static str {
        "webhooks"
    }

    fn place(&self) -> Place {
        Place::Database
    }

    async fn start(&self, _seq: i64) -> Result<(), Error> {
        Ok(())
    }

    async fn apply(&self, rows: &[JournalRow]) -> Result<(), Error> {
        let newsroom = self.0;
        let told: Vec<(&JournalRow, WebhookEvent)> =
            rows.iter().filter_map(|row| Some((row, WebhookEvent::of(row.kind)?))).collect();
        if told.is_empty() || webhooks(newsroom).await?.is_empty() {
            return Ok(());
        }
        let mut tx = newsroom.store().begin().await?;
        let settings = store::newsroom_settings(&mut tx).await?;
        let webhooks = store::webhook_all(&mut tx).await?;
        store::webhook_message_forget(&mut tx, newsroom.clock().now().plus_millis(-KEEP_MS)).await?;
        for (row, event) in told {
            let wanting: Vec<&Webhook> = webhooks.iter().filter(|webhook| wants(webhook, row, event)).collect();
            if wanting.is_empty() {
                continue;
            }
            let Some(message) = message::of_row(&mut tx, &settings, row, event).await? else { continue };
            let body = serde_json::to_string(&message)?;
            for webhook in wanting {
                enqueue(newsroom, &mut tx, webhook, event, id(webhook, row), body.clone()).await?;
            }
        }
        Ok(tx.commit().await?)
    }
}

/// Looked up before anything is locked for writing: most newsrooms have none.
async fn webhooks(newsroom: &Newsroom) -> Result<Vec<Webhook>, Error> {
    let mut tx = newsroom.store().read().await?;
    Ok(store::webhook_all(&mut tx).await?)
}

fn wants(webhook: &Webhook, row: &JournalRow, event: WebhookEvent) -> bool {
    webhook.active && webhook.made_at <= row.at && webhook.events.contains(&event)
}

/// The same for the same webhook and row. With the row's time in it, because the journal of a restored backup counts on
/// from where the backup ended.
fn id(webhook: &Webhook, row: &JournalRow) -> WebhookMessageId {
    let hash = Sha256::new()
        .chain_update(webhook.id.0)
        .chain_update(row.seq.to_be_bytes())
        .chain_update(row.at.as_millis().to_be_bytes())
        .finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    WebhookMessageId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// Writes a message and the job that sends it; nothing when it is there.
pub(super) async fn enqueue(
    newsroom: &Newsroom,
    tx: &mut Tx,
    webhook: &Webhook,
    event: WebhookEvent,
    id: WebhookMessageId,
    body: String,
) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let state = WebhookMessageState::Waiting;
    let delivery = WebhookMessage {
        id,
        webhook: webhook.id,
        event,
        body,
        made_at: now,
        state,
        attempts: 0,
        last_at: None,
        last: None,
    };
    if store::webhook_message_insert(tx, &delivery).await? {
        let payload = serde_json::json!({ "delivery": id });
        let job = jobs::job(newsroom, Kind::WebhookSend, payload, now);
        store::job_enqueue(tx, &model::Job { id: JobId(id.0), ..job }).await?;
    }
    Ok(())
}
