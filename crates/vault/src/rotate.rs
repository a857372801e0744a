//! Changing keys.
//!
//! `rotate` puts new keys in front. From then on what is sealed is sealed with them, and the old ones open what is left. Rows
//! are sealed anew one after the other; when none is left, `forget_old` drops the old keys, and with them whatever backup
//! still holds. Look-ups change all at once: see `lookup.rs`. Tokens that unsubscribe or report a bounce stay good;
//! those that open preferences or confirm are good with the newest key alone.

use model::Chance;

use crate::{
    key::{Key, KeyId},
    keyring::{Custody, Keyring, Numbered, Sealing},
};

/// Why keys were not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RotateError {
    /// New keys are made where the private half is.
    #[error("new keys are made on the machine that holds the private keyring; then copy the server's half here")]
    Closed,
}

impl Keyring {
    /// Puts a new key of each kind in front. Says which one seals addresses now.
    ///
    /// # Errors
    /// Where the private half is on another machine.
    pub fn rotate(&mut self, chance: &dyn Chance) -> Result<KeyId, RotateError> {
        if self.custody == Custody::Offline && !self.can_open() {
            return Err(RotateError::Closed);
        }
        let sealing = KeyId::generate(chance, |id| self.is_taken(id));
        self.sealing.insert(0, Numbered { id: sealing, key: Sealing::generate(self.custody, chance) });
        let transient = KeyId::generate(chance, |id| self.is_taken(id));
        self.transient.insert(0, Numbered { id: transient, key: Key::generate(chance) });
        self.links.insert(0, Key::generate(chance));
        self.lookups.further.push(Key::generate(chance));
        Ok(sealing)
    }

    /// Whether it holds keys of addresses that were replaced.
    #[must_use]
    pub fn has_old(&self) -> bool {
        self.sealing.len() > 1
    }

    /// Drops the keys that were replaced, once nothing is sealed with them. Of those for mails that wait to go out the last one
    /// stays until the next time: such a mail may wait for days.
    pub fn forget_old(&mut self) {
        self.sealing.truncate(1);
        self.transient.truncate(2);
    }

    fn is_taken(&self, id: KeyId) -> bool {
        self.sealing.iter().any(|key| key.id == id) || self.transient.iter().any(|key| key.id == id)
    }
}
