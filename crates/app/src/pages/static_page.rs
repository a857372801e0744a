//! A static page: about, contact, privacy policy. A long one continues on further pages, as stories do.

use std::collections::HashMap;

use http::StatusCode;
use model::{Document, Language, Page as Text, Photo, PhotoId, document::visit};
use render::{Labels, Resources};
use theme::{Page, context::StaticPage};

use super::{
    draft::Draft,
    press::Press,
    reading::Reading,
    shell::{Elsewhere, links, shell},
    story::present_links,
    story_parts::{pager, path_of},
};
use crate::{cache::Prepared, error::Error};

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
    Ok(Some(Draft::of(move |press| print(press, &told))))
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

fn print(press: &Press, told: &Told) -> Result<Option<Prepared>, Error> {
    let mut failure = None;
    let parts = render::split(&told.document, &mut |document| {
        press.fits(&Page::Static(made(told, document, 2, 2))).unwrap_or_else(|error| {
            failure.get_or_insert(error);
            true
        })
    });
    if let Some(error) = failure {
        return Err(error);
    }
    let Some(text) = told.part.checked_sub(1).and_then(|at| parts.get(at)) else { return Ok(None) };
    let mut page = made(told, text, told.part, parts.len());
    if told.part > 1 {
        page.shell.alternates.clear();
    }
    press.print(StatusCode::OK, &Page::Static(page)).map(Some)
}

fn made(told: &Told, text: &Document, part: usize, parts: usize) -> StaticPage {
    let path = path_of(&told.first, part);
    let root = path.to_root();
    let resources = Resources {
        root: &root,
        language: &told.language,
        photos: &told.photos,
        links: &told.links,
        labels: &told.labels,
    };
    let mut page = told.page.clone();
    page.body_html = render::web(text, &resources);
    page.parts = pager(&told.first, part, parts);
    page.shell.previous_path.clone_from(&page.parts.previous);
    page.shell.next_path.clone_from(&page.parts.next);
    page.shell.path = path.as_str().to_owned();
    page.shell.root = root;
    page
}
