//! When issues are due: a weekday and a time of day, as the clock on the wall shows them in a time zone.
//!
//! When summer time begins, the clock jumps over an hour: a time in it counts as much later as the clock jumps (02:30 is
//! 03:30). When it ends, an hour comes twice: the first is meant. So each week has one moment, and the next one is later.

use jiff::{
    ToSpan as _,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};
use model::{Schedule, Timestamp};

/// Days that are looked at: a week, and one more because a zone may skip a day.
const DAYS: i64 = 9;

/// The first moment of a schedule after another moment; `None` when this machine knows no such time zone.
#[must_use]
pub fn next_due(schedule: &Schedule, after: Timestamp) -> Option<Timestamp> {
    let zone = zone(schedule)?;
    let today = after.date_in(&zone);
    (-1..=DAYS).filter_map(|days| moment(schedule, today.checked_add(days.days()).ok()?, &zone)).find(|at| *at > after)
}

/// The last moment of a schedule that is not after another moment.
#[must_use]
pub(super) fn last_due(schedule: &Schedule, now: Timestamp) -> Option<Timestamp> {
    let zone = zone(schedule)?;
    let today = now.date_in(&zone);
    (-1..=DAYS).filter_map(|days| moment(schedule, today.checked_sub(days.days()).ok()?, &zone)).find(|at| *at <= now)
}

pub(super) fn zone(schedule: &Schedule) -> Option<TimeZone> {
    TimeZone::get(&schedule.time_zone).ok()
}

/// The schedule's moment on a day, if it is its weekday.
fn moment(schedule: &Schedule, date: Date, zone: &TimeZone) -> Option<Timestamp> {
    let weekday = Weekday::from_monday_one_offset(i8::try_from(schedule.weekday).ok()?).ok()?;
    if date.weekday() != weekday {
        return None;
    }
    let (hour, minute) = (schedule.minute / 60, schedule.minute % 60);
    let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?;
    // "Compatible" is what RFC 5545 says of both: later over a gap, the first of two.
    Some(zone.to_ambiguous_timestamp(date.to_datetime(time)).compatible().ok()?.into())
}

/// A time of day as people type it, `09:00`, in minutes after midnight.
#[must_use]
pub(super) fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// A time as people type it (`2026-03-29T09:00`) in a zone; as [`next_due`] where the clock jumps or goes back.
#[must_use]
pub(super) fn local(zone: &TimeZone, text: &str) -> Option<Timestamp> {
    let civil: jiff::civil::DateTime = text.trim().parse().ok()?;
    Some(zone.to_ambiguous_timestamp(civil).compatible().ok()?.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(weekday: u8, time: &str, zone: &str) -> Schedule {
        Schedule {
            weekday,
            minute: minute(time).unwrap(),
            time_zone: zone.to_owned(),
            since: Timestamp::from_millis(0),
        }
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn next(schedule: &Schedule, after: &str) -> String {
        next_due(schedule, at(after)).unwrap().to_string()
    }

    #[test]
    fn friday_at_nine_is_nine_on_the_wall_in_summer_and_winter() {
        let schedule = on(5, "09:00", "Europe/Amsterdam");
        assert_eq!(next(&schedule, "2026-03-24T00:00:00Z"), "2026-03-27T08:00:00Z");
        assert_eq!(next(&schedule, "2026-03-27T08:00:00Z"), "2026-04-03T07:00:00Z", "its own moment is not after it");
        assert_eq!(next(&schedule, "2026-10-23T07:00:00Z"), "2026-10-30T08:00:00Z");
    }

    #[test]
    fn a_time_that_is_skipped_is_as_much_later_and_one_that_comes_twice_is_the_first() {
        let sunday = on(7, "02:30", "Europe/Amsterdam");
        // 29 March 2026: from 02:00 to 03:00. 02:30 is 03:30 in summer time.
        assert_eq!(next(&sunday, "2026-03-28T00:00:00Z"), "2026-03-29T01:30:00Z");
        assert_eq!(next(&sunday, "2026-03-29T01:30:00Z"), "2026-04-05T00:30:00Z");
        // 25 October 2026: 02:30 comes at 00:30Z and at 01:30Z.
        assert_eq!(next(&sunday, "2026-10-24T00:00:00Z"), "2026-10-25T00:30:00Z");
        assert_eq!(next(&sunday, "2026-10-25T00:30:00Z"), "2026-11-01T01:30:00Z", "it came twice");
        // Half an hour on Lord Howe Island.
        assert_eq!(next(&on(7, "02:15", "Australia/Lord_Howe"), "2026-10-03T00:00:00Z"), "2026-10-03T15:45:00Z");
    }

    #[test]
    fn a_day_that_a_zone_skips_is_made_up_for_and_weeks_go_on() {
        // Samoa had no 30 December 2011, a Friday.
        let friday = on(5, "09:00", "Pacific/Apia");
        assert_eq!(next(&friday, "2011-12-25T00:00:00Z"), "2011-12-30T19:00:00Z");
        assert_eq!(next(&friday, "2011-12-30T19:00:00Z"), "2012-01-05T19:00:00Z");
    }

    #[test]
    fn each_week_of_ten_years_has_one_moment_and_the_last_one_is_found_from_it() {
        for schedule in
            [on(7, "02:30", "America/New_York"), on(5, "00:15", "Africa/Cairo"), on(1, "23:59", "Asia/Tehran")]
        {
            let mut now = at("2018-01-01T00:00:00Z");
            for _ in 0..520 {
                let due = next_due(&schedule, now).unwrap();
                let days = (due.as_millis() - now.as_millis()) as f64 / 86_400_000.0;
                assert!(due > now && days < 7.2, "{schedule:?}: {now} then {due}");
                assert_eq!(last_due(&schedule, due), Some(due));
                assert_eq!(last_due(&schedule, due.plus_millis(3_600_000)), Some(due));
                assert!(last_due(&schedule, due.plus_millis(-1)).unwrap() < due);
                now = due;
            }
        }
    }

    #[test]
    fn what_is_no_time_or_zone_is_none() {
        for text in ["", "9", "24:00", "12:60", "aa:bb", "-1:00", "09.00"] {
            assert_eq!(minute(text), None, "{text}");
        }
        assert_eq!((minute("00:00"), minute(" 23:59 ")), (Some(0), Some(1439)));
        assert_eq!(next_due(&on(5, "09:00", "Mars/Olympus"), at("2026-01-01T00:00:00Z")), None);
        assert_eq!(next_due(&Schedule { weekday: 8, ..on(5, "09:00", "UTC") }, at("2026-01-01T00:00:00Z")), None);
    }
}
