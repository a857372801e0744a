//! The report of an import: accounts for every item.

use std::collections::BTreeMap;

use intake::{Note, Skipped};
use serde::{Deserialize, Serialize};

/// Skipped items listed one by one; more are counted by reason.
const LISTED: usize = 200;

/// Up to so many skipped items of one reason are named in the text.
const NAMED: u64 = 5;

/// What became of the items of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// New here.
    pub imported: u64,
    /// Known, and different from last time.
    pub updated: u64,
    /// Known, and the same as last time.
    pub unchanged: u64,
    /// Known, different from last time, but changed here since: left as it is.
    pub kept_ours: u64,
}

impl Count {
    /// All items of this kind.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.imported + self.updated + self.unchanged + self.kept_ours
    }
}

/// What an import did. Printed as text for people and as JSON for scripts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The source: `wordpress:https://example.org`.
    pub source: String,
    /// By kind: `story`, `page`, `section`, `topic`, `byline`, `photo`.
    pub items: BTreeMap<String, Count>,
    /// How many stories stand as published, scheduled, draft.
    pub standing: BTreeMap<String, u64>,
    /// How many stories are in which language.
    pub languages: BTreeMap<String, u64>,
    /// Redirects from old addresses.
    pub redirects: u64,
    /// Items not taken over, the first 200 one by one.
    pub skipped: Vec<Skipped>,
    /// Items not taken over, by kind and reason.
    pub skipped_by_reason: BTreeMap<String, u64>,
    /// Content kept though it was not understood, by name, with the number of places.
    pub kept: BTreeMap<String, u64>,
    /// Content left out on purpose, by name and reason.
    pub dropped: BTreeMap<String, u64>,
    /// Stories and pages that somebody changed here since the last import, by headline.
    pub changed_here: Vec<String>,
    /// Things worth a look, one line each: a missing headline, a taken slug, a past schedule.
    pub remarks: Vec<String>,
    /// Photos stored now.
    pub photos_stored: u64,
    /// Photos not to be had, by address, with the reason; they can be fetched later.
    pub photos_missing: BTreeMap<String, String>,
    /// What is never taken over, whatever the source.
    pub never_imported: String,
}

impl Report {
    /// A report for a source.
    #[must_use]
    pub fn new() -> Self {
        Self {
            never_imported:
                "password hashes, secrets, sessions, commenters' names, addresses and IPs, staff e-mail addresses"
                    .to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn count(&mut self, kind: &str) -> &mut Count {
        self.items.entry(kind.to_owned()).or_default()
    }

    pub(super) fn skip(&mut self, skipped: Skipped) {
        let key = key_of(&skipped);
        *self.skipped_by_reason.entry(key).or_default() += skipped.count.max(1);
        if self.skipped.len() < LISTED {
            self.skipped.push(skipped);
        }
    }

    pub(super) fn note(&mut self, notes: &[Note]) {
        for note in notes {
            match note {
                Note::Kept { name } => *self.kept.entry(name.clone()).or_default() += 1,
                Note::Dropped { name, reason } => {
                    *self.dropped.entry(format!("{name}: {reason}")).or_default() += 1;
                }
            }
        }
    }

    pub(super) fn remark(&mut self, line: String) {
        if self.remarks.len() < LISTED {
            self.remarks.push(line);
        }
    }

    /// Whether the import changed anything.
    #[must_use]
    pub fn changed_anything(&self) -> bool {
        self.items.values().any(|count| count.imported + count.updated > 0) || self.photos_stored > 0
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "Import of {}", self.source)?;
        for (kind, count) in &self.items {
            write!(f, "  {kind:<10} {:>7}  ", count.total())?;
            write!(f, "{} imported, {} updated, {} unchanged", count.imported, count.updated, count.unchanged)?;
            if count.kept_ours > 0 {
                write!(f, ", {} changed here and left alone", count.kept_ours)?;
            }
            writeln!(f)?;
        }
        let standing: Vec<String> = self.standing.iter().map(|(state, n)| format!("{n} {state}")).collect();
        if !standing.is_empty() {
            writeln!(f, "  stories read: {}", standing.join(", "))?;
        }
        let languages: Vec<String> = self.languages.iter().map(|(language, n)| format!("{n} in {language}")).collect();
        if !languages.is_empty() {
            writeln!(f, "  languages: {}", languages.join(", "))?;
        }
        writeln!(f, "  redirects from old addresses: {}", self.redirects)?;
        self.skips(f)?;
        section(f, "Kept, though not understood (shown as plain text)", &self.kept)?;
        section(f, "Left out on purpose", &self.dropped)?;
        lines(f, "Changed here since the last import, left alone", &self.changed_here)?;
        lines(f, "Worth a look", &self.remarks)?;
        if self.photos_stored > 0 {
            writeln!(f, "Photos stored: {}", self.photos_stored)?;
        }
        if !self.photos_missing.is_empty() {
            writeln!(f, "Photos not to be had now: {} (their stories stand)", self.photos_missing.len())?;
            for (url, why) in self.photos_missing.iter().take(5) {
                writeln!(f, "  {url}: {why}")?;
            }
            writeln!(
                f,
                "  Try again with `masthead photos fetch`, or give a folder: `masthead photos fetch --from DIR`."
            )?;
        }
        write!(f, "Never imported, from any source: {}.", self.never_imported)
    }
}

impl Report {
    /// What was skipped, by reason; where it is few, each by its name.
    fn skips(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.skipped_by_reason.is_empty() {
            return Ok(());
        }
        writeln!(f, "Skipped:")?;
        for (why, n) in &self.skipped_by_reason {
            writeln!(f, "  {n:>5} × {why}")?;
            if *n <= NAMED {
                for skipped in self.skipped.iter().filter(|skipped| key_of(skipped) == *why) {
                    let name = format!("{} {}", skipped.foreign_id, skipped.title);
                    if !name.trim().is_empty() {
                        writeln!(f, "          {}", name.trim())?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn key_of(skipped: &Skipped) -> String {
    format!("{}: {}", skipped.kind, skipped.reason)
}

fn section(f: &mut std::fmt::Formatter<'_>, title: &str, counts: &BTreeMap<String, u64>) -> std::fmt::Result {
    if counts.is_empty() {
        return Ok(());
    }
    writeln!(f, "{title}:")?;
    counts.iter().try_for_each(|(what, n)| writeln!(f, "  {n:>5} × {what}"))
}

fn lines(f: &mut std::fmt::Formatter<'_>, title: &str, list: &[String]) -> std::fmt::Result {
    if list.is_empty() {
        return Ok(());
    }
    writeln!(f, "{title}:")?;
    list.iter().take(20).try_for_each(|line| writeln!(f, "  {line}"))?;
    if list.len() > 20 { writeln!(f, "  and {} more", list.len() - 20) } else { Ok(()) }
}
