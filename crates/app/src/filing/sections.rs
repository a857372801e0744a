//! Sections: where stories stand, in the order of the menu.

use std::collections::HashMap;

use model::{JournalKind, Newsroom as Settings, Section, SectionId, Staff, Tag};
use serde_json::json;
use store::{RedirectTo, Tx};

use super::{Deed, Folder, Said, change_drafts, settle, taken};
use crate::{Newsroom, error::Error, staff::Denial, stories::desk::edits};

/// A section as the desk lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The section.
    pub section: Section,
    /// How many stories stand in it, in any language and state.
    pub stories: i64,
    /// How many sections it stands under.
    pub depth: usize,
}

/// Every section, each below the one it stands under, in the order of the menu.
///
/// # Errors
/// When the database fails.
pub async fn list(newsroom: &Newsroom) -> Result<Vec<Listed>, Error> {
    let mut tx = newsroom.store().read().await?;
    let all = store::section_all(&mut tx).await?;
    let counts = store::section_counts(&mut tx).await?;
    let mut listed = Vec::with_capacity(all.len());
    below(None, 0, &all, &counts, &mut listed);
    Ok(listed)
}

fn below(
    parent: Option<SectionId>,
    depth: usize,
    all: &[Section],
    counts: &HashMap<SectionId, i64>,
    listed: &mut Vec<Listed>,
) {
    for section in all.iter().filter(|section| section.parent == parent) {
        let stories = counts.get(&section.id).copied().unwrap_or_default();
        listed.push(Listed { section: section.clone(), stories, depth });
        below(Some(section.id), depth + 1, all, counts, listed);
    }
}

/// Adds a section, behind those beside it.
///
/// # Errors
/// [`Denial::Role`]; [`Error::Refused`] when it has no name, its address is taken, or its parent is not there.
pub async fn add(
    newsroom: &Newsroom,
    staff: &Staff,
    said: Said,
    parent: Option<SectionId>,
) -> Result<SectionId, Error> {
    edits(staff)?;
    let sound = said.sound()?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    store::journal_turn(&mut tx).await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let id = SectionId::new(now, newsroom.chance());
    let all = store::section_all(&mut tx).await?;
    fits_under(&all, id, parent)?;
    let slug = Folder::Sections.slug(&mut tx, &sound, None).await?;
    let position = all.iter().map(|section| section.position).max().map_or(0, |last| last + 1);
    let section = Section { id, slug, names: sound.names, about: sound.about, position, parent };
    store::section_insert(&mut tx, &section).await.map_err(taken)?;
    let mut tags = vec![Tag::section(id), Tag::menus()];
    tags.extend(Folder::Sections.paths(&settings, &section.slug));
    settle(newsroom, tx, now, deed(staff, "section.add", id, tags, json!({}))).await?;
    Ok(id)
}

/// Changes what a section says, its address (the old one leads on), and where it stands.
///
/// # Errors
/// As [`add`]; [`Denial::Gone`].
pub async fn edit(
    newsroom: &Newsroom,
    staff: &Staff,
    id: SectionId,
    said: Said,
    parent: Option<SectionId>,
) -> Result<(), Error> {
    edits(staff)?;
    let sound = said.sound()?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    store::journal_turn(&mut tx).await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let all = store::section_all(&mut tx).await?;
    let before = all.iter().find(|section| section.id == id).cloned().ok_or(Denial::Gone)?;
    fits_under(&all, id, parent)?;
    let slug = Folder::Sections.slug(&mut tx, &sound, Some((id.0, &before.slug))).await?;
    let after = Section { id, slug, names: sound.names, about: sound.about, position: before.position, parent };
    if after == before {
        return Ok(());
    }
    store::section_update(&mut tx, &after).await.map_err(taken)?;
    let mut tags = vec![Tag::section(id)];
    if (Section { about: before.about.clone(), ..after.clone() }) != before {
        tags.push(Tag::menus());
    }
    tags.extend(Folder::Sections.lead_on(&mut tx, &settings, (&before.slug, &after.slug), now).await?);
    settle(newsroom, tx, now, deed(staff, "section.edit", id, tags, json!({ "slug": after.slug }))).await
}

/// Moves a section before or behind its neighbour in the menu; at the end of the row nothing happens.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`].
pub async fn step(newsroom: &Newsroom, staff: &Staff, id: SectionId, up: bool) -> Result<(), Error> {
    edits(staff)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    store::journal_turn(&mut tx).await?;
    let all = store::section_all(&mut tx).await?;
    let parent = all.iter().find(|section| section.id == id).ok_or(Denial::Gone)?.parent;
    let mut row: Vec<Section> = all.into_iter().filter(|section| section.parent == parent).collect();
    let Some(at) = row.iter().position(|section| section.id == id) else { return Ok(()) };
    let other = if up { at.checked_sub(1) } else { Some(at + 1).filter(|next| *next < row.len()) };
    let Some(other) = other else { return Ok(()) };
    row.swap(at, other);
    for (position, mut section) in (0..).zip(row) {
        if section.position != position {
            section.position = position;
            store::section_update(&mut tx, &section).await?;
        }
    }
    settle(newsroom, tx, now, deed(staff, "section.order", id, vec![Tag::menus()], json!({ "up": up }))).await
}

/// Removes a section. Its stories, also those whose working copy alone stands in it, move `into` another one; without
/// that only a section in which no story stands is removed. Its old address leads to the other one's.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`]; [`Error::Refused`] when it is not empty and no other section is named.
pub async fn remove(newsroom: &Newsroom, staff: &Staff, id: SectionId, into: Option<SectionId>) -> Result<(), Error> {
    edits(staff)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    store::journal_turn(&mut tx).await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let section = store::section_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let stories = store::section_counts(&mut tx).await?.get(&id).copied().unwrap_or_default();
    let mut tags = vec![Tag::section(id), Tag::menus()];
    tags.extend(Folder::Sections.paths(&settings, &section.slug));
    tags.extend(settings.languages.iter().map(|language| Tag::in_section(language, id)));
    match into {
        Some(into) => tags.extend(move_into(&mut tx, &settings, &section, into, now).await?),
        None if stories > 0 => {
            let text = format!("{stories} stories stand in this section; choose another one for them");
            return Err(Error::Refused(text));
        }
        None => {}
    }
    change_drafts(&mut tx, id.0, |fields| {
        if fields.section == Some(id) {
            fields.section = into;
        }
    })
    .await?;
    match into {
        Some(into) => store::import_link_repoint(&mut tx, id.0, into.0).await?,
        None => store::import_link_forget(&mut tx, id.0).await?,
    }
    store::section_delete(&mut tx, id).await?;
    let detail = json!({ "stories": stories, "into": into });
    settle(newsroom, tx, now, deed(staff, "section.remove", id, tags, detail)).await
}

async fn move_into(
    tx: &mut Tx,
    settings: &Settings,
    section: &Section,
    into: SectionId,
    now: model::Timestamp,
) -> Result<Vec<Tag>, Error> {
    let target = store::section_by_id(tx, into).await?.filter(|target| target.id != section.id);
    let Some(target) = target else {
        return Err(Error::Refused("choose another section that is still there".to_owned()));
    };
    store::section_move_stories(tx, section.id, into).await?;
    for language in &settings.languages {
        let path = |slug| Folder::Sections.path(settings, language, slug);
        let (from, to) = (path(&section.slug), path(&target.slug));
        store::redirect_set(tx, &store::Redirect { from, to: RedirectTo::Path(to) }, now).await?;
    }
    Ok(settings.languages.iter().map(|language| Tag::in_section(language, into)).collect())
}

/// Whether a section may stand under another one: that is there, and does not stand under it itself.
fn fits_under(all: &[Section], id: SectionId, parent: Option<SectionId>) -> Result<(), Error> {
    let mut above = parent;
    while let Some(next) = above {
        if next == id {
            return Err(Error::Refused("a section can't stand under itself".to_owned()));
        }
        let Some(found) = all.iter().find(|section| section.id == next) else {
            return Err(Error::Refused("the section it should stand under is not there any more".to_owned()));
        };
        above = found.parent;
    }
    Ok(())
}

fn deed<'d>(
    staff: &'d Staff,
    action: &'static str,
    id: SectionId,
    tags: Vec<Tag>,
    detail: serde_json::Value,
) -> Deed<'d> {
    Deed { staff, action, kind: JournalKind::SectionChanged, subject: id.0, tags, detail }
}
