//! The address a reader asked for, checked before anything is looked up.

use std::fmt;

/// The longest path and query, in bytes.
pub const MAX_TARGET: usize = 2048;

/// A path and query that are fit to be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Path and query as they came.
    pub target: String,
    /// The path as it came; begins with `/`.
    pub path: String,
    /// The path with `%xx` read as UTF-8.
    pub decoded: String,
    /// The query, when there is one.
    pub query: Option<String>,
}

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadAddress {
    /// Longer than [`MAX_TARGET`].
    TooLong,
    /// It does not begin with `/`.
    NoPath,
    /// A `..` or `.` that leads elsewhere, or a backslash.
    Climbing,
    /// A null byte or another control character.
    Control,
    /// `%` without two hexadecimal digits, or bytes that are not UTF-8.
    Encoding,
}

impl fmt::Display for BadAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "The address is too long; {MAX_TARGET} bytes is the most."),
            Self::NoPath => f.write_str("The address has no path; it must begin with `/`."),
            Self::Climbing => f.write_str("The address has `.`, `..` or `\\` in its path; write out where it leads."),
            Self::Control => f.write_str("The address has a null byte or another control character in it."),
            Self::Encoding => f.write_str("The address has a `%` in it that is no UTF-8 text in percent-encoding."),
        }
    }
}

impl Address {
    /// Reads the target of a request: a path, perhaps with a query.
    ///
    /// # Errors
    /// [`BadAddress`] says what is wrong with it.
    pub fn parse(target: &str) -> Result<Self, BadAddress> {
        if target.len() > MAX_TARGET {
            return Err(BadAddress::TooLong);
        }
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (target, None),
        };
        if !path.starts_with('/') {
            return Err(BadAddress::NoPath);
        }
        let decoded = decode(path).ok_or(BadAddress::Encoding)?;
        if decoded.chars().any(char::is_control) {
            return Err(BadAddress::Control);
        }
        if decoded.contains('\\') || decoded.split('/').any(|part| part == "." || part == "..") {
            return Err(BadAddress::Climbing);
        }
        let query = query.filter(|query| !query.is_empty()).map(str::to_owned);
        Ok(Self { target: target.to_owned(), path: path.to_owned(), decoded, query })
    }

    /// Whether the path ends as a page's does.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.path.ends_with('/')
    }

    /// The ways in which a redirect from this address may have been written down, the most exact first.
    #[must_use]
    pub fn spellings(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut add = |text: String| {
            if !text.is_empty() && !found.contains(&text) {
                found.push(text);
            }
        };
        // Browsers write %D0, WordPress %d0.
        let upper = percent_encoding::utf8_percent_encode(&self.decoded, percent_encoding::CONTROLS).to_string();
        let lower = lower_escapes(&upper);
        for path in [&self.path, &self.decoded, &upper, &lower] {
            add(path.clone());
            let bare = path.trim_end_matches('/');
            add(format!("{bare}/"));
            add(bare.to_owned());
        }
        found
    }
}

/// `%D0%9C` as `%d0%9c`.
fn lower_escapes(path: &str) -> String {
    let mut escape = 0_u8;
    let lower = |c: char| {
        let within = escape > 0;
        escape = if c == '%' { 2 } else { escape.saturating_sub(1) };
        if within { c.to_ascii_lowercase() } else { c }
    };
    path.chars().map(lower).collect()
}

/// `None` when it is not percent-encoded UTF-8.
fn decode(path: &str) -> Option<String> {
    let bytes = path.as_bytes();
    let escapes = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'%');
    for (at, _) in escapes {
        if !bytes.get(at + 1..at + 3).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit)) {
            return None;
        }
    }
    percent_encoding::percent_decode_str(path).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_page_can_stand_at_is_refused_with_its_reason() {
        let long = format!("/{}", "a".repeat(10_000));
        for (target, reason) in [
            (long.as_str(), BadAddress::TooLong),
            ("", BadAddress::NoPath),
            ("*", BadAddress::NoPath),
            ("http://elsewhere/", BadAddress::NoPath),
            ("/../etc/passwd", BadAddress::Climbing),
            ("/a/%2e%2e/b", BadAddress::Climbing),
            ("/a/./b/", BadAddress::Climbing),
            ("/a/..%2fb/", BadAddress::Climbing),
            ("/a\\b", BadAddress::Climbing),
            ("/a%00b/", BadAddress::Control),
            ("/a%0d%0aset-cookie:x/", BadAddress::Control),
            ("/a%zz/", BadAddress::Encoding),
            ("/a%", BadAddress::Encoding),
            ("/%ff%fe/", BadAddress::Encoding),
        ] {
            assert_eq!(Address::parse(target).unwrap_err(), reason, "{target}");
        }
    }

    #[test]
    fn a_query_is_set_apart_and_an_empty_one_is_none() {
        let address = Address::parse("/?p=12").unwrap();
        assert_eq!((address.path.as_str(), address.query.as_deref()), ("/", Some("p=12")));
        assert_eq!(Address::parse("/about/?").unwrap().query, None);
    }

    #[test]
    fn a_redirect_is_found_however_its_path_was_written() {
        let address = Address::parse("/2019/%D0%BC%D0%B8%D1%80").unwrap();
        let spellings = address.spellings();
        for wanted in ["/2019/%D0%BC%D0%B8%D1%80", "/2019/%d0%bc%d0%b8%d1%80/", "/2019/мир", "/2019/мир/"] {
            assert!(spellings.iter().any(|s| s == wanted), "{wanted} is missing in {spellings:?}");
        }
    }
}
