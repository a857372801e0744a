//! Quoted-printable (RFC 2045, section 6.7), written so that nothing on the way has a reason to touch it.
//!
//! Beyond what the standard asks for: no line begins with a dot or with `From `, no run of spaces and no tab is left bare,
//! and no line ends in a space. So relays have nothing to stuff or to fold, and the form that DKIM signs
//! (RFC 6376, section 3.4.4) is the text itself.

/// The longest line, without its end.
const LINE: usize = 76;
const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// A writer that begins at the start of a line.
pub(super) struct Quoted<'o> {
    out: &'o mut Vec<u8>,
    /// Characters on the line so far.
    width: usize,
}

impl<'o> Quoted<'o> {
    pub(super) fn new(out: &'o mut Vec<u8>) -> Self {
        Self { out, width: 0 }
    }

    /// Text whose line ends are `\n`. Ends where it ends: on whatever line that is.
    pub(super) fn text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        for (at, &byte) in bytes.iter().enumerate() {
            if byte == b'\n' {
                self.out.extend_from_slice(b"\r\n");
                self.width = 0;
                continue;
            }
            let rest = &bytes[at + 1..];
            let bare = match byte {
                b' ' => self.width > 0 && self.out.last() != Some(&b' ') && !matches!(rest.first(), None | Some(b'\n')),
                b'.' => self.width > 0,
                b'F' => self.width > 0 || !rest.starts_with(b"rom "),
                b'=' => false,
                _ => byte.is_ascii_graphic(),
            };
            // The last line of a text may be continued, so that the sign for that has to fit behind it.
            if self.width + if bare { 1 } else { 3 } >= LINE {
                self.soften();
                // What is bare within a line may not be at its beginning.
                self.put(byte, bare && !matches!(byte, b' ' | b'.' | b'F'));
            } else {
                self.put(byte, bare);
            }
        }
    }

    /// A line end that is none of the text's, so that what follows begins a line.
    pub(super) fn soften(&mut self) {
        if self.width > 0 {
            self.out.extend_from_slice(b"=\r\n");
            self.width = 0;
        }
    }

    fn put(&mut self, byte: u8, bare: bool) {
        if bare {
            self.out.push(byte);
            self.width += 1;
        } else {
            self.out.extend_from_slice(&[b'=', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
            self.width += 3;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> String {
        let mut out = Vec::new();
        Quoted::new(&mut out).text(text);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_relays_would_change_is_written_so_that_they_do_not() {
        assert_eq!(quoted("a  b\tc \nd "), "a =20b=09c=20\r\nd=20");
        assert_eq!(quoted(".\n.a\nFrom me\nFrost"), "=2E\r\n=2Ea\r\n=46rom me\r\nFrost");
        assert_eq!(quoted(" indented\n\na=b é"), "=20indented\r\n\r\na=3Db =C3=A9");
    }

    #[test]
    fn no_line_is_too_long_whatever_the_text() {
        for text in ["x", "é", "a b", ". ", "F", "From ", "= "].map(|word| word.repeat(400)) {
            for line in quoted(&text).split("\r\n") {
                assert!(line.len() <= LINE, "{line}");
                assert!(!line.starts_with('.') && !line.starts_with("From ") && !line.ends_with(' '), "{line}");
            }
        }
    }
}
