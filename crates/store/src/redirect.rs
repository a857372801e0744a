//! Redirects: where what stood elsewhere is found now. One that points at a story follows it wherever it goes.
//! None leads in a circle: such a one is refused when it is set.

use std::collections::{HashMap, HashSet};

use model::{StoryId, Timestamp};
use uuid::Uuid;

use crate::{
    Error, Tx,
    error::indexable,
    sql::{Fields, LIST_MAX, filled, placeholders},
};

/// Where a redirect leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedirectTo {
    /// To a path.
    Path(String),
    /// To a story, at its present path.
    Story(StoryId),
}

/// What stood at a path is elsewhere now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The old path, as requests name it: `/?p=12` keeps its query.
    pub from: String,
    /// Where it leads.
    pub to: RedirectTo,
}

/// Redirects are followed this far; the browser goes on from there.
const STEPS: usize = 8;

/// Sets a redirect, over the one from the same path.
///
/// # Errors
/// [`Error::RedirectCycle`] when it would lead back to where it began, [`Error::TooLong`] when a path is none,
/// [`Error::Dangling`] when the story is not there. Nothing is written then.
pub async fn redirect_set(tx: &mut Tx, redirect: &Redirect, now: Timestamp) -> Result<(), Error> {
    indexable("the path of a redirect", redirect.from.len())?;
    match &redirect.to {
        RedirectTo::Path(path) => to_path(tx, &redirect.from, path, now).await,
        RedirectTo::Story(story) => to_story(tx, &redirect.from, *story, now).await,
    }
}

async fn to_path(tx: &mut Tx, from: &str, path: &str, now: Timestamp) -> Result<(), Error> {
    indexable("the path of a redirect", path.len())?;
    refuse_cycle(tx, from, path).await?;
    execute!(
        tx,
        "INSERT INTO redirect (from_path, to_path, to_story, at) VALUES ($1, $2, NULL, $3)
         ON CONFLICT (from_path) DO UPDATE SET to_path = excluded.to_path, to_story = NULL, at = excluded.at",
        from,
        path,
        now.as_millis(),
    )?;
    Ok(())
}

/// Leads to a story unless the story stands where the redirect begins: one statement, because an import sets one for
/// every story.
async fn to_story(tx: &mut Tx, from: &str, story: StoryId, now: Timestamp) -> Result<(), Error> {
    let written = execute!(
        tx,
        "INSERT INTO redirect (from_path, to_path, to_story, at)
         SELECT $1, NULL, $2, $3 WHERE NOT EXISTS (SELECT 1 FROM story WHERE id = $2 AND path = $1)
         ON CONFLICT (from_path) DO UPDATE SET to_path = NULL, to_story = excluded.to_story, at = excluded.at",
        from,
        story.0,
        now.as_millis(),
    )?;
    if written == 0 {
        return Err(Error::RedirectCycle { from: from.to_owned(), to: from.to_owned() });
    }
    Ok(())
}

/// Sets redirects that lead to stories, each from a path that stands in the list once and at which its story does not
/// stand. They need no search for a circle: a way ends at a story.
///
/// # Errors
/// [`Error::TooLong`] when a path is none, [`Error::Dangling`] when a story is not there. Nothing is written then.
pub async fn redirect_set_all(tx: &mut Tx, redirects: &[(String, StoryId)], now: Timestamp) -> Result<(), Error> {
    for (from, _) in redirects {
        indexable("the path of a redirect", from.len())?;
    }
    insert_rows!(tx, "INSERT INTO redirect (from_path, to_story, at)",
        "ON CONFLICT (from_path) DO UPDATE SET to_path = NULL, to_story = excluded.to_story, at = excluded.at", 3, redirects,
        (from, story) => [from.as_str(), story.0, now.as_millis()]);
    Ok(())
}

/// Walks from where a redirect would lead to the end of the way; it must not pass where the redirect begins.
async fn refuse_cycle(tx: &mut Tx, from: &str, to: &str) -> Result<(), Error> {
    const STEP: &str = "SELECT to_path AS target FROM redirect WHERE from_path = $1";
    let mut seen = HashSet::new();
    let mut next = Some(to.to_owned());
    while let Some(path) = next {
        if path == from || !seen.insert(path.clone()) {
            return Err(Error::RedirectCycle { from: from.to_owned(), to: to.to_owned() });
        }
        // A redirect to a story ends there: what stands at the story's path is the story.
        next = fetch_optional!(tx, target, STEP, path.as_str())?.flatten();
    }
    Ok(())
}

fn target<R: Fields>(row: &R) -> Result<Option<String>, Error> {
    row.get("target")
}

/// Where a path leads now; `None` when there is no redirect from it, or its story has no path yet.
///
/// # Errors
/// When the query fails.
pub async fn redirect_get(tx: &mut Tx, from: &str) -> Result<Option<String>, Error> {
    Ok(redirect_many(tx, &[from]).await?.remove(from))
}

/// Where these paths lead now; those without a redirect are left out.
///
/// # Errors
/// When the query fails.
pub async fn redirect_many(tx: &mut Tx, from: &[&str]) -> Result<HashMap<String, String>, Error> {
    let mut leads: HashMap<String, String> = step(tx, from).await?;
    let mut open: HashSet<String> = leads.values().cloned().collect();
    for _ in 1..STEPS {
        let asked: Vec<&str> = open.iter().map(String::as_str).collect();
        let further = step(tx, &asked).await?;
        if further.is_empty() {
            break;
        }
        for target in leads.values_mut() {
            if let Some(next) = further.get(target) {
                target.clone_from(next);
            }
        }
        open = further.into_values().collect();
    }
    leads.retain(|from, target| from != target);
    Ok(leads)
}

/// One step from each of these paths that has one.
async fn step(tx: &mut Tx, from: &[&str]) -> Result<HashMap<String, String>, Error> {
    let mut found = HashMap::new();
    for chunk in from.chunks(LIST_MAX) {
        let sql = format!(
            "SELECT r.from_path, coalesce(r.to_path, s.path) AS target
             FROM redirect r LEFT JOIN story s ON s.id = r.to_story WHERE r.from_path IN ({})",
            placeholders(1, chunk.len())
        );
        for (from, target) in fetch_listed!(tx, lead, sql, [], filled(chunk))? {
            if let Some(target) = target {
                found.insert(from, target);
            }
        }
    }
    Ok(found)
}

fn lead<R: Fields>(row: &R) -> Result<(String, Option<String>), Error> {
    Ok((row.get("from_path")?, target(row)?))
}

/// Removes a redirect; `false` when there is none.
///
/// # Errors
/// When the query fails.
pub async fn redirect_delete(tx: &mut Tx, from: &str) -> Result<bool, Error> {
    Ok(execute!(tx, "DELETE FROM redirect WHERE from_path = $1", from)? > 0)
}

/// The next redirects after a path, in the order of paths: to list them all.
///
/// # Errors
/// When the query fails.
pub async fn redirect_each(tx: &mut Tx, after: Option<&str>, limit: i64) -> Result<Vec<Redirect>, Error> {
    const SQL: &str =
        "SELECT from_path, to_path, to_story FROM redirect WHERE from_path > $1 ORDER BY from_path LIMIT $2";
    fetch_all!(tx, redirect, SQL, after.unwrap_or_default(), limit)
}

fn redirect<R: Fields>(row: &R) -> Result<Redirect, Error> {
    let to = match (row.get::<Option<String>>("to_path")?, row.get::<Option<Uuid>>("to_story")?) {
        (Some(path), _) => RedirectTo::Path(path),
        (None, Some(story)) => RedirectTo::Story(StoryId(story)),
        (None, None) => {
            return Err(Error::Unreadable { column: "to_path", why: "the redirect leads nowhere".to_owned() });
        }
    };
    Ok(Redirect { from: row.get("from_path")?, to })
}

/// Forgets every redirect that begins or ends at a path, and those that led to them; how many.
///
/// # Errors
/// When the query fails.
pub async fn redirect_forget(tx: &mut Tx, path: &str) -> Result<u64, Error> {
    let mut gone = execute!(tx, "DELETE FROM redirect WHERE from_path = $1", path)?;
    let mut open = vec![path.to_owned()];
    while let Some(to) = open.pop() {
        let sql = "DELETE FROM redirect WHERE to_path = $1 RETURNING from_path AS target";
        let found = fetch_all!(tx, target, sql, to.as_str())?;
        gone += found.len() as u64;
        open.extend(found.into_iter().flatten());
    }
    Ok(gone)
}
