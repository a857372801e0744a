//! Sealing and opening what names a reader; tokens that stand in links; the keys to both.
//!
//! A [`Keyring`] lives in a file outside of the database and of its backups. With it an [`Address`] becomes a [`model::Lookup`]
//! (a keyed hash, to find it by) and a [`model::Sealed`] value (to write to it). Guarantees:
//! - What is sealed is bound to its noun, field and row: put elsewhere it does not open. What was changed does not open.
//! - Its length falls into one of a few sizes, so that it does not tell how long the address is.
//! - With [`Custody::Offline`] the server's keyring can seal and cannot open; the other half is on another machine.
//! - A token does what it was made for and nothing else: one that unsubscribes opens no preferences.
//! - Keys are wiped when they are dropped, and nothing here prints a key, an address or what was opened.
//!
//! No I/O: bytes come in and go out, and randomness is a [`model::Chance`].

mod address;
mod bind;
mod file;
mod key;
mod keyring;
mod link;
mod lookup;
mod padding;
mod provider;
mod reminding;
mod rotate;
mod seal;
mod sign_up;

pub use address::{Address, AddressError, Smtputf8};
pub use bind::Bind;
pub use file::{ParseError, WriteError};
pub use key::KeyId;
pub use keyring::{Custody, Keyring};
pub use link::{Links, Preferences, Token, TokenError, Unsubscribe};
pub use padding::{BUCKETS, padded_len};
pub use provider::Provider;
pub use reminding::Reminding;
pub use rotate::RotateError;
pub use seal::{OpenError, sealed_with};
pub use sign_up::SignUp;
