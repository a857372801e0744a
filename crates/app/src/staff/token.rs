//! Tokens: unguessable, shown once, kept as a hash.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use model::Chance;
use sha2::{Digest, Sha256};

/// 256 random bits that open something. It has no `Display` and says nothing in `Debug`, so that it reaches no log.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new token.
    #[must_use]
    pub fn new(chance: &dyn Chance) -> Self {
        let mut bytes = [0; 32];
        bytes[..16].copy_from_slice(&chance.bytes16());
        bytes[16..].copy_from_slice(&chance.bytes16());
        Self(BASE64URL_NOPAD.encode(&bytes))
    }

    /// A token from a cookie or a link; `None` when it has not the form of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let sane = text.len() == 43 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        sane.then(|| Self(text.to_owned()))
    }

    /// The token itself, for a cookie or a link.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored of it: its SHA-256 in hex.
    #[must_use]
    pub fn hash(&self) -> String {
        hash("token", &self.0)
    }

    /// What a form of this session must carry, so that another site can't send it: derived, so that nothing is stored.
    #[must_use]
    pub fn csrf(&self) -> String {
        hash("csrf", &self.0)[..32].to_owned()
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The SHA-256, in hex, of a secret of some kind; equal secrets of two kinds have different hashes.
pub(crate) fn hash(kind: &str, secret: &str) -> String {
    HEXLOWER.encode(&Sha256::new().chain_update(kind).chain_update([0]).chain_update(secret).finalize())
}

#[cfg(test)]
mod tests {
    use super::Token;
    use model::SeededChance;

    #[test]
    fn a_token_is_read_back_and_hides_itself() {
        let chance = SeededChance::new(1);
        let (one, two) = (Token::new(&chance), Token::new(&chance));
        assert_ne!(one, two);
        assert_eq!(Token::parse(one.reveal()), Some(one.clone()));
        assert_ne!(one.hash(), one.csrf());
        assert!(!format!("{one:?}").contains(one.reveal()));
        for bad in ["", "short", &"a".repeat(44), &format!("{}=", "a".repeat(42))] {
            assert_eq!(Token::parse(bad), None, "{bad}");
        }
    }
}
