//! Time as a value. The global clocks are banned by clippy everywhere but here.

use std::sync::atomic::{AtomicI64, Ordering};

use serde::{Deserialize, Serialize};

/// A moment in UTC with millisecond precision, stored as an `INTEGER`/`BIGINT` of milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since the Unix epoch; values outside years -9999 to 9999 are clamped.
    #[must_use]
    pub fn from_millis(millis: i64) -> Self {
        let low = jiff::Timestamp::MIN.as_millisecond();
        let high = jiff::Timestamp::MAX.as_millisecond();
        Self(millis.clamp(low, high))
    }

    /// As [`Timestamp::from_millis`], for constants; the number must lie within years -9999 to 9999.
    #[must_use]
    pub const fn from_millis_const(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the Unix epoch.
    #[must_use]
    pub fn as_millis(self) -> i64 {
        self.0
    }

    /// The same moment as jiff's type, for calendars and time zones.
    #[must_use]
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }

    /// A moment as RFC 3339 writes it, with an offset: `2026-03-29T07:30:00+02:00`. `None` when it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(Self::from)
    }

    /// The calendar date of this moment in a time zone.
    #[must_use]
    pub fn date_in(self, zone: &jiff::tz::TimeZone) -> jiff::civil::Date {
        zone.to_datetime(self.to_jiff()).date()
    }

    /// This moment moved by a number of milliseconds.
    #[must_use]
    pub fn plus_millis(self, millis: i64) -> Self {
        Self::from_millis(self.0.saturating_add(millis))
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(value: jiff::Timestamp) -> Self {
        Self(value.as_millisecond())
    }
}

impl std::fmt::Display for Timestamp {
    /// RFC 3339 in UTC with seconds, as feeds and JSON-LD want it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.to_jiff().strftime("%Y-%m-%dT%H:%M:%SZ"))
    }
}

/// Where the time comes from.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the global clock is read")]
    fn now(&self) -> Timestamp {
        jiff::Timestamp::now().into()
    }
}

/// A clock that stands still until it is told otherwise; for tests and reproducible demos.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// A clock that stands at `at`.
    #[must_use]
    pub fn at(at: Timestamp) -> Self {
        Self(AtomicI64::new(at.as_millis()))
    }

    /// Moves the clock forward (or back, with a negative number).
    pub fn advance_millis(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }

    /// Sets the clock.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.as_millis(), Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_prints_as_rfc_3339() {
        assert_eq!(Timestamp::from_millis(1_752_235_200_500).to_string(), "2025-07-11T12:00:00Z");
    }

    #[test]
    fn a_moment_is_read_with_its_offset_and_not_without() {
        let at = Timestamp::parse("2026-03-29T07:30:00+02:00").unwrap();
        assert_eq!(at.to_string(), "2026-03-29T05:30:00Z");
        assert_eq!(Timestamp::parse("2026-03-29T07:30:00"), None);
    }

    #[test]
    fn a_fixed_clock_moves_only_when_told() {
        let clock = FixedClock::at(Timestamp::from_millis(1_000));
        assert_eq!(clock.now(), clock.now());
        clock.advance_millis(500);
        assert_eq!(clock.now().as_millis(), 1_500);
    }
}
