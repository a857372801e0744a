//! Links that show an issue before it is sent: whoever has one sees it, until the link ends.

use model::{IssueId, Staff};
use store::IssueLink;

use super::{draft::note, found, sends};
use crate::{
    Newsroom,
    error::Error,
    staff::{Denial, Token},
};

/// A link works for so many hours at most.
const MOST_HOURS: i64 = 24 * 30;

/// Makes a link; its token is shown once.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`].
pub async fn link(newsroom: &Newsroom, staff: &Staff, id: IssueId, hours: i64) -> Result<Token, Error> {
    sends(staff)?;
    let now = newsroom.clock().now();
    let token = Token::new(newsroom.chance());
    let mut tx = newsroom.store().begin().await?;
    let (newsletter, issue) = found(&mut tx, id).await?;
    let link = IssueLink {
        hash: token.hash(),
        issue: id,
        made_by: staff.handle.to_string(),
        made_at: now,
        ends_at: now.plus_millis(hours.clamp(1, MOST_HOURS) * 3_600_000),
    };
    store::issue_link_insert(&mut tx, &link).await?;
    note(newsroom, &mut tx, staff.handle.as_str(), "issue.preview_link", &issue, &newsletter).await?;
    tx.commit().await?;
    Ok(token)
}

/// What a link shows.
///
/// # Errors
/// [`Denial::Link`] when it does not work (any more).
pub async fn linked(newsroom: &Newsroom, token: &Token) -> Result<IssueLink, Error> {
    let mut tx = newsroom.store().read().await?;
    let link = store::issue_link_by_hash(&mut tx, &token.hash(), newsroom.clock().now()).await?;
    link.ok_or_else(|| Denial::Link.into())
}

/// The issue that a link shows, with its newsletter. Whoever calls has seen the link.
///
/// # Errors
/// [`Denial::Gone`].
pub async fn found_for_link(newsroom: &Newsroom, id: IssueId) -> Result<(model::Newsletter, model::Issue), Error> {
    found(&mut newsroom.store().read().await?, id).await
}

/// Ends a link.
///
/// # Errors
/// [`Denial::Role`]; [`Denial::Gone`] when it had ended.
pub async fn unlink(newsroom: &Newsroom, staff: &Staff, id: IssueId, hash: &str) -> Result<(), Error> {
    sends(staff)?;
    let mut tx = newsroom.store().begin().await?;
    if !store::issue_link_remove(&mut tx, id, hash).await? {
        return Err(Denial::Gone.into());
    }
    Ok(tx.commit().await?)
}
