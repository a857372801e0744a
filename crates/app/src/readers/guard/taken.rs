//! How many forms were taken in a minute, and in an hour.

use model::Timestamp;

use super::{HOUR, MINUTE, Ticket};

/// Forms that were taken.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Taken {
    pub(super) minute: Span<MINUTE>,
    pub(super) hour: Span<HOUR>,
}

impl Taken {
    pub(super) fn count(&mut self, now: Timestamp) {
        self.minute.count(now);
        self.hour.count(now);
    }

    /// Whether one more stays within what a minute has, and an hour where that matters.
    pub(super) fn has_room(&mut self, now: Timestamp, minute: u32, hour: u32, good: Ticket) -> bool {
        self.minute.so_far(now) < minute
            && match good {
                Ticket::Often => true,
                Ticket::Once => self.hour.so_far(now) < hour,
            }
    }
}

/// How many in so many milliseconds from a moment on.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span<const LENGTH: i64> {
    began: i64,
    pub(super) count: u32,
}

impl<const LENGTH: i64> Span<LENGTH> {
    pub(super) fn so_far(&mut self, now: Timestamp) -> u32 {
        let now = now.as_millis();
        // A clock that was put back begins anew, too.
        if !(self.began..self.began + LENGTH).contains(&now) {
            *self = Self { began: now, count: 0 };
        }
        self.count
    }

    pub(super) fn count(&mut self, now: Timestamp) {
        self.count = self.so_far(now).saturating_add(1);
    }
}
