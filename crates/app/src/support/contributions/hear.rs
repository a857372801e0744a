//! What gateways tell: noted, answered, and worked on afterwards.
//!
//! Many tell at once when a month begins. Whoever comes first writes for all who wait, in one transaction, so that a commit that
//! takes milliseconds is shared. A webhook is answered only after what it tells is on the disk; one that is cut off before is
//! sent again by its gateway.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use http::HeaderMap;
use model::{GatewayName, Week};
use outside::payments::{Event, HookRefused};
use tokio::sync::oneshot;

use crate::{Newsroom, error::Error};

/// Webhooks of one transaction at most.
const AT_ONCE: usize = 512;

/// Webhooks that wait to be written.
#[derive(Debug, Default)]
pub struct Hearing {
    waiting: Mutex<VecDeque<Waiting>>,
    turn: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Waiting {
    gateway: GatewayName,
    events: Vec<Event>,
    done: oneshot::Sender<bool>,
}

/// What a gateway is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It is written down.
    Heard,
    /// It is not believed, or not understood.
    Refused(HookRefused),
    /// It is to come again.
    Later,
    /// There is no such gateway here.
    Off,
}

/// Takes a webhook.
///
/// # Errors
/// When the database fails: it is to come again.
pub async fn told(newsroom: &Newsroom, gateway: GatewayName, headers: &HeaderMap, body: &[u8]) -> Result<Told, Error> {
    let Some(known) = newsroom.gateways().get(gateway) else { return Ok(Told::Off) };
    match known.verify(newsroom.clock().now(), headers, body).await {
        Ok(events) => Ok(if heard(newsroom, gateway, events).await? { Told::Heard } else { Told::Later }),
        Err(HookRefused::Later) => Ok(Told::Later),
        Err(refused) => {
            tracing::warn!(gateway = gateway.as_str(), %refused, "a webhook was not believed");
            Ok(Told::Refused(refused))
        }
    }
}

/// Writes down what a gateway told; `false` when that did not come about and it is to be told again.
///
/// # Errors
/// When the database fails while this call writes.
pub async fn heard(newsroom: &Newsroom, gateway: GatewayName, events: Vec<Event>) -> Result<bool, Error> {
    if events.is_empty() {
        return Ok(true);
    }
    let hearing = newsroom.hearing();
    let (done, mut mine) = oneshot::channel();
    hearing.push(Waiting { gateway, events, done });
    let _turn = hearing.turn.lock().await;
    loop {
        // Somebody may have written it while this one waited for its turn.
        match mine.try_recv() {
            Ok(written) => return Ok(written),
            // Who had it was cut off; nothing was committed.
            Err(oneshot::error::TryRecvError::Closed) => return Ok(false),
            Err(oneshot::error::TryRecvError::Empty) => write_some(newsroom, hearing).await?,
        }
    }
}

/// Writes what waits longest, and tells those who wait for it.
async fn write_some(newsroom: &Newsroom, hearing: &Hearing) -> Result<(), Error> {
    let batch = hearing.take();
    let written = write(newsroom, &batch).await;
    newsroom.abort_point("pay.heard");
    for one in batch {
        if one.done.send(written.is_ok()).is_err() {
            tracing::debug!("a gateway hung up before it was answered; it will tell the same again");
        }
    }
    if written? {
        newsroom.wake_gateways();
    }
    Ok(())
}

impl Hearing {
    fn push(&self, one: Waiting) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push_back(one);
    }

    fn take(&self) -> Vec<Waiting> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let count = waiting.len().min(AT_ONCE);
        waiting.drain(..count).collect()
    }
}

/// Writes a batch; whether anything of it was new.
async fn write(newsroom: &Newsroom, batch: &[Waiting]) -> Result<bool, Error> {
    let now = newsroom.clock().now();
    let week = Week::of(now);
    let mut any = false;
    let mut tx = newsroom.store().begin().await?;
    for one in batch {
        for event in &one.events {
            if store::gateway_event_add(&mut tx, one.gateway, &event.id, week).await? {
                let object = &event.object;
                store::gateway_object_want(&mut tx, one.gateway, &object.kind, &object.id, now).await?;
                any = true;
            }
        }
    }
    tx.commit().await?;
    Ok(any)
}
