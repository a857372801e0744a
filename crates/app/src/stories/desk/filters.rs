//! Filters of the story list that somebody gave a name: each person has their own.

use model::Staff;
use store::SavedFilter;
use uuid::Uuid;

use crate::{Newsroom, error::Error, staff::Denial};

/// Characters of a name.
const LONGEST: usize = 60;
/// Filters of one person.
const MOST: i64 = 30;

/// Somebody's filters by name.
///
/// # Errors
/// When the database fails.
pub async fn saved_filters(newsroom: &Newsroom, staff: &Staff) -> Result<Vec<SavedFilter>, Error> {
    let mut tx = newsroom.store().read().await?;
    Ok(store::saved_filter_list(&mut tx, staff.id).await?)
}

/// Keeps a filter under a name; one of the same name is replaced.
///
/// # Errors
/// [`Error::Refused`] when it has no name, filters nothing, or there are too many.
pub async fn save_filter(newsroom: &Newsroom, staff: &Staff, name: &str, query: &str) -> Result<(), Error> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::Refused("the filter has no name; give it one".to_owned()));
    }
    if name.chars().count() > LONGEST || query.len() > 2_000 {
        return Err(Error::Refused(format!("{LONGEST} characters is the most for the name of a filter")));
    }
    if query.is_empty() {
        return Err(Error::Refused("the list shows everything; choose a filter first, then save it".to_owned()));
    }
    let now = newsroom.clock().now();
    let filter = SavedFilter { id: newsroom.chance().uuid_v7(now), name: name.to_owned(), query: query.to_owned() };
    let mut tx = newsroom.store().begin().await?;
    store::saved_filter_set(&mut tx, staff.id, &filter).await?;
    if store::saved_filter_count(&mut tx, staff.id).await? > MOST {
        return Err(Error::Refused(format!("{MOST} filters is the most; remove one first")));
    }
    Ok(tx.commit().await?)
}

/// Removes one's own filter.
///
/// # Errors
/// [`Denial::Gone`].
pub async fn remove_filter(newsroom: &Newsroom, staff: &Staff, id: Uuid) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    if !store::saved_filter_delete(&mut tx, staff.id, id).await? {
        return Err(Denial::Gone.into());
    }
    Ok(tx.commit().await?)
}
