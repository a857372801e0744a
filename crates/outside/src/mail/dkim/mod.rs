//! DKIM: a signature by which mailbox providers know that the newsroom's domain sent a mail (RFC 6376, RFC 8463).
//!
//! One hash of the body serves the signatures of all keys. Headers whose second coming would deceive a reader are signed once
//! more than they stand there, so that none can be added. Nothing in a signature depends on when it is made: the same
//! mail is signed the same at every try (Ed25519 and RSA with PKCS #1 v1.5 have no chance in them).

mod canon;
mod key;
mod sign;

pub use key::{Algorithm, DkimKey, KeyError};
pub use sign::{Signature, Signer, SignerError};
