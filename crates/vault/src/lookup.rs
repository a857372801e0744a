//! What an address is found by: HMAC-SHA256 over its normalised form.
//!
//! A rotation puts a further HMAC with a new key around the one before. So rows that hold nothing but a look-up, such as
//! suppressions, can be carried over without knowing the address, and who holds only the old keys can't tell the new look-ups.
//! How many of the keys are in use is the generation: the database says which one its rows are of.

use hmac::{Hmac, KeyInit as _, Mac as _};
use model::{Chance, IssueId, Lookup};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{
    address::Address,
    key::Key,
    keyring::{Custody, Keyring},
};

/// The keys of look-ups, in the order in which they are put around each other, and how many are in use.
#[derive(Clone)]
pub(crate) struct Lookups {
    pub(crate) first: Key,
    pub(crate) further: Vec<Key>,
    pub(crate) in_use: u32,
}

impl Lookups {
    pub(crate) fn generate(chance: &dyn Chance) -> Self {
        Self { first: Key::generate(chance), further: Vec::new(), in_use: 1 }
    }

    /// Of the first key, which never changes.
    pub(crate) fn fingerprint(&self, custody: Custody) -> String {
        let hash = keyed(&self.first, "fingerprint", &[custody.as_str().as_bytes()]);
        let text = data_encoding::BASE32_NOPAD.encode(&hash[..20]).to_ascii_lowercase();
        text.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect::<Vec<_>>().join("-")
    }

    fn generations(&self) -> u32 {
        u32::try_from(self.further.len()).unwrap_or(u32::MAX - 1) + 1
    }

    /// The key that leads from a generation, counted from 1, to the next.
    fn after(&self, generation: u32) -> Option<&Key> {
        self.further.get(usize::try_from(generation.checked_sub(1)?).ok()?)
    }
}

impl Keyring {
    /// What a subscriber's address is found by, in the generation in use.
    #[must_use]
    pub fn lookup(&self, address: &Address) -> Lookup {
        self.lookup_by("lookup", &[address.normal().as_bytes()])
    }

    /// What a giver's address is found by: another than where the same address subscribes, so that nobody is found in both.
    #[must_use]
    pub fn giver_lookup(&self, address: &Address) -> Lookup {
        self.lookup_by("giver", &[address.normal().as_bytes()])
    }

    /// What a mail about one row is told apart by, so that it goes out once and others to the same person go out too.
    #[must_use]
    pub fn row_lookup(&self, noun: &str, row: uuid::Uuid) -> Lookup {
        self.lookup_by("row", &[noun.as_bytes(), row.as_bytes()])
    }

    /// What the reminders of an address are found by: another hash than [`Keyring::lookup`], so that nobody can tell who gets
    /// newsletters, too.
    #[must_use]
    pub fn reminder_lookup(&self, address: &Address) -> Lookup {
        self.lookup_by("lookup reminder", &[address.normal().as_bytes()])
    }

    /// A look-up of its own purpose, in the generation in use.
    fn lookup_by(&self, purpose: &str, parts: &[&[u8]]) -> Lookup {
        let mut lookup = Lookup(keyed(&self.lookups.first, purpose, parts));
        for generation in 1..self.lookups.in_use {
            lookup = self.lookup_after(generation, lookup).unwrap_or(lookup);
        }
        lookup
    }

    /// The look-up of the generation after `generation`, from one of that generation; `None` where there is no later key.
    #[must_use]
    pub fn lookup_after(&self, generation: u32, lookup: Lookup) -> Option<Lookup> {
        Some(Lookup(keyed(self.lookups.after(generation)?, "lookup-further", &[&lookup.0])))
    }

    /// The generation in use, from 1.
    #[must_use]
    pub fn lookup_generation(&self) -> u32 {
        self.lookups.in_use
    }

    /// How many generations there are keys for.
    #[must_use]
    pub fn lookup_generations(&self) -> u32 {
        self.lookups.generations()
    }

    /// Uses the generation that the database says its rows are of; `false` where the keyring has no key for it.
    #[must_use]
    pub fn use_lookup_generation(&mut self, generation: u32) -> bool {
        let known = (1..=self.lookups.generations()).contains(&generation);
        if known {
            self.lookups.in_use = generation;
        }
        known
    }

    /// The part before the `@` of the `Message-ID` of a delivery: the same at each try and after a rotation, and it tells
    /// nobody else which delivery it is. Thirty-two lower-case characters.
    #[must_use]
    pub fn message_name(&self, issue: IssueId, number: i64) -> String {
        let hash = keyed(&self.lookups.first, "message-id", &[issue.0.as_bytes(), &number.to_be_bytes()]);
        data_encoding::BASE32_NOPAD.encode(&hash[..20]).to_ascii_lowercase()
    }
}

/// HMAC-SHA256 over a purpose and parts, each with its length before it.
fn keyed(key: &Key, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
    // A key shorter than a block is filled up with zeroes (RFC 2104), so that this can't fail.
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key.bytes());
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
