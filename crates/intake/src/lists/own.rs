//! Masthead's own: `email,state,language,newsletters,policy,consent_week,source` (`masthead list export`).

use zeroize::Zeroizing;

use super::{
    Rejected, Said, State,
    columns::{Header, language, value, week},
};

pub(super) struct Columns {
    pub(super) email: usize,
    state: usize,
    language: Option<usize>,
    policy: Option<usize>,
    since: Option<usize>,
}

impl Columns {
    pub(super) fn find(header: &Header) -> Option<Self> {
        let since = header.find(&["consent_week"]);
        since?;
        Some(Self {
            email: header.find(&["email"])?,
            state: header.find(&["state"])?,
            language: header.find(&["language"]),
            policy: header.find(&["policy"]),
            since,
        })
    }

    pub(super) fn read(&self, fields: &[Zeroizing<String>]) -> Result<Said, Rejected> {
        let state = match value(fields, Some(self.state)) {
            // A pause was asked for there: here they get mail again, and can ask again.
            "active" | "paused" => State::Subscribed,
            "bounced" => State::Bounced,
            _ => return Err(Rejected::UnknownState),
        };
        Ok(Said {
            state,
            language: language(value(fields, self.language)),
            since: week(value(fields, self.since)),
            policy: Some(value(fields, self.policy).to_owned()).filter(|policy| !policy.is_empty()),
        })
    }
}
