//! Who writes: one person at a time, by a lease that ends when their page is closed or their laptop dies.

use model::{Staff, StoryId, Timestamp};

use super::{super::NoticeKind, access::story_for};
use crate::{Newsroom, error::Error};

/// A lock that is not renewed ends after so long; editors renew theirs every 20 seconds.
pub const LOCK_MS: i64 = 60_000;

/// Whether one may write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Locked {
    /// Yes, until then unless renewed.
    Mine {
        /// The end.
        until: Timestamp,
    },
    /// Somebody else does.
    Held {
        /// Pen name.
        by: String,
        /// Since when.
        since: Timestamp,
    },
}

/// Takes or renews the lock; with `take`, from whoever holds it.
///
/// # Errors
/// [`crate::staff::Denial::Gone`], [`crate::staff::Denial::NotYours`].
pub async fn lock(newsroom: &Newsroom, staff: &Staff, id: StoryId, take: bool) -> Result<Locked, Error> {
    let now = newsroom.clock().now();
    let until = now.plus_millis(LOCK_MS);
    let mut tx = newsroom.store().begin().await?;
    story_for(&mut tx, staff, id).await?;
    let before = store::lock_of(&mut tx, id, now).await?;
    if !store::lock_take(&mut tx, id, staff.id, now, until, take).await? {
        let held = store::lock_of(&mut tx, id, now).await?;
        let (by, since) = held.map_or((String::new(), now), |held| (held.handle, held.since));
        return Ok(Locked::Held { by, since });
    }
    if let Some(before) = before.as_ref().filter(|before| before.staff != staff.id) {
        let detail = serde_json::json!({ "from": before.handle }).to_string();
        store::audit_append(&mut tx, now, staff.handle.as_str(), "story.take_over", Some(id.0), &detail).await?;
    }
    tx.commit().await?;
    if before.is_none_or(|before| before.staff != staff.id) {
        newsroom.notices().tell(id, NoticeKind::Lock);
    }
    Ok(Locked::Mine { until })
}

/// Gives the lock back; nothing happens when somebody else has it.
///
/// # Errors
/// When the database fails.
pub async fn unlock(newsroom: &Newsroom, staff: &Staff, id: StoryId) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    let released = store::lock_release(&mut tx, id, staff.id).await?;
    tx.commit().await?;
    if released {
        newsroom.notices().tell(id, NoticeKind::Lock);
    }
    Ok(())
}
