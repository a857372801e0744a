//! The rules of an appeal, in their order. A rule is known by its name, so that two editors never change each other's.

use model::{AppealId, Staff, appeal::Rule};
use serde_json::json;

use super::{change::held, run::plan, settle::settle, sound};
use crate::{Newsroom, error::Error};

/// What becomes of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleChange {
    /// It is added behind the others.
    Add(Rule),
    /// The one with this name says something else.
    Set(String, Rule),
    /// The one with this name goes.
    Remove(String),
    /// The one with this name is moved before, or behind, its neighbour.
    Step(String, bool),
}

impl RuleChange {
    /// Does it. What readers see changes at once where the appeal runs.
    ///
    /// # Errors
    /// [`crate::staff::Denial`]; [`Error::Refused`] when the rule can't be used, or there is none of that name.
    pub async fn save(&self, newsroom: &Newsroom, staff: &Staff, id: AppealId) -> Result<(), Error> {
        let mut tx = newsroom.store().begin().await?;
        let mut appeal = held(&mut tx, staff, id).await?;
        let before = appeal.clone();
        let name = self.apply(&mut appeal.settings.rules)?;
        store::appeal_update(&mut tx, &appeal).await?;
        plan(newsroom, &mut tx, Some(&before), &appeal).await?;
        let detail = json!({ "name": appeal.settings.name, "rule": name });
        settle(newsroom, tx, staff.handle.as_str(), "appeal.rules", &appeal, detail).await?;
        newsroom.wake_jobs();
        Ok(())
    }

    fn apply(&self, rules: &mut Vec<Rule>) -> Result<String, Error> {
        let gone = |name: &str| Error::Refused(format!("no rule is called “{name}” any more; look at the list again"));
        let place =
            |rules: &[Rule], name: &str| rules.iter().position(|rule| rule.name == name).ok_or_else(|| gone(name));
        match self {
            Self::Add(rule) => {
                let rule = sound::rule(rule, rules)?;
                let name = rule.name.clone();
                rules.push(rule);
                Ok(name)
            }
            Self::Set(name, rule) => {
                let at = place(rules, name)?;
                let others: Vec<Rule> = rules.iter().filter(|other| other.name != *name).cloned().collect();
                rules[at] = sound::rule(rule, &others)?;
                Ok(name.clone())
            }
            Self::Remove(name) => {
                let at = place(rules, name)?;
                rules.remove(at);
                Ok(name.clone())
            }
            Self::Step(name, up) => {
                let at = place(rules, name)?;
                let other = if *up { at.checked_sub(1) } else { Some(at + 1).filter(|next| *next < rules.len()) };
                if let Some(other) = other {
                    rules.swap(at, other);
                }
                Ok(name.clone())
            }
        }
    }
}
