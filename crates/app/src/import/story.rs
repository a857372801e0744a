//! Stories: new ones are inserted, changed ones updated with a revision of what stood, the rest left alone.

use intake::{FoundPhoto, FoundStory, Standing};
use model::{
    BylineId, Correction, JournalKind, Language, PhotoId, SectionId, Slug, Story, StoryGroupId, StoryId, StoryState,
    Tag, Timestamp, TopicId, document::plain,
};
use store::{ImportLink, NewParts, Tx};

use super::{
    apply::Import,
    filed::slug_from,
    links::{Known, fingerprint, old_path},
};
use crate::{
    error::Error,
    jobs,
    media::library,
    stories::{revision_of, story_path, story_tags},
};

/// The longest headline and standfirst, in characters; what is longer is cut and reported.
const HEADLINE_MAX: usize = 300;
const STANDFIRST_MAX: usize = 1_000;

/// What a story is filed under, in ids of this newsroom.
struct FiledUnder {
    section: Option<SectionId>,
    topics: Vec<TopicId>,
    bylines: Vec<BylineId>,
}

impl Import {
    pub(super) async fn story(&mut self, tx: &mut Tx, mut found: FoundStory, known: &mut Known) -> Result<(), Error> {
        let print = print_of(&found)?;
        *self.report.standing.entry(standing_name(found.standing).to_owned()).or_default() += 1;
        let language = self.language_of(found.language.as_ref());
        *self.report.languages.entry(language.to_string()).or_default() += 1;
        self.report.note(&found.notes);
        for photo in std::mem::take(&mut found.photos) {
            self.photo(tx, &photo, known).await?;
        }
        let link = known.story(&found.foreign_id).cloned();
        match link {
            Some(link) if print_part(&link.fingerprint) == print => {
                self.report.count("story").unchanged += 1;
                Ok(())
            }
            Some(link) => self.update(tx, found, known, &link, &print).await,
            None => self.insert(tx, found, known, &print).await,
        }
    }

    async fn insert(
        &mut self,
        tx: &mut Tx,
        mut found: FoundStory,
        known: &mut Known,
        print: &str,
    ) -> Result<(), Error> {
        let now = self.newsroom.clock().now();
        let photos = known.settle_photos(&mut found.document, found.lead_photo.as_mut());
        let under = self.filed_under(&found);
        let language = self.language_of(found.language.as_ref());
        self.add_language(tx, &language).await?;
        let (state, published_at) = self.state_of(&found, now);
        let mut story = Story {
            id: StoryId::new(found.published_at.unwrap_or(now), self.newsroom.chance()),
            group: self.group(tx, &found).await?,
            slug: self.story_slug(&found),
            language,
            path: None,
            headline: self.headline(&found),
            standfirst: self.cut("standfirst", &found.standfirst, STANDFIRST_MAX, &found),
            document: std::mem::take(&mut found.document),
            lead_photo: found.lead_photo.take(),
            section: under.section,
            sources: std::mem::take(&mut found.sources),
            state,
            published_at,
            updated_at: found.updated_at.filter(|at| published_at.is_some_and(|first| *at > first)),
            created_at: found.published_at.unwrap_or(now),
            version: 1,
        };
        if story.state == StoryState::Published {
            self.give_path(tx, &mut story).await?;
        }
        store::story_insert(tx, &story).await?;
        self.schedule(tx, &story).await?;
        self.announce(&story, &under, JournalKind::StoryPublished);
        self.corrections(tx, story.id, &found.corrections, 0).await?;
        self.remember(&found, &story, known, print);
        self.pending.parts.push(NewParts {
            story: story.id,
            language: story.language,
            listed_at: story.published_at.filter(|_| story.state == StoryState::Published),
            bylines: under.bylines,
            topics: under.topics,
            photos,
        });
        self.report.count("story").imported += 1;
        Ok(())
    }

    /// A story that was imported before and says something else now. One that was changed here since is left alone.
    async fn update(
        &mut self,
        tx: &mut Tx,
        mut found: FoundStory,
        known: &mut Known,
        link: &ImportLink,
        print: &str,
    ) -> Result<(), Error> {
        // It may be new in this very batch: an export can hold an item twice.
        self.settle_parts(tx).await?;
        let now = self.newsroom.clock().now();
        let id = StoryId(link.entity);
        let Some(ours) = store::story_by_id(tx, id).await? else {
            return self.insert(tx, found, known, print).await;
        };
        if Some(ours.version) != version_part(&link.fingerprint) || ours.state == StoryState::Withdrawn {
            self.report.count("story").kept_ours += 1;
            self.report.changed_here.push(ours.headline);
            return Ok(());
        }
        let photos = known.settle_photos(&mut found.document, found.lead_photo.as_mut());
        let under = self.filed_under(&found);
        let before = if ours.state == StoryState::Published {
            crate::stories::story_tags_in_tx(tx, &ours).await?
        } else {
            Vec::new()
        };
        let (state, published_at) = self.state_of(&found, now);
        // A public story stays public: a newer export may correct it, only a person withdraws it.
        let state = if ours.state == StoryState::Published { StoryState::Published } else { state };
        let mut story = Story {
            headline: self.headline(&found),
            standfirst: self.cut("standfirst", &found.standfirst, STANDFIRST_MAX, &found),
            document: std::mem::take(&mut found.document),
            lead_photo: found.lead_photo.take(),
            section: under.section,
            sources: std::mem::take(&mut found.sources),
            published_at: ours.published_at.filter(|_| ours.path.is_some()).or(published_at),
            updated_at: found.updated_at.filter(|at| published_at.is_some_and(|first| *at > first)),
            version: ours.version + 1,
            state,
            ..ours.clone()
        };
        if story.state == StoryState::Published && story.path.is_none() {
            self.give_path(tx, &mut story).await?;
        }
        if !store::story_update(tx, &story, ours.version).await? {
            // Somebody saved it between our reading and our writing.
            self.report.count("story").kept_ours += 1;
            self.report.changed_here.push(ours.headline);
            return Ok(());
        }
        store::story_words_forget(tx, story.id).await?;
        store::revision_insert(tx, &revision_of(&self.newsroom, &ours, now, "import")).await?;
        self.file(tx, &story, &under, &photos).await?;
        self.schedule(tx, &story).await?;
        if !before.is_empty() {
            self.journal(JournalKind::StoryChanged, Some(id.0), before);
        }
        self.announce(&story, &under, JournalKind::StoryChanged);
        let told = store::correction_list(tx, id).await?.len();
        self.corrections(tx, id, &found.corrections, told).await?;
        self.remember(&found, &story, known, print);
        self.report.count("story").updated += 1;
        Ok(())
    }

    /// Files a story that was here before; a new one is filed with its batch.
    async fn file(&self, tx: &mut Tx, story: &Story, under: &FiledUnder, photos: &[PhotoId]) -> Result<(), Error> {
        store::story_set_bylines(tx, story.id, &under.bylines).await?;
        store::story_set_topics(tx, story.id, &under.topics).await?;
        store::story_set_photos(tx, story.id, photos).await?;
        Ok(())
    }

    async fn schedule(&self, tx: &mut Tx, story: &Story) -> Result<(), Error> {
        if let (StoryState::Scheduled, Some(at)) = (story.state, story.published_at) {
            let payload = serde_json::json!({ "story": story.id });
            store::job_enqueue(tx, &jobs::job(&self.newsroom, jobs::Kind::StoryPublish, payload, at)).await?;
        }
        Ok(())
    }

    fn announce(&mut self, story: &Story, under: &FiledUnder, kind: JournalKind) {
        if story.state == StoryState::Published {
            let mut tags: Vec<Tag> = story_tags(story, &under.topics, &under.bylines);
            if let Some(section) = story.section
                && self.filled.insert((section, story.language.clone()))
            {
                tags.push(Tag::menus());
            }
            self.journal(kind, Some(story.id.0), tags);
        }
    }

    async fn corrections(
        &mut self,
        tx: &mut Tx,
        story: StoryId,
        found: &[(Timestamp, String)],
        told: usize,
    ) -> Result<(), Error> {
        for (at, text) in found.iter().skip(told) {
            store::correction_insert(tx, &Correction { story, at: *at, text: text.clone() }).await?;
        }
        Ok(())
    }

    /// Keeps the link for next time, the redirects from old addresses, and what can only be settled at the end.
    fn remember(&mut self, found: &FoundStory, story: &Story, known: &mut Known, print: &str) {
        let link = ImportLink { entity: story.id.0, fingerprint: format!("{print}@{}", story.version) };
        self.link("story", &found.foreign_id, link.clone());
        known.remember_story(&found.foreign_id, link);
        if let Some(path) = &story.path {
            for old in found.old_url.iter().chain(&found.aliases).filter_map(|url| old_path(url)) {
                if old.trim_end_matches('/') != path.as_str().trim_end_matches('/') {
                    self.redirect_to_story(old, story.id);
                }
            }
        }
        if !found.picks.is_empty() {
            self.picks.push((story.id, story.language.clone(), found.picks.clone()));
        }
        if let Some(place) = found.front {
            self.front.push((story.language.clone(), place, story.id));
        }
    }

    async fn give_path(&mut self, tx: &mut Tx, story: &mut Story) -> Result<(), Error> {
        let at = story.published_at.unwrap_or(story.created_at);
        let wanted = story.slug.clone();
        for number in 2u32.. {
            let path = story_path(&self.context.settings, &story.language, at, &story.slug);
            if !store::story_path_taken(tx, path.as_str()).await? {
                story.path = Some(path);
                break;
            }
            story.slug = wanted.numbered(number);
        }
        if story.slug != wanted {
            self.report
                .remark(format!("the slug “{wanted}” was taken that day; “{}” became {}", story.headline, story.slug));
        }
        Ok(())
    }

    async fn group(&mut self, tx: &mut Tx, found: &FoundStory) -> Result<StoryGroupId, Error> {
        let now = self.newsroom.clock().now();
        let fresh = StoryGroupId::new(now, self.newsroom.chance());
        let Some(key) = &found.group else { return Ok(fresh) };
        if let Some(link) = store::import_link(tx, &self.context.source, "group", key).await? {
            return Ok(StoryGroupId(link.entity));
        }
        store::import_link_set(tx, &self.context.source, "group", key, fresh.0, "", now).await?;
        Ok(fresh)
    }

    /// Public only if it was public. A schedule that has passed is not acted on: the story waits as a draft.
    fn state_of(&mut self, found: &FoundStory, now: Timestamp) -> (StoryState, Option<Timestamp>) {
        match (found.standing, found.published_at) {
            // A date to come is a schedule, whatever the export calls it: static sites know no other way to say so.
            (Standing::Published | Standing::Scheduled, Some(at)) if at > now => (StoryState::Scheduled, Some(at)),
            (Standing::Published, at) => (StoryState::Published, Some(at.unwrap_or(now))),
            (Standing::Scheduled, _) => {
                let headline = &found.headline;
                self.report.remark(format!("“{headline}” was scheduled for a time that has passed; it is a draft now"));
                (StoryState::Draft, None)
            }
            (Standing::Draft, _) => (StoryState::Draft, None),
        }
    }

    fn story_slug(&self, found: &FoundStory) -> Slug {
        slug_from(&found.slug)
            .or_else(|| Slug::from_text(&found.headline))
            .or_else(|| Slug::from_text(&format!("story-{}", found.foreign_id)))
            .unwrap_or_else(|| Slug::from_text("story").unwrap_or_else(|| unreachable!("“story” is readable")))
    }

    /// The headline; a story without one is named by its first words.
    fn headline(&mut self, found: &FoundStory) -> String {
        let given = found.headline.trim();
        if !given.is_empty() {
            return self.cut("headline", given, HEADLINE_MAX, found);
        }
        let words = first_words(found).unwrap_or_else(|| format!("Untitled {}", found.foreign_id));
        self.report.remark(format!("a story without a headline ({}) is named “{words}”", found.foreign_id));
        words
    }

    fn cut(&mut self, what: &str, text: &str, max: usize, found: &FoundStory) -> String {
        let text = text.trim();
        if text.chars().count() <= max {
            return text.to_owned();
        }
        self.report
            .remark(format!("the {what} of story {} was longer than {max} characters and is cut", found.foreign_id));
        let short: String = text.chars().take(max - 1).collect();
        format!("{}…", short.trim_end())
    }

    fn filed_under(&mut self, found: &FoundStory) -> FiledUnder {
        let ids = |kind: &'static str, list: &[String]| {
            let mut ids: Vec<uuid::Uuid> = Vec::new();
            for foreign in list {
                if let Some(id) = self.filed.get(&(kind, foreign.clone()))
                    && !ids.contains(id)
                {
                    ids.push(*id);
                }
            }
            ids
        };
        FiledUnder {
            section: ids("section", &found.sections).first().map(|id| SectionId(*id)),
            topics: ids("topic", &found.topics).into_iter().map(TopicId).collect(),
            bylines: ids("byline", &found.bylines).into_iter().map(BylineId).collect(),
        }
    }

    /// A photo of the export: its row is made at once, its pixels come later.
    pub(super) async fn photo(&mut self, tx: &mut Tx, found: &FoundPhoto, known: &mut Known) -> Result<(), Error> {
        let print = fingerprint(&(&found.url, &found.alt, &found.caption, &found.credit))?;
        let now = self.newsroom.clock().now();
        let id = match known.photo(found.id) {
            Some(link) if link.fingerprint == print => {
                self.photos.insert(PhotoId(link.entity));
                self.report.count("photo").unchanged += 1;
                return Ok(());
            }
            Some(link) => {
                let id = PhotoId(link.entity);
                // A photo can stand in several stories, each naming it in its own words: the first words stay.
                if let Some(mut photo) = store::photo_by_id(tx, id).await? {
                    let changed = fill(&mut photo.alt, &found.alt)
                        | fill(&mut photo.caption, &found.caption)
                        | fill(&mut photo.credit, &found.credit);
                    if changed {
                        store::photo_update(tx, &photo).await?;
                        library::find(tx, &photo).await?;
                        self.journal(JournalKind::PhotoChanged, Some(id.0), vec![Tag::photo(id)]);
                        self.report.count("photo").updated += 1;
                    } else {
                        self.photos.insert(id);
                        self.report.count("photo").unchanged += 1;
                        return Ok(());
                    }
                }
                id
            }
            None => {
                let photo = missing_photo(PhotoId::new(now, self.newsroom.chance()), found, now);
                store::photo_insert(tx, &photo).await?;
                library::find(tx, &photo).await?;
                self.report.count("photo").imported += 1;
                photo.id
            }
        };
        self.photos.insert(id);
        let link = ImportLink { entity: id.0, fingerprint: print };
        self.link("photo", &found.id.to_string(), link.clone());
        known.remember_photo(found.id, link);
        Ok(())
    }
}

fn fill(ours: &mut String, theirs: &str) -> bool {
    let empty = ours.is_empty() && !theirs.is_empty();
    if empty {
        theirs.clone_into(ours);
    }
    empty
}

fn missing_photo(id: PhotoId, found: &FoundPhoto, now: Timestamp) -> model::Photo {
    model::Photo {
        id,
        state: model::PhotoState::Missing,
        origin: Some(found.url.clone()),
        source_hash: None,
        width: 0,
        height: 0,
        focal: model::FocalPoint::default(),
        alt: found.alt.clone(),
        caption: found.caption.clone(),
        credit: found.credit.clone(),
        colour: String::new(),
        renditions: Vec::new(),
        created_at: now,
    }
}

fn first_words(found: &FoundStory) -> Option<String> {
    let mut words = None;
    model::document::visit::blocks(&found.document, &mut |block| {
        if words.is_none() {
            let text: String = model::document::visit::lines(block).into_iter().map(plain::line).collect();
            let text = text.trim();
            if !text.is_empty() {
                let short: Vec<&str> = text.split_whitespace().take(8).collect();
                let more = if text.split_whitespace().nth(8).is_some() { " …" } else { "" };
                words = Some(format!("{}{more}", short.join(" ").chars().take(120).collect::<String>()));
            }
        }
    });
    words
}

fn standing_name(standing: Standing) -> &'static str {
    match standing {
        Standing::Draft => "draft",
        Standing::Scheduled => "scheduled",
        Standing::Published => "published",
    }
}

fn print_part(fingerprint: &str) -> &str {
    fingerprint.split('@').next().unwrap_or(fingerprint)
}

fn version_part(fingerprint: &str) -> Option<i64> {
    fingerprint.split('@').nth(1)?.parse().ok()
}

fn print_of(found: &FoundStory) -> Result<String, Error> {
    let language: Option<&Language> = found.language.as_ref();
    let words = (&found.headline, &found.standfirst, &found.slug, language, &found.group, &found.document);
    let filed = (&found.lead_photo, &found.sections, &found.topics, &found.bylines, &found.sources);
    let rest = (&found.corrections, &found.picks, &found.published_at, &found.updated_at, &found.old_url);
    fingerprint(&(words, filed, rest, standing_name(found.standing)))
}
