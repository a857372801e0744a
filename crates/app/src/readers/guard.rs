//! Protection from being signed up in masses, without knowing who asks.
//!
//! An address gets a few mails an hour, whoever asks. While few sign up in a minute, a form is taken as it comes. When more
//! do, it is answered with a [`Step`]: a ticket for this address, with which the browser looks for a number, which takes it a
//! moment; without script the ticket has to age a while, and few of those are taken in a minute. Beyond a rate that no
//! newsroom sees, nobody is signed up for some minutes. Only forms that are taken count: those that bring no good ticket are
//! answered and forgotten, so that however many come, they keep nobody else out.
//!
//! Where each form opens something of its own, such as a page on which cards can be tried ([`Ticket::Once`]), few of them are
//! taken as they come in an hour, too: who is patient works for it as well.
//!
//! All of it is in memory, under a key that is replaced every hour, and what was counted goes with the key.

mod taken;

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use model::{Chance, Timestamp};
use sha2::{Digest, Sha256};
use vault::Address;
use zeroize::Zeroizing;

use taken::Taken;

/// Mails that an address gets in an hour because somebody typed it in.
pub const MAILS_PER_HOUR: u8 = 2;
/// Forms a minute that are taken as they come.
pub const CALM_PER_MINUTE: u32 = 20;
/// Forms an hour that are taken as they come, where each opens something of its own.
pub const CALM_PER_HOUR: u32 = 200;
/// Forms a minute that are taken without a sum, once their ticket has aged.
pub const PLAIN_PER_MINUTE: u32 = 10;
/// The same in an hour, where each opens something of its own.
pub const PLAIN_PER_HOUR: u32 = 60;
/// Forms a minute that are taken at all.
pub const MOST_PER_MINUTE: u32 = 600;
/// Zero bits that a hash has to begin with: some 130,000 tries, a second for a browser.
pub const BITS: u32 = 17;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
/// Nobody reads a page and presses a button faster.
const PATIENCE: i64 = 2 * SECOND;
/// Without a sum it takes this long.
const PATIENCE_PLAIN: i64 = 60 * SECOND;
/// For so long a ticket is good.
const LASTS: i64 = 10 * MINUTE;
/// A number longer than this is none that a browser found.
const LONGEST_PROOF: usize = 20;

/// What is asked of a browser when many sign up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// To be sent back with the form.
    pub ticket: String,
    /// Zero bits that the hash of `ticket.number` has to begin with.
    pub bits: u32,
    /// Milliseconds that the ticket has to be old with a number.
    pub patience: i64,
    /// Seconds that it has to be old without one.
    pub plain_seconds: i64,
    /// Seconds that are missing, when it came back too soon.
    pub too_soon: Option<i64>,
}

/// How often a ticket is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ticket {
    /// As long as it lasts: what it is for has a limit of its own.
    Often,
    /// Once.
    Once,
}

/// Whether a form is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Admitted {
    /// It is.
    Yes,
    /// Not yet.
    Step(Step),
    /// Nobody's is, for some minutes.
    Busy,
}

/// What counts and remembers for an hour.
#[derive(Default)]
pub struct Guard(Mutex<Inner>);

impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Guard(…)")
    }
}

#[derive(Default)]
struct Inner {
    /// The key of this hour, and when it began.
    key: Option<([u8; 32], Timestamp)>,
    /// The key of the hour before, for tickets given under it.
    before: Option<[u8; 32]>,
    mailed: HashMap<u64, u8>,
    /// Tickets of this hour and the one before that were good once.
    used: HashSet<String>,
    used_before: HashSet<String>,
    taken: Taken,
    /// Those of them whose ticket had aged.
    plain: Taken,
}

impl Guard {
    fn inner(&self, now: Timestamp, chance: &dyn Chance) -> MutexGuard<'_, Inner> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let current = inner.key.filter(|(_, began)| (0..HOUR).contains(&(now.as_millis() - began.as_millis())));
        if current.is_none() {
            let mut key = [0; 32];
            key[..16].copy_from_slice(&chance.bytes16());
            key[16..].copy_from_slice(&chance.bytes16());
            inner.before = inner.key.map(|(key, _)| key);
            inner.key = Some((key, now));
            inner.mailed = HashMap::new();
            inner.used_before = std::mem::take(&mut inner.used);
        }
        inner
    }

    /// Whether a form for an address is taken now, with the ticket and the number that it carries.
    pub(super) fn admit(
        &self,
        now: Timestamp,
        chance: &dyn Chance,
        address: &Address,
        carried: Option<(&str, &str)>,
    ) -> Admitted {
        self.admit_for(now, chance, &folded(address), carried, Ticket::Often)
    }

    /// The same for a form that is about something else. A ticket that is good once has to be worked for each time.
    pub(crate) fn admit_for(
        &self,
        now: Timestamp,
        chance: &dyn Chance,
        subject: &str,
        carried: Option<(&str, &str)>,
        good: Ticket,
    ) -> Admitted {
        let mut inner = self.inner(now, chance);
        if inner.taken.minute.so_far(now) >= MOST_PER_MINUTE {
            return Admitted::Busy;
        }
        let admitted = if inner.taken.has_room(now, CALM_PER_MINUTE, CALM_PER_HOUR, good) {
            Admitted::Yes
        } else {
            match carried.and_then(|(ticket, proof)| Some((ticket, proof, inner.age(now, subject, ticket)?))) {
                Some((ticket, ..)) if good == Ticket::Once && inner.is_used(ticket) => {
                    Admitted::Step(inner.step(now, chance, subject))
                }
                Some(of) => inner.judge(now, of, good),
                None => Admitted::Step(inner.step(now, chance, subject)),
            }
        };
        if admitted == Admitted::Yes {
            inner.taken.count(now);
        }
        admitted
    }

    /// Whether an address may be written to once more in this hour; counts it.
    pub(crate) fn may_mail(&self, now: Timestamp, chance: &dyn Chance, address: &Address) -> bool {
        let mut inner = self.inner(now, chance);
        let Some((key, _)) = inner.key else { return false };
        let bytes = keyed(&key, &[b"mailed", folded(address).as_bytes()]);
        let name = u64::from_be_bytes(bytes[..8].try_into().unwrap_or_default());
        let mailed = inner.mailed.entry(name).or_default();
        *mailed = mailed.saturating_add(1);
        *mailed <= MAILS_PER_HOUR
    }
}

impl Inner {
    fn is_used(&self, ticket: &str) -> bool {
        self.used.contains(ticket) || self.used_before.contains(ticket)
    }

    fn step(&self, now: Timestamp, chance: &dyn Chance, subject: &str) -> Step {
        let salt = BASE64URL_NOPAD.encode(&chance.bytes16()[..6]);
        let ticket = self.key.map(|(key, _)| ticket(&key, now.as_millis(), &salt, subject)).unwrap_or_default();
        Step { ticket, bits: BITS, patience: PATIENCE, plain_seconds: PATIENCE_PLAIN / SECOND, too_soon: None }
    }

    /// How old a ticket is that was given here for this subject, and is still good.
    fn age(&self, now: Timestamp, subject: &str, given: &str) -> Option<i64> {
        let (at, salt) = given.split_once('.')?;
        let (at, salt) = (at.parse::<i64>().ok()?, salt.split_once('.')?.0);
        let keys = [self.key.map(|(key, _)| key), self.before];
        let ours = keys.into_iter().flatten().any(|key| ticket(&key, at, salt, subject) == given);
        let age = now.as_millis() - at;
        (ours && (0..LASTS).contains(&age)).then_some(age)
    }

    /// Whether a form is taken for its ticket, the number that came with it, and its age.
    fn judge(&mut self, now: Timestamp, (ticket, proof, age): (&str, &str, i64), good: Ticket) -> Admitted {
        let worked = proves(ticket, proof);
        let patience = if worked { PATIENCE } else { PATIENCE_PLAIN };
        if age < patience {
            let missing = (patience - age).div_euclid(SECOND) + 1;
            return Admitted::Step(Step { too_soon: Some(missing), ..self.again(ticket) });
        }
        if !worked {
            if !self.plain.has_room(now, PLAIN_PER_MINUTE, PLAIN_PER_HOUR, good) {
                // Too many have aged without a sum: this one waits for another minute to begin.
                return Admitted::Step(Step { too_soon: Some(MINUTE / SECOND), ..self.again(ticket) });
            }
            self.plain.count(now);
        }
        if good == Ticket::Once {
            self.used.insert(ticket.to_owned());
        }
        Admitted::Yes
    }

    fn again(&self, ticket: &str) -> Step {
        Step {
            ticket: ticket.to_owned(),
            bits: BITS,
            patience: PATIENCE,
            plain_seconds: PATIENCE_PLAIN / SECOND,
            too_soon: None,
        }
    }
}

/// One spelling for one mailbox, as far as anybody knows.
fn folded(address: &Address) -> Zeroizing<String> {
    Zeroizing::new(address.as_str().to_lowercase())
}

/// `millis.salt.mac`: when it was given, and that it was given here for this subject. The salt tells apart what two readers
/// are given at the same moment for the same subject.
fn ticket(key: &[u8; 32], millis: i64, salt: &str, subject: &str) -> String {
    let mac = keyed(key, &[b"ticket", &millis.to_be_bytes(), salt.as_bytes(), subject.as_bytes()]);
    format!("{millis}.{salt}.{}", BASE64URL_NOPAD.encode(&mac[..18]))
}

/// Whether the hash of `ticket.number` begins with enough zero bits.
fn proves(ticket: &str, number: &str) -> bool {
    let plain = !number.is_empty() && number.len() <= LONGEST_PROOF && number.bytes().all(|b| b.is_ascii_digit());
    let hash = Sha256::digest(format!("{ticket}.{number}"));
    let first = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]);
    plain && first.leading_zeros() >= BITS
}

/// HMAC-SHA256 over parts, each with its length before it.
fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // A key of any length is taken, so this does not fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests;
