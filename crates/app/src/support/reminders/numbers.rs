//! Reminders in numbers, for the desk: how many are due, by month and language. Never an address, never a day.

use std::collections::BTreeMap;

use model::{Language, reminder::Month};

use super::{offered, today};
use crate::{Newsroom, error::Error};

/// Everything that the desk tells of reminders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// Whether they are offered.
    pub offered: bool,
    /// How many there are.
    pub all: i64,
    /// How many should have gone out on a day that is over: no server ran, or the keys were away.
    pub overdue: i64,
    /// Months with reminders, from this one on; what is due since longer counts as this month's.
    pub months: Vec<MonthNumbers>,
    /// Every language that is among them, the most first.
    pub languages: Vec<(Language, i64)>,
    /// Whether the keys are here.
    pub open: bool,
    /// Whether this server can open addresses: if not, nobody is reminded by mail.
    pub opens: bool,
    /// Whether links in mails know where the site is.
    pub has_address: bool,
}

/// Reminders that are due in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthNumbers {
    /// Which.
    pub month: Month,
    /// How many.
    pub all: i64,
    /// How many in each language, in the order of [`Numbers::languages`].
    pub languages: Vec<i64>,
}

/// Reminders in numbers.
///
/// # Errors
/// When the database fails.
pub async fn numbers(newsroom: &Newsroom) -> Result<Numbers, Error> {
    let today = today(newsroom).await?;
    let mut tx = newsroom.store().read().await?;
    let counts = store::reminder_counts(&mut tx).await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let mut languages: Vec<(Language, i64)> = Vec::new();
    let mut sums: BTreeMap<Month, BTreeMap<&str, i64>> = BTreeMap::new();
    for (due, language, count) in &counts {
        match languages.iter_mut().find(|(known, _)| known == language) {
            Some((_, sum)) => *sum += count,
            None => languages.push((language.clone(), *count)),
        }
        let month = Month::of((*due).max(today).date());
        *sums.entry(month).or_default().entry(language.as_str()).or_default() += count;
    }
    languages.sort_by(|(one, a), (other, b)| b.cmp(a).then_with(|| one.as_str().cmp(other.as_str())));
    let in_order = |of: &BTreeMap<&str, i64>| {
        languages.iter().map(|(language, _)| of.get(language.as_str()).copied().unwrap_or_default()).collect()
    };
    let months =
        sums.iter().map(|(month, of)| MonthNumbers { month: *month, all: of.values().sum(), languages: in_order(of) });
    let months = months.collect();
    let keys = newsroom.keys();
    Ok(Numbers {
        offered: offered(&mut tx).await?,
        all: counts.iter().map(|(_, _, count)| count).sum(),
        overdue: counts.iter().filter(|(due, ..)| *due < today).map(|(_, _, count)| count).sum(),
        months,
        languages,
        opens: keys.as_ref().map_or(true, |keys| keys.can_open()),
        open: keys.is_ok(),
        has_address: settings.address.is_some(),
    })
}
