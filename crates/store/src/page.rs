//! Static pages. Every version is kept: what a reader agreed to can be shown for ever.

use std::collections::HashMap;

use model::{Language, Page, PageId, PageVersion, Slug, Timestamp};

use crate::{
    Error, Tx,
    sql::{Fields, number, to_json},
};

/// What menus and lists show of a static page: all but its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageHead {
    /// Its id.
    pub id: PageId,
    /// Its language.
    pub language: Language,
    /// Its slug.
    pub slug: Slug,
    /// Whether readers see it.
    pub public: bool,
    /// Its place in the menu.
    pub menu: Option<i64>,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: i64,
    /// When that version was made.
    pub updated_at: Timestamp,
}

macro_rules! select_page {
    ($rest:literal) => {
        concat!("SELECT id, language, slug, public, menu, version, updated_at, title, document FROM page ", $rest)
    };
}

macro_rules! select_head {
    ($rest:literal) => {
        concat!("SELECT id, language, slug, public, menu, version, updated_at, title FROM page ", $rest)
    };
}

fn page<R: Fields>(row: &R) -> Result<Page, Error> {
    Ok(Page {
        id: PageId(row.get("id")?),
        language: row.language("language")?,
        slug: row.slug("slug")?,
        public: row.get("public")?,
        menu: row.get("menu")?,
        title: row.get("title")?,
        document: row.document("document")?,
        version: row.get("version")?,
        updated_at: row.time("updated_at")?,
    })
}

fn page_head<R: Fields>(row: &R) -> Result<PageHead, Error> {
    Ok(PageHead {
        id: PageId(row.get("id")?),
        language: row.language("language")?,
        slug: row.slug("slug")?,
        public: row.get("public")?,
        menu: row.get("menu")?,
        title: row.get("title")?,
        version: row.get("version")?,
        updated_at: row.time("updated_at")?,
    })
}

/// Adds a page with its first version.
///
/// # Errors
/// [`Error::Taken`] when a page with this slug and language, or its id, is there already.
pub async fn page_insert(tx: &mut Tx, page: &Page) -> Result<(), Error> {
    crate::page_draft::page_begin(tx, page).await?;
    version_insert(tx, page).await
}

/// Saves a page as its version `page.version`, which must follow the one that is there; `false` when another save came
/// in between (or it is gone), and then nothing was written.
///
/// # Errors
/// As [`page_insert`].
pub async fn page_save(tx: &mut Tx, page: &Page) -> Result<bool, Error> {
    let written = execute!(
        tx,
        "UPDATE page SET language = $2, slug = $3, public = $4, menu = $5, version = $9, updated_at = $6, title = $7,
                document = $8
         WHERE id = $1 AND version = $9 - 1",
        page.id.0,
        page.language.as_str(),
        page.slug.as_str(),
        page.public,
        page.menu,
        page.updated_at.as_millis(),
        page.title.as_str(),
        to_json("document", &page.document)?,
        page.version,
    )?;
    if written == 0 {
        return Ok(false);
    }
    version_insert(tx, page).await?;
    Ok(true)
}

async fn version_insert(tx: &mut Tx, page: &Page) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO page_version (page, version, at, title, document) VALUES ($1, $2, $3, $4, $5)",
        page.id.0,
        page.version,
        page.updated_at.as_millis(),
        page.title.as_str(),
        to_json("document", &page.document)?,
    )?;
    Ok(())
}

/// A page by language and slug, public or not.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn page_by_slug(tx: &mut Tx, language: &Language, slug: &str) -> Result<Option<Page>, Error> {
    fetch_optional!(tx, page, select_page!("WHERE slug = $1 AND language = $2"), slug, language.as_str())
}

/// A page by its id.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn page_by_id(tx: &mut Tx, id: PageId) -> Result<Option<Page>, Error> {
    fetch_optional!(tx, page, select_page!("WHERE id = $1"), id.0)
}

/// Every page, by slug and language, public or not.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn page_all(tx: &mut Tx) -> Result<Vec<PageHead>, Error> {
    fetch_all!(tx, page_head, select_head!("ORDER BY slug, language"))
}

/// The public pages of this slug, by language: a page and its translations.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn page_translations(tx: &mut Tx, slug: &str) -> Result<Vec<PageHead>, Error> {
    const SQL: &str = select_head!("WHERE slug = $1 AND public = $2 ORDER BY language");
    fetch_all!(tx, page_head, SQL, slug, true)
}

/// Slug and title of the public pages in the menu of a language, in order.
///
/// # Errors
/// When the query fails.
pub async fn page_menu(tx: &mut Tx, language: &Language) -> Result<Vec<(String, String)>, Error> {
    const SQL: &str = "SELECT slug, title FROM page WHERE language = $1 AND public = $2 AND menu IS NOT NULL
                       ORDER BY menu, slug";
    fetch_all!(tx, menu_item, SQL, language.as_str(), true)
}

fn menu_item<R: Fields>(row: &R) -> Result<(String, String), Error> {
    Ok((row.get("slug")?, row.get("title")?))
}

/// Every version of a page, newest first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn page_versions(tx: &mut Tx, id: PageId) -> Result<Vec<PageVersion>, Error> {
    const SQL: &str =
        "SELECT page, version, at, title, document FROM page_version WHERE page = $1 ORDER BY version DESC";
    fetch_all!(tx, page_version, SQL, id.0)
}

fn page_version<R: Fields>(row: &R) -> Result<PageVersion, Error> {
    Ok(PageVersion {
        page: PageId(row.get("page")?),
        version: row.get("version")?,
        title: row.get("title")?,
        document: row.document("document")?,
        at: row.time("at")?,
    })
}

/// Language, slug and last change of every public page. For sitemaps.
///
/// # Errors
/// When the query fails.
pub async fn page_public(tx: &mut Tx) -> Result<Vec<(Language, String, Timestamp)>, Error> {
    const SQL: &str = "SELECT language, slug, updated_at FROM page WHERE public = $1 ORDER BY slug, language";
    fetch_all!(tx, public_page, SQL, true)
}

fn public_page<R: Fields>(row: &R) -> Result<(Language, String, Timestamp), Error> {
    Ok((row.language("language")?, row.get("slug")?, row.time("updated_at")?))
}

/// How many pages there are.
///
/// # Errors
/// When the query fails.
pub async fn page_count(tx: &mut Tx) -> Result<i64, Error> {
    fetch_one!(tx, number, "SELECT count(*) AS n FROM page")
}

/// When the first version of each page was made.
///
/// # Errors
/// When the query fails.
pub async fn page_begun(tx: &mut Tx) -> Result<HashMap<PageId, Timestamp>, Error> {
    const SQL: &str = "SELECT page, min(at) AS at FROM page_version GROUP BY page";
    Ok(fetch_all!(tx, begun, SQL)?.into_iter().collect())
}

fn begun<R: Fields>(row: &R) -> Result<(PageId, Timestamp), Error> {
    Ok((PageId(row.get("page")?), row.time("at")?))
}
