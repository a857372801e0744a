//! Stories and photos that came otherwise than through the desk (an import, a restored backup) are put into its list and made
//! findable here, a batch a transaction. Killed half-way, the rest is found the next time.

use model::{Photo, PhotoId, StoryId};
use uuid::Uuid;

use super::super::words::words;
use crate::{Newsroom, error::Error, media::library};

/// Stories of one transaction.
pub const INDEX_BATCH: i64 = 200;

/// Makes every story and photo findable that is not yet; how many stories that were.
///
/// # Errors
/// When the database fails.
pub async fn index_missing(newsroom: &Newsroom) -> Result<usize, Error> {
    let mut tx = newsroom.store().begin().await?;
    store::story_desk_fill(&mut tx).await?;
    tx.commit().await?;
    let (mut after, mut done) = (StoryId(Uuid::nil()), 0);
    loop {
        let mut tx = newsroom.store().read().await?;
        let missing = store::story_unindexed(&mut tx, after, INDEX_BATCH).await?;
        drop(tx);
        let Some((last, ..)) = missing.last() else { break };
        after = *last;
        let mut tx = newsroom.store().begin().await?;
        for (id, headline, standfirst) in &missing {
            store::story_words_set(&mut tx, *id, &words(&format!("{headline} {standfirst}"))).await?;
        }
        tx.commit().await?;
        done += missing.len();
    }
    index_photos(newsroom).await?;
    Ok(done)
}

async fn index_photos(newsroom: &Newsroom) -> Result<(), Error> {
    let mut after: Option<PhotoId> = None;
    loop {
        let mut tx = newsroom.store().read().await?;
        let missing: Vec<Photo> = store::photo_unindexed(&mut tx, after, INDEX_BATCH).await?;
        drop(tx);
        let Some(last) = missing.last() else { return Ok(()) };
        after = Some(last.id);
        let mut tx = newsroom.store().begin().await?;
        for photo in &missing {
            library::find(&mut tx, photo).await?;
        }
        tx.commit().await?;
    }
}
