//! Freezing an audience: from *approved* to *sending*.

use model::{Issue, IssueForm, MailForm, SubjectLine, Week};
use serde_json::json;
use store::{Audience, Share, Tx};

use crate::{Newsroom, error::Error};

/// Freezes everybody who gets an issue, with the mails that they get, and lets it be sent; how many they are. `None` when the
/// issue is not approved any more, or was changed since it was read. Call [`started`] after the commit.
///
/// # Errors
/// [`Error::Refused`] when a mail is missing that somebody is to get.
pub async fn start_in_tx(
    newsroom: &Newsroom,
    tx: &mut Tx,
    issue: &Issue,
    by: &str,
    mails: &[(IssueForm, Vec<u8>)],
) -> Result<Option<i64>, Error> {
    let now = newsroom.clock().now();
    let percent = issue.content.other_subject.as_ref().map_or(0, |other| other.percent);
    complete(mails, percent > 0)?;
    if !store::sending_start(tx, issue.id, issue.version, now).await? {
        return Ok(None);
    }
    for (form, bytes) in mails {
        store::issue_mail_set(tx, issue.id, form.as_str(), bytes).await?;
    }
    let share = Share { percent, key: key(newsroom) };
    let audience = Audience { newsletter: issue.newsletter, week: Week::of(now), share };
    let frozen = store::delivery_freeze(tx, issue.id, &audience).await?;
    store::sending_frozen(tx, issue.id, frozen).await?;
    let sending = store::sending_by_id(tx, issue.id).await?;
    let (slug, name) = sending.map(|sending| (sending.slug, sending.settings.name)).unzip();
    let detail = json!({ "newsletter": slug, "name": name, "number": issue.number, "frozen": frozen }).to_string();
    store::audit_append(tx, now, by, "issue.start", Some(issue.id.0), &detail).await?;
    newsroom.abort_point("delivery.freezing");
    Ok(Some(frozen))
}

/// Tells the sender of this process that an issue was started.
pub fn started(newsroom: &Newsroom) {
    newsroom.abort_point("delivery.frozen");
    newsroom.deliveries().wake();
}

/// Whether there is a mail for whatever form somebody may be frozen with.
fn complete(mails: &[(IssueForm, Vec<u8>)], other: bool) -> Result<(), Error> {
    for form in [MailForm::Full, MailForm::Headlines] {
        for subject in SubjectLine::ALL.into_iter().filter(|subject| other || *subject != SubjectLine::Other) {
            let wanted = IssueForm { form, subject };
            if !mails.iter().any(|(found, _)| *found == wanted) {
                return Err(Error::Refused(format!(
                    "the issue has no mail for readers of the form {}",
                    wanted.as_str()
                )));
            }
        }
    }
    Ok(())
}

fn key(newsroom: &Newsroom) -> (u32, u32) {
    let [a, b, c, d, e, f, g, h, ..] = newsroom.chance().bytes16();
    (u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h]))
}
