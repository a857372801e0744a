//! A mail's parts, in order and laid flat.
//!
//! Mails inside of a mail are not opened: a report that somebody passes on is no report, and a parser that follows mails
//! into mails has no floor. So the tree is walked here, within limits, and the parser of `mail-parser` is given heads and
//! single parts alone.

use mail_parser::MessageParser;

use super::{
    head::Head,
    limits::{DEPTH, MAIL_BYTES, PARTS, TEXT_BYTES, TooMuch},
    words::without_tags,
};

/// A mail, opened.
#[derive(Debug)]
pub(super) struct Mail<'m> {
    /// Its head.
    pub(super) head: Head,
    /// Its parts that have no parts.
    pub(super) parts: Vec<Part<'m>>,
}

/// A part that has no parts.
#[derive(Debug)]
pub(super) struct Part<'m> {
    /// Its head.
    pub(super) head: Head,
    body: &'m [u8],
}

impl<'m> Mail<'m> {
    /// Opens a mail.
    pub(super) fn open(bytes: &'m [u8]) -> Result<Self, TooMuch> {
        if bytes.len() > MAIL_BYTES {
            return Err(TooMuch::Bytes);
        }
        let (head, body) = Head::read(bytes)?;
        let mut parts = Vec::new();
        walk(head.clone(), &bytes[body..], 0, &mut parts)?;
        Ok(Self { head, parts })
    }

    /// The first part of one of these types.
    pub(super) fn part(&self, kinds: &[(&str, &str)]) -> Option<&Part<'m>> {
        self.parts.iter().find(|part| kinds.iter().any(|(kind, sub)| part.is(kind, sub)))
    }

    /// What a person would read first: its plain text, or else its HTML without tags.
    pub(super) fn text(&self) -> String {
        if let Some(plain) = self.part(&[("text", "plain")]) {
            return plain.text();
        }
        self.part(&[("text", "html")]).map(|part| without_tags(&part.text())).unwrap_or_default()
    }
}

impl Part<'_> {
    /// Whether it is of a type.
    pub(super) fn is(&self, kind: &str, sub: &str) -> bool {
        let (own, own_sub) = self.head.kind();
        own == kind && own_sub == sub
    }

    /// Its text, decoded, as far as texts are looked at. Bytes that are no text are replaced.
    pub(super) fn text(&self) -> String {
        let encoding = self.head.first("Content-Transfer-Encoding").unwrap_or_default();
        let charset = self.head.parameter("charset").unwrap_or_default();
        let mut leaf = Vec::with_capacity(TEXT_BYTES);
        // As plain text it has no parts, whatever it says itself.
        let head = format!("Content-Type: text/plain; charset={}\r\n", plain_word(&charset));
        leaf.extend_from_slice(head.as_bytes());
        leaf.extend_from_slice(format!("Content-Transfer-Encoding: {}\r\n\r\n", plain_word(&encoding)).as_bytes());
        leaf.extend_from_slice(&self.body[..self.body.len().min(TEXT_BYTES)]);
        let message = MessageParser::default().parse(&leaf);
        let text = message.as_ref().and_then(|message| message.parts.first()).and_then(|part| part.text_contents());
        text.unwrap_or_default().to_owned()
    }
}

/// A word that can stand in a field without changing what the field says.
fn plain_word(word: &str) -> String {
    word.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).take(40).collect()
}

fn walk<'m>(head: Head, body: &'m [u8], depth: usize, parts: &mut Vec<Part<'m>>) -> Result<(), TooMuch> {
    let boundary = (head.kind().0 == "multipart").then(|| head.parameter("boundary")).flatten();
    let Some(boundary) = boundary.filter(|boundary| !boundary.is_empty()) else {
        if parts.len() >= PARTS {
            return Err(TooMuch::Parts);
        }
        parts.push(Part { head, body });
        return Ok(());
    };
    if depth >= DEPTH {
        return Err(TooMuch::Depth);
    }
    for child in split(body, boundary.as_bytes())? {
        let (head, start) = Head::read(child)?;
        walk(head, &child[start..], depth + 1, parts)?;
    }
    Ok(())
}

/// What stands between the lines of a boundary (RFC 2046, section 5.1.1). A last part without its closing line counts.
fn split<'m>(body: &'m [u8], boundary: &[u8]) -> Result<Vec<&'m [u8]>, TooMuch> {
    let mut found = Vec::new();
    let (mut begun, mut at) = (None, 0);
    while at < body.len() {
        let end = body[at..].iter().position(|byte| *byte == b'\n').map_or(body.len(), |length| at + length + 1);
        let rest = body[at..end].strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary));
        if let Some(rest) = rest.map(<[u8]>::trim_ascii)
            && (rest.is_empty() || rest == b"--")
        {
            found.extend(begun.map(|begun| &body[begun..at]));
            if found.len() > PARTS {
                return Err(TooMuch::Parts);
            }
            begun = rest.is_empty().then_some(end);
            if begun.is_none() {
                return Ok(found);
            }
        }
        at = end;
    }
    found.extend(begun.map(|begun| &body[begun..]));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_laid_flat_and_decoded() {
        let mail = b"Content-Type: multipart/mixed; boundary=\"out er\"\r\n\r\nbefore\r\n--out er\r\n\
            Content-Type: multipart/alternative; boundary=in\r\n\r\n--in\r\nContent-Type: text/html; charset=koi8-r\r\n\
            Content-Transfer-Encoding: base64\r\n\r\nPGI+5MHO8Twvyz4=\r\n--in  \r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nx=3Dy\r\n\
            --in--\r\nafter\r\n--out er\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed";
        let mail = Mail::open(mail).unwrap();
        let texts: Vec<String> = mail.parts.iter().map(Part::text).collect();
        assert_eq!(texts.len(), 3, "{texts:?}");
        assert!(texts[0].contains("Да"), "{texts:?}");
        assert_eq!(texts[1].trim(), "x=y");
        assert_eq!(texts[2], "Action: failed", "cut off, and still there");
        assert_eq!(mail.text().trim(), "x=y");
    }

    #[test]
    fn a_mail_within_a_mail_is_one_part_however_deep_it_goes() {
        let deep = "Content-Type: message/rfc822\r\n\r\n".repeat(30_000);
        let mail = Mail::open(deep.as_bytes()).unwrap();
        assert_eq!(mail.parts.len(), 1);
        let hidden = format!(
            "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            data_encoding::BASE64.encode(&deep.as_bytes()[..600_000])
        );
        assert!(!Mail::open(hidden.as_bytes()).unwrap().parts[0].text().is_empty());
    }

    #[test]
    fn every_limit_is_named() {
        let nested = |levels: usize| {
            (0..levels).fold(String::new(), |mail, level| {
                format!("{mail}Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n")
            })
        };
        assert!(Mail::open(nested(DEPTH).as_bytes()).is_ok());
        assert_eq!(Mail::open(nested(DEPTH + 1).as_bytes()).unwrap_err(), TooMuch::Depth);
        let wide = |parts: usize| {
            format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n\r\nx\r\n".repeat(parts))
        };
        assert!(Mail::open(wide(PARTS).as_bytes()).is_ok());
        assert_eq!(Mail::open(wide(PARTS + 1).as_bytes()).unwrap_err(), TooMuch::Parts);
        assert_eq!(Mail::open(wide(90_000).as_bytes()).unwrap_err(), TooMuch::Parts);
        assert_eq!(Mail::open(&vec![b'\n'; MAIL_BYTES + 1]).unwrap_err(), TooMuch::Bytes);
    }
}
