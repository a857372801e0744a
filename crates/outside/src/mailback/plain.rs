//! Reports in plain words: qmail's (QSBMF), old exim's, and those of mail services that never adopted RFC 3464.
//!
//! They are believed when they come from a machine's address, name the recipients that failed, or begin as qmail's do; and
//! only what stands above the copy of our mail is looked at, so that a story about full mailboxes bounces nobody.

use super::{
    auto::{is_about_failure, is_machine},
    head::Head,
    mime::Mail,
    report::{Action, Recipient},
    returned::above,
    status::Status,
};

/// How qmail's begin (QSBMF, by D. J. Bernstein, 1997).
const QMAIL: &str = "Hi. This is the";

/// Words that say that it is tried again.
const DELAYED: [&str; 9] = [
    "this is a warning message only",
    "will be retried",
    "has not yet been delivered",
    "delivery attempts will continue",
    "no action is required on your part",
    "you do not need to resend",
    "has been delayed",
    "noch nicht zugestellt",
    "попытки доставки будут продолжены",
];

/// What a report in plain words says, if this is one.
pub(super) fn report(mail: &Mail<'_>) -> Option<Recipient> {
    let text = mail.text();
    if !is_report(&mail.head, &text) {
        return None;
    }
    let own = above(&text);
    let lower = own.to_lowercase();
    let delayed = DELAYED.iter().any(|words| lower.contains(words));
    let action = if delayed { Action::Delayed } else { Action::Failed };
    Some(Recipient { action, status: Status::find(own), diagnostic: own.to_owned() })
}

fn is_report(head: &Head, text: &str) -> bool {
    if head.has("X-Failed-Recipients") {
        return true;
    }
    let text = text.trim_start();
    if text.starts_with(QMAIL) && text.get(..400).unwrap_or(text).contains("program at") {
        return true;
    }
    head.from().is_some_and(is_machine) && is_about_failure(head)
}
