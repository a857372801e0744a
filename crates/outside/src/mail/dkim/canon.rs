//! The relaxed canonical form of headers (RFC 6376, section 3.4.2), and whether a body is in its own (3.4.4).

use memchr::memchr_iter;

/// A header field within the head of a mail.
#[derive(Clone, Copy)]
pub(super) struct Field<'m> {
    /// Its name as it is written.
    pub(super) name: &'m [u8],
    /// What follows the colon, with its folds, without the last line end.
    pub(super) value: &'m [u8],
}

/// The fields of a head, from the top.
pub(super) fn fields(head: &[u8]) -> Vec<Field<'_>> {
    let mut fields = Vec::with_capacity(24);
    let mut from = 0;
    for end in memchr_iter(b'\n', head) {
        // A line that begins with a space belongs to the one before it.
        if matches!(head.get(end + 1), Some(b' ' | b'\t')) {
            continue;
        }
        let line = &head[from..end];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if let Some(colon) = memchr::memchr(b':', line) {
            fields.push(Field { name: &line[..colon], value: &line[colon + 1..] });
        }
        from = end + 1;
    }
    fields
}

/// Writes a field in its canonical form, without a line end: `name:value`, unfolded, runs of spaces as one.
pub(super) fn relaxed(field: Field<'_>, out: &mut Vec<u8>) {
    out.extend(field.name.trim_ascii_end().iter().map(u8::to_ascii_lowercase));
    out.push(b':');
    let begun = out.len();
    for word in field.value.split(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).filter(|word| !word.is_empty()) {
        if out.len() > begun {
            out.push(b' ');
        }
        out.extend_from_slice(word);
    }
}

/// Whether a body is its own canonical form: no tab, no run of spaces, no space at a line's end, one line end at the end.
pub(crate) fn is_relaxed(body: &[u8]) -> bool {
    let spaced = |pair: &[u8]| pair[0] == b' ' && matches!(pair[1], b' ' | b'\r');
    let bare = |pair: &[u8]| (pair[0] == b'\r') != (pair[1] == b'\n');
    let ended = body.ends_with(b"\r\n") && !body.ends_with(b"\r\n\r\n") && body.len() > 2;
    !body.contains(&b'\t')
        && !body.windows(2).any(|pair| spaced(pair) || bare(pair))
        && (ended || body.is_empty())
        && body.first() != Some(&b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_unfolded_as_the_standard_shows() {
        // RFC 6376, section 3.4.5.
        let mut out = Vec::new();
        for field in fields(b"A: X\r\nB : Y\t\r\n\tZ  \r\n") {
            relaxed(field, &mut out);
            out.push(b'\n');
        }
        assert_eq!(out, b"a:X\nb:Y Z\n");
    }

    #[test]
    fn a_body_is_canonical_or_not() {
        for good in [&b"a b\r\n"[..], b"", b"\r\na\r\n", b" a=\r\n"] {
            assert!(is_relaxed(good), "{good:?}");
        }
        for bad in [
            &b"a  b\r\n"[..],
            b"\r\n",
            b"a \r\n",
            b"a\tb\r\n",
            b"a\r\n\r\n",
            b"a",
            b"a\nb\r\n",
            b"a\rb\r\n",
            b"\na\r\n",
        ] {
            assert!(!is_relaxed(bad), "{bad:?}");
        }
    }
}
