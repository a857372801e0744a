//! How a newsroom's mails go out: over its relays, signed by its domains.

use std::sync::Arc;

use model::Clock;
use outside::mail::{Pool, RelayError, Settings, Signer};

/// The relays and the keys that sign. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Mailer {
    /// Connections to the relays.
    pub pool: Pool,
    /// What signs mails.
    pub signer: Signer,
    /// The domain that mails come back to; `None` where they come back to who sent them.
    pub returns: Option<String>,
}

impl Mailer {
    /// One without relays: nothing goes out.
    ///
    /// # Errors
    /// None that there is; a pool may refuse its relays.
    pub fn none(clock: Arc<dyn Clock>) -> Result<Self, RelayError> {
        Ok(Self { pool: Pool::new(Vec::new(), Settings::default(), clock)?, signer: Signer::default(), returns: None })
    }
}
