//! Complaints (RFC 5965) and what else is sent in their format.

use super::{head::unfolded, mime::Mail};

/// What a feedback report says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feedback {
    /// The reader called the mail spam, or a fraud.
    Complaint,
    /// The reader wants no more of it.
    OptOut,
    /// Not spam, a virus found, authentication failed (RFC 6591), anything else.
    Other,
}

/// A feedback report, if this is one, with the sender's address that it says the mail had (`Original-Mail-From`).
pub(super) fn feedback(mail: &Mail<'_>) -> Option<(Feedback, Option<String>)> {
    let text = mail.part(&[("message", "feedback-report")])?.text();
    let field = |name: &str| {
        let value = |line: &str| {
            let (own, value) = line.split_once(':')?;
            own.trim().eq_ignore_ascii_case(name).then(|| unfolded(value))
        };
        text.lines().find_map(value)
    };
    let kind = field("Feedback-Type").unwrap_or_default().to_ascii_lowercase();
    let feedback = match kind.as_str() {
        "abuse" | "fraud" => Feedback::Complaint,
        "opt-out" | "opt-out-list" | "unsubscribe" => Feedback::OptOut,
        _ => Feedback::Other,
    };
    Some((feedback, field("Original-Mail-From")))
}
