//! What a report returns of our own mail: its head, or all of it.

use super::{
    addresses::{Addresses, Place},
    head::Head,
    mime::Mail,
    notice::Token,
};

/// The longest `Message-ID` that is looked at.
const ID_MAX: usize = 250;

/// What of our mail's head came back.
#[derive(Debug, Default)]
pub(super) struct Returned {
    /// What tells which delivery it was.
    pub(super) token: Option<Token>,
    /// Its `Message-ID`, without `<` and `>`.
    pub(super) message_id: Option<String>,
}

/// Looks for our own mail in what came back.
pub(super) fn returned(mail: &Mail<'_>, ours: &Addresses) -> Returned {
    let kinds = [
        ("message", "rfc822"),
        ("text", "rfc822-headers"),
        ("message", "rfc822-headers"),
        ("message", "global"),
        ("message", "global-headers"),
        ("text", "rfc822-header"),
    ];
    let text = mail.part(&kinds).map(super::mime::Part::text);
    // Plain reports have a copy of it below their own words.
    let text = text.unwrap_or_else(|| below(&mail.text()).unwrap_or_default());
    match Head::read(text.trim_start().as_bytes()) {
        Ok((head, _)) => Returned { token: token(&head, ours), message_id: message_id(&head) },
        Err(_) => Returned::default(),
    }
}

/// The lines with which servers that send plain reports begin the copy of a mail.
const COPIES: [&str; 6] = [
    "--- below this line is a copy of the message",
    "------ this is a copy of the message",
    "--- original message follows",
    "----- original message follows -----",
    "----- message header follows -----",
    "---- unsent message below ----",
];

/// What stands above the copy of our mail in a plain report.
pub(super) fn above(text: &str) -> &str {
    &text[..copy_at(text).map_or(text.len(), |(start, _)| start)]
}

/// The copy of our mail in a plain report.
fn below(text: &str) -> Option<String> {
    let (_, end) = copy_at(text)?;
    Some(text[end..].trim_start().to_owned())
}

/// Where the line that begins the copy starts and ends.
fn copy_at(text: &str) -> Option<(usize, usize)> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let lower = line.trim().to_ascii_lowercase();
        if COPIES.iter().any(|copy| lower.starts_with(copy)) {
            return Some((start, start + line.len()));
        }
        start += line.len();
    }
    None
}

/// The token in a head of ours: that of the delivery where it is there, else that of unsubscribing.
fn token(head: &Head, ours: &Addresses) -> Option<Token> {
    let mut second = None;
    for name in ["Return-Path", "Errors-To", "Sender", "List-Unsubscribe"] {
        for value in head.all(name) {
            let words = value.split(|c: char| c.is_whitespace() || "<>,;?&".contains(c));
            for place in words.filter_map(|word| ours.place(word.trim_start_matches("mailto:"))) {
                match place {
                    Place::Bounce(token) => return Some(Token::Delivery(token)),
                    Place::Unsubscribe(token) => second = second.or(Some(Token::Unsubscribe(token))),
                    Place::UnsubscribePlain | Place::Join(_) | Place::Complaints => {}
                }
            }
        }
    }
    second
}

fn message_id(head: &Head) -> Option<String> {
    let value = head.first("Message-ID")?;
    let id = value.trim_start_matches('<').split('>').next()?.trim();
    (!id.is_empty() && id.len() <= ID_MAX).then(|| id.to_owned())
}
