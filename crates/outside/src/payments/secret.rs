//! Keys and shared secrets: out of every `Debug`, and wiped when they are dropped.

use http::HeaderValue;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// A key of a gateway, or the secret that its webhooks are signed with.
#[derive(Clone, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Of a text; spaces and line ends around it, as files and clipboards bring them, are left off.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.trim().to_owned()))
    }

    /// Whether nothing was given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How long it is, in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether a text is this secret. Takes as long whether much of it is right or nothing; an empty one is nobody's.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        !self.is_empty() && bool::from(self.0.as_bytes().ct_eq(text.as_bytes()))
    }

    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    /// As a header after a word: `Bearer …`. `None` when it holds what no header may.
    pub(super) fn header(&self, before: &str) -> Option<HeaderValue> {
        let text = Zeroizing::new(format!("{before}{}", self.reveal()));
        let mut value = HeaderValue::from_str(&text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.is_empty() { "Secret()" } else { "Secret(…)" })
    }
}

impl<'de> serde::Deserialize<'de> for Secret {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        Ok(Self::new(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_compared_and_never_shown() {
        let secret = Secret::new(" rk_test_1 \n");
        assert!(secret.is("rk_test_1") && !secret.is("rk_test_2") && !secret.is(""));
        assert!(!Secret::default().is(""), "no secret is nobody's");
        let header = secret.header("Bearer ").unwrap();
        assert_eq!(header.to_str().unwrap(), "Bearer rk_test_1");
        assert!(!format!("{secret:?} {header:?}").contains("rk_test"));
        assert!(Secret::new("two\nlines").header("").is_none());
    }
}
