//! Sections, topics and bylines: those that `sections.yaml`, `topics.yaml` and `bylines.yaml` define, then those that
//! stories name.

use std::collections::HashSet;
use std::path::Path;

use model::{Language, Slug, TopicKind};
use serde_json::Value;

use super::files::Found;
use super::front::{Front, text_of};
use super::site::{self, Around, System};
use crate::{Error, Filed, Item, Sink};

/// What was filed so far.
#[derive(Debug, Default)]
pub(super) struct Lists {
    known: HashSet<(&'static str, String)>,
}

impl Lists {
    /// Delivers what the lists at the folder's root define.
    pub(super) fn read(root: &Path, sink: &mut dyn Sink) -> Result<Self, Error> {
        let mut lists = Self::default();
        for kind in ["sections", "topics", "bylines"] {
            let path = root.join(format!("{kind}.yaml"));
            let entries = match site::configuration(&path)? {
                None => continue,
                Some(Value::Array(entries)) => entries,
                Some(_) => {
                    let why = "it is no list; write an entry as `- slug: …`".to_owned();
                    return Err(Error::WrongKind { path: path.display().to_string(), wanted: "a list", why });
                }
            };
            for (place, entry) in entries.iter().enumerate() {
                let Value::Object(map) = entry else { continue };
                let front = Front(map.clone());
                let mut filed = defined(&front);
                if filed.foreign_id.is_empty() {
                    let why = format!("entry {} has no slug", place + 1);
                    return Err(Error::WrongKind {
                        path: path.display().to_string(),
                        wanted: "a list of entries with slugs",
                        why,
                    });
                }
                if kind == "sections" && filed.position.is_none() {
                    filed.position = i64::try_from(place).ok().map(|n| n + 1);
                }
                let topic = TopicKind::parse(&front.text(&["kind"])).unwrap_or(TopicKind::Theme);
                lists.deliver(kind, filed, topic, sink)?;
            }
        }
        Ok(lists)
    }

    /// Delivers what a story names for the first time.
    pub(super) fn seen(
        &mut self,
        front: &Front,
        found: &Found,
        around: &Around,
        sink: &mut dyn Sink,
    ) -> Result<(), Error> {
        if found.stem == "_index" {
            return self.section_page(front, found, around, sink);
        }
        for (kind, names) in
            [("sections", sections(front, found)), ("topics", topics(front)), ("bylines", bylines(front))]
        {
            for name in names {
                let slug = slug_of(&name);
                let filed = Filed { foreign_id: slug.clone(), slug, names: vec![(None, name)], ..Filed::default() };
                self.deliver(kind, filed, TopicKind::Theme, sink)?;
            }
        }
        Ok(())
    }

    /// `_index.md` of Hugo and Zola: the folder's name and words.
    fn section_page(
        &mut self,
        front: &Front,
        found: &Found,
        around: &Around,
        sink: &mut dyn Sink,
    ) -> Result<(), Error> {
        let folder = found.folder.split('/').next().unwrap_or_default();
        if folder.is_empty() || !matches!(around.system, System::Hugo | System::Zola) || is_everything(folder) {
            return Ok(());
        }
        let name = Some(front.text(&["title"])).filter(|t| !t.is_empty()).unwrap_or_else(|| folder.to_owned());
        let about = front.text(&["description"]);
        let filed = Filed {
            foreign_id: slug_of(folder),
            slug: slug_of(folder),
            names: vec![(found.language.clone(), name)],
            about: if about.is_empty() { Vec::new() } else { vec![(found.language.clone(), about)] },
            old_url: Some(format!("/{folder}/")),
            position: front.number("weight"),
            ..Filed::default()
        };
        self.deliver("sections", filed, TopicKind::Theme, sink)
    }

    fn deliver(
        &mut self,
        kind: &'static str,
        filed: Filed,
        topic: TopicKind,
        sink: &mut dyn Sink,
    ) -> Result<(), Error> {
        if filed.foreign_id.is_empty() || !self.known.insert((kind, filed.foreign_id.clone())) {
            return Ok(());
        }
        let item = match kind {
            "sections" => Item::Section(filed),
            "topics" => Item::Topic(filed, topic),
            _ => Item::Byline(filed),
        };
        Ok(sink.item(item)?)
    }
}

fn defined(front: &Front) -> Filed {
    let slug = front.text(&["slug"]);
    let mut names = languages(front.0.get("names").or_else(|| front.0.get("name")));
    if names.is_empty() {
        names.push((None, slug.clone()));
    }
    Filed {
        foreign_id: slug_of(&slug),
        slug,
        names,
        about: languages(front.0.get("about")),
        parent: Some(front.text(&["parent"])).filter(|p| !p.is_empty()),
        old_url: Some(front.text(&["old_url", "url"])).filter(|u| !u.is_empty()),
        position: front.number("position"),
    }
}

/// `{en: …, ru: …}`, or one text in the site's language.
fn languages(value: Option<&Value>) -> Vec<(Option<Language>, String)> {
    match value {
        Some(Value::Object(map)) => map
            .iter()
            .filter_map(|(tag, text)| Some((Some(Language::new(tag).ok()?), text_of(text))))
            .filter(|(_, text)| !text.is_empty())
            .collect(),
        Some(Value::Null) | None => Vec::new(),
        Some(text) => vec![(None, text_of(text))],
    }
}

/// What a story calls its sections, the main one first.
pub(super) fn sections(front: &Front, found: &Found) -> Vec<String> {
    let named = front.list(&["section", "sections", "category", "categories"]);
    if !named.is_empty() {
        return named;
    }
    let folder = found.folder.split('/').next().unwrap_or_default();
    let files = folder.is_empty() || is_everything(folder) || folder == found.folder && found.stem == "index";
    if files { Vec::new() } else { vec![folder.to_owned()] }
}

/// Folders that hold stories of every section.
fn is_everything(folder: &str) -> bool {
    folder.starts_with('_') || matches!(folder, "stories" | "posts" | "post" | "blog" | "articles" | "pages")
}

pub(super) fn topics(front: &Front) -> Vec<String> {
    front.list(&["topics", "tags", "keywords"])
}

pub(super) fn bylines(front: &Front) -> Vec<String> {
    let named = front.list(&["bylines", "byline", "authors", "author"]);
    // A byline is a name; an address is nobody's to print.
    named.into_iter().filter(|name| !name.contains('@')).collect()
}

/// The foreign id of a name: its slug, so that `Culture` and `culture` are the same.
pub(super) fn slug_of(name: &str) -> String {
    Slug::from_text(name).map_or_else(|| name.to_lowercase(), String::from)
}
