//! A section: its stories, newest first.

use http::StatusCode;
use model::Tag;
use store::Scope;
use theme::{
    Page,
    context::{NamedLink, SectionPage},
};

use super::{
    appeal::banner,
    cards::{cards, listed, thin},
    draft::Draft,
    reading::Reading,
    shell::{everywhere, feed, neighbours, shell},
};
use crate::{error::Error, support::appeals::with_those_above};

pub(super) async fn show(reading: &mut Reading, slug: &str, page: usize) -> Result<Option<Draft>, Error> {
    let Some(section) = reading.sections.iter().find(|section| section.slug.as_str() == slug).cloned() else {
        return Ok(None);
    };
    reading.shown.section(section.id);
    reading.shown.add(Tag::in_section(&reading.language.clone(), section.id));
    let base = format!("sections/{slug}/");
    let Some((heads, pager, _)) = listed(reading, Scope::Section(section.id), false, page, &base).await? else {
        return Ok(None);
    };
    let name = reading.named(&section.names, &section.slug);
    let elsewhere = if page == 1 { everywhere(reading, &base) } else { Vec::new() };
    let mut shell = shell(reading, &name, &elsewhere).await?;
    shell.feeds.insert(0, feed(reading, &format!("{base}feed.xml"), name.clone()));
    neighbours(&mut shell, &pager);
    shell.slots.banner = banner(reading, &with_those_above(&reading.sections.clone(), Some(section.id)), &[]).await?;
    let about = reading.about(&section.about);
    shell.description.clone_from(&about);
    let children = reading.sections.iter().filter(|other| other.parent == Some(section.id));
    let children: Vec<NamedLink> = children.map(|child| reading.link_to_section(child)).collect();
    let parent = section.parent.and_then(|id| reading.section_link(id));
    let mut cards = cards(reading, &heads).await?;
    // The page says it already.
    cards.iter_mut().for_each(|card| card.section = None);
    let page = SectionPage { shell, name, about, parent, children, cards, pager };
    Ok(Some(Draft::fitting(StatusCode::OK, Page::Section(page), 4, |page, level| {
        if let Page::Section(section) = page {
            thin(section.cards.iter_mut(), level);
        }
    })))
}
