//! A key that signs: made here, kept as a PEM file, published as a TXT record.

use std::fmt;

use aws_lc_rs::digest::Digest;
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;

/// How a key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// RSA of 2048 bits: what every provider checks.
    Rsa,
    /// Ed25519: small and fast; not every provider checks it yet, so that it stands beside an RSA key.
    Ed25519,
}

/// A key file that can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not a key in PEM form.
    #[error("this is no private key in PEM form; make one with `masthead mail dkim`")]
    Pem,
    /// Another kind of key, or too short.
    #[error("the key is neither Ed25519 nor RSA of 2048 to 4096 bits")]
    Kind,
    /// The machine's cryptography failed.
    #[error("could not make a key")]
    Make,
}

/// A key that signs. Its Debug form says its kind alone.
pub struct DkimKey(Inner);

enum Inner {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Ed25519KeyPair),
}

impl DkimKey {
    /// A new key, of chance that the operating system gives.
    ///
    /// # Errors
    /// [`KeyError::Make`].
    pub fn generate(algorithm: Algorithm) -> Result<Self, KeyError> {
        let inner = match algorithm {
            Algorithm::Rsa => {
                RsaKeyPair::generate(KeySize::Rsa2048).map(|key| Inner::Rsa(Box::new(key))).map_err(|_| KeyError::Make)
            }
            Algorithm::Ed25519 => Ed25519KeyPair::generate().map(Inner::Ed25519).map_err(|_| KeyError::Make),
        };
        inner.map(Self)
    }

    /// Reads a PEM file: PKCS #8, or RSA's own form as `opendkim-genkey` writes it.
    ///
    /// # Errors
    /// [`KeyError::Pem`] or [`KeyError::Kind`].
    pub fn from_pem(pem: &[u8]) -> Result<Self, KeyError> {
        let rsa = |key: RsaKeyPair| {
            let fits = (256..=512).contains(&key.public_modulus_len());
            if fits { Ok(Self(Inner::Rsa(Box::new(key)))) } else { Err(KeyError::Kind) }
        };
        match PrivateKeyDer::from_pem_slice(pem).map_err(|_| KeyError::Pem)? {
            PrivateKeyDer::Pkcs1(der) => {
                RsaKeyPair::from_der(der.secret_pkcs1_der()).map_err(|_| KeyError::Kind).and_then(rsa)
            }
            PrivateKeyDer::Pkcs8(der) => {
                let der = der.secret_pkcs8_der();
                if let Ok(key) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der) {
                    return Ok(Self(Inner::Ed25519(key)));
                }
                RsaKeyPair::from_pkcs8(der).map_err(|_| KeyError::Kind).and_then(rsa)
            }
            _ => Err(KeyError::Kind),
        }
    }

    /// The key as a PEM file (PKCS #8). Whoever has it can write as the newsroom.
    ///
    /// # Errors
    /// [`KeyError::Make`].
    pub fn to_pem(&self) -> Result<String, KeyError> {
        let der = match &self.0 {
            Inner::Rsa(key) => {
                let der: Pkcs8V1Der<'_> = key.as_der().map_err(|_| KeyError::Make)?;
                der.as_ref().to_vec()
            }
            Inner::Ed25519(key) => key.to_pkcs8v1().map_err(|_| KeyError::Make)?.as_ref().to_vec(),
        };
        let packed = STANDARD.encode(der);
        let lines = packed.as_bytes().chunks(64).map(String::from_utf8_lossy).collect::<Vec<_>>().join("\n");
        Ok(format!("-----BEGIN PRIVATE KEY-----\n{lines}\n-----END PRIVATE KEY-----\n"))
    }

    /// How it signs.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        match self.0 {
            Inner::Rsa(_) => Algorithm::Rsa,
            Inner::Ed25519(_) => Algorithm::Ed25519,
        }
    }

    /// The value of the TXT record at `SELECTOR._domainkey.DOMAIN`.
    ///
    /// # Errors
    /// [`KeyError::Make`].
    pub fn dns_value(&self) -> Result<String, KeyError> {
        let (kind, public) = match &self.0 {
            Inner::Rsa(key) => {
                let der: PublicKeyX509Der<'_> = key.public_key().as_der().map_err(|_| KeyError::Make)?;
                ("rsa", STANDARD.encode(der.as_ref()))
            }
            Inner::Ed25519(key) => ("ed25519", STANDARD.encode(key.public_key().as_ref())),
        };
        Ok(format!("v=DKIM1; k={kind}; p={public}"))
    }

    /// The record as zone files have it: strings of at most 255 characters in quotes.
    ///
    /// # Errors
    /// [`KeyError::Make`].
    pub fn dns_record(&self, domain: &str, selector: &str) -> Result<String, KeyError> {
        let value = self.dns_value()?;
        let strings = value.as_bytes().chunks(250).map(|part| format!("\"{}\"", String::from_utf8_lossy(part)));
        Ok(format!("{selector}._domainkey.{domain}. IN TXT ( {} )", strings.collect::<Vec<_>>().join(" ")))
    }

    /// The signature of a hash, in base64.
    pub(super) fn sign(&self, hash: &Digest) -> Option<String> {
        match &self.0 {
            Inner::Rsa(key) => {
                let mut out = vec![0; key.public_modulus_len()];
                key.sign_digest(&RSA_PKCS1_SHA256, hash, &mut out).ok()?;
                Some(STANDARD.encode(out))
            }
            // RFC 8463, section 3: what is signed is the hash itself.
            Inner::Ed25519(key) => key.try_sign(hash.as_ref()).ok().map(|signature| STANDARD.encode(signature)),
        }
    }
}

impl fmt::Debug for DkimKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DkimKey").field(&self.algorithm()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_from_its_file() {
        for algorithm in [Algorithm::Rsa, Algorithm::Ed25519] {
            let key = DkimKey::generate(algorithm).unwrap();
            let back = DkimKey::from_pem(key.to_pem().unwrap().as_bytes()).unwrap();
            assert_eq!(back.algorithm(), algorithm);
            assert_eq!(back.dns_value().unwrap(), key.dns_value().unwrap());
            let record = key.dns_record("news.example", "letter").unwrap();
            assert!(record.starts_with("letter._domainkey.news.example. IN TXT ( \"v=DKIM1; k="), "{record}");
            assert!(record.split('"').all(|string| string.len() <= 255), "{record}");
        }
    }

    #[test]
    fn what_is_no_key_says_so() {
        assert_eq!(DkimKey::from_pem(b"-----BEGIN CERTIFICATE-----\n").unwrap_err(), KeyError::Pem);
        let rubbish = b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        assert_eq!(DkimKey::from_pem(rubbish).unwrap_err(), KeyError::Kind);
    }
}
