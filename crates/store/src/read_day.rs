//! How often stories were read on a day: numbers, and nothing about readers. Several nodes add up.

use std::collections::HashMap;

use model::StoryId;
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, LIST_MAX, filled, number, placeholders},
    story::story_id,
};

/// Adds reads to a day (days since 1970). Stories that are not there any more are passed over.
///
/// # Errors
/// When the query fails.
pub async fn read_day_add(tx: &mut Tx, day: i64, reads: &[(StoryId, i64)]) -> Result<(), Error> {
    const SQL: &str = "INSERT INTO read_day (day, story, count) SELECT $1, id, $3 FROM story WHERE id = $2
                       ON CONFLICT (day, story) DO UPDATE SET count = read_day.count + excluded.count";
    for (story, count) in reads {
        execute!(tx, SQL, day, story.0, *count)?;
    }
    Ok(())
}

/// All reads of a day.
///
/// # Errors
/// When the query fails.
pub async fn read_day_total(tx: &mut Tx, day: i64) -> Result<i64, Error> {
    // PostgreSQL's sum of BIGINT is NUMERIC.
    const SQL: &str = "SELECT CAST(coalesce(sum(count), 0) AS BIGINT) AS n FROM read_day WHERE day = $1";
    fetch_one!(tx, number, SQL, day)
}

/// The stories that were read most on a day.
///
/// # Errors
/// When the query fails.
pub async fn read_day_top(tx: &mut Tx, day: i64, limit: i64) -> Result<Vec<(StoryId, i64)>, Error> {
    const SQL: &str = "SELECT story AS id, count AS n FROM read_day WHERE day = $1 ORDER BY count DESC, story LIMIT $2";
    fetch_all!(tx, counted, SQL, day, limit)
}

fn counted<R: Fields>(row: &R) -> Result<(StoryId, i64), Error> {
    Ok((story_id(row)?, number(row)?))
}

/// How often these stories were read on the days from one to another, both included.
///
/// # Errors
/// When the query fails.
pub async fn read_day_sums(
    tx: &mut Tx,
    from: i64,
    to: i64,
    stories: &[StoryId],
) -> Result<HashMap<StoryId, i64>, Error> {
    let mut sums = HashMap::new();
    for chunk in stories.chunks(LIST_MAX) {
        // PostgreSQL's sum of BIGINT is NUMERIC.
        let sql = format!(
            "SELECT story AS id, CAST(sum(count) AS BIGINT) AS n FROM read_day
             WHERE day BETWEEN $1 AND $2 AND story IN ({}) GROUP BY story",
            placeholders(3, chunk.len())
        );
        let list: Vec<Uuid> = chunk.iter().map(|story| story.0).collect();
        sums.extend(fetch_listed!(tx, counted, sql, [from, to], filled(&list))?);
    }
    Ok(sums)
}
