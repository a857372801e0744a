//! API tokens: keys of programs. One belongs to the account that made it, and never reaches further than that account.

use uuid::Uuid;

use crate::{Role, StaffId, Timestamp};

/// What a token may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// What every reader may see, in the form of Ghost's Content API. Its key stands in addresses, so it opens nothing else.
    ContentRead,
    /// Reading stories as the desk has them, drafts too.
    StoriesRead,
    /// Making and changing stories.
    StoriesWrite,
    /// Publishing, correcting and withdrawing stories.
    StoriesPublish,
    /// Adding and describing photos.
    PhotosWrite,
    /// Reading sections, topics, bylines, pages, settings and logs.
    HouseRead,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 6] = [
        Self::ContentRead,
        Self::StoriesRead,
        Self::StoriesWrite,
        Self::StoriesPublish,
        Self::PhotosWrite,
        Self::HouseRead,
    ];

    /// As it is stored, and as people name it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ContentRead => "content:read",
            Self::StoriesRead => "stories:read",
            Self::StoriesWrite => "stories:write",
            Self::StoriesPublish => "stories:publish",
            Self::PhotosWrite => "photos:write",
            Self::HouseRead => "house:read",
        }
    }

    /// From how it is stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == text)
    }

    /// The least role whose tokens reach so far.
    #[must_use]
    pub fn needs(self) -> Role {
        match self {
            Self::ContentRead | Self::StoriesRead | Self::StoriesWrite | Self::PhotosWrite => Role::Reporter,
            Self::StoriesPublish => Role::Editor,
            Self::HouseRead => Role::Publisher,
        }
    }
}

/// A token. The secret itself was shown once and is kept nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Its id, for lists.
    pub id: Uuid,
    /// SHA-256 of its secret, hex.
    pub hash: String,
    /// Whose it is: it ends with the account.
    pub staff: StaffId,
    /// What its owner calls it.
    pub name: String,
    /// What it was made for; what it may be used for depends on its owner's role as well.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it ends, if it does.
    pub ends_at: Option<Timestamp>,
    /// The day on which it was last used; the hour is nobody's business.
    pub used_at: Option<Timestamp>,
}

impl ApiToken {
    /// Whether it still works at a moment, as far as its end goes.
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> bool {
        self.ends_at.is_none_or(|end| end > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_back() {
        assert!(Scope::ALL.into_iter().all(|scope| Scope::parse(scope.as_str()) == Some(scope)));
        assert_eq!(Scope::parse("everything"), None);
    }
}
