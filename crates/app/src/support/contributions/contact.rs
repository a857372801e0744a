//! Who gives, as it lies sealed in a contribution.

use model::{ContributionId, Sealed};
use serde::{Deserialize, Serialize};
use vault::{Bind, Keyring};
use zeroize::Zeroize;

use crate::{Newsroom, error::Error};

/// An address, a name, and the host on which it was left.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Contact {
    /// The address.
    pub(crate) address: String,
    /// The name; empty where none is known.
    #[serde(default)]
    pub(crate) name: String,
    /// What links in mails begin with where the newsroom has not said where it is.
    #[serde(default)]
    pub(crate) base: String,
}

impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(…)")
    }
}

impl Drop for Contact {
    fn drop(&mut self) {
        self.address.zeroize();
        self.name.zeroize();
    }
}

impl Contact {
    /// Sealed for a contribution.
    pub(super) fn seal(&self, newsroom: &Newsroom, ring: &Keyring, of: ContributionId) -> Result<Sealed, Error> {
        let plain = zeroize::Zeroizing::new(serde_json::to_vec(self)?);
        Ok(ring.seal(newsroom.chance(), Bind::contribution_contact(of), &plain))
    }

    /// Opened; `None` where this server can't open it, or nobody can any more.
    pub(super) fn open(ring: &Keyring, of: ContributionId, sealed: &Sealed) -> Option<Self> {
        let plain = ring.open(Bind::contribution_contact(of), sealed).ok()?;
        serde_json::from_slice(&plain).ok()
    }
}
