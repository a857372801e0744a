//! Delivery reports (RFC 3464, and RFC 6533 for addresses in UTF-8): what each recipient's fields say.
//!
//! `Final-Recipient` and `Original-Recipient` begin a recipient's fields and are read past: what they claim is personal and
//! proves nothing.

use super::{
    head::unfolded,
    limits::{RECIPIENTS, TooMuch},
    mime::{Mail, Part},
    status::Status,
};

/// What became of one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recipient {
    /// What was done.
    pub(super) action: Action,
    /// `Status`.
    pub(super) status: Option<Status>,
    /// `Diagnostic-Code`: what the other server said, without the name of the protocol.
    pub(super) diagnostic: String,
}

/// `Action` (RFC 3464, section 2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Failed,
    Delayed,
    /// Delivered, relayed to where nobody reports, or expanded to a list.
    Delivered,
}

/// The part that a report is in, if this is one.
pub(super) fn part<'a, 'm>(mail: &'a Mail<'m>) -> Option<&'a Part<'m>> {
    mail.part(&[("message", "delivery-status"), ("message", "global-delivery-status")])
}

/// What a report says of each recipient.
pub(super) fn recipients(text: &str) -> Result<Vec<Recipient>, TooMuch> {
    let mut found = Vec::new();
    for group in groups(text) {
        let field = |name: &str| group.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
        let status = field("status").and_then(Status::parse);
        let diagnostic = field("diagnostic-code").unwrap_or_default();
        let action = match field("action").map(str::to_ascii_lowercase).as_deref() {
            // Some write a comment after it.
            Some(action) if action.starts_with("failed") => Some(Action::Failed),
            Some(action) if action.starts_with("delayed") => Some(Action::Delayed),
            Some(action) if ["delivered", "relayed", "expanded"].iter().any(|own| action.starts_with(own)) => {
                Some(Action::Delivered)
            }
            Some(_) | None => status.and_then(|status| guessed(status, &group)),
        };
        if let Some(action) = action {
            let diagnostic = diagnostic.split_once(';').map_or(diagnostic, |(_, said)| said).trim().to_owned();
            found.push(Recipient { action, status, diagnostic });
        }
        if found.len() > RECIPIENTS {
            return Err(TooMuch::Recipients);
        }
    }
    Ok(found)
}

/// What a group without an action means, if it is about a recipient at all.
fn guessed(status: Status, group: &[(String, String)]) -> Option<Action> {
    let about_one = group.iter().any(|(name, _)| matches!(name.as_str(), "final-recipient" | "original-recipient"));
    about_one.then_some(match status.class {
        5 => Action::Failed,
        4 => Action::Delayed,
        _ => Action::Delivered,
    })
}

/// Groups of fields, names in lower case. An empty line ends a group, and so does a second final recipient.
fn groups(text: &str) -> Vec<Vec<(String, String)>> {
    let mut groups: Vec<Vec<(String, String)>> = vec![Vec::new()];
    for line in text.lines() {
        let Some(group) = groups.last_mut() else { break };
        if line.trim().is_empty() {
            if !group.is_empty() {
                groups.push(Vec::new());
            }
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = group.last_mut() {
                *value = unfolded(&format!("{value} {line}"));
            }
        } else if let Some((name, value)) = line.split_once(':') {
            let (name, value) = (name.trim().to_ascii_lowercase(), unfolded(value));
            if name == "final-recipient" && group.iter().any(|(own, _)| *own == name) {
                groups.push(vec![(name, value)]);
            } else {
                group.push((name, value));
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipients_are_told_apart_also_where_the_empty_line_is_missing() {
        let text = "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; a@one.example\nAction: failed\nStatus: 5.1.1\n\
            Diagnostic-Code: smtp; 550-5.1.1 no such\n  550 5.1.1 user\nFinal-Recipient: rfc822; b@one.example\nAction: delivered (to mailbox)\nStatus: 2.0.0\n\n\n\
            Original-Recipient: rfc822; c@one.example\nStatus: 4.4.7\n";
        let found = recipients(text).unwrap();
        let actions: Vec<Action> = found.iter().map(|one| one.action).collect();
        assert_eq!(actions, [Action::Failed, Action::Delivered, Action::Delayed]);
        assert_eq!(found[0].diagnostic, "550-5.1.1 no such 550 5.1.1 user");
        assert_eq!(found[0].status.map(|status| status.to_string()).as_deref(), Some("5.1.1"));
    }

    #[test]
    fn nonsense_is_no_recipient() {
        assert_eq!(recipients("").unwrap(), []);
        assert_eq!(recipients("Status: 5.1.1\n").unwrap(), [], "of the whole report");
        assert_eq!(recipients("Action: burnt\n\n: x\n y\n").unwrap(), []);
        let many = "Final-Recipient: rfc822; x\nAction: failed\n\n".repeat(RECIPIENTS + 1);
        assert_eq!(recipients(&many), Err(TooMuch::Recipients));
    }
}
