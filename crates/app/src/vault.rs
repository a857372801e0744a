//! The keys of a running newsroom.

use vault::Keyring;

/// Whether the keys are here.
#[derive(Debug)]
pub enum VaultState {
    /// They are.
    Open(Keyring),
    /// They are not.
    Closed {
        /// Why, in words for the desk.
        why: String,
    },
}
