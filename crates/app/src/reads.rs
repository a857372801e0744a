//! How often stories are read: counts only, in memory and per day, and nothing about readers.
//!
//! The flow: a story's prepared page carries its [`Tally`], and whoever sends the page adds one to it, also on a hit of
//! the page cache: an addition to a number, no lock, no allocation. Once a minute, and when the server stops, what has
//! come together is moved into the minute's bucket and added to the story's row of the day (`read_day`). A node has its
//! own tallies; in the database they add up. What was counted since the last minute is lost when a process is killed.
//!
//! Why law 1 holds: what is written is a day, a story and a number. Nothing of a request but its path ever reaches this
//! file: no address, user agent, referrer, cookie, time of a single read, or order of reads; there is no state per
//! reader, and so nothing that could tell one reader from another, or that somebody came back. The window of half an
//! hour for "read now" has a number per story and minute, lives in memory, and ends with the process.
//!
//! What counts: the first part of a public story, full or text-only, answered with its text to a GET. Not counted are
//! HEAD (link checkers and chats look, nobody reads), 304 (a device that has the text opens it again: the same reading),
//! further parts, feeds, previews, and what a mirror, a proxy or a browser answers from its own memory. Programs that
//! fetch pages count like people: telling them apart would mean looking at who asks.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use model::{Newsroom as Settings, StoryId, Timestamp};
use tokio::sync::watch;

use crate::{Newsroom, error::Error, stories::time_zone};

/// Minutes that count as now.
pub const NOW_MINUTES: i64 = 30;
/// How often counts are written.
const PAUSE: Duration = Duration::from_secs(60);

/// How often one story was read since somebody last looked.
#[derive(Debug, Default)]
pub struct Tally(AtomicU64);

impl Tally {
    pub(crate) fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn take(&self) -> i64 {
        // Most are zero; a plain load leaves their cache lines alone.
        if self.0.load(Ordering::Relaxed) == 0 {
            return 0;
        }
        i64::try_from(self.0.swap(0, Ordering::Relaxed)).unwrap_or(i64::MAX)
    }
}

/// The counts of one process.
#[derive(Debug, Default)]
pub struct Reads(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    tallies: HashMap<StoryId, Arc<Tally>>,
    /// Reads by minute, the latest last.
    minutes: VecDeque<(i64, HashMap<StoryId, i64>)>,
    /// Reads by day that are not in the database yet. Sorted, so that nodes write rows in the same order.
    waiting: BTreeMap<(i64, StoryId), i64>,
    /// Totals of days that are over.
    totals: HashMap<i64, i64>,
}

impl Inner {
    /// Moves what was counted into the present minute and day.
    fn collect(&mut self, now: Timestamp, day: i64) {
        let minute = now.as_millis().div_euclid(60_000);
        let mut counted = HashMap::new();
        self.tallies.retain(|story, tally| {
            // Looked at first: a tally that no page holds any more can't be added to afterwards.
            let held = Arc::strong_count(tally) > 1;
            let reads = tally.take();
            if reads > 0 {
                counted.insert(*story, reads);
            }
            held
        });
        for (story, reads) in &counted {
            *self.waiting.entry((day, *story)).or_default() += reads;
        }
        // A clock that was put back leaves minutes in the future: they are no part of now.
        self.minutes.retain(|(at, _)| (minute - NOW_MINUTES + 1..=minute).contains(at));
        if counted.is_empty() {
            return;
        }
        match self.minutes.back_mut().filter(|(at, _)| *at == minute) {
            Some((_, bucket)) => {
                counted.into_iter().for_each(|(story, reads)| *bucket.entry(story).or_default() += reads)
            }
            None => self.minutes.push_back((minute, counted)),
        }
    }
}

impl Reads {
    /// The tally of a story. Its page keeps it as long as the page is kept.
    pub(crate) fn tally(&self, story: StoryId) -> Arc<Tally> {
        Arc::clone(self.inner().tallies.entry(story).or_default())
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads of the last half hour on this node: all, and the stories read most.
    fn now(&self, now: Timestamp, day: i64, most: usize) -> (i64, Vec<(StoryId, i64)>) {
        let mut inner = self.inner();
        inner.collect(now, day);
        let mut stories: HashMap<StoryId, i64> = HashMap::new();
        for (story, reads) in inner.minutes.iter().flat_map(|(_, bucket)| bucket) {
            *stories.entry(*story).or_default() += reads;
        }
        let mut stories: Vec<(StoryId, i64)> = stories.into_iter().collect();
        let all = stories.iter().map(|(_, reads)| reads).sum();
        stories.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        stories.truncate(most);
        (all, stories)
    }
}

/// What is read, for the desk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Read {
    /// Reads of the last half hour on this node.
    pub now: i64,
    /// The stories read most in it.
    pub now_most: Vec<(StoryId, i64)>,
    /// Reads of each of the last days, today last: days since 1970 in the newsroom's time zone, and how many.
    pub days: Vec<(i64, i64)>,
    /// The stories read most today.
    pub today_most: Vec<(StoryId, i64)>,
}

/// The day of a moment in the newsroom's time zone, in days since 1970.
#[must_use]
pub fn day_of(settings: &Settings, at: Timestamp) -> i64 {
    let date = at.date_in(&time_zone(settings));
    date.duration_since(jiff::civil::date(1970, 1, 1)).as_hours().div_euclid(24)
}

/// Noon of a day in the newsroom's time zone.
#[must_use]
pub fn noon_of(settings: &Settings, day: i64) -> Timestamp {
    let date = jiff::civil::date(1970, 1, 1).saturating_add(jiff::SignedDuration::from_hours(day.saturating_mul(24)));
    let noon = time_zone(settings).to_ambiguous_timestamp(date.at(12, 0, 0, 0)).compatible();
    noon.map_or(Timestamp::from_millis(day.saturating_mul(86_400_000)), Timestamp::from)
}

/// What is read now, today and on the days before. What this node has not written yet is counted in.
///
/// # Errors
/// When the database fails.
pub async fn read(newsroom: &Newsroom, settings: &Settings, days: i64, most: usize) -> Result<Read, Error> {
    let now = newsroom.clock().now();
    let today = day_of(settings, now);
    let (now_all, now_most) = newsroom.reads().now(now, today, most);
    let mut tx = newsroom.store().read().await?;
    let mut listed = Vec::new();
    for day in today - days + 1..=today {
        // Days before yesterday change no more; nodes write once a minute, whatever the hour is where they stand.
        let known = newsroom.reads().inner().totals.get(&day).copied();
        let total = match known {
            Some(total) => total,
            None => store::read_day_total(&mut tx, day).await?,
        };
        if day < today - 1 {
            newsroom.reads().inner().totals.insert(day, total);
        }
        listed.push((day, total));
    }
    let wanted = i64::try_from(most).unwrap_or(i64::MAX);
    let mut today_most: HashMap<StoryId, i64> =
        store::read_day_top(&mut tx, today, wanted.saturating_mul(4)).await?.into_iter().collect();
    drop(tx);
    let mut inner = newsroom.reads().inner();
    inner.totals.retain(|day, _| *day > today - days && *day < today);
    for ((day, story), reads) in &inner.waiting {
        if let Some((_, total)) = listed.iter_mut().find(|(listed, _)| listed == day) {
            *total += reads;
        }
        if *day == today {
            *today_most.entry(*story).or_default() += reads;
        }
    }
    drop(inner);
    let mut today_most: Vec<(StoryId, i64)> = today_most.into_iter().collect();
    today_most.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    today_most.truncate(most);
    Ok(Read { now: now_all, now_most, days: listed, today_most })
}

/// Writes what was counted, views of appeals among it. What can't be written stays for the next time.
///
/// # Errors
/// When the database fails.
pub async fn flush(newsroom: &Newsroom) -> Result<(), Error> {
    let (reads, seen) = (flush_reads(newsroom).await, crate::support::appeals::flush(newsroom).await);
    reads.and(seen)
}

async fn flush_reads(newsroom: &Newsroom) -> Result<(), Error> {
    let settings = newsroom.settings().await?;
    let now = newsroom.clock().now();
    let waiting = {
        let mut inner = newsroom.reads().inner();
        inner.collect(now, day_of(&settings, now));
        std::mem::take(&mut inner.waiting)
    };
    if waiting.is_empty() {
        return Ok(());
    }
    let written = write(newsroom, &waiting).await;
    if written.is_err() {
        let mut inner = newsroom.reads().inner();
        for (place, reads) in waiting {
            *inner.waiting.entry(place).or_default() += reads;
        }
    }
    written
}

async fn write(newsroom: &Newsroom, waiting: &BTreeMap<(i64, StoryId), i64>) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    let rows: Vec<(i64, StoryId, i64)> = waiting.iter().map(|((day, story), reads)| (*day, *story, *reads)).collect();
    for of_day in rows.chunk_by(|a, b| a.0 == b.0) {
        let Some((day, ..)) = of_day.first() else { continue };
        let reads: Vec<(StoryId, i64)> = of_day.iter().map(|(_, story, reads)| (*story, *reads)).collect();
        store::read_day_add(&mut tx, *day, &reads).await?;
    }
    Ok(tx.commit().await?)
}

/// Writes once a minute until `stop` becomes true. Whoever stops the server calls [`flush`] after its last answer.
pub async fn run(newsroom: Newsroom, mut stop: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            changed = stop.changed() => if changed.is_err() || *stop.borrow() { return },
        }
        if let Err(error) = flush(&newsroom).await {
            tracing::error!(%error, "read counts could not be written; the next minute tries again");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_newsroom_s_own() {
        let settings = Settings { time_zone: "Asia/Tokyo".to_owned(), ..Settings::default() };
        // 1970-01-02, 00:30 in Tokyo is still the first of January in UTC.
        let at = Timestamp::from_millis(15 * 3_600_000 + 30 * 60_000);
        assert_eq!((day_of(&settings, at), day_of(&Settings::default(), at)), (1, 0));
        assert_eq!(day_of(&settings, noon_of(&settings, 20_280)), 20_280);
        assert_eq!(day_of(&settings, Timestamp::from_millis(-1)), 0);
    }

    #[test]
    fn now_is_half_an_hour_and_a_clock_put_back_breaks_nothing() {
        let reads = Reads::default();
        let (one, two) = (StoryId(uuid::Uuid::from_u128(1)), StoryId(uuid::Uuid::from_u128(2)));
        let at = |minute: i64| Timestamp::from_millis(minute * 60_000);
        reads.tally(one).add();
        assert_eq!(reads.now(at(100), 0, 5), (1, vec![(one, 1)]));
        let (first, second) = (reads.tally(one), reads.tally(two));
        for _ in 0..3 {
            second.add();
        }
        first.add();
        assert_eq!(reads.now(at(129), 0, 5), (5, vec![(two, 3), (one, 2)]));
        assert_eq!(reads.now(at(130), 0, 1), (4, vec![(two, 3)]), "the first minute is over");
        assert_eq!(reads.now(at(10), 0, 5), (0, vec![]), "the future counts as now");
        drop(second);
        reads.now(at(11), 0, 5);
        assert_eq!(reads.inner().tallies.len(), 1, "a tally that no page holds is kept");
        let waiting: i64 = reads.inner().waiting.values().sum();
        assert_eq!(waiting, 5, "reads were lost, or counted twice");
    }
}
