//! The page cache: a page is rendered and compressed once, then answered from memory.
//!
//! The flow: the web front asks [`PageCache::get`] before it routes; a miss goes through [`PageCache::get_or_make`],
//! which renders a page once however many ask for it, and keeps it with the tags of everything it shows. The journal
//! follower hands each row to [`PageCache::apply`], which drops exactly the pages that share a tag with it.
//!
//! The guarantee: once `apply` has returned for a row, no page from before that row is kept, and nobody who asks from
//! then on is given one. A render reads `seq`, the journal's end, in the same snapshot as everything else; when rows
//! beyond it were applied by the time it arrives here, it is served to those who waited for it and not kept. Nothing is
//! kept at all before [`PageCache::start`] has told where the journal stands.
//!
//! Memory is bounded twice: pages by the newsroom's budget, answers for paths where nothing stands by a small one of
//! their own, so that asking for many wrong addresses never drops a page.

mod flight;
mod ledger;
mod prepared;
mod shelf;
#[cfg(test)]
mod tests;

use std::{
    fmt,
    future::Future,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use async_trait::async_trait;
use model::{JournalRow, Tag};
use store::Store;

use crate::{
    error::Error,
    follow::{Follower, Following, Place},
};
use ledger::Ledger;
pub use prepared::{Encoding, Form, Prepared, gzip, head_bytes, value};

/// Memory for prepared pages unless the newsroom says otherwise: 64 MiB, some 2,500 pages.
pub const DEFAULT_BYTES: usize = 64 << 20;

/// Memory for what stands at paths where nothing stands, and for redirects.
const MISSING_BYTES: usize = 1 << 20;

/// How long an answer is worth keeping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Within the budget for pages.
    Page,
    /// Within the small budget for 404s and redirects: anybody can make up more of them than there is memory.
    Missing,
    /// Not at all: it depends on more than its path.
    Never,
}

/// A rendered answer and what it depends on.
#[derive(Debug, Clone)]
pub struct Made {
    /// The answer.
    pub prepared: Arc<Prepared>,
    /// All that it shows.
    pub tags: Vec<Tag>,
    /// The journal's end in the snapshot it was read from.
    pub seq: i64,
    /// Whether to keep it.
    pub keep: Keep,
    /// Answers for other paths that came with it and show the same: the other parts of a long story.
    pub also: Vec<(String, Arc<Prepared>)>,
}

/// What the cache holds at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    /// Kept pages.
    pub pages: usize,
    /// Their weight in bytes.
    pub page_bytes: usize,
    /// Kept 404s and redirects.
    pub missing: usize,
    /// Their weight in bytes.
    pub missing_bytes: usize,
}

/// A kept answer as readers find it.
#[derive(Debug)]
struct Kept {
    prepared: Arc<Prepared>,
    /// Asked for since the hand of the clock last went by.
    touched: AtomicBool,
}

/// Prepared answers by path. Cheap to clone.
#[derive(Clone)]
pub struct PageCache(Arc<Inner>);

struct Inner {
    /// Read without a lock by every request; written only under the ledger's lock.
    kept: papaya::HashMap<Arc<str>, Arc<Kept>>,
    ledger: Mutex<Ledger>,
    following: Following,
}

impl fmt::Debug for PageCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageCache").field("holding", &self.holding()).finish_non_exhaustive()
    }
}

impl PageCache {
    /// An empty cache that keeps pages of at most `bytes` in all.
    #[must_use]
    pub fn new(bytes: usize) -> Self {
        Self(Arc::new(Inner {
            kept: papaya::HashMap::new(),
            ledger: Mutex::new(Ledger::new(bytes, MISSING_BYTES.min(bytes))),
            following: Following::default(),
        }))
    }

    /// The answer kept for a path, if any.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<Arc<Prepared>> {
        let map = self.0.kept.pin();
        let kept = map.get(path)?;
        // A plain load first: writing a shared cache line on every hit would cost more than the rest of the look-up.
        if !kept.touched.load(Ordering::Relaxed) {
            kept.touched.store(true, Ordering::Relaxed);
        }
        Some(Arc::clone(&kept.prepared))
    }

    /// The answer kept for a path, or else the one that `make` makes. However many ask at once, it is made once; it is
    /// made to the end even when everybody who asked has gone.
    ///
    /// # Errors
    /// When `make` fails: everybody who waited gets the same error, and the next one to ask tries again.
    pub async fn get_or_make<M>(&self, path: &str, make: impl FnOnce() -> M) -> Result<Arc<Prepared>, Arc<Error>>
    where
        M: Future<Output = Result<Made, Error>> + Send + 'static,
    {
        if let Some(prepared) = self.get(path) {
            return Ok(prepared);
        }
        let flight = {
            let mut ledger = self.ledger();
            // Somebody may have finished between the look-up and the lock.
            if let Some(prepared) = self.get(path) {
                return Ok(prepared);
            }
            ledger.flights.join_or_start(path, |number| flight::start(self.clone(), path, number, make()))
        };
        flight.await
    }

    /// Keeps an answer. `false` when it was not kept: it may be stale, is not to be kept, or is too large.
    pub fn insert(&self, path: &str, made: &Made) -> bool {
        let mut ledger = self.ledger();
        self.insert_in(&mut ledger, path, made)
    }

    /// Keeps for `path` what is kept for `key`, such as the 404 page that many wrong addresses share, in the small budget.
    /// It is dropped when either is touched: what `key` shows, or `tags`. `seq` is that of the snapshot in which nothing
    /// stood at `path`. `false` when it was not kept.
    pub fn insert_like(&self, path: &str, key: &str, tags: &[Tag], seq: i64) -> bool {
        let mut ledger = self.ledger();
        let (Some(shared), Some(applied)) = (ledger.tags_of(key), ledger.applied) else { return false };
        let Some(prepared) = self.get(key) else { return false };
        if applied > seq {
            return false;
        }
        // Both hold as of `applied`: the shared one has outlived all rows up to it, the other was read after it.
        let tags = shared.into_iter().chain(tags.iter().cloned()).collect();
        let made = Made { prepared, tags, seq: applied, keep: Keep::Missing, also: Vec::new() };
        self.insert_in(&mut ledger, path, &made)
    }

    /// Tells where the journal stands: answers read from now on may be kept. Drops what was kept before.
    pub fn start(&self, seq: i64) {
        let mut ledger = self.ledger();
        ledger.applied = Some(seq);
        self.clear_in(&mut ledger);
    }

    /// The last journal row applied; `None` before [`PageCache::start`].
    #[must_use]
    pub fn applied(&self) -> Option<i64> {
        self.ledger().applied
    }

    /// Drops the pages that share a tag with one of these rows, except those already rendered from after the row.
    /// Rows applied before are passed over.
    pub fn apply(&self, rows: &[JournalRow]) {
        let mut ledger = self.ledger();
        for row in rows {
            if ledger.applied.is_some_and(|applied| row.seq <= applied) {
                continue;
            }
            if row.tags.contains(&Tag::everything()) {
                self.clear_in(&mut ledger);
            } else {
                for path in ledger.take_sharing(&row.tags, row.seq) {
                    self.0.kept.pin().remove(&path);
                }
            }
            if ledger.applied.is_some() {
                ledger.applied = Some(row.seq);
            }
            // Who asks after a change must not be handed a render that began before it.
            ledger.flights.forget_all();
        }
    }

    /// Drops everything, as after a change of theme; what is being rendered now is not kept either.
    pub fn clear(&self) {
        let mut ledger = self.ledger();
        self.clear_in(&mut ledger);
    }

    /// Applies every journal row committed so far.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn follow(&self, store: &Store) -> Result<(), Error> {
        self.0.following.catch_up(self, store).await.map(|_| ())
    }

    /// What is held at this moment.
    #[must_use]
    pub fn holding(&self) -> Holding {
        let ledger = self.ledger();
        Holding {
            pages: ledger.pages.len(),
            page_bytes: ledger.pages.bytes(),
            missing: ledger.missing.len(),
            missing_bytes: ledger.missing.bytes(),
        }
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.0.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn insert_in(&self, ledger: &mut Ledger, path: &str, made: &Made) -> bool {
        let stale = ledger.applied.is_none_or(|applied| applied > made.seq);
        if stale || made.keep == Keep::Never {
            return false;
        }
        let kept = Arc::new(Kept { prepared: Arc::clone(&made.prepared), touched: AtomicBool::new(false) });
        let path: Arc<str> = Arc::from(path);
        let map = self.0.kept.pin();
        let Some(evicted) = ledger.put(&path, made, &kept) else { return false };
        for gone in evicted {
            map.remove(&gone);
        }
        map.insert(path, kept);
        true
    }

    fn clear_in(&self, ledger: &mut Ledger) {
        self.0.kept.pin().clear();
        ledger.clear();
    }

    /// The end of a flight: keeps what it made unless the cache was cleared or changed under it.
    fn land(&self, path: &str, number: u64, made: &Result<Made, Error>) {
        let mut ledger = self.ledger();
        if ledger.flights.land(path, number)
            && let Ok(made) = made
        {
            self.insert_in(&mut ledger, path, made);
            for (path, prepared) in &made.also {
                // What is kept already is as new, and may have been asked for.
                if self.0.kept.pin().get(path.as_str()).is_none() {
                    let part = Made { prepared: Arc::clone(prepared), also: Vec::new(), ..made.clone() };
                    self.insert_in(&mut ledger, path, &part);
                }
            }
        }
    }
}

#[async_trait]
impl Follower for PageCache {
    fn name(&self) -> &'static str {
        "page_cache"
    }

    fn place(&self) -> Place {
        Place::Process
    }

    async fn start(&self, seq: i64) -> Result<(), Error> {
        PageCache::start(self, seq);
        Ok(())
    }

    async fn apply(&self, rows: &[JournalRow]) -> Result<(), Error> {
        PageCache::apply(self, rows);
        Ok(())
    }
}
