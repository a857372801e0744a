//! Staff: how people get in at the desk, and out.
//!
//! An account is a pen name with keys. The first one comes through a link that the program prints when a newsroom has no
//! publisher; every other one through an invitation. Tokens of links and sessions, access keys and recovery codes are
//! kept as SHA-256: each is 128 random bits or more, so that a stolen database opens nothing. Attempts with codes are
//! counted in memory, by pen name, under a key that changes every hour; no address of anybody is looked at.
//!
//! The guarantee: a link, a recovery code and a step of an authenticator each work once, also when two requests with the
//! same one arrive at once, because using it up is one statement in the transaction of what it opens.

mod account;
mod attempts;
mod codes;
mod denial;
mod links;
mod passkeys;
mod people;
mod sessions;
mod token;

pub use account::{
    Account, People, Person, account, has_authenticator, people, remove_passkey, renew_codes, set_language,
};
pub use attempts::Attempts;
pub use codes::{
    NewKeys, join_with_code, prove_with_code, qr, recover, recovery_codes, sign_in_with_code, totp_begin, totp_finish,
    totp_url,
};
pub use denial::Denial;
pub use links::{COMMAND_LINE, LINK_HOURS, first_link, invite, join, open_link, reset_link, take_back};
pub use passkeys::{Asked, Joined, Passkeys};
pub use people::{set_role, withdraw_account};
pub use sessions::{ABSOLUTE_MS, IDLE_MS, PROOF_MS, Signed, begin_in_tx, end, end_others, prove, signed};
pub use token::Token;
pub(crate) use token::hash;
