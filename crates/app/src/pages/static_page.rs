//! A static page: about, contact, privacy policy. A long one continues on further pages, as stories do.

use std::collections::HashMap;

use model::{Document, Language, Page as Text, Path, Photo, PhotoId, document::visit};
use render::{Labels, Resources};
use theme::{
    Page,
    context::{Pager, StaticPage},
};

use super::{
    draft::Draft,
    parts::{self, InParts, fullest_pager, pager, path_of},
    reading::Reading,
    shell::{Elsewhere, links, shell},
    story::present_links,
};
use crate::error::Error;

struct Told {
    first: String,
    part: usize,
    language: Language,
    labels: Labels,
    document: Document,
    photos: HashMap<PhotoId, Photo>,
    links: HashMap<String, String>,
    page: StaticPage,
}

/// A page's part, when the page is public.
pub(super) async fn show(reading: &mut Reading, slug: &str, part: usize) -> Result<Option<Draft>, Error> {
    let language = reading.language.clone();
    let first = reading.at(&format!("{slug}/"));
    reading.shown.path(&first);
    let Some(text) = store::page_by_slug(&mut reading.tx, &language, slug).await? else { return Ok(None) };
    reading.shown.add(model::Tag::page(text.id));
    if !text.public {
        return Ok(None);
    }
    let page = gather(reading, &text).await?;
    let ids: Vec<PhotoId> = visit::photos(&text.document).into_iter().map(|photo| photo.photo).collect();
    reading.shown.photos(&ids);
    let told = Told {
        first,
        part,
        language,
        labels: reading.strings.labels(),
        photos: store::photos(&mut reading.tx, &ids).await?,
        links: present_links(reading, visit::links(&text.document)).await?,
        document: text.document,
        page,
    };
    Ok(Some(Draft::printed(move |press| parts::print(press, &told, told.part))))
}

async fn gather(reading: &mut Reading, text: &Text) -> Result<StaticPage, Error> {
    let heads = store::page_translations(&mut reading.tx, text.slug.as_str()).await?;
    let mut elsewhere = Elsewhere::new();
    for head in heads {
        reading.shown.add(model::Tag::page(head.id));
        let path = format!("{}/{}/", reading.settings.prefix(&head.language), head.slug);
        elsewhere.push((head.language, path));
    }
    let shell = shell(reading, &text.title, &elsewhere).await?;
    let translations = links(reading, &elsewhere).into_iter().filter(|link| !link.current).collect();
    Ok(StaticPage {
        shell,
        title: text.title.clone(),
        updated: Some(reading.moment(text.updated_at)),
        version: text.version,
        translations,
        ..StaticPage::default()
    })
}

impl Told {
    fn with(&self, text: &Document, path: &Path, parts: Pager) -> StaticPage {
        let mut page = self.page.clone();
        page.shell.root = path.to_root();
        page.shell.path = path.as_str().to_owned();
        page.shell.previous_path.clone_from(&parts.previous);
        page.shell.next_path.clone_from(&parts.next);
        let resources = Resources {
            root: &page.shell.root,
            language: &self.language,
            photos: &self.photos,
            links: &self.links,
            labels: &self.labels,
        };
        page.body_html = render::web(text, &resources);
        page.parts = parts;
        page
    }
}

impl InParts for Told {
    fn document(&self) -> &Document {
        &self.document
    }

    fn first(&self) -> &str {
        &self.first
    }

    fn page(&self, text: &Document, part: usize, parts: usize) -> Page {
        let mut page = self.with(text, &path_of(&self.first, part), pager(&self.first, part, parts));
        if part > 1 {
            page.shell.alternates.clear();
        }
        Page::Static(page)
    }

    fn fullest(&self, text: &Document) -> Page {
        Page::Static(self.with(text, &path_of(&self.first, 12), fullest_pager(&self.first)))
    }
}
