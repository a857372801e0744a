//! What pages show of an issue.

use app::{
    StoryHead,
    issues::{Offer, Opened, PickShown, check::Finding, text},
    stories::desk::Level,
};
use model::{Extent, Issue, IssueId, Reason, StoryId, Timestamp};
use serde::Serialize;

use super::stories::direction;
use crate::desk::ask::Ask;

/// An issue in a list.
#[derive(Serialize)]
pub(super) struct Line {
    id: IssueId,
    number: i64,
    subject: String,
    state: &'static str,
    why: Option<String>,
    due: Option<i64>,
    sent: Option<i64>,
    frozen: i64,
    saved_at: i64,
    saved_by: String,
    path: Option<String>,
}

impl Line {
    pub(super) fn of(issue: &Issue) -> Self {
        Self {
            id: issue.id,
            number: issue.number,
            subject: issue.content.subject.clone(),
            state: issue.state.as_str(),
            why: issue.why.clone(),
            due: issue.due_at.map(Timestamp::as_millis),
            sent: issue.frozen_at.map(Timestamp::as_millis),
            frozen: issue.frozen,
            saved_at: issue.saved.0.as_millis(),
            saved_by: issue.saved.1.clone(),
            path: issue.path.clone(),
        }
    }
}

/// A story of an issue, or one that could be.
#[derive(Serialize)]
pub(super) struct Story {
    id: StoryId,
    headline: String,
    language: String,
    direction: &'static str,
    /// `gone` when it is not there any more.
    state: &'static str,
    at: Option<i64>,
    section: String,
    reasons: Vec<Because>,
    note: String,
    extent: &'static str,
}

/// Why a story was suggested.
#[derive(Serialize)]
pub(super) struct Because {
    key: &'static str,
    count: i64,
    /// The section's name.
    name: String,
    at: Option<i64>,
}

impl Because {
    fn of(reason: Reason, opened: &Opened) -> Self {
        let bare = |key, count| Self { key, count, name: String::new(), at: None };
        match reason {
            Reason::Front { place } => bare("because-front", place),
            Reason::Read { count } => bare("because-read", count),
            Reason::Section { section } => {
                Self { name: opened.sections.get(&section).cloned().unwrap_or_default(), ..bare("because-section", 0) }
            }
            Reason::New { at } => Self { at: Some(at.as_millis()), ..bare("because-new", 0) },
        }
    }
}

impl Story {
    fn of(head: &StoryHead, reasons: &[Reason], opened: &Opened) -> Self {
        let section = head.section.and_then(|id| opened.sections.get(&id).cloned());
        Self {
            id: head.id,
            headline: head.headline.clone(),
            direction: direction(&head.language),
            language: head.language.to_string(),
            state: head.state.as_str(),
            at: head.published_at.map(Timestamp::as_millis),
            section: section.unwrap_or_default(),
            reasons: reasons.iter().map(|reason| Because::of(*reason, opened)).collect(),
            note: String::new(),
            extent: Extent::Standfirst.as_str(),
        }
    }

    pub(super) fn picked(shown: &PickShown, opened: &Opened) -> Self {
        let pick = &shown.pick;
        let known = shown.head.as_ref().map(|head| Self::of(head, &pick.reasons, opened));
        let gone = || Self {
            id: pick.story,
            headline: String::new(),
            language: opened.newsletter.language.to_string(),
            direction: direction(&opened.newsletter.language),
            state: "gone",
            at: None,
            section: String::new(),
            reasons: Vec::new(),
            note: String::new(),
            extent: Extent::Headline.as_str(),
        };
        Self { note: pick.note.clone(), extent: pick.extent.as_str(), ..known.unwrap_or_else(gone) }
    }

    pub(super) fn offered(offer: &Offer, opened: &Opened) -> Self {
        Self::of(&offer.head, &offer.reasons, opened)
    }
}

/// Something to look at.
#[derive(Serialize)]
pub(super) struct Found {
    key: &'static str,
    stops: bool,
    count: i64,
    stories: Vec<String>,
}

impl Found {
    pub(super) fn of(finding: &Finding) -> Self {
        Self {
            key: finding.key,
            stops: finding.level == Level::Stop,
            count: finding.count,
            stories: finding.stories.clone(),
        }
    }
}

/// What stands in the form, as it is or as it was typed.
#[derive(Serialize)]
pub(super) struct Words {
    pub(super) subject: String,
    pub(super) other_subject: String,
    pub(super) percent: String,
    pub(super) preview: String,
    pub(super) intro: String,
    pub(super) outro: String,
}

impl Words {
    pub(super) fn of(opened: &Opened) -> Self {
        let (content, language) = (&opened.issue.content, &opened.newsletter.language);
        let other = content.other_subject.as_ref();
        Self {
            subject: content.subject.clone(),
            other_subject: other.map(|other| other.subject.clone()).unwrap_or_default(),
            percent: other.map_or_else(|| "20".to_owned(), |other| other.percent.to_string()),
            preview: content.preview.clone(),
            intro: text::written(&content.intro, language),
            outro: text::written(&content.outro, language),
        }
    }

    pub(super) fn typed(ask: &Ask) -> Self {
        let form = ask.form();
        let text = |name: &str| form.one(name).to_owned();
        Self {
            subject: text("subject"),
            other_subject: text("other_subject"),
            percent: text("percent"),
            preview: text("preview"),
            intro: text("intro"),
            outro: text("outro"),
        }
    }
}
