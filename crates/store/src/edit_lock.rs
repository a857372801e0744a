//! Who is editing a story. A lock is a lease: one that is not renewed ends by itself.

use model::{StaffId, StoryId, Timestamp};

use crate::{Error, Tx, sql::Fields};

/// A lock that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditLock {
    /// Who holds it.
    pub staff: StaffId,
    /// Their pen name.
    pub handle: String,
    /// Since when.
    pub since: Timestamp,
    /// When it ends unless it is renewed.
    pub ends_at: Timestamp,
}

fn lock<R: Fields>(row: &R) -> Result<EditLock, Error> {
    Ok(EditLock {
        staff: StaffId(row.get("staff")?),
        handle: row.get("handle")?,
        since: row.time("since")?,
        ends_at: row.time("ends_at")?,
    })
}

/// The lock of a story, if somebody holds it at `now`.
///
/// # Errors
/// When the query fails.
pub async fn lock_of(tx: &mut Tx, story: StoryId, now: Timestamp) -> Result<Option<EditLock>, Error> {
    const SQL: &str = "SELECT l.staff, s.handle, l.since, l.ends_at FROM story_lock l JOIN staff s ON s.id = l.staff
                       WHERE l.story = $1 AND l.ends_at > $2";
    fetch_optional!(tx, lock, SQL, story.0, now.as_millis())
}

/// Takes or renews a lock until `until`, unless another holds it; with `take`, also then. `false` when another holds it.
///
/// # Errors
/// [`Error::Dangling`] when the story is not there.
pub async fn lock_take(
    tx: &mut Tx,
    story: StoryId,
    staff: StaffId,
    now: Timestamp,
    until: Timestamp,
    take: bool,
) -> Result<bool, Error> {
    const SQL: &str = "INSERT INTO story_lock (story, staff, since, ends_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (story) DO UPDATE SET staff = excluded.staff, ends_at = excluded.ends_at,
            since = CASE WHEN story_lock.staff = excluded.staff AND story_lock.ends_at > $3
                         THEN story_lock.since ELSE excluded.since END
        WHERE story_lock.staff = excluded.staff OR story_lock.ends_at <= $3 OR $5";
    Ok(execute!(tx, SQL, story.0, staff.0, now.as_millis(), until.as_millis(), take)? > 0)
}

/// Gives a lock back; nothing happens when somebody else holds it.
///
/// # Errors
/// When the query fails.
pub async fn lock_release(tx: &mut Tx, story: StoryId, staff: StaffId) -> Result<bool, Error> {
    Ok(execute!(tx, "DELETE FROM story_lock WHERE story = $1 AND staff = $2", story.0, staff.0)? > 0)
}

/// Every lock that has not ended, the latest first, with its story.
///
/// # Errors
/// When the query fails.
pub async fn lock_list(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<(StoryId, EditLock)>, Error> {
    const SQL: &str = "SELECT l.story, l.staff, s.handle, l.since, l.ends_at
                       FROM story_lock l JOIN staff s ON s.id = l.staff
                       WHERE l.ends_at > $1 ORDER BY l.since DESC, l.story LIMIT $2";
    fetch_all!(tx, story_lock, SQL, now.as_millis(), limit)
}

fn story_lock<R: Fields>(row: &R) -> Result<(StoryId, EditLock), Error> {
    Ok((StoryId(row.get("story")?), lock(row)?))
}
