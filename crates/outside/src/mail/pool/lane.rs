//! What is known of one relay: its connections, its health, how much it took.

use std::time::Duration;

use tokio::time::Instant;

use super::{DayCount, Priority, RelayStatus};
use crate::mail::relay::Relay;
use crate::mail::smtp::Connection;

/// One relay's state.
pub(super) struct Lane {
    /// Connections at rest; the last was used last.
    pub(super) idle: Vec<Connection>,
    /// Seats that are taken.
    pub(super) busy: usize,
    pub(super) health: Health,
    pub(super) minute: Minute,
    pub(super) day: Day,
    /// How far it is behind its share.
    pub(super) credit: i64,
}

impl Lane {
    pub(super) fn new(relay: &Relay, now: Instant) -> Self {
        let minute = Minute::new(relay.per_minute, now);
        Self { idle: Vec::new(), busy: 0, health: Health::default(), minute, day: Day::default(), credit: 0 }
    }

    pub(super) fn status(&mut self, relay: &Relay, now: Instant, today: i64) -> RelayStatus {
        let failing = self.health.failing.as_ref();
        RelayStatus {
            name: relay.name.clone(),
            place: relay.place.to_string(),
            open: self.idle.len() + self.busy,
            busy: self.busy,
            today: (self.day.count(today), relay.day_limit(today)),
            failing: failing.map(|(why, until)| (why.clone(), until.saturating_duration_since(now))),
        }
    }
}

/// Connections that may be used at once for mails of a priority.
pub(super) fn seats(relay: &Relay, priority: Priority) -> usize {
    match priority {
        Priority::Personal => relay.connections,
        Priority::List => (relay.connections - 1).max(1),
    }
}

/// Mails that may be given on a day. Warming up is about many mails; the few that somebody waits for don't matter there.
pub(super) fn day_limit(relay: &Relay, day: i64, priority: Priority) -> Option<u64> {
    let own = (relay.per_day > 0).then_some(relay.per_day);
    match priority {
        Priority::Personal => own,
        Priority::List => {
            let rest = own.map(|limit| limit - limit / 50);
            relay.day_limit(day).into_iter().chain(rest).min()
        }
    }
}

/// Whether a relay is well.
#[derive(Debug, Default)]
pub(super) struct Health {
    failures: u32,
    /// What it failed with last, and the end of its rest.
    pub(super) failing: Option<(String, Instant)>,
}

impl Health {
    /// For how long it still rests.
    pub(super) fn rest(&self, now: Instant) -> Option<Duration> {
        let (_, until) = self.failing.as_ref()?;
        (*until > now).then(|| *until - now)
    }

    /// Whether it failed and was not yet seen to be well again: then one mail tries it, and the others wait.
    pub(super) fn is_tried(&self) -> bool {
        self.failing.is_some()
    }

    pub(super) fn failed(&mut self, why: String, now: Instant, (first, longest): (Duration, Duration)) {
        // Connections that fail together are one failure.
        if self.rest(now).is_none() {
            let rest = first.saturating_mul(2_u32.saturating_pow(self.failures)).min(longest);
            self.failures = self.failures.saturating_add(1);
            self.failing = Some((why, now + rest));
        }
    }

    pub(super) fn succeeded(&mut self, now: Instant) {
        if self.rest(now).is_none() {
            *self = Self::default();
        }
    }
}

/// At most so many mails in any minute, spread over it.
#[derive(Debug)]
pub(super) struct Minute {
    /// Between two mails; zero for no limit. It is a little longer than the limit needs, which pays for `burst`.
    gap: Duration,
    /// How far ahead of its time a mail may go.
    burst: Duration,
    /// When the next one is due.
    due: Instant,
}

impl Minute {
    fn new(limit: u32, now: Instant) -> Self {
        let gap = Duration::from_secs(61).checked_div(limit).unwrap_or_default();
        // With n mails of 61/n seconds each, and ahead by no more than a second less one of them, 60 seconds hold n.
        Self { gap, burst: Duration::from_secs(1).saturating_sub(gap), due: now }
    }

    /// How long the next mail has to wait.
    pub(super) fn wait(&self, now: Instant) -> Duration {
        if self.gap.is_zero() { Duration::ZERO } else { self.due.saturating_duration_since(now + self.burst) }
    }

    pub(super) fn take(&mut self, now: Instant) {
        self.due = self.due.max(now) + self.gap;
    }
}

/// What a relay took today.
#[derive(Debug, Default)]
pub(super) struct Day {
    day: i64,
    stored: u64,
    fresh: u64,
    /// Of days before, not yet asked for.
    old: Vec<(i64, u64)>,
}

impl Day {
    pub(super) fn count(&mut self, today: i64) -> u64 {
        self.turn(today);
        self.stored + self.fresh
    }

    pub(super) fn add(&mut self, today: i64) {
        self.turn(today);
        self.fresh += 1;
    }

    pub(super) fn set(&mut self, today: i64, stored: u64) {
        self.turn(today);
        self.stored = stored;
    }

    pub(super) fn take(&mut self, relay: &str) -> Vec<DayCount> {
        let fresh = std::mem::take(&mut self.fresh);
        self.stored += fresh;
        let days = std::mem::take(&mut self.old).into_iter().chain([(self.day, fresh)]).filter(|(_, count)| *count > 0);
        days.map(|(day, count)| DayCount { relay: relay.to_owned(), day, count }).collect()
    }

    fn turn(&mut self, today: i64) {
        if self.day != today {
            if self.fresh > 0 {
                self.old.push((self.day, self.fresh));
            }
            (self.day, self.stored, self.fresh) = (today, 0, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_minute_holds_more_than_its_limit_and_a_whole_one_nearly_reaches_it() {
        for limit in [1, 7, 30, 60, 61, 62, 600, 6_000] {
            let begun = Instant::now();
            let mut minute = Minute::new(limit, begun);
            let mut sent = Vec::new();
            for tick in 0..200_000_u64 {
                let now = begun + Duration::from_millis(tick);
                if minute.wait(now).is_zero() {
                    minute.take(now);
                    sent.push(now);
                }
            }
            let minute = Duration::from_secs(60);
            let within =
                |from: Instant| sent.partition_point(|at| *at < from + minute) - sent.partition_point(|at| *at < from);
            let most = sent.iter().map(|from| within(*from)).max().unwrap_or_default();
            assert!(most <= limit as usize && most * 10 >= limit as usize * 9, "{most} of {limit}");
        }
    }

    #[test]
    fn a_relay_that_fails_again_rests_longer_and_is_well_after_one_mail() {
        let (mut now, rest) = (Instant::now(), (Duration::from_secs(5), Duration::from_secs(30)));
        let mut health = Health::default();
        let mut rests = Vec::new();
        for _ in 0..5 {
            health.failed("down".to_owned(), now, rest);
            health.failed("down, said another connection".to_owned(), now, rest);
            rests.push(health.rest(now).unwrap().as_secs());
            now += health.rest(now).unwrap();
        }
        assert_eq!(rests, [5, 10, 20, 30, 30]);
        assert!(health.rest(now).is_none() && health.is_tried());
        health.succeeded(now);
        assert!(!health.is_tried());
    }

    #[test]
    fn what_a_relay_took_outlives_a_restart_and_ends_with_the_day() {
        let mut day = Day::default();
        day.set(20_000, 40);
        day.add(20_000);
        assert_eq!(day.count(20_000), 41);
        day.add(20_001);
        assert_eq!(day.count(20_001), 1);
        let counts: Vec<_> = day.take("main").into_iter().map(|count| (count.day, count.count)).collect();
        assert_eq!(counts, [(20_000, 1), (20_001, 1)]);
        assert!(day.take("main").is_empty(), "it was given out twice");
        assert_eq!(day.count(20_001), 1, "what was given out is no longer counted");
    }
}
