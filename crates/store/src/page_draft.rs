//! Working copies of static pages. A copy's version only ever grows.

use model::{Page, PageDraft, PageId};

use crate::{
    Error, Tx,
    sql::{Fields, to_json},
};

fn page_draft<R: Fields>(row: &R) -> Result<PageDraft, Error> {
    Ok(PageDraft {
        page: PageId(row.get("page")?),
        version: row.get("version")?,
        published: row.get("published")?,
        saved_at: row.time("saved_at")?,
        saved_by: row.get("saved_by")?,
        fields: row.json("content")?,
    })
}

/// The working copy of a page; `None` when nobody has saved one.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn page_draft_of(tx: &mut Tx, page: PageId) -> Result<Option<PageDraft>, Error> {
    const SQL: &str = "SELECT page, version, published, saved_at, saved_by, content FROM page_draft WHERE page = $1";
    fetch_optional!(tx, page_draft, SQL, page.0)
}

/// Writes a working copy over its version `expected` (0 for none); `false` when another save came in between, and then
/// nothing was written.
///
/// # Errors
/// [`Error::Dangling`] when the page is not there.
pub async fn page_draft_save(tx: &mut Tx, draft: &PageDraft, expected: i64) -> Result<bool, Error> {
    const SQL: &str = "INSERT INTO page_draft (page, version, published, saved_at, saved_by, content)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (page) DO UPDATE SET version = excluded.version, published = excluded.published,
            saved_at = excluded.saved_at, saved_by = excluded.saved_by, content = excluded.content
        WHERE page_draft.version = $7";
    let written = execute!(
        tx,
        SQL,
        draft.page.0,
        draft.version,
        draft.published,
        draft.saved_at.as_millis(),
        draft.saved_by.as_str(),
        to_json("content", &draft.fields)?,
        expected,
    )?;
    Ok(written > 0)
}

/// The pages whose working copy says something that readers don't see.
///
/// # Errors
/// When the query fails.
pub async fn page_draft_pending(tx: &mut Tx) -> Result<Vec<PageId>, Error> {
    const SQL: &str = "SELECT page AS id FROM page_draft WHERE published IS DISTINCT FROM version ORDER BY page";
    fetch_all!(tx, page_id, SQL)
}

fn page_id<R: Fields>(row: &R) -> Result<PageId, Error> {
    Ok(PageId(row.get("id")?))
}

/// Adds a page that readers have never seen: it has no version yet, and `page.version` is 0.
///
/// # Errors
/// [`Error::Taken`] when a page with this slug and language, or its id, is there already.
pub async fn page_begin(tx: &mut Tx, page: &Page) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO page (id, language, slug, public, menu, version, updated_at, title, document)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        page.id.0,
        page.language.as_str(),
        page.slug.as_str(),
        page.public,
        page.menu,
        page.version,
        page.updated_at.as_millis(),
        page.title.as_str(),
        to_json("document", &page.document)?,
    )?;
    Ok(())
}

/// Shows or hides a page, and gives it a place in the menu, without a new version of it; `false` when it is gone.
///
/// # Errors
/// When the query fails.
pub async fn page_place(tx: &mut Tx, id: PageId, public: bool, menu: Option<i64>) -> Result<bool, Error> {
    Ok(execute!(tx, "UPDATE page SET public = $2, menu = $3 WHERE id = $1", id.0, public, menu)? > 0)
}
