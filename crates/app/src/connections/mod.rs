//! Connections: how other programs reach the newsroom, and how it tells them what it does.
//!
//! A token is a key of a program. It belongs to the account that made it: it reaches no further than that account's
//! present role, and it ends with the account, or when the account gets new keys. Of its secret only the SHA-256 is
//! kept; that it was used is written down once a day, and by whom is not.

pub mod logs;
mod secret;
mod tokens;
pub mod webhooks;

pub use secret::Secret;
pub use tokens::{Holder, NewToken, Owned, TOKEN_NAME_MAX, token_holder, token_make, token_revoke, tokens};
