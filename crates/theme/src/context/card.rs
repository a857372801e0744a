//! What several kinds of page show: stories in lists, their photos, moments, pagers.

use model::{Photo, PhotoForm, Timestamp, TopicKind, photo::RenditionRole};
use serde::Serialize;

use crate::Strings;

/// A moment in the reader's language and the newsroom's time zone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// RFC 3339 in UTC, for `<time datetime>`.
    pub iso: String,
    /// "11 July 2025".
    pub date: String,
    /// "11 July 2025, 14:05".
    pub date_time: String,
    /// "14:05".
    pub time: String,
    /// "11 July": for lists that name the year above.
    pub day: String,
    /// "11 July", or "11 July 2024" when that is not this year: for lists that do not.
    pub recent: String,
}

impl Moment {
    /// The moment in `strings`' language, in the newsroom's time zone; `now` says which year is this one, in the
    /// language's own calendar.
    #[must_use]
    pub fn new(at: Timestamp, now: Timestamp, zone: &jiff::tz::TimeZone, strings: &Strings) -> Self {
        let (date, day) = (strings.date(at, zone), strings.day(at, zone));
        let this_year = strings.calendar_year(at, zone) == strings.calendar_year(now, zone);
        Self {
            iso: at.to_string(),
            date_time: strings.date_time(at, zone),
            time: strings.time(at, zone),
            recent: if this_year { day.clone() } else { date.clone() },
            date,
            day,
        }
    }
}

/// A named link: a section, byline or topic.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NamedLink {
    /// Its name in this language.
    pub name: String,
    /// Its page.
    pub path: String,
}

/// A story as lists show it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Card {
    /// The story's path.
    pub path: String,
    /// Its headline.
    pub headline: String,
    /// Its standfirst; may be empty.
    pub standfirst: String,
    /// Its section.
    pub section: Option<NamedLink>,
    /// Who signed it.
    pub bylines: Vec<NamedLink>,
    /// When it was published.
    pub published: Moment,
    /// Its photo.
    pub photo: Option<CardPhoto>,
    /// Its language, when it is not the page's; else empty.
    pub language: String,
}

/// A photo beside a headline: cropped to 3:2 around what must stay visible.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CardPhoto {
    /// The file for small cards: the 3:2 crop when there is one.
    pub path: String,
    /// Pixels across of that file.
    pub width: u32,
    /// Pixels down of that file.
    pub height: u32,
    /// Whole-photo WebP files for large cards, narrowest first.
    pub sizes: Vec<PhotoSize>,
    /// What is to be seen; empty means decorative.
    pub alt: String,
    /// Who made it and who holds it; shown at the front page's lead.
    pub credit: String,
    /// The focal point in quarters from the start (0 to 4), so that a class can name it: style attributes are refused
    /// by the page's content security policy.
    pub focal_x: u8,
    /// The same from the top.
    pub focal_y: u8,
}

/// One width of a photo.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PhotoSize {
    /// Where it is.
    pub path: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl CardPhoto {
    /// From a photo's stored files; `None` while it has none that a browser can show. `alt` and `credit` are the story's
    /// own words, if it has any.
    #[must_use]
    pub fn new(photo: &Photo, alt: Option<&str>, credit: Option<&str>) -> Option<Self> {
        let mut sizes: Vec<PhotoSize> = photo
            .of(RenditionRole::Whole, PhotoForm::Webp)
            .map(|r| PhotoSize {
                path: format!("/{}", r.key.trim_start_matches('/')),
                width: r.width,
                height: r.height,
            })
            .collect();
        sizes.sort_by_key(|size| size.width);
        let card = photo.renditions.iter().find(|r| r.role == RenditionRole::Card);
        let small = card.or_else(|| photo.small()).or_else(|| photo.renditions.iter().min_by_key(|r| r.width))?;
        Some(Self {
            path: format!("/{}", small.key.trim_start_matches('/')),
            width: small.width,
            height: small.height,
            sizes,
            alt: alt.unwrap_or(&photo.alt).to_owned(),
            credit: credit.unwrap_or(&photo.credit).to_owned(),
            focal_x: quarter(photo.focal.x),
            focal_y: quarter(photo.focal.y),
        })
    }
}

/// Thousandths to quarters, to the nearest: 0 to 4; the middle is 2.
fn quarter(thousandths: u16) -> u8 {
    u8::try_from((u32::from(thousandths.min(1000)) + 125) / 250).unwrap_or(2)
}

/// Which page of a long list or story this is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Pager {
    /// This page's number, from 1.
    pub page: usize,
    /// How many there are; with one, no pager is shown.
    pub pages: usize,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// The pages to jump to.
    pub links: Vec<PagerLink>,
}

/// A numbered page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PagerLink {
    /// Its number.
    pub number: usize,
    /// Its path.
    pub path: String,
    /// Whether the reader is there.
    pub current: bool,
    /// Whether pages are left out before this one.
    pub gap: bool,
}

impl Pager {
    /// A pager for `page` of `pages`; `path` gives each number's path. Names the first, the last and those around.
    #[must_use]
    pub fn new(page: usize, pages: usize, path: impl Fn(usize) -> String) -> Self {
        let mut links = Vec::new();
        let mut last = 0;
        for number in 1..=pages {
            if number == 1 || number == pages || number.abs_diff(page) <= 2 {
                let gap = number > last + 1;
                links.push(PagerLink { number, path: path(number), current: number == page, gap });
                last = number;
            }
        }
        Self {
            page,
            pages,
            previous: (page > 1).then(|| path(page - 1)),
            next: (page < pages).then(|| path(page + 1)),
            links,
        }
    }
}

/// A link to a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicLink {
    /// Person, place, organisation or theme.
    pub kind: TopicKind,
    /// Its name.
    pub name: String,
    /// Its page.
    pub path: String,
    /// How many stories it has; 0 when not counted.
    pub count: i64,
}

impl Default for TopicLink {
    fn default() -> Self {
        Self { kind: TopicKind::Theme, name: String::new(), path: String::new(), count: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pager_names_the_ends_and_the_neighbours_and_shows_where_it_jumps() {
        let pager = Pager::new(10, 20, |n| format!("/latest/page/{n}/"));
        let numbers: Vec<_> = pager.links.iter().map(|l| (l.number, l.gap)).collect();
        let wanted = [(1, false), (8, true), (9, false), (10, false), (11, false), (12, false), (20, true)];
        assert_eq!(numbers, wanted);
        assert_eq!(pager.previous.as_deref(), Some("/latest/page/9/"));
    }

    #[test]
    fn focal_points_round_to_quarters() {
        assert_eq!([0, 124, 125, 500, 875, 1000, 1001].map(quarter), [0, 0, 1, 2, 4, 4, 4]);
    }
}
