//! How often variants of appeals were seen: counts only, in memory and per day, and nothing about readers.
//!
//! The flow: a reader's device that shows an appeal says so once for that page view (`POST /-/support/seen/VARIANT`). Here that is
//! an addition to a number; once a minute, and when the server stops, the numbers are added to the day of the variant
//! (`appeal_day`). Nothing of the request but the variant gets here, and there is no state per reader: nothing could tell one from
//! another, or that somebody came back.
//!
//! What the number can't prove. Anybody can send such requests, so that it is an upper bound of what honest devices saw, not a
//! proof. A burst is cut: of a variant, [`MOST_PER_MINUTE`] count in a minute on a node, and what was cut is counted beside, so
//! that the desk says that somebody tried. Readers without script, and those whose network drops the request, are not in it. One
//! reader who sees an appeal ten times is ten.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use model::{Timestamp, VariantId};
use store::AppealDay;

use crate::{Newsroom, error::Error, reads::day_of};

/// Views of a variant that count in a minute, on one node.
pub const MOST_PER_MINUTE: i64 = 3_000;
/// How often it is looked up which variants there are, when an unknown one is named.
const LOOK_MS: i64 = 10_000;

/// The counts of one process.
#[derive(Debug, Default)]
pub struct Seen(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// The variants that are counted, and when they were looked up. What is not among them costs no memory.
    known: HashSet<VariantId>,
    looked: Option<Timestamp>,
    minute: i64,
    /// Of this minute.
    counted: HashMap<VariantId, i64>,
    /// What is not in the database yet: seen, and cut. Sorted, so that nodes write rows in the same order.
    waiting: BTreeMap<VariantId, (i64, i64)>,
}

impl Inner {
    fn count(&mut self, variant: VariantId, now: Timestamp) {
        let minute = now.as_millis().div_euclid(60_000);
        if minute != self.minute {
            self.minute = minute;
            self.counted.clear();
        }
        let counted = self.counted.entry(variant).or_default();
        let (seen, cut) = self.waiting.entry(variant).or_default();
        if *counted < MOST_PER_MINUTE {
            *counted += 1;
            *seen += 1;
        } else {
            *cut = cut.saturating_add(1);
        }
    }
}

impl Seen {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a view of a variant that is known; `false` when it has to be looked up first.
    fn counted(&self, variant: VariantId, now: Timestamp) -> bool {
        let mut inner = self.inner();
        if inner.known.contains(&variant) {
            inner.count(variant, now);
            return true;
        }
        let fresh = |looked: Timestamp| (0..LOOK_MS).contains(&(now.as_millis() - looked.as_millis()));
        let fresh = inner.looked.is_some_and(fresh);
        if !fresh {
            // Nobody else looks meanwhile.
            inner.looked = Some(now);
        }
        fresh
    }

    fn learn(&self, known: Vec<VariantId>) {
        self.inner().known = known.into_iter().collect();
    }
}

/// Counts that a variant was seen. One that is not shown anywhere is passed over in silence.
///
/// # Errors
/// When the database fails.
pub async fn seen(newsroom: &Newsroom, variant: VariantId) -> Result<(), Error> {
    let now = newsroom.clock().now();
    if newsroom.appeals_seen().counted(variant, now) {
        return Ok(());
    }
    let known = store::appeal_variants_started(&mut newsroom.store().read().await?).await?;
    newsroom.appeals_seen().learn(known);
    newsroom.appeals_seen().counted(variant, now);
    Ok(())
}

/// Writes what was counted. What can't be written stays for the next time.
///
/// # Errors
/// When the database fails.
pub async fn flush(newsroom: &Newsroom) -> Result<(), Error> {
    let waiting = std::mem::take(&mut newsroom.appeals_seen().inner().waiting);
    if waiting.is_empty() {
        return Ok(());
    }
    let written = write(newsroom, &waiting).await;
    if written.is_err() {
        let mut inner = newsroom.appeals_seen().inner();
        for (variant, (seen, cut)) in waiting {
            let more = inner.waiting.entry(variant).or_default();
            *more = (more.0 + seen, more.1.saturating_add(cut));
        }
    }
    written
}

async fn write(newsroom: &Newsroom, waiting: &BTreeMap<VariantId, (i64, i64)>) -> Result<(), Error> {
    let day = day_of(&newsroom.settings().await?, newsroom.clock().now());
    let mut tx = newsroom.store().begin().await?;
    for (variant, (seen, cut)) in waiting {
        store::appeal_day_add(&mut tx, &AppealDay { variant: *variant, day, seen: *seen, cut: *cut }).await?;
    }
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_cut_and_what_was_cut_is_told() {
        let (seen, variant) = (Seen::default(), VariantId(uuid::Uuid::from_u128(1)));
        let at = |minute: i64| Timestamp::from_millis(minute * 60_000);
        assert!(!seen.counted(variant, at(0)), "an unknown one is looked up");
        assert!(seen.counted(variant, at(0)), "looked up twice at once");
        assert!(seen.inner().waiting.is_empty(), "an unknown one was counted");
        seen.learn(vec![variant]);
        for _ in 0..MOST_PER_MINUTE + 5 {
            assert!(seen.counted(variant, at(1)));
        }
        assert_eq!(seen.inner().waiting[&variant], (MOST_PER_MINUTE, 5));
        seen.counted(variant, at(2));
        assert_eq!(seen.inner().waiting[&variant], (MOST_PER_MINUTE + 1, 5));
    }
}
