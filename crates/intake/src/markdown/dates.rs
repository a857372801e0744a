//! Dates of front matter, in all the ways they are written.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use model::Timestamp;

/// A moment; without an offset, as the clock of the newsroom's time zone shows it.
pub(super) fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Some(at.into());
    }
    for format in ["%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M %z", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S %:z"] {
        if let Ok(at) = jiff::Timestamp::strptime(format, text) {
            return Some(at.into());
        }
    }
    let civil = text.replacen(' ', "T", 1);
    let at = civil.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(|date| date.at(0, 0, 0, 0)));
    let at = at.or_else(|_| DateTime::strptime("%Y-%m-%dT%H:%M", &civil)).ok()?;
    Some(zone.to_timestamp(at).ok()?.into())
}

/// The date that a Jekyll file's name begins with, and the rest.
pub(super) fn in_name(stem: &str) -> Option<(&str, &str)> {
    let (date, rest) = (stem.get(..10)?, stem.get(10..)?.strip_prefix('-')?);
    date.parse::<Date>().ok()?;
    Some((date, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_their_authors_wrote_them() {
        let riga = TimeZone::get("Europe/Riga").unwrap();
        for (given, wanted) in [
            ("2024-11-10T18:30:00Z", "2024-11-10T18:30:00Z"),
            ("2024-11-10T18:30:00+02:00", "2024-11-10T16:30:00Z"),
            ("2024-11-10 18:30:00 +0200", "2024-11-10T16:30:00Z"),
            ("2024-11-10 18:30", "2024-11-10T16:30:00Z"),
            ("2024-11-10", "2024-11-09T22:00:00Z"),
        ] {
            assert_eq!(moment(given, &riga).map(|t| t.to_string()).as_deref(), Some(wanted), "{given}");
        }
        assert_eq!(moment("soon", &riga), None);
        assert_eq!(in_name("2024-01-02-a-title"), Some(("2024-01-02", "a-title")));
    }
}
