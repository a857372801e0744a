//! Amazon for a test's newsroom: it shows its certificate, and remembers what it was asked for.

use std::sync::{Mutex, OnceLock, PoisonError};

use bytes::Bytes;
use outside::mailback::hooks::amazon::{Amazon, AmazonError};
use url::Url;

use crate::sns::{CERTIFICATE, Sns};

/// What it signs with, made once for all tests of a process.
///
/// # Panics
/// When no key can be made.
pub fn sns() -> &'static Sns {
    static SNS: OnceLock<Sns> = OnceLock::new();
    SNS.get_or_init(|| Sns::amazon().unwrap_or_else(|error| panic!("no key for Amazon: {error}")))
}

/// Amazon, asked without a network.
#[derive(Debug, Default)]
pub struct FakeAmazon {
    asked: Mutex<Vec<String>>,
}

impl FakeAmazon {
    /// The addresses that were asked for, in order.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait::async_trait]
impl Amazon for FakeAmazon {
    async fn get(&self, url: &Url) -> Result<Bytes, AmazonError> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(url.to_string());
        match url.as_str() {
            CERTIFICATE => Ok(Bytes::from(sns().certificate.clone())),
            other if other.contains("ConfirmSubscription") => Ok(Bytes::from_static(b"<ok/>")),
            _ => Err(AmazonError),
        }
    }
}
