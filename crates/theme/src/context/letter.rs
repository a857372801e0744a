//! Past issues of newsletters.

use serde::Serialize;

use super::{CardPhoto, CorrectionLine, Moment, NamedLink, Pager, Shell, SourceLine};

/// A newsletter and its issues that were sent, the latest first. Its form to sign up is in [`super::Slots::newsletter`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LetterPage {
    /// What stands around it.
    pub shell: Shell,
    /// Its name.
    pub name: String,
    /// What is in it and when it comes; may be empty.
    pub about: String,
    /// Whether it is not sent any more.
    pub over: bool,
    /// Its issues on this page of the list.
    pub issues: Vec<IssueLine>,
    /// Which page of the list this is.
    pub pager: Pager,
}

/// An issue in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct IssueLine {
    /// Its subject.
    pub title: String,
    /// What mailboxes show after that; may be empty.
    pub preview: String,
    /// Its number.
    pub number: i64,
    /// Its page.
    pub path: String,
    /// When it was sent.
    pub sent: Moment,
}

/// An issue of a newsletter, or one part of a long one. The form to sign up is in [`super::Slots::newsletter`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct IssuePage {
    /// What stands around it.
    pub shell: Shell,
    /// Its subject.
    pub title: String,
    /// Its newsletter.
    pub newsletter: NamedLink,
    /// Its number.
    pub number: i64,
    /// "Friday, 11 July 2025" ([`crate::Strings::weekday_date`]).
    pub dated: String,
    /// When it was sent.
    pub sent: Moment,
    /// On the first of several parts: its stories, with where each begins.
    pub contents: Vec<NamedLink>,
    /// What stands on this part, in order.
    pub entries: Vec<IssueEntry>,
    /// The parts of a long issue; `pages` is 1 for one that fits on one page.
    pub parts: Pager,
    /// The issue before it.
    pub previous: Option<NamedLink>,
    /// The issue after it.
    pub next: Option<NamedLink>,
}

/// Something that stands in an issue: a story, or what the newsletter itself says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct IssueEntry {
    /// What the place is called in its page, for links to it; empty where nothing leads there.
    pub anchor: String,
    /// The heading of what begins here: a section's name, in newsletters that go by section; mostly empty.
    pub heading: String,
    /// A story's headline; empty for what the newsletter itself says, and where a story was withdrawn.
    pub headline: String,
    /// A story's page.
    pub path: String,
    /// BCP 47 tag of its language when that is not the page's; else empty.
    pub language: String,
    /// `ltr` or `rtl`; empty when `language` is.
    pub dir: String,
    /// Where it stands.
    pub section: Option<NamedLink>,
    /// What the editor says of it; may be empty.
    pub note: String,
    /// Its standfirst; may be empty.
    pub standfirst: String,
    /// Who signed it, in order; of whole stories.
    pub bylines: Vec<NamedLink>,
    /// First publication; of whole stories.
    pub published: Option<Moment>,
    /// Its photo, where the story is not whole.
    pub photo: Option<CardPhoto>,
    /// Whether a link to read on stands below it.
    pub read_on: bool,
    /// Its text or a part of it, or what the newsletter itself says (`render::web_among_others`).
    pub body_html: String,
    /// Whether its beginning stands on the part before.
    pub continued: bool,
    /// Where a whole story's statements come from.
    pub sources: Vec<SourceLine>,
    /// What was wrong in a whole story and is now right, oldest first.
    pub corrections: Vec<CorrectionLine>,
    /// Whether a story stood here that the newsroom withdrew. Nothing is told of it.
    pub withdrawn: bool,
}
