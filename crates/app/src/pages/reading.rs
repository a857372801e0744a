//! One look at the newsroom: a read transaction, the settings, and a record of what was shown from it.

use std::sync::Arc;

use jiff::tz::TimeZone;
use model::{Language, Newsroom as Settings, Path, Section, Tag, Timestamp};
use outside::mailback::Addresses;
use store::Tx;
use theme::{
    Strings, Theme,
    context::{Moment, NamedLink},
};

use super::{appeal::Forced, shown::Shown};
use crate::{Newsroom, error::Error, stories::time_zone};

/// Everything a page is put together from. All of it comes from one snapshot of the database, whose place in the journal
/// is `seq`.
pub(super) struct Reading {
    pub(super) tx: Tx,
    pub(super) settings: Settings,
    pub(super) zone: TimeZone,
    pub(super) theme: Arc<Theme>,
    /// The language of the page.
    pub(super) language: Language,
    pub(super) strings: Arc<Strings>,
    /// The page's own path.
    pub(super) path: Path,
    pub(super) sections: Vec<Section>,
    pub(super) shown: Shown,
    /// Where mails come in, if they do.
    pub(super) addresses: Option<Addresses>,
    /// Whether this server can seal addresses and not open them: no mail to a reader is sent by itself.
    pub(super) seals_only: bool,
    pub(super) now: Timestamp,
    /// The appeal to be shown whatever its rules, for a preview.
    pub(super) forced: Option<Forced>,
    seq: i64,
}

impl Reading {
    /// Begins to read for a page at `path`, in the newsroom's own language until [`Reading::speak`] says otherwise.
    pub(super) async fn open(newsroom: &Newsroom, path: &str) -> Result<Self, Error> {
        Self::within(newsroom, newsroom.store().read().await?, path).await
    }

    /// The same within a transaction that is open already.
    pub(super) async fn within(newsroom: &Newsroom, mut tx: Tx, path: &str) -> Result<Self, Error> {
        // First of all, so that everything read later is at least as new.
        let seq = store::journal_last(&mut tx).await?;
        let settings = store::newsroom_settings(&mut tx).await?;
        let sections = store::section_all(&mut tx).await?;
        let theme = newsroom.theme();
        let language = settings.language.clone();
        Ok(Self {
            zone: time_zone(&settings),
            strings: theme.strings(&language),
            theme,
            language,
            path: Path::new(path),
            sections,
            shown: Shown::at(path),
            addresses: newsroom.ways().addresses.clone(),
            seals_only: newsroom.keys().is_ok_and(|keys| !keys.can_open()),
            now: newsroom.clock().now(),
            forced: None,
            tx,
            settings,
            seq,
        })
    }

    /// Sets the language of the page.
    pub(super) fn speak(&mut self, language: &Language) {
        self.strings = self.theme.strings(language);
        self.language = language.clone();
    }

    /// Ends the transaction: what was shown, and as of when.
    pub(super) fn close(self) -> (Vec<Tag>, i64) {
        (self.shown.into_tags(), self.seq)
    }

    /// Ends the transaction and undoes what was written in it.
    pub(super) async fn undo(self) -> Result<(), Error> {
        Ok(self.tx.rollback().await?)
    }

    /// What leads to the pages of this page's language: empty or `/ru`.
    pub(super) fn prefix(&self) -> String {
        self.settings.prefix(&self.language)
    }

    /// A path below this page's language: `at("latest/")`.
    pub(super) fn at(&self, rest: &str) -> String {
        format!("{}/{rest}", self.prefix())
    }

    pub(super) fn moment(&self, at: Timestamp) -> Moment {
        Moment::new(at, self.now, &self.zone, &self.strings)
    }

    /// The newsroom's name in this page's language.
    pub(super) fn site_name(&self) -> String {
        self.settings.name.get(&self.language).unwrap_or("Masthead").to_owned()
    }

    /// A section by its id, as a link.
    pub(super) fn section_link(&self, id: model::SectionId) -> Option<NamedLink> {
        let section = self.sections.iter().find(|section| section.id == id)?;
        Some(self.link_to_section(section))
    }

    pub(super) fn link_to_section(&self, section: &Section) -> NamedLink {
        NamedLink {
            name: self.named(&section.names, &section.slug),
            path: self.at(&format!("sections/{}/", section.slug)),
        }
    }

    /// A name in this page's language; the slug when there is none at all.
    pub(super) fn named(&self, names: &model::Names, slug: &model::Slug) -> String {
        names.get(&self.language).map_or_else(|| slug.to_string(), str::to_owned)
    }

    /// A sentence in this page's language, or none: a sentence in another language is worse than none.
    pub(super) fn about(&self, about: &model::Names) -> String {
        let own = about.0.get(&self.language).or_else(|| about.0.get(self.language.primary()));
        own.cloned().unwrap_or_default()
    }
}
