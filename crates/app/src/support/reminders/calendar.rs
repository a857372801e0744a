//! A reminder as a calendar file (iCalendar, RFC 5545): nothing is stored here, and no mail is sent.
//!
//! The same wish gives the same UID, so that a file that is opened twice makes one entry, and tells nobody apart. All day, or
//! at an hour of the newsroom's time zone, whose changes of clocks for ten years come with the file.

use jiff::{ToSpan as _, civil::Date, civil::DateTime, tz::Offset, tz::TimeZone};
use model::{Timestamp, reminder::LAST};

use super::Plan;

/// The hours to choose from.
pub const TIMES: [i8; 3] = [9, 13, 19];
/// For so many years changes of clocks are told.
const YEARS: i64 = 10;
/// Octets of a line, without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub plan: Plan,
    /// The hour; `None` for the whole day.
    pub hour: Option<i8>,
    /// Its title.
    pub title: String,
    /// A sentence or two; may be empty.
    pub text: String,
    /// Where it leads; empty for an entry that says nothing of the newsroom.
    pub url: String,
    /// The newsroom's host; empty for such an entry.
    pub host: String,
}

/// A file with one entry.
#[derive(Debug)]
pub struct Calendar<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// The newsroom's zone.
    pub zone: &'a TimeZone,
    /// When the file is made: its day is told.
    pub now: Timestamp,
}

impl Calendar<'_> {
    /// The file.
    #[must_use]
    pub fn write(&self) -> String {
        let mut out = Lines::default();
        for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Reminder//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
        {
            out.line(line);
        }
        if self.entry.hour.is_some() {
            self.zone(&mut out);
        }
        self.event(&mut out);
        out.line("END:VCALENDAR");
        out.0
    }

    fn event(&self, out: &mut Lines) {
        let (entry, date) = (self.entry, self.entry.plan.due.date());
        let every = entry.plan.every.map_or(0, |every| every.0);
        let host = if entry.host.is_empty() { "calendar.invalid" } else { &entry.host };
        let hour = entry.hour.map(|hour| format!("-{hour:02}")).unwrap_or_default();
        out.line("BEGIN:VEVENT");
        out.line(&format!("UID:reminder-{}-{every}{hour}@{host}", compact(date)));
        let made = self.now.date_in(&TimeZone::UTC);
        out.line(&format!("DTSTAMP:{}T000000Z", compact(made)));
        match entry.hour {
            None => {
                out.line(&format!("DTSTART;VALUE=DATE:{}", compact(date)));
                out.line(&format!("DTEND;VALUE=DATE:{}", compact(date.saturating_add(1.day()))));
            }
            Some(hour) => {
                out.line(&format!("DTSTART;TZID={}:{}T{hour:02}0000", self.zone_name(), compact(date)));
                out.line("DURATION:PT15M");
            }
        }
        if every > 0 {
            let day = if date.day() == date.days_in_month() { -1 } else { date.day().min(LAST) };
            out.line(&format!("RRULE:FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={day}"));
        }
        out.text("SUMMARY", &entry.title);
        if !entry.text.is_empty() {
            out.text("DESCRIPTION", &entry.text);
        }
        if !entry.url.is_empty() {
            out.line(&format!("URL:{}", entry.url));
        }
        out.line("CLASS:PRIVATE");
        out.line("TRANSP:TRANSPARENT");
        out.line("BEGIN:VALARM");
        out.line("ACTION:DISPLAY");
        // Of a whole day, in its morning.
        out.line(if entry.hour.is_some() { "TRIGGER:PT0S" } else { "TRIGGER:PT9H" });
        out.text("DESCRIPTION", &entry.title);
        out.line("END:VALARM");
        out.line("END:VEVENT");
    }

    fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The zone: what held before the first day, and each change of clocks after that.
    fn zone(&self, out: &mut Lines) {
        let from = self.entry.plan.due.morning(self.zone).to_jiff();
        let until =
            from.saturating_add(jiff::SignedDuration::from_hours(YEARS * 366 * 24)).unwrap_or(jiff::Timestamp::MAX);
        out.line("BEGIN:VTIMEZONE");
        out.line(&format!("TZID:{}", self.zone_name()));
        let began = self.zone.preceding(from).next().map(|change| change.timestamp());
        let mut offset = match began {
            Some(at) => self.zone.to_offset(at.saturating_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(at)),
            None => self.zone.to_offset(from),
        };
        if began.is_none() {
            let always = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
            observance(out, false, always, (offset, offset), self.zone.to_offset_info(from).abbreviation());
        }
        let start = began.map_or(from, |at| at.saturating_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(at));
        for change in self.zone.following(start).take_while(|change| change.timestamp() < until) {
            let local = offset.to_datetime(change.timestamp());
            observance(out, change.dst().is_dst(), local, (offset, change.offset()), change.abbreviation());
            offset = change.offset();
        }
        out.line("END:VTIMEZONE");
    }
}

/// From when on which offset holds, in the local time before.
fn observance(out: &mut Lines, summer: bool, local: DateTime, (from, to): (Offset, Offset), name: &str) {
    let kind = if summer { "DAYLIGHT" } else { "STANDARD" };
    out.line(&format!("BEGIN:{kind}"));
    out.line(&format!(
        "DTSTART:{}T{:02}{:02}{:02}",
        compact(local.date()),
        local.hour(),
        local.minute(),
        local.second()
    ));
    out.line(&format!("TZOFFSETFROM:{}", utc(from)));
    out.line(&format!("TZOFFSETTO:{}", utc(to)));
    out.line(&format!("TZNAME:{name}"));
    out.line(&format!("END:{kind}"));
}

/// `+0330`; seconds only where there are any.
fn utc(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (sign, rest) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
    let whole = format!("{sign}{:02}{:02}", rest / 3_600, rest / 60 % 60);
    if rest % 60 == 0 { whole } else { format!("{whole}{:02}", rest % 60) }
}

fn compact(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// Lines with their ends, folded.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A line; whatever could end it early is a space.
    fn line(&mut self, line: &str) {
        let mut width = 0;
        for c in line.chars() {
            let c = if c.is_control() { ' ' } else { c };
            if width + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(c);
            width += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A text (RFC 5545, 3.3.11).
    fn text(&mut self, name: &str, text: &str) {
        let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n");
        self.line(&format!("{name}:{text}"));
    }
}

#[cfg(test)]
mod tests {
    use model::reminder::{Day, Every};

    use super::*;

    fn written(date: Date, every: Option<u8>, hour: Option<i8>, zone: &str) -> String {
        let entry = Entry {
            plan: Plan { due: Day::of(date), every: every.map(Every) },
            hour,
            title: "Support the Meridian; now, or later".to_owned(),
            text: "حمایت از ".repeat(20) + "\nEND:VEVENT\r\nX",
            url: "https://news.example/support/".to_owned(),
            host: "news.example".to_owned(),
        };
        let zone = TimeZone::get(zone).unwrap();
        Calendar { entry: &entry, zone: &zone, now: Timestamp::from_millis(1_795_000_000_000) }.write()
    }

    #[test]
    fn a_whole_day_that_recurs_at_the_end_of_months() {
        let file = written(Date::constant(2027, 2, 28), Some(3), None, "Europe/Riga");
        assert!(file.contains("DTSTART;VALUE=DATE:20270228\r\nDTEND;VALUE=DATE:20270301\r\n"), "{file}");
        assert!(file.contains("RRULE:FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1\r\n"));
        assert!(file.contains("UID:reminder-20270228-3@news.example\r\n") && !file.contains("VTIMEZONE"));
        assert!(file.contains("SUMMARY:Support the Meridian\\; now\\, or later\r\n"));
    }

    #[test]
    fn an_hour_comes_with_the_zone_and_its_changes() {
        let file = written(Date::constant(2027, 1, 1), None, Some(19), "Europe/Riga");
        assert!(file.contains("DTSTART;TZID=Europe/Riga:20270101T190000\r\n") && !file.contains("RRULE"), "{file}");
        // What held on that day began in October, and each summer and winter of ten years follows.
        assert!(
            file.contains("BEGIN:STANDARD\r\nDTSTART:20261025T040000\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0200\r\n")
        );
        assert!(
            file.contains("BEGIN:DAYLIGHT\r\nDTSTART:20270328T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0300\r\n")
        );
        assert_eq!(file.matches("BEGIN:DAYLIGHT").count(), 10);
        let fixed = written(Date::constant(2027, 1, 1), None, Some(9), "UTC");
        assert_eq!(fixed.matches("BEGIN:STANDARD").count(), 1, "{fixed}");
    }

    #[test]
    fn lines_are_short_and_no_text_makes_a_line_of_its_own() {
        let file = written(Date::constant(2027, 1, 1), None, None, "UTC");
        assert!(file.split("\r\n").all(|line| line.len() <= LINE), "{file}");
        assert_eq!(file.matches("\r\nEND:VEVENT").count(), 1);
        assert!(!file.replace("\r\n", "").contains(['\r', '\n']));
    }
}
