//! The rows that are read, and what the first pass keeps of them.

use std::collections::{HashMap, HashSet};

use model::{Language, TopicKind};
use serde::de::{IgnoredAny, SeqAccess};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::html::{plain, words::without_nul};
use crate::{Error, Filed, Item, Sink, Site};

/// A row of a table that is read; of others only their number is known.
pub(super) enum Row {
    Post(Box<Post>),
    Tag(Tag),
    User(User),
    Join(Join),
    Meta(Box<Meta>),
    Setting(Setting),
    Other,
}

/// Ids are texts, and were numbers.
fn id<'de, D: Deserializer<'de>>(json: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(json)? {
        Value::String(text) => without_nul(text),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    })
}

/// Texts may be null; a number or a flag is its text.
fn text<'de, D: Deserializer<'de>>(json: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(json)? {
        Value::String(text) => without_nul(text),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => String::new(),
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Post {
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    #[serde(deserialize_with = "text")]
    pub(super) title: String,
    #[serde(deserialize_with = "text")]
    pub(super) slug: String,
    #[serde(deserialize_with = "text")]
    pub(super) html: String,
    #[serde(deserialize_with = "text")]
    pub(super) lexical: String,
    #[serde(deserialize_with = "text")]
    pub(super) mobiledoc: String,
    #[serde(deserialize_with = "text")]
    pub(super) markdown: String,
    #[serde(deserialize_with = "text")]
    pub(super) feature_image: String,
    #[serde(deserialize_with = "text")]
    pub(super) image: String,
    #[serde(deserialize_with = "text")]
    pub(super) feature_image_alt: String,
    #[serde(deserialize_with = "text")]
    pub(super) feature_image_caption: String,
    #[serde(deserialize_with = "text")]
    pub(super) featured: String,
    #[serde(rename = "type", deserialize_with = "text")]
    pub(super) kind: String,
    #[serde(deserialize_with = "text")]
    pub(super) page: String,
    #[serde(deserialize_with = "text")]
    pub(super) status: String,
    #[serde(deserialize_with = "text")]
    pub(super) visibility: String,
    #[serde(deserialize_with = "text")]
    pub(super) locale: String,
    #[serde(deserialize_with = "text")]
    pub(super) language: String,
    #[serde(deserialize_with = "text")]
    pub(super) published_at: String,
    #[serde(deserialize_with = "text")]
    pub(super) updated_at: String,
    #[serde(deserialize_with = "text")]
    pub(super) custom_excerpt: String,
    #[serde(deserialize_with = "id")]
    pub(super) author_id: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Tag {
    #[serde(deserialize_with = "id")]
    id: String,
    #[serde(deserialize_with = "text")]
    name: String,
    #[serde(deserialize_with = "text")]
    slug: String,
    #[serde(deserialize_with = "text")]
    description: String,
    #[serde(deserialize_with = "text")]
    visibility: String,
}

/// A user, of whom nothing else is read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct User {
    #[serde(deserialize_with = "id")]
    id: String,
    #[serde(deserialize_with = "text")]
    name: String,
    #[serde(deserialize_with = "text")]
    slug: String,
    #[serde(deserialize_with = "text")]
    bio: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Join {
    #[serde(deserialize_with = "id")]
    post_id: String,
    #[serde(deserialize_with = "id")]
    tag_id: String,
    #[serde(deserialize_with = "id")]
    author_id: String,
    sort_order: i64,
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Meta {
    #[serde(deserialize_with = "id")]
    post_id: String,
    #[serde(deserialize_with = "text")]
    pub(super) feature_image_alt: String,
    #[serde(deserialize_with = "text")]
    pub(super) feature_image_caption: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Setting {
    #[serde(deserialize_with = "text")]
    key: String,
    #[serde(deserialize_with = "text")]
    value: String,
}

/// The next row of a table.
pub(super) fn next<'de, A: SeqAccess<'de>>(table: &str, list: &mut A) -> Result<Option<Row>, A::Error> {
    Ok(match table {
        "posts" => list.next_element::<Box<Post>>()?.map(Row::Post),
        "tags" => list.next_element()?.map(Row::Tag),
        "users" => list.next_element()?.map(Row::User),
        "posts_tags" | "posts_authors" => list.next_element()?.map(Row::Join),
        "posts_meta" => list.next_element::<Box<Meta>>()?.map(Row::Meta),
        "settings" => list.next_element()?.map(Row::Setting),
        _ => list.next_element::<IgnoredAny>()?.map(|_| Row::Other),
    })
}

/// What the first pass keeps.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) site: Site,
    tags: HashMap<String, Tag>,
    tag_order: Vec<String>,
    users: HashMap<String, User>,
    user_order: Vec<String>,
    post_tags: HashMap<String, Vec<(i64, String)>>,
    post_authors: HashMap<String, Vec<(i64, String)>>,
    meta: HashMap<String, Meta>,
    signing: HashSet<String>,
    /// Posts read.
    pub(super) posts: u64,
    pub(super) internal_tags: u64,
    pub(super) members: u64,
    pub(super) secrets: u64,
    /// Stories placed on the front so far.
    front: std::cell::Cell<i64>,
}

impl Index {
    #[expect(clippy::unnecessary_wraps, reason = "the signature of a row's taker, which may stop the reading")]
    pub(super) fn learn(&mut self, table: &str, row: Row) -> Result<(), Error> {
        match row {
            Row::Post(post) => {
                self.posts += 1;
                if !post.author_id.is_empty() {
                    self.signing.insert(post.author_id.clone());
                }
            }
            Row::Tag(tag) => {
                self.tag_order.push(tag.id.clone());
                self.tags.insert(tag.id.clone(), tag);
            }
            Row::User(user) => {
                self.user_order.push(user.id.clone());
                self.users.insert(user.id.clone(), user);
            }
            Row::Join(join) if table == "posts_tags" => {
                self.post_tags.entry(join.post_id).or_default().push((join.sort_order, join.tag_id));
            }
            Row::Join(join) => {
                self.signing.insert(join.author_id.clone());
                self.post_authors.entry(join.post_id).or_default().push((join.sort_order, join.author_id));
            }
            Row::Meta(meta) => {
                let says = !meta.feature_image_alt.is_empty() || !meta.feature_image_caption.is_empty();
                if says {
                    self.meta.insert(meta.post_id.clone(), *meta);
                }
            }
            Row::Setting(setting) => self.setting(&setting),
            Row::Other => match table {
                "members" => self.members += 1,
                "sessions" | "api_keys" | "tokens" | "invites" | "webhooks" | "integrations" => self.secrets += 1,
                _ => {}
            },
        }
        Ok(())
    }

    fn setting(&mut self, setting: &Setting) {
        match setting.key.as_str() {
            "title" => self.site.title = plain(&setting.value),
            "lang" | "locale" | "default_locale" => self.site.language = Language::new(&setting.value).ok(),
            _ => {}
        }
    }

    /// Delivers the site, sections, topics and bylines.
    pub(super) fn finish(&mut self, sink: &mut dyn Sink) -> Result<(), Error> {
        "ghost".clone_into(&mut self.site.system);
        self.site.key = if self.site.title.is_empty() { "ghost".to_owned() } else { self.site.title.clone() };
        sink.item(Item::Site(self.site.clone()))?;
        for joined in self.post_tags.values_mut().chain(self.post_authors.values_mut()) {
            joined.sort();
            joined.dedup();
        }
        let (mut main, mut other) = (HashSet::new(), HashSet::new());
        for post in self.post_tags.keys() {
            let (sections, topics) = self.filed(post);
            main.extend(sections);
            other.extend(topics);
        }
        for tag in self.tag_order.iter().filter_map(|id| self.tags.get(id)) {
            let key = key(tag);
            if is_internal(tag) {
                self.internal_tags += 1;
                continue;
            }
            if main.contains(&key) {
                sink.item(Item::Section(filed(tag)))?;
            }
            // A tag that files nothing is a topic that waits for its first story.
            if other.contains(&key) || !main.contains(&key) {
                sink.item(Item::Topic(filed(tag), TopicKind::Theme))?;
            }
        }
        for user in self.user_order.iter().filter_map(|id| self.users.get(id)).filter(|u| self.signing.contains(&u.id))
        {
            if let Some(byline) = byline(user) {
                sink.item(Item::Byline(byline))?;
            }
        }
        Ok(())
    }

    /// The foreign ids of a post's section and topics.
    pub(super) fn filed(&self, post: &str) -> (Vec<String>, Vec<String>) {
        let joined = self.post_tags.get(post).map(Vec::as_slice).unwrap_or_default();
        let tags = joined.iter().filter_map(|(_, id)| self.tags.get(id)).filter(|tag| !is_internal(tag));
        let mut keys: Vec<String> = tags.map(key).collect();
        let topics = if keys.is_empty() { Vec::new() } else { keys.split_off(1) };
        (keys, topics)
    }

    /// The foreign ids of who signs a post.
    pub(super) fn signed(&self, post: &Post) -> Vec<String> {
        let joined = self.post_authors.get(&post.id).map(Vec::as_slice).unwrap_or_default();
        let mut ids: Vec<&str> = joined.iter().map(|(_, id)| id.as_str()).collect();
        if ids.is_empty() && !post.author_id.is_empty() {
            ids.push(&post.author_id);
        }
        let named = ids.into_iter().filter_map(|id| byline(self.users.get(id)?));
        named.map(|byline| byline.foreign_id).collect()
    }

    pub(super) fn meta(&self, post: &str) -> Meta {
        self.meta.get(post).cloned().unwrap_or_default()
    }

    /// The next place on the front page.
    pub(super) fn next_on_front(&self) -> i64 {
        self.front.set(self.front.get() + 1);
        self.front.get()
    }

    pub(super) fn silent_users(&self) -> u64 {
        self.users.keys().filter(|id| !self.signing.contains(*id)).count() as u64
    }
}

fn key(tag: &Tag) -> String {
    if tag.slug.is_empty() { tag.id.clone() } else { tag.slug.clone() }
}

fn is_internal(tag: &Tag) -> bool {
    tag.visibility == "internal" || tag.name.starts_with('#')
}

fn about(text: &str) -> Vec<(Option<Language>, String)> {
    let text = plain(text);
    if text.is_empty() { Vec::new() } else { vec![(None, text)] }
}

fn filed(tag: &Tag) -> Filed {
    Filed {
        foreign_id: key(tag),
        slug: tag.slug.clone(),
        names: vec![(None, plain(&tag.name))],
        about: about(&tag.description),
        old_url: (!tag.slug.is_empty()).then(|| format!("/tag/{}/", tag.slug)),
        ..Filed::default()
    }
}

/// A byline takes the printed name, its slug and its biography; a name that is an address is nobody's.
fn byline(user: &User) -> Option<Filed> {
    let name = plain(&user.name);
    if name.is_empty() || name.contains('@') {
        return None;
    }
    let slug = if user.slug.is_empty() || user.slug.contains('@') { user.id.clone() } else { user.slug.clone() };
    Some(Filed {
        foreign_id: slug.clone(),
        old_url: Some(format!("/author/{slug}/")),
        slug,
        names: vec![(None, name)],
        about: about(&user.bio),
        ..Filed::default()
    })
}
