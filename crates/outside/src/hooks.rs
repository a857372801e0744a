//! Telling an address something: one POST, without trusting where it leads.
//!
//! Addresses are typed in by staff, and names may be pointed anywhere by whoever owns them. So only `https` is spoken,
//! and a name is resolved, checked and connected to in one step: an address of this machine or its network is refused.
//! Redirects are not followed, time is limited, and of the answer nothing but its status is read.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderName};
use reqwest::{Client, redirect};
use tokio::sync::OnceCell;
use url::{Host, Url};

use crate::addresses::{PrivateAddress, PublicOnly, is_public};
use crate::objects::cause;

/// Waiting for a connection.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// The whole exchange.
pub const TIMEOUT: Duration = Duration::from_secs(15);
/// The longest address, in bytes.
pub const MAX_ADDRESS: usize = 2_000;

/// Why an address could not be told something.
#[derive(Debug, thiserror::Error)]
pub enum HookError {
    /// Not an address that can be told anything.
    #[error("this is not an address of a page on the web; write it like https://example.org/hook")]
    Address,
    /// Not encrypted.
    #[error("the address must begin with https://, so that nobody on the way reads or changes what is sent")]
    Plain,
    /// An address of this machine or its network.
    #[error("{host} is an address of this machine or its own network, which is not told anything")]
    Private {
        /// The host.
        host: String,
    },
    /// Too slow.
    #[error("no answer within {} seconds", TIMEOUT.as_secs())]
    Timeout,
    /// No connection, or a broken one.
    #[error("could not reach {host}")]
    Unreachable {
        /// The host.
        host: String,
        /// How far it came.
        source: reqwest::Error,
    },
    /// This machine lacks what HTTPS needs.
    #[error("could not make an HTTPS client: install the system's root certificates (package ca-certificates)")]
    Client {
        /// What is missing.
        source: reqwest::Error,
    },
}

/// Tells addresses something. Cheap to clone; the client is made when it is first needed.
#[derive(Debug, Clone, Default)]
pub struct Hooks {
    private: bool,
    client: Arc<OnceCell<Client>>,
}

impl Hooks {
    /// `private`: whether addresses of this machine and its network may be told, and those of this machine without TLS.
    #[must_use]
    pub fn new(private: bool) -> Self {
        Self { private, client: Arc::default() }
    }

    /// An address as it may be told; a name is judged when it is resolved.
    ///
    /// # Errors
    /// [`HookError`], in words for whoever typed it.
    pub fn address(&self, text: &str) -> Result<Url, HookError> {
        let url = Url::parse(text.trim()).map_err(|_| HookError::Address)?;
        if !url.username().is_empty() || url.password().is_some() || text.len() > MAX_ADDRESS {
            return Err(HookError::Address);
        }
        let ip = match url.host() {
            None => return Err(HookError::Address),
            Some(Host::Domain(_)) => None,
            Some(Host::Ipv4(ip)) => Some(ip.into()),
            Some(Host::Ipv6(ip)) => Some(ip.into()),
        };
        let local = ip.map_or(url.domain() == Some("localhost"), |ip| !is_public(ip));
        if local && !self.private {
            return Err(HookError::Private { host: host(&url) });
        }
        match url.scheme() {
            "https" => Ok(url),
            "http" if local => Ok(url),
            "http" => Err(HookError::Plain),
            _ => Err(HookError::Address),
        }
    }

    /// Sends JSON to an address; the status of its answer.
    ///
    /// # Errors
    /// [`HookError`]; an answer of any status is none.
    pub async fn post(
        &self,
        address: &str,
        headers: &[(&'static str, String)],
        body: String,
    ) -> Result<u16, HookError> {
        let url = self.address(address)?;
        let client = self.client.get_or_try_init(|| async { self.make_client() }).await?;
        let mut request = client.post(url.clone()).header(CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(HeaderName::from_static(name), value.as_str());
        }
        let answer = request.body(body).send().await.map_err(|error| failed(&url, error))?;
        Ok(answer.status().as_u16())
    }

    fn make_client(&self) -> Result<Client, HookError> {
        let mut builder = Client::builder()
            .user_agent("Masthead")
            .referer(false)
            .no_proxy()
            .redirect(redirect::Policy::none())
            .pool_max_idle_per_host(0)
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT);
        if !self.private {
            builder = builder.dns_resolver(PublicOnly);
        }
        builder.build().map_err(|source| HookError::Client { source })
    }
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

fn failed(url: &Url, source: reqwest::Error) -> HookError {
    if cause::<PrivateAddress>(&source).is_some() {
        return HookError::Private { host: host(url) };
    }
    if source.is_timeout() {
        return HookError::Timeout;
    }
    HookError::Unreachable { host: host(url), source: source.without_url() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_encrypted_addresses_of_the_internet_are_told_anything() {
        let hooks = Hooks::default();
        assert!(hooks.address("https://example.org/hook?key=1").is_ok());
        for bad in [
            "http://example.org/",
            "https://127.0.0.1/",
            "https://localhost/",
            "https://[::1]/",
            "https://169.254.169.254/latest/meta-data",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://user:pass@example.org/",
            "ftp://example.org/",
            "file:///etc/passwd",
            "example.org",
            "",
        ] {
            assert!(hooks.address(bad).is_err(), "{bad}");
        }
        assert!(hooks.address(&format!("https://example.org/{}", "a".repeat(MAX_ADDRESS))).is_err());
    }

    #[test]
    fn where_the_own_network_is_allowed_only_it_goes_without_encryption() {
        let hooks = Hooks::new(true);
        assert!(hooks.address("http://localhost:9000/hook").is_ok());
        assert!(hooks.address("http://127.0.0.1:9000/hook").is_ok());
        assert!(matches!(hooks.address("http://example.org/"), Err(HookError::Plain)));
    }

    #[tokio::test]
    async fn a_name_that_leads_into_the_own_network_is_refused_when_it_is_resolved() {
        let hooks = Hooks::default();
        // Resolvers answer names below `localhost` with this machine (RFC 6761).
        let told = hooks.post("https://hook.localhost/", &[], String::new()).await;
        assert!(matches!(told, Err(HookError::Private { .. } | HookError::Unreachable { .. })), "{told:?}");
    }
}
