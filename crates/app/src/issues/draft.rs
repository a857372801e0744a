//! Drafts: made by a job some hours before their time, filled with a suggestion.
//!
//! [`tend_in_tx`] makes what is missing, and sees to it that a job comes back when the next draft is to be made. It may run
//! at any time and as often as anybody likes: there is one draft for each time of a schedule. It runs as the job itself, at
//! each start of a server, when a newsletter changes, and each hour. A time that passed while no server ran gets its draft
//! too, which is held at once, so that somebody decides.

use model::{Issue, IssueContent, IssueId, IssueState, Newsletter, Pick, Staff, Timestamp};
use serde_json::json;
use store::Tx;

use super::{Stop, schedule, sends, sound, suggest};
use crate::{
    Newsroom,
    error::Error,
    jobs::{self, Kind},
    staff::Denial,
};

const HOUR_MS: i64 = 3_600_000;
/// How long ago a missed time may be to get a draft yet.
const MISSED_MS: i64 = 7 * 24 * HOUR_MS;
/// Characters of a suggested subject: most headlines are whole, and the checks tell of long ones.
const SUBJECT: usize = 100;

/// Makes the drafts that are missing.
///
/// # Errors
/// When the database fails.
pub async fn tend(newsroom: &Newsroom) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    tend_in_tx(newsroom, &mut tx).await?;
    tx.commit().await?;
    newsroom.wake_jobs();
    Ok(())
}

/// The step itself.
pub(crate) async fn tend_in_tx(newsroom: &Newsroom, tx: &mut Tx) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let mut next: Option<Timestamp> = None;
    for newsletter in store::newsletter_all(tx).await?.into_iter().filter(|newsletter| newsletter.active) {
        let Some(weekly) = newsletter.settings.schedule.clone() else { continue };
        let missed = schedule::last_due(&weekly, now);
        let missed = missed.filter(|at| *at > weekly.since && *at > now.plus_millis(-MISSED_MS));
        let before = newsletter.settings.draft_hours * HOUR_MS;
        let Some(mut due) = schedule::next_due(&weekly, now.max(weekly.since)) else { continue };
        for slot in missed.into_iter().chain((due.plus_millis(-before) <= now).then_some(due)) {
            make_in_tx(newsroom, tx, &newsletter, slot).await?;
        }
        if due.plus_millis(-before) <= now {
            let Some(later) = schedule::next_due(&weekly, due) else { continue };
            due = later;
        }
        let at = due.plus_millis(-before);
        next = Some(next.map_or(at, |next| next.min(at)));
    }
    if let Some(at) = next
        && store::job_waiting(tx, Kind::IssueDraft.as_str()).await?.is_none_or(|waiting| waiting > at)
    {
        store::job_enqueue(tx, &jobs::job(newsroom, Kind::IssueDraft, json!({}), at)).await?;
    }
    Ok(())
}

/// Makes the draft for a time of the schedule, unless there is one.
async fn make_in_tx(newsroom: &Newsroom, tx: &mut Tx, newsletter: &Newsletter, slot: Timestamp) -> Result<(), Error> {
    // Looked up first: the suggestion takes some queries.
    if store::issue_at(tx, newsletter.id, slot).await?.is_some() {
        return Ok(());
    }
    let issue = Issue { slot: Some(slot), due_at: Some(slot), ..new(newsroom, tx, newsletter, "masthead").await? };
    if !store::issue_insert(tx, &issue).await? {
        return Ok(());
    }
    come_back(newsroom, tx, issue.id, slot).await?;
    note(newsroom, tx, "masthead", "issue.draft", &issue, newsletter).await
}

/// Makes the draft for the next time of a newsletter's schedule, however many hours before it; `None` when there is no such time.
///
/// # Errors
/// [`Denial::Gone`].
pub async fn ahead(newsroom: &Newsroom, id: model::NewsletterId) -> Result<Option<IssueId>, Error> {
    let mut tx = newsroom.store().begin().await?;
    let newsletter = store::newsletter_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let now = newsroom.clock().now();
    let Some(due) = newsletter.settings.schedule.as_ref().and_then(|weekly| schedule::next_due(weekly, now)) else {
        return Ok(None);
    };
    make_in_tx(newsroom, &mut tx, &newsletter, due).await?;
    let made = store::issue_at(&mut tx, id, due).await?.map(|issue| issue.id);
    tx.commit().await?;
    Ok(made)
}

/// Begins an issue by hand, filled with a suggestion. It goes out when somebody sends it, or sets its time.
///
/// # Errors
/// [`Denial::Role`], [`Denial::Gone`]; [`Stop::Over`] when the newsletter is over.
pub async fn create(newsroom: &Newsroom, staff: &Staff, newsletter: model::NewsletterId) -> Result<IssueId, Error> {
    sends(staff)?;
    let mut tx = newsroom.store().begin().await?;
    let newsletter = store::newsletter_by_id(&mut tx, newsletter).await?.ok_or(Denial::Gone)?;
    if !newsletter.active {
        return Err(Stop::Over.into());
    }
    let issue = new(newsroom, &mut tx, &newsletter, staff.handle.as_str()).await?;
    store::issue_insert(&mut tx, &issue).await?;
    note(newsroom, &mut tx, staff.handle.as_str(), "issue.create", &issue, &newsletter).await?;
    tx.commit().await?;
    Ok(issue.id)
}

/// A draft without a time.
async fn new(newsroom: &Newsroom, tx: &mut Tx, newsletter: &Newsletter, by: &str) -> Result<Issue, Error> {
    let now = newsroom.clock().now();
    let picks = suggest::picks(tx, newsletter, now).await?;
    Ok(Issue {
        id: IssueId::new(now, newsroom.chance()),
        newsletter: newsletter.id,
        number: store::issue_next_number(tx, newsletter.id).await?,
        state: IssueState::Draft,
        why: None,
        slot: None,
        due_at: None,
        version: 1,
        saved: (now, by.to_owned()),
        approved: None,
        frozen_at: None,
        frozen: 0,
        ended_at: None,
        path: None,
        content: content(tx, picks).await?,
    })
}

async fn content(tx: &mut Tx, picks: Vec<Pick>) -> Result<IssueContent, Error> {
    let (subject, preview) = suggested_lines(tx, &picks).await?;
    Ok(IssueContent { subject, preview, picks, ..IssueContent::default() })
}

/// The first story makes the subject, the two after it the line below.
pub(super) async fn suggested_lines(tx: &mut Tx, picks: &[Pick]) -> Result<(String, String), Error> {
    let ids: Vec<model::StoryId> = picks.iter().take(3).map(|pick| pick.story).collect();
    let heads = store::story_heads(tx, &ids).await?;
    let said = |id: &model::StoryId| heads.iter().find(|head| head.id == *id).map(|head| head.headline.clone());
    let mut lines = ids.iter().filter_map(said).filter_map(|headline| sound::line(&headline, 300).ok());
    let subject = lines.next().map(|headline| shortened(&headline, SUBJECT)).unwrap_or_default();
    let preview = shortened(&lines.collect::<Vec<_>>().join(" · "), sound::LINE);
    Ok((subject, preview))
}

/// The beginning of a line, up to a space, with dots.
fn shortened(line: &str, most: usize) -> String {
    let Some((end, _)) = line.char_indices().nth(most) else { return line.to_owned() };
    let cut = line[..end].rsplit_once(' ').map_or(&line[..end], |(head, _)| head);
    format!("{}…", cut.trim_end_matches([',', ':', '–', '—', '-', ' ']))
}

/// Drafts that wait for a time of the schedule follow a new one.
pub(super) async fn follow_in_tx(newsroom: &Newsroom, tx: &mut Tx, newsletter: &Newsletter) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let Some(due) = newsletter.settings.schedule.as_ref().and_then(|weekly| schedule::next_due(weekly, now)) else {
        return Ok(());
    };
    let waiting = store::issue_under_way(tx).await?.into_iter().find(|issue| {
        let waits = issue.slot.is_some_and(|slot| slot > now) && issue.slot == issue.due_at;
        issue.newsletter == newsletter.id && issue.state == IssueState::Draft && waits
    });
    let Some(issue) = waiting else { return Ok(()) };
    if store::issue_at(tx, newsletter.id, due).await?.is_none() && store::issue_slot(tx, issue.id, due).await? {
        come_back(newsroom, tx, issue.id, due).await?;
    }
    Ok(())
}

/// Enqueues the job that looks at an issue in its second.
pub(super) async fn come_back(newsroom: &Newsroom, tx: &mut Tx, id: IssueId, due: Timestamp) -> Result<(), Error> {
    let payload = json!({ "issue": id, "due": due });
    store::job_enqueue(tx, &jobs::job(newsroom, Kind::IssueDue, payload, due)).await?;
    Ok(())
}

/// Puts a deed about an issue on record.
pub(crate) async fn note(
    newsroom: &Newsroom,
    tx: &mut Tx,
    by: &str,
    action: &str,
    issue: &Issue,
    newsletter: &Newsletter,
) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let detail = json!({ "name": newsletter.settings.name, "number": issue.number }).to_string();
    store::audit_append(tx, now, by, action, Some(issue.id.0), &detail).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_long_headline_ends_between_words() {
        assert_eq!(shortened("Nine days without a ferry", 80), "Nine days without a ferry");
        assert_eq!(shortened("Nine days, without a ferry", 12), "Nine days…");
        assert_eq!(shortened("Девятьднейбезпарома", 6), "Девять…");
    }
}
