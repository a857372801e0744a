//! What goes into requests: forms and queries, parts of paths, keys as headers.

use http::HeaderValue;
use sha2::{Digest, Sha256};

/// Names and values as forms and queries have them.
pub(super) fn pairs<N: AsRef<str>, V: AsRef<str>>(fields: &[(N, V)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// What stands for itself in no part of a path.
const RESERVED: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'~');

/// A text as one part of a path.
pub(super) fn segment(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, RESERVED).to_string()
}

/// A key as a header: itself where it fits, else its hash, which is the same for the same key.
pub(super) fn key_value(key: &str) -> HeaderValue {
    let fits = !key.is_empty() && key.len() <= 100 && key.bytes().all(|byte| byte.is_ascii_graphic());
    let own = if fits { HeaderValue::from_str(key).ok() } else { None };
    own.unwrap_or_else(|| {
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(key.as_bytes()));
        HeaderValue::from_str(&hash).unwrap_or(HeaderValue::from_static(""))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_no_header_may_hold_is_hashed_the_same_each_time() {
        assert_eq!(key_value("pay-1:2"), "pay-1:2");
        let long = "é".repeat(300);
        assert_eq!(key_value(&long), key_value(&long));
        assert_eq!(key_value(&long).len(), 64);
    }

    #[test]
    fn forms_are_encoded_as_browsers_do() {
        assert_eq!(pairs(&[("a[b]", "1 & 2"), ("c", "é")]), "a%5Bb%5D=1+%26+2&c=%C3%A9");
        assert_eq!(segment("../x_y?z"), "%2E%2E%2Fx_y%3Fz");
    }
}
