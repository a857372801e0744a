//! Appeals as the desk lists and opens them.

use model::{Appeal, AppealId, AppealStanding, AppealText, Language, Staff, Variant};

use crate::{Newsroom, error::Error, staff::Denial, stories::desk::edits};

/// An appeal in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The appeal.
    pub appeal: Appeal,
    /// What it is now.
    pub standing: AppealStanding,
    /// The languages that it is written in.
    pub languages: Vec<Language>,
    /// Its active variants.
    pub variants: usize,
    /// Whether editors wrote what readers don't see.
    pub pending: bool,
}

/// An appeal with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The appeal.
    pub appeal: Appeal,
    /// What it is now.
    pub standing: AppealStanding,
    /// Its variants, those that are not shown any more among them.
    pub variants: Vec<Variant>,
    /// What they say.
    pub texts: Vec<AppealText>,
}

impl Opened {
    /// Whether editors wrote what readers don't see.
    #[must_use]
    pub fn pending(&self) -> bool {
        let active = |text: &&AppealText| self.variants.iter().any(|one| one.id == text.variant && one.active);
        self.texts.iter().filter(active).any(|text| text.published != Some(text.version))
    }
}

/// Every appeal, banners first, each kind in its order.
///
/// # Errors
/// [`Denial::Role`].
pub async fn list(newsroom: &Newsroom, staff: &Staff) -> Result<Vec<Listed>, Error> {
    edits(staff)?;
    let mut listed = Vec::new();
    let all = store::appeal_all(&mut newsroom.store().read().await?).await?;
    for appeal in all {
        let opened = open(newsroom, staff, appeal.id).await?;
        let mut languages: Vec<Language> = opened.texts.iter().map(|text| text.language.clone()).collect();
        languages.sort();
        languages.dedup();
        let variants = opened.variants.iter().filter(|one| one.active).count();
        let (standing, pending) = (opened.standing, opened.pending());
        listed.push(Listed { appeal: opened.appeal, standing, languages, variants, pending });
    }
    Ok(listed)
}

/// Opens an appeal.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`].
pub async fn open(newsroom: &Newsroom, staff: &Staff, id: AppealId) -> Result<Opened, Error> {
    edits(staff)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().read().await?;
    let appeal = store::appeal_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let variants = store::appeal_variants(&mut tx, id).await?;
    let texts = store::appeal_texts(&mut tx, id).await?;
    Ok(Opened { standing: appeal.standing(now), appeal, variants, texts })
}
