//! How a newsroom's mails go out: over its relays, signed by its domains.

use outside::mail::{Pool, Signer};

/// The relays and the keys that sign. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Mailer {
    /// Connections to the relays.
    pub pool: Pool,
    /// What signs mails.
    pub signer: Signer,
}
