//! Who may do what to a story: reporters their own, editors every one.

use model::{Role, Staff, Story, StoryId};
use store::Tx;

use crate::{error::Error, staff::Denial};

/// A story that somebody may see and write.
///
/// # Errors
/// [`Denial::Gone`] when there is none; [`Denial::NotYours`].
pub(super) async fn story_for(tx: &mut Tx, staff: &Staff, id: StoryId) -> Result<Story, Error> {
    let story = store::story_by_id(tx, id).await?.ok_or(Denial::Gone)?;
    if staff.role < Role::Editor && !store::story_owners(tx, id).await?.contains(&staff.id) {
        return Err(Denial::NotYours.into());
    }
    Ok(story)
}

/// Only editors and more.
///
/// # Errors
/// [`Denial::Role`].
pub(crate) fn edits(staff: &Staff) -> Result<(), Error> {
    if staff.role < Role::Editor { Err(Denial::Role.into()) } else { Ok(()) }
}

/// The same for a change: nobody else changes the story until the transaction ends.
///
/// # Errors
/// As [`story_for`].
pub(super) async fn story_to_change(tx: &mut Tx, staff: &Staff, id: StoryId) -> Result<Story, Error> {
    store::story_hold(tx, id).await?;
    story_for(tx, staff, id).await
}
