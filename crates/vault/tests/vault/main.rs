//! The keyring as its users meet it.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails where it is wrong")]

mod addresses;
mod files;
mod rotation;
mod sealing;
mod tokens;

use model::{Chance, SeededChance, SubscriberId};
use vault::{Address, Bind, Custody, Keyring, Smtputf8};

/// A keyring, and the chance that it was made with.
fn keyring(custody: Custody, seed: u64) -> (Keyring, SeededChance) {
    let chance = SeededChance::new(seed);
    (Keyring::generate(custody, &chance), chance)
}

fn address(text: &str) -> Address {
    Address::parse(text, Smtputf8::Refused).unwrap()
}

fn somebody(chance: &dyn Chance) -> Bind {
    Bind::subscriber(SubscriberId::new(chance))
}
