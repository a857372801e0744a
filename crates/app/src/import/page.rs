//! Static pages: each change is a new version, because consents name the version they saw.

use intake::FoundPage;
use model::{JournalKind, Page, PageId, Slug, Tag, page::slug_is_free};
use store::{ImportLink, RedirectTo, Tx};

use super::{
    apply::Import,
    filed::slug_from,
    links::{Known, fingerprint, old_path},
};
use crate::error::Error;

impl Import {
    pub(super) async fn page(&mut self, tx: &mut Tx, mut found: FoundPage, known: &mut Known) -> Result<(), Error> {
        let words = (&found.title, &found.slug, &found.language, &found.document, found.public, found.menu);
        let print = fingerprint(&(words, &found.updated_at))?;
        self.report.note(&found.notes);
        for photo in std::mem::take(&mut found.photos) {
            self.photo(tx, &photo, known).await?;
        }
        known.settle_photos(&mut found.document, None);
        match known.page(&found.foreign_id).cloned() {
            Some(link) if link.fingerprint.split('@').next() == Some(&print) => {
                self.report.count("page").unchanged += 1;
                Ok(())
            }
            Some(link) => self.update_page(tx, found, known, &link, &print).await,
            None => self.insert_page(tx, found, known, &print).await,
        }
    }

    async fn insert_page(
        &mut self,
        tx: &mut Tx,
        mut found: FoundPage,
        known: &mut Known,
        print: &str,
    ) -> Result<(), Error> {
        let now = self.newsroom.clock().now();
        let language = self.language_of(found.language.as_ref());
        self.add_language(tx, &language).await?;
        let slug = self.free_slug(tx, &found, &language).await?;
        let page = Page {
            id: PageId::new(now, self.newsroom.chance()),
            language,
            slug,
            public: found.public,
            menu: found.menu,
            title: title_of(&found),
            document: std::mem::take(&mut found.document),
            version: 1,
            updated_at: found.updated_at.unwrap_or(now),
        };
        store::page_insert(tx, &page).await?;
        self.report.count("page").imported += 1;
        self.remember_page(tx, &found, &page, known, print).await
    }

    async fn update_page(
        &mut self,
        tx: &mut Tx,
        mut found: FoundPage,
        known: &mut Known,
        link: &ImportLink,
        print: &str,
    ) -> Result<(), Error> {
        let Some(ours) = store::page_by_id(tx, PageId(link.entity)).await? else {
            return self.insert_page(tx, found, known, print).await;
        };
        let untouched = link.fingerprint.split('@').nth(1).and_then(|v| v.parse().ok()) == Some(ours.version);
        let page = Page {
            public: found.public,
            menu: found.menu,
            title: title_of(&found),
            document: std::mem::take(&mut found.document),
            version: ours.version + 1,
            updated_at: found.updated_at.unwrap_or_else(|| self.newsroom.clock().now()),
            ..ours.clone()
        };
        // The save is refused when somebody saved it between our reading and our writing.
        if !untouched || !store::page_save(tx, &page).await? {
            self.report.count("page").kept_ours += 1;
            self.report.changed_here.push(ours.title);
            return Ok(());
        }
        self.report.count("page").updated += 1;
        self.remember_page(tx, &found, &page, known, print).await
    }

    async fn remember_page(
        &mut self,
        tx: &mut Tx,
        found: &FoundPage,
        page: &Page,
        known: &mut Known,
        print: &str,
    ) -> Result<(), Error> {
        let link = ImportLink { entity: page.id.0, fingerprint: format!("{print}@{}", page.version) };
        self.link("page", &found.foreign_id, link.clone());
        known.remember_page(&found.foreign_id, link);
        let path = format!("{}/{}/", self.context.settings.prefix(&page.language), page.slug);
        let mut tags = vec![Tag::page(page.id), Tag::path(&path)];
        if page.menu.is_some() {
            tags.push(Tag::menus());
        }
        self.journal(JournalKind::PageChanged, Some(page.id.0), tags);
        if page.public {
            for old in found.old_url.iter().chain(&found.aliases).filter_map(|url| old_path(url)) {
                if old.trim_end_matches('/') != path.trim_end_matches('/') {
                    self.redirect(tx, old, RedirectTo::Path(path.clone())).await?;
                }
            }
        }
        Ok(())
    }

    /// The page's slug, or the next free one when it is taken or reserved for other kinds of pages.
    async fn free_slug(&mut self, tx: &mut Tx, found: &FoundPage, language: &model::Language) -> Result<Slug, Error> {
        let wanted = slug_from(&found.slug).or_else(|| Slug::from_text(&found.title));
        let wanted = match wanted.or_else(|| Slug::from_text(&format!("page-{}", found.foreign_id))) {
            Some(slug) => slug,
            None => Slug::new("untitled").map_err(|error| Error::Refused(error.to_string()))?,
        };
        let mut slug = wanted.clone();
        let mut number = 1;
        while !slug_is_free(&slug, &self.context.settings)
            || store::page_by_slug(tx, language, slug.as_str()).await?.is_some()
        {
            number += 1;
            slug = wanted.numbered(number);
        }
        if slug != wanted {
            self.report.remark(format!("the page “{}” stands at /{slug}/ because /{wanted}/ is taken", found.title));
        }
        Ok(slug)
    }
}

fn title_of(found: &FoundPage) -> String {
    let title = found.title.trim();
    if title.is_empty() { format!("Untitled {}", found.foreign_id) } else { title.chars().take(300).collect() }
}
