//! What comes back of mails: bounces, complaints, and what readers ask for by mail. Pure: bytes in, a [`Notice`] out.
//!
//! A mail's way: its [`Envelope`] says to which of our [`Addresses`] it came; [`read`] takes its MIME parts, within
//! [`limits`], looks for a delivery report (RFC 3464), a complaint (RFC 5965), or the plain text that some servers send
//! instead, and judges how bad it is by status code first and by words after that.
//!
//! The guarantee: which delivery a mail speaks of is decided by the token in the address that it came to, or in what it
//! returns of our own mail; the token is sealed, and whoever applies a notice opens it. The recipient that a report
//! claims is read past: it is nobody's proof of anything, and it is personal. Nothing here answers a mail, and a report is
//! believed from the empty sender alone, so that two machines can't keep each other busy.

mod addresses;
mod arf;
mod auto;
mod head;
pub mod hooks;
pub mod limits;
mod mime;
mod notice;
mod plain;
mod read;
mod report;
mod returned;
mod status;
mod why;
mod words;

pub use addresses::{Addresses, Place};
pub use limits::TooMuch;
pub use notice::{Cause, Nothing, Notice, Reading, SignUp, Token};
pub use read::{Envelope, Sender, read};
pub use status::Status;
