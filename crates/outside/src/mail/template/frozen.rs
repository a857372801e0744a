//! A template as bytes, as an issue is frozen: the mail itself, with a short note where a blank is.
//!
//! After the line that names the form come head and body. Byte 0 begins a note, which a mail can't hold: `0 V blank place` is a
//! value, `0 B` begins and `0 E` ends a text that each copy has in base64, `0 H` ends the head. Form and numbers never
//! change: an issue may be sent by a later program than it was frozen by.

use super::base64::Shared;
use super::{Piece, Place, Raw, Template};
use crate::mail::letter::Blank;

/// The first line.
const FORM: &[u8] = b"masthead mail 1\n";

/// Bytes that are no frozen mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a frozen mail, or one of a later program; send it with the program that froze it")]
pub struct FrozenError;

impl Template {
    /// The template as bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = FORM.to_vec();
        self.head.iter().for_each(|piece| push(&mut out, piece));
        out.extend_from_slice(b"\0H");
        self.body.iter().for_each(|piece| push(&mut out, piece));
        out
    }

    /// The template that [`Template::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`FrozenError`] if they are something else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrozenError> {
        let mut rest = bytes.strip_prefix(FORM).ok_or(FrozenError)?;
        let (mut head, mut pieces) = (None, Vec::new());
        while !rest.is_empty() {
            let (plain, after) = until_note(rest);
            if !plain.is_empty() {
                pieces.push(Piece::Plain(plain.to_vec()));
            }
            rest = match after {
                [] => after,
                [0, b'V', tail @ ..] => {
                    let (blank, place, tail) = value(tail)?;
                    pieces.push(Piece::Value(blank, place));
                    tail
                }
                [0, b'B', tail @ ..] => {
                    let (raws, tail) = encoded(tail)?;
                    pieces.push(Piece::Encoded(raws));
                    tail
                }
                [0, b'H', tail @ ..] if head.is_none() => {
                    head = Some(std::mem::take(&mut pieces));
                    tail
                }
                _ => return Err(FrozenError),
            };
        }
        Ok(Self { head: head.ok_or(FrozenError)?, body: pieces })
    }
}

fn push(out: &mut Vec<u8>, piece: &Piece) {
    match piece {
        Piece::Plain(bytes) => out.extend_from_slice(bytes),
        Piece::Value(blank, place) => push_value(out, *blank, *place),
        Piece::Encoded(raws) => {
            out.extend_from_slice(b"\0B");
            for raw in raws {
                match raw {
                    Raw::Shared(shared) => out.extend_from_slice(shared.raw()),
                    Raw::Value(blank, place) => push_value(out, *blank, *place),
                }
            }
            out.extend_from_slice(b"\0E");
        }
    }
}

fn push_value(out: &mut Vec<u8>, blank: Blank, place: Place) {
    let number = Blank::ALL.iter().position(|other| *other == blank).and_then(|at| u8::try_from(at).ok());
    let place = match place {
        Place::Head => b'h',
        Place::Text => b't',
        Place::Html => b'm',
    };
    out.extend_from_slice(&[0, b'V', b'0' + number.unwrap_or_default(), place]);
}

fn until_note(bytes: &[u8]) -> (&[u8], &[u8]) {
    bytes.split_at(memchr::memchr(0, bytes).unwrap_or(bytes.len()))
}

fn value(bytes: &[u8]) -> Result<(Blank, Place, &[u8]), FrozenError> {
    let [number, place, tail @ ..] = bytes else { return Err(FrozenError) };
    let blank = Blank::ALL.get(usize::from(number.wrapping_sub(b'0'))).copied().ok_or(FrozenError)?;
    let place = match place {
        b'h' => Place::Head,
        b't' => Place::Text,
        b'm' => Place::Html,
        _ => return Err(FrozenError),
    };
    Ok((blank, place, tail))
}

fn encoded(bytes: &[u8]) -> Result<(Vec<Raw>, &[u8]), FrozenError> {
    let (mut raws, mut rest) = (Vec::new(), bytes);
    loop {
        let (shared, after) = until_note(rest);
        if !shared.is_empty() {
            raws.push(Raw::Shared(Shared::new(shared.to_vec())));
        }
        match after {
            [0, b'E', tail @ ..] => return Ok((raws, tail)),
            [0, b'V', tail @ ..] => {
                let (blank, place, tail) = value(tail)?;
                raws.push(Raw::Value(blank, place));
                rest = tail;
            }
            _ => return Err(FrozenError),
        }
    }
}
