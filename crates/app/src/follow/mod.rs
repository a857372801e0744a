//! Following the journal: every change that readers can see reaches whoever depends on it, in order.
//!
//! A [`Follower`] is told of journal rows, a [`Following`] keeps its place. The page cache is the first, webhooks the
//! second; search, Telegram and editions are to follow the same way. The flow: a use case commits and calls
//! [`catch_up`], so that what it changed is public when it returns; [`run`] also looks every [`PACE`], for rows that
//! another node or the command line wrote.
//!
//! The guarantee: a follower is told of every row after its place, in the order of `seq`, at least once. Its place
//! moves only after [`Follower::apply`] has returned well, so one that was killed is told again. Calls do not overlap,
//! and whoever waited for [`Following::catch_up`] knows that every row committed before the call has been applied.

use std::{future::Future, time::Duration};

use async_trait::async_trait;
use model::JournalRow;
use store::Store;
use tokio::sync::Mutex;

use crate::{Newsroom, error::Error};

/// How often the journal is looked at when nobody calls: a page on another node is at most this stale.
pub const PACE: Duration = Duration::from_millis(200);

/// Rows taken at once.
const BATCH: i64 = 500;

/// Where a follower's place is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In this process: it starts at the journal's end and is rebuilt from nothing.
    Process,
    /// In the database: it goes on where it stopped.
    Database,
}

/// Whatever depends on what readers can see.
#[async_trait]
pub trait Follower: Send + Sync {
    /// Its name in the database.
    fn name(&self) -> &'static str;

    /// Where its place is kept.
    fn place(&self) -> Place;

    /// Told once, before any row, where it starts: after this row.
    async fn start(&self, seq: i64) -> Result<(), Error>;

    /// Takes rows, oldest first. May be told of a row again.
    ///
    /// # Errors
    /// When it could not take them all; it is then told of all of them again.
    async fn apply(&self, rows: &[JournalRow]) -> Result<(), Error>;
}

/// A follower's place in the journal.
#[derive(Debug, Default)]
pub struct Following(Mutex<Option<i64>>);

impl Following {
    /// Hands `follower` every row committed so far; returns the seq of the last one.
    ///
    /// # Errors
    /// When the database fails, or the follower.
    pub async fn catch_up(&self, follower: &dyn Follower, store: &Store) -> Result<i64, Error> {
        let mut place = self.0.lock().await;
        let mut seq = match *place {
            Some(seq) => seq,
            None => begin(follower, store).await?,
        };
        *place = Some(seq);
        loop {
            let rows = rows_after(store, seq).await?;
            let Some(last) = rows.last() else { return Ok(seq) };
            follower.apply(&rows).await?;
            seq = last.seq;
            if follower.place() == Place::Database {
                let mut tx = store.begin().await?;
                store::follower_set(&mut tx, follower.name(), seq).await?;
                tx.commit().await?;
            }
            *place = Some(seq);
        }
    }
}

async fn begin(follower: &dyn Follower, store: &Store) -> Result<i64, Error> {
    let mut tx = store.read().await?;
    let seq = match follower.place() {
        Place::Process => store::journal_last(&mut tx).await?,
        Place::Database => store::follower_cursor(&mut tx, follower.name()).await?,
    };
    drop(tx);
    follower.start(seq).await?;
    Ok(seq)
}

async fn rows_after(store: &Store, seq: i64) -> Result<Vec<JournalRow>, Error> {
    let mut tx = store.read().await?;
    Ok(store::journal_after(&mut tx, seq, BATCH).await?)
}

/// Brings everything that follows the newsroom's journal up to date. Use cases call it after they committed.
///
/// # Errors
/// When the database fails. What was committed stays committed, and [`run`] tries again.
pub async fn catch_up(newsroom: &Newsroom) -> Result<(), Error> {
    newsroom.cache().follow(newsroom.store()).await
}

/// The page cache, and then whatever nobody waits for.
async fn everybody(newsroom: &Newsroom) -> Result<(), Error> {
    catch_up(newsroom).await?;
    crate::connections::webhooks::follow(newsroom).await
}

/// Follows the journal until `shutdown`. A failure is logged once until it is over, and tried again at the next look.
pub async fn run(newsroom: Newsroom, shutdown: impl Future<Output = ()> + Send) {
    tokio::pin!(shutdown);
    let mut failing = false;
    loop {
        match everybody(&newsroom).await {
            Ok(()) => failing = false,
            Err(error) if !failing => {
                failing = true;
                tracing::error!(error = &error as &dyn std::error::Error, "could not follow the journal; trying again");
            }
            Err(_) => {}
        }
        tokio::select! {
            () = &mut shutdown => return,
            () = tokio::time::sleep(PACE) => {}
        }
    }
}

#[cfg(test)]
mod tests;
