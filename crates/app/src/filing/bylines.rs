//! Bylines: who signs stories. A byline is a pen name, and its removal is for when somebody must vanish (law 3).
//!
//! Removing one is one transaction: it leaves every story, working copy, address, redirect, journal row and import link,
//! and its own row goes. What remains is a random id in the log, and a hash by which an import knows that it must not
//! bring it back. Revisions and working copies never held more than its id. What a story's own text says stays for
//! its editors to change.

use data_encoding::HEXLOWER;
use model::{Byline, BylineId, JournalKind, Language, Newsroom as Settings, Staff, Tag};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::Tx;

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
    /// Its bylines, with how many stories, in any language and state, each signs.
    pub bylines: Vec<(Byline, i64)>,
    /// How many there are on all pages.
    pub total: usize,
}

/// A page of the bylines whose names have words that begin like `text`, by name. Pages count from 1.
///
/// # Errors
/// When the database fails.
pub async fn list(newsroom: &Newsroom, language: &Language, text: &str, page: usize) -> Result<Listed, Error> {
    let typed = words(text);
    let mut tx = newsroom.store().read().await?;
    let mut found = store::byline_all(&mut tx).await?;
    found.retain(|byline| matches(&byline.names, &typed));
    found.sort_by_cached_key(|byline| listed_as(&byline.names, language, &byline.slug));
    let total = found.len();
    let shown: Vec<Byline> = found.into_iter().skip((page.max(1) - 1) * PAGE).take(PAGE).collect();
    let ids: Vec<BylineId> = shown.iter().map(|byline| byline.id).collect();
    let totals = store::byline_totals(&mut tx, &ids).await?;
    let count = |id: BylineId| totals.get(&id).copied().unwrap_or_default();
    Ok(Listed { bylines: shown.into_iter().map(|byline| (byline.clone(), count(byline.id))).collect(), total })
}

/// A byline, and how many stories it signs.
///
/// # Errors
/// [`Denial::Gone`].
pub async fn open(newsroom: &Newsroom, id: BylineId) -> Result<(Byline, i64), Error> {
    let mut tx = newsroom.store().read().await?;
    let byline = store::byline_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let stories = store::byline_totals(&mut tx, &[id]).await?.get(&id).copied().unwrap_or_default();
    Ok((byline, stories))
}

/// Adds a byline.
///
/// # Errors
/// [`Denial::Role`]; [`Error::Refused`] when it has no name or its address is taken.
pub async fn add(newsroom: &Newsroom, staff: &Staff, said: Said) -> Result<BylineId, Error> {
    edits(staff)?;
    let sound = said.sound()?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let id = BylineId::new(now, newsroom.chance());
    let slug = Folder::Bylines.slug(&mut tx, &sound, None).await?;
    let byline = Byline { id, slug, names: sound.names, about: sound.about };
    store::byline_insert(&mut tx, &byline).await.map_err(taken)?;
    let tags = Folder::Bylines.paths(&settings, &byline.slug).chain([Tag::byline(id)]).collect();
    settle(newsroom, tx, now, deed(staff, "byline.add", id, tags, json!({}))).await?;
    Ok(id)
}

/// Changes what a byline says, and its address: the old one leads on.
///
/// # Errors
/// As [`add`]; [`Denial::Gone`].
pub async fn edit(newsroom: &Newsroom, staff: &Staff, id: BylineId, said: Said) -> Result<(), Error> {
    edits(staff)?;
    let sound = said.sound()?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let before = store::byline_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let slug = Folder::Bylines.slug(&mut tx, &sound, Some((id.0, &before.slug))).await?;
    let after = Byline { id, slug, names: sound.names, about: sound.about };
    if after == before {
        return Ok(());
    }
    store::byline_update(&mut tx, &after).await.map_err(taken)?;
    let mut tags = vec![Tag::byline(id)];
    tags.extend(Folder::Bylines.lead_on(&mut tx, &settings, (&before.slug, &after.slug), now).await?);
    settle(newsroom, tx, now, deed(staff, "byline.edit", id, tags, json!({}))).await
}

/// Removes a byline from everything, at once and for good; how many stories it signed.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`].
pub async fn remove(newsroom: &Newsroom, staff: &Staff, id: BylineId) -> Result<usize, Error> {
    edits(staff)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let byline = store::byline_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    change_drafts(&mut tx, id.0, |fields| fields.bylines.retain(|byline| *byline != id)).await?;
    let stories = store::byline_remove(&mut tx, id).await?.len();
    let mut tags = vec![Tag::byline(id)];
    tags.extend(settings.languages.iter().map(|language| Tag::by_byline(language, id)));
    if forget_addresses(&mut tx, &settings, &byline).await? > 0 {
        // The redirects' own tags would name the addresses, in a log that is kept; dropping every page names nothing.
        tags.push(Tag::everything());
    }
    seal_imports(&mut tx, id, now).await?;
    store::journal_turn(&mut tx).await?;
    store::journal_hush(&mut tx, JournalKind::BylineChanged, id.0).await?;
    settle(newsroom, tx, now, deed(staff, "byline.remove", id, tags, json!({ "stories": stories }))).await?;
    Ok(stories)
}

/// Forgets every redirect to the byline's page.
async fn forget_addresses(tx: &mut Tx, settings: &Settings, byline: &Byline) -> Result<u64, Error> {
    let mut forgotten = 0;
    for language in &settings.languages {
        let path = Folder::Bylines.path(settings, language, &byline.slug);
        forgotten += store::redirect_forget(tx, &path).await?;
    }
    Ok(forgotten)
}

/// Puts hashes in place of what other systems called the byline.
async fn seal_imports(tx: &mut Tx, id: BylineId, now: model::Timestamp) -> Result<(), Error> {
    for (source, _, foreign_id) in store::import_link_sources(tx, id.0).await? {
        store::import_link_set(tx, &source, "byline", &sealed(&foreign_id), id.0, "", now).await?;
        store::import_link_delete(tx, &source, "byline", &foreign_id).await?;
    }
    Ok(())
}

/// By what an import knows a byline that was removed here.
pub(crate) fn sealed(foreign_id: &str) -> String {
    format!("removed:{}", HEXLOWER.encode(&Sha256::digest(foreign_id)))
}

fn deed<'d>(
    staff: &'d Staff,
    action: &'static str,
    id: BylineId,
    tags: Vec<Tag>,
    detail: serde_json::Value,
) -> Deed<'d> {
    Deed { staff, action, kind: JournalKind::BylineChanged, subject: id.0, tags, detail }
}
