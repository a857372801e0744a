//! The variants of an appeal.

use model::{AppealId, AppealText, Staff, Variant, VariantId};
use serde_json::json;

use super::{change::held, settle::settle, sound};
use crate::{Newsroom, error::Error, staff::Denial};

/// More can't be told apart before the appeal is over.
const VARIANTS: usize = 4;

/// Adds a variant that says what the first one does, to be changed. It is shown once it is published.
///
/// # Errors
/// [`Denial`]; [`Error::Refused`] when there are as many as can be compared.
pub async fn add(newsroom: &Newsroom, staff: &Staff, id: AppealId) -> Result<VariantId, Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let appeal = held(&mut tx, staff, id).await?;
    let all = store::appeal_variants(&mut tx, id).await?;
    if all.iter().filter(|variant| variant.active).count() >= VARIANTS {
        return Err(Error::Refused(format!("{VARIANTS} variants can be compared; take one away first")));
    }
    let position = all.iter().map(|variant| variant.position).max().map_or(0, |last| last + 1);
    let letter = u8::try_from(position).ok().and_then(|at| b'A'.checked_add(at)).filter(u8::is_ascii_uppercase);
    let name = letter.map_or_else(|| (position + 1).to_string(), |letter| char::from(letter).to_string());
    let variant =
        Variant { id: VariantId::new(newsroom.chance()), appeal: id, position, name, weight: 1, active: true };
    store::appeal_variant_save(&mut tx, &variant).await?;
    let first = all.iter().find(|variant| variant.active).map(|variant| variant.id);
    for text in store::appeal_texts(&mut tx, id).await?.into_iter().filter(|text| Some(text.variant) == first) {
        let saved_by = staff.handle.to_string();
        let copy = AppealText {
            variant: variant.id,
            version: 1,
            published: None,
            saved_at: now,
            saved_by,
            shown: None,
            ..text
        };
        store::appeal_text_save(&mut tx, &copy, 0).await?;
    }
    let detail = json!({ "name": appeal.settings.name, "variant": variant.name });
    settle(newsroom, tx, staff.handle.as_str(), "appeal.variant", &appeal, detail).await?;
    Ok(variant.id)
}

/// Sets a variant's name, how many of the views it gets, and whether it is shown.
///
/// # Errors
/// [`Denial`]; [`Error::Refused`] when name or weight can't be used, or none would be left.
pub async fn change(
    newsroom: &Newsroom,
    staff: &Staff,
    id: VariantId,
    name: &str,
    weight: i64,
    active: bool,
) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    let before = store::appeal_variant_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let appeal = held(&mut tx, staff, before.appeal).await?;
    let name = sound::name(name)?;
    if !(1..=99).contains(&weight) {
        return Err(Error::Refused("a variant gets from 1 to 99 parts of the views".to_owned()));
    }
    let all = store::appeal_variants(&mut tx, before.appeal).await?;
    if !active && !all.iter().any(|other| other.id != id && other.active) {
        return Err(Error::Refused("it is the last variant; withdraw the appeal instead".to_owned()));
    }
    let after = Variant { name, weight, active, ..before.clone() };
    if after == before {
        return Ok(());
    }
    store::appeal_variant_save(&mut tx, &after).await?;
    let detail = json!({ "name": appeal.settings.name, "variant": after.name });
    settle(newsroom, tx, staff.handle.as_str(), "appeal.variant", &appeal, detail).await
}
