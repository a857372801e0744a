//! How fast an issue goes out: what was done at some moments of the last minute, in memory.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use model::IssueId;
use tokio::{sync::Notify, time::Instant};

use super::report::Sums;
use crate::{Newsroom, error::Error};

/// The time over which a rate is measured.
const WINDOW: Duration = Duration::from_secs(60);
/// The shortest: a rate of less says nothing.
const LEAST: Duration = Duration::from_secs(2);

/// What this process knows of issues that are being sent.
#[derive(Debug, Default)]
pub struct Deliveries {
    woken: Notify,
    issues: Mutex<HashMap<IssueId, VecDeque<(Instant, i64)>>>,
}

impl Deliveries {
    /// Tells the sender that there may be something to do.
    pub(super) fn wake(&self) {
        self.woken.notify_one();
    }

    /// Waits until somebody does.
    pub(super) async fn woken(&self) {
        self.woken.notified().await;
    }

    fn issues(&self) -> MutexGuard<'_, HashMap<IssueId, VecDeque<(Instant, i64)>>> {
        self.issues.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers that so many are done.
    pub(super) fn note(&self, issue: IssueId, done: i64) {
        let now = Instant::now();
        let mut issues = self.issues();
        issues.retain(|_, samples| samples.back().is_some_and(|(at, _)| now - *at < 10 * WINDOW));
        let samples = issues.entry(issue).or_default();
        if samples.back().is_none_or(|(at, _)| now - *at >= Duration::from_secs(1)) {
            samples.push_back((now, done));
        }
        while samples.front().is_some_and(|(at, _)| now - *at > WINDOW) {
            samples.pop_front();
        }
    }

    /// Deliveries a second in the last minute; `None` when too little is known.
    pub(super) fn rate(&self, issue: IssueId) -> Option<f64> {
        let issues = self.issues();
        let samples = issues.get(&issue)?;
        let ((first, before), (last, after)) = (samples.front()?, samples.back()?);
        let over = *last - *first;
        let done = u32::try_from((after - before).max(0)).unwrap_or(u32::MAX);
        (over >= LEAST).then(|| f64::from(done) / over.as_secs_f64())
    }
}

/// Remembers how far an issue has come.
pub(super) async fn sample(newsroom: &Newsroom, issue: IssueId) -> Result<(), Error> {
    let mut tx = newsroom.store().read().await?;
    let sums = Sums::read(&store::issue_counts(&mut tx, issue).await?);
    newsroom.deliveries().note(issue, sums.accepted() + sums.failed() + sums.excluded());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_rate_is_of_the_last_minute() {
        let (deliveries, issue) = (Deliveries::default(), IssueId(uuid::Uuid::nil()));
        deliveries.note(issue, 0);
        assert_eq!(deliveries.rate(issue), None);
        for second in 1..=30 {
            tokio::time::advance(Duration::from_secs(2)).await;
            deliveries.note(issue, second * 200);
        }
        assert_eq!(deliveries.rate(issue), Some(100.0));
        // It stands still, and after a minute that is what the rate says.
        for _ in 0..35 {
            tokio::time::advance(Duration::from_secs(2)).await;
            deliveries.note(issue, 6_000);
        }
        assert_eq!(deliveries.rate(issue), Some(0.0));
    }
}
