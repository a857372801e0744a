//! Beginning an appeal, what editors set of it, and its order.

use model::{Appeal, AppealId, AppealKind, AppealSettings, AppealState, Staff, Timestamp, Variant, VariantId};
use serde_json::json;
use store::Tx;

use super::{run::plan, settle::settle, sound};
use crate::{Newsroom, error::Error, staff::Denial, stories::desk::edits};

/// What editors set of an appeal beside its rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// What the desk calls it.
    pub name: String,
    /// Shown from then on.
    pub from: Option<Timestamp>,
    /// Not shown from then on.
    pub until: Option<Timestamp>,
    /// Whether the short form stands below it.
    pub form: bool,
    /// What "not now" keeps appeals away for, in days.
    pub rest_days: u16,
    /// How often a device that remembers shows it.
    pub cap: Option<model::appeal::Cap>,
    /// What is to come together.
    pub goal: Option<model::appeal::Goal>,
}

/// An appeal that nobody else changes until the transaction ends.
pub(super) async fn held(tx: &mut Tx, staff: &Staff, id: AppealId) -> Result<Appeal, Error> {
    edits(staff)?;
    // Appeals are few, and what readers see of them goes through the journal: one change at a time.
    store::journal_turn(tx).await?;
    store::appeal_by_id(tx, id).await?.ok_or_else(|| Denial::Gone.into())
}

/// Begins an appeal, behind the others of its kind, with one empty variant.
///
/// # Errors
/// [`Denial::Role`]; [`Error::Refused`] when it has no name.
pub async fn create(newsroom: &Newsroom, staff: &Staff, kind: AppealKind, name: &str) -> Result<AppealId, Error> {
    edits(staff)?;
    let now = newsroom.clock().now();
    let settings =
        AppealSettings { name: sound::name(name)?, form: kind == AppealKind::End, ..AppealSettings::default() };
    let mut tx = newsroom.store().begin().await?;
    let position = store::appeal_last_position(&mut tx, kind).await?;
    let (id, state) = (AppealId::new(now, newsroom.chance()), AppealState::Draft);
    let appeal = Appeal { id, kind, position, state, made_at: now, settings };
    store::appeal_insert(&mut tx, &appeal).await?;
    let variant = VariantId::new(newsroom.chance());
    let first = Variant { id: variant, appeal: id, position: 0, name: "A".to_owned(), weight: 1, active: true };
    store::appeal_variant_save(&mut tx, &first).await?;
    settle(newsroom, tx, staff.handle.as_str(), "appeal.create", &appeal, json!({ "name": appeal.settings.name }))
        .await?;
    Ok(id)
}

impl Settings {
    /// Sets them. What readers see changes at once where the appeal runs.
    ///
    /// # Errors
    /// [`Denial::Role`], [`Denial::Gone`]; [`Error::Refused`] when one of them can't be used.
    pub async fn save(&self, newsroom: &Newsroom, staff: &Staff, id: AppealId) -> Result<(), Error> {
        let mut tx = newsroom.store().begin().await?;
        let mut appeal = held(&mut tx, staff, id).await?;
        let settings = AppealSettings {
            name: sound::name(&self.name)?,
            rules: appeal.settings.rules.clone(),
            from: self.from,
            until: self.until,
            form: self.form,
            rest_days: self.rest_days,
            cap: self.cap,
            goal: self.goal.clone(),
        };
        sound::settings(&settings)?;
        if settings == appeal.settings {
            return Ok(());
        }
        let before = appeal.clone();
        appeal.settings = settings;
        store::appeal_update(&mut tx, &appeal).await?;
        plan(newsroom, &mut tx, Some(&before), &appeal).await?;
        settle(
            newsroom,
            tx,
            staff.handle.as_str(),
            "appeal.settings",
            &appeal,
            json!({ "name": appeal.settings.name }),
        )
        .await?;
        newsroom.wake_jobs();
        Ok(())
    }
}

/// Moves an appeal before or behind its neighbour; at the end of the row nothing happens.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`].
pub async fn step(newsroom: &Newsroom, staff: &Staff, id: AppealId, up: bool) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    let appeal = held(&mut tx, staff, id).await?;
    let mut row = store::appeal_all(&mut tx).await?;
    row.retain(|other| other.kind == appeal.kind);
    let Some(at) = row.iter().position(|other| other.id == id) else { return Ok(()) };
    let other = if up { at.checked_sub(1) } else { Some(at + 1).filter(|next| *next < row.len()) };
    let Some(other) = other else { return Ok(()) };
    row.swap(at, other);
    // Pages show one of the two, whichever was moved.
    let started = row[at].state == AppealState::Started;
    let told = if started { row[at].clone() } else { appeal };
    for (position, mut moved) in (1..).zip(row) {
        if moved.position != position {
            moved.position = position;
            store::appeal_update(&mut tx, &moved).await?;
        }
    }
    settle(newsroom, tx, staff.handle.as_str(), "appeal.order", &told, json!({ "name": told.settings.name, "up": up }))
        .await
}
