//! What a variant says in a language, in the desk's editor. A save reaches no reader.

use std::collections::HashMap;

use model::{Appeal, AppealText, Document, Language, Photo, PhotoId, Staff, Variant, VariantId, document::visit};
use store::Tx;

use crate::{
    Newsroom,
    error::Error,
    staff::Denial,
    stories::desk::{SaveRefused, Saved, document, edits},
};

/// A text as the editor opens it.
#[derive(Debug, Clone)]
pub struct OpenedText {
    /// Whose it is.
    pub appeal: Appeal,
    /// In which variant.
    pub variant: Variant,
    /// The text; its version is 0 when nobody saved one.
    pub text: AppealText,
    /// The photos that it shows.
    pub photos: HashMap<PhotoId, Photo>,
}

/// Why a save was not done.
#[derive(Debug, thiserror::Error)]
pub enum Unsaved {
    /// Somebody saved since; the text as it is now.
    #[error("somebody saved this text since")]
    Conflict(Box<AppealText>),
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

/// The text as it was saved last; an empty one when there is none.
async fn current(tx: &mut Tx, variant: &Variant, appeal: &Appeal, language: &Language) -> Result<AppealText, Error> {
    let saved = store::appeal_text_of(tx, variant.id, language).await?;
    Ok(saved.unwrap_or_else(|| AppealText {
        variant: variant.id,
        language: language.clone(),
        version: 0,
        published: None,
        saved_at: appeal.made_at,
        saved_by: String::new(),
        document: Document::new(Vec::new()),
        shown: None,
    }))
}

async fn found(tx: &mut Tx, id: VariantId, language: &Language) -> Result<(Appeal, Variant, AppealText), Error> {
    let variant = store::appeal_variant_by_id(tx, id).await?.ok_or(Denial::Gone)?;
    let appeal = store::appeal_by_id(tx, variant.appeal).await?.ok_or(Denial::Gone)?;
    let settings = store::newsroom_settings(tx).await?;
    let text = current(tx, &variant, &appeal, language).await?;
    // A language that was given up keeps its texts.
    if text.version == 0 && !settings.languages.contains(language) {
        return Err(Denial::Gone.into());
    }
    Ok((appeal, variant, text))
}

/// Opens a text.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`].
pub async fn open(newsroom: &Newsroom, staff: &Staff, id: VariantId, language: &Language) -> Result<OpenedText, Error> {
    edits(staff)?;
    let mut tx = newsroom.store().read().await?;
    let (appeal, variant, text) = found(&mut tx, id, language).await?;
    let used: Vec<PhotoId> = visit::photos(&text.document).into_iter().map(|photo| photo.photo).collect();
    Ok(OpenedText { photos: store::photos(&mut tx, &used).await?, appeal, variant, text })
}

/// Saves a text over its version `base`.
///
/// # Errors
/// [`Unsaved`]; nothing was written then.
pub async fn save(
    newsroom: &Newsroom,
    staff: &Staff,
    id: VariantId,
    language: &Language,
    base: i64,
    body: Option<serde_json::Value>,
) -> Result<Saved, Unsaved> {
    edits(staff)?;
    let body = body.map(document).transpose()?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let (_, _, before) = found(&mut tx, id, language).await?;
    if before.version != base {
        return Err(Unsaved::Conflict(Box::new(before)));
    }
    let document = match body {
        Some(body) if body != before.document => body,
        Some(_) | None => return Ok(Saved { version: before.version, saved_at: before.saved_at }),
    };
    let (version, saved_by) = (before.version + 1, staff.handle.to_string());
    let next = AppealText { version, saved_at: now, saved_by, document, ..before.clone() };
    if !store::appeal_text_save(&mut tx, &next, before.version).await? {
        return Err(Unsaved::Conflict(Box::new(before)));
    }
    tx.commit().await?;
    Ok(Saved { version, saved_at: now })
}
