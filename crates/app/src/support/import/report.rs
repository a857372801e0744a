//! What came of an import: everything that was looked at is counted once.

use std::{collections::BTreeMap, fmt};

use serde::Serialize;
use serde_json::{Value, json};

use super::take::Took;

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Where they came from: `stripe`, `donorbox`, `ghost`.
    pub source: &'static str,
    /// Whether it went on where an earlier one had stopped.
    pub resumed: bool,
    /// Rows of the file.
    pub rows: u64,
    /// Subscriptions that were looked at, and rows that name none.
    pub looked: u64,
    /// Pledges that are the newsroom's own now.
    pub taken: u64,
    /// Of those, how many nobody can be written to about.
    pub unaddressed: u64,
    /// They were here already.
    pub known: u64,
    /// They are no pledges, by reason.
    pub left: BTreeMap<&'static str, u64>,
    /// They run elsewhere and can't be kept running from here, by reason: these people have to be asked anew.
    pub anew: BTreeMap<&'static str, u64>,
}

impl Report {
    pub(super) fn count(&mut self, took: Took) {
        self.looked += 1;
        match took {
            Took::In => self.taken += 1,
            Took::Known => self.known += 1,
            Took::Left(why) => *self.left.entry(why).or_default() += 1,
        }
    }

    pub(super) fn anew(&mut self, why: &'static str) -> &'static str {
        self.looked += 1;
        *self.anew.entry(why).or_default() += 1;
        why
    }

    /// How many are accounted for: as many as were looked at.
    #[must_use]
    pub fn accounted(&self) -> u64 {
        let sum = |counts: &BTreeMap<&str, u64>| counts.values().sum::<u64>();
        self.taken + self.known + sum(&self.left) + sum(&self.anew)
    }

    pub(super) fn counts(&self) -> Value {
        json!({ "looked": self.looked, "taken": self.taken, "known": self.known, "left": self.left, "anew": self.anew })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |count: u64, what: &str| if count > 0 { writeln!(f, "{count:>9}  {what}") } else { Ok(()) };
        line(
            self.taken,
            if self.dry_run { "pledges would be taken in" } else { "pledges taken in; they go on as they are" },
        )?;
        line(self.unaddressed, "of those without an address: nobody can be written to")?;
        line(self.known, "were here already, and stay as they are")?;
        for (why, count) in &self.left {
            line(*count, &format!("left out: {}", words(why)))?;
        }
        for (why, count) in &self.anew {
            line(*count, &format!("must be asked anew: {}", words(why)))?;
        }
        let of = if self.rows > 0 { format!("looked at, from {} rows", self.rows) } else { "looked at".to_owned() };
        let resumed = if self.resumed { ", going on where the last import stopped" } else { "" };
        let end = if self.dry_run { "; nothing was written" } else { "" };
        write!(f, "{:>9}  {of}{resumed}{end}", self.looked)
    }
}

fn words(why: &str) -> &str {
    match why {
        "once" => "given once",
        "ended" => "over",
        "not-begun" => "not paid for the first time yet",
        "free" => "nobody pays for it",
        "interval" => "neither monthly nor annual",
        "currency" => "in a currency that is not known",
        "amount" => "not the same amount each time",
        "unclear" => "the gateway says something of it that is not understood",
        "no-subscription" => "the file names no subscription of the newsroom's own account",
        "gateway-off" => "its gateway is not connected here",
        "not-found" => "the connected account has no such subscription or customer",
        "row-too-short" => "the row ends too early",
        "quote-not-closed" => "a quote that is never closed",
        "not-utf-8" => "the row is not UTF-8",
        other => other,
    }
}
