//! Whether reminders are offered: the page, its form and the note on readers' devices. Those that were asked for go out
//! either way, until all are withdrawn.

use model::{JournalKind, NewJournalRow, Role, Staff, Tag};
use store::Tx;

use crate::{Newsroom, error::Error, follow, staff::Denial};

const OFFERED: &str = "support.reminders";

/// Whether reminders are offered.
///
/// # Errors
/// When the database fails.
pub async fn offered(tx: &mut Tx) -> Result<bool, Error> {
    Ok(store::setting_get(tx, OFFERED).await?.is_some_and(|value| value == "true"))
}

/// Offers reminders, or offers them no longer.
///
/// # Errors
/// [`Denial::Role`] for anybody but publishers.
pub async fn offer(newsroom: &Newsroom, staff: &Staff, on: bool) -> Result<(), Error> {
    if staff.role < Role::Publisher || !staff.active {
        return Err(Denial::Role.into());
    }
    let mut tx = newsroom.store().begin().await?;
    if offered(&mut tx).await? == on {
        return Ok(());
    }
    set_in_tx(newsroom, &mut tx, on).await?;
    let deed = if on { "reminder.offer" } else { "reminder.close" };
    store::audit_append(&mut tx, newsroom.clock().now(), staff.handle.as_str(), deed, None, "{}").await?;
    tx.commit().await?;
    follow::catch_up(newsroom).await
}

async fn set_in_tx(newsroom: &Newsroom, tx: &mut Tx, on: bool) -> Result<(), Error> {
    let now = newsroom.clock().now();
    store::setting_set(tx, OFFERED, if on { "true" } else { "false" }, now).await?;
    // The note's script stands on every page.
    let row = NewJournalRow { kind: JournalKind::SettingsChanged, subject: None, tags: vec![Tag::everything()] };
    store::journal_append(tx, now, &row).await?;
    Ok(())
}

/// Deletes every reminder, with the mails of them that wait, and offers none any more; how many there were. `actor` is the
/// pen name of who does it.
///
/// # Errors
/// When the database fails; then nothing was withdrawn.
pub async fn withdraw_all(newsroom: &Newsroom, actor: &str) -> Result<u64, Error> {
    let mut tx = newsroom.store().begin().await?;
    let gone = withdraw_all_in_tx(newsroom, &mut tx, actor).await?;
    tx.commit().await?;
    follow::catch_up(newsroom).await?;
    Ok(gone)
}

/// The same as a part of something larger. Whoever commits it calls [`follow::catch_up`].
///
/// # Errors
/// When the database fails.
pub async fn withdraw_all_in_tx(newsroom: &Newsroom, tx: &mut Tx, actor: &str) -> Result<u64, Error> {
    let gone = store::reminder_delete_all(tx).await?;
    set_in_tx(newsroom, tx, false).await?;
    let detail = serde_json::json!({ "count": gone }).to_string();
    store::audit_append(tx, newsroom.clock().now(), actor, "reminder.withdraw", None, &detail).await?;
    Ok(gone)
}
