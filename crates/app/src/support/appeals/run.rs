//! Starting an appeal, showing what changed, withdrawing it, and its dates.

use model::{Appeal, AppealId, AppealStanding, AppealState, Document, JournalKind, NewJournalRow, Staff, Timestamp};
use serde_json::json;
use store::Tx;

use super::{
    change::held,
    settle::{settle, spoken, tags},
    sound,
};
use crate::{
    Newsroom,
    error::Error,
    follow,
    jobs::{self, Kind},
    stories::desk::lines,
};

fn says_something(document: &Document) -> bool {
    !lines("", "", document).is_empty()
}

/// Starts an appeal: from now on, or from its first day, readers get it. What was withdrawn starts again.
///
/// # Errors
/// [`crate::staff::Denial`]; [`Error::Refused`] when it runs, its days are over, or it says nothing.
pub async fn start(newsroom: &Newsroom, staff: &Staff, id: AppealId) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let mut appeal = held(&mut tx, staff, id).await?;
    if appeal.state == AppealState::Started {
        return Err(Error::Refused("it was started already".to_owned()));
    }
    if appeal.settings.until.is_some_and(|until| until <= now) {
        return Err(Error::Refused("its last day is over; choose a later one, or none".to_owned()));
    }
    checked(&mut tx, &appeal).await?;
    appeal.state = AppealState::Started;
    store::appeal_update(&mut tx, &appeal).await?;
    store::appeal_texts_show(&mut tx, id).await?;
    plan(newsroom, &mut tx, None, &appeal).await?;
    settle(newsroom, tx, staff.handle.as_str(), "appeal.start", &appeal, json!({ "name": appeal.settings.name }))
        .await?;
    newsroom.wake_jobs();
    Ok(())
}

/// Lets readers see what was written since it was started.
///
/// # Errors
/// [`crate::staff::Denial`]; [`Error::Refused`] when it does not run, or readers see all of it already.
pub async fn show(newsroom: &Newsroom, staff: &Staff, id: AppealId) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    let appeal = held(&mut tx, staff, id).await?;
    if appeal.state != AppealState::Started {
        return Err(Error::Refused("it does not run; start it instead".to_owned()));
    }
    checked(&mut tx, &appeal).await?;
    if store::appeal_texts_show(&mut tx, id).await? == 0 {
        return Err(Error::Refused("readers see all of it already".to_owned()));
    }
    settle(newsroom, tx, staff.handle.as_str(), "appeal.show", &appeal, json!({ "name": appeal.settings.name })).await
}

/// Whether the texts can go to readers.
async fn checked(tx: &mut Tx, appeal: &Appeal) -> Result<(), Error> {
    let texts = store::appeal_texts(tx, appeal.id).await?;
    let active: Vec<_> = store::appeal_variants(tx, appeal.id).await?.into_iter().filter(|one| one.active).collect();
    let mut said = false;
    for text in texts.iter().filter(|text| active.iter().any(|one| one.id == text.variant)) {
        if !says_something(&text.document) {
            let name = active.iter().find(|one| one.id == text.variant).map_or("", |one| one.name.as_str());
            let (variant, language) = (name, &text.language);
            return Err(Error::Refused(format!("variant {variant} says nothing in `{language}`; write it first")));
        }
        sound::text(appeal.kind, &text.document)?;
        said = true;
    }
    if said { Ok(()) } else { Err(Error::Refused("it says nothing yet; write its text first".to_owned())) }
}

/// Withdraws an appeal: no page shows it any more, at once.
///
/// # Errors
/// [`crate::staff::Denial`]; [`Error::Refused`] when it does not run.
pub async fn withdraw(newsroom: &Newsroom, staff: &Staff, id: AppealId) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    let mut appeal = held(&mut tx, staff, id).await?;
    if appeal.state != AppealState::Started {
        return Err(Error::Refused("it does not run; there is nothing to withdraw".to_owned()));
    }
    appeal.state = AppealState::Withdrawn;
    store::appeal_update(&mut tx, &appeal).await?;
    settle(newsroom, tx, staff.handle.as_str(), "appeal.withdraw", &appeal, json!({ "name": appeal.settings.name }))
        .await
}

/// Deletes an appeal that no reader ever saw.
///
/// # Errors
/// [`crate::staff::Denial`]; [`Error::Refused`] when readers saw it: its counts stay.
pub async fn delete(newsroom: &Newsroom, staff: &Staff, id: AppealId) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    let appeal = held(&mut tx, staff, id).await?;
    if appeal.state != AppealState::Draft {
        return Err(Error::Refused("readers saw it; withdraw it instead, and its numbers stay".to_owned()));
    }
    store::appeal_delete(&mut tx, id).await?;
    settle(newsroom, tx, staff.handle.as_str(), "appeal.delete", &appeal, json!({ "name": appeal.settings.name })).await
}

/// Enqueues the next moment at which pages change by themselves, if it is another one than `before` had.
pub(super) async fn plan(
    newsroom: &Newsroom,
    tx: &mut Tx,
    before: Option<&Appeal>,
    appeal: &Appeal,
) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let next = |appeal: &Appeal| appeal.turns(now).into_iter().next().filter(|_| appeal.state == AppealState::Started);
    if let Some(at) = next(appeal)
        && before.and_then(next) != Some(at)
    {
        let job = jobs::job(newsroom, Kind::AppealTurn, json!({ "appeal": appeal.id, "at": at.as_millis() }), at);
        store::job_enqueue(tx, &job).await?;
    }
    Ok(())
}

/// A moment has come: the pages that show the appeal, or don't any more, are made anew, and the next moment is planned. A moment
/// that is no longer the appeal's is passed over: whoever changed it planned anew.
pub(crate) async fn turn(newsroom: &Newsroom, id: AppealId, planned: Timestamp) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    store::journal_turn(&mut tx).await?;
    let Some(appeal) = store::appeal_by_id(&mut tx, id).await? else { return Ok(()) };
    let planned = appeal.turns(planned.plus_millis(-1)).contains(&planned);
    if appeal.state != AppealState::Started || !planned {
        return Ok(());
    }
    let tags = tags(appeal.kind, &spoken(&mut tx, &appeal).await?);
    if !tags.is_empty() {
        let row = NewJournalRow { kind: JournalKind::AppealChanged, subject: Some(id.0), tags };
        store::journal_append(&mut tx, now, &row).await?;
    }
    plan(newsroom, &mut tx, None, &appeal).await?;
    tx.commit().await?;
    follow::catch_up(newsroom).await
}

/// Makes the pages anew that show how far a goal is: every hour, and not at each gift, so that no page tells when somebody gave
/// how much.
///
/// # Errors
/// When the database fails.
pub(crate) async fn tend(newsroom: &Newsroom) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let mut touched = Vec::new();
    for appeal in store::appeal_all(&mut tx).await? {
        if appeal.settings.goal.is_some() && appeal.standing(now) == AppealStanding::Running {
            touched.extend(tags(appeal.kind, &spoken(&mut tx, &appeal).await?));
        }
    }
    if touched.is_empty() {
        return Ok(());
    }
    store::journal_turn(&mut tx).await?;
    let row = NewJournalRow { kind: JournalKind::AppealChanged, subject: None, tags: touched };
    store::journal_append(&mut tx, now, &row).await?;
    tx.commit().await?;
    follow::catch_up(newsroom).await
}
