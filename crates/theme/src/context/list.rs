//! Pages that list stories, topics and months.

use model::TopicKind;
use serde::Serialize;

use super::{Card, Moment, NamedLink, Pager, Shell, TopicLink};

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
    /// The year, in this language's own calendar ([`crate::Strings::calendar_year`]).
    pub label: String,
    /// Its months in order.
    pub months: Vec<TimelineMonth>,
}

/// A month of a timeline.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TimelineMonth {
    /// The month's name alone, in this language's own calendar: "July", "تیر" ([`crate::Strings::calendar_month`]). Stories
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

/// A year of the archive. Years and months are those of the paths (Gregorian), named in the reader's language ([`crate::Strings::year`]).
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
    /// The month's name ([`crate::Strings::month_name`]).
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
    /// "July 2025" ([`crate::Strings::month`]).
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
    /// "Friday, 11 July 2025" ([`crate::Strings::weekday_date`]).
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

/// 404: there is nothing here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NotFoundPage {
    /// What stands around it; its `root` is that of the path that was asked for.
    pub shell: Shell,
    /// The newest stories, so that the reader is not left alone.
    pub latest: Vec<Card>,
}

/// 410: there was a story here, and the newsroom withdrew it; or an issue of a newsletter, and it is in the archive no more.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct GonePage {
    /// What stands around it.
    pub shell: Shell,
    /// Whether it was an issue of a newsletter.
    pub issue: bool,
    /// When it was withdrawn, if known.
    pub withdrawn: Option<Moment>,
    /// The newest stories.
    pub latest: Vec<Card>,
}
