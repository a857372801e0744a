//! Base64 (RFC 2045, section 6.8) with blanks: for texts in scripts of which every letter would take six characters or more
//! when quoted.
//!
//! Three bytes make four characters, so that what is shared has three forms, by how many bytes of what stood before it are
//! still waiting. All three are made once, and a copy takes the one that it needs.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The longest line, without its end: a multiple of four.
const LINE: usize = 76;

/// Shared text with its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shared {
    raw: Vec<u8>,
    /// Whole lines of what follows the first 0, 1 and 2 bytes, without the last 0 to 2 bytes.
    forms: [Vec<u8>; 3],
}

impl Shared {
    pub(super) fn new(raw: Vec<u8>) -> Self {
        let form = |skipped: usize| {
            let bytes = raw.get(skipped..).unwrap_or_default();
            let mut out = Vec::new();
            for line in bytes[..bytes.len() / 3 * 3].chunks(LINE / 4 * 3) {
                out.extend_from_slice(STANDARD.encode(line).as_bytes());
                out.extend_from_slice(b"\r\n");
            }
            out
        };
        let forms = [form(0), form(1), form(2)];
        Self { raw, forms }
    }

    pub(super) fn raw(&self) -> &[u8] {
        &self.raw
    }
}

/// A writer that begins at the start of a line and, once it has finished, ends at one.
pub(super) struct Base64<'o> {
    out: &'o mut Vec<u8>,
    waiting: [u8; 3],
    count: usize,
    width: usize,
}

impl<'o> Base64<'o> {
    pub(super) fn new(out: &'o mut Vec<u8>) -> Self {
        Self { out, waiting: [0; 3], count: 0, width: 0 }
    }

    /// Bytes that only this copy has.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.waiting[self.count] = byte;
            self.count += 1;
            if self.count == 3 {
                self.group(&self.waiting.clone());
                self.count = 0;
            }
        }
    }

    /// Bytes that every copy has.
    pub(super) fn shared(&mut self, shared: &Shared) {
        let skipped = (3 - self.count) % 3;
        let form = &shared.forms[skipped];
        if form.is_empty() {
            return self.bytes(&shared.raw);
        }
        self.bytes(&shared.raw[..skipped]);
        self.end_line();
        self.out.extend_from_slice(form);
        let taken = skipped + (shared.raw.len() - skipped) / 3 * 3;
        self.bytes(&shared.raw[taken..]);
    }

    /// What still waits, and the end of the line.
    pub(super) fn finish(mut self) {
        if self.count > 0 {
            let rest = self.waiting;
            self.group(&rest[..self.count]);
        }
        self.end_line();
    }

    fn group(&mut self, bytes: &[u8]) {
        if self.width == LINE {
            self.end_line();
        }
        let mut four = [0; 4];
        // Three bytes or fewer always fit into four characters.
        let length = STANDARD.encode_slice(bytes, &mut four).unwrap_or_default();
        self.out.extend_from_slice(&four[..length]);
        self.width += length;
    }

    fn end_line(&mut self) {
        if self.width > 0 {
            self.out.extend_from_slice(b"\r\n");
            self.width = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_lengths_a_copy_decodes_to_its_text() {
        let text = "Пиво стоит дороже, чем вчера. ".repeat(12);
        for before in 0..8 {
            for shared in [0, 1, 2, 3, 4, 5, 6, 57, 58, 300] {
                for after in 0..5 {
                    let raw = text.as_bytes()[..shared].to_vec();
                    let (mut out, shared) = (Vec::new(), Shared::new(raw.clone()));
                    let mut writer = Base64::new(&mut out);
                    writer.bytes(&b"personal"[..before]);
                    writer.shared(&shared);
                    writer.bytes(&b"rest-"[..after]);
                    writer.shared(&shared);
                    writer.finish();
                    let lines: Vec<_> = out.split(|byte| *byte == b'\n').collect();
                    assert!(lines.iter().all(|line| line.len() <= LINE + 1));
                    assert!(out.is_empty() || out.ends_with(b"\r\n"));
                    let packed: Vec<u8> = out.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
                    let want = [&b"personal"[..before], &raw, &b"rest-"[..after], &raw].concat();
                    assert_eq!(STANDARD.decode(packed).unwrap(), want);
                }
            }
        }
    }
}
