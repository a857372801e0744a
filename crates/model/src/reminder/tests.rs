use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

#[test]
fn before_the_twentieth_the_next_month_is_offered_and_from_then_on_the_one_after() {
    for (today, wanted) in [
        (date(2026, 11, 1), "2026-12"),
        (date(2026, 11, 19), "2026-12"),
        (date(2026, 11, 20), "2027-01"),
        (date(2026, 12, 31), "2027-02"),
        (date(2027, 1, 31), "2027-03"),
    ] {
        assert_eq!(first_month(today).to_string(), wanted, "{today}");
    }
    let offered = months(date(2026, 11, 26)).map(|month| month.to_string());
    assert_eq!(offered, ["2027-01", "2027-02", "2027-05", "2027-08"]);
}

#[test]
fn the_last_day_of_a_month_stays_the_last_one() {
    let mut due = Day::of(date(2027, 12, 31));
    let mut told = Vec::new();
    for _ in 0..4 {
        due = Every(1).next(due, due);
        told.push(due.date().to_string());
    }
    assert_eq!(told, ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]);
    assert_eq!(Every(12).next(Day::of(date(2028, 2, 29)), Day(0)).date(), date(2029, 2, 28));
    assert_eq!(Every(12).next(Day::of(date(2029, 2, 28)), Day::of(date(2031, 6, 1))).date(), date(2032, 2, 29));
}

#[test]
fn the_morning_is_the_newsrooms_east_and_west_and_when_clocks_change() {
    for (name, day, wanted) in [
        ("UTC", date(2027, 1, 1), "2027-01-01T09:00:00Z"),
        ("Pacific/Kiritimati", date(2027, 1, 1), "2026-12-31T19:00:00Z"),
        ("Pacific/Pago_Pago", date(2027, 1, 1), "2027-01-01T20:00:00Z"),
        ("Asia/Tehran", date(2027, 1, 1), "2027-01-01T05:30:00Z"),
        // Clocks went forward and back in the night before.
        ("Europe/Riga", date(2027, 3, 28), "2027-03-28T06:00:00Z"),
        ("Europe/Riga", date(2027, 3, 27), "2027-03-27T07:00:00Z"),
        ("Europe/Riga", date(2027, 10, 31), "2027-10-31T07:00:00Z"),
        // A whole day that was never there: the morning after it.
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-30T19:00:00Z"),
    ] {
        assert_eq!(Day::of(day).morning(&zone(name)).to_string(), wanted, "{name} {day}");
    }
}

#[test]
fn nothing_is_due_before_the_morning() {
    let riga = zone("Europe/Riga");
    assert_eq!(Day::due_by(at("2027-01-01T06:59:59Z"), &riga).date(), date(2026, 12, 31));
    assert_eq!(Day::due_by(at("2027-01-01T07:00:00Z"), &riga).date(), date(2027, 1, 1));
    // It is the first in the east already, and still the last of the year in the west.
    let now = at("2026-12-31T21:00:00Z");
    assert_eq!(Day::due_by(now, &zone("Pacific/Kiritimati")).date(), date(2027, 1, 1));
    assert_eq!(Day::due_by(now, &zone("Pacific/Pago_Pago")).date(), date(2026, 12, 31));
}

#[test]
fn months_and_intervals_are_read_as_forms_send_them() {
    assert_eq!(Month::parse("2027-01"), Some(Month { year: 2027, month: 1 }));
    for wrong in ["", "2027", "2027-13", "2027-0", "-1", "x-1", "99999-01", "2027-01-01"] {
        assert_eq!(Month::parse(wrong), None, "{wrong}");
    }
    assert_eq!(Every::parse("3"), Some(Every(3)));
    assert!(["", "0", "2", "-3", "256"].iter().all(|wrong| Every::parse(wrong).is_none()));
    let today = date(2026, 11, 26);
    for (month, may) in [("2026-11", false), ("2026-12", true), ("2028-11", true), ("2028-12", false)] {
        assert_eq!(may_be(Month::parse(month).unwrap(), today), may, "{month}");
    }
}

#[test]
fn the_calendar_ends_without_a_crash() {
    let end = Day::of(Date::MAX);
    assert_eq!(Every(12).next(end, Day(i64::MAX)), end);
    assert_eq!(Day(i64::MAX).date(), Date::MAX);
    assert!(Day(i64::MAX).morning(&TimeZone::UTC) > Timestamp::from_millis(0));
    assert!(months(Date::MAX).iter().all(|month| *month == Month::of(Date::MAX)));
}

proptest! {
    #[test]
    fn a_day_is_its_date(days in -700_000i64..2_900_000) {
        prop_assert_eq!(Day::of(Day(days).date()), Day(days));
    }

    #[test]
    fn what_is_offered_is_at_least_ten_days_away_and_can_be_chosen(days in 0i64..80_000, day in 0usize..3) {
        let today = Day(days).date();
        for month in months(today) {
            let due = Day::of(month.day(DAYS[day]));
            prop_assert!(due.0 - days >= 10, "{today} {month}");
            prop_assert!(may_be(month, today));
            prop_assert_eq!(Month::of(due.date()), month);
        }
        let mut offered = months(today).to_vec();
        offered.dedup();
        prop_assert!(offered.len() == 4 && offered.is_sorted());
    }

    #[test]
    fn the_next_time_is_the_first_after_today_in_step_and_on_the_same_day(
        days in 0i64..40_000, day in 0usize..3, every in 0usize..4, later in 0i64..20_000,
    ) {
        let due = Day::of(Month::of(Day(days).date()).day(DAYS[day]));
        let (every, today) = (Every(EVERY[every]), Day(due.0 + later));
        let next = every.next(due, today);
        let (from, to) = (due.date(), next.date());
        let apart = i32::from(to.year() - from.year()) * 12 + i32::from(to.month() - from.month());
        prop_assert!(next > today && apart > 0 && apart % i32::from(every.0) == 0);
        let wanted = if DAYS[day] == LAST { to.days_in_month() } else { DAYS[day] };
        prop_assert_eq!(to.day(), wanted);
        // Had it gone one step less, it would not be after today.
        let before = Month::of(to).plus(-i32::from(every.0)).day(DAYS[day]);
        prop_assert!(Day::of(before) <= today);
    }

    #[test]
    fn what_is_due_has_had_its_morning_in_any_zone(millis in 0i64..4_000_000_000_000, zone in 0usize..6) {
        let zones = ["UTC", "Asia/Tehran", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "Australia/Lord_Howe"];
        let zone = TimeZone::get(zones[zone]).unwrap();
        let now = Timestamp::from_millis(millis);
        let due = Day::due_by(now, &zone);
        prop_assert!(due.morning(&zone) <= now);
        prop_assert!(Day(due.0 + 1).morning(&zone) > now);
    }
}
