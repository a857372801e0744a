//! Every limit of receiving, as a number.

use std::time::Duration;

/// Connections at one time: each may hold a mail in memory.
pub const CONNECTIONS: usize = 32;

/// Connections at one time from one address.
pub const CONNECTIONS_EACH: usize = 8;

/// The longest command line, in bytes.
pub const COMMAND_BYTES: usize = 1024;

/// Commands of a connection.
pub const COMMANDS: usize = 1_000;

/// Commands of a connection that were refused.
pub const REFUSED: usize = 20;

/// Recipients of a mail.
pub const RECIPIENTS: usize = 50;

/// Mails of a connection.
pub const MAILS: usize = 100;

/// Waiting for a command.
pub const COMMAND_TIME: Duration = Duration::from_secs(60);

/// Waiting for the whole of a mail.
pub const MAIL_TIME: Duration = Duration::from_secs(300);

/// A connection, from its beginning to its end.
pub const CONNECTION_TIME: Duration = Duration::from_secs(1_800);

/// Connecting to a mailbox's server.
pub const CONNECT_TIME: Duration = Duration::from_secs(20);

/// Waiting for what a mailbox's server answers to one command.
pub const ANSWER_TIME: Duration = Duration::from_secs(60);

/// Asking a mailbox, as a whole.
pub const POLL_TIME: Duration = Duration::from_secs(600);

/// Mails taken out of a mailbox at a time; the rest waits for the next.
pub const POLL_MAILS: usize = 500;

/// Mails in a mailbox that are remembered as not ours.
pub const LEFT: usize = 10_000;

/// The longest line of a mailbox's server that is no mail's, in bytes.
pub const ANSWER_BYTES: usize = 8_192;
