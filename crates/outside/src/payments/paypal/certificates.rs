//! The certificates with which PayPal signs webhooks, by their addresses.
//!
//! A webhook names the address itself, and anybody can send one. What has proved a signature is kept, apart from all else, and is
//! never asked for again: whatever others send, webhooks signed with it wait for nobody. What has not is asked for a few at a
//! time and for a few seconds; who would have to wait longer is told to come again, as PayPal does for three days.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use model::Timestamp;
use tokio::{sync::Semaphore, time::timeout};
use url::Url;

use super::super::{HookRefused, wire::Wire};

/// For how long a certificate that could not be had is not asked for again.
const PAUSE_MS: i64 = 30_000;
/// Certificates that are kept, of those that proved a signature and of the others.
const MOST_KEPT: usize = 16;
/// The largest that is kept, in bytes.
const MOST_BYTES: usize = 1 << 16;
/// Certificates that are asked for at the same time.
const AT_ONCE: usize = 4;
/// The longest that one waits for its turn, and the longest that it is waited for.
const PATIENCE: Duration = Duration::from_secs(3);

/// Certificates by their addresses.
#[derive(Debug)]
pub(super) struct Certificates {
    proved: Mutex<BTreeMap<String, String>>,
    others: Mutex<BTreeMap<String, Other>>,
    turns: Semaphore,
}

/// An address that has proved nothing yet.
#[derive(Debug, Clone)]
enum Other {
    Found { pem: String },
    Missing { until: Timestamp },
}

impl Default for Certificates {
    fn default() -> Self {
        Self { proved: Mutex::default(), others: Mutex::default(), turns: Semaphore::new(AT_ONCE) }
    }
}

impl Certificates {
    /// The certificate at an address.
    pub(super) async fn get(&self, wire: &Wire, url: &Url, now: Timestamp) -> Result<String, HookRefused> {
        if let Some(known) = self.known(url, now) {
            return known;
        }
        let turn = timeout(PATIENCE, self.turns.acquire()).await;
        let Ok(Ok(_turn)) = turn else { return Err(HookRefused::Later) };
        // Whoever had a turn before may have asked for the same.
        if let Some(known) = self.known(url, now) {
            return known;
        }
        let found = timeout(PATIENCE, wire.text(url.clone())).await.ok().and_then(Result::ok);
        let pem = found.filter(|pem| pem.len() <= MOST_BYTES);
        let other = match &pem {
            Some(pem) => Other::Found { pem: pem.clone() },
            None => Other::Missing { until: now.plus_millis(PAUSE_MS) },
        };
        put(&self.others, url, other);
        pem.ok_or(HookRefused::Later)
    }

    /// What is known of an address; `None` where it is to be asked for.
    fn known(&self, url: &Url, now: Timestamp) -> Option<Result<String, HookRefused>> {
        if let Some(pem) = held(&self.proved).get(url.as_str()) {
            return Some(Ok(pem.clone()));
        }
        match held(&self.others).get(url.as_str())? {
            Other::Found { pem } => Some(Ok(pem.clone())),
            Other::Missing { until } if now < *until => Some(Err(HookRefused::Later)),
            Other::Missing { .. } => None,
        }
    }

    /// Keeps one that has proved a signature.
    pub(super) fn proved(&self, url: &Url, pem: String) {
        if !held(&self.proved).contains_key(url.as_str()) {
            put(&self.proved, url, pem);
            held(&self.others).remove(url.as_str());
        }
    }
}

/// Where there are many, none is worth more than another.
fn put<T>(kept: &Mutex<BTreeMap<String, T>>, url: &Url, one: T) {
    let mut kept = held(kept);
    if kept.len() >= MOST_KEPT {
        kept.clear();
    }
    kept.insert(url.to_string(), one);
}

fn held<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
