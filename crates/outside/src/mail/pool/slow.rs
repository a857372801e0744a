//! Mailbox providers that asked for less.
//!
//! The first time, two mails to a provider are so far apart; each time it asks again, twice as far; each mail that it takes
//! halves it, until it is as before. Only in memory, and only while it lasts.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

/// Below this, a provider is as before.
const OVER: Duration = Duration::from_millis(100);
/// Providers that are kept at most: every domain may be one.
const MOST: usize = 10_000;

/// Providers that asked for less.
#[derive(Debug)]
pub(super) struct Slowed {
    first: Duration,
    longest: Duration,
    providers: HashMap<String, Slow>,
}

#[derive(Debug)]
struct Slow {
    gap: Duration,
    /// When the next mail may go.
    next: Instant,
    /// When the last of those that wait may go.
    last: Instant,
    /// When it last asked: many connections that are told so together are told once.
    asked: Instant,
}

impl Slowed {
    pub(super) fn new((first, longest): (Duration, Duration)) -> Self {
        Self { first, longest, providers: HashMap::new() }
    }

    /// How long a mail has to wait; if not at all, it is its turn.
    pub(super) fn pause(&mut self, provider: &str, now: Instant) -> Option<Duration> {
        let slow = self.providers.get_mut(provider)?;
        if now >= slow.next {
            slow.next = now + slow.gap;
            slow.last = slow.last.max(slow.next);
            return None;
        }
        let wait = slow.last.max(slow.next) - now;
        slow.last += slow.gap;
        Some(wait)
    }

    pub(super) fn asked_for_less(&mut self, provider: &str, now: Instant) {
        if self.providers.len() >= MOST {
            self.providers.retain(|_, slow| slow.next > now);
        }
        let (first, longest) = (self.first, self.longest);
        let slow = self.providers.entry(provider.to_owned()).or_insert(Slow {
            gap: first / 2,
            next: now,
            last: now,
            asked: now - first,
        });
        if now - slow.asked >= slow.gap {
            slow.gap = (slow.gap * 2).min(longest);
            slow.asked = now;
            slow.next = now + slow.gap;
            slow.last = slow.last.max(slow.next);
        }
    }

    pub(super) fn took(&mut self, provider: &str) {
        let Some(slow) = self.providers.get_mut(provider) else { return };
        slow.gap /= 2;
        if slow.gap < OVER {
            self.providers.remove(provider);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_that_asks_for_less_gets_less_until_it_takes_mails_again() {
        let mut slowed = Slowed::new((Duration::from_secs(2), Duration::from_secs(60)));
        let mut now = Instant::now();
        assert_eq!(slowed.pause("gmail", now), None);
        slowed.asked_for_less("gmail", now);
        slowed.asked_for_less("gmail", now);
        let waits: Vec<_> = (0..3).map(|_| slowed.pause("gmail", now).unwrap().as_secs()).collect();
        assert_eq!(waits, [2, 4, 6], "mails that wait are not spread");
        assert_eq!(slowed.pause("yahoo", now), None, "another provider has to wait");
        now += Duration::from_secs(2);
        assert_eq!(slowed.pause("gmail", now), None);
        assert!(slowed.pause("gmail", now).is_some(), "two went at once");
        slowed.asked_for_less("gmail", now);
        assert_eq!(slowed.providers["gmail"].gap, Duration::from_secs(4));
        for _ in 0..6 {
            slowed.took("gmail");
        }
        assert_eq!(slowed.pause("gmail", now), None);
        assert!(slowed.providers.is_empty(), "it is kept after it is over");
    }
}
