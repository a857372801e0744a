//! Keys: wiped when dropped, compared in constant time, never printed.

use std::convert::Infallible;

use hpke::rand_core::{TryCryptoRng, TryRng};
use model::Chance;
use subtle::ConstantTimeEq as _;
use zeroize::{Zeroize as _, Zeroizing};

/// Thirty-two secret bytes.
#[derive(Clone)]
pub(crate) struct Key(Zeroizing<[u8; 32]>);

impl Key {
    pub(crate) fn generate(chance: &dyn Chance) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        fill(chance, bytes.as_mut_slice());
        Self(bytes)
    }

    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut key = Zeroizing::new([0; 32]);
        if bytes.len() != key.len() {
            return None;
        }
        key.copy_from_slice(bytes);
        Some(Self(key))
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&*other.0).into()
    }
}

/// Which key sealed something: random, so that another newsroom's key is known as such. It stands in front of what is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub u32);

impl KeyId {
    pub(crate) fn generate(chance: &dyn Chance, taken: impl Fn(Self) -> bool) -> Self {
        loop {
            let [a, b, c, d, ..] = chance.bytes16();
            let id = Self(u32::from_be_bytes([a, b, c, d]));
            if !taken(id) {
                return id;
            }
        }
    }
}

impl std::fmt::Display for KeyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl std::str::FromStr for KeyId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u32::from_str_radix(text, 16).map(Self)
    }
}

/// Fills `out` with random bytes.
pub(crate) fn fill(chance: &dyn Chance, out: &mut [u8]) {
    for part in out.chunks_mut(16) {
        let mut bytes = chance.bytes16();
        part.copy_from_slice(&bytes[..part.len()]);
        bytes.zeroize();
    }
}

/// A [`Chance`] in the shape that other crates ask for.
pub(crate) struct Random<'a>(pub(crate) &'a dyn Chance);

impl TryRng for Random<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        fill(self.0, &mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        fill(self.0, &mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        fill(self.0, out);
        Ok(())
    }
}

impl TryCryptoRng for Random<'_> {}
