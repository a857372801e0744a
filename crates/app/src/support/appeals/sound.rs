//! What can't be used, and what to do about it.

use model::{
    AppealKind, AppealSettings, Document,
    appeal::{Rule, Test},
    document::visit,
};

use crate::{error::Error, stories::desk::lines};

/// Characters of a banner's text.
pub const BANNER_CHARS: usize = 300;
/// Characters of the text at a story's end.
pub const END_CHARS: usize = 1_200;
const NAME: usize = 100;
const RULES: usize = 12;
const COUNTRIES: usize = 60;
const DAYS: u16 = 90;
/// A device forgets what it showed after so many days.
const CAP_DAYS: u16 = 60;

fn refused<T>(text: impl Into<String>) -> Result<T, Error> {
    Err(Error::Refused(text.into()))
}

pub(super) fn name(text: &str) -> Result<String, Error> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() || text.chars().count() > NAME {
        return refused(format!("a name of {NAME} characters at most is needed"));
    }
    Ok(text)
}

pub(super) fn settings(settings: &AppealSettings) -> Result<(), Error> {
    if let (Some(from), Some(until)) = (settings.from, settings.until)
        && until <= from
    {
        return refused("the appeal ends before it begins; choose a later end");
    }
    if !(1..=DAYS).contains(&settings.rest_days) {
        return refused(format!("“not now” lasts from 1 to {DAYS} days"));
    }
    if let Some(cap) = settings.cap
        && (!(1..=50).contains(&cap.times) || !(1..=CAP_DAYS).contains(&cap.days))
    {
        return refused(format!("an appeal is shown at most 1 to 50 times in 1 to {CAP_DAYS} days"));
    }
    if let Some(goal) = &settings.goal {
        if goal.amount.minor <= 0 {
            return refused("a goal is an amount above zero");
        }
        if goal.until < goal.from {
            return refused("the goal's last month is before its first; choose a later one");
        }
    }
    Ok(())
}

pub(super) fn rule(rule: &Rule, others: &[Rule]) -> Result<Rule, Error> {
    let name = name(&rule.name)?;
    if others.iter().any(|other| other.name == name) {
        return refused(format!("another rule is called “{name}”; choose another name"));
    }
    if others.len() >= RULES {
        return refused(format!("an appeal has {RULES} rules at most; take one away first"));
    }
    let empty = "choose at least one, or take the rule away";
    match &rule.test {
        Test::Section { any, .. } if any.is_empty() => refused(empty),
        Test::Topic { any, .. } if any.is_empty() => refused(empty),
        Test::Language { any } if any.is_empty() => refused(empty),
        Test::Country { any, .. } if any.is_empty() || any.len() > COUNTRIES => {
            refused(format!("name from 1 to {COUNTRIES} countries by their two letters, such as DE"))
        }
        Test::Country { any, .. } if any.iter().any(|code| !is_country(code)) => {
            refused("a country is named by its two letters of ISO 3166, such as DE")
        }
        Test::Read { least, most: Some(most), .. } if most < least => {
            refused("the largest number of stories is below the smallest")
        }
        Test::Dates { from: None, until: None } => refused("give the day on which it begins, or on which it ends"),
        Test::Dates { from: Some(from), until: Some(until) } if until <= from => {
            refused("the dates end before they begin; choose a later end")
        }
        Test::Share { percent } if !(1..=99).contains(percent) => refused("a share is from 1 to 99 of a hundred"),
        Test::Section { .. }
        | Test::Topic { .. }
        | Test::Language { .. }
        | Test::Country { .. }
        | Test::Read { .. }
        | Test::Dates { .. }
        | Test::Share { .. } => Ok(Rule { name, test: rule.test.clone() }),
    }
}

fn is_country(code: &str) -> bool {
    // `ZZ` is what a device says where none of the named ones was chosen.
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) && code != "ZZ"
}

/// Whether a text is one that a page of 12 KiB has room for.
pub(super) fn text(kind: AppealKind, document: &Document) -> Result<(), Error> {
    let chars: usize = lines("", "", document).iter().map(|line| line.chars().count()).sum();
    let (most, photos) = match kind {
        AppealKind::Banner => (BANNER_CHARS, 0),
        AppealKind::End => (END_CHARS, 1),
    };
    if chars > most {
        return refused(format!("the text has {chars} characters; a page has room for {most}: shorten it"));
    }
    if visit::photos(document).len() > photos {
        return refused(match kind {
            AppealKind::Banner => "a banner has no room for a photo; take it out",
            AppealKind::End => "a message at a story’s end has room for one photo; take the others out",
        });
    }
    Ok(())
}
