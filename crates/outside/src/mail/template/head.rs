//! The head of a mail: who, what, when, and what mailbox providers ask for of newsletters and of automatic mail.

use std::fmt::Write as _;

use email_encoding::headers::{rfc2047, writer::EmailWriter};

use super::{LetterError, Piece, Place, plain};
use crate::mail::envelope;
use crate::mail::letter::{Blank, Kind, Letter, Mailbox};

/// Where a line of a header should end (RFC 5322, section 2.1.1).
const LINE: usize = 76;

/// Everything but what describes the parts.
pub(super) fn write(letter: &Letter<'_>) -> Result<Vec<Piece>, LetterError> {
    let mut head = Vec::new();
    let mailbox = |field: &'static str, mailbox: &Mailbox<'_>| {
        envelope::check(mailbox.address).map_err(|source| LetterError::Address { field, source })?;
        Ok(named(field, mailbox.name, mailbox.address))
    };
    plain(&mut head, &mailbox("From", &letter.from)?);
    if let Some(reply_to) = &letter.reply_to {
        plain(&mut head, &mailbox("Reply-To", reply_to)?);
    }
    around(&mut head, "To: <", Blank::To, ">\r\n");
    plain(&mut head, &text("Subject", letter.subject));
    let date = letter.date.to_jiff().strftime("%a, %d %b %Y %H:%M:%S +0000");
    plain(&mut head, &format!("Date: {date}\r\n"));
    around(&mut head, "Message-ID: <", Blank::MessageId, ">\r\n");
    kind(&mut head, &letter.kind)?;
    plain(&mut head, "MIME-Version: 1.0\r\n");
    Ok(head)
}

fn kind(head: &mut Vec<Piece>, kind: &Kind<'_>) -> Result<(), LetterError> {
    let Kind::List { id, name, feedback_id, by_mail } = kind else {
        plain(head, "Auto-Submitted: auto-generated\r\n");
        return Ok(());
    };
    let worded = |text: &str, between: char, most: usize| {
        let inner = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let words: Vec<&str> = text.split(between).collect();
        text.len() <= 200 && words.len() <= most && words.iter().all(|word| !word.is_empty() && word.chars().all(inner))
    };
    if !worded(id, '.', 20) || !id.contains('.') {
        return Err(LetterError::ListId((*id).to_owned()));
    }
    plain(head, &named("List-Id", name, id));
    around(head, "List-Unsubscribe: <", Blank::Unsubscribe, if *by_mail { ">,\r\n" } else { ">\r\n" });
    if *by_mail {
        around(head, " <", Blank::UnsubscribeMail, ">\r\n");
    }
    plain(head, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
    if let Some(feedback_id) = feedback_id {
        if !worded(feedback_id, ':', 4) {
            return Err(LetterError::FeedbackId((*feedback_id).to_owned()));
        }
        plain(head, &format!("Feedback-ID: {feedback_id}\r\n"));
    }
    Ok(())
}

fn around(head: &mut Vec<Piece>, before: &str, blank: Blank, after: &str) {
    plain(head, before);
    head.push(Piece::Value(blank, Place::Head));
    plain(head, after);
}

/// A header of text, folded; other scripts in encoded words (RFC 2047).
fn text(field: &str, text: &str) -> String {
    let mut out = format!("{field}: ");
    words(&mut out, text, false);
    out.push_str("\r\n");
    out
}

/// `Name <address>`, as `From` and `List-Id` have it.
fn named(field: &str, name: &str, address: &str) -> String {
    let mut out = format!("{field}: ");
    if !name.trim().is_empty() {
        words(&mut out, name, true);
        let width = out.len() - out.rfind('\n').map_or(0, |at| at + 1);
        out.push_str(if width + address.len() + 3 > LINE { "\r\n " } else { " " });
    }
    out.push('<');
    out.push_str(address);
    out.push_str(">\r\n");
    out
}

/// Words on one or more lines. As a name (RFC 5322's phrase) they are quoted where a sign means something there.
fn words(out: &mut String, text: &str, name: bool) {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    // What looks like an encoded word would be decoded; and no word may be longer than a line.
    let plain = clean.is_ascii() && !clean.contains("=?") && clean.split(' ').all(|word| word.len() < 60);
    let quoted = name && !clean.chars().all(|c| c.is_ascii_alphanumeric() || " !#$%&'*+-/=?^_`{|}~".contains(c));
    let clean = match (plain, quoted) {
        (true, true) => format!("\"{}\"", clean.replace('\\', "\\\\").replace('"', "\\\"")),
        _ => clean,
    };
    let width = out.len();
    let mut writer = EmailWriter::new(out, width, 0, false);
    // Writing to a string does not fail.
    let written = if plain { writer.folding().write_str(&clean) } else { rfc2047::encode(&clean, &mut writer) };
    debug_assert!(written.is_ok(), "a string was not written to");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_of_any_script_and_length_stays_within_its_lines() {
        for subject in
            ["Пиво стоит дороже ".repeat(20), "word ".repeat(60), "x".repeat(500), "خبرنامه هفتگی".repeat(30)]
        {
            let header = text("Subject", &subject);
            assert!(header.is_ascii());
            for (at, line) in header.trim_end().split("\r\n").enumerate() {
                assert!(line.len() <= 78, "{line}");
                assert!(at == 0 || line.starts_with(' '), "{line}");
            }
        }
    }

    #[test]
    fn a_name_cannot_add_a_header_or_an_address() {
        let evil = "News\r\nBcc: all@example.org, \"x\" <boss@example.org>";
        let header = named("From", evil, "letter@news.example");
        assert_eq!(header.matches("\r\n").count(), header.matches("\r\n ").count() + 1, "{header}");
        assert!(header.contains("\\\"x\\\""), "{header}");
        assert_eq!(named("From", "The Weekly", "a@b.example"), "From: The Weekly <a@b.example>\r\n");
        assert_eq!(named("From", "  ", "a@b.example"), "From: <a@b.example>\r\n");
        assert_eq!(text("Subject", "=?utf-8?q?x?="), "Subject: =?utf-8?b?PT91dGYtOD9xP3g/PQ==?=\r\n");
    }
}
