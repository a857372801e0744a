//! Forgetting deliveries: thirty days after the end of an issue its rows go, and with them the bytes of its mails. The sums
//! stay.

use model::{IssueId, Timestamp};

use crate::{Newsroom, error::Error};

/// How long rows stay after the end: bounces and complaints are noted on them for so long.
pub const KEEP_DAYS: i64 = 30;
const DAY_MS: i64 = 24 * 3_600_000;
/// Rows that go in one transaction.
const AT_ONCE: i64 = 5_000;

/// Forgets what ended long ago.
///
/// # Errors
/// When the database fails.
pub async fn forget(newsroom: &Newsroom) -> Result<(), Error> {
    let before = newsroom.clock().now().plus_millis(-KEEP_DAYS * DAY_MS);
    for issue in due(newsroom, before).await? {
        forget_issue(newsroom, issue).await?;
        tracing::info!(%issue, "the deliveries of an issue were forgotten; its sums stay");
    }
    Ok(())
}

async fn due(newsroom: &Newsroom, before: Timestamp) -> Result<Vec<IssueId>, Error> {
    let mut tx = newsroom.store().read().await?;
    Ok(store::sending_to_forget(&mut tx, before).await?)
}

async fn forget_issue(newsroom: &Newsroom, issue: IssueId) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    let kept = store::issue_counts(&mut tx, issue).await?;
    // Once: a process that died while it forgot has written them with the first rows that went.
    if !kept.iter().any(|(what, _)| what.starts_with("left.")) {
        let forms = store::delivery_form_counts(&mut tx, issue).await?;
        let of_form = |(form, state, count): &(model::IssueForm, model::DeliveryState, i64)| {
            let (subject, state) = (form.subject.as_str(), state.as_str());
            [(format!("left.{state}"), *count), (format!("subject.{subject}.{state}"), *count)]
        };
        let sums: Vec<(String, i64)> = forms.iter().flat_map(of_form).collect();
        store::issue_count_add(&mut tx, issue, sums).await?;
    }
    loop {
        let gone = store::delivery_forget(&mut tx, issue, AT_ONCE).await?;
        if gone == 0 {
            store::issue_mail_forget(&mut tx, issue).await?;
            return Ok(tx.commit().await?);
        }
        tx.commit().await?;
        tx = newsroom.store().begin().await?;
    }
}
