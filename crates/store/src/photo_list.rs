//! The photo library's list, and its search as one types.
//!
//! `photo_word` has the folded words of what is said of each photo, kept by whatever writes those texts; a photo without
//! any is one that was imported by an older version or restored and waits to be indexed, which [`photo_unindexed`] finds.

use model::{Photo, PhotoId};
use uuid::Uuid;

use crate::{
    Error, Tx,
    photo::{photo, photo_columns, select_photo},
    search::{self, Finding, Found, Search, Searched, Total, Value, Values},
    sql::{Fields, number},
};

/// What somebody looks for in the library.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhotoSearch {
    /// Beginnings of words of alt text, caption or credit, folded; all of them must be there.
    pub words: Vec<String>,
    /// Only those that no story shows.
    pub unused: bool,
    /// Only those without alt text or credit.
    pub incomplete: bool,
    /// Only those whose pixels are not here.
    pub missing: bool,
}

/// A page of the library, the newest first. All are counted when nothing is looked for, else no more than
/// [`crate::COUNTED_MOST`], or as many as there are up to the end of this page.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn photo_search(tx: &mut Tx, search: &PhotoSearch, limit: i64, offset: i64) -> Result<Found<Photo>, Error> {
    if *search == PhotoSearch::default() {
        return all(tx, limit, offset).await;
    }
    let mut condition = "TRUE".to_owned();
    if search.incomplete {
        condition.push_str(" AND (alt = '' OR credit = '')");
    }
    if search.missing {
        condition.push_str(" AND state = 'missing'");
    }
    let all = format!("SELECT {} FROM {} WHERE {condition}", Photo::KEYS, Photo::LIST);
    // EXCEPT: where nearly all are shown, nearly all are passed by, and two sorted lists side by side are read faster
    // than one is asked about each of the other.
    let unused = [&all, " EXCEPT SELECT photo FROM story_photo"].concat();
    let of = |sql| Finding { sql, values: Values::default(), whole: true };
    let finding = match (search.words.is_empty(), search.unused) {
        (true, false) => of(all),
        (true, true) => of(unused),
        (false, false) => {
            return Search::new(&search.words, condition, Values::default()).page(tx, limit, offset).await;
        }
        (false, true) => {
            condition.push_str(" AND NOT EXISTS (SELECT 1 FROM story_photo u WHERE u.photo = photo.id)");
            let search = Search::new(&search.words, condition, Values::default());
            match search.of_rare_word::<Photo>(tx).await? {
                Some(few) => few,
                // SQLite forgets the order of a list within a query that has no limit, and the lists are side by side
                // no more.
                None => search.among::<Photo>(tx, &format!("({unused} ORDER BY id DESC LIMIT {}) photo", i64::MAX)),
            }
        }
    };
    search::page_of(tx, &finding, limit, offset).await
}

async fn all(tx: &mut Tx, limit: i64, offset: i64) -> Result<Found<Photo>, Error> {
    let rows = fetch_all!(tx, photo, select_photo!("ORDER BY id DESC LIMIT $1 OFFSET $2"), limit, offset)?;
    let total = match Found::told_by(&rows, limit, offset) {
        Some(total) => total,
        None => Total::Exactly(fetch_one!(tx, number, "SELECT count(*) AS n FROM photo")?),
    };
    Ok(Found { rows, total })
}

impl Searched for Photo {
    const WORDS: &'static str = "photo_word";
    const OF: &'static str = "photo";
    const LIST: &'static str = "photo";
    const ID: &'static str = "photo.id";
    const KEYS: &'static str = "photo.id";
    const ORDER: &'static str = "id DESC";
    const FIRST: &'static str = "photo.id";

    fn lines(page: &str) -> String {
        format!("SELECT {}, l.n FROM ({page}) l JOIN photo p ON p.id = l.id ORDER BY p.id DESC", photo_columns!())
    }

    fn read<R: Fields>(row: &R) -> Result<Self, Error> {
        photo(row)
    }

    fn first<R: Fields>(row: &R) -> Result<Value, Error> {
        Ok(Value::Id(row.get("first")?))
    }
}

/// How many photos have no pixels here.
///
/// # Errors
/// When the query fails.
pub async fn photo_missing_count(tx: &mut Tx) -> Result<i64, Error> {
    fetch_one!(tx, number, "SELECT count(*) AS n FROM photo WHERE state = 'missing'")
}

/// Sets the words by which a photo is found. There is always at least one, so that it counts as indexed.
///
/// # Errors
/// When the query fails.
pub async fn photo_words_set(tx: &mut Tx, id: PhotoId, words: &[String]) -> Result<(), Error> {
    execute!(tx, "DELETE FROM photo_word WHERE photo = $1", id.0)?;
    let none = [String::new()];
    let words = if words.is_empty() { &none[..] } else { words };
    insert_rows!(tx, "INSERT INTO photo_word (word, photo)", "ON CONFLICT DO NOTHING", 2, words,
        word => [word.as_str(), id.0]);
    Ok(())
}

/// Photos after an id that nobody can find yet.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn photo_unindexed(tx: &mut Tx, after: Option<PhotoId>, limit: i64) -> Result<Vec<Photo>, Error> {
    let after = after.map_or(Uuid::nil(), |id| id.0);
    fetch_all!(
        tx,
        photo,
        select_photo!(
            "WHERE id > $1 AND NOT EXISTS (SELECT 1 FROM photo_word w WHERE w.photo = photo.id) ORDER BY id LIMIT $2"
        ),
        after,
        limit
    )
}

/// The photos among these ids that are there, with what names them in a line: caption, else alt text.
///
/// # Errors
/// When the query fails.
pub async fn photo_labels(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, CASE WHEN caption <> '' THEN caption ELSE alt END AS label FROM photo WHERE id IN ({})",
        crate::sql::placeholders(1, ids.len())
    );
    fetch_listed!(tx, label, sql, [], crate::sql::filled(ids))
}

fn label<R: Fields>(row: &R) -> Result<(Uuid, String), Error> {
    Ok((row.get("id")?, row.get("label")?))
}
