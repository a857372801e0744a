//! Notes on a story that is being checked, and whom they call.

use model::{Handle, Note, Role, Staff, StaffId, StoryId};
use store::Tx;
use uuid::Uuid;

use super::access::{edits, story_for};
use crate::{Newsroom, error::Error, staff::Denial};

/// Characters of a note at most.
const LONGEST: usize = 4_000;

/// A note that calls somebody, with the story's headline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The note.
    pub note: Note,
    /// The story's headline by now.
    pub headline: String,
}

/// Writes a note on a story. Every `@name` of somebody who may see the story calls them.
///
/// # Errors
/// [`Error::Refused`] when it is empty or too long.
pub async fn note(newsroom: &Newsroom, staff: &Staff, id: StoryId, text: &str) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    story_for(&mut tx, staff, id).await?;
    note_in_tx(newsroom, &mut tx, staff, id, text).await?;
    Ok(tx.commit().await?)
}

pub(super) async fn note_in_tx(
    newsroom: &Newsroom,
    tx: &mut Tx,
    staff: &Staff,
    id: StoryId,
    text: &str,
) -> Result<(), Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(crate::stories::Stop::EmptyNote.into());
    }
    if text.chars().count() > LONGEST {
        return Err(Error::Refused(format!("the note is too long: {LONGEST} characters is the most")));
    }
    let now = newsroom.clock().now();
    let note = Note {
        id: newsroom.chance().uuid_v7(now),
        story: id,
        at: now,
        author: staff.handle.to_string(),
        text: text.to_owned(),
        done: None,
    };
    let called = called(tx, id, text).await?;
    Ok(store::note_insert(tx, &note, &called).await?)
}

/// Whom a text calls: active accounts that may see the story, each once.
async fn called(tx: &mut Tx, id: StoryId, text: &str) -> Result<Vec<StaffId>, Error> {
    let owners = store::story_owners(tx, id).await?;
    let mut called = Vec::new();
    for name in names(text) {
        let Some(handle) = Handle::parse(name) else { continue };
        let Some(staff) = store::staff_by_handle(tx, &handle).await? else { continue };
        let sees = staff.active && (staff.role >= Role::Editor || owners.contains(&staff.id));
        if sees && !called.contains(&staff.id) {
            called.push(staff.id);
        }
    }
    Ok(called)
}

/// The names after `@` in a text.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split('@').skip(1).take(50);
    parts.map(|part| {
        let end = part.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(part.len());
        part[..end].trim_end_matches('.')
    })
}

/// Settles a note.
///
/// # Errors
/// [`Denial::Gone`] when it was settled before.
pub async fn settle(newsroom: &Newsroom, staff: &Staff, id: StoryId, note: Uuid) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    story_for(&mut tx, staff, id).await?;
    if !store::note_done(&mut tx, id, note, staff.handle.as_str(), now).await? {
        return Err(Denial::Gone.into());
    }
    Ok(tx.commit().await?)
}

/// What calls somebody and was not seen yet.
///
/// # Errors
/// When the database fails.
pub async fn mentions(newsroom: &Newsroom, staff: StaffId) -> Result<Vec<Mention>, Error> {
    let mut tx = newsroom.store().read().await?;
    let notes = store::mention_unseen(&mut tx, staff, 50).await?;
    let ids: Vec<StoryId> = notes.iter().map(|note| note.story).collect();
    let heads = store::story_heads(&mut tx, &ids).await?;
    let headline = |id| heads.iter().find(|head| head.id == id).map_or(String::new(), |head| head.headline.clone());
    Ok(notes.into_iter().map(|note| Mention { headline: headline(note.story), note }).collect())
}

/// Marks what calls somebody on a story as seen.
///
/// # Errors
/// When the database fails.
pub async fn seen(newsroom: &Newsroom, staff: &Staff, id: StoryId) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    store::mention_seen(&mut tx, staff.id, id, now).await?;
    Ok(tx.commit().await?)
}

/// Makes a story somebody's as well.
///
/// # Errors
/// [`Denial::Role`]; [`Denial::Gone`] when there is no such account.
pub async fn assign(newsroom: &Newsroom, staff: &Staff, id: StoryId, handle: &str) -> Result<(), Error> {
    change_owner(newsroom, staff, id, handle, true).await
}

/// Takes a story from somebody.
///
/// # Errors
/// As [`assign`].
pub async fn unassign(newsroom: &Newsroom, staff: &Staff, id: StoryId, handle: &str) -> Result<(), Error> {
    change_owner(newsroom, staff, id, handle, false).await
}

async fn change_owner(newsroom: &Newsroom, staff: &Staff, id: StoryId, handle: &str, give: bool) -> Result<(), Error> {
    edits(staff)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    story_for(&mut tx, staff, id).await?;
    let handle = Handle::parse(handle).ok_or(Denial::Gone)?;
    let owner = store::staff_by_handle(&mut tx, &handle).await?.ok_or(Denial::Gone)?;
    let (changed, action) = if give {
        (store::story_give(&mut tx, id, owner.id).await?, "story.assign")
    } else {
        (store::story_take(&mut tx, id, owner.id).await?, "story.unassign")
    };
    if changed {
        let detail = serde_json::json!({ "to": handle }).to_string();
        store::audit_append(&mut tx, now, staff.handle.as_str(), action, Some(id.0), &detail).await?;
    }
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_found_in_any_script() {
        let text = "@anna, see this. And @анна-2: (@آنا) mail@bert.";
        assert_eq!(names(text).collect::<Vec<_>>(), ["anna", "анна-2", "آنا", "bert"]);
    }
}
