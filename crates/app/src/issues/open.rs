//! An issue as its editors see it, what could be added to it, and what is under way.

use std::collections::HashMap;

use model::{
    Issue, IssueId, IssueState, Newsletter, NewsletterId, Pick, Reason, SectionId, Staff, StoryState, Timestamp,
};
use store::{DeskFilter, IssueLink, StoryHead};

use super::{check, found, letter, schedule, sends, sound, suggest};
use crate::{Newsroom, error::Error, stories::words};

/// Stories that are offered at one time.
const OFFERED: usize = 12;

/// An issue as its editors see it.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Of which newsletter.
    pub newsletter: Newsletter,
    /// The issue.
    pub issue: Issue,
    /// Its stories, in order.
    pub picks: Vec<PickShown>,
    /// What to look at.
    pub findings: Vec<check::Finding>,
    /// Bytes of the mail as HTML.
    pub bytes: usize,
    /// Links that show it.
    pub links: Vec<IssueLink>,
    /// Names of sections that reasons name, in the newsletter's language.
    pub sections: HashMap<SectionId, String>,
    zone: jiff::tz::TimeZone,
}

impl Opened {
    /// The name of the zone in which its times are meant.
    #[must_use]
    pub fn zone(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// When it goes out as the field of a date and time has it; empty without a time.
    #[must_use]
    pub fn due_field(&self) -> String {
        let Some(due) = self.issue.due_at else { return String::new() };
        let local = self.zone.to_datetime(due.to_jiff());
        format!("{}T{:02}:{:02}", local.date(), local.hour(), local.minute())
    }

    /// A time that was typed into such a field.
    #[must_use]
    pub fn time(&self, text: &str) -> Option<Timestamp> {
        schedule::local(&self.zone, text)
    }
}

/// A story of an issue.
#[derive(Debug, Clone)]
pub struct PickShown {
    /// How it stands in the issue.
    pub pick: Pick,
    /// The story; `None` when it is not there any more.
    pub head: Option<StoryHead>,
}

/// A story that could be added.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The story.
    pub head: StoryHead,
    /// What speaks for it; empty for one that was searched for.
    pub reasons: Vec<Reason>,
}

/// Opens an issue.
///
/// # Errors
/// [`crate::staff::Denial::Role`], [`crate::staff::Denial::Gone`].
pub async fn open(newsroom: &Newsroom, staff: &Staff, id: IssueId) -> Result<Opened, Error> {
    sends(staff)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().read().await?;
    let (newsletter, issue) = found(&mut tx, id).await?;
    let gathered = letter::gather(newsroom, &mut tx, &newsletter, &issue).await?;
    let ids: Vec<model::StoryId> = issue.content.picks.iter().map(|pick| pick.story).collect();
    let heads = store::story_heads(&mut tx, &ids).await?;
    let head = |id| heads.iter().find(|head| head.id == id).cloned();
    let picks = issue.content.picks.iter().map(|pick| PickShown { head: head(pick.story), pick: pick.clone() });
    let links = store::issue_link_list(&mut tx, id, now).await?;
    let sections = store::section_all(&mut tx).await?.into_iter().map(|section| {
        let name = section.names.get(&newsletter.language).map_or_else(|| section.slug.to_string(), str::to_owned);
        (section.id, name)
    });
    let settings = store::newsroom_settings(&mut tx).await?;
    Ok(Opened {
        zone: sound::zone_of(&settings, newsletter.settings.schedule.as_ref()),
        sections: sections.collect(),
        findings: check::findings(&gathered, &issue),
        bytes: check::html_bytes(&gathered),
        picks: picks.collect(),
        newsletter,
        links,
        issue,
    })
}

/// An issue and its newsletter, and nothing else.
///
/// # Errors
/// [`crate::staff::Denial::Role`], [`crate::staff::Denial::Gone`].
pub async fn issue(newsroom: &Newsroom, staff: &Staff, id: IssueId) -> Result<(Newsletter, Issue), Error> {
    sends(staff)?;
    found(&mut newsroom.store().read().await?, id).await
}

/// Stories that could be added: those with these words, or without any, those of the week that are not in it.
///
/// # Errors
/// [`crate::staff::Denial::Role`], [`crate::staff::Denial::Gone`].
pub async fn offers(newsroom: &Newsroom, staff: &Staff, id: IssueId, text: &str) -> Result<Vec<Offer>, Error> {
    sends(staff)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().read().await?;
    let (newsletter, issue) = found(&mut tx, id).await?;
    let picked = |head: &StoryHead| issue.content.picks.iter().any(|pick| pick.story == head.id);
    let words = words(text);
    let all: Vec<Offer> = if words.is_empty() {
        let week = suggest::candidates(&mut tx, &newsletter, Some(&issue), now).await?;
        week.into_iter().map(|candidate| Offer { head: candidate.head, reasons: candidate.reasons }).collect()
    } else {
        let filter = DeskFilter { words, language: Some(newsletter.language.clone()), ..DeskFilter::default() };
        let most = i64::try_from(OFFERED * 3).unwrap_or_default();
        let rows = store::desk_list(&mut tx, &filter, most, 0).await?.rows.into_iter().map(|row| row.head);
        let fits = |head: &StoryHead| {
            matches!(head.state, StoryState::Published | StoryState::Scheduled | StoryState::Ready)
                && !head.headline.trim().is_empty()
        };
        rows.filter(fits).map(|head| Offer { head, reasons: Vec::new() }).collect()
    };
    Ok(all.into_iter().filter(|offer| !picked(&offer.head)).take(OFFERED).collect())
}

/// An issue that is held: every page of the desk says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub id: IssueId,
    /// Its newsletter's name.
    pub newsletter: String,
    /// Its number.
    pub number: i64,
    /// Why, as the key of a text.
    pub why: String,
}

/// What is held, for somebody who may see it.
pub(crate) async fn held_in_tx(tx: &mut store::Tx) -> Result<Vec<Held>, Error> {
    let issues = store::issue_held(tx).await?;
    if issues.is_empty() {
        return Ok(Vec::new());
    }
    let names = names(store::newsletter_all(tx).await?);
    let held = |issue: Issue| Held {
        id: issue.id,
        newsletter: names.get(&issue.newsletter).cloned().unwrap_or_default(),
        number: issue.number,
        why: issue.why.unwrap_or_default(),
    };
    Ok(issues.into_iter().map(held).collect())
}

/// What is held.
///
/// # Errors
/// When the database fails.
pub async fn held(newsroom: &Newsroom) -> Result<Vec<Held>, Error> {
    held_in_tx(&mut newsroom.store().read().await?).await
}

fn names(all: Vec<Newsletter>) -> HashMap<NewsletterId, String> {
    all.into_iter().map(|newsletter| (newsletter.id, newsletter.settings.name)).collect()
}

/// Issues that are being made, wait or are being sent, the next one first, with the names of their newsletters.
///
/// # Errors
/// When the database fails.
pub async fn under_way(newsroom: &Newsroom) -> Result<Vec<(Issue, String)>, Error> {
    let mut tx = newsroom.store().read().await?;
    let names = names(store::newsletter_all(&mut tx).await?);
    let issues = store::issue_under_way(&mut tx).await?;
    let named = |issue: Issue| {
        let name = names.get(&issue.newsletter).cloned().unwrap_or_default();
        (issue, name)
    };
    Ok(issues.into_iter().map(named).collect())
}

/// A page of a newsletter's issues, the last made first, and how many there are.
///
/// # Errors
/// When the database fails.
pub async fn issues(
    newsroom: &Newsroom,
    id: NewsletterId,
    limit: i64,
    offset: i64,
) -> Result<(Vec<Issue>, i64), Error> {
    let mut tx = newsroom.store().read().await?;
    Ok((store::issue_list(&mut tx, id, limit, offset).await?, store::issue_total(&mut tx, id).await?))
}

/// Whether somebody may change an issue now.
#[must_use]
pub fn may_change(staff: &Staff, issue: &Issue) -> bool {
    sends(staff).is_ok() && matches!(issue.state, IssueState::Draft | IssueState::Held)
}
