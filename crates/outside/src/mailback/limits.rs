//! Every limit of reading a mail, as a number with an error that names it.

/// The largest mail, in bytes. A report with the whole of an issue in it has a third of that.
pub const MAIL_BYTES: usize = 1 << 20;

/// The longest head of a mail or of one of its parts, in bytes.
pub const HEAD_BYTES: usize = 64 << 10;

/// Fields of one head at most.
pub const FIELDS: usize = 512;

/// How deep parts may lie in parts.
pub const DEPTH: usize = 8;

/// Parts of one mail at most.
pub const PARTS: usize = 64;

/// Recipients of one report at most; a mail of ours has one, and forwarding makes few of it.
pub const RECIPIENTS: usize = 100;

/// How much of a text is looked at, in bytes.
pub const TEXT_BYTES: usize = 64 << 10;

/// `Received` fields of a mail at most: one that passed more machines goes round in circles.
pub const HOPS: usize = 50;

/// Addresses of a mail in a mailbox that are looked at, to find out to which of ours it came.
pub const CANDIDATES: usize = 32;

/// A mail that is not read, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TooMuch {
    /// Too large.
    #[error("the mail has more than {MAIL_BYTES} bytes")]
    Bytes,
    /// A head that does not end.
    #[error("a head of the mail has more than {HEAD_BYTES} bytes")]
    Head,
    /// Too many fields.
    #[error("a head of the mail has more than {FIELDS} fields")]
    Fields,
    /// Parts in parts in parts.
    #[error("the mail's parts lie more than {DEPTH} deep in each other")]
    Depth,
    /// Too many parts.
    #[error("the mail has more than {PARTS} parts")]
    Parts,
    /// Too many recipients.
    #[error("the report is about more than {RECIPIENTS} recipients")]
    Recipients,
    /// A loop.
    #[error("the mail passed more than {HOPS} machines; it goes round in circles")]
    Hops,
}
