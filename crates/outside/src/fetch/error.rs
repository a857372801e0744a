//! Why a file could not be fetched.

use url::Url;

use crate::{addresses::PrivateAddress, objects::cause};

/// Why a file could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Not an address that can be fetched.
    #[error("{address:?} is not an http or https address")]
    Address {
        /// The address as it was given.
        address: String,
    },
    /// An address of this machine or its network.
    #[error("{host} is an address of this machine or its own network, which is not fetched from")]
    Private {
        /// The host.
        host: String,
    },
    /// Larger than allowed.
    #[error("{address} is larger than {limit} bytes")]
    TooBig {
        /// The address.
        address: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// Sent on too often.
    #[error("{address} redirects more than {limit} times")]
    TooManyRedirects {
        /// The first address.
        address: String,
        /// The limit.
        limit: usize,
    },
    /// The server answered, but not with the file.
    #[error("{address} answered {status}")]
    Status {
        /// The address.
        address: String,
        /// The HTTP status.
        status: u16,
    },
    /// Too slow.
    #[error("{address} did not answer in time")]
    Timeout {
        /// The address.
        address: String,
    },
    /// No connection, or a broken one.
    #[error("could not reach {address}")]
    Unreachable {
        /// The address.
        address: String,
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

impl FetchError {
    /// Whether the same fetch may succeed later.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Address { .. } | Self::Private { .. } | Self::TooBig { .. } | Self::TooManyRedirects { .. } => false,
            Self::Status { status, .. } => matches!(status, 408 | 425 | 429) || *status >= 500,
            Self::Timeout { .. } | Self::Unreachable { .. } | Self::Client { .. } => true,
        }
    }

    pub(super) fn from_reqwest(url: &Url, source: reqwest::Error) -> Self {
        let address = url.to_string();
        if cause::<PrivateAddress>(&source).is_some() {
            return Self::Private { host: url.host_str().unwrap_or_default().to_owned() };
        }
        if source.is_timeout() {
            return Self::Timeout { address };
        }
        Self::Unreachable { address, source: source.without_url() }
    }
}
