//! The library: photos that editors upload, describe, look for, crop, replace and remove.
//!
//! Pixels are prepared and stored before the transaction, under the hash of their bytes: killed in between, nothing
//! points to them and the same upload finds them again.

use bytes::Bytes;
use model::{
    FocalPoint, JournalKind, NewJournalRow, Photo, PhotoId, PhotoState, Role, Staff, StoryId, StoryState, Tag,
};
use store::{Found, StoryHead, Tx};

use super::{FoundWords, Ingested, crop, ingest};
use crate::{Newsroom, error::Error, follow, staff::Denial, stories::words};

/// What somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhotoFilter {
    /// Words of alt text, caption or credit.
    pub text: String,
    /// Only those that no story shows.
    pub unused: bool,
    /// Only those without alt text or credit.
    pub incomplete: bool,
    /// Only those whose pixels are not here.
    pub missing: bool,
}

/// A photo with the stories that show it.
#[derive(Debug, Clone)]
pub struct PhotoUsed {
    /// The photo.
    pub photo: Photo,
    /// The stories.
    pub stories: Vec<StoryHead>,
}

/// What can be said of a photo; what is not named stays.
#[derive(Debug, Clone, Default, PartialEq, serde::Deserialize)]
#[serde(default)]
pub struct Words {
    /// Alt text.
    pub alt: Option<String>,
    /// Caption.
    pub caption: Option<String>,
    /// Credit.
    pub credit: Option<String>,
    /// What must stay visible in a crop.
    pub focal: Option<FocalPoint>,
}

/// Characters of an alt text, a caption or a credit.
const LONGEST: usize = 2_000;

/// Stores an upload as a photo; the same upload twice is one photo. What its IPTC and XMP say is taken for caption and
/// credit where nobody said otherwise, for the editor to check.
///
/// # Errors
/// [`Error::Media`] when it is no picture, or too large, in words.
pub async fn upload(newsroom: &Newsroom, staff: &Staff, bytes: Bytes) -> Result<Photo, Error> {
    let prepared = ingest(newsroom.objects(), bytes, FocalPoint::default()).await?;
    newsroom.abort_point("upload.stored");
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    if let Some(known) = store::photo_by_source_hash(&mut tx, &prepared.source_hash).await? {
        return Ok(known);
    }
    let FoundWords { caption, credit, alt } = prepared.found.clone();
    let photo = Photo {
        id: PhotoId::new(now, newsroom.chance()),
        state: PhotoState::Ready,
        origin: None,
        source_hash: None,
        width: 0,
        height: 0,
        focal: FocalPoint::default(),
        alt,
        caption,
        credit,
        colour: String::new(),
        renditions: Vec::new(),
        created_at: now,
    };
    let photo = with_pixels(photo, prepared);
    store::photo_insert(&mut tx, &photo).await?;
    find(&mut tx, &photo).await?;
    store::audit_append(&mut tx, now, staff.handle.as_str(), "photo.upload", Some(photo.id.0), "{}").await?;
    newsroom.abort_point("upload.before_commit");
    tx.commit().await?;
    newsroom.abort_point("upload.after_commit");
    Ok(photo)
}

fn with_pixels(photo: Photo, pixels: Ingested) -> Photo {
    Photo {
        state: PhotoState::Ready,
        source_hash: Some(pixels.source_hash),
        width: pixels.width,
        height: pixels.height,
        colour: pixels.colour,
        renditions: pixels.renditions,
        ..photo
    }
}

/// A photo with the stories that show it.
///
/// # Errors
/// [`Denial::Gone`].
pub async fn photo(newsroom: &Newsroom, id: PhotoId) -> Result<PhotoUsed, Error> {
    let mut tx = newsroom.store().read().await?;
    let photo = store::photo_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let ids = store::photo_uses(&mut tx, id).await?;
    Ok(PhotoUsed { stories: store::story_heads(&mut tx, &ids).await?, photo })
}

/// A page of the library, the newest first, and how many there are in all.
///
/// # Errors
/// When the database fails.
pub async fn photos(newsroom: &Newsroom, filter: &PhotoFilter, limit: i64, offset: i64) -> Result<Found<Photo>, Error> {
    let filter = store::PhotoSearch {
        words: words(&filter.text),
        unused: filter.unused,
        incomplete: filter.incomplete,
        missing: filter.missing,
    };
    let mut tx = newsroom.store().read().await?;
    Ok(store::photo_search(&mut tx, &filter, limit, offset).await?)
}

/// Changes what is said of a photo, or where it is cropped. Every page that shows it follows. Reporters change only what
/// no public story shows.
///
/// # Errors
/// [`Denial::Gone`], [`Denial::NotYours`]; [`Error::Refused`] when a text is too long.
pub async fn describe(newsroom: &Newsroom, staff: &Staff, id: PhotoId, words: &Words) -> Result<Photo, Error> {
    let texts = [&words.alt, &words.caption, &words.credit];
    if texts.into_iter().flatten().any(|text| text.chars().count() > LONGEST) {
        return Err(Error::Refused(format!("{LONGEST} characters is the most for alt text, caption and credit")));
    }
    let before = photo(newsroom, id).await?;
    let focal = words.focal.map(|focal| FocalPoint { x: focal.x.min(1000), y: focal.y.min(1000) });
    let cut = match focal.filter(|focal| *focal != before.photo.focal && before.photo.state == PhotoState::Ready) {
        Some(focal) => Some(crop(newsroom.objects(), &before.photo.renditions, focal).await?),
        None => None,
    };
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let mut photo = store::photo_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    may_change(&mut tx, staff, id).await?;
    let set = |to: &mut String, text: &Option<String>| {
        if let Some(text) = text {
            text.trim().clone_into(to);
        }
    };
    set(&mut photo.alt, &words.alt);
    set(&mut photo.caption, &words.caption);
    set(&mut photo.credit, &words.credit);
    photo.focal = focal.unwrap_or(photo.focal);
    photo.renditions = cut.unwrap_or(photo.renditions);
    write(&mut tx, now, staff, &photo, "photo.describe").await?;
    tx.commit().await?;
    follow::catch_up(newsroom).await?;
    Ok(photo)
}

/// Puts other pixels under a photo: every story that shows it shows them.
///
/// # Errors
/// As [`upload`] and [`describe`].
pub async fn replace(newsroom: &Newsroom, staff: &Staff, id: PhotoId, bytes: Bytes) -> Result<Photo, Error> {
    let prepared = ingest(newsroom.objects(), bytes, FocalPoint::default()).await?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let photo = store::photo_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    may_change(&mut tx, staff, id).await?;
    let photo = Photo { focal: FocalPoint::default(), ..with_pixels(photo, prepared) };
    write(&mut tx, now, staff, &photo, "photo.replace").await?;
    tx.commit().await?;
    follow::catch_up(newsroom).await?;
    Ok(photo)
}

/// Removes a photo that no story shows. Its files stay: another photo may be made of the same pixels.
///
/// # Errors
/// [`Error::Refused`] while a story shows it.
pub async fn remove(newsroom: &Newsroom, staff: &Staff, id: PhotoId) -> Result<(), Error> {
    if staff.role < Role::Editor {
        return Err(Denial::Role.into());
    }
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let uses = store::photo_uses(&mut tx, id).await?.len();
    if uses > 0 {
        return Err(Error::Refused(format!("{uses} stories show this photo; take it out of them first")));
    }
    if !store::photo_delete(&mut tx, id).await? {
        return Err(Denial::Gone.into());
    }
    store::audit_append(&mut tx, now, staff.handle.as_str(), "photo.remove", Some(id.0), "{}").await?;
    Ok(tx.commit().await?)
}

/// Makes a photo findable by what is said of it.
pub(crate) async fn find(tx: &mut Tx, photo: &Photo) -> Result<(), Error> {
    let found = words(&[photo.alt.as_str(), &photo.caption, &photo.credit].join(" "));
    Ok(store::photo_words_set(tx, photo.id, &found).await?)
}

async fn write(tx: &mut Tx, now: model::Timestamp, staff: &Staff, photo: &Photo, action: &str) -> Result<(), Error> {
    store::photo_update(tx, photo).await?;
    find(tx, photo).await?;
    let tags = vec![Tag::photo(photo.id)];
    let row = NewJournalRow { kind: JournalKind::PhotoChanged, subject: Some(photo.id.0), tags };
    store::journal_append(tx, now, &row).await?;
    store::audit_append(tx, now, staff.handle.as_str(), action, Some(photo.id.0), "{}").await?;
    Ok(())
}

async fn may_change(tx: &mut Tx, staff: &Staff, id: PhotoId) -> Result<(), Error> {
    if staff.role >= Role::Editor {
        return Ok(());
    }
    let uses: Vec<StoryId> = store::photo_uses(tx, id).await?;
    let public = store::story_heads(tx, &uses).await?.iter().any(|head| head.state == StoryState::Published);
    if public { Err(Denial::NotYours.into()) } else { Ok(()) }
}
