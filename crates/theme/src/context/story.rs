//! Stories and static pages.

use serde::Serialize;

use super::{Card, LanguageLink, Moment, NamedLink, Pager, Shell, TopicLink};

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
