//! Typed contexts: everything a template can see, one struct for each kind of page.
//!
//! Rules that hold for all of them, so that templates stay simple and pages stay host-relative (law 5):
//! - Every `path` is a root-relative path of this newsroom as the database has it (`/topics/wonsan/`). Templates put it
//!   through the `url` filter, which sets [`Shell::root`] before it. A `url` field is a full `https:` address elsewhere.
//! - Text is plain text and is escaped by the template; only fields named `*_html` are markup, already safe.
//! - Numbers are numbers (`number` filter); moments are [`Moment`]s, already in the reader's words.
//! - An empty string or list, or `None`, is not shown: templates leave no empty shell behind.

mod appeal;
mod card;
mod giving;
mod letter;
mod list;
mod reader;
mod shell;
mod story;
mod support;

pub use appeal::{AppealInner, AppealSlot, GiveBox, GiveFrequency, GivePreset, GoalBar, ROOT};
pub use card::{Card, CardPhoto, Moment, NamedLink, Pager, PagerLink, PhotoSize, TopicLink};
pub use giving::{CurrencyChoice, GivingPage, MethodChoice, SandboxPage, SupportPage, ThanksPage};
pub use letter::{IssueEntry, IssueLine, IssuePage, LetterPage};
pub use list::{
    ArchiveMonthLink, ArchiveMonthPage, ArchivePage, ArchiveYear, BylinePage, Day, FrontPage, FrontSection, GonePage,
    LatestPage, LiteFrontPage, NotFoundPage, SectionPage, TimelineMonth, TimelineYear, TopicGroup, TopicPage,
    TopicsPage,
};
pub use reader::{
    LanguageChoice, NewsletterChoice, NewslettersPage, NoteForm, NotePage, PauseChoice, PreferencesPage, SignUpBox,
    Work,
};
pub use shell::{Breaking, FeedLink, LanguageLink, MenuItem, ShareImage, Shell, Slots, tag_and_dir};
pub use story::{CorrectionLine, LiteStoryPage, ShareLink, SourceLine, StaticPage, StoryPage};
pub use support::RemindPage;

/// Any page, with what its template sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// `front.html`
    Front(FrontPage),
    /// `story.html`
    Story(StoryPage),
    /// `section.html`
    Section(SectionPage),
    /// `topic.html`
    Topic(TopicPage),
    /// `topics.html`
    Topics(TopicsPage),
    /// `byline.html`
    Byline(BylinePage),
    /// `static.html`
    Static(StaticPage),
    /// `archive.html`
    Archive(ArchivePage),
    /// `archive_month.html`
    ArchiveMonth(ArchiveMonthPage),
    /// `latest.html`
    Latest(LatestPage),
    /// `lite_front.html`
    LiteFront(LiteFrontPage),
    /// `lite_story.html`
    LiteStory(LiteStoryPage),
    /// `not_found.html`
    NotFound(NotFoundPage),
    /// `gone.html`
    Gone(GonePage),
    /// `newsletters.html`
    Newsletters(NewslettersPage),
    /// `newsletter.html`
    Letter(LetterPage),
    /// `issue.html`
    Issue(IssuePage),
    /// `note.html`
    Note(NotePage),
    /// `preferences.html`
    Preferences(PreferencesPage),
    /// `remind.html`
    Remind(RemindPage),
    /// The form to give with.
    Support(SupportPage),
    /// Going to a gateway, or coming back.
    Thanks(ThanksPage),
    /// What somebody gives.
    Giving(GivingPage),
    /// The sandbox's page.
    Sandbox(SandboxPage),
}

impl Page {
    /// What stands around the page.
    #[must_use]
    pub fn shell(&self) -> &Shell {
        match self {
            Self::Front(page) => &page.shell,
            Self::Story(page) => &page.shell,
            Self::Section(page) => &page.shell,
            Self::Topic(page) => &page.shell,
            Self::Topics(page) => &page.shell,
            Self::Byline(page) => &page.shell,
            Self::Static(page) => &page.shell,
            Self::Archive(page) => &page.shell,
            Self::ArchiveMonth(page) => &page.shell,
            Self::Latest(page) => &page.shell,
            Self::LiteFront(page) => &page.shell,
            Self::LiteStory(page) => &page.shell,
            Self::NotFound(page) => &page.shell,
            Self::Gone(page) => &page.shell,
            Self::Newsletters(page) => &page.shell,
            Self::Letter(page) => &page.shell,
            Self::Issue(page) => &page.shell,
            Self::Note(page) => &page.shell,
            Self::Preferences(page) => &page.shell,
            Self::Remind(page) => &page.shell,
            Self::Support(page) => &page.shell,
            Self::Thanks(page) => &page.shell,
            Self::Giving(page) => &page.shell,
            Self::Sandbox(page) => &page.shell,
        }
    }

    /// The template that shows it.
    #[must_use]
    pub fn template(&self) -> &'static str {
        match self {
            Self::Front(_) => "front.html",
            Self::Story(_) => "story.html",
            Self::Section(_) => "section.html",
            Self::Topic(_) => "topic.html",
            Self::Topics(_) => "topics.html",
            Self::Byline(_) => "byline.html",
            Self::Static(_) => "static.html",
            Self::Archive(_) => "archive.html",
            Self::ArchiveMonth(_) => "archive_month.html",
            Self::Latest(_) => "latest.html",
            Self::LiteFront(_) => "lite_front.html",
            Self::LiteStory(_) => "lite_story.html",
            Self::NotFound(_) => "not_found.html",
            Self::Gone(_) => "gone.html",
            Self::Newsletters(_) => "newsletters.html",
            Self::Letter(_) => "newsletter.html",
            Self::Issue(_) => "issue.html",
            Self::Note(_) => "note.html",
            Self::Preferences(_) => "preferences.html",
            Self::Remind(_) => "remind.html",
            Self::Support(_) => "support.html",
            Self::Thanks(_) => "thanks.html",
            Self::Giving(_) => "giving.html",
            Self::Sandbox(_) => "sandbox.html",
        }
    }

    /// Whether it carries the built-in script that does a sum: pages that wait for it, and none else.
    #[must_use]
    pub fn works(&self) -> bool {
        match self {
            Self::Note(page) => page.work.is_some(),
            Self::Support(page) => page.work.is_some(),
            _ => false,
        }
    }

    /// Whether it carries the built-in script that shows a device's own reminder: where reminders are offered, every page
    /// that is not made for one person or for the smallest devices.
    #[must_use]
    pub fn reminds(&self) -> bool {
        let apart = matches!(
            self,
            Self::Note(_)
                | Self::Preferences(_)
                | Self::Support(_)
                | Self::Thanks(_)
                | Self::Giving(_)
                | Self::Sandbox(_)
                | Self::LiteFront(_)
                | Self::LiteStory(_)
        );
        self.shell().reminds && !apart
    }

    /// Whether it carries the built-in script by which a reader's device chooses among appeals and remembers what it was asked to.
    #[must_use]
    pub fn has_device_script(&self) -> bool {
        let shell = self.shell();
        if matches!(self, Self::LiteFront(_) | Self::LiteStory(_)) {
            return false;
        }
        shell.marks_gift || shell.slots.banner.is_some() || (shell.slots.appeal.is_some() && self.ends_a_story())
    }

    /// Whether it is a story's page on which the story ends: reading it counts as having read the story.
    #[must_use]
    pub fn ends_a_story(&self) -> bool {
        matches!(self, Self::Story(page) if page.parts.page >= page.parts.pages)
    }

    /// The markup of the texts on it (`render::web`).
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Story(page) => vec![&page.body_html],
            Self::Static(page) => vec![&page.body_html],
            Self::Issue(page) => page.entries.iter().map(|entry| entry.body_html.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    /// The style sheets it carries, in order.
    #[must_use]
    pub fn styles(&self) -> &'static [&'static str] {
        match self {
            Self::Front(_) => &["base.css", "list.css", "front.css", "sign_up.css"],
            Self::Story(_) => &["base.css", "text.css", "story.css", "sign_up.css"],
            Self::Letter(_) => &["base.css", "list.css", "letter.css", "sign_up.css"],
            Self::Issue(_) => &["base.css", "text.css", "story.css", "letter.css", "sign_up.css"],
            Self::Newsletters(_) | Self::Note(_) | Self::Preferences(_) | Self::Remind(_) => {
                &["base.css", "sign_up.css", "form.css"]
            }
            Self::Support(_) | Self::Thanks(_) | Self::Giving(_) | Self::Sandbox(_) => {
                &["base.css", "sign_up.css", "form.css", "give.css"]
            }
            Self::Static(_) => &["base.css", "text.css"],
            Self::Section(_)
            | Self::Topic(_)
            | Self::Topics(_)
            | Self::Byline(_)
            | Self::Archive(_)
            | Self::ArchiveMonth(_)
            | Self::Latest(_)
            | Self::NotFound(_)
            | Self::Gone(_) => &["base.css", "list.css"],
            Self::LiteFront(_) | Self::LiteStory(_) => &["lite.css"],
        }
    }
}
