//! What people type for newsletters and issues, made sound or refused in words.

use model::{Document, Newsroom, OtherSubject, Schedule, document::visit};

use super::{Stop, schedule};
use crate::stories::time_zone;

/// Characters of a name, a sender or a subject.
pub(super) const LINE: usize = 200;
/// Characters of a sentence about a newsletter, and of an editor's note.
pub(super) const SENTENCES: usize = 1_000;
/// Bytes of an intro or outro as JSON.
pub(super) const WORDS: usize = 256 * 1024;

/// One line: control characters and runs of spaces become one space.
pub(super) fn line(text: &str, most: usize) -> Result<String, Stop> {
    let spaced = text.replace(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'), " ");
    let line = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > most { Err(Stop::TooLong(most)) } else { Ok(line) }
}

/// A mailbox address that mails may come from: `local@host.name`, ASCII, without anything that headers would misread. Empty
/// stays empty.
pub(super) fn address(text: &str) -> Result<String, Stop> {
    let text = text.trim();
    let refused = || Stop::Address(text.chars().take(80).collect());
    if text.is_empty() {
        return Ok(String::new());
    }
    let (local, domain) = text.rsplit_once('@').ok_or_else(refused)?;
    let local_fits = !local.is_empty()
        && local.len() <= 64
        && local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&b))
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let domain_fits = domain.contains('.') && text.len() <= 254 && domain.split('.').all(label);
    if local_fits && domain_fits { Ok(text.to_owned()) } else { Err(refused()) }
}

/// A number within bounds.
pub(super) fn number(text: &str, least: i64, most: i64) -> Result<i64, Stop> {
    let number = text.trim().parse::<i64>().ok().filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| Stop::Number(text.trim().chars().take(20).collect(), least, most))
}

/// A weekly time. An empty zone is the newsroom's own.
pub(super) fn weekly(settings: &Newsroom, weekday: &str, time: &str, zone: &str) -> Result<Option<Schedule>, Stop> {
    if weekday.trim().is_empty() {
        return Ok(None);
    }
    let weekday = weekday.trim().parse::<u8>().ok().filter(|day| (1..=7).contains(day)).ok_or(Stop::Time)?;
    let minute = schedule::minute(time).ok_or(Stop::Time)?;
    let zone = zone.trim();
    let zone = if zone.is_empty() { settings.time_zone.as_str() } else { zone };
    if jiff::tz::TimeZone::get(zone).is_err() {
        return Err(Stop::Zone(zone.chars().take(80).collect()));
    }
    let since = model::Timestamp::from_millis(0);
    Ok(Some(Schedule { weekday, minute, time_zone: zone.to_owned(), since }))
}

/// A second subject; none when it is empty.
pub(super) fn other_subject(first: &str, subject: &str, percent: &str) -> Result<Option<OtherSubject>, Stop> {
    let subject = line(subject, LINE)?;
    if subject.is_empty() {
        return Ok(None);
    }
    if subject == first {
        return Err(Stop::SameSubject);
    }
    let percent = number(percent, 1, 50)?;
    Ok(Some(OtherSubject { subject, percent: u8::try_from(percent).unwrap_or(50) }))
}

/// An intro or outro: short enough, and its links lead where links may.
pub(super) fn words(document: Document) -> Result<Document, Stop> {
    let bytes = document.to_json().map_or(usize::MAX, |json| json.len());
    let nests = visit::links(&document).len() > 500;
    if bytes > WORDS || nests { Err(Stop::TooLong(WORDS)) } else { Ok(document) }
}

/// The zone in which a newsletter's times are meant.
pub(super) fn zone_of(settings: &Newsroom, schedule: Option<&Schedule>) -> jiff::tz::TimeZone {
    schedule.and_then(schedule::zone).unwrap_or_else(|| time_zone(settings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(line(" Nine\r\nBcc: all@news.example ", 80).unwrap(), "Nine Bcc: all@news.example");
        assert_eq!(line("\u{2028}", 80).unwrap(), "");
        assert_eq!(line("ааа", 2), Err(Stop::TooLong(2)));
    }

    #[test]
    fn an_address_is_one_that_mail_can_come_from() {
        for good in ["letter@news.example", "a+b@x.y.example", "o'neil@news.example", ""] {
            assert_eq!(address(good).as_deref(), Ok(good));
        }
        let long = format!("{}@news.example", "a".repeat(65));
        for bad in [
            "letter",
            "letter@",
            "@news.example",
            "a b@news.example",
            "a\r\nBcc: b@news.example",
            "\"a\"@news.example",
            "a@news",
            "a@-news.example",
            "a..b@news.example",
            "письмо@news.example",
            long.as_str(),
        ] {
            assert!(matches!(address(bad), Err(Stop::Address(_))), "{bad}");
        }
    }

    #[test]
    fn a_second_subject_is_another_one_for_a_share() {
        assert_eq!(other_subject("A", " ", "").unwrap(), None);
        assert_eq!(other_subject("A", "B", "20").unwrap().unwrap().percent, 20);
        assert_eq!(other_subject("A", "A", "20"), Err(Stop::SameSubject));
        for bad in ["0", "51", "", "-1", "many"] {
            assert!(matches!(other_subject("A", "B", bad), Err(Stop::Number(..))), "{bad}");
        }
    }
}
