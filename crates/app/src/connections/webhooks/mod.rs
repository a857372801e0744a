//! Webhooks: others are told when a story is published, updated, corrected or withdrawn.
//!
//! The flow: [`follow`] reads the journal and writes, in one transaction, a message for each webhook that wants to know,
//! and the job that sends it. The job's worker commits the attempt, sends the message with no transaction open
//! ([`send`]), and commits what came of it.
//!
//! The guarantee: a message is sent for every row of the journal, whoever wrote it and whatever was killed meanwhile; it
//! arrives at least once, always with the same id and the same bytes, so that a receiver can drop what it has seen.
//! Messages may overtake each other; each says its row's `seq`. What doesn't arrive is sent again for three days; a
//! webhook where nothing has arrived for [`OFF_AFTER_DAYS`] days is switched off, which the log says.

mod follow;
mod manage;
mod message;
mod send;
mod sign;

pub use follow::follow;
pub use manage::{MESSAGES, NewWebhook, Shown, again, failed, list, make, ping, remove, shown, switch};
pub use message::{Message, MessageData, MessageStory};
pub use send::OFF_AFTER_DAYS;
pub(crate) use send::{PAUSES, give_up, send};
pub use sign::signature;
