//! Applies items in batches, one transaction each.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use intake::{Item, Site};
use model::{JournalKind, Language, Names, NewJournalRow, PhotoId, SectionId, StoryId, Tag};
use store::{ImportLink, NewParts, Tx};

use super::{Context, Report, links::Known};
use crate::{Newsroom, error::Error, follow};

/// Positions of sections that came without an order begin here, behind those that have one.
const UNORDERED: i64 = 1_000;

/// An import under way.
pub(super) struct Import {
    pub(super) newsroom: Newsroom,
    pub(super) context: Context,
    pub(super) report: Report,
    /// Sections, topics and bylines by kind and foreign id: few enough to keep.
    pub(super) filed: HashMap<(&'static str, String), uuid::Uuid>,
    /// Editors' picks of stories that were new or changed, resolved when all stories are there.
    pub(super) picks: Vec<(StoryId, Language, Vec<String>)>,
    /// Sections that are new here and came without an order.
    pub(super) unordered: Vec<model::Section>,
    /// The photos of this import, for the search for their pixels.
    pub(super) photos: HashSet<PhotoId>,
    /// Places on the front page.
    pub(super) front: Vec<(Language, i64, StoryId)>,
    /// What the transaction under way still has to write.
    pub(super) pending: Pending,
    /// The language of texts that do not say theirs, when whoever imports has said it.
    language: Option<Language>,
    /// Sections and languages in which a story of this import stands: a first one changes the menus.
    pub(super) filled: HashSet<(SectionId, Language)>,
}

/// Rows that nothing reads before the transaction ends, written together: a statement for a whole batch instead of ten
/// for each story.
#[derive(Default)]
pub(super) struct Pending {
    pub(super) parts: Vec<NewParts>,
    links: IndexMap<(&'static str, String), ImportLink>,
    redirects: IndexMap<String, StoryId>,
    journal: Vec<NewJournalRow>,
}

impl Import {
    pub(super) fn new(newsroom: Newsroom, language: Option<Language>) -> Self {
        let context = Context {
            settings: model::Newsroom::default(),
            source: String::new(),
            language: Language::english(),
            address: None,
        };
        Self {
            newsroom,
            context,
            report: Report::new(),
            filed: HashMap::new(),
            picks: Vec::new(),
            unordered: Vec::new(),
            photos: HashSet::new(),
            front: Vec::new(),
            pending: Pending::default(),
            language,
            filled: HashSet::new(),
        }
    }

    /// What was done so far.
    pub(super) fn imported(self) -> super::Imported {
        super::Imported { report: self.report, photos: self.photos }
    }

    /// Applies a batch and empties it.
    pub(super) async fn apply(&mut self, batch: &mut Vec<Item>) -> Result<(), Error> {
        let mut tx = self.newsroom.store().begin().await?;
        // The site first: what earlier imports left can be looked up only when the source is known.
        while let Some(at) = batch.iter().position(|item| matches!(item, Item::Site(_))) {
            if let Item::Site(site) = batch.remove(at) {
                self.site(&mut tx, site).await?;
            }
        }
        let mut known = Known::load(&mut tx, &self.context.source, batch).await?;
        for item in batch.drain(..) {
            match item {
                Item::Site(_) => {}
                Item::Section(found) => self.section(&mut tx, found).await?,
                Item::Topic(found, kind) => self.topic(&mut tx, found, kind).await?,
                Item::Byline(found) => self.byline(&mut tx, found).await?,
                Item::Photo(found) => self.photo(&mut tx, &found, &mut known).await?,
                Item::Story(found) => self.story(&mut tx, *found, &mut known).await?,
                Item::Page(found) => self.page(&mut tx, *found, &mut known).await?,
                Item::Skipped(skipped) => self.report.skip(skipped),
            }
        }
        self.flush(&mut tx).await?;
        Ok(tx.commit().await?)
    }

    /// A newsroom that was never named takes the site's name and language.
    async fn site(&mut self, tx: &mut Tx, site: Site) -> Result<(), Error> {
        self.context.source = format!("{}:{}", site.system, site.key);
        self.report.source.clone_from(&self.context.source);
        self.context.address.clone_from(&site.address);
        let fresh = store::setting_get(tx, "newsroom").await?.is_none();
        self.context.settings = store::newsroom_settings(tx).await?;
        if fresh {
            let told = site.language.clone().or_else(|| self.language.clone());
            let language = told.map_or_else(|| self.context.settings.language.clone(), |told| self.ours(told));
            self.context.settings.language = language.clone();
            self.context.settings.languages = vec![language.clone()];
            if !site.title.trim().is_empty() {
                self.context.settings.name = Names::one(language, site.title.trim());
            }
            self.save_settings(tx).await?;
        }
        self.context.language = match site.language.or_else(|| self.language.clone()) {
            Some(language) => self.ours(language),
            None => self.context.settings.language.clone(),
        };
        let language = self.context.language.clone();
        self.add_language(tx, &language).await
    }

    /// The language of a story or page of the export.
    pub(super) fn language_of(&self, found: Option<&Language>) -> Language {
        found.map_or_else(|| self.context.language.clone(), |language| self.ours(language.clone()))
    }

    /// An export's `en-US` is this newsroom's `en`: the language it publishes in already, else the one that the
    /// interface speaks. A language of which the interface knows nothing stays as it is.
    fn ours(&self, language: Language) -> Language {
        let known = &self.context.settings.languages;
        if known.contains(&language) {
            return language;
        }
        let spoken = self.newsroom.theme().languages();
        let same = |other: &&Language| other.primary() == language.primary();
        let found = known.iter().find(same).or_else(|| spoken.iter().find(same)).cloned();
        found.unwrap_or(language)
    }

    /// Adds a language of publication when a story in it arrives.
    pub(super) async fn add_language(&mut self, tx: &mut Tx, language: &Language) -> Result<(), Error> {
        if self.context.settings.languages.contains(language) {
            return Ok(());
        }
        self.context.settings.languages.push(language.clone());
        self.save_settings(tx).await
    }

    async fn save_settings(&mut self, tx: &mut Tx) -> Result<(), Error> {
        let now = self.newsroom.clock().now();
        store::newsroom_settings_set(tx, &self.context.settings, now).await?;
        self.journal(JournalKind::SettingsChanged, None, vec![Tag::everything()]);
        Ok(())
    }

    /// Readers will see this change when the transaction is committed.
    pub(super) fn journal(&mut self, kind: JournalKind, subject: Option<uuid::Uuid>, tags: Vec<Tag>) {
        self.pending.journal.push(NewJournalRow { kind, subject, tags });
    }

    /// What an item of the export is here.
    pub(super) fn link(&mut self, kind: &'static str, foreign_id: &str, link: ImportLink) {
        self.pending.links.insert((kind, foreign_id.to_owned()), link);
    }

    /// Where a story stood before.
    pub(super) fn redirect_to_story(&mut self, from: String, story: StoryId) {
        self.report.redirects += 1;
        self.journal(JournalKind::RedirectChanged, None, vec![Tag::path(&from)]);
        self.pending.redirects.insert(from, story);
    }

    /// Files the stories that are new in this batch.
    pub(super) async fn settle_parts(&mut self, tx: &mut Tx) -> Result<(), Error> {
        Ok(store::story_add_parts(tx, &std::mem::take(&mut self.pending.parts)).await?)
    }

    async fn flush(&mut self, tx: &mut Tx) -> Result<(), Error> {
        self.settle_parts(tx).await?;
        let now = self.newsroom.clock().now();
        let Pending { links, redirects, journal, .. } = std::mem::take(&mut self.pending);
        let links: Vec<_> = links.into_iter().map(|((kind, id), link)| (kind, id, link)).collect();
        store::import_link_set_all(tx, &self.context.source, &links, now).await?;
        store::redirect_set_all(tx, &redirects.into_iter().collect::<Vec<_>>(), now).await?;
        store::journal_append_all(tx, now, &journal).await?;
        Ok(())
    }

    /// What can only be settled when everything is there: picks, the front page, the audit row.
    pub(super) async fn finish(&mut self) -> Result<(), Error> {
        if self.context.source.is_empty() {
            return Ok(());
        }
        self.mind_the_front();
        let mut tx = self.newsroom.store().begin().await?;
        for (story, language, picks) in std::mem::take(&mut self.picks) {
            let ids = self.resolve_picks(&mut tx, &language, &picks).await?;
            store::story_set_picks(&mut tx, story, &ids).await?;
            self.journal(JournalKind::StoryChanged, Some(story.0), vec![Tag::story(story)]);
        }
        self.set_front(&mut tx).await?;
        self.order_sections(&mut tx).await?;
        if self.report.changed_anything() {
            let detail = serde_json::to_string(&self.report.items)?;
            let now = self.newsroom.clock().now();
            store::audit_append(&mut tx, now, "command line", "import", None, &detail).await?;
        }
        self.flush(&mut tx).await?;
        tx.commit().await?;
        if self.report.changed_anything()
            && let Err(error) = self.newsroom.store().optimize().await
        {
            tracing::warn!(%error, "the database could not measure itself; queries may be slower for now");
        }
        follow::catch_up(&self.newsroom).await
    }

    /// A newsroom whose first language has no story shows an empty front page: worth a word.
    fn mind_the_front(&mut self) {
        let first = &self.context.settings.language;
        if let Some((language, _)) = self.report.languages.iter().next()
            && !self.report.languages.contains_key(first.as_str())
        {
            let line = format!(
                "no story is in {first}, the newsroom's first language, so this import adds nothing to its front page; \
                 if {language} is to be the first: masthead settings set language {language}"
            );
            self.report.remark(line);
        }
    }

    async fn resolve_picks(
        &mut self,
        tx: &mut Tx,
        language: &Language,
        picks: &[String],
    ) -> Result<Vec<StoryId>, Error> {
        let mut ids = Vec::new();
        for pick in picks {
            let linked = store::import_link(tx, &self.context.source, "story", pick).await?;
            let found = match linked {
                Some(link) => Some(StoryId(link.entity)),
                None => store::story_by_slug(tx, language, pick).await?.map(|head| head.id),
            };
            match found {
                Some(id) => ids.push(id),
                None => self.report.remark(format!("“{pick}” is picked for Read more but there is no such story")),
            }
        }
        Ok(ids)
    }

    /// Sections without an order of their own stand by the number of their stories: menus show the first few.
    async fn order_sections(&mut self, tx: &mut Tx) -> Result<(), Error> {
        let mut counted = Vec::new();
        for section in std::mem::take(&mut self.unordered) {
            let scope = store::Scope::Section(section.id);
            counted.push((store::story_count(tx, &self.context.language, &scope).await?, section));
        }
        counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let mut tags = vec![Tag::menus()];
        for (rank, (_, mut section)) in counted.into_iter().enumerate() {
            section.position = UNORDERED + i64::try_from(rank).unwrap_or(i64::MAX);
            store::section_update(tx, &section).await?;
            tags.push(Tag::section(section.id));
        }
        if tags.len() > 1 {
            self.journal(JournalKind::SectionChanged, None, tags);
        }
        Ok(())
    }

    /// The export's front page is taken where this newsroom has none of its own.
    async fn set_front(&mut self, tx: &mut Tx) -> Result<(), Error> {
        let mut slots = std::mem::take(&mut self.front);
        slots.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        for chunk in slots.chunk_by(|a, b| a.0 == b.0) {
            let Some((language, ..)) = chunk.first() else { continue };
            if !store::front(tx, language).await?.is_empty() {
                continue;
            }
            let ids: Vec<StoryId> = chunk.iter().map(|(_, _, id)| *id).collect();
            store::front_set(tx, language, &ids).await?;
            self.journal(JournalKind::FrontChanged, None, vec![Tag::front(language)]);
        }
        Ok(())
    }
}
