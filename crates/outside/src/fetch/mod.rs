//! Getting a file from the web, without trusting the address.
//!
//! Addresses come from exports that strangers may have written. So only `http` and `https` are spoken, and a name
//! is resolved, checked and connected to in one step: an address of this machine or its network is refused whether it
//! is written in the URL, resolved from a name or reached by a redirect. Time, size and redirects are limited. The
//! other side learns no cookie, no referrer and not which newsroom asks.

mod error;
mod probe;

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use reqwest::{Client, Response, redirect};
use tokio::sync::OnceCell;
use url::Url;

use crate::addresses;
pub use error::FetchError;

/// Largest file that is fetched: 50 MB, as much as an uploaded photo may have.
pub const MAX_BYTES: u64 = 50_000_000;
/// Redirects that are followed.
pub const MAX_REDIRECTS: usize = 5;
/// Waiting for a connection.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Waiting for the next bytes.
pub const READ_TIMEOUT: Duration = Duration::from_secs(20);
/// The whole fetch of one hop.
pub const TOTAL_TIMEOUT: Duration = Duration::from_secs(120);
/// Says nothing about who asks.
const USER_AGENT: &str = "Mozilla/5.0 (compatible)";

/// What a fetch may do.
#[derive(Debug, Clone)]
pub struct FetchOptions {
    /// Largest file, in bytes.
    pub max_bytes: u64,
    /// Whether addresses of this machine and its network may be reached. For tests, and for an archive on the
    /// newsroom's own network.
    pub allow_private: bool,
    /// Waiting for the next bytes.
    pub read_timeout: Duration,
}

impl Default for FetchOptions {
    fn default() -> Self {
        Self { max_bytes: MAX_BYTES, allow_private: false, read_timeout: READ_TIMEOUT }
    }
}

/// A fetched file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Its bytes.
    pub bytes: Bytes,
    /// What the server says it is, without parameters, in lower case. Not to be trusted.
    pub media_type: Option<String>,
}

/// Fetches files. Cheap to clone; the connection pool is made with the first fetch.
#[derive(Debug, Clone, Default)]
pub struct Fetch {
    options: FetchOptions,
    client: Arc<OnceCell<Client>>,
}

impl Fetch {
    /// With other limits than the usual ones.
    #[must_use]
    pub fn new(options: FetchOptions) -> Self {
        Self { options, client: Arc::default() }
    }

    /// Gets one file.
    pub async fn get(&self, address: &str) -> Result<Fetched, FetchError> {
        let client = self.client.get_or_try_init(|| async { self.make_client() }).await?;
        let mut url = Url::parse(address).map_err(|_| FetchError::Address { address: address.to_owned() })?;
        for _hop in 0..=MAX_REDIRECTS {
            self.check(&mut url)?;
            let request = client.get(url.clone()).header(ACCEPT, "image/*");
            let response = request.send().await.map_err(|error| FetchError::from_reqwest(&url, error))?;
            match next_hop(&url, &response)? {
                Some(next) => url = next,
                None => return self.read(&url, response).await,
            }
        }
        Err(FetchError::TooManyRedirects { address: address.to_owned(), limit: MAX_REDIRECTS })
    }

    fn make_client(&self) -> Result<Client, FetchError> {
        let mut builder = Client::builder()
            .user_agent(USER_AGENT)
            .referer(false)
            .no_proxy()
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(self.options.read_timeout)
            .timeout(TOTAL_TIMEOUT);
        if !self.options.allow_private {
            builder = builder.dns_resolver(addresses::PublicOnly);
        }
        builder.build().map_err(|source| FetchError::Client { source })
    }

    /// Refuses an address that is not to be fetched, and drops a user name and password from it.
    /// Names are checked when they are resolved, by [`addresses::PublicOnly`].
    fn check(&self, url: &mut Url) -> Result<(), FetchError> {
        let refused = || FetchError::Address { address: url.to_string() };
        let ip = match (url.scheme(), url.host()) {
            ("http" | "https", Some(url::Host::Domain(_))) => None,
            ("http" | "https", Some(url::Host::Ipv4(ip))) => Some(ip.into()),
            ("http" | "https", Some(url::Host::Ipv6(ip))) => Some(ip.into()),
            _ => return Err(refused()),
        };
        if ip.is_some_and(|ip| !addresses::is_public(ip)) && !self.options.allow_private {
            return Err(FetchError::Private { host: url.host_str().unwrap_or_default().to_owned() });
        }
        if url.set_username("").and_then(|()| url.set_password(None)).is_err() {
            return Err(FetchError::Address { address: url.to_string() });
        }
        Ok(())
    }

    async fn read(&self, url: &Url, mut response: Response) -> Result<Fetched, FetchError> {
        let address = url.to_string();
        if !response.status().is_success() {
            return Err(FetchError::Status { address, status: response.status().as_u16() });
        }
        let limit = self.options.max_bytes;
        if response.content_length().is_some_and(|length| length > limit) {
            return Err(FetchError::TooBig { address, limit });
        }
        let media_type = media_type(&response);
        let mut bytes = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| FetchError::from_reqwest(url, error))? {
            if (bytes.len() + chunk.len()) as u64 > limit {
                return Err(FetchError::TooBig { address, limit });
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Fetched { bytes: bytes.freeze(), media_type })
    }
}

/// Where an answer sends us, if it does.
fn next_hop(url: &Url, response: &Response) -> Result<Option<Url>, FetchError> {
    if !response.status().is_redirection() {
        return Ok(None);
    }
    let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    let Some(location) = location else { return Ok(None) };
    url.join(location).map(Some).map_err(|_| FetchError::Address { address: location.to_owned() })
}

fn media_type(response: &Response) -> Option<String> {
    let value = response.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    let essence = value.split(';').next()?.trim();
    Some(essence.to_ascii_lowercase())
}
