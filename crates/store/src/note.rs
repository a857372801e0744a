//! Notes on stories, and whom they mention. Also whose a story is.

use model::{Note, StaffId, StoryId, Timestamp};
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, number},
};

fn note<R: Fields>(row: &R) -> Result<Note, Error> {
    let done_at = row.time_or_none("done_at")?;
    let done_by: Option<String> = row.get("done_by")?;
    Ok(Note {
        id: row.get("id")?,
        story: StoryId(row.get("story")?),
        at: row.time("at")?,
        author: row.get("author")?,
        text: row.get("text")?,
        done: done_at.zip(done_by),
    })
}

/// Adds a note that mentions these people.
///
/// # Errors
/// [`Error::Dangling`] when the story or somebody is not there.
pub async fn note_insert(tx: &mut Tx, note: &Note, mentioned: &[StaffId]) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO story_note (id, story, at, author, done_at, done_by, text) VALUES ($1, $2, $3, $4, NULL, NULL, $5)",
        note.id,
        note.story.0,
        note.at.as_millis(),
        note.author.as_str(),
        note.text.as_str(),
    )?;
    insert_rows!(tx, "INSERT INTO mention (staff, note, seen_at)", "", 3, mentioned,
        staff => [staff.0, note.id, Option::<i64>::None]);
    Ok(())
}

/// The notes on a story, oldest first.
///
/// # Errors
/// When the query fails.
pub async fn note_list(tx: &mut Tx, story: StoryId) -> Result<Vec<Note>, Error> {
    const SQL: &str =
        "SELECT id, story, at, author, done_at, done_by, text FROM story_note WHERE story = $1 ORDER BY at, id";
    fetch_all!(tx, note, SQL, story.0)
}

/// Settles a note of a story; `false` when it was settled before or is not there.
///
/// # Errors
/// When the query fails.
pub async fn note_done(tx: &mut Tx, story: StoryId, id: Uuid, by: &str, now: Timestamp) -> Result<bool, Error> {
    const SQL: &str =
        "UPDATE story_note SET done_at = $3, done_by = $4 WHERE id = $1 AND story = $2 AND done_at IS NULL";
    Ok(execute!(tx, SQL, id, story.0, now.as_millis(), by)? > 0)
}

/// The notes that mention somebody and were not seen, newest first.
///
/// # Errors
/// When the query fails.
pub async fn mention_unseen(tx: &mut Tx, staff: StaffId, limit: i64) -> Result<Vec<Note>, Error> {
    const SQL: &str = "SELECT n.id, n.story, n.at, n.author, n.done_at, n.done_by, n.text
                       FROM mention m JOIN story_note n ON n.id = m.note
                       WHERE m.staff = $1 AND m.seen_at IS NULL ORDER BY n.at DESC, n.id DESC LIMIT $2";
    fetch_all!(tx, note, SQL, staff.0, limit)
}

/// How many notes mention somebody and were not seen.
///
/// # Errors
/// When the query fails.
pub async fn mention_count(tx: &mut Tx, staff: StaffId) -> Result<i64, Error> {
    fetch_one!(tx, number, "SELECT count(*) AS n FROM mention WHERE staff = $1 AND seen_at IS NULL", staff.0)
}

/// Marks what mentions somebody on a story as seen.
///
/// # Errors
/// When the query fails.
pub async fn mention_seen(tx: &mut Tx, staff: StaffId, story: StoryId, now: Timestamp) -> Result<u64, Error> {
    const SQL: &str = "UPDATE mention SET seen_at = $3 WHERE staff = $1 AND seen_at IS NULL
                       AND note IN (SELECT id FROM story_note WHERE story = $2)";
    execute!(tx, SQL, staff.0, story.0, now.as_millis())
}

fn staff_id<R: Fields>(row: &R) -> Result<StaffId, Error> {
    Ok(StaffId(row.get("staff")?))
}

/// Whose a story is.
///
/// # Errors
/// When the query fails.
pub async fn story_owners(tx: &mut Tx, story: StoryId) -> Result<Vec<StaffId>, Error> {
    fetch_all!(tx, staff_id, "SELECT staff FROM story_staff WHERE story = $1 ORDER BY staff", story.0)
}

/// Makes a story somebody's as well; `false` when it was theirs before.
///
/// # Errors
/// [`Error::Dangling`] when the story or the account is not there.
pub async fn story_give(tx: &mut Tx, story: StoryId, staff: StaffId) -> Result<bool, Error> {
    const SQL: &str = "INSERT INTO story_staff (story, staff) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    Ok(execute!(tx, SQL, story.0, staff.0)? > 0)
}

/// Takes a story from somebody; `false` when it was not theirs.
///
/// # Errors
/// When the query fails.
pub async fn story_take(tx: &mut Tx, story: StoryId, staff: StaffId) -> Result<bool, Error> {
    Ok(execute!(tx, "DELETE FROM story_staff WHERE story = $1 AND staff = $2", story.0, staff.0)? > 0)
}
