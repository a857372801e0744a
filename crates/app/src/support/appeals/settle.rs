//! The end of every deed: journal, audit, and the pages that must go.

use model::{Appeal, AppealKind, AppealState, JournalKind, Language, NewJournalRow, Tag};
use store::Tx;

use crate::{Newsroom, error::Error, follow};

/// The languages in which readers get something of an appeal.
pub(super) async fn spoken(tx: &mut Tx, appeal: &Appeal) -> Result<Vec<Language>, Error> {
    let texts = store::appeal_texts(tx, appeal.id).await?;
    let mut languages: Vec<Language> =
        texts.into_iter().filter(|text| text.shown.is_some()).map(|text| text.language).collect();
    languages.sort();
    languages.dedup();
    Ok(languages)
}

/// The tags of pages that a kind of appeal stands on.
pub(super) fn tags(kind: AppealKind, languages: &[Language]) -> Vec<Tag> {
    languages.iter().map(|language| Tag::appeals(kind, language)).collect()
}

/// Writes what was done into the log, tells the pages that show the appeal if readers see it, or saw it until now, and ends the
/// transaction.
pub(super) async fn settle(
    newsroom: &Newsroom,
    mut tx: Tx,
    actor: &str,
    action: &'static str,
    appeal: &Appeal,
    detail: serde_json::Value,
) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let subject = Some(appeal.id.0);
    if appeal.state != AppealState::Draft {
        let tags = tags(appeal.kind, &spoken(&mut tx, appeal).await?);
        if !tags.is_empty() {
            let kind = JournalKind::AppealChanged;
            store::journal_append(&mut tx, now, &NewJournalRow { kind, subject, tags }).await?;
        }
    }
    store::audit_append(&mut tx, now, actor, action, subject, &detail.to_string()).await?;
    tx.commit().await?;
    follow::catch_up(newsroom).await
}
