//! Preview links: whoever has one sees the story as it would be published, until the link ends.

use model::{Staff, StoryId};
use store::PreviewLink;

use super::access::story_for;
use crate::{
    Newsroom,
    error::Error,
    staff::{Denial, Token},
};

/// A link works for so many hours unless somebody chooses otherwise.
pub const PREVIEW_HOURS: i64 = 72;
/// And for so many at most.
const MOST_HOURS: i64 = 24 * 30;

/// Makes a link; its token is shown once.
///
/// # Errors
/// [`Denial::Gone`], [`Denial::NotYours`].
pub async fn preview_link(newsroom: &Newsroom, staff: &Staff, id: StoryId, hours: i64) -> Result<Token, Error> {
    let now = newsroom.clock().now();
    let token = Token::new(newsroom.chance());
    let mut tx = newsroom.store().begin().await?;
    story_for(&mut tx, staff, id).await?;
    let link = PreviewLink {
        hash: token.hash(),
        story: id,
        made_by: staff.handle.to_string(),
        made_at: now,
        ends_at: now.plus_millis(hours.clamp(1, MOST_HOURS) * 3_600_000),
    };
    store::preview_insert(&mut tx, &link).await?;
    store::audit_append(&mut tx, now, staff.handle.as_str(), "story.preview_link", Some(id.0), "{}").await?;
    tx.commit().await?;
    Ok(token)
}

/// The links of a story that work.
///
/// # Errors
/// [`Denial::Gone`], [`Denial::NotYours`].
pub async fn preview_links(newsroom: &Newsroom, staff: &Staff, id: StoryId) -> Result<Vec<PreviewLink>, Error> {
    let mut tx = newsroom.store().read().await?;
    story_for(&mut tx, staff, id).await?;
    Ok(store::preview_list(&mut tx, id, newsroom.clock().now()).await?)
}

/// What a link shows.
///
/// # Errors
/// [`Denial::Link`] when it does not work (any more).
pub async fn preview_open(newsroom: &Newsroom, token: &Token) -> Result<PreviewLink, Error> {
    let mut tx = newsroom.store().read().await?;
    let link = store::preview_by_hash(&mut tx, &token.hash(), newsroom.clock().now()).await?;
    link.ok_or_else(|| Denial::Link.into())
}

/// Ends a link.
///
/// # Errors
/// [`Denial::Gone`] when it had ended.
pub async fn preview_revoke(newsroom: &Newsroom, staff: &Staff, id: StoryId, hash: &str) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    story_for(&mut tx, staff, id).await?;
    if !store::preview_remove(&mut tx, id, hash).await? {
        return Err(Denial::Gone.into());
    }
    Ok(tx.commit().await?)
}
