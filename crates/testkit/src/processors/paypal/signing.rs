//! PayPal's signatures: SHA256withRSA over `transmission_id|transmission_time|webhook_id|crc32`, with a certificate that this
//! server shows itself.

use std::sync::OnceLock;

use anyhow::Context;
use aws_lc_rs::{
    rand::SystemRandom,
    signature::{RSA_PKCS1_SHA256, RsaKeyPair},
};
use data_encoding::BASE64;
use model::Timestamp;

use crate::processors::webhooks::{Sealed, Signer, Waiting};

/// A key with its certificate, made once for all fakes of a process: that takes a second where nothing is optimised.
struct Key {
    key: RsaKeyPair,
    certificate: String,
}

static KEY: OnceLock<Key> = OnceLock::new();

/// What one fake signs with.
pub(super) struct Keys {
    key: &'static Key,
    pub(super) url: String,
    pub(super) webhook: String,
}

impl Keys {
    pub(super) fn new(base: &str) -> Self {
        let key = KEY.get_or_init(|| pair().unwrap_or_else(|error| panic!("no key for PayPal: {error:#}")));
        let url = format!("{base}/v1/notifications/certs/CERT-360caa42-fca2a594-fake");
        Self { key, url, webhook: "8PT597110X687430LKGECATA".to_owned() }
    }

    /// In PEM.
    pub(super) fn certificate(&self) -> String {
        self.key.certificate.clone()
    }
}

fn pair() -> anyhow::Result<Key> {
    let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256)?;
    let mut params = rcgen::CertificateParams::default();
    params.distinguished_name.push(rcgen::DnType::CommonName, "messageverificationcerts.paypal.com");
    params.not_before = rcgen::date_time_ymd(2025, 1, 1);
    params.not_after = rcgen::date_time_ymd(2035, 1, 1);
    let certificate = params.self_signed(&pair)?.pem();
    let key = RsaKeyPair::from_pkcs8(&pair.serialize_der()).ok().context("the key can't be read back")?;
    Ok(Key { key, certificate })
}

impl Signer for Keys {
    fn seal(&self, waiting: &Waiting, now: Timestamp) -> Sealed {
        let id = format!("{:08x}-fake-11f0-8000-000000000000", waiting.number);
        let time = now.to_string();
        let signed = format!("{id}|{time}|{}|{}", self.webhook, crc32(waiting.body.as_bytes()));
        let key = &self.key.key;
        let mut signature = vec![0; key.public_modulus_len()];
        let done = key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature);
        assert!(done.is_ok(), "nothing was signed");
        if waiting.forged {
            signature.reverse();
        }
        let headers = [
            ("paypal-auth-algo", "SHA256withRSA".to_owned()),
            ("paypal-cert-url", self.url.clone()),
            ("paypal-transmission-id", id),
            ("paypal-transmission-time", time),
            ("paypal-transmission-sig", BASE64.encode(&signature)),
        ];
        (headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(), waiting.body.clone())
    }
}

/// CRC-32 as of zip files, in decimal where PayPal writes it.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_checksum_is_that_of_zip_files() {
        assert_eq!(super::crc32(b"123456789"), 0xCBF4_3926);
    }
}
