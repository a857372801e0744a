//! What came of taking in a list: every row is counted once.

use std::{collections::BTreeMap, fmt};

use intake::lists::State;
use serde::Serialize;

/// Rows of those to whom nothing may be sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Stopped {
    /// They left.
    pub unsubscribed: u64,
    /// They called a mail spam.
    pub complained: u64,
    /// They were on a block list.
    pub blocked: u64,
    /// Their mails came back.
    pub bounced: u64,
}

impl Stopped {
    pub(super) fn count(&mut self, state: State) {
        match state {
            State::Complained => self.complained += 1,
            State::Blocked => self.blocked += 1,
            State::Bounced => self.bounced += 1,
            State::Unsubscribed | State::Subscribed | State::Unconfirmed | State::NeverAgreed | State::Deleted => {
                self.unsubscribed += 1
            }
        }
    }

    fn sum(self) -> u64 {
        self.unsubscribed + self.complained + self.blocked + self.bounced
    }
}

/// What came of taking in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Whether nothing was written.
    pub dry_run: bool,
    /// The files that were read.
    pub files: Vec<String>,
    /// Files beside them that are no lists.
    pub passed_by: Vec<String>,
    /// Rows that were read.
    pub rows: u64,
    /// New subscribers.
    pub imported: u64,
    /// Subscribers from before who get this newsletter too now.
    pub added: u64,
    /// They were subscribers already, and stay as they are.
    pub known: u64,
    /// The address stood in the list before.
    pub twice: u64,
    /// Nothing may be sent to them here: they left, complained or bounced before.
    pub suppressed: u64,
    /// Nothing may be sent to them from now on, because the list says so.
    pub stopped: Stopped,
    /// The list says so, and it was so before.
    pub stopped_before: u64,
    /// They had come with another list, and are gone because this one says that they left.
    pub removed: u64,
    /// The list says that they left there, but here they signed up themselves: they stay.
    pub stayed: u64,
    /// Never confirmed, never agreed, or deleted, by what the list says.
    pub skipped: BTreeMap<&'static str, u64>,
    /// Rows that can't be used, by reason.
    pub rejected: BTreeMap<&'static str, u64>,
}

impl Report {
    /// Rows that are accounted for: as many as were read.
    #[must_use]
    pub fn accounted(&self) -> u64 {
        let sum = |counts: &BTreeMap<&str, u64>| counts.values().sum::<u64>();
        self.imported
            + self.added
            + self.known
            + self.twice
            + self.suppressed
            + self.stopped.sum()
            + self.stopped_before
            + self.stayed
            + sum(&self.skipped)
            + sum(&self.rejected)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |count: u64, what: &str| if count > 0 { writeln!(f, "{count:>9}  {what}") } else { Ok(()) };
        line(self.imported, if self.dry_run { "would be new subscribers" } else { "new subscribers" })?;
        line(self.added, "subscribers from before, who get this newsletter too now")?;
        line(self.known, "were subscribers already, and stay as they are")?;
        line(self.twice, "stood in the list twice")?;
        line(self.suppressed, "left, complained or bounced here before: nothing is sent to them")?;
        line(self.stopped.unsubscribed, "left there: nothing will be sent to them")?;
        line(self.stopped.complained, "complained there: nothing will be sent to them")?;
        line(self.stopped.blocked, "were on a block list there: nothing will be sent to them")?;
        line(self.stopped.bounced, "bounced there: nothing will be sent to them")?;
        line(self.stopped_before, "left, complained or bounced there, as was known")?;
        line(self.removed, "of those had come with another list, and are deleted")?;
        line(self.stayed, "left there, but signed up here themselves: they stay")?;
        for (state, count) in &self.skipped {
            line(*count, &format!("passed by: {}", skipped(state)))?;
        }
        for (why, count) in &self.rejected {
            line(*count, &format!("can't be used: {}", rejected(why)))?;
        }
        for file in &self.passed_by {
            writeln!(f, "{:>9}  {file} is no list of addresses", "")?;
        }
        let end = if self.dry_run { "; nothing was written" } else { "" };
        write!(f, "{:>9}  rows in {}{end}", self.rows, self.files.join(", "))
    }
}

fn skipped(state: &str) -> &'static str {
    match State::parse(state) {
        Some(State::Unconfirmed) => "never confirmed that they signed up",
        Some(State::NeverAgreed) => "never signed up",
        Some(State::Deleted) => "had themselves deleted",
        _ => "not to be taken in",
    }
}

fn rejected(why: &str) -> &str {
    match why {
        "no-address" | "empty" => "no address",
        "row-too-short" => "the row ends too early",
        "quote-not-closed" => "a quote that is never closed",
        "not-utf-8" | "control" => "characters that no address has",
        "unknown-state" => "does not say whether they get mail",
        "local-not-ascii" => "letters before the @ that mail servers don't take yet",
        "long" => "too long for an address",
        "at" | "local" | "domain" | "literal" | "comment" | "not-alone" => "not an address",
        other => other,
    }
}
