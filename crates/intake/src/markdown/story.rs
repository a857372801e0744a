//! A file as a story or a page.

use model::document::text;
use model::{Language, PhotoUse, Source};
use serde_json::Value;

use super::body::{self, File};
use super::files::{Folder, Found};
use super::front::{Front, text_of};
use super::lists::{bylines, sections, slug_of, topics};
use super::site::{Around, System};
use super::{dates, site};
use crate::html::Converted;
use crate::{FoundPage, FoundPhoto, FoundStory, Note, Standing, photo_id};

/// Whether a file is a static page: it stands in `pages/`, says so, or has no date at the top of a Hugo or Zola site.
pub(super) fn is_page(front: &Front, found: &Found, around: &Around) -> bool {
    let says = front.text(&["type", "layout"]);
    let below_pages = found.folder == "pages" || found.folder.starts_with("pages/");
    let undated = front.get(&["date", "publishDate"]).is_none() && dates::in_name(&found.stem).is_none();
    let top = found.folder.is_empty() && matches!(around.system, System::Hugo | System::Zola | System::Jekyll);
    below_pages || says == "page" || says == "pages" || (top && undated)
}

pub(super) fn story(front: &Front, markdown: &str, found: &Found, folder: &Folder, around: &Around) -> FoundStory {
    let language = language(front, found);
    let mut converted = convert(markdown, found, folder, around, language.as_ref());
    let published_at = published(front, found, around);
    let lead = lead(front, found, folder);
    let lead_photo = lead.map(|(used, photo)| {
        // What is said of it on top is what it says by itself.
        converted.photos.retain(|p| p.url != photo.url);
        converted.photos.insert(0, photo);
        used
    });
    let standing = standing(front, found, published_at, &mut converted.notes);
    let headline = headline(front, &mut converted, &found.stem);
    FoundStory {
        foreign_id: found.name.clone(),
        standing,
        old_url: old_url(front, found, around),
        aliases: front.list(&["aliases", "redirect_from"]),
        slug: slug(front, found),
        language,
        group: Some(front.text(&["group", "translationKey", "translation_key"]))
            .filter(|g| !g.is_empty())
            .or_else(|| translated(found)),
        headline,
        standfirst: front.text(&["standfirst", "subtitle", "description", "summary", "excerpt", "lead"]),
        document: converted.document,
        lead_photo,
        photos: converted.photos,
        sections: ids(sections(front, found)),
        topics: ids(topics(front)),
        bylines: ids(bylines(front)),
        sources: sources(front),
        corrections: corrections(front, around),
        picks: front.list(&["picks"]),
        front: front.number("front"),
        published_at,
        updated_at: moment(front, &["updated", "lastmod", "last_modified_at", "modified"], around),
        notes: converted.notes,
    }
}

pub(super) fn page(front: &Front, markdown: &str, found: &Found, folder: &Folder, around: &Around) -> FoundPage {
    let language = language(front, found);
    let mut converted = convert(markdown, found, folder, around, language.as_ref());
    FoundPage {
        foreign_id: found.name.clone(),
        public: front.flag("draft") != Some(true) && front.flag("published") != Some(false),
        menu: front.number("menu").or_else(|| front.flag("menu").filter(|yes| *yes).map(|_| 100)),
        old_url: old_url(front, found, around),
        aliases: front.list(&["aliases", "redirect_from"]),
        slug: slug(front, found),
        language,
        title: headline(front, &mut converted, &found.stem),
        document: converted.document,
        photos: converted.photos,
        updated_at: moment(front, &["updated", "lastmod", "date"], around),
        notes: converted.notes,
    }
}

/// What has no date cannot stand in a newspaper yet.
fn standing(front: &Front, found: &Found, at: Option<model::Timestamp>, notes: &mut Vec<Note>) -> Standing {
    let drafted = front.flag("draft") == Some(true) || front.flag("published") == Some(false);
    if drafted || found.folder.contains("_drafts") {
        return Standing::Draft;
    }
    if at.is_none() {
        let told = front.text(&["date", "publishDate", "published_at", "pubDate"]);
        let reason = match told.as_str() {
            "" => "it has no date, so it is a draft".to_owned(),
            told => format!("its date, “{told}”, could not be understood (2025-07-11 can), so it is a draft"),
        };
        let name = "publication".to_owned();
        notes.push(Note::Dropped { name, reason });
        return Standing::Draft;
    }
    Standing::Published
}

fn convert(markdown: &str, found: &Found, folder: &Folder, around: &Around, language: Option<&Language>) -> Converted {
    let language = language.or(around.site.language.as_ref());
    body::convert(markdown, &File { found, folder, site: around, language })
}

fn ids(names: Vec<String>) -> Vec<String> {
    names.iter().map(|name| slug_of(name)).collect()
}

fn language(front: &Front, found: &Found) -> Option<Language> {
    Language::new(&front.text(&["language", "lang", "locale"])).ok().or_else(|| found.language.clone())
}

/// Files that differ by their language alone are translations of each other.
fn translated(found: &Found) -> Option<String> {
    found.language.as_ref().map(|_| format!("{}/{}", found.folder, found.stem))
}

/// The title; else the heading that the text begins with, which then leaves the text; else the file's name.
fn headline(front: &Front, converted: &mut Converted, stem: &str) -> String {
    let title = front.text(&["title", "headline"]);
    if !title.is_empty() {
        return crate::html::plain(&title);
    }
    if let Some(model::document::Block::Heading { content, .. }) = converted.document.blocks.first() {
        let line = model::document::plain::line(content);
        converted.document.blocks.remove(0);
        return line;
    }
    dates::in_name(stem).map_or(stem, |(_, rest)| rest).replace(['-', '_'], " ")
}

fn moment(front: &Front, names: &[&str], around: &Around) -> Option<model::Timestamp> {
    dates::moment(&front.text(names), &around.zone)
}

fn published(front: &Front, found: &Found, around: &Around) -> Option<model::Timestamp> {
    moment(front, &["date", "publishDate", "published_at", "pubDate"], around)
        .or_else(|| dates::moment(dates::in_name(&found.stem)?.0, &around.zone))
}

/// The slug: as given, else the bundle's folder, else the file's name without a date.
fn slug(front: &Front, found: &Found) -> String {
    let given = front.text(&["slug"]);
    if !given.is_empty() {
        return given;
    }
    if found.stem == "index" {
        return found.folder.rsplit('/').next().unwrap_or_default().to_owned();
    }
    dates::in_name(&found.stem).map_or(found.stem.as_str(), |(_, rest)| rest).to_owned()
}

/// Where the page stood, by what it says or by the habits of its generator.
fn old_url(front: &Front, found: &Found, around: &Around) -> Option<String> {
    let path = old_path(front, found, around)?;
    Some(match &around.site.address {
        Some(address) if path.starts_with('/') => format!("{address}{path}"),
        _ => path,
    })
}

fn old_path(front: &Front, found: &Found, around: &Around) -> Option<String> {
    let given = front.text(&["old_url", "url", "permalink", "path"]);
    if given.starts_with("http") {
        return Some(given);
    }
    if !given.is_empty() && !given.contains(':') {
        return Some(format!("/{}", given.trim_start_matches('/')));
    }
    let slug = slug(front, found);
    let folder =
        if found.stem == "index" { found.folder.rsplit_once('/').map_or("", |(up, _)| up) } else { &found.folder };
    let below = if folder.is_empty() { String::new() } else { format!("/{folder}") };
    match around.system {
        System::Hugo | System::Zola => {
            let other = found.language.as_ref().filter(|l| around.site.language.as_ref() != Some(*l));
            let prefix = other.map(|l| format!("/{}", l.as_str().to_lowercase())).unwrap_or_default();
            Some(format!("{prefix}{below}/{slug}/"))
        }
        System::Jekyll => match dates::in_name(&found.stem) {
            Some((date, rest)) => Some(format!("/{}/{rest}.html", date.replace('-', "/"))),
            None => Some(format!("{below}/{slug}.html")),
        },
        System::Masthead | System::Other => None,
    }
}

/// The photo on top, and the photo itself.
fn lead(front: &Front, found: &Found, folder: &Folder) -> Option<(PhotoUse, FoundPhoto)> {
    let value =
        front.get(&["photo", "image", "cover", "featured_image", "featuredImage", "thumbnail", "banner", "images"])?;
    let value = if let Value::Array(list) = value { list.first()? } else { value };
    let field = |names: &[&str]| names.iter().find_map(|name| value.get(name)).map(text_of).unwrap_or_default();
    let address = match value {
        Value::Object(_) => field(&["file", "src", "url", "path", "image", "feature"]),
        other => text_of(other),
    };
    let url = body::photo_address(&address, found, folder)?;
    let (alt, caption, credit) = (field(&["alt"]), field(&["caption"]), field(&["credit", "photographer"]));
    let some = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    let mut used = PhotoUse::plain(photo_id(&url));
    used.alt = some(&alt);
    used.credit = some(&credit);
    if !caption.is_empty() {
        used.caption = text(&caption);
    }
    Some((used, FoundPhoto { id: photo_id(&url), url, alt, caption, credit }))
}

fn sources(front: &Front) -> Vec<Source> {
    let Some(Value::Array(list)) = front.get(&["sources"]) else { return Vec::new() };
    let named = list.iter().map(|source| {
        let field = |name: &str| source.get(name).map(text_of).unwrap_or_default();
        let url = crate::html::web_address(&field("url"));
        Source { name: text_of(source), url, note: field("note") }
    });
    named.filter(|source| !source.name.is_empty()).collect()
}

fn corrections(front: &Front, around: &site::Around) -> Vec<(model::Timestamp, String)> {
    let Some(Value::Array(list)) = front.get(&["corrections"]) else { return Vec::new() };
    let read = list.iter().filter_map(|correction| {
        let at = dates::moment(&text_of(correction.get("date")?), &around.zone)?;
        Some((at, text_of(correction.get("text")?)))
    });
    read.collect()
}
