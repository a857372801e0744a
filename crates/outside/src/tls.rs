//! Encryption of connections to mail servers, and of theirs to us.

use std::{io, sync::Arc};

use rustls::{
    ClientConfig, ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use rustls_platform_verifier::Verifier;
pub use tokio_rustls::TlsAcceptor;
use tokio_rustls::TlsConnector;

/// Why nothing can be encrypted.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file that holds no certificate.
    #[error("there is no certificate in PEM form in it")]
    Certificates,
    /// A file that holds no key.
    #[error("there is no private key in PEM form in it")]
    Key,
    /// Certificate and key don't belong together, or are of a kind that nothing takes.
    #[error("the certificate and its key can't be used: {0}")]
    Unusable(String),
}

/// For connections to others: the system's certificates are trusted, and those in PEM that are given.
///
/// # Errors
/// [`TlsError::Certificates`] when what is given holds none.
pub fn connector(trusted: Option<&str>) -> Result<TlsConnector, TlsError> {
    let extra = match trusted {
        None => Vec::new(),
        Some(pem) => certificates(pem)?,
    };
    let unusable = |error: rustls::Error| TlsError::Unusable(error.to_string());
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier = Verifier::new_with_extra_roots(extra, Arc::clone(&provider)).map_err(unusable)?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(unusable)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// For connections to us: a certificate with those that it hangs on, and its key, in PEM.
///
/// # Errors
/// [`TlsError`].
pub fn acceptor(certificate: &str, key: &str) -> Result<TlsAcceptor, TlsError> {
    let chain = certificates(certificate)?;
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).map_err(|_| TlsError::Key)?;
    let unusable = |error: rustls::Error| TlsError::Unusable(error.to_string());
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(unusable)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(unusable)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn certificates(pem: &str) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    found.ok().filter(|found| !found.is_empty()).ok_or(TlsError::Certificates)
}

/// What went wrong with TLS, in words without anybody's name in them.
pub(crate) fn what(error: &io::Error) -> String {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    inner.map_or_else(|| error.kind().to_string(), ToString::to_string)
}
