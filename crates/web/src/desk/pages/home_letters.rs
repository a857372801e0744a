//! What newsletters do, for the page of today.

use app::today::{self, UnderWay};
use model::{IssueState, Timestamp};
use serde::Serialize;

use super::{issue_shown::Line, sending_shown::span};
use crate::desk::ask::Ask;

/// What newsletters do.
#[derive(Serialize)]
pub(super) struct Letters {
    issues: Vec<Row>,
    /// Newsletters whose next issue is not begun, and when that is due.
    next: Vec<(String, i64)>,
    subscribers: i64,
}

/// An issue that something happens to.
#[derive(Serialize)]
struct Row {
    issue: Line,
    name: String,
    /// Where it leads.
    to: String,
    /// Whether it waits for somebody to approve it.
    waits: bool,
    /// Why it stands still, when a person has to do something.
    alarm: Option<&'static str>,
    progress: Option<Progress>,
    left: String,
}

/// How far it has come.
#[derive(Serialize)]
struct Progress {
    frozen: i64,
    settled: i64,
    failed: i64,
    uncertain: i64,
}

impl Letters {
    pub(super) fn of(ask: &Ask, letters: &today::Letters) -> Self {
        Self {
            issues: letters.issues.iter().map(|one| row(ask, one)).collect(),
            next: letters.next.iter().map(|(name, at): &(String, Timestamp)| (name.clone(), at.as_millis())).collect(),
            subscribers: letters.subscribers,
        }
    }
}

fn row(ask: &Ask, one: &UnderWay) -> Row {
    let issue = &one.issue;
    let at = format!("/desk/issues/{}", issue.id);
    Row {
        issue: Line::of(issue),
        name: one.name.clone(),
        to: if issue.state.is_frozen() { format!("{at}/sending") } else { at },
        waits: issue.state == IssueState::Draft && issue.due_at.is_some(),
        alarm: one.alarm().map(app::delivery::Why::as_str),
        progress: one.standing.map(|standing| Progress {
            frozen: issue.frozen,
            settled: standing.settled(),
            failed: standing.failed,
            uncertain: standing.uncertain,
        }),
        left: one.seconds_left.map(|seconds| span(&ask.strings(), seconds)).unwrap_or_default(),
    }
}
