//! The ways on which what comes back reaches the newsroom.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use model::Timestamp;
use outside::{
    mailback::{
        Addresses,
        hooks::{
            amazon::{Amazon, AmazonError, OverHttps},
            mailgun::Seen,
        },
    },
    receive::Mailbox,
};
use url::Url;

/// Certificates that are fetched in a minute at most: their address comes from who sends, before it is known who that is.
const FETCHES: usize = 10;
/// A minute.
const MINUTE_MS: i64 = 60_000;
/// Certificates that are kept.
const KEPT: usize = 16;

/// How what comes back reaches the newsroom. By default it does not.
#[derive(Debug)]
pub struct Ways {
    /// The addresses that it comes to.
    pub addresses: Option<Addresses>,
    /// A mailbox that is asked.
    pub mailbox: Option<Mailbox>,
    /// How often.
    pub every: Duration,
    /// The topic of Amazon SNS; empty for none.
    pub ses_topic: String,
    /// The password of Postmark's hook; empty for none.
    pub postmark_secret: String,
    /// The key that Mailgun's hooks are signed with; empty for none.
    pub mailgun_key: String,
    /// How Amazon is asked.
    pub amazon: Arc<dyn Amazon>,
    /// What was remembered of hooks.
    pub memory: Memory,
}

impl Default for Ways {
    fn default() -> Self {
        Self {
            addresses: None,
            mailbox: None,
            every: Duration::from_secs(300),
            ses_topic: String::new(),
            postmark_secret: String::new(),
            mailgun_key: String::new(),
            amazon: Arc::new(OverHttps::default()),
            memory: Memory::default(),
        }
    }
}

impl Ways {
    /// Whether there is any but a listener.
    #[must_use]
    pub fn hooks(&self) -> bool {
        [&self.ses_topic, &self.postmark_secret, &self.mailgun_key].into_iter().any(|given| !given.is_empty())
    }

    /// A certificate of Amazon's, from memory or fetched.
    pub(super) async fn certificate(&self, url: &Url, now: Timestamp) -> Result<Bytes, AmazonError> {
        if let Some(known) = self.memory.certificate(url) {
            return Ok(known);
        }
        if !self.memory.may_fetch(now) {
            return Err(AmazonError);
        }
        let fetched = self.amazon.get(url).await?;
        self.memory.keep(url.clone(), fetched.clone());
        Ok(fetched)
    }
}

/// What is remembered of hooks: in memory, and only what is no reader's.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) seen: Seen,
    certificates: Mutex<HashMap<Url, Bytes>>,
    fetches: Mutex<Vec<Timestamp>>,
}

impl Memory {
    fn certificate(&self, url: &Url) -> Option<Bytes> {
        self.certificates.lock().unwrap_or_else(PoisonError::into_inner).get(url).cloned()
    }

    fn keep(&self, url: Url, certificate: Bytes) {
        let mut kept = self.certificates.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(url, certificate);
    }

    /// Forgets a certificate that did not fit.
    pub(super) fn forget(&self, url: &Url) {
        self.certificates.lock().unwrap_or_else(PoisonError::into_inner).remove(url);
    }

    fn may_fetch(&self, now: Timestamp) -> bool {
        let mut fetches = self.fetches.lock().unwrap_or_else(PoisonError::into_inner);
        fetches.retain(|at| now.as_millis() - at.as_millis() < MINUTE_MS);
        let may = fetches.len() < FETCHES;
        if may {
            fetches.push(now);
        }
        may
    }
}
