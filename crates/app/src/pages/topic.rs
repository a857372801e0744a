//! Topics: a timeline of what happened, in order; and the list of all topics.

use http::StatusCode;
use model::{Language, Tag, Topic, TopicKind};
use store::{Scope, StoryHead};
use theme::{
    Page,
    context::{Card, TimelineMonth, TimelineYear, TopicGroup, TopicLink, TopicPage, TopicsPage},
};

use super::{
    appeal::banner,
    cards::{cards, listed, note_latest, pager, thin},
    draft::Draft,
    reading::Reading,
    shell::{Elsewhere, everywhere, neighbours, shell},
};
use crate::error::Error;

/// Topics on one page of the list of all.
const TOPICS: usize = 150;

/// A topic's page.
pub(super) async fn show(reading: &mut Reading, slug: &str, page: usize) -> Result<Option<Draft>, Error> {
    let Some(topic) = store::topic_by_slug(&mut reading.tx, slug).await? else { return Ok(None) };
    reading.shown.topic(topic.id);
    reading.shown.add(Tag::in_topic(&reading.language.clone(), topic.id));
    let base = format!("topics/{slug}/");
    let Some((heads, pager, count)) = listed(reading, Scope::Topic(topic.id), true, page, &base).await? else {
        return Ok(None);
    };
    if count == 0 {
        return Ok(None);
    }
    let elsewhere = if page == 1 { elsewhere(reading, &Scope::Topic(topic.id), &base).await? } else { Vec::new() };
    for (language, _) in &elsewhere {
        reading.shown.add(Tag::in_topic(language, topic.id));
    }
    let name = reading.named(&topic.names, &topic.slug);
    let mut shell = shell(reading, &name, &elsewhere).await?;
    shell.slots.banner = banner(reading, &[], &[topic.id]).await?;
    neighbours(&mut shell, &pager);
    let about = reading.about(&topic.about);
    shell.description.clone_from(&about);
    let cards = cards(reading, &heads).await?;
    let years = timeline(reading, &heads, cards);
    let page = TopicPage { shell, kind: topic.kind, name, about, count, years, pager };
    Ok(Some(Draft::fitting(StatusCode::OK, Page::Topic(page), 4, |page, level| {
        if let Page::Topic(topic) = page {
            let months = topic.years.iter_mut().flat_map(|year| &mut year.months);
            thin(months.flat_map(|month| &mut month.cards), level);
        }
    })))
}

/// The languages in which something has stories, with its path in each.
pub(super) async fn elsewhere(reading: &mut Reading, scope: &Scope, base: &str) -> Result<Elsewhere, Error> {
    let mut found = Vec::new();
    for (language, path) in everywhere(reading, base) {
        let own: bool = language == reading.language;
        if own || store::story_count(&mut reading.tx, &language, scope).await? > 0 {
            found.push((language, path));
        }
    }
    Ok(found)
}

/// Years and months in the language's own calendar.
fn timeline(reading: &Reading, heads: &[StoryHead], cards: Vec<Card>) -> Vec<TimelineYear> {
    let mut years: Vec<TimelineYear> = Vec::new();
    let times = heads.iter().filter(|head| head.path.is_some()).map(|head| head.published_at);
    for (at, card) in times.zip(cards) {
        let Some(at) = at else { continue };
        let year = reading.strings.calendar_year(at, &reading.zone);
        let month = reading.strings.calendar_month(at, &reading.zone);
        if years.last().is_none_or(|last| last.label != year) {
            years.push(TimelineYear { label: year, months: Vec::new() });
        }
        let Some(last) = years.last_mut() else { continue };
        if last.months.last().is_none_or(|last| last.label != month) {
            last.months.push(TimelineMonth { label: month, cards: Vec::new() });
        }
        if let Some(month) = last.months.last_mut() {
            month.cards.push(card);
        }
    }
    years
}

/// A link to a topic's page.
pub(super) fn topic_link(reading: &Reading, topic: &Topic, count: i64) -> TopicLink {
    TopicLink {
        kind: topic.kind,
        name: reading.named(&topic.names, &topic.slug),
        path: reading.at(&format!("topics/{}/", topic.slug)),
        count,
    }
}

/// All topics that have stories, by kind and name.
pub(super) async fn all(reading: &mut Reading, page: usize) -> Result<Option<Draft>, Error> {
    let language: Language = reading.language.clone();
    let counted = store::topic_counts(&mut reading.tx, &language).await?;
    note_latest(reading);
    let pages = counted.len().div_ceil(TOPICS).max(1);
    if page > pages {
        return Ok(None);
    }
    let mut links: Vec<TopicLink> = Vec::with_capacity(counted.len());
    for (topic, count) in &counted {
        reading.shown.topic(topic.id);
        links.push(topic_link(reading, topic, *count));
    }
    links.sort_by(|a, b| (place(a.kind), &a.name, &a.path).cmp(&(place(b.kind), &b.name, &b.path)));
    let here = links.into_iter().skip((page - 1) * TOPICS).take(TOPICS);
    let mut groups: Vec<TopicGroup> = Vec::new();
    for link in here {
        match groups.last_mut().filter(|group| group.kind == link.kind) {
            Some(group) => group.topics.push(link),
            None => groups.push(TopicGroup { kind: link.kind, topics: vec![link] }),
        }
    }
    let elsewhere = if page == 1 { everywhere(reading, "topics/") } else { Vec::new() };
    let title = reading.strings.text("topics", &[]);
    let mut shell = shell(reading, &title, &elsewhere).await?;
    let pager = pager(reading, page, pages, "topics/");
    neighbours(&mut shell, &pager);
    let page = Page::Topics(TopicsPage { shell, groups, pager });
    Ok(Some(Draft::fitting(StatusCode::OK, page, 1, |page, _| {
        if let Page::Topics(topics) = page {
            topics.groups.iter_mut().flat_map(|group| &mut group.topics).for_each(|topic| topic.count = 0);
        }
    })))
}

fn place(kind: TopicKind) -> u8 {
    match kind {
        TopicKind::Person => 0,
        TopicKind::Place => 1,
        TopicKind::Organisation => 2,
        TopicKind::Theme => 3,
    }
}
