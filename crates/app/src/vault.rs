//! Whether the keys are here.

use std::sync::Arc;

use ::vault::Keyring;

/// They are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the keys are not here")]
pub struct Closed;

/// Whether the keys are here.
#[derive(Debug, Clone)]
pub enum VaultState {
    /// They are.
    Open(Arc<Keyring>),
    /// They are not.
    Closed(Closed),
}
