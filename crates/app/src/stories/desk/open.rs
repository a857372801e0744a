//! A story as the desk's pages show it.

use std::collections::HashMap;

use model::{
    Byline, Correction, Draft, Note, Photo, PhotoId, PhotoState, Section, Staff, Story, StoryId, Topic, document::visit,
};
use store::{EditLock, StoryHead};

use super::{access::story_for, copy::working_copy};
use crate::{Newsroom, error::Error};

/// Everything about a story that its editors may need.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What readers see, or would; its state, path and times.
    pub story: Story,
    /// What editors see.
    pub draft: Draft,
    /// All sections, in their order.
    pub sections: Vec<Section>,
    /// The working copy's topics.
    pub topics: Vec<Topic>,
    /// The working copy's bylines.
    pub bylines: Vec<Byline>,
    /// The photos that the working copy shows.
    pub photos: HashMap<PhotoId, Photo>,
    /// Who is writing.
    pub lock: Option<EditLock>,
    /// Whose it is: pen names.
    pub owners: Vec<String>,
    /// Its notes, oldest first.
    pub notes: Vec<Note>,
    /// Its corrections, oldest first.
    pub corrections: Vec<Correction>,
    /// The same story in other languages, in any state.
    pub translations: Vec<StoryHead>,
}

/// Opens a story for somebody.
///
/// # Errors
/// [`crate::staff::Denial::Gone`], [`crate::staff::Denial::NotYours`].
pub async fn open(newsroom: &Newsroom, staff: &Staff, id: StoryId) -> Result<Opened, Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().read().await?;
    let story = story_for(&mut tx, staff, id).await?;
    let draft = working_copy(&mut tx, &story).await?.draft;
    let used = visit::photos(&draft.fields.document).into_iter().chain(draft.fields.lead_photo.as_ref());
    let used: Vec<PhotoId> = used.map(|photo| photo.photo).collect();
    let mut bylines = Vec::new();
    for byline in &draft.fields.bylines {
        bylines.extend(store::byline_by_id(&mut tx, *byline).await?);
    }
    let mut owners = Vec::new();
    for owner in store::story_owners(&mut tx, id).await? {
        owners.extend(store::staff_by_id(&mut tx, owner).await?.map(|owner| owner.handle.to_string()));
    }
    Ok(Opened {
        sections: store::section_all(&mut tx).await?,
        topics: store::topics(&mut tx, &draft.fields.topics).await?,
        bylines,
        photos: store::photos(&mut tx, &used).await?,
        lock: store::lock_of(&mut tx, id, now).await?,
        owners,
        notes: store::note_list(&mut tx, id).await?,
        corrections: store::correction_list(&mut tx, id).await?,
        translations: others(store::story_group(&mut tx, story.group).await?, id),
        story,
        draft,
    })
}

fn others(mut group: Vec<StoryHead>, own: StoryId) -> Vec<StoryHead> {
    group.retain(|head| head.id != own);
    group
}

/// A photo as the editor and the library show it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PhotoShown {
    /// Its id.
    pub id: PhotoId,
    /// Alt text.
    pub alt: String,
    /// Caption.
    pub caption: String,
    /// Credit.
    pub credit: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// What must stay visible when it is cropped.
    pub focal: model::FocalPoint,
    /// Path of a picture some 640 pixels wide; empty when there are no pixels.
    pub preview: String,
    /// Whether its pixels are here.
    pub state: PhotoState,
}

/// A photo with a path to look at it.
#[must_use]
pub fn photo_shown(photo: &Photo) -> PhotoShown {
    let whole = photo.renditions.iter().filter(|rendition| rendition.role == model::photo::RenditionRole::Whole);
    let shown =
        whole.filter(|rendition| rendition.form == model::PhotoForm::Webp || rendition.form == model::PhotoForm::Jpeg);
    let near = shown.min_by_key(|rendition| rendition.width.abs_diff(640));
    PhotoShown {
        id: photo.id,
        alt: photo.alt.clone(),
        caption: photo.caption.clone(),
        credit: photo.credit.clone(),
        width: photo.width,
        height: photo.height,
        focal: photo.focal,
        preview: near.map(|rendition| format!("/{}", rendition.key)).unwrap_or_default(),
        state: photo.state,
    }
}

/// How a story stands for whoever has it open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    /// Who is writing: pen name.
    pub lock: Option<String>,
    /// The working copy's version.
    pub version: i64,
    /// Who saved it.
    pub saved_by: String,
    /// The story's state.
    pub state: model::StoryState,
}

/// How a story stands now.
///
/// # Errors
/// As [`open`].
pub async fn stands(newsroom: &Newsroom, staff: &Staff, id: StoryId) -> Result<Stands, Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().read().await?;
    let story = story_for(&mut tx, staff, id).await?;
    let draft = working_copy(&mut tx, &story).await?.draft;
    let lock = store::lock_of(&mut tx, id, now).await?.map(|lock| lock.handle);
    Ok(Stands { lock, version: draft.version, saved_by: draft.saved_by, state: story.state })
}

/// All sections with their names in a language, in their order.
///
/// # Errors
/// When the database fails.
pub async fn sections(
    newsroom: &Newsroom,
    language: &model::Language,
) -> Result<Vec<(model::SectionId, String)>, Error> {
    let mut tx = newsroom.store().read().await?;
    let all = store::section_all(&mut tx).await?;
    let name = |section: &Section| section.names.get(language).unwrap_or(section.slug.as_str()).to_owned();
    Ok(all.iter().map(|section| (section.id, name(section))).collect())
}
