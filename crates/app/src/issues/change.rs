//! Changing an issue: a save names the version that it changes, and carries all of the text.

use std::collections::HashSet;

use model::{
    Document, Extent, Issue, IssueContent, IssueId, OtherSubject, Pick, Staff, StoryId, StoryState, Timestamp,
};
use store::Tx;

use super::{
    Stop,
    draft::{note, suggested_lines},
    open_as_seen, sends, sound,
};
use crate::{Newsroom, error::Error};

/// Stories of an issue at most.
pub(super) const MOST: usize = 60;
/// Who goes on writing puts one deed on record in so many minutes.
const NOTED_MS: i64 = 10 * 60_000;

/// What an issue is to say, as it was typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Change {
    /// Its subject.
    pub subject: String,
    /// Another subject; empty for none.
    pub other_subject: String,
    /// Its share in percent.
    pub percent: String,
    /// The line after the subject.
    pub preview: String,
    /// What stands above the stories.
    pub intro: Document,
    /// What stands below.
    pub outro: Document,
    /// The stories, in order.
    pub picks: Vec<Picked>,
}

/// A story of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    /// Which.
    pub story: StoryId,
    /// What the editor says of it.
    pub note: String,
    /// How much of it is in the mail.
    pub extent: Extent,
}

impl Change {
    /// What an issue says now.
    #[must_use]
    pub fn of(content: &IssueContent) -> Self {
        let other = content.other_subject.as_ref();
        Self {
            subject: content.subject.clone(),
            other_subject: other.map(|other| other.subject.clone()).unwrap_or_default(),
            percent: other.map(|other| other.percent.to_string()).unwrap_or_default(),
            preview: content.preview.clone(),
            intro: content.intro.clone(),
            outro: content.outro.clone(),
            picks: content
                .picks
                .iter()
                .map(|pick| Picked { story: pick.story, note: pick.note.clone(), extent: pick.extent })
                .collect(),
        }
    }

    fn other(&self, subject: &str) -> Result<Option<OtherSubject>, Stop> {
        sound::other_subject(subject, &self.other_subject, &self.percent)
    }

    /// Made sound. What was picked before keeps why and since when.
    fn read(&self, before: &IssueContent, now: Timestamp) -> Result<IssueContent, Stop> {
        if self.picks.len() > MOST {
            return Err(Stop::TooMany(MOST));
        }
        let subject = sound::line(&self.subject, sound::LINE)?;
        let mut seen = HashSet::new();
        let mut picks = Vec::new();
        for picked in self.picks.iter().filter(|picked| seen.insert(picked.story)) {
            let known = before.picks.iter().find(|pick| pick.story == picked.story);
            let note = sound::line(&picked.note, sound::SENTENCES)?;
            let reasons = known.map(|pick| pick.reasons.clone()).unwrap_or_default();
            let at = known.map_or(now, |pick| pick.at);
            picks.push(Pick { story: picked.story, note, extent: picked.extent, reasons, at });
        }
        Ok(IssueContent {
            other_subject: self.other(&subject)?,
            subject,
            preview: sound::line(&self.preview, sound::LINE)?,
            intro: sound::words(self.intro.clone())?,
            picks,
            outro: sound::words(self.outro.clone())?,
        })
    }
}

/// An issue as it was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Its version now.
    pub version: i64,
    /// Its subject, which follows the stories until somebody writes one.
    pub subject: String,
    /// The line after it, which does so too.
    pub preview: String,
}

impl Saved {
    fn of(version: i64, content: IssueContent) -> Self {
        Self { version, subject: content.subject, preview: content.preview }
    }
}

/// Saves an issue. A save that changes nothing keeps the version.
///
/// # Errors
/// [`crate::staff::Denial::Role`], [`crate::staff::Denial::Gone`]; [`Stop`] when it was changed since or is not open any
/// more, or something in it can't be used.
pub async fn save(newsroom: &Newsroom, staff: &Staff, id: IssueId, seen: i64, change: &Change) -> Result<Saved, Error> {
    sends(staff)?;
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let (newsletter, issue) = open_as_seen(&mut tx, id, seen).await?;
    let mut content = change.read(&issue.content, now)?;
    follow_in_tx(&mut tx, &issue.content, &mut content).await?;
    if content == issue.content {
        return Ok(Saved::of(issue.version, content));
    }
    may_be_picked(&mut tx, &issue, &content).await?;
    if !store::issue_save(&mut tx, id, seen, &content, now, staff.handle.as_str()).await? {
        return Err(Stop::ChangedSince.into());
    }
    let (at, by) = &issue.saved;
    if by != staff.handle.as_str() || now.as_millis() - at.as_millis() > NOTED_MS {
        note(newsroom, &mut tx, staff.handle.as_str(), "issue.change", &issue, &newsletter).await?;
    }
    tx.commit().await?;
    Ok(Saved::of(seen + 1, content))
}

/// Subject and line after it go on naming the first stories until somebody writes their own.
async fn follow_in_tx(tx: &mut Tx, before: &IssueContent, content: &mut IssueContent) -> Result<(), Error> {
    let stories = |content: &IssueContent| content.picks.iter().map(|pick| pick.story).collect::<Vec<_>>();
    if stories(before) == stories(content) {
        return Ok(());
    }
    let (old_subject, old_preview) = suggested_lines(tx, &before.picks).await?;
    let (subject, preview) = suggested_lines(tx, &content.picks).await?;
    if content.subject == before.subject && before.subject == old_subject {
        content.subject = subject;
    }
    if content.preview == before.preview && before.preview == old_preview {
        content.preview = preview;
    }
    Ok(())
}

/// What is added is there, has a headline, and was not withdrawn. What was in before stays: the checks tell of it.
async fn may_be_picked(tx: &mut Tx, before: &Issue, content: &IssueContent) -> Result<(), Error> {
    let known: HashSet<StoryId> = before.content.picks.iter().map(|pick| pick.story).collect();
    let added: Vec<StoryId> =
        content.picks.iter().map(|pick| pick.story).filter(|story| !known.contains(story)).collect();
    let heads = store::story_heads(tx, &added).await?;
    let fits = |head: &store::StoryHead| {
        let state = matches!(head.state, StoryState::Published | StoryState::Scheduled | StoryState::Ready);
        state && !head.headline.trim().is_empty()
    };
    if heads.len() < added.len() || !heads.iter().all(fits) {
        return Err(Stop::NotPublic.into());
    }
    Ok(())
}
