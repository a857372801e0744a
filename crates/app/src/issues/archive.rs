//! Issues that were sent, on the web.
//!
//! An issue gets its place in the moment in which its audience is frozen, in the same transaction, because its mails lead
//! there. The page shows what the stories say now: a correction reaches it, and a story that was withdrawn is not on it.

use model::{Issue, JournalKind, NewJournalRow, Newsletter, NewsletterId, Newsroom as Settings, Staff, Tag};
use store::Tx;

use super::{draft::note, found, sends};
use crate::{Newsroom, error::Error, follow, staff::Denial};

/// Where an issue stands: `/newsletter/weekly/12/`, below its language.
#[must_use]
pub fn path(settings: &Settings, newsletter: &Newsletter, number: i64) -> String {
    format!("{}{number}/", home(settings, newsletter))
}

/// Where the past issues of a newsletter are listed.
#[must_use]
pub fn home(settings: &Settings, newsletter: &Newsletter) -> String {
    format!("{}/newsletter/{}/", settings.prefix(&newsletter.language), newsletter.slug)
}

/// Puts an issue into the archive: what delivery does in the transaction that freezes its audience. Whoever commits calls
/// [`follow::catch_up`]. Does nothing when it stands there.
///
/// # Errors
/// When the database fails.
pub async fn place_in_tx(newsroom: &Newsroom, tx: &mut Tx, issue: &Issue) -> Result<(), Error> {
    if issue.path.is_some() {
        return Ok(());
    }
    let settings = store::newsroom_settings(tx).await?;
    let newsletter = store::newsletter_by_id(tx, issue.newsletter).await?.ok_or(Denial::Gone)?;
    let path = path(&settings, &newsletter, issue.number);
    store::issue_place(tx, issue.id, Some(&path)).await?;
    tell(newsroom, tx, issue, &path).await
}

async fn tell(newsroom: &Newsroom, tx: &mut Tx, issue: &Issue, path: &str) -> Result<(), Error> {
    let tags = vec![Tag::newsletter(issue.newsletter), Tag::path(path)];
    let row = NewJournalRow { kind: JournalKind::NewsletterChanged, subject: Some(issue.newsletter.0), tags };
    store::journal_append(tx, newsroom.clock().now(), &row).await?;
    Ok(())
}

/// Takes an issue out of the archive, or puts it back.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`] when it was never sent.
pub async fn hide(newsroom: &Newsroom, staff: &Staff, id: model::IssueId, hidden: bool) -> Result<(), Error> {
    sends(staff)?;
    let mut tx = newsroom.store().begin().await?;
    let (newsletter, issue) = found(&mut tx, id).await?;
    if issue.frozen_at.is_none() {
        return Err(Denial::Gone.into());
    }
    if hidden == issue.path.is_none() {
        return Ok(());
    }
    match &issue.path {
        Some(path) => {
            store::issue_place(&mut tx, id, None).await?;
            tell(newsroom, &mut tx, &issue, path).await?;
        }
        None => place_in_tx(newsroom, &mut tx, &issue).await?,
    }
    let action = if hidden { "issue.hide" } else { "issue.show" };
    note(newsroom, &mut tx, staff.handle.as_str(), action, &issue, &newsletter).await?;
    tx.commit().await?;
    follow::catch_up(newsroom).await
}

/// The path of the latest issue in a newsletter's archive, for who wants to see one before signing up.
///
/// # Errors
/// When the database fails.
pub async fn latest_path(tx: &mut Tx, newsletter: NewsletterId) -> Result<Option<String>, Error> {
    Ok(store::issue_public(tx, newsletter, 1, 0).await?.into_iter().next().and_then(|issue| issue.path))
}
