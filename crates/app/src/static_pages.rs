//! Static pages as editors keep them: about, contact, privacy policy.
//!
//! Editors save a working copy, whose version counts saves; readers see what was published, and every published version is
//! kept for ever, because consents name the version that they saw. Publishing carries the working copy over: row,
//! version, redirect from an old address, journal and audit in one transaction.

use std::collections::HashMap;

use model::{
    Document, JournalKind, Language, NewJournalRow, Newsroom as Settings, Page, PageDraft, PageFields, PageId,
    PageVersion, Photo, PhotoId, Slug, Staff, Tag, Timestamp, document::visit, page::slug_is_free,
};
use serde::Deserialize;
use serde_json::json;
use store::{PageHead, Redirect, RedirectTo, Tx};

use crate::{
    Newsroom,
    error::Error,
    follow,
    staff::Denial,
    stories::{
        self,
        desk::{SaveRefused, Saved, document, edits},
    },
};

/// Characters of a title.
pub const TITLE: usize = 300;
/// The last place in the menu that may be given.
pub const LAST_PLACE: i64 = 999;

/// A page as its editors see it.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What readers see, or saw; its version is 0 until it is published for the first time.
    pub page: Page,
    /// What editors see.
    pub draft: PageDraft,
    /// Every version that was published, newest first.
    pub versions: Vec<PageVersion>,
    /// The photos that the working copy shows.
    pub photos: HashMap<PhotoId, Photo>,
}

/// What a save changes; what is not named stays.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Changes {
    /// The title.
    pub title: Option<String>,
    /// The last part of the path; an empty one stays as it was.
    pub slug: Option<String>,
    /// The body.
    pub document: Option<serde_json::Value>,
}

/// Why a save was not done.
#[derive(Debug, thiserror::Error)]
pub enum Unsaved {
    /// Somebody saved since; the working copy as it is now.
    #[error("somebody saved this page since")]
    Conflict(Box<PageDraft>),
    /// Anything else that keeps a story from being saved, too.
    #[error(transparent)]
    Other(#[from] SaveRefused),
}

impl From<Error> for Unsaved {
    fn from(error: Error) -> Self {
        Self::Other(error.into())
    }
}

impl From<store::Error> for Unsaved {
    fn from(error: store::Error) -> Self {
        Self::Other(error.into())
    }
}

/// Every page, by address and language, with whether its working copy says what readers don't see.
///
/// # Errors
/// When the database fails.
pub async fn list(newsroom: &Newsroom) -> Result<Vec<(PageHead, bool)>, Error> {
    let mut tx = newsroom.store().read().await?;
    let pending = store::page_draft_pending(&mut tx).await?;
    let all = store::page_all(&mut tx).await?;
    Ok(all.into_iter().map(|head| (head.clone(), pending.contains(&head.id))).collect())
}

/// Begins a page; readers see nothing of it until it is published. Pages in several languages that share an address are
/// translations of each other.
///
/// # Errors
/// [`Denial::Role`]; [`Error::Refused`] when title, language or address can't be used.
pub async fn create(
    newsroom: &Newsroom,
    staff: &Staff,
    language: &Language,
    title: &str,
    slug: &str,
) -> Result<PageId, Error> {
    edits(staff)?;
    let title = sound_title(title)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    if !settings.languages.contains(language) {
        return Err(Error::Refused(format!("the newsroom does not publish in `{language}`; add it in the settings")));
    }
    let wanted = if slug.trim().is_empty() { Slug::from_text(&title) } else { Some(sound_slug(slug)?) };
    let slug = wanted.ok_or_else(|| Error::Refused("write an address with letters a to z and digits".to_owned()))?;
    free(&mut tx, &settings, language, &slug, None).await?;
    let id = PageId::new(now, newsroom.chance());
    let document = Document::new(Vec::new());
    let (language, public, menu, version, updated_at) = (language.clone(), false, None, 0, now);
    let page = Page { id, language, slug, public, menu, title, document, version, updated_at };
    store::page_begin(&mut tx, &page).await?;
    store::audit_append(&mut tx, now, staff.handle.as_str(), "page.create", Some(id.0), "{}").await?;
    tx.commit().await?;
    Ok(id)
}

fn sound_title(title: &str) -> Result<String, Error> {
    let title = title.trim();
    if title.is_empty() || title.chars().count() > TITLE {
        return Err(Error::Refused(format!("a page needs a title of {TITLE} characters at most")));
    }
    Ok(title.to_owned())
}

fn sound_slug(slug: &str) -> Result<Slug, Error> {
    Slug::new(slug.trim()).map_err(|error| Error::Refused(error.to_string()))
}

/// Whether a page may stand at an address.
async fn free(
    tx: &mut Tx,
    settings: &Settings,
    language: &Language,
    slug: &Slug,
    own: Option<PageId>,
) -> Result<(), Error> {
    if !slug_is_free(slug, settings) {
        return Err(Error::Refused(format!("/{slug}/ belongs to another kind of page; choose another address")));
    }
    match store::page_by_slug(tx, language, slug.as_str()).await? {
        Some(other) if Some(other.id) != own => {
            Err(Error::Refused(format!("a page in this language stands at /{slug}/ already; choose another address")))
        }
        Some(_) | None => Ok(()),
    }
}

/// The working copy of a page; the page as it stands when nobody saved one, or another program published since.
async fn working_copy(tx: &mut Tx, page: &Page) -> Result<(PageDraft, i64), Error> {
    let fields = PageFields { title: page.title.clone(), slug: page.slug.clone(), document: page.document.clone() };
    let Some(draft) = store::page_draft_of(tx, page.id).await? else {
        let (saved_at, saved_by) = (page.updated_at, String::new());
        let published = (page.version > 0).then_some(0);
        return Ok((PageDraft { page: page.id, version: 0, published, saved_at, saved_by, fields }, 0));
    };
    let stored = draft.version;
    if !draft.is_clean() || draft.fields == fields {
        return Ok((draft, stored));
    }
    let version = stored + 1;
    Ok((PageDraft { version, published: Some(version), fields, ..draft }, stored))
}

/// Opens a page.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`].
pub async fn open(newsroom: &Newsroom, staff: &Staff, id: PageId) -> Result<Opened, Error> {
    edits(staff)?;
    let mut tx = newsroom.store().read().await?;
    let page = store::page_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let (draft, _) = working_copy(&mut tx, &page).await?;
    let used: Vec<PhotoId> = visit::photos(&draft.fields.document).into_iter().map(|photo| photo.photo).collect();
    let versions = store::page_versions(&mut tx, id).await?;
    Ok(Opened { photos: store::photos(&mut tx, &used).await?, page, draft, versions })
}

/// Saves changes to the working copy's version `base`.
///
/// # Errors
/// [`Unsaved`]; nothing was written then.
pub async fn save(
    newsroom: &Newsroom,
    staff: &Staff,
    id: PageId,
    base: i64,
    changes: Changes,
) -> Result<Saved, Unsaved> {
    edits(staff)?;
    let Changes { title, slug, document: body } = changes;
    if title.as_ref().is_some_and(|title| title.chars().count() > TITLE) {
        return Err(SaveRefused::TooLarge(format!("the title is too long: {TITLE} characters is the most")).into());
    }
    let slug = slug.filter(|slug| !slug.trim().is_empty()).map(|slug| Slug::new(slug.trim())).transpose();
    let slug = slug.map_err(|error| SaveRefused::Invalid(error.to_string()))?;
    let body = body.map(document).transpose()?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let page = store::page_by_id(&mut tx, id).await?.ok_or(Error::from(Denial::Gone))?;
    let (draft, stored) = working_copy(&mut tx, &page).await?;
    if draft.version != base {
        return Err(Unsaved::Conflict(Box::new(draft)));
    }
    let old = draft.fields.clone();
    let fields = PageFields {
        title: title.unwrap_or(old.title),
        slug: slug.unwrap_or(old.slug),
        document: body.unwrap_or(old.document),
    };
    if fields == draft.fields {
        return Ok(Saved { version: draft.version, saved_at: draft.saved_at });
    }
    let (version, saved_by) = (draft.version + 1, staff.handle.to_string());
    let next = PageDraft { version, saved_at: now, saved_by, fields, ..draft.clone() };
    if !store::page_draft_save(&mut tx, &next, stored).await? {
        return Err(Unsaved::Conflict(Box::new(draft)));
    }
    tx.commit().await?;
    Ok(Saved { version, saved_at: now })
}

/// Makes the working copy what readers see, as the next version. `seen` is the version that the editor looked at.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`]; [`Error::Refused`] when somebody saved since, title or address can't be used, or
/// readers see all of it already.
pub async fn publish(newsroom: &Newsroom, staff: &Staff, id: PageId, seen: i64) -> Result<Page, Error> {
    edits(staff)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let before = store::page_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let (mut draft, stored) = working_copy(&mut tx, &before).await?;
    if draft.version != seen {
        return Err(Error::Refused("somebody changed the page since you looked; look at it again".to_owned()));
    }
    let fields = draft.fields.clone();
    let title = sound_title(&fields.title)?;
    free(&mut tx, &settings, &before.language, &fields.slug, Some(id)).await?;
    let mut after = Page { public: true, title, slug: fields.slug, document: fields.document, ..before.clone() };
    let same = Page { public: before.public, ..after.clone() } == before && before.version > 0;
    if same && before.public {
        return Err(Error::Refused("readers see all of this already; there is nothing to publish".to_owned()));
    }
    if same {
        // It is shown again as it was: no new version.
        store::page_place(&mut tx, id, true, before.menu).await?;
    } else {
        after.version += 1;
        after.updated_at = now;
        if !store::page_save(&mut tx, &after).await? {
            return Err(Error::Refused("somebody published the page just now; look at it again".to_owned()));
        }
    }
    if stored > 0 {
        draft.published = Some(draft.version);
        store::page_draft_save(&mut tx, &draft, stored).await?;
    }
    let tags = move_address(&mut tx, &settings, &before, &after, now).await?;
    settle(newsroom, tx, staff, "page.publish", &after, tags, json!({ "version": after.version })).await?;
    Ok(after)
}

/// The tags of what changes when a page does; a public one's old address leads to the new one.
async fn move_address(
    tx: &mut Tx,
    settings: &Settings,
    before: &Page,
    after: &Page,
    now: Timestamp,
) -> Result<Vec<Tag>, Error> {
    let path = |slug: &Slug| format!("{}/{slug}/", settings.prefix(&after.language));
    let (from, to) = (path(&before.slug), path(&after.slug));
    let mut tags = vec![Tag::page(after.id), Tag::path(&to)];
    // Its translations link to it.
    for slug in [&before.slug, &after.slug] {
        tags.extend(store::page_translations(tx, slug.as_str()).await?.iter().map(|head| Tag::page(head.id)));
    }
    if from != to {
        store::redirect_delete(tx, &to).await?;
        if before.version > 0 {
            store::redirect_set(tx, &Redirect { from: from.clone(), to: RedirectTo::Path(to) }, now).await?;
        }
        tags.push(Tag::path(&from));
    }
    if after.menu.is_some() || before.menu.is_some() {
        tags.push(Tag::menus());
    }
    tags.sort();
    tags.dedup();
    Ok(tags)
}

/// Hides a page from readers; its versions stay.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`]; [`Error::Refused`] when readers don't see it.
pub async fn unpublish(newsroom: &Newsroom, staff: &Staff, id: PageId) -> Result<(), Error> {
    edits(staff)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let page = store::page_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    if !page.public {
        return Err(Error::Refused("readers don't see this page; there is nothing to hide".to_owned()));
    }
    let tags = move_address(&mut tx, &settings, &page, &page, now).await?;
    store::page_place(&mut tx, id, false, page.menu).await?;
    settle(newsroom, tx, staff, "page.hide", &page, tags, json!({})).await
}

/// Puts a page into the footer's menu (the lowest place first), or takes it out.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`]; [`Error::Refused`] when it is no such place.
pub async fn set_menu(newsroom: &Newsroom, staff: &Staff, id: PageId, menu: Option<i64>) -> Result<(), Error> {
    edits(staff)?;
    if menu.is_some_and(|place| !(0..=LAST_PLACE).contains(&place)) {
        return Err(Error::Refused(format!("a place in the menu is a number from 0 to {LAST_PLACE}")));
    }
    let mut tx = newsroom.store().begin().await?;
    let page = store::page_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    if page.menu == menu {
        return Ok(());
    }
    store::page_place(&mut tx, id, page.public, menu).await?;
    let tags = if page.public { vec![Tag::menus()] } else { Vec::new() };
    settle(newsroom, tx, staff, "page.menu", &page, tags, json!({ "menu": menu })).await
}

/// Brings an older version's title and body into the working copy.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`]; [`Error::Refused`] when somebody saves at the same moment.
pub async fn restore(newsroom: &Newsroom, staff: &Staff, id: PageId, version: i64) -> Result<(), Error> {
    edits(staff)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let page = store::page_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let versions = store::page_versions(&mut tx, id).await?;
    let old = versions.into_iter().find(|old| old.version == version).ok_or(Denial::Gone)?;
    let (draft, stored) = working_copy(&mut tx, &page).await?;
    let fields = PageFields { title: old.title, slug: draft.fields.slug.clone(), document: old.document };
    let (version, saved_by) = (draft.version + 1, staff.handle.to_string());
    let next = PageDraft { version, saved_at: now, saved_by, fields, ..draft };
    if !store::page_draft_save(&mut tx, &next, stored).await? {
        return Err(Error::Refused("somebody saved the page just now; try again".to_owned()));
    }
    store::audit_append(&mut tx, now, staff.handle.as_str(), "page.restore", Some(id.0), "{}").await?;
    Ok(tx.commit().await?)
}

async fn settle(
    newsroom: &Newsroom,
    mut tx: Tx,
    staff: &Staff,
    action: &'static str,
    page: &Page,
    tags: Vec<Tag>,
    detail: serde_json::Value,
) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let subject = Some(page.id.0);
    if !tags.is_empty() {
        store::journal_append(&mut tx, now, &NewJournalRow { kind: JournalKind::PageChanged, subject, tags }).await?;
    }
    store::audit_append(&mut tx, now, staff.handle.as_str(), action, subject, &detail.to_string()).await?;
    tx.commit().await?;
    follow::catch_up(newsroom).await
}

/// A document's text, a line for each block, to look at an older version.
#[must_use]
pub fn lines(document: &Document) -> Vec<String> {
    stories::desk::lines("", "", document)
}
