//! Staff: who works at the desk. An account is a pen name with keys; nothing asks for a real name or an address.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Language, StaffId, Timestamp};

/// What somebody at the desk may do. Each role may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Writes drafts, and sees the own ones.
    Reporter,
    /// Edits every story, and publishes.
    Editor,
    /// An editor who also makes and sends newsletters.
    NewsletterEditor,
    /// Settings, people, money.
    Publisher,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 4] = [Self::Reporter, Self::Editor, Self::NewsletterEditor, Self::Publisher];

    /// As it is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reporter => "reporter",
            Self::Editor => "editor",
            Self::NewsletterEditor => "newsletter_editor",
            Self::Publisher => "publisher",
        }
    }

    /// From how it is stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// Its id.
    pub id: StaffId,
    /// Its pen name, unique: 2 to 40 letters, digits, `-`, `_`, `.`.
    pub handle: Handle,
    /// What it may do.
    pub role: Role,
    /// Whether it may sign in.
    pub active: bool,
    /// The language of its desk.
    pub language: Language,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A pen name at the desk.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Handle(String);

/// The longest pen name, in characters.
pub const HANDLE_MAX: usize = 40;

impl Handle {
    /// A pen name from what somebody typed; `None` when it is none. Letters of any script will do.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let fits = (2..=HANDLE_MAX).contains(&text.chars().count());
        let sane = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
        // What an audit row says for the program itself is nobody's name.
        let taken = matches!(text.as_str(), "import" | "masthead" | "demo");
        (fits && sane && !taken).then_some(Self(text))
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Handle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A passkey: a public key that one device, or a set of them, answers for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Its id here.
    pub id: Uuid,
    /// Whose it is.
    pub staff: StaffId,
    /// The id the device gave it, base64url.
    pub credential: String,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
    /// The key and its counter, as `webauthn-rs` keeps it.
    pub data: String,
}

/// A time of work at the desk, from signing in to its end. The token itself is in the cookie only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id, for lists.
    pub id: Uuid,
    /// SHA-256 of its token, hex.
    pub hash: String,
    /// Whose it is.
    pub staff: StaffId,
    /// When it began.
    pub made_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// When its owner last proved to hold a key.
    pub proved_at: Timestamp,
}

/// What a one-time link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPurpose {
    /// A new account with a role.
    Invite(Role),
    /// New keys for an account that lost its own.
    Reset(StaffId),
}

/// A link that works once, until it ends. The token itself is in the link only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessLink {
    /// SHA-256 of its token, hex.
    pub hash: String,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// Pen name of who made it.
    pub made_by: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pen_name_is_short_and_readable_in_any_script() {
        for good in ["anna", "Анна-2", "آنا", "a.b_c"] {
            assert!(Handle::parse(good).is_some(), "{good}");
        }
        for bad in ["", "a", "two words", "<b>", "a/b", "import", &"x".repeat(41)] {
            assert!(Handle::parse(bad).is_none(), "{bad}");
        }
        assert_eq!(Handle::parse(" Anna ").unwrap().as_str(), "anna");
    }

    #[test]
    fn roles_are_ordered_and_read_back() {
        assert!(Role::Reporter < Role::Editor && Role::NewsletterEditor < Role::Publisher);
        assert!(Role::ALL.into_iter().all(|role| Role::parse(role.as_str()) == Some(role)));
        assert_eq!(Role::parse("owner"), None);
    }
}
