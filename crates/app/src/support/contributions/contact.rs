//! Who gives, as it lies sealed in a contribution.

use model::{Contribution, ContributionId, ContributionState, Sealed};
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

/// Forgets who gave when nobody will be written to any more: the mails that say so are on their way, and hold what they need.
pub(crate) fn forget_contact(of: &mut Contribution) {
    if !of.state.is_open() {
        (of.contact, of.lookup) = (None, None);
    }
    // What somebody wanted to say with a gift that never came is read by nobody.
    if of.state == ContributionState::Failed {
        of.message = None;
    }
}
