//! Folders of Markdown files: Masthead's own form, and those of Hugo, Zola and Jekyll.
//!
//! The folder is gone through twice: once for the front matter alone, to deliver sections, topics and bylines before the
//! stories that name them, and once for the stories. One file is in memory at a time. A file that cannot be read as what
//! it should be is passed by and named; the others stand. Links out of the folder, `..` and NUL in paths are refused.
//!
//! # Masthead's own form
//! ```text
//! folder/
//!   newsroom.yaml   name, tagline {en: …}, contact, language, languages, time_zone    (all optional)
//!   sections.yaml   - {slug, names: {en: …}, about: {en: …}, position, parent}
//!   topics.yaml     - {slug, kind: person|place|organisation|theme, names, about}
//!   bylines.yaml    - {slug, names, about}
//!   stories/NAME.LANGUAGE.md     pages/NAME.LANGUAGE.md     photos/…
//! ```
//! A story begins with front matter (YAML between `---`, TOML between `+++`, or a JSON object): `title, standfirst, date,
//! updated, slug, language, group, section, topics: [slug], bylines: [slug], photo: {file, alt, caption, credit}, sources:
//! [{name, url, note}], corrections: [{date, text}], picks: [slug], front: N, draft`. A page: `title, slug, language, menu`.
//! In the text, beyond CommonMark with tables, footnotes and strikethrough:
//! - `![alt](../photos/a.jpg "Caption | Credit")`; a paragraph of several photos is a gallery;
//! - `> [!so-far]`, `> [!facts] Title`, `> [!note] Title` are boxes; `> [!pull] — Source` is a pull quote;
//! - a paragraph that is only a link to a known provider is an embed.
//!
//! `docs/howto/import-markdown.md` tells the same at length.

mod body;
mod dates;
mod files;
mod front;
mod lists;
mod site;
mod story;

use std::path::Path;

use crate::{Error, Item, Progress, Sink, Skipped};
use files::{Found, Refused};
use front::Front;

pub(crate) use body::to_html;
pub use site::newsroom;

/// A longer file is passed by.
const MAX_FILE: u64 = 32 * 1024 * 1024;

/// A text that somebody typed as a document: CommonMark with tables, footnotes and strikethrough. Links stay as they are;
/// photos, which are not here yet, become what is said of them.
#[must_use]
pub fn document(markdown: &str, language: &model::Language) -> model::Document {
    crate::html::convert(&to_html(markdown), &body::Typed(language)).document
}

/// Reads a folder, or one file as a folder of its own.
///
/// # Errors
/// [`Error::WrongKind`] when there is no Markdown in it, [`Error::Io`] when the folder cannot be read, [`Error::Stopped`]
/// when the sink wants no more. A single unreadable file is [`Item::Skipped`].
pub fn read(path: &Path, sink: &mut dyn Sink) -> Result<(), Error> {
    let folder = files::walk(path)?;
    let site = site::read(&folder)?;
    sink.item(Item::Site(site.site.clone()))?;
    let mut filed = lists::Lists::read(&folder.root, sink)?;
    let total = folder.bytes * 2;
    let mut done = 0;
    for found in &folder.found {
        if let Ok((front, _)) = load(found) {
            filed.seen(&front, found, &site, sink)?;
        }
        done += found.bytes;
        sink.progress(Progress { done, total });
    }
    for found in &folder.found {
        match load(found) {
            Ok((front, text)) => deliver(found, &front, &text, &folder, &site, sink)?,
            Err(Refused(reason)) => skip(found, reason, sink)?,
        }
        done += found.bytes;
        sink.progress(Progress { done, total });
    }
    for (name, reason) in folder.refused {
        sink.item(Item::Skipped(Skipped {
            kind: "file".to_owned(),
            foreign_id: name,
            title: String::new(),
            reason,
            count: 1,
        }))?;
    }
    Ok(())
}

fn load(found: &Found) -> Result<(Front, String), Refused> {
    let text = files::text(found, MAX_FILE)?;
    front::split(&text)
}

fn deliver(
    found: &Found,
    front: &Front,
    text: &str,
    folder: &files::Folder,
    site: &site::Around,
    sink: &mut dyn Sink,
) -> Result<(), Error> {
    // A section's own page: its words were delivered with the section.
    if found.stem == "_index" {
        return Ok(());
    }
    if front.is_empty()
        && matches!(found.stem.to_ascii_lowercase().as_str(), "readme" | "license" | "changelog" | "contributing")
    {
        return skip(found, "a file about the folder, without front matter".to_owned(), sink);
    }
    if story::is_page(front, found, site) {
        return Ok(sink.item(Item::Page(Box::new(story::page(front, text, found, folder, site))))?);
    }
    Ok(sink.item(Item::Story(Box::new(story::story(front, text, found, folder, site))))?)
}

fn skip(found: &Found, reason: String, sink: &mut dyn Sink) -> Result<(), Error> {
    let (kind, foreign_id) = ("post".to_owned(), found.name.clone());
    Ok(sink.item(Item::Skipped(Skipped { kind, foreign_id, title: String::new(), reason, count: 1 }))?)
}
