//! Stories: saving, publishing, correcting, withdrawing.
//!
//! Each is one transaction: the story's row, a revision, an audit row and, when readers can see the change, a journal
//! row with the tags of every page that shows it. The page cache is brought up to date before the call returns, so
//! that whoever published sees the published page.

mod correct;
pub mod desk;
pub mod hand;
mod keep;
mod notices;
mod publish;
mod revise;
mod stop;
mod tags;
mod withdraw;
mod words;

pub use correct::correct;
pub(crate) use keep::find;
pub use notices::{Notice, NoticeKind, Notices};
pub use publish::{publish, publish_in_tx};
pub use revise::revision_of;
pub use stop::Stop;
pub use tags::{story_tags, story_tags_in_tx};
pub use withdraw::withdraw;
pub use words::words;

use model::{Language, Newsroom as Settings, Path, Slug, Timestamp};

/// The path a story gets when it is published at `at`: its language's prefix, the date in the newsroom's time zone, its
/// slug.
#[must_use]
pub fn story_path(settings: &Settings, language: &Language, at: Timestamp, slug: &Slug) -> Path {
    let date = at.date_in(&time_zone(settings));
    let prefix = settings.prefix(language);
    Path::new(format!("{prefix}/{:04}/{:02}/{:02}/{slug}/", date.year(), date.month(), date.day()))
}

/// The newsroom's time zone; UTC when its name is not known on this machine.
#[must_use]
pub fn time_zone(settings: &Settings) -> jiff::tz::TimeZone {
    jiff::tz::TimeZone::get(&settings.time_zone).unwrap_or(jiff::tz::TimeZone::UTC)
}
