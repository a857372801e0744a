//! The front page: the editors' order on top, then the newest, then the sections. No story stands on it twice.

use std::collections::HashSet;

use http::StatusCode;
use model::{StoryId, Tag};
use store::{Scope, StoryHead};
use theme::{
    Page,
    context::{FrontPage, FrontSection, TopicLink},
};

use super::{
    appeal::banner,
    cards::{cards, newest, note_latest, thin},
    draft::Draft,
    readers::slot,
    reading::Reading,
    shell::{everywhere, shell},
    topic::topic_link,
};
use crate::error::Error;

const SECONDS: usize = 3;
const LATEST: usize = 8;
const IN_SECTION: usize = 4;
const TOPICS: usize = 8;
/// Sections on a front page that has too many of them.
const SECTIONS: usize = 40;
/// Stories on top whose topics are worth following now.
const TELLING: usize = 4;

pub(super) async fn show(reading: &mut Reading) -> Result<Draft, Error> {
    let elsewhere = everywhere(reading, "");
    let mut shell = shell(reading, "", &elsewhere).await?;
    shell.description.clone_from(&shell.tagline);
    shell.lite_path = Some(reading.at("lite/"));
    shell.slots.newsletter = slot(reading).await?;
    shell.slots.banner = banner(reading, &[], &[]).await?;
    let top = top(reading, 1 + SECONDS).await?;
    let mut seen: HashSet<StoryId> = top.iter().map(|head| head.id).collect();
    let latest = newest(reading, Scope::Latest, LATEST, &seen).await?;
    seen.extend(latest.iter().map(|head| head.id));
    let sections = sections(reading, &mut seen).await?;
    let topics = topics(reading, &top).await?;
    let mut top = cards(reading, &top).await?.into_iter();
    let lead = top.next();
    let latest = cards(reading, &latest).await?;
    let page = FrontPage { shell, lead, seconds: top.collect(), latest, sections, topics };
    Ok(Draft::fitting(StatusCode::OK, Page::Front(page), 12, plainer))
}

/// The stories on top: the editors' order, filled up with the newest.
pub(super) async fn top(reading: &mut Reading, wanted: usize) -> Result<Vec<StoryHead>, Error> {
    let language = reading.language.clone();
    let mut top = store::front(&mut reading.tx, &language).await?;
    reading.shown.add(Tag::front(&language));
    note_latest(reading);
    top.truncate(wanted);
    if top.len() < wanted {
        let seen = top.iter().map(|head| head.id).collect();
        let more = newest(reading, Scope::Latest, wanted - top.len(), &seen).await?;
        top.extend(more);
    }
    Ok(top)
}

async fn sections(reading: &mut Reading, seen: &mut HashSet<StoryId>) -> Result<Vec<FrontSection>, Error> {
    let sections: Vec<_> = reading.sections.iter().filter(|section| section.parent.is_none()).cloned().collect();
    let mut found = Vec::new();
    for section in sections {
        reading.shown.add(Tag::in_section(&reading.language.clone(), section.id));
        let heads = newest(reading, Scope::Section(section.id), IN_SECTION, seen).await?;
        if heads.is_empty() {
            continue;
        }
        seen.extend(heads.iter().map(|head| head.id));
        let link = reading.link_to_section(&section);
        found.push(FrontSection { name: link.name, path: link.path, cards: cards(reading, &heads).await? });
    }
    Ok(found)
}

/// The topics of the stories on top, each once.
async fn topics(reading: &mut Reading, top: &[StoryHead]) -> Result<Vec<TopicLink>, Error> {
    let mut found: Vec<TopicLink> = Vec::new();
    for head in top.iter().take(TELLING) {
        for topic in store::story_topics(&mut reading.tx, head.id).await? {
            reading.shown.topic(topic.id);
            let link = topic_link(reading, &topic, 0);
            if !found.contains(&link) {
                found.push(link);
            }
        }
    }
    found.truncate(TOPICS);
    Ok(found)
}

/// The lead keeps its standfirst and photo to the last.
fn plainer(page: &mut Page, level: usize) {
    let Page::Front(front) = page else { return };
    thin(front.sections.iter_mut().flat_map(|section| &mut section.cards), level.min(4));
    thin(front.latest.iter_mut(), level.min(4));
    if level >= 3 {
        thin(front.seconds.iter_mut(), level - 2);
        front.topics.clear();
    }
    if level >= 6 {
        let most = if level == 6 { 2 } else { 1 };
        front.sections.iter_mut().for_each(|section| section.cards.truncate(most));
    }
    if level >= 8 {
        front.sections.truncate(SECTIONS.saturating_sub((level - 8) * 8).max(8));
    }
}
