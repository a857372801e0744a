//! What newsletters do today: what waits for approval, what goes out, how that goes, what came of the last one.

use model::{Issue, IssueState, Timestamp};

use crate::{
    Newsroom,
    delivery::{self, Standing, Why},
    error::Error,
    issues,
};

/// How long an issue that was sent is told of.
const SENT_MS: i64 = 7 * 24 * 3_600_000;
/// Issues that are told of, of those that were sent.
const SENT_MOST: i64 = 3;

/// What newsletters do.
#[derive(Debug, Clone, Default)]
pub struct Letters {
    /// Issues that are being made, wait or are being sent, the next one first; then those that were sent this week.
    pub issues: Vec<UnderWay>,
    /// Newsletters whose next issue is not begun yet, and when it is due.
    pub next: Vec<(String, Timestamp)>,
    /// How many people get any newsletter.
    pub subscribers: i64,
}

/// An issue that something happens to.
#[derive(Debug, Clone)]
pub struct UnderWay {
    /// The issue.
    pub issue: Issue,
    /// Its newsletter's name.
    pub name: String,
    /// Where its deliveries stand, once it is frozen.
    pub standing: Option<Standing>,
    /// Seconds until the rest is through.
    pub seconds_left: Option<i64>,
}

impl UnderWay {
    /// Why it stands still and a person has to do something; what is held, every page says by itself.
    #[must_use]
    pub fn alarm(&self) -> Option<Why> {
        let why = self.issue.why.as_deref().and_then(Why::parse)?;
        let stands = matches!(self.issue.state, IssueState::Sending | IssueState::Paused);
        (stands && why.is_alarm()).then_some(why)
    }
}

/// What newsletters do.
pub(super) async fn letters(newsroom: &Newsroom) -> Result<Letters, Error> {
    let listed = issues::list(newsroom).await?;
    let now = newsroom.clock().now();
    let mut found = issues::under_way(newsroom).await?;
    let begun = |id| found.iter().any(|(issue, _)| issue.newsletter == id && issue.due_at.is_some());
    let waits = listed.iter().filter(|one| !begun(one.newsletter.id));
    let next = waits.filter_map(|one| Some((one.newsletter.settings.name.clone(), one.next_due?))).collect();
    let mut tx = newsroom.store().read().await?;
    let sent = store::issue_sent_since(&mut tx, now.plus_millis(-SENT_MS), SENT_MOST).await?;
    let subscribers = store::subscriber_states(&mut tx).await?.iter().map(|(_, count)| count).sum();
    drop(tx);
    found.extend(sent.into_iter().map(|issue| {
        let newsletter = listed.iter().find(|one| one.newsletter.id == issue.newsletter);
        let name = newsletter.map(|one| one.newsletter.settings.name.clone()).unwrap_or_default();
        (issue, name)
    }));
    let mut issues = Vec::with_capacity(found.len());
    for (issue, name) in found {
        let frozen = issue.state.is_frozen();
        let progress = if frozen { Some(delivery::progress(newsroom, issue.id).await?) } else { None };
        let seconds_left = progress.and_then(|(_, seconds)| seconds);
        issues.push(UnderWay { issue, name, standing: progress.map(|(standing, _)| standing), seconds_left });
    }
    Ok(Letters { issues, next, subscribers })
}
