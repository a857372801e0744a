//! Mailgun.

use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use model::{Bounce, Timestamp};
use outside::mailback::{
    Cause,
    hooks::{Heard, Refused, mailgun},
};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::{bounced, complaint, fixture, hour, left, now, ours};

/// What Mailgun sends: signed at a moment, with a random token.
fn by_mailgun(name: &str, key: &str, at: Timestamp, random: &str) -> Value {
    let mut value = fixture(name);
    let seconds = (at.as_millis() / 1000).to_string();
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(format!("{seconds}{random}").as_bytes());
    let signature = data_encoding::HEXLOWER.encode(&mac.finalize().into_bytes());
    value["signature"] = json!({ "timestamp": seconds, "token": random, "signature": signature });
    value
}

fn of_mailgun(value: &Value, seen: &mailgun::Seen) -> Result<Heard, Refused> {
    let config = mailgun::Config { ours: &ours(), key: "key-of-webhooks", seen };
    mailgun::verify_and_parse(&HeaderMap::new(), value.to_string().as_bytes(), &config, now())
}

#[test]
fn mailgun_speaks_of_what_failed_for_good() {
    let seen = mailgun::Seen::default();
    for (name, expected) in [
        ("mailgun-failed", Some(bounced(Bounce::Hard, Cause::NoMailbox, Some("5.1.1")))),
        ("mailgun-failed-sender", Some(bounced(Bounce::Hard, Cause::NoMailbox, None))),
        ("mailgun-full", Some(bounced(Bounce::Soft, Cause::Full, Some("5.2.2")))),
        ("mailgun-suppressed", Some(bounced(Bounce::Hard, Cause::NoMailbox, None))),
        ("mailgun-old", Some(bounced(Bounce::Soft, Cause::Expired, None))),
        ("mailgun-complained", Some(complaint())),
        ("mailgun-unsubscribed", Some(left())),
        ("mailgun-temporary", None),
        ("mailgun-opened", None),
    ] {
        let heard = of_mailgun(&by_mailgun(name, "key-of-webhooks", now(), name), &seen);
        assert_eq!(heard, Ok(Heard::Notices(expected.into_iter().collect())), "{name}");
    }
}

#[test]
fn a_forged_or_replayed_message_of_mailgun_is_refused() {
    let seen = mailgun::Seen::default();
    let good = by_mailgun("mailgun-failed", "key-of-webhooks", now(), "random-1");
    assert!(of_mailgun(&good, &seen).is_ok());
    assert!(of_mailgun(&good, &seen).is_ok(), "the same, because our answer was lost");
    let mut stolen = good.clone();
    stolen["event-data"] = fixture("mailgun-complained")["event-data"].clone();
    assert_eq!(of_mailgun(&stolen, &seen), Err(Refused::Replayed));
    let mut forged = good.clone();
    forged["signature"]["token"] = "random-2".into();
    assert_eq!(of_mailgun(&forged, &seen), Err(Refused::Signature));
    let other = by_mailgun("mailgun-failed", "another key", now(), "random-3");
    assert_eq!(of_mailgun(&other, &seen), Err(Refused::Signature));
    for at in [hour(-10), hour(1)] {
        let stale = by_mailgun("mailgun-failed", "key-of-webhooks", at, "random-4");
        assert_eq!(of_mailgun(&stale, &seen), Err(Refused::Stale));
    }
    let unsigned = of_mailgun(&json!({ "event-data": {} }), &seen).unwrap_err();
    assert!(unsigned.to_string().contains("version 3"), "{unsigned}");
    let config = mailgun::Config { ours: &ours(), key: "", seen: &seen };
    let keyless = by_mailgun("mailgun-failed", "", now(), "random-5").to_string();
    let heard = mailgun::verify_and_parse(&HeaderMap::new(), keyless.as_bytes(), &config, now());
    assert_eq!(heard, Err(Refused::Signature), "without a key nobody is Mailgun");
}

#[test]
fn a_subaccount_of_mailgun_is_signed_for_by_its_parent() {
    let mut value = by_mailgun("mailgun-failed", "key-of-webhooks", now(), "random");
    value["signature"]["parent-signature"] = value["signature"]["signature"].clone();
    value["signature"]["signature"] = "00".repeat(32).into();
    assert!(of_mailgun(&value, &mailgun::Seen::default()).is_ok());
}
