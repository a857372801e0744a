//! The head of a mail or of one of its parts.

use std::borrow::Cow;

use mail_parser::{Address, Message, MessageParser};

use super::limits::{FIELDS, HEAD_BYTES, TooMuch};

/// A head, read.
#[derive(Debug, Clone)]
pub(super) struct Head {
    message: Option<Message<'static>>,
}

impl Head {
    /// Reads the head that bytes begin with, and says where the body begins. Bytes without an empty line are all head.
    pub(super) fn read(bytes: &[u8]) -> Result<(Self, usize), TooMuch> {
        let body = body_start(bytes);
        if body > HEAD_BYTES {
            return Err(TooMuch::Head);
        }
        // The parser wants the empty line that ends a head.
        let mut head = bytes[..body].to_vec();
        head.extend_from_slice(b"\r\n\r\n");
        let message = MessageParser::default().parse_headers(&head).map(Message::into_owned);
        if message.as_ref().is_some_and(|message| message.headers().len() > FIELDS) {
            return Err(TooMuch::Fields);
        }
        Ok((Self { message }, body))
    }

    /// The fields of a name, in order: unfolded, as they stand.
    pub(super) fn all<'h>(&'h self, name: &'h str) -> impl Iterator<Item = String> + 'h {
        let message = self.message.iter();
        message.flat_map(move |message| {
            let raw: &[u8] = &message.raw_message;
            let own = message.headers().iter().filter(move |header| header.name().eq_ignore_ascii_case(name));
            own.filter_map(move |header| raw.get(header.offset_start as usize..header.offset_end as usize))
                .map(|value| unfolded(&String::from_utf8_lossy(value)))
        })
    }

    /// The first field of a name.
    pub(super) fn first(&self, name: &str) -> Option<String> {
        self.all(name).next()
    }

    /// Whether there is a field of a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// The subject, decoded.
    pub(super) fn subject(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.message.as_ref().and_then(Message::subject).unwrap_or_default())
    }

    /// The only address that it says to be from; `None` when there is none or several.
    pub(super) fn from(&self) -> Option<&str> {
        let addresses = self.message.as_ref()?.from()?;
        let Address::List(list) = addresses else { return None };
        match list.as_slice() {
            [one] => one.address.as_deref().map(str::trim).filter(|address| !address.is_empty()),
            _ => None,
        }
    }

    /// The media type in lower case: `("multipart", "report")`. `("text", "plain")` when there is none.
    pub(super) fn kind(&self) -> (String, String) {
        let content_type = self
            .message
            .as_ref()
            .and_then(|message| message.header("Content-Type").and_then(mail_parser::HeaderValue::as_content_type));
        match content_type {
            Some(kind) => (kind.ctype().to_ascii_lowercase(), kind.subtype().unwrap_or("plain").to_ascii_lowercase()),
            None => ("text".to_owned(), "plain".to_owned()),
        }
    }

    /// A parameter of the media type: `boundary`, `charset`, `report-type`.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        let value = self.message.as_ref()?.header("Content-Type")?;
        Some(value.as_content_type()?.attribute(name)?.to_owned())
    }
}

/// Where the body begins: after the first empty line.
fn body_start(bytes: &[u8]) -> usize {
    let mut start = 0;
    while let Some(length) = bytes[start..].iter().position(|byte| *byte == b'\n') {
        let line = &bytes[start..start + length];
        start += length + 1;
        if line.is_empty() || line == b"\r" {
            return start;
        }
    }
    bytes.len()
}

/// A field's value on one line.
pub(super) fn unfolded(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_with_or_without_the_line_that_ends_it() {
        let bytes = b"Return-Path: <>\r\nSubject: =?utf-8?q?=D0=94=D0=B0?=\r\nX-Long: one\r\n two\r\nx-long: three\r\n";
        let (head, body) = Head::read(bytes).unwrap();
        assert_eq!(body, bytes.len());
        assert_eq!(head.subject(), "Да");
        assert_eq!(head.all("X-Long").collect::<Vec<_>>(), ["one two", "three"]);
        assert_eq!(head.first("return-path").as_deref(), Some("<>"));
        assert_eq!(head.kind(), ("text".to_owned(), "plain".to_owned()));
        let (head, body) = Head::read(b"\nbody").unwrap();
        assert_eq!((head.has("anything"), body), (false, 1));
        assert!(Head::read(b"").is_ok());
    }

    #[test]
    fn one_address_is_the_sender_and_several_are_none() {
        let from = |text: &str| Head::read(text.as_bytes()).unwrap().0.from().map(str::to_owned);
        assert_eq!(from("From: \"A, B\" <a@one.example>\n\n").as_deref(), Some("a@one.example"));
        assert_eq!(from("From: a@one.example, b@two.example\n\n"), None);
        assert_eq!(from("From: friends: a@one.example, b@two.example;\n\n"), None);
        assert_eq!(from("Subject: x\n\n"), None);
    }

    #[test]
    fn a_head_without_an_end_is_refused_by_its_limit() {
        assert_eq!(Head::read(&vec![b'x'; HEAD_BYTES + 1]).unwrap_err(), TooMuch::Head);
        assert_eq!(Head::read("A: b\n".repeat(FIELDS + 1).as_bytes()).unwrap_err(), TooMuch::Fields);
    }
}
