//! Amazon SNS for tests, as far as it signs: with a certificate that Amazon never saw.

use anyhow::Context;
use aws_lc_rs::{
    rand::SystemRandom,
    signature::{RSA_PKCS1_SHA256, RsaKeyPair},
};
use data_encoding::BASE64;
use serde_json::{Value, json};

/// The topic of its messages.
pub const TOPIC: &str = "arn:aws:sns:eu-west-1:123456789012:bounces";
/// Where it says that its certificate is.
pub const CERTIFICATE: &str = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem";

/// Amazon SNS, or who says so.
pub struct Sns {
    key: RsaKeyPair,
    /// Its certificate in PEM.
    pub certificate: String,
}

impl std::fmt::Debug for Sns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sns")
    }
}

impl Sns {
    /// With a certificate of a name and some years.
    ///
    /// # Errors
    /// When no key can be made.
    pub fn new(name: &str, years: std::ops::Range<i32>) -> anyhow::Result<Self> {
        let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256)?;
        let mut params = rcgen::CertificateParams::default();
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        params.not_before = rcgen::date_time_ymd(years.start, 1, 1);
        params.not_after = rcgen::date_time_ymd(years.end, 1, 1);
        let certificate = params.self_signed(&pair)?.pem();
        let key = RsaKeyPair::from_pkcs8(&pair.serialize_der()).ok().context("the key can't be read back")?;
        Ok(Self { key, certificate })
    }

    /// As Amazon's is.
    ///
    /// # Errors
    /// As [`Sns::new`].
    pub fn amazon() -> anyhow::Result<Self> {
        Self::new("sns.amazonaws.com", 2025..2026)
    }

    /// A message with its signature over these fields.
    fn sign(&self, mut message: Value, names: &[&str]) -> Value {
        let mut signed = String::new();
        for name in names {
            if let Some(text) = message.get(*name).and_then(Value::as_str) {
                signed.push_str(&format!("{name}\n{text}\n"));
            }
        }
        let mut signature = vec![0; self.key.public_modulus_len()];
        let done = self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature);
        assert!(done.is_ok(), "nothing was signed");
        message["Signature"] = BASE64.encode(&signature).into();
        message
    }

    /// A notification that says something, sent on 11 July 2025, 17:59:40 UTC.
    #[must_use]
    pub fn notification(&self, said: &Value) -> Value {
        let message = json!({
            "Type": "Notification", "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324", "TopicArn": TOPIC,
            "Subject": "Amazon SES Email Event Notification", "Message": said.to_string(),
            "Timestamp": "2025-07-11T17:59:40.000Z", "SignatureVersion": "2", "SigningCertURL": CERTIFICATE,
            "UnsubscribeURL": "https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe",
        });
        self.sign(message, &["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"])
    }

    /// The question whether a subscription is wanted, to be answered at an address.
    #[must_use]
    pub fn confirmation(&self, url: &str) -> Value {
        let message = json!({
            "Type": "SubscriptionConfirmation", "MessageId": "165545c9-2a5c-472c-8df2-7ff2be2b3b1b", "Token": "2336412f37",
            "TopicArn": TOPIC, "Message": "You have chosen to subscribe", "SubscribeURL": url,
            "Timestamp": "2025-07-11T17:59:40.000Z", "SignatureVersion": "2", "SigningCertURL": CERTIFICATE,
        });
        self.sign(message, &["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"])
    }
}
