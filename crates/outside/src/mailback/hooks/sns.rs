//! Amazon SNS: the envelope of what SES tells, and its signature.
//!
//! SNS names the address of its certificate itself. It is fetched from SNS of our topic's region alone, over TLS, and has to
//! be in Amazon's name and in date; the signature is over the fields that count, in the order of their names.

use aws_lc_rs::signature::{
    RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use model::Timestamp;
use serde_json::Value;
use url::Url;
use x509_parser::{pem::Pem, prelude::X509Certificate};

use super::{Refused, text};

/// How long after it was sent a message counts. SNS tries for an hour.
pub(super) const WINDOW_MS: i64 = 2 * 3_600_000;
/// How far its clock may be ahead of ours.
const AHEAD_MS: i64 = 5 * 60_000;

/// What an SNS message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Notification,
    SubscriptionConfirmation,
    UnsubscribeConfirmation,
}

pub(super) fn kind(value: &Value) -> Result<Kind, Refused> {
    match text(value, "/Type") {
        "Notification" => Ok(Kind::Notification),
        "SubscriptionConfirmation" => Ok(Kind::SubscriptionConfirmation),
        "UnsubscribeConfirmation" => Ok(Kind::UnsubscribeConfirmation),
        _ => Err(Refused::Shape("no Type of SNS; raw message delivery has to be off")),
    }
}

/// The region of a topic: `arn:aws:sns:REGION:ACCOUNT:NAME`.
fn region(topic: &str) -> Option<&str> {
    let mut parts = topic.split(':');
    let known = parts.next() == Some("arn")
        && parts.next().is_some_and(|partition| partition.starts_with("aws"))
        && parts.next() == Some("sns");
    let region = parts.next().filter(|_| known)?;
    let plain = !region.is_empty() && region.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    plain.then_some(region)
}

/// An address of SNS in the region of a topic, and no other.
fn of_sns(address: &str, topic: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let region = region(topic)?;
    let end = if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
    let good = url.scheme() == "https"
        && url.host_str() == Some(&format!("sns.{region}.{end}"))
        && url.port().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    good.then_some(url)
}

/// Where the certificate is that a message says it was signed with.
pub(super) fn certificate_url(value: &Value, topic: &str) -> Result<Url, Refused> {
    let url = of_sns(text(value, "/SigningCertURL"), topic).ok_or(Refused::Certificate)?;
    let good =
        url.path().starts_with("/SimpleNotificationService-") && url.path().ends_with(".pem") && url.query().is_none();
    if good { Ok(url) } else { Err(Refused::Certificate) }
}

/// Where a subscription is confirmed.
pub(super) fn subscribe_url(value: &Value, topic: &str) -> Result<Url, Refused> {
    let url = of_sns(text(value, "/SubscribeURL"), topic).ok_or(Refused::Shape("no SubscribeURL of SNS"))?;
    let pair = |name: &str, value: &str| url.query_pairs().any(|(own, given)| own == name && given == value);
    let good = pair("Action", "ConfirmSubscription") && pair("TopicArn", topic);
    if good { Ok(url) } else { Err(Refused::Topic) }
}

/// Checks topic, time and signature.
pub(super) fn verify(value: &Value, topic: &str, certificate: &[u8], now: Timestamp) -> Result<(), Refused> {
    if topic.is_empty() || text(value, "/TopicArn") != topic {
        return Err(Refused::Topic);
    }
    let sent = Timestamp::parse(text(value, "/Timestamp")).ok_or(Refused::Shape("no Timestamp"))?;
    let age = now.as_millis().saturating_sub(sent.as_millis());
    if !(-AHEAD_MS..=WINDOW_MS).contains(&age) {
        return Err(Refused::Stale);
    }
    let signature = STANDARD.decode(text(value, "/Signature")).map_err(|_| Refused::Signature)?;
    let algorithm: &'static dyn VerificationAlgorithm = match text(value, "/SignatureVersion") {
        "2" => &RSA_PKCS1_2048_8192_SHA256,
        "1" => &RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        _ => return Err(Refused::Shape("no SignatureVersion 1 or 2")),
    };
    let (_, pem) = x509_parser::pem::parse_x509_pem(certificate).map_err(|_| Refused::Certificate)?;
    let key = key(&pem, now)?;
    UnparsedPublicKey::new(algorithm, &key)
        .verify(signed(value)?.as_bytes(), &signature)
        .map_err(|_| Refused::Signature)
}

/// The public key of a certificate that is SNS's and in date.
fn key(pem: &Pem, now: Timestamp) -> Result<Vec<u8>, Refused> {
    let certificate: X509Certificate<'_> = pem.parse_x509().map_err(|_| Refused::Certificate)?;
    let seconds = now.as_millis() / 1000;
    let validity = certificate.validity();
    let in_date = validity.not_before.timestamp() <= seconds && seconds <= validity.not_after.timestamp();
    let named = certificate.subject().iter_common_name().filter_map(|name| name.as_str().ok()).any(is_sns);
    if !in_date || !named {
        return Err(Refused::Certificate);
    }
    Ok(certificate.public_key().subject_public_key.data.to_vec())
}

fn is_sns(name: &str) -> bool {
    name == "sns.amazonaws.com"
        || (name.starts_with("sns.") && (name.ends_with(".amazonaws.com") || name.ends_with(".amazonaws.com.cn")))
}

/// The text that is signed: names and values of the fields that count, a line each, in the order of names.
fn signed(value: &Value) -> Result<String, Refused> {
    let fields: &[&str] = match kind(value)? {
        Kind::Notification => &["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
        Kind::SubscriptionConfirmation | Kind::UnsubscribeConfirmation => {
            &["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
        }
    };
    let mut out = String::new();
    for name in fields {
        match value.get(*name).and_then(Value::as_str) {
            Some(text) => {
                out.push_str(name);
                out.push('\n');
                out.push_str(text);
                out.push('\n');
            }
            // The only one that may be missing.
            None if *name == "Subject" => {}
            None => return Err(Refused::Shape("a signed field is missing")),
        }
    }
    Ok(out)
}
