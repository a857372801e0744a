//! The built program is ended as if the power went off: at random moments of a sending, and at every named point of sending
//! mails, of changing keys and of taking contributions. Started again, nobody was skipped, nobody got a mail twice but for what
//! was under way, and nothing is half done. On both databases.
//!
//! The whole of it, 20,000 mails and 200 kills, takes minutes: `cargo xtask bench --kill` runs it.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

mod changing;
mod house;
mod letters;
mod pay;
mod pledges;
mod random;
mod reminders;
mod server;
mod stop;
mod taken;
