//! Amazon SES through SNS.

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{RSA_PKCS1_SHA256, RsaKeyPair},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{HeaderMap, HeaderValue};
use model::{Bounce, Timestamp};
use outside::mailback::{
    Cause,
    hooks::{Heard, Refused, ses},
};
use serde_json::{Value, json};

use crate::{bounced, complaint, fixture, hour, now, ours};

const TOPIC: &str = "arn:aws:sns:eu-west-1:123456789012:bounces";
const CERTIFICATE: &str = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem";

/// Amazon SNS, as far as it signs.
struct Sns {
    key: RsaKeyPair,
    certificate: String,
}

impl Sns {
    fn new(name: &str, years: std::ops::Range<i32>) -> Self {
        let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
        let mut params = rcgen::CertificateParams::default();
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        params.not_before = rcgen::date_time_ymd(years.start, 1, 1);
        params.not_after = rcgen::date_time_ymd(years.end, 1, 1);
        let certificate = params.self_signed(&pair).unwrap().pem();
        Self { key: RsaKeyPair::from_pkcs8(&pair.serialize_der()).unwrap(), certificate }
    }

    fn amazon() -> Self {
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
        self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
        message["Signature"] = STANDARD.encode(signature).into();
        message
    }

    fn notification(&self, said: &Value) -> Value {
        let message = json!({
            "Type": "Notification", "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324", "TopicArn": TOPIC,
            "Subject": "Amazon SES Email Event Notification", "Message": said.to_string(),
            "Timestamp": "2025-07-11T17:59:40.000Z", "SignatureVersion": "2", "SigningCertURL": CERTIFICATE,
            "UnsubscribeURL": "https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe",
        });
        self.sign(message, &["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"])
    }

    fn confirmation(&self, url: &str) -> Value {
        let message = json!({
            "Type": "SubscriptionConfirmation", "MessageId": "165545c9-2a5c-472c-8df2-7ff2be2b3b1b", "Token": "2336412f37",
            "TopicArn": TOPIC, "Message": "You have chosen to subscribe", "SubscribeURL": url,
            "Timestamp": "2025-07-11T17:59:40.000Z", "SignatureVersion": "2", "SigningCertURL": CERTIFICATE,
        });
        self.sign(message, &["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"])
    }

    fn heard(&self, message: &Value, at: Timestamp) -> Result<Heard, Refused> {
        let config = ses::Config { ours: &ours(), topic: TOPIC, certificate: self.certificate.as_bytes() };
        ses::verify_and_parse(&HeaderMap::new(), message.to_string().as_bytes(), &config, at)
    }
}

#[test]
fn ses_speaks_of_bounces_and_complaints() {
    let sns = Sns::amazon();
    for (name, expected) in [
        ("ses-bounce-permanent", Some(bounced(Bounce::Hard, Cause::NoMailbox, Some("5.1.1")))),
        ("ses-bounce-event", Some(bounced(Bounce::Hard, Cause::NoMailbox, Some("5.1.1")))),
        ("ses-bounce-suppressed", Some(bounced(Bounce::Hard, Cause::NoMailbox, Some("5.1.1")))),
        ("ses-bounce-full", Some(bounced(Bounce::Soft, Cause::Full, Some("4.2.2")))),
        ("ses-bounce-blocked", Some(bounced(Bounce::Soft, Cause::Blocked, Some("5.7.1")))),
        ("ses-complaint", Some(complaint())),
        ("ses-away", None),
        ("ses-not-spam", None),
        ("ses-delivery", None),
        ("ses-no-token", None),
    ] {
        let message = sns.notification(&fixture(name));
        assert_eq!(sns.heard(&message, now()), Ok(Heard::Notices(expected.into_iter().collect())), "{name}");
    }
    let hello = sns.notification(&Value::Null);
    assert_eq!(sns.heard(&hello, now()), Ok(Heard::Notices(Vec::new())));
}

#[test]
fn a_forged_or_changed_message_of_sns_is_refused() {
    let sns = Sns::amazon();
    let good = sns.notification(&fixture("ses-bounce-permanent"));
    for (field, value, refused) in [
        ("Message", fixture("ses-complaint").to_string(), Refused::Signature),
        ("Timestamp", "2025-07-11T17:59:41.000Z".to_owned(), Refused::Signature),
        ("Subject", "x".to_owned(), Refused::Signature),
        ("TopicArn", "arn:aws:sns:eu-west-1:999999999999:bounces".to_owned(), Refused::Topic),
        ("Signature", STANDARD.encode([1; 256]), Refused::Signature),
        ("Signature", "no base64".to_owned(), Refused::Signature),
        ("SignatureVersion", "1".to_owned(), Refused::Signature),
        ("Type", "SubscriptionConfirmation".to_owned(), Refused::Shape("a signed field is missing")),
    ] {
        let mut message = good.clone();
        message[field] = value.into();
        assert_eq!(sns.heard(&message, now()), Err(refused), "{field}");
    }
    let forger = Sns::amazon();
    assert_eq!(forger.heard(&good, now()), Err(Refused::Signature), "another key");
    let other = Sns::new("mail.liar.example", 2025..2026);
    assert_eq!(other.heard(&other.notification(&Value::Null), now()), Err(Refused::Certificate), "another name");
    let old = Sns::new("sns.amazonaws.com", 2023..2024);
    assert_eq!(
        old.heard(&old.notification(&Value::Null), now()),
        Err(Refused::Certificate),
        "a certificate that is over"
    );
    assert_eq!(sns.heard(&good, hour(3)), Err(Refused::Stale), "sent again, hours later");
    assert_eq!(sns.heard(&good, hour(-1)), Err(Refused::Stale), "from the future");
}

#[test]
fn the_certificate_comes_from_sns_of_the_topic_s_region_alone() {
    let url = |address: &str| {
        let body = json!({ "Type": "Notification", "TopicArn": TOPIC, "SigningCertURL": address }).to_string();
        ses::certificate_url(body.as_bytes(), TOPIC)
    };
    assert_eq!(url(CERTIFICATE).unwrap().as_str(), CERTIFICATE);
    for bad in [
        "http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0.pem",
        "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem",
        "https://sns.eu-west-1.amazonaws.com.liar.example/SimpleNotificationService-0.pem",
        "https://sns.eu-west-1.amazonaws.com@liar.example/SimpleNotificationService-0.pem",
        "https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-0.pem",
        "https://sns.eu-west-1.amazonaws.com/my-bucket/SimpleNotificationService-0.pem",
        "https://liar.s3.amazonaws.com/SimpleNotificationService-0.pem",
        "",
    ] {
        assert_eq!(url(bad), Err(Refused::Certificate), "{bad}");
    }
}

#[test]
fn a_subscription_is_confirmed_for_our_topic_alone() {
    let sns = Sns::amazon();
    let url =
        format!("https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn={TOPIC}&Token=2336412f37");
    let Ok(Heard::Confirm(confirm)) = sns.heard(&sns.confirmation(&url), now()) else { panic!("not confirmed") };
    assert_eq!(confirm.as_str(), url);
    for bad in [
        url.replace("sns.eu-west-1.amazonaws.com", "liar.example"),
        url.replace("https:", "http:"),
        url.replace("ConfirmSubscription", "DeleteTopic"),
        url.replace("123456789012", "999999999999"),
    ] {
        assert!(sns.heard(&sns.confirmation(&bad), now()).is_err(), "{bad}");
    }
    let mut forged = sns.confirmation(&url);
    forged["SubscribeURL"] = url.replace("2336412f37", "other").into();
    assert_eq!(sns.heard(&forged, now()), Err(Refused::Signature));
}

#[test]
fn unsigned_messages_of_sns_say_what_to_switch_off() {
    let mut headers = HeaderMap::new();
    headers.insert("x-amz-sns-rawdelivery", HeaderValue::from_static("true"));
    let config = ses::Config { ours: &ours(), topic: TOPIC, certificate: b"" };
    let body = fixture("ses-bounce-permanent").to_string();
    let refused = ses::verify_and_parse(&headers, body.as_bytes(), &config, now()).unwrap_err();
    assert!(refused.to_string().contains("raw message delivery has to be off"), "{refused}");
    assert!(ses::verify_and_parse(&HeaderMap::new(), body.as_bytes(), &config, now()).is_err());
}
