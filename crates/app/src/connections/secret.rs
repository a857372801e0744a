//! Secrets of tokens: unguessable, shown once, kept as a hash.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use model::{Chance, Scope};

use crate::staff::hash;

/// What a token of ours begins with, so that people, and programs that look for leaked keys, know it.
const MARK: &str = "mh_";

/// A token's secret. It has no `Display` and says nothing in `Debug`, so that it reaches no log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new secret. Ghost's clients take nothing for a content key but 26 lowercase hex digits (104 bits); every other
    /// one has 256 bits.
    pub(super) fn new(chance: &dyn Chance, scopes: &[Scope]) -> Self {
        let mut bytes = [0; 32];
        bytes[..16].copy_from_slice(&chance.bytes16());
        bytes[16..].copy_from_slice(&chance.bytes16());
        Self(if scopes.contains(&Scope::ContentRead) {
            HEXLOWER.encode(&bytes[..13])
        } else {
            format!("{MARK}{}", BASE64URL_NOPAD.encode(&bytes))
        })
    }

    /// A secret that somebody sent; `None` when it has not the form of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let content = text.len() == 26 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let safe = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        let other = text.strip_prefix(MARK).is_some_and(|rest| rest.len() == 43 && rest.bytes().all(safe));
        (content || other).then(|| Self(text.to_owned()))
    }

    /// The secret itself, to be shown once.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    pub(super) fn hash(&self) -> String {
        hash("api", &self.0)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use model::SeededChance;

    use super::*;

    #[test]
    fn a_secret_is_read_back_and_hides_itself() {
        let chance = SeededChance::new(1);
        for scope in Scope::ALL {
            let secret = Secret::new(&chance, &[scope]);
            assert_eq!(secret.reveal().starts_with(MARK), scope != Scope::ContentRead);
            assert_eq!(Secret::parse(secret.reveal()), Some(secret.clone()));
            assert!(!format!("{secret:?}").contains(secret.reveal()));
        }
        for bad in ["", "mh_", &"A".repeat(26), &"a".repeat(27), &"g".repeat(26), &format!("mh_{}=", "a".repeat(42))] {
            assert_eq!(Secret::parse(bad), None, "{bad}");
        }
    }
}
