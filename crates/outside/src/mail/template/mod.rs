//! One form of an issue as a mail: made once, then copied for each reader.
//!
//! [`Template::build`] writes headers and parts as they will be on the wire, with blanks. [`Template::copy`] puts one reader's
//! values in: it copies slices, quotes five short values, and signs. [`Template::to_bytes`] is what an issue is frozen as;
//! what is read back makes the same copies, to the byte.
//!
//! Guarantees of every copy: only ASCII, lines of 76 characters in the body and at most 998 octets in the head, plain text
//! first and HTML last, no value outside its blank, and a body that is its own canonical form under DKIM's relaxed rules,
//! so that it is hashed as it is.

mod base64;
mod frozen;
mod head;
mod quoted;

use model::Chance;

pub use frozen::FrozenError;

use self::base64::{Base64, Shared};
use self::quoted::Quoted;
use super::dkim::Signer;
use super::envelope::{self, AddressError};
use super::letter::{Blank, Letter, Marks, Personal};

/// The longest value of a blank, in characters.
pub const MAX_VALUE: usize = 900;
/// A value of usual length, in characters.
const USUAL: usize = 60;
/// Between the parts. Neither of the encodings can write `=_`, so no text can hold it.
const BOUNDARY: &str = "=_Masthead_parts";

/// A letter that can't be made a mail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// An address of its head.
    #[error("the address in `{field}` can't be used")]
    Address {
        /// The header.
        field: &'static str,
        /// What is wrong with it.
        source: AddressError,
    },
    /// The list's identity.
    #[error(
        "`{0}` can't be the identity of a newsletter; it is words of letters, digits and hyphens with dots between"
    )]
    ListId(String),
    /// The name under which complaints are counted.
    #[error(
        "`{0}` can't be a Feedback-ID; it is up to four words of letters, digits, hyphens and dots with colons between"
    )]
    FeedbackId(String),
}

/// A copy that can't be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CopyError {
    /// A blank without a value.
    #[error("the mail has a blank for `{}`, and there is nothing for it", .0.as_str())]
    Missing(Blank),
    /// A value that can't stand in a mail: too long, or with characters that end a line.
    #[error("the value for `{}` can't stand in a mail", .0.as_str())]
    Unfit(Blank),
    /// The key refused to sign.
    #[error("the mail could not be signed")]
    Unsigned,
}

/// How a value is written where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Head,
    Text,
    Html,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// As it is.
    Plain(Vec<u8>),
    /// A value, in the head or in quoted text, where it has lines of its own.
    Value(Blank, Place),
    /// A whole text in base64.
    Encoded(Vec<Raw>),
}

/// A stretch of a text in base64.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Raw {
    Shared(Shared),
    Value(Blank, Place),
}

/// A mail with blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    head: Vec<Piece>,
    body: Vec<Piece>,
}

impl Template {
    /// Writes a letter as a mail; its texts hold marks where blanks are to be.
    ///
    /// # Errors
    /// [`LetterError`] where the head can't be written.
    pub fn build(letter: &Letter<'_>, marks: &Marks) -> Result<Self, LetterError> {
        let mut head = head::write(letter)?;
        let mut body = Vec::new();
        let Some(html) = letter.html else {
            part(&mut head, &mut body, "text/plain", (letter.text, Place::Text), marks);
            return Ok(Self { head: joined(head), body: joined(body) });
        };
        plain(&mut head, &format!("Content-Type: multipart/alternative;\r\n boundary=\"{BOUNDARY}\"\r\n"));
        for (kind, text) in [("text/plain", (letter.text, Place::Text)), ("text/html", (html, Place::Html))] {
            let (mut own, mut written) = (Vec::new(), Vec::new());
            part(&mut own, &mut written, kind, text, marks);
            plain(&mut body, &format!("--{BOUNDARY}\r\n"));
            body.extend(own);
            plain(&mut body, "\r\n");
            body.extend(written);
        }
        plain(&mut body, &format!("--{BOUNDARY}--\r\n"));
        Ok(Self { head: joined(head), body: joined(body) })
    }

    /// As [`Template::build`], for a letter whose texts are one reader's own and hold no marks.
    ///
    /// # Errors
    /// As there.
    pub fn whole(letter: &Letter<'_>, chance: &dyn Chance) -> Result<Self, LetterError> {
        Self::build(letter, &Marks::new(chance))
    }

    /// One reader's mail, in place of what `out` held: signed, with every line ended by CRLF. Takes as long as signing does;
    /// call it where that holds up nobody.
    ///
    /// # Errors
    /// [`CopyError`] where a value is missing or can't stand in a mail. `out` is worth nothing then.
    pub fn copy(&self, personal: &Personal<'_>, signer: &Signer, out: &mut Vec<u8>) -> Result<(), CopyError> {
        out.clear();
        write(&self.head, personal, out)?;
        out.extend_from_slice(b"\r\n");
        let body = out.len();
        write(&self.body, personal, out)?;
        signer.sign(out, body).map_err(|_| CopyError::Unsigned)
    }

    /// Bytes of a copy without its signatures, with values of usual length.
    #[must_use]
    pub fn size(&self) -> usize {
        let raw = |raw: &Raw| match raw {
            Raw::Shared(shared) => shared.raw().len() * 78 / 57,
            Raw::Value(..) => USUAL,
        };
        let piece = |piece: &Piece| match piece {
            Piece::Plain(bytes) => bytes.len(),
            Piece::Value(..) => USUAL,
            Piece::Encoded(raws) => raws.iter().map(raw).sum(),
        };
        self.head.iter().chain(&self.body).map(piece).sum()
    }
}

/// One part: its two headers, and its text in whichever encoding is shorter.
fn part(head: &mut Vec<Piece>, body: &mut Vec<Piece>, kind: &str, (text, place): (&str, Place), marks: &Marks) {
    let mut text: String = text.replace("\r\n", "\n").replace('\r', "\n");
    text.retain(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    text.truncate(text.trim_end().len());
    // A body of nothing but a line end would not be its own canonical form.
    if !text.is_empty() {
        text.push('\n');
    }
    let (cuts, rest) = marks.cut(&text);
    let mut quoted = in_quotes(&cuts, rest, place);
    let length: usize = quoted.iter().map(|piece| if let Piece::Plain(bytes) = piece { bytes.len() } else { 0 }).sum();
    let encoding = if length > text.len() * 78 / 57 + 100 { "base64" } else { "quoted-printable" };
    let headers = format!("Content-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n");
    plain(head, &headers);
    if encoding == "base64" {
        body.push(Piece::Encoded(in_base64(&cuts, rest, place)));
    } else {
        body.append(&mut quoted);
    }
}

fn in_quotes(cuts: &[(&str, Blank)], rest: &str, place: Place) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (before, blank) in cuts {
        let mut out = Vec::new();
        let mut quoted = Quoted::new(&mut out);
        quoted.text(before);
        quoted.soften();
        pieces.push(Piece::Plain(out));
        pieces.push(Piece::Value(*blank, place));
    }
    let mut out = Vec::new();
    Quoted::new(&mut out).text(rest);
    pieces.push(Piece::Plain(out));
    pieces
}

fn in_base64(cuts: &[(&str, Blank)], rest: &str, place: Place) -> Vec<Raw> {
    // The text's own line ends are CRLF on the wire, in this encoding too. Nothing between two blanks is not kept.
    let shared =
        |text: &str| (!text.is_empty()).then(|| Raw::Shared(Shared::new(text.replace('\n', "\r\n").into_bytes())));
    let mut raws = Vec::new();
    for (before, blank) in cuts {
        raws.extend(shared(before));
        raws.push(Raw::Value(*blank, place));
    }
    raws.extend(shared(rest));
    raws
}

fn plain(pieces: &mut Vec<Piece>, text: &str) {
    pieces.push(Piece::Plain(text.as_bytes().to_vec()));
}

/// Neighbours in one.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        match (out.last_mut(), piece) {
            (Some(Piece::Plain(before)), Piece::Plain(bytes)) => before.extend(bytes),
            (_, Piece::Plain(bytes)) if bytes.is_empty() => {}
            (_, piece) => out.push(piece),
        }
    }
    out
}

fn write(pieces: &[Piece], personal: &Personal<'_>, out: &mut Vec<u8>) -> Result<(), CopyError> {
    for piece in pieces {
        match piece {
            Piece::Plain(bytes) => out.extend_from_slice(bytes),
            Piece::Value(blank, Place::Head) => out.extend_from_slice(value(*blank, personal)?.as_bytes()),
            Piece::Value(blank, place) => {
                let mut quoted = Quoted::new(out);
                quoted.text(&shown(value(*blank, personal)?, *place));
                quoted.soften();
            }
            Piece::Encoded(raws) => {
                let mut encoded = Base64::new(out);
                for raw in raws {
                    match raw {
                        Raw::Shared(shared) => encoded.shared(shared),
                        Raw::Value(blank, place) => encoded.bytes(shown(value(*blank, personal)?, *place).as_bytes()),
                    }
                }
                encoded.finish();
            }
        }
    }
    Ok(())
}

/// A value that may stand in a mail: visible ASCII on one line. An address may have a quoted name with spaces.
fn value<'a>(blank: Blank, personal: &Personal<'a>) -> Result<&'a str, CopyError> {
    let value = personal.of(blank);
    let fits = match blank {
        Blank::To => envelope::check(value).is_ok(),
        Blank::MessageId => envelope::check(value).is_ok() && !value.contains(' '),
        Blank::Unsubscribe | Blank::UnsubscribeMail | Blank::Preferences => {
            value.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"'))
        }
    };
    match value {
        "" => Err(CopyError::Missing(blank)),
        value if fits && value.len() <= MAX_VALUE => Ok(value),
        _ => Err(CopyError::Unfit(blank)),
    }
}

/// A value as the text has it: escaped in HTML, where it may stand in an attribute.
fn shown(value: &str, place: Place) -> std::borrow::Cow<'_, str> {
    if place != Place::Html || !value.contains(['&', '<', '>', '"', '\'']) {
        return value.into();
    }
    let escaped = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    escaped.replace('"', "&quot;").replace('\'', "&#39;").into()
}
