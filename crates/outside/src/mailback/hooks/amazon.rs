//! Asking Amazon: for the certificate that a message was signed with, and for a subscription that is to be confirmed.
//!
//! Only addresses that [`super::ses`] judged to be SNS's of our region get here; redirects are not followed, and names that
//! lead into this machine's network lead nowhere.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::{Client, redirect};
use tokio::sync::OnceCell;
use url::Url;

use crate::addresses::PublicOnly;

/// The whole exchange.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The largest answer, in bytes. A certificate has two thousand.
const ANSWER_BYTES: usize = 64 << 10;

/// Amazon did not answer as it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Amazon SNS did not answer as it should")]
pub struct AmazonError;

/// Asks Amazon.
#[async_trait::async_trait]
pub trait Amazon: Send + Sync + std::fmt::Debug {
    /// What is at an address.
    async fn get(&self, url: &Url) -> Result<Bytes, AmazonError>;
}

/// Asks over HTTPS.
#[derive(Debug, Default)]
pub struct OverHttps {
    client: OnceCell<Client>,
}

#[async_trait::async_trait]
impl Amazon for OverHttps {
    async fn get(&self, url: &Url) -> Result<Bytes, AmazonError> {
        let make = || async {
            let builder = Client::builder().user_agent("Masthead").https_only(true).referer(false).no_proxy();
            let builder = builder.redirect(redirect::Policy::none()).timeout(TIMEOUT).dns_resolver(PublicOnly);
            builder.build().map_err(|_| AmazonError)
        };
        let client = self.client.get_or_try_init(make).await?;
        let mut response = client.get(url.clone()).send().await.map_err(|_| AmazonError)?;
        if !response.status().is_success() {
            return Err(AmazonError);
        }
        let mut bytes = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| AmazonError)? {
            if bytes.len() + chunk.len() > ANSWER_BYTES {
                return Err(AmazonError);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    }
}
