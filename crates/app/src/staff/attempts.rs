//! Attempts at codes, counted in memory: by pen name, and over all of them. Nothing is known of who tries.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use model::Timestamp;

use super::{Denial, token::hash};

/// Failures with one pen name within [`WINDOW`] before it has to wait.
const EACH: u32 = 10;
/// Failures with all pen names together.
const ALL: u32 = 300;
/// The hour after which the count begins anew and every key in memory changes.
const WINDOW: i64 = 3_600_000;

/// The count of one process. A newsroom with several nodes counts on each.
#[derive(Debug, Default)]
pub struct Attempts(Mutex<Hour>);

#[derive(Debug, Default)]
struct Hour {
    began: i64,
    failed: HashMap<String, u32>,
    all: u32,
}

impl Attempts {
    /// Whether another attempt with a pen name may be made.
    ///
    /// # Errors
    /// [`Denial::TooOften`] with the minutes to wait.
    pub fn check(&self, name: &str, now: Timestamp) -> Result<(), Denial> {
        let hour = self.hour(now);
        let key = hour.key(name);
        let wait = (hour.began + WINDOW - now.as_millis()).div_euclid(60_000) + 1;
        // Asking leaves nothing behind: names that nobody has could fill the memory otherwise.
        let failed = hour.failed.get(&key).copied().unwrap_or_default();
        if failed >= EACH || hour.all >= ALL { Err(Denial::TooOften(wait)) } else { Ok(()) }
    }

    /// Counts a failure.
    pub fn failed(&self, name: &str, now: Timestamp) {
        let mut hour = self.hour(now);
        let key = hour.key(name);
        *hour.failed.entry(key).or_default() += 1;
        hour.all += 1;
    }

    /// The count of this hour.
    fn hour(&self, now: Timestamp) -> std::sync::MutexGuard<'_, Hour> {
        let mut hour = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let began = now.as_millis() - now.as_millis().rem_euclid(WINDOW);
        if hour.began != began {
            *hour = Hour { began, ..Hour::default() };
        }
        hour
    }
}

impl Hour {
    fn key(&self, name: &str) -> String {
        hash(&self.began.to_string(), name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_failures_are_enough_until_the_hour_is_over() {
        let attempts = Attempts::default();
        let now = Timestamp::from_millis(1_752_256_800_000 + 15 * 60_000);
        for _ in 0..EACH {
            attempts.check("anna", now).unwrap();
            attempts.failed("anna", now);
        }
        assert_eq!(attempts.check("anna", now), Err(Denial::TooOften(46)));
        assert_eq!(attempts.check("bert", now), Ok(()), "somebody else has to wait");
        assert_eq!(attempts.check("anna", now.plus_millis(46 * 60_000)), Ok(()));
    }

    #[test]
    fn many_names_are_tried_no_oftener_than_one_household_needs() {
        let attempts = Attempts::default();
        let now = Timestamp::from_millis(1_752_256_800_000);
        for number in 0..ALL {
            attempts.failed(&number.to_string(), now);
        }
        assert!(matches!(attempts.check("anna", now), Err(Denial::TooOften(_))));
    }
}
