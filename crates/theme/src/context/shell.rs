//! What stands around every page.

use model::{Language, Photo, photo::RenditionRole};
use serde::Serialize;

use super::{AppealSlot, SignUpBox};

/// What stands around every page: head, masthead, menus, footer, and the slots for what asks readers for something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Shell {
    /// The newsroom's name in this language.
    pub site_name: String,
    /// The line below it; may be empty.
    pub tagline: String,
    /// BCP 47 tag of this page.
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// What leads to the site's root: `./`, `../../` ([`model::Path::to_root`]).
    pub root: String,
    /// This page's path.
    pub path: String,
    /// This language's front page: `/`, `/ru/`.
    pub home: String,
    /// This language's list of latest stories: `/latest/`.
    pub latest_path: String,
    /// This language's list of topics; empty when there are none.
    pub topics_path: String,
    /// This language's archive.
    pub archive_path: String,
    /// Sections, in the newsroom's order.
    pub menu: Vec<MenuItem>,
    /// Static pages.
    pub footer: Vec<MenuItem>,
    /// Every language of publication with where its link leads: this page's translation, else that language's front.
    /// Empty when there is one language only.
    pub languages: Vec<LanguageLink>,
    /// This very page in other languages, itself included (`hreflang`). Empty when it has no translation.
    pub alternates: Vec<LanguageLink>,
    /// What the page is called, without the newsroom's name; empty on the front page.
    pub title: String,
    /// One or two sentences for search results and chat previews; may be empty.
    pub description: String,
    /// `website` or `article` (Open Graph).
    pub og_type: String,
    /// The picture for chat previews.
    pub share_image: Option<ShareImage>,
    /// Feeds that this page offers, the most special first.
    pub feeds: Vec<FeedLink>,
    /// The same page without pictures and fonts.
    pub lite_path: Option<String>,
    /// On a lite page: the full one.
    pub full_path: Option<String>,
    /// The previous and the next page of the same story or list, for `rel` links in the head.
    pub previous_path: Option<String>,
    /// See `previous_path`.
    pub next_path: Option<String>,
    /// Asks search engines to leave this page out (404, lite).
    pub no_index: bool,
    /// How readers can write to the newsroom; may be empty.
    pub contact: String,
    /// The year for the footer, in this language's calendar ([`crate::Strings::calendar_year`]); may be empty.
    pub year: String,
    /// The breaking banner, above everything.
    pub breaking: Option<Breaking>,
    /// Whether reminders are offered, so that a device may have one to show.
    pub reminds: bool,
    /// Whether this page thanks for a gift, so that the reader's device can be left alone for the next days (`_gave.html`).
    pub marks_gift: bool,
    /// Places for what asks readers for something; nothing is shown for an empty one.
    pub slots: Slots,
}

/// Places for the support banner, the newsletter box and the appeal at a story's end. `None` leaves no trace in a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Slots {
    /// Above the masthead.
    pub banner: Option<AppealSlot>,
    /// After a story's text, and on the front page.
    pub newsletter: Option<SignUpBox>,
    /// At a story's end.
    pub appeal: Option<AppealSlot>,
}

/// One line that stands on every page of a language for a while.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Breaking {
    /// What it says.
    pub text: String,
    /// Where it leads.
    pub path: Option<String>,
}

/// A link in a menu.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct MenuItem {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub path: String,
    /// Whether the reader is there (`aria-current`).
    pub current: bool,
}

/// A link to another language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LanguageLink {
    /// BCP 47 tag.
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// The language's own name for itself: "Русский" ([`crate::Strings::own_name`]).
    pub label: String,
    /// Where it leads.
    pub path: String,
    /// Whether it is this page's language.
    pub current: bool,
}

/// A feed for `<link rel=alternate>` and the footer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FeedLink {
    /// Where it is.
    pub path: String,
    /// `application/rss+xml`, `application/atom+xml`, `application/feed+json`.
    pub media_type: String,
    /// What it is called: "World", or the newsroom's name.
    pub title: String,
}

/// The picture for chat previews.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ShareImage {
    /// Where it is.
    pub path: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// What is to be seen.
    pub alt: String,
}

impl ShareImage {
    /// The 1200 × 630 file of a photo.
    #[must_use]
    pub fn new(photo: &Photo, alt: Option<&str>) -> Option<Self> {
        let share = photo.renditions.iter().find(|r| r.role == RenditionRole::Share)?;
        Some(Self {
            path: format!("/{}", share.key.trim_start_matches('/')),
            width: share.width,
            height: share.height,
            alt: alt.unwrap_or(&photo.alt).to_owned(),
        })
    }
}

/// A language's tag and direction for [`Shell::language`] and [`Shell::dir`].
#[must_use]
pub fn tag_and_dir(language: &Language) -> (String, String) {
    (language.as_str().to_owned(), language.direction().as_str().to_owned())
}
