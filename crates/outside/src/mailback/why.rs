//! Whether a mail came back for good, and why: by status code first, by the server's words after that.
//!
//! Three rules hold the tables together. A full mailbox and a blocked sender are never for good, whatever code stands
//! beside them: the first passes, the second is about us. What failed after being tried for days (class 4) may pass. And
//! what nobody understands may pass: five issues in a row that come back are enough to stop, one unclear answer is not.

use model::Bounce;

use super::{
    notice::Cause,
    status::{Status, reply_code},
    words::comparable,
};

mod tables;
#[cfg(test)]
mod tests;

use tables::cause_in;

/// A judgement: how bad, why, and by which code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Why {
    pub(super) bounce: Bounce,
    pub(super) cause: Cause,
    pub(super) status: Option<Status>,
}

/// Judges by the code of a report, what the other server said, and the text for people where it said nothing.
pub(super) fn judge(status: Option<Status>, said: &str, text: &str) -> Why {
    let said_code = Status::find(said).filter(|code| code.is_specific());
    // Exim's own field is always 5.0.0: what the other server said is closer to the truth.
    let own = status.filter(|status| status.is_specific());
    let code = said_code.or(own).or(status).or_else(|| Status::find(text));
    let words = comparable(if said.trim().is_empty() { text } else { said });
    let by_words = cause_in(&words);
    let cause = match (by_words, code.and_then(cause_of)) {
        (Some(words @ (Cause::Full | Cause::Blocked | Cause::Loop)), _) => words,
        // A list of all that was said counts for more than a code that says little.
        (Some(words), Some(Cause::Blocked | Cause::Expired | Cause::Other) | None) => words,
        (_, Some(coded)) => coded,
        (None, None) => cause_of_reply(reply_code(said)),
    };
    let gave_up =
        code.is_some_and(|code| code.class == 4) || (code.is_none() && reply_code(said).is_some_and(|code| code < 500));
    let hard = matches!(cause, Cause::NoMailbox | Cause::NoDomain) && !gave_up;
    let cause = if gave_up && cause == Cause::Other { Cause::Expired } else { cause };
    Why { bounce: if hard { Bounce::Hard } else { Bounce::Soft }, cause, status: code }
}

/// What a status code means (RFC 3463, and the codes that were registered since).
fn cause_of(status: Status) -> Option<Cause> {
    Some(match (status.subject, status.detail) {
        // No such address, closed, moved away without saying where to; 5.1.10 is a domain that says it takes no mail.
        (1, 1 | 3 | 6) => Cause::NoMailbox,
        // Exchange Online says 5.1.10 of a mailbox, RFC 7505 of a domain: for good, either way.
        (1, 10) => Cause::NoMailbox,
        (1, 2) => Cause::NoDomain,
        (2, 1) => Cause::NoMailbox,
        (2, 2) => Cause::Full,
        (2, 3) | (3, 4) => Cause::TooLarge,
        (3, 1) => Cause::Full,
        (4, 4) => Cause::NoDomain,
        (4, 6) => Cause::Loop,
        (4, _) => Cause::Expired,
        // An account that is closed (RFC 7372 and after), a mailbox that has changed hands (RFC 7293).
        (7, 13 | 17 | 18) => Cause::NoMailbox,
        (7, _) => Cause::Blocked,
        (0, _) => return None,
        (_, _) => Cause::Other,
    })
}

/// What a bare reply code means; most of them mean nothing without words.
fn cause_of_reply(code: Option<u16>) -> Cause {
    match code {
        Some(551 | 556) => Cause::NoMailbox,
        Some(552) => Cause::Full,
        _ => Cause::Other,
    }
}
