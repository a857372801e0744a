//! A story as a file that `masthead import markdown` reads back (docs/howto/import-markdown.md), and the lists of sections,
//! topics and bylines that such files name.
//!
//! What readers see is taken; of a story that was never public, its working copy. Values of the front matter are written as
//! JSON, which is YAML too.

use std::collections::HashSet;

use model::{Names, Photo, PhotoId, Story, StoryState, document::visit};
use render::{Labels, Resources};
use serde_json::{Value, json};
use store::Tx;

use crate::{Newsroom, error::Error};

/// A story as a file, and the files of photos that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Its place in the folder: `stories/port-closes.en.md`.
    pub name: String,
    /// Front matter and text.
    pub text: String,
    /// Keys of photos' files, which are their places in the folder too.
    pub files: Vec<String>,
}

/// `sections.yaml`, `topics.yaml`, `bylines.yaml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lists {
    /// File names with what they say.
    pub files: Vec<(&'static str, String)>,
}

/// Writes a story down.
///
/// # Errors
/// When the database fails.
pub async fn export(newsroom: &Newsroom, story: &Story) -> Result<Exported, Error> {
    let mut tx = newsroom.store().read().await?;
    let used = visit::photos(&story.document).into_iter().chain(story.lead_photo.as_ref());
    let ids: Vec<PhotoId> = used.map(|photo| photo.photo).collect();
    let photos = store::photos(&mut tx, &ids).await?;
    let front = front(&mut tx, story, story.lead_photo.as_ref().and_then(|lead| photos.get(&lead.photo))).await?;
    let labels = Labels::english();
    let links = std::collections::HashMap::new();
    let resources = Resources { root: "/", language: &story.language, photos: &photos, links: &links, labels: &labels };
    let body = render::markdown(&story.document, &resources);
    let mut text = String::from("---\n");
    for (name, value) in front {
        text.push_str(&format!("{name}: {value}\n"));
    }
    text.push_str("---\n");
    text.push_str(&body);
    let named: HashSet<PhotoId> = ids.into_iter().collect();
    let mut files: Vec<String> =
        named.iter().filter_map(|id| Some(render::photo_file(photos.get(id)?)?.key.clone())).collect();
    files.sort();
    Ok(Exported { name: format!("stories/{}.{}.md", story.slug, story.language), text, files })
}

async fn front(tx: &mut Tx, story: &Story, lead: Option<&Photo>) -> Result<Vec<(&'static str, Value)>, Error> {
    let mut front = vec![("title", json!(story.headline))];
    let mut add = |name, value: Value| {
        if !(value.is_null() || value == "" || value == json!([])) {
            front.push((name, value));
        }
    };
    add("standfirst", json!(story.standfirst));
    add("slug", json!(story.slug));
    add("language", json!(story.language));
    add("group", json!(story.group));
    let public = story.state == StoryState::Published;
    add("date", story.published_at.filter(|_| story.path.is_some()).map_or(Value::Null, |at| json!(at.to_string())));
    add("updated", story.updated_at.filter(|_| public).map_or(Value::Null, |at| json!(at.to_string())));
    add("draft", if public { Value::Null } else { json!(true) });
    if let Some(section) = story.section {
        let section = store::section_by_id(tx, section).await?;
        add("section", section.map_or(Value::Null, |section| json!(section.slug)));
    }
    let topics = store::story_topic_ids(tx, story.id).await?;
    let topics = store::topics(tx, &topics).await?;
    add("topics", topics.iter().map(|topic| json!(topic.slug)).collect());
    let bylines = store::story_bylines(tx, &[story.id]).await?.remove(&story.id).unwrap_or_default();
    add("bylines", bylines.iter().map(|byline| json!(byline.slug)).collect());
    add("photo", photo(story, lead));
    let source = |source: &model::Source| json!({ "name": source.name, "url": source.url, "note": source.note });
    add("sources", story.sources.iter().map(source).collect());
    let corrections = store::correction_list(tx, story.id).await?;
    add("corrections", corrections.iter().map(|c| json!({ "date": c.at.to_string(), "text": c.text })).collect());
    Ok(front)
}

/// The photo on top: its file, else where it came from.
fn photo(story: &Story, photo: Option<&Photo>) -> Value {
    let (Some(used), Some(photo)) = (&story.lead_photo, photo) else { return Value::Null };
    let file = render::photo_file(photo).map(|file| format!("/{}", file.key)).or_else(|| photo.origin.clone());
    let Some(file) = file else { return Value::Null };
    let own = |own: &Option<String>, photo: &String| own.clone().unwrap_or_else(|| photo.clone());
    let caption = match model::document::plain::line(&used.caption) {
        own if own.trim().is_empty() => photo.caption.clone(),
        own => own,
    };
    json!({ "file": file, "alt": own(&used.alt, &photo.alt), "caption": caption, "credit": own(&used.credit, &photo.credit) })
}

/// Writes the lists down that stories name by their slugs.
///
/// # Errors
/// When the database fails.
pub async fn lists(newsroom: &Newsroom) -> Result<Lists, Error> {
    let mut tx = newsroom.store().read().await?;
    let sections = store::section_all(&mut tx).await?;
    let parent = |id| sections.iter().find(|other| Some(other.id) == id).map(|other| other.slug.clone());
    let sections: Vec<Value> = sections
        .iter()
        .map(|s| json!({ "slug": s.slug, "names": named(&s.names), "about": named(&s.about), "position": s.position, "parent": parent(s.parent) }))
        .collect();
    let topics = store::topic_all(&mut tx).await?;
    let topics: Vec<Value> = topics
        .iter()
        .map(|t| json!({ "slug": t.slug, "names": named(&t.names), "about": named(&t.about), "kind": t.kind.as_str() }))
        .collect();
    let bylines = store::byline_all(&mut tx).await?;
    let bylines: Vec<Value> =
        bylines.iter().map(|b| json!({ "slug": b.slug, "names": named(&b.names), "about": named(&b.about) })).collect();
    let files = [("sections.yaml", sections), ("topics.yaml", topics), ("bylines.yaml", bylines)];
    let written = |entries: Vec<Value>| entries.iter().map(|entry| format!("- {entry}\n")).collect::<String>();
    Ok(Lists { files: files.into_iter().filter(|(_, e)| !e.is_empty()).map(|(n, e)| (n, written(e))).collect() })
}

fn named(names: &Names) -> Value {
    names
        .0
        .iter()
        .map(|(language, name)| (language.to_string(), Value::from(name.clone())))
        .collect::<serde_json::Map<_, _>>()
        .into()
}
