//! Secrets and signatures as <https://www.standardwebhooks.com> has them, so that stock libraries verify.

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use model::{Chance, WebhookSecret};
use sha2::Sha256;

/// What every secret begins with.
const PREFIX: &str = "whsec_";

/// A new secret of 256 random bits.
pub(super) fn new_secret(chance: &dyn Chance) -> WebhookSecret {
    let bytes = [chance.bytes16(), chance.bytes16()].concat();
    WebhookSecret(format!("{PREFIX}{}", BASE64_STANDARD.encode(bytes)))
}

/// The signature of a message, as the header `webhook-signature` carries it: `v1,` and the base64 of an HMAC-SHA256 over
/// id, time in seconds and body, joined by dots. `None` when the secret is no secret.
#[must_use]
pub fn signature(secret: &WebhookSecret, id: &str, seconds: i64, body: &str) -> Option<String> {
    let key = BASE64_STANDARD.decode(secret.reveal().strip_prefix(PREFIX)?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{seconds}.{body}").as_bytes());
    Some(format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use model::{Clock, SeededChance, SystemClock};

    use super::*;

    /// From the specification's own reference libraries.
    #[test]
    fn the_specification_s_example_is_signed_as_it_says() {
        let secret = WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned());
        let signed = signature(&secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(signed.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    #[test]
    fn the_reference_library_takes_our_signatures_and_refuses_changed_messages() {
        let secret = new_secret(&SeededChance::new(3));
        let theirs = standardwebhooks::Webhook::new(secret.reveal()).unwrap();
        let seconds = SystemClock.now().as_millis() / 1_000;
        let signed = signature(&secret, "msg_1", seconds, "{}").unwrap();
        let mut headers = http::HeaderMap::new();
        headers.insert("webhook-id", "msg_1".parse().unwrap());
        headers.insert("webhook-timestamp", seconds.to_string().parse().unwrap());
        headers.insert("webhook-signature", signed.parse().unwrap());
        theirs.verify(b"{}", &headers).unwrap();
        assert!(theirs.verify(b"{ }", &headers).is_err());
        let other = standardwebhooks::Webhook::new(new_secret(&SeededChance::new(4)).reveal()).unwrap();
        assert!(other.verify(b"{}", &headers).is_err());
    }
}
