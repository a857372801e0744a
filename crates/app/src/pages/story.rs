//! A story: gathered here, printed in parts by [`super::story_parts`].

use std::collections::HashMap;

use model::{Correction, Language, Photo, PhotoId, Story, StoryState, Tag, TopicId, document::visit};
use theme::context::{CorrectionLine, LanguageLink, ShareLink, Shell, SourceLine, StoryPage};

use super::{
    appeal,
    cards::{byline_links, some_moment},
    draft::Draft,
    gone, json_ld, lite, read_more,
    readers::slot,
    reading::Reading,
    route::Service,
    shell::{Elsewhere, feed, links, share_image, shell},
    story_parts::{self, Told},
    topic::topic_link,
};
use crate::{error::Error, support::appeals::with_those_above};

/// The page of a story's part, in its full or its lite form; the page that it was withdrawn; or nothing.
pub(super) async fn show(reading: &mut Reading, path: &str, part: usize, lite: bool) -> Result<Option<Draft>, Error> {
    reading.shown.path(path);
    let Some(story) = store::story_by_path(&mut reading.tx, path).await? else { return Ok(None) };
    match story.state {
        StoryState::Published => {}
        StoryState::Withdrawn => return gone::show(reading, &story).await.map(Some),
        StoryState::Draft | StoryState::InReview | StoryState::Ready | StoryState::Scheduled => return Ok(None),
    }
    reading.shown.story(story.id);
    if story.language != reading.language {
        reading.speak(&story.language);
    }
    let photos = photos(reading, &story).await?;
    let page = gather(reading, &story, &photos).await?;
    let links = internal_links(reading, &story).await?;
    let told = Told {
        path: path.to_owned(),
        part,
        language: story.language.clone(),
        labels: reading.strings.labels(),
        document: story.document,
        lead: story.lead_photo,
        photos,
        links,
        page,
        plainer: Vec::new(),
    };
    let first = if lite { story_parts::lite_path(path, 1) } else { path.to_owned() };
    let draft =
        if lite { lite::story(reading, told) } else { Draft::printed(move |press| story_parts::print(press, told)) };
    Ok(Some(Draft { reads: Some((story.id, first)), ..draft }))
}

/// The photos that a story shows, by id.
async fn photos(reading: &mut Reading, story: &Story) -> Result<HashMap<PhotoId, Photo>, Error> {
    let shown = visit::photos(&story.document).into_iter().chain(story.lead_photo.as_ref());
    let ids: Vec<PhotoId> = shown.map(|photo| photo.photo).collect();
    reading.shown.photos(&ids);
    Ok(store::photos(&mut reading.tx, &ids).await?)
}

/// Where those links of a text that lead to other pages of this newsroom lead by now.
async fn internal_links(reading: &mut Reading, story: &Story) -> Result<HashMap<String, String>, Error> {
    present_links(reading, visit::links(&story.document)).await
}

/// Where these links lead by now, as far as that is elsewhere.
pub(super) async fn present_links(reading: &mut Reading, links: Vec<&str>) -> Result<HashMap<String, String>, Error> {
    let own: Vec<&str> = links.into_iter().filter(|href| href.starts_with('/')).collect();
    for href in &own {
        reading.shown.path(href);
    }
    if own.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(store::redirect_many(&mut reading.tx, &own).await?)
}

/// Everything of the page but its text.
async fn gather(reading: &mut Reading, story: &Story, photos: &HashMap<PhotoId, Photo>) -> Result<StoryPage, Error> {
    let bylines = store::story_bylines(&mut reading.tx, &[story.id]).await?.remove(&story.id).unwrap_or_default();
    let topics = store::story_topics(&mut reading.tx, story.id).await?;
    let corrections = store::correction_list(&mut reading.tx, story.id).await?;
    let elsewhere = translations(reading, story).await?;
    reading.shown.bylines(&bylines);
    for topic in &topics {
        reading.shown.topic(topic.id);
    }
    let section = story.section.and_then(|id| reading.section_link(id));
    if let Some(id) = story.section {
        reading.shown.section(id);
    }
    let lead = story.lead_photo.as_ref().and_then(|lead| Some((lead, photos.get(&lead.photo)?)));
    let mut shell = story_shell(reading, story, &elsewhere).await?;
    let about: Vec<TopicId> = topics.iter().map(|topic| topic.id).collect();
    let sections = with_those_above(&reading.sections, story.section);
    shell.slots.banner = appeal::banner(reading, &sections, &about).await?;
    shell.slots.appeal = appeal::end(reading, &sections, &about).await?;
    share_image(&mut shell, lead.map(|(_, photo)| photo), lead.and_then(|(lead, _)| lead.alt.as_deref()));
    let read_more = read_more::after(reading, story).await?;
    let mut page = StoryPage {
        headline: story.headline.clone(),
        standfirst: story.standfirst.clone(),
        section,
        bylines: byline_links(reading, &bylines),
        published: some_moment(reading, story.published_at),
        updated: some_moment(reading, story.updated_at),
        sources: source_lines(story),
        corrections: correction_lines(reading, &corrections),
        topics: topics.iter().map(|topic| topic_link(reading, topic, 0)).collect(),
        translations: others(reading, &elsewhere),
        share: share_links(story),
        read_more,
        shell,
        ..StoryPage::default()
    };
    page.json_ld = json_ld::article(reading, story, &page, &corrections);
    Ok(page)
}

async fn story_shell(reading: &mut Reading, story: &Story, elsewhere: &Elsewhere) -> Result<Shell, Error> {
    let mut shell = shell(reading, &story.headline, elsewhere).await?;
    shell.description = description(story);
    shell.og_type = "article".to_owned();
    if let Some(section) = reading.sections.iter().find(|section| Some(section.id) == story.section) {
        let link = reading.link_to_section(section);
        shell.feeds.insert(0, feed(reading, &format!("sections/{}/feed.xml", section.slug), link.name));
        shell.menu.iter_mut().for_each(|item| item.current = item.path == link.path);
    }
    shell.slots.newsletter = slot(reading).await?;
    Ok(shell)
}

/// The standfirst, else the beginning of the text.
fn description(story: &Story) -> String {
    const LENGTH: usize = 200;
    if !story.standfirst.is_empty() {
        return story.standfirst.clone();
    }
    let first = story.document.blocks.iter().find_map(|block| match block {
        model::document::Block::Paragraph { content } => Some(model::document::plain::line(content)),
        _ => None,
    });
    let text = first.unwrap_or_default();
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => {
            let cut = text[..end].rsplit_once(' ').map_or(&text[..end], |(head, _)| head);
            format!("{cut}…")
        }
        None => text,
    }
}

/// The story in every language that it is published in, its own among them.
async fn translations(reading: &mut Reading, story: &Story) -> Result<Elsewhere, Error> {
    let heads = store::story_translations(&mut reading.tx, story.group).await?;
    let mut found = Elsewhere::new();
    for head in heads {
        reading.shown.add(Tag::story(head.id));
        if let Some(path) = head.path
            && !found.iter().any(|(language, _): &(Language, String)| *language == head.language)
        {
            found.push((head.language, path.as_str().to_owned()));
        }
    }
    Ok(found)
}

fn others(reading: &Reading, elsewhere: &Elsewhere) -> Vec<LanguageLink> {
    links(reading, elsewhere).into_iter().filter(|link| !link.current).collect()
}

/// Where a story's statements come from.
pub(super) fn source_lines(story: &Story) -> Vec<SourceLine> {
    let line = |source: &model::Source| SourceLine {
        name: source.name.clone(),
        url: source.url.clone().filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        note: source.note.clone(),
    };
    story.sources.iter().map(line).collect()
}

fn correction_lines(reading: &Reading, corrections: &[Correction]) -> Vec<CorrectionLine> {
    let mut lines: Vec<&Correction> = corrections.iter().collect();
    lines.sort_by_key(|correction| correction.at);
    lines.into_iter().map(|c| CorrectionLine { at: reading.moment(c.at), text: c.text.clone() }).collect()
}

fn share_links(story: &Story) -> Vec<ShareLink> {
    let Some(path) = &story.path else { return Vec::new() };
    let link = |service: Service| ShareLink {
        service: service.as_str().to_owned(),
        label: label(service).to_owned(),
        path: format!("/share/{}{path}", service.as_str()),
    };
    Service::ALL.into_iter().map(link).collect()
}

fn label(service: Service) -> &'static str {
    match service {
        Service::Telegram => "Telegram",
        Service::WhatsApp => "WhatsApp",
        Service::Facebook => "Facebook",
        Service::X => "X",
        Service::Mail => "E-mail",
    }
}
