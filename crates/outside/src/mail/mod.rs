//! Mail: everything between "these bytes for this recipient" and a relay's answer. No database, no vault.
//!
//! A [`Letter`] becomes a [`Template`], of which each reader's copy is made and signed ([`Signer`]). A [`Pool`] of connections
//! to the newsroom's [`Relay`]s takes copies with an [`Envelope`] and says in an [`Outcome`] what became of each, in words that
//! a ledger can be kept by. Nothing here writes an address into a log, an error or a kept reply.

pub mod dkim;
mod envelope;
mod letter;
mod outcome;
mod pool;
mod probe;
mod relay;
mod reply;
mod smtp;
pub mod template;

pub use dkim::{Algorithm, DkimKey, KeyError, Signature, Signer, SignerError};
pub use envelope::{AddressError, Envelope};
pub use letter::{Blank, Kind, Letter, Mailbox, Marks, Personal};
pub use outcome::{Lost, NotSent, Outcome};
pub use pool::{DayCount, Pool, Priority, RelayStatus, Seat, Settings};
pub use probe::probe;
pub use relay::{Place, Relay, RelayError, Security, WarmUp};
pub use reply::{Class, Reply};
pub use smtp::Timeouts;
pub use template::{CopyError, FrozenError, LetterError, Template};
