//! WordPress's dates: `2013-01-11 20:22:19`, often `0000-00-00 00:00:00`, and RFC 2822 in `pubDate`.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use model::Timestamp;

use super::raw::Item;

/// A date and time as UTC.
pub(super) fn utc(text: &str) -> Option<Timestamp> {
    if text.starts_with("0000") {
        return None;
    }
    let at: DateTime = text.trim().replacen(' ', "T", 1).parse().ok()?;
    Some(TimeZone::UTC.to_timestamp(at).ok()?.into())
}

fn rfc2822(text: &str) -> Option<Timestamp> {
    if text.contains("-0001") {
        return None;
    }
    Some(jiff::fmt::rfc2822::parse(text.trim()).ok()?.timestamp().into())
}

/// When an item was or will be published: in UTC when the export knows, else as the site's clock showed.
pub(super) fn published(item: &Item) -> Option<Timestamp> {
    utc(item.get("wp:post_date_gmt")).or_else(|| utc(item.get("wp:post_date"))).or_else(|| rfc2822(item.get("pubDate")))
}

/// When an item was last changed, when that was after its publication.
pub(super) fn updated(item: &Item) -> Option<Timestamp> {
    let at = utc(item.get("wp:post_modified_gmt")).or_else(|| utc(item.get("wp:post_modified")))?;
    (published(item) < Some(at)).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_that_never_was_is_no_date() {
        assert_eq!(utc("0000-00-00 00:00:00"), None);
        assert_eq!(rfc2822("Mon, 30 Nov -0001 00:00:00 +0000"), None);
        assert_eq!(utc("2013-01-11 20:22:19").map(|t| t.to_string()).as_deref(), Some("2013-01-11T20:22:19Z"));
        assert_eq!(
            rfc2822("Tue, 02 Apr 2013 05:16:20 +0000").map(|t| t.to_string()).as_deref(),
            Some("2013-04-02T05:16:20Z")
        );
    }
}
