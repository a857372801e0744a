//! The journal: the ordered log of every change that readers can see.
//!
//! A row is written in the transaction of the change itself. Followers (page cache, feeds, editions) keep a cursor
//! and can be rebuilt from nothing; what they must drop is named by the row's tags.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{AppealKind, BylineId, Language, NewsletterId, PageId, PhotoId, SectionId, StoryId, Timestamp, TopicId};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum JournalKind {
    /// A story became public.
    StoryPublished,
    /// A public story says something else now, or stands elsewhere.
    StoryChanged,
    /// A public story got a correction.
    StoryCorrected,
    /// A public story is no more.
    StoryWithdrawn,
    /// A static page appeared, changed or went.
    PageChanged,
    /// A section appeared, changed or went.
    SectionChanged,
    /// A topic appeared, changed or went.
    TopicChanged,
    /// A byline appeared, changed or went.
    BylineChanged,
    /// A photo's pixels or words changed.
    PhotoChanged,
    /// The front page's order changed.
    FrontChanged,
    /// A redirect appeared, changed or went.
    RedirectChanged,
    /// A setting that readers can see changed.
    SettingsChanged,
    /// The theme changed.
    ThemeChanged,
    /// A newsletter, or what stands in its archive, appeared, changed or went.
    NewsletterChanged,
    /// An appeal appeared, changed or went.
    AppealChanged,
}

impl JournalKind {
    /// Every kind.
    pub const ALL: [Self; 15] = [
        Self::StoryPublished,
        Self::StoryChanged,
        Self::StoryCorrected,
        Self::StoryWithdrawn,
        Self::PageChanged,
        Self::SectionChanged,
        Self::TopicChanged,
        Self::BylineChanged,
        Self::PhotoChanged,
        Self::FrontChanged,
        Self::RedirectChanged,
        Self::SettingsChanged,
        Self::ThemeChanged,
        Self::NewsletterChanged,
        Self::AppealChanged,
    ];

    /// The name in the database and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StoryPublished => "story_published",
            Self::StoryChanged => "story_changed",
            Self::StoryCorrected => "story_corrected",
            Self::StoryWithdrawn => "story_withdrawn",
            Self::PageChanged => "page_changed",
            Self::SectionChanged => "section_changed",
            Self::TopicChanged => "topic_changed",
            Self::BylineChanged => "byline_changed",
            Self::PhotoChanged => "photo_changed",
            Self::FrontChanged => "front_changed",
            Self::RedirectChanged => "redirect_changed",
            Self::SettingsChanged => "settings_changed",
            Self::ThemeChanged => "theme_changed",
            Self::NewsletterChanged => "newsletter_changed",
            Self::AppealChanged => "appeal_changed",
        }
    }

    /// From the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// What a page shows, and what a change touches. A change drops exactly the pages that share a tag with it.
///
/// Kept as short text (`story:…`, `list:en:section:…`), so that a row's tags are one JSON array.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tag(String);

impl Tag {
    /// The story itself, wherever it is shown: its page, a card in a list, a feed item.
    #[must_use]
    pub fn story(id: StoryId) -> Self {
        Self(format!("story:{id}"))
    }
    /// A section's name and description.
    #[must_use]
    pub fn section(id: SectionId) -> Self {
        Self(format!("section:{id}"))
    }
    /// A topic's name and description.
    #[must_use]
    pub fn topic(id: TopicId) -> Self {
        Self(format!("topic:{id}"))
    }
    /// A byline's name and description.
    #[must_use]
    pub fn byline(id: BylineId) -> Self {
        Self(format!("byline:{id}"))
    }
    /// A photo's words and pixels.
    #[must_use]
    pub fn photo(id: PhotoId) -> Self {
        Self(format!("photo:{id}"))
    }
    /// A static page.
    #[must_use]
    pub fn page(id: PageId) -> Self {
        Self(format!("page:{id}"))
    }
    /// The newest stories of a language: front page, feeds, news sitemap.
    #[must_use]
    pub fn latest(language: &Language) -> Self {
        Self(format!("list:{language}"))
    }
    /// The list of a section's stories in a language.
    #[must_use]
    pub fn in_section(language: &Language, id: SectionId) -> Self {
        Self(format!("list:{language}:section:{id}"))
    }
    /// The list of a topic's stories in a language.
    #[must_use]
    pub fn in_topic(language: &Language, id: TopicId) -> Self {
        Self(format!("list:{language}:topic:{id}"))
    }
    /// The list of a byline's stories in a language.
    #[must_use]
    pub fn by_byline(language: &Language, id: BylineId) -> Self {
        Self(format!("list:{language}:byline:{id}"))
    }
    /// The archive of one month in a language.
    #[must_use]
    pub fn month(language: &Language, year: i16, month: i8) -> Self {
        Self(format!("list:{language}:month:{year:04}-{month:02}"))
    }
    /// What stands at a path: used for 404, 410 and redirects, which change when something appears there.
    #[must_use]
    pub fn path(path: &str) -> Self {
        Self(format!("path:{path}"))
    }
    /// The front page's order in a language.
    #[must_use]
    pub fn front(language: &Language) -> Self {
        Self(format!("front:{language}"))
    }
    /// The breaking banner of a language, which stands on every page of it.
    #[must_use]
    pub fn breaking(language: &Language) -> Self {
        Self(format!("breaking:{language}"))
    }
    /// A newsletter: its name, and which issues stand in its archive.
    #[must_use]
    pub fn newsletter(id: NewsletterId) -> Self {
        Self(format!("newsletter:{id}"))
    }
    /// The appeals of a kind in a language: banners stand on every page of it, the others at stories' ends.
    #[must_use]
    pub fn appeals(kind: AppealKind, language: &Language) -> Self {
        Self(format!("appeal:{}:{language}", kind.as_str()))
    }
    /// What is offered to whoever gives: the form, and where its short one stands.
    #[must_use]
    pub fn support() -> Self {
        Self("support".to_owned())
    }
    /// The menus: sections and static pages.
    #[must_use]
    pub fn menus() -> Self {
        Self("menus".to_owned())
    }
    /// Everything: settings and theme.
    #[must_use]
    pub fn everything() -> Self {
        Self("everything".to_owned())
    }
    /// The tag's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Tag {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// A row to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJournalRow {
    /// What happened.
    pub kind: JournalKind,
    /// To what: the id of the story, page, section …; `None` for settings and theme.
    pub subject: Option<uuid::Uuid>,
    /// What it touches.
    pub tags: Vec<Tag>,
}

/// A row as followers read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalRow {
    /// Its place: strictly increasing in the order of commits, from 1.
    pub seq: i64,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub kind: JournalKind,
    /// To what.
    pub subject: Option<uuid::Uuid>,
    /// What it touches.
    pub tags: Vec<Tag>,
}
