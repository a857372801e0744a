//! What a page shows, recorded while it is put together: the tags whose change drops it from the cache.

use std::collections::BTreeSet;

use model::{Byline, Language, PhotoId, SectionId, StoryId, Tag, TopicId};

/// The tags of one page.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown(BTreeSet<Tag>);

impl Shown {
    /// What every page shows: the settings, the theme, the menus, and what stands at its own path.
    pub(super) fn at(path: &str) -> Self {
        Self(BTreeSet::from([Tag::everything(), Tag::menus(), Tag::path(path)]))
    }

    pub(super) fn add(&mut self, tag: Tag) {
        self.0.insert(tag);
    }

    pub(super) fn path(&mut self, path: &str) {
        self.add(Tag::path(path));
    }

    pub(super) fn story(&mut self, id: StoryId) {
        self.add(Tag::story(id));
    }

    pub(super) fn section(&mut self, id: SectionId) {
        self.add(Tag::section(id));
    }

    pub(super) fn topic(&mut self, id: TopicId) {
        self.add(Tag::topic(id));
    }

    pub(super) fn bylines(&mut self, bylines: &[Byline]) {
        self.0.extend(bylines.iter().map(|byline| Tag::byline(byline.id)));
    }

    pub(super) fn photos<'i>(&mut self, ids: impl IntoIterator<Item = &'i PhotoId>) {
        self.0.extend(ids.into_iter().map(|id| Tag::photo(*id)));
    }

    pub(super) fn latest(&mut self, language: &Language) {
        self.add(Tag::latest(language));
    }

    pub(super) fn into_tags(self) -> Vec<Tag> {
        self.0.into_iter().collect()
    }
}
