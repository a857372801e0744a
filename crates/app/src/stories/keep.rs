//! Writing a story's row with what belongs to it: its place in the desk's list and the words that find it.

use model::{Story, Timestamp};
use store::Tx;

use super::words::words;
use crate::error::Error;

/// Writes a story over version `seen`.
///
/// # Errors
/// [`Error::Refused`] when somebody else changed it meanwhile.
pub(crate) async fn keep(tx: &mut Tx, story: &Story, seen: i64, now: Timestamp, by: &str) -> Result<(), Error> {
    if !store::story_update(tx, story, seen).await? {
        return Err(super::Stop::ChangedSince.into());
    }
    find(tx, story).await?;
    Ok(store::story_touch(tx, story.id, now, by).await?)
}

/// Makes a story findable by its headline and standfirst.
pub(crate) async fn find(tx: &mut Tx, story: &Story) -> Result<(), Error> {
    let found = words(&format!("{} {}", story.headline, story.standfirst));
    Ok(store::story_words_set(tx, story.id, &found).await?)
}
