//! What variants of appeals say: as their editors have it, and as readers do. A text's version only ever grows.

use model::{AppealId, AppealText, Language, VariantId};

use crate::{
    Error, Tx,
    sql::{Fields, to_json},
};

macro_rules! select_text {
    ($rest:literal) => {
        concat!(
            "SELECT t.variant, t.language, t.version, t.published, t.saved_at, t.saved_by, t.document, t.shown
             FROM appeal_text t ",
            $rest
        )
    };
}

fn text<R: Fields>(row: &R) -> Result<AppealText, Error> {
    let shown: Option<String> = row.get("shown")?;
    Ok(AppealText {
        variant: VariantId(row.get("variant")?),
        language: row.language("language")?,
        version: row.get("version")?,
        published: row.get("published")?,
        saved_at: row.time("saved_at")?,
        saved_by: row.get("saved_by")?,
        document: row.document("document")?,
        shown: shown.map(|json| model::document::read(&json)).transpose()?,
    })
}

/// What a variant says in a language.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn appeal_text_of(tx: &mut Tx, variant: VariantId, language: &Language) -> Result<Option<AppealText>, Error> {
    const SQL: &str = select_text!("WHERE t.variant = $1 AND t.language = $2");
    fetch_optional!(tx, text, SQL, variant.0, language.as_str())
}

/// Every text of an appeal, variant by variant.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn appeal_texts(tx: &mut Tx, appeal: AppealId) -> Result<Vec<AppealText>, Error> {
    const SQL: &str = select_text!(
        "JOIN appeal_variant v ON v.id = t.variant WHERE v.appeal = $1 ORDER BY v.position, v.id, t.language"
    );
    fetch_all!(tx, text, SQL, appeal.0)
}

/// Writes a text over its version `expected` (0 for none); `false` when another save came in between, and then nothing was
/// written.
///
/// # Errors
/// [`Error::Dangling`] when the variant is not there.
pub async fn appeal_text_save(tx: &mut Tx, text: &AppealText, expected: i64) -> Result<bool, Error> {
    const SQL: &str = "INSERT INTO appeal_text (variant, language, version, published, saved_at, saved_by, document, shown)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (variant, language) DO UPDATE SET version = excluded.version, published = excluded.published,
            saved_at = excluded.saved_at, saved_by = excluded.saved_by, document = excluded.document, shown = excluded.shown
        WHERE appeal_text.version = $9";
    let shown = text.shown.as_ref().map(|shown| to_json("shown", shown)).transpose()?;
    let written = execute!(
        tx,
        SQL,
        text.variant.0,
        text.language.as_str(),
        text.version,
        text.published,
        text.saved_at.as_millis(),
        text.saved_by.as_str(),
        to_json("document", &text.document)?,
        shown.as_deref(),
        expected,
    )?;
    Ok(written > 0)
}

/// Lets readers see what editors have, in every variant and language of an appeal; how many texts changed.
///
/// # Errors
/// When the query fails.
pub async fn appeal_texts_show(tx: &mut Tx, appeal: AppealId) -> Result<u64, Error> {
    const SQL: &str = "UPDATE appeal_text SET shown = document, published = version
        WHERE variant IN (SELECT id FROM appeal_variant WHERE appeal = $1) AND published IS DISTINCT FROM version";
    execute!(tx, SQL, appeal.0)
}
