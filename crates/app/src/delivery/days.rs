//! What relays took in a day, kept in the database: caps and warming up hold over restarts, and for all servers together.
//!
//! A server adds what its relays took every few seconds, and learns what others added. One that is killed forgets at most
//! those seconds; servers together may go over a cap by what they send meanwhile.

use std::time::Duration;

use outside::mail::{DayCount, Pool};
use tokio::sync::watch;

use crate::{Newsroom, error::Error};

/// Between two times.
const EVERY: Duration = Duration::from_secs(5);
/// Days that are kept, for whoever looks.
const KEEP: i64 = 35;
const DAY_MS: i64 = 86_400_000;

/// The counting of one server.
pub(super) struct Counting {
    ended: watch::Sender<bool>,
    working: tokio::task::JoinHandle<()>,
}

impl Counting {
    /// Learns what was counted before anything is sent, then goes on beside it.
    pub(super) async fn begin(newsroom: &Newsroom, pool: &Pool) -> Self {
        let mut left = Vec::new();
        tried(newsroom, pool, &mut left).await;
        let (ended, mut end) = watch::channel(false);
        let (newsroom, pool) = (newsroom.clone(), pool.clone());
        let working = tokio::spawn(async move {
            // Longer than the wait: not over yet.
            while tokio::time::timeout(EVERY, end.wait_for(|ended| *ended)).await.is_err() {
                tried(&newsroom, &pool, &mut left).await;
            }
            tried(&newsroom, &pool, &mut left).await;
        });
        Self { ended, working }
    }

    /// Keeps what is not kept yet.
    pub(super) async fn end(self) {
        if self.ended.send(true).is_err() || self.working.await.is_err() {
            tracing::error!("what relays took today was not counted to the end");
        }
    }
}

async fn tried(newsroom: &Newsroom, pool: &Pool, left: &mut Vec<DayCount>) {
    if let Err(error) = keep(newsroom, pool, left).await {
        tracing::error!(%error, "what relays took today could not be kept; trying again in some seconds");
    }
}

/// Adds what relays took since the last time, and learns what all servers' relays took today. What could not be added is
/// `left` for the next time.
///
/// # Errors
/// When the database fails.
pub async fn keep(newsroom: &Newsroom, pool: &Pool, left: &mut Vec<DayCount>) -> Result<(), Error> {
    left.extend(pool.take_counts());
    let today = newsroom.clock().now().as_millis().div_euclid(DAY_MS);
    if !left.is_empty() {
        let mut tx = newsroom.store().begin().await?;
        // In one order, so that servers wait for each other and never across.
        left.sort_by(|a, b| (&a.relay, a.day).cmp(&(&b.relay, b.day)));
        for DayCount { relay, day, count } in &*left {
            store::relay_day_add(&mut tx, relay, *day, i64::try_from(*count).unwrap_or(i64::MAX)).await?;
        }
        store::relay_day_forget(&mut tx, today - KEEP).await?;
        tx.commit().await?;
        left.clear();
    }
    let mut tx = newsroom.store().read().await?;
    let stored = store::relay_day_all(&mut tx, today).await?;
    let counts = stored.into_iter().map(|(relay, count)| DayCount { relay, day: today, count: count.unsigned_abs() });
    pool.set_counts(&counts.collect::<Vec<_>>());
    Ok(())
}
