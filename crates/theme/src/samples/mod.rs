//! Sample pages: every kind of page, filled as a busy newsroom would fill it, in any language.
//!
//! `theme check` renders them to find what does not work, and the example `samples` writes them to a folder to be looked
//! at. Nothing in them is random and nothing depends on the day.

mod appeal;
mod body;
mod english;
mod giving;
mod letter;
mod lists;
mod persian;
mod reader;
mod russian;
mod shell;
mod story;
mod support;
mod words;

use std::sync::Arc;

use model::{Path, Timestamp};

use crate::{
    Page, Strings,
    context::{Card, CardPhoto, Moment, NamedLink, PhotoSize, TopicLink},
};

use self::words::Words;

/// A page to try a theme with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// What it shows: `story`, `story-2`, `front-empty`.
    pub name: &'static str,
    /// The page.
    pub page: Page,
}

/// Every kind of page in the language of `strings`; also long and empty ones.
#[must_use]
pub fn pages(strings: &Arc<Strings>) -> Vec<Sample> {
    let newsroom = Newsroom { words: words::words(strings.language().primary()), strings };
    let mut all = lists::pages(&newsroom);
    all.extend(story::pages(&newsroom));
    all.extend(reader::pages(&newsroom));
    all.extend(letter::pages(&newsroom));
    all.push(support::remind(&newsroom));
    all.extend(giving::pages(&newsroom));
    all
}

/// Photos that the samples show.
const PHOTOS: usize = 6;

/// The files that the samples' photos want: number of the photo, pixels across and down, path below the root.
pub fn photo_files() -> impl Iterator<Item = (usize, u32, u32, String)> {
    (0..PHOTOS).flat_map(|number| {
        [480, 800, 1200, 1800]
            .map(|width| (number, width, width * 2 / 3, format!("media/s{number}/{}.webp", file_stem(number, width))))
    })
}

/// Friday, 11 July 2025, 12:05 UTC.
const NOW: i64 = 1_752_235_500_000;
const HOUR: i64 = 3_600_000;

/// A newspaper that stands in one language.
struct Newsroom<'a> {
    words: &'static Words,
    strings: &'a Arc<Strings>,
}

impl Newsroom<'_> {
    /// This language's path: English stands at the root.
    fn at(&self, path: &str) -> String {
        match self.strings.language().as_str() {
            "en" => path.to_owned(),
            language => format!("/{}{path}", language.to_lowercase()),
        }
    }

    fn path(&self, path: &str) -> Path {
        Path::new(self.at(path))
    }

    /// So many hours before the newest story.
    fn moment(&self, hours: i64) -> Moment {
        Moment::new(
            Timestamp::from_millis(NOW - hours * HOUR),
            Timestamp::from_millis(NOW),
            &jiff::tz::TimeZone::UTC,
            self.strings,
        )
    }

    fn section(&self, index: usize) -> NamedLink {
        NamedLink { name: self.words.sections[index].to_owned(), path: self.at(&format!("/sections/s{index}/")) }
    }

    fn byline(&self, index: usize) -> NamedLink {
        let index = index % self.words.bylines.len();
        NamedLink { name: self.words.bylines[index].to_owned(), path: self.at(&format!("/bylines/b{index}/")) }
    }

    fn topics(&self) -> Vec<TopicLink> {
        let link = |(index, (kind, name)): (usize, &(model::TopicKind, &str))| TopicLink {
            kind: *kind,
            name: (*name).to_owned(),
            path: self.at(&format!("/topics/t{index}/")),
            count: 3 + 17 * i64::try_from(index).unwrap_or(0),
        };
        self.words.topics.iter().enumerate().map(link).collect()
    }

    /// The story number `index`; they repeat after the last.
    fn card(&self, index: usize) -> Card {
        let stories = self.words.stories;
        let (headline, standfirst, section) = stories[index % stories.len()];
        let hours = i64::try_from(index).unwrap_or(0) * 5;
        Card {
            path: self.at(&format!("/2025/07/11/story-{index}/")),
            headline: headline.to_owned(),
            standfirst: standfirst.to_owned(),
            section: Some(self.section(section)),
            bylines: vec![self.byline(index)],
            published: self.moment(hours),
            photo: (index % 4 != 2).then(|| card_photo(index, self.words)),
            language: String::new(),
        }
    }

    fn cards(&self, range: std::ops::Range<usize>) -> Vec<Card> {
        range.map(|index| self.card(index)).collect()
    }
}

fn card_photo(index: usize, words: &Words) -> CardPhoto {
    let number = index % PHOTOS;
    let size = |width: u32| PhotoSize {
        path: format!("/media/s{number}/{}.webp", file_stem(number, width)),
        width,
        height: width * 2 / 3,
    };
    CardPhoto {
        path: size(480).path,
        width: 480,
        height: 320,
        sizes: [480, 800, 1200, 1800].map(size).to_vec(),
        alt: words.alt.to_owned(),
        credit: words.credit.to_owned(),
        focal_x: u8::try_from(index % 5).unwrap_or(2),
        focal_y: 2,
    }
}

/// Names as long and as random as hashes, so that sizes in the check are those of real pages.
fn file_stem(number: usize, width: u32) -> String {
    let seed = u64::try_from(number).unwrap_or(0).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ u64::from(width);
    let mixed = |salt: u64| {
        (seed ^ salt).wrapping_mul(0xBF58_476D_1CE4_E5B9).rotate_left(29).wrapping_mul(0x94D0_49BB_1331_11EB)
    };
    format!("{:016x}{:016x}", mixed(1), mixed(2))
}
