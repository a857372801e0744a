//! Topics: what and whom stories are about. One that was made twice is merged into the other.

use model::{JournalKind, Language, Newsroom as Settings, Staff, Tag, Topic, TopicId, TopicKind};
use serde_json::json;

use super::{Deed, Folder, PAGE, Said, change_drafts, listed_as, matches, settle, taken};
use crate::{
    Newsroom,
    error::Error,
    staff::Denial,
    stories::{desk::edits, words},
};

/// A page of the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its topics, with how many stories, in any language and state, are about each.
    pub topics: Vec<(Topic, i64)>,
    /// How many there are on all pages.
    pub total: usize,
}

/// A page of the topics whose names have words that begin like `text`, of a kind or all, by name. Pages count from 1.
///
/// # Errors
/// When the database fails.
pub async fn list(
    newsroom: &Newsroom,
    language: &Language,
    text: &str,
    kind: Option<TopicKind>,
    page: usize,
) -> Result<Listed, Error> {
    let typed = words(text);
    let mut tx = newsroom.store().read().await?;
    let mut found = store::topic_all(&mut tx).await?;
    found.retain(|topic| kind.is_none_or(|kind| topic.kind == kind) && matches(&topic.names, &typed));
    found.sort_by_cached_key(|topic| listed_as(&topic.names, language, &topic.slug));
    let total = found.len();
    let shown: Vec<Topic> = found.into_iter().skip((page.max(1) - 1) * PAGE).take(PAGE).collect();
    let ids: Vec<TopicId> = shown.iter().map(|topic| topic.id).collect();
    let totals = store::topic_totals(&mut tx, &ids).await?;
    let count = |id: TopicId| totals.get(&id).copied().unwrap_or_default();
    Ok(Listed { topics: shown.into_iter().map(|topic| (topic.clone(), count(topic.id))).collect(), total })
}

/// A topic, and how many stories are about it.
///
/// # Errors
/// [`Denial::Gone`].
pub async fn open(newsroom: &Newsroom, id: TopicId) -> Result<(Topic, i64), Error> {
    let mut tx = newsroom.store().read().await?;
    let topic = store::topic_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let stories = store::topic_totals(&mut tx, &[id]).await?.get(&id).copied().unwrap_or_default();
    Ok((topic, stories))
}

/// Adds a topic.
///
/// # Errors
/// [`Denial::Role`]; [`Error::Refused`] when it has no name or its address is taken.
pub async fn add(newsroom: &Newsroom, staff: &Staff, said: Said, kind: TopicKind) -> Result<TopicId, Error> {
    edits(staff)?;
    let sound = said.sound()?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let id = TopicId::new(now, newsroom.chance());
    let slug = Folder::Topics.slug(&mut tx, &sound, None).await?;
    let topic = Topic { id, slug, kind, names: sound.names, about: sound.about };
    store::topic_insert(&mut tx, &topic).await.map_err(taken)?;
    let tags = Folder::Topics.paths(&settings, &topic.slug).chain([Tag::topic(id)]).collect();
    settle(newsroom, tx, now, deed(staff, "topic.add", id, tags, json!({}))).await?;
    Ok(id)
}

/// Changes what a topic says, and its address: the old one leads on.
///
/// # Errors
/// As [`add`]; [`Denial::Gone`].
pub async fn edit(newsroom: &Newsroom, staff: &Staff, id: TopicId, said: Said, kind: TopicKind) -> Result<(), Error> {
    edits(staff)?;
    let sound = said.sound()?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let before = store::topic_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let slug = Folder::Topics.slug(&mut tx, &sound, Some((id.0, &before.slug))).await?;
    let after = Topic { id, slug, kind, names: sound.names, about: sound.about };
    if after == before {
        return Ok(());
    }
    store::topic_update(&mut tx, &after).await.map_err(taken)?;
    let mut tags = vec![Tag::topic(id)];
    tags.extend(Folder::Topics.lead_on(&mut tx, &settings, (&before.slug, &after.slug), now).await?);
    settle(newsroom, tx, now, deed(staff, "topic.edit", id, tags, json!({ "slug": after.slug }))).await
}

/// Merges a topic into another one: every story about it, and every working copy, is about the other one then; its
/// address leads there, and so does an import of it.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`]; [`Error::Refused`] when both are the same.
pub async fn merge(newsroom: &Newsroom, staff: &Staff, id: TopicId, into: TopicId) -> Result<(), Error> {
    edits(staff)?;
    if id == into {
        return Err(Error::Refused("a topic can't be merged into itself; choose another".to_owned()));
    }
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let topic = store::topic_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let other = store::topic_by_id(&mut tx, into).await?.ok_or(Denial::Gone)?;
    let stories = store::topic_totals(&mut tx, &[id]).await?.get(&id).copied().unwrap_or_default();
    change_drafts(&mut tx, id.0, |fields| {
        let mut merged = Vec::with_capacity(fields.topics.len());
        for topic in fields.topics.iter().map(|topic| if *topic == id { into } else { *topic }) {
            if !merged.contains(&topic) {
                merged.push(topic);
            }
        }
        fields.topics = merged;
    })
    .await?;
    store::topic_merge(&mut tx, id, into).await?;
    store::import_link_repoint(&mut tx, id.0, into.0).await?;
    let mut tags = vec![Tag::topic(id), Tag::topic(into)];
    tags.extend(lists(&settings, id));
    tags.extend(lists(&settings, into));
    tags.extend(Folder::Topics.lead_on(&mut tx, &settings, (&topic.slug, &other.slug), now).await?);
    let detail = json!({ "into": into, "stories": stories });
    settle(newsroom, tx, now, deed(staff, "topic.merge", id, tags, detail)).await
}

/// Removes a topic, also from every story and working copy.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`].
pub async fn remove(newsroom: &Newsroom, staff: &Staff, id: TopicId) -> Result<(), Error> {
    edits(staff)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let topic = store::topic_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let stories = store::topic_totals(&mut tx, &[id]).await?.get(&id).copied().unwrap_or_default();
    change_drafts(&mut tx, id.0, |fields| fields.topics.retain(|topic| *topic != id)).await?;
    store::topic_delete(&mut tx, id).await?;
    store::import_link_forget(&mut tx, id.0).await?;
    let mut tags = vec![Tag::topic(id)];
    tags.extend(lists(&settings, id));
    tags.extend(Folder::Topics.paths(&settings, &topic.slug));
    settle(newsroom, tx, now, deed(staff, "topic.remove", id, tags, json!({ "stories": stories }))).await
}

/// The lists of a topic's stories in every language.
fn lists(settings: &Settings, id: TopicId) -> impl Iterator<Item = Tag> {
    settings.languages.iter().map(move |language| Tag::in_topic(language, id))
}

fn deed<'d>(
    staff: &'d Staff,
    action: &'static str,
    id: TopicId,
    tags: Vec<Tag>,
    detail: serde_json::Value,
) -> Deed<'d> {
    Deed { staff, action, kind: JournalKind::TopicChanged, subject: id.0, tags, detail }
}
