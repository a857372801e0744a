//! Chance as a value: ids and tokens are made from a source that is passed in.

use std::sync::Mutex;

use uuid::Uuid;

use crate::time::Timestamp;

/// Where random bytes come from.
pub trait Chance: Send + Sync + std::fmt::Debug {
    /// Sixteen unpredictable bytes.
    fn bytes16(&self) -> [u8; 16];

    /// A UUIDv7 for content rows: sortable by the moment it was made (RFC 9562, section 5.7).
    fn uuid_v7(&self, now: Timestamp) -> Uuid {
        let random = self.bytes16();
        let mut tail = [0u8; 10];
        tail.copy_from_slice(&random[..10]);
        let millis = u64::try_from(now.as_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
    }

    /// A UUIDv4 for readers' rows, which must not tell when they were made.
    fn uuid_v4(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.bytes16()).into_uuid()
    }
}

/// The operating system's random source.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsChance;

impl Chance for OsChance {
    #[expect(clippy::disallowed_methods, reason = "the one place where the global random source is read")]
    fn bytes16(&self) -> [u8; 16] {
        // A v4 UUID has 122 random bits and six fixed ones; two of them make sixteen random bytes.
        let (a, b) = (Uuid::new_v4().into_bytes(), Uuid::new_v4().into_bytes());
        let mut out = [0u8; 16];
        out[..6].copy_from_slice(&a[..6]);
        out[6..12].copy_from_slice(&b[..6]);
        out[12..].copy_from_slice(&a[12..]);
        out
    }
}

/// A reproducible source for tests and the demo (SplitMix64). Never for secrets.
#[derive(Debug)]
pub struct SeededChance(Mutex<u64>);

impl SeededChance {
    /// A source whose whole sequence follows from `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }

    fn next(&self) -> u64 {
        let mut state = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

impl Chance for SeededChance {
    fn bytes16(&self) -> [u8; 16] {
        let mut out = [0u8; 16];
        out[..8].copy_from_slice(&self.next().to_le_bytes());
        out[8..].copy_from_slice(&self.next().to_le_bytes());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_the_moment_they_were_made() {
        let chance = SeededChance::new(7);
        let early = chance.uuid_v7(Timestamp::from_millis(1_000));
        let late = chance.uuid_v7(Timestamp::from_millis(2_000));
        assert!(early < late);
        assert_eq!(early.get_version_num(), 7);
    }

    #[test]
    fn the_operating_system_does_not_repeat_itself() {
        assert_ne!(OsChance.bytes16(), OsChance.bytes16());
    }
}
