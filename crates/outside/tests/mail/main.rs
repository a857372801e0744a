//! Mails, from their texts to a relay's answer: their form, their signatures, and every way in which giving them to a relay
//! can end.

#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails the test")]

mod answers;
mod dkim;
mod encryption;
mod letters;
mod lost;
mod pool;
mod postfix;
mod python;
mod relays;
mod template;
