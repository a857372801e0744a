//! Reminders: "remind me later", once or every few months, and the calendar that says when.
//!
//! A reminder is due on a day of the newsroom's calendar and goes out that morning. Its day of the month is one of
//! [`DAYS`]: everybody's reminders share a few days, so that a row doesn't tell on which day it was asked for. The last
//! day of a month stays the last one, however long the months are.

use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{Language, Lookup, ReminderId, Sealed, Timestamp};

/// The days of a month to choose from: its beginning, its middle, its end.
pub const DAYS: [i8; 3] = [1, 15, LAST];
/// The last day of any month.
pub const LAST: i8 = 31;
/// Months between two mails, to choose from.
pub const EVERY: [u8; 4] = [1, 3, 6, 12];
/// Months from now that are offered after the first one.
const LATER: [i32; 3] = [3, 6, 9];
/// From this day of the month on the next month is too near.
const NEAR: i8 = 20;
/// Nobody is reminded later than so many months from now.
const FURTHEST: i32 = 24;
/// The hour at which reminders go out, in the newsroom's time zone.
pub const MORNING: i8 = 9;

/// A day of the calendar, as days since 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(pub i64);

const FIRST: Date = Date::constant(1970, 1, 1);

impl Day {
    /// Of a date.
    #[must_use]
    pub fn of(date: Date) -> Self {
        Self(date.duration_since(FIRST).as_hours().div_euclid(24))
    }

    /// Its date; days beyond the calendar's end are its end.
    #[must_use]
    pub fn date(self) -> Date {
        FIRST.saturating_add(jiff::SignedDuration::from_hours(self.0.clamp(-1_000_000, 3_000_000) * 24))
    }

    /// An hour of it in a zone. Where clocks skip that hour, the one after it.
    #[must_use]
    pub fn at(self, hour: i8, zone: &TimeZone) -> Timestamp {
        let hour = zone.to_ambiguous_zoned_datetime(self.date().at(hour, 0, 0, 0)).compatible();
        hour.map_or(Timestamp::from_millis(i64::MAX), |at| at.timestamp().into())
    }

    /// Its morning in a zone.
    #[must_use]
    pub fn morning(self, zone: &TimeZone) -> Timestamp {
        self.at(MORNING, zone)
    }

    /// The last day whose reminders may go out by now: today from the morning on, yesterday before.
    #[must_use]
    pub fn due_by(now: Timestamp, zone: &TimeZone) -> Self {
        let today = Self::of(now.date_in(zone));
        if now < today.morning(zone) { Self(today.0 - 1) } else { today }
    }
}

/// A month of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Its year.
    pub year: i16,
    /// Its number, from 1.
    pub month: i8,
}

impl Month {
    /// The month of a date.
    #[must_use]
    pub fn of(date: Date) -> Self {
        Self { year: date.year(), month: date.month() }
    }

    /// From `2027-01`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.trim().split_once('-')?;
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        Date::new(year, month, 1).ok().map(Self::of)
    }

    /// So many months later; the calendar's last month beyond its end.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self::of(self.first().saturating_add(months.months()))
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        Date::new(self.year, self.month, 1).unwrap_or(Date::MAX)
    }

    /// A day of it; its last one where it has none of that number.
    #[must_use]
    pub fn day(self, day: i8) -> Date {
        let first = self.first();
        Date::new(self.year, self.month, day.clamp(1, first.days_in_month())).unwrap_or(first)
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// The first month that is offered: the next one, and from the twentieth on the one after it.
#[must_use]
pub fn first_month(today: Date) -> Month {
    Month::of(today).plus(if today.day() < NEAR { 1 } else { 2 })
}

/// The months that are offered.
#[must_use]
pub fn months(today: Date) -> [Month; 4] {
    let [three, six, nine] = LATER.map(|months| Month::of(today).plus(months));
    [first_month(today), three, six, nine]
}

/// Whether somebody can be reminded in a month: a later one, and not too far away. A form may have been open for weeks.
#[must_use]
pub fn may_be(month: Month, today: Date) -> bool {
    let now = Month::of(today);
    now < month && month <= now.plus(FURTHEST)
}

/// How often: every so many months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Every(pub u8);

impl Every {
    /// One of [`EVERY`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok().and_then(Self::of)
    }

    /// One of [`EVERY`].
    #[must_use]
    pub fn of(months: u8) -> Option<Self> {
        EVERY.contains(&months).then_some(Self(months))
    }

    /// The next day after `due` that is later than `today`: what was missed meanwhile is passed over.
    #[must_use]
    pub fn next(self, due: Day, today: Day) -> Day {
        let (date, mut month) = (due.date(), Month::of(due.date()));
        let day = if date.day() == date.days_in_month() { LAST } else { date.day() };
        loop {
            let before = month;
            month = month.plus(i32::from(self.0.max(1)));
            let next = Day::of(month.day(day));
            if next > today || month == before {
                return next;
            }
        }
    }
}

/// Somebody who is to be reminded by mail. The row goes with the last mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Random: it doesn't tell when it was asked for.
    pub id: ReminderId,
    /// What the address is found by: another hash than that of a subscriber with the same address.
    pub lookup: Lookup,
    /// The address, sealed for this row.
    pub address: Sealed,
    /// The language of the mail.
    pub language: Language,
    /// The day on which it goes out.
    pub due: Day,
    /// How often after that; `None` for once.
    pub every: Option<Every>,
    /// The version of the privacy policy that was agreed to.
    pub policy: String,
    /// Whether subject and sender are to say nothing of the newsroom.
    pub neutral: bool,
}

#[cfg(test)]
mod tests;
