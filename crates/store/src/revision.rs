//! Revisions: what a story said at each save.

use model::{Revision, RevisionId, StoryId, Timestamp};

use crate::{
    Error, Tx,
    sql::{Fields, to_json},
};

/// What the list of revisions shows: all but the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionHead {
    /// Its id.
    pub id: RevisionId,
    /// Whose revision.
    pub story: StoryId,
    /// The story's version that it is.
    pub version: i64,
    /// Headline at that time.
    pub headline: String,
    /// When it was saved.
    pub at: Timestamp,
    /// Who saved it.
    pub by: String,
}

/// Adds a revision.
///
/// # Errors
/// [`Error::Dangling`] when the story is not there.
pub async fn revision_insert(tx: &mut Tx, revision: &Revision) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO revision (id, story, version, at, saved_by, headline, standfirst, document)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        revision.id.0,
        revision.story.0,
        revision.version,
        revision.at.as_millis(),
        revision.by.as_str(),
        revision.headline.as_str(),
        revision.standfirst.as_str(),
        to_json("document", &revision.document)?,
    )?;
    Ok(())
}

/// The revisions of a story, newest first.
///
/// # Errors
/// When the query fails.
pub async fn revision_list(tx: &mut Tx, story: StoryId) -> Result<Vec<RevisionHead>, Error> {
    const SQL: &str = "SELECT id, story, version, at, saved_by, headline FROM revision WHERE story = $1
                       ORDER BY version DESC, id DESC";
    fetch_all!(tx, revision_head, SQL, story.0)
}

fn revision_head<R: Fields>(row: &R) -> Result<RevisionHead, Error> {
    Ok(RevisionHead {
        id: RevisionId(row.get("id")?),
        story: StoryId(row.get("story")?),
        version: row.get("version")?,
        headline: row.get("headline")?,
        at: row.time("at")?,
        by: row.get("saved_by")?,
    })
}

/// A revision by its id.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn revision_by_id(tx: &mut Tx, id: RevisionId) -> Result<Option<Revision>, Error> {
    const SQL: &str =
        "SELECT id, story, version, at, saved_by, headline, standfirst, document FROM revision WHERE id = $1";
    fetch_optional!(tx, revision, SQL, id.0)
}

fn revision<R: Fields>(row: &R) -> Result<Revision, Error> {
    Ok(Revision {
        id: RevisionId(row.get("id")?),
        story: StoryId(row.get("story")?),
        version: row.get("version")?,
        headline: row.get("headline")?,
        standfirst: row.get("standfirst")?,
        document: row.document("document")?,
        at: row.time("at")?,
        by: row.get("saved_by")?,
    })
}
