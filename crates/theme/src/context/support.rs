//! What keeps the newsroom going: the page of reminders.

use serde::Serialize;

use super::{NamedLink, PauseChoice, Shell};

/// "Remind me later": a month, and three ways to be reminded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RemindPage {
    /// What stands around it.
    pub shell: Shell,
    /// Where the form is sent to.
    pub action: String,
    /// Where it is sent to for a calendar file.
    pub calendar_action: String,
    /// The months to choose from.
    pub months: Vec<PauseChoice>,
    /// The days of it.
    pub days: Vec<PauseChoice>,
    /// How often.
    pub intervals: Vec<PauseChoice>,
    /// The hours of a calendar's entry.
    pub hours: Vec<PauseChoice>,
    /// Whether subject and sender are to say nothing of the newsroom.
    pub neutral: bool,
    /// Whether reminders by mail are to be had.
    pub by_mail: bool,
    /// What was typed as an address, when something could not be used.
    pub address: String,
    /// What was wrong, in words.
    pub wrong: Option<String>,
    /// The privacy policy that asking agrees to.
    pub policy: Option<NamedLink>,
    /// What the built-in script keeps on the device and says, as JSON.
    pub device: String,
}
