//! Typed contexts: everything a template can see, one struct for each kind of page.
//!
//! Rules that hold for all of them, so that templates stay simple and pages stay host-relative (law 5):
//! - Every `path` is a root-relative path of this newsroom as the database has it (`/topics/wonsan/`). Templates put it
//!   through the `url` filter, which sets [`Shell::root`] before it. A `url` field is a full `https:` address elsewhere.
//! - Text is plain text and is escaped by the template; only fields named `*_html` are markup, already safe.
//! - Numbers are numbers (`number` filter); moments are [`Moment`]s, already in the reader's words.
//! - An empty string or list, or `None`, is not shown: templates leave no empty shell behind.

use model::{FocalPoint, Language, Photo, PhotoForm, Timestamp, TopicKind, photo::RenditionRole};
use serde::Serialize;

use crate::Strings;

/// What stands around every page: head, masthead, menus, footer, and the slots that later work fills.
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
    /// The year for the footer, in this language's calendar ([`Strings::calendar_year`]); may be empty.
    pub year: String,
    /// Places that later work fills; nothing is shown for an empty one.
    pub slots: Slots,
}

/// Places for the support banner, the newsletter box and the appeal at a story's end. `None` leaves no trace in a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Slots {
    /// Above the masthead.
    pub banner_html: Option<String>,
    /// After a story's text, and on the front page.
    pub newsletter_html: Option<String>,
    /// At a story's end.
    pub appeal_html: Option<String>,
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
    /// The language's own name for itself: "Русский" ([`Strings::own_name`]).
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
}

impl Moment {
    /// The moment in `strings`' language, in the newsroom's time zone.
    #[must_use]
    pub fn new(at: Timestamp, zone: &jiff::tz::TimeZone, strings: &Strings) -> Self {
        Self {
            iso: at.to_string(),
            date: strings.date(at, zone),
            date_time: strings.date_time(at, zone),
            time: strings.time(at, zone),
            day: strings.day(at, zone),
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

/// The front page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FrontPage {
    /// What stands around it.
    pub shell: Shell,
    /// The most important story.
    pub lead: Option<Card>,
    /// The next two or three.
    pub seconds: Vec<Card>,
    /// The newest, with their times; about eight.
    pub latest: Vec<Card>,
    /// Sections with their newest stories (four or five each), in the newsroom's order.
    pub sections: Vec<FrontSection>,
    /// Topics worth following now; may be empty.
    pub topics: Vec<TopicLink>,
}

/// A section on the front page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FrontSection {
    /// Its name.
    pub name: String,
    /// Its page.
    pub path: String,
    /// Its newest stories that do not stand above already.
    pub cards: Vec<Card>,
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

/// A story, or one part of a long one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct StoryPage {
    /// What stands around it.
    pub shell: Shell,
    /// The headline.
    pub headline: String,
    /// The standfirst; may be empty.
    pub standfirst: String,
    /// Where it stands.
    pub section: Option<NamedLink>,
    /// Who signed it, in order.
    pub bylines: Vec<NamedLink>,
    /// First publication.
    pub published: Option<Moment>,
    /// Last change that readers were told of.
    pub updated: Option<Moment>,
    /// The photo on top with caption and credit (`render::lead_photo`); only on the first part.
    pub lead_photo_html: Option<String>,
    /// The text of this part (`render::web`).
    pub body_html: String,
    /// The parts of a long story; `pages` is 1 for a story that fits on one page.
    pub parts: Pager,
    /// Where its statements come from; on the last part.
    pub sources: Vec<SourceLine>,
    /// What was wrong and is now right, oldest first; named on top of the first part, in full at the end of the last.
    pub corrections: Vec<CorrectionLine>,
    /// What and whom it is about.
    pub topics: Vec<TopicLink>,
    /// This story in other languages.
    pub translations: Vec<LanguageLink>,
    /// Ways to pass it on.
    pub share: Vec<ShareLink>,
    /// Stories to read next.
    pub read_more: Vec<Card>,
    /// NewsArticle JSON-LD (a JSON text; `<` in it is escaped when it is set into the page); empty for none.
    pub json_ld: String,
}

/// A source of a story.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SourceLine {
    /// Who said it.
    pub name: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// What it is cited for; may be empty.
    pub note: String,
}

/// A correction of a story.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CorrectionLine {
    /// When it was corrected.
    pub at: Moment,
    /// What was wrong and what is right.
    pub text: String,
}

/// A way to pass a story on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ShareLink {
    /// `telegram`, `whatsapp`, `facebook`, `x`, `mail`.
    pub service: String,
    /// What it says: "Telegram". For `mail` the template has its own word.
    pub label: String,
    /// `/share/telegram/2025/07/11/slug/`.
    pub path: String,
}

/// A section: its stories, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SectionPage {
    /// What stands around it.
    pub shell: Shell,
    /// Its name.
    pub name: String,
    /// A sentence about it; may be empty.
    pub about: String,
    /// The section it stands under.
    pub parent: Option<NamedLink>,
    /// Sections that stand under it.
    pub children: Vec<NamedLink>,
    /// Its stories on this page of the list.
    pub cards: Vec<Card>,
    /// Which page of the list this is.
    pub pager: Pager,
}

/// A topic: what happened, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicPage {
    /// What stands around it.
    pub shell: Shell,
    /// Person, place, organisation or theme.
    pub kind: TopicKind,
    /// Its name.
    pub name: String,
    /// Who or what this is; may be empty.
    pub about: String,
    /// How many stories it has in this language.
    pub count: i64,
    /// What happened, oldest first.
    pub years: Vec<TimelineYear>,
    /// Which page of the timeline this is.
    pub pager: Pager,
}

/// A year of a timeline.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TimelineYear {
    /// The year, in this language's own calendar ([`Strings::calendar_year`]).
    pub label: String,
    /// Its months in order.
    pub months: Vec<TimelineMonth>,
}

/// A month of a timeline.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TimelineMonth {
    /// The month's name alone, in this language's own calendar: "July", "تیر" ([`Strings::calendar_month`]). Stories
    /// that follow one another and share year and month stand in one group.
    pub label: String,
    /// What happened in it, oldest first.
    pub cards: Vec<Card>,
}

/// All topics that have stories, by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TopicsPage {
    /// What stands around it.
    pub shell: Shell,
    /// Topics of each kind, in the order of their names; a kind without topics is left out.
    pub groups: Vec<TopicGroup>,
    /// Which page of the list this is.
    pub pager: Pager,
}

/// Topics of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicGroup {
    /// Person, place, organisation or theme.
    pub kind: TopicKind,
    /// The topics.
    pub topics: Vec<TopicLink>,
}

/// A byline and what it signed, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BylinePage {
    /// What stands around it.
    pub shell: Shell,
    /// The name as printed.
    pub name: String,
    /// A sentence about the author; may be empty.
    pub about: String,
    /// How many stories in this language.
    pub count: i64,
    /// Stories on this page of the list.
    pub cards: Vec<Card>,
    /// Which page of the list this is.
    pub pager: Pager,
}

/// A static page, or one part of a long one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct StaticPage {
    /// What stands around it.
    pub shell: Shell,
    /// Its title.
    pub title: String,
    /// When this version was made.
    pub updated: Option<Moment>,
    /// The version, as consents name it.
    pub version: i64,
    /// The text (`render::web`).
    pub body_html: String,
    /// The parts of a long page.
    pub parts: Pager,
    /// This page in other languages.
    pub translations: Vec<LanguageLink>,
}

/// The archive: every month that has stories, newest year first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ArchivePage {
    /// What stands around it.
    pub shell: Shell,
    /// How many stories there are in this language.
    pub count: i64,
    /// The years.
    pub years: Vec<ArchiveYear>,
}

/// A year of the archive. Years and months are those of the paths (Gregorian), named in the reader's language ([`Strings::year`]).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ArchiveYear {
    /// The year.
    pub label: String,
    /// Its months that have stories.
    pub months: Vec<ArchiveMonthLink>,
}

/// A month of the archive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ArchiveMonthLink {
    /// The month's name ([`Strings::month_name`]).
    pub label: String,
    /// Its page.
    pub path: String,
    /// How many stories.
    pub count: i64,
}

/// One month of the archive, day by day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ArchiveMonthPage {
    /// What stands around it.
    pub shell: Shell,
    /// "July 2025" ([`Strings::month`]).
    pub label: String,
    /// Its days, newest first.
    pub days: Vec<Day>,
    /// The month before that has stories.
    pub previous: Option<NamedLink>,
    /// The month after that has stories.
    pub next: Option<NamedLink>,
    /// Which page of the month this is.
    pub pager: Pager,
}

/// Stories of one day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Day {
    /// "Friday, 11 July 2025" ([`Strings::weekday_date`]).
    pub label: String,
    /// `2025-07-11`.
    pub iso: String,
    /// Its stories, newest first.
    pub cards: Vec<Card>,
}

/// All stories, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LatestPage {
    /// What stands around it.
    pub shell: Shell,
    /// Days, newest first.
    pub days: Vec<Day>,
    /// Which page of the list this is.
    pub pager: Pager,
}

/// The front page for slow and cut connections: headlines only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LiteFrontPage {
    /// What stands around it.
    pub shell: Shell,
    /// The front page's stories, lead first.
    pub top: Vec<Card>,
    /// The newest others.
    pub latest: Vec<Card>,
}

/// A story for slow and cut connections: text alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LiteStoryPage {
    /// What stands around it.
    pub shell: Shell,
    /// The headline.
    pub headline: String,
    /// The standfirst; may be empty.
    pub standfirst: String,
    /// Where it stands.
    pub section: Option<NamedLink>,
    /// Who signed it.
    pub bylines: Vec<NamedLink>,
    /// First publication.
    pub published: Option<Moment>,
    /// Last change that readers were told of.
    pub updated: Option<Moment>,
    /// The text of this part (`render::lite`).
    pub body_html: String,
    /// The parts of a long story.
    pub parts: Pager,
    /// Its sources; on the last part.
    pub sources: Vec<SourceLine>,
    /// Its corrections; in full.
    pub corrections: Vec<CorrectionLine>,
    /// Stories to read next, with lite paths.
    pub read_more: Vec<Card>,
}

/// 404: there is nothing here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NotFoundPage {
    /// What stands around it; its `root` is that of the path that was asked for.
    pub shell: Shell,
    /// The newest stories, so that the reader is not left alone.
    pub latest: Vec<Card>,
}

/// 410: there was a story here, and the newsroom withdrew it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct GonePage {
    /// What stands around it.
    pub shell: Shell,
    /// When it was withdrawn, if known.
    pub withdrawn: Option<Moment>,
    /// The newest stories.
    pub latest: Vec<Card>,
}

impl Default for TopicLink {
    fn default() -> Self {
        Self { kind: TopicKind::Theme, name: String::new(), path: String::new(), count: 0 }
    }
}

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
        }
    }

    /// The style sheets it carries, in order.
    #[must_use]
    pub fn styles(&self) -> &'static [&'static str] {
        match self {
            Self::Front(_) => &["base.css", "list.css", "front.css"],
            Self::Story(_) => &["base.css", "text.css", "story.css"],
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

/// A language's tag and direction for [`Shell::language`] and [`Shell::dir`].
#[must_use]
pub fn tag_and_dir(language: &Language) -> (String, String) {
    (language.as_str().to_owned(), language.direction().as_str().to_owned())
}

/// The focal point as [`CardPhoto`] carries it.
#[must_use]
pub fn focal_quarters(focal: FocalPoint) -> (u8, u8) {
    (quarter(focal.x), quarter(focal.y))
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
        assert_eq!(focal_quarters(FocalPoint { x: 0, y: 1000 }), (0, 4));
        assert_eq!(focal_quarters(FocalPoint::default()), (2, 2));
    }
}
