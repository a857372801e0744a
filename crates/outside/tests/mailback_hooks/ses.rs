//! Amazon SES through SNS.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{HeaderMap, HeaderValue};
use model::{Bounce, Timestamp};
use outside::mailback::{
    Cause,
    hooks::{Heard, Refused, ses},
};
use serde_json::{Value, json};
use testkit::sns::{CERTIFICATE, Sns, TOPIC};

use crate::{bounced, complaint, fixture, hour, now, ours};

fn heard(sns: &Sns, message: &Value, at: Timestamp) -> Result<Heard, Refused> {
    let config = ses::Config { ours: &ours(), topic: TOPIC, certificate: sns.certificate.as_bytes() };
    ses::verify_and_parse(&HeaderMap::new(), message.to_string().as_bytes(), &config, at)
}

#[test]
fn ses_speaks_of_bounces_and_complaints() {
    let sns = Sns::amazon().unwrap();
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
        assert_eq!(heard(&sns, &message, now()), Ok(Heard::Notices(expected.into_iter().collect())), "{name}");
    }
    let hello = sns.notification(&Value::Null);
    assert_eq!(heard(&sns, &hello, now()), Ok(Heard::Notices(Vec::new())));
}

#[test]
fn a_forged_or_changed_message_of_sns_is_refused() {
    let sns = Sns::amazon().unwrap();
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
        assert_eq!(heard(&sns, &message, now()), Err(refused), "{field}");
    }
    let forger = Sns::amazon().unwrap();
    assert_eq!(heard(&forger, &good, now()), Err(Refused::Signature), "another key");
    let other = Sns::new("mail.liar.example", 2025..2026).unwrap();
    assert_eq!(heard(&other, &other.notification(&Value::Null), now()), Err(Refused::Certificate), "another name");
    let old = Sns::new("sns.amazonaws.com", 2023..2024).unwrap();
    assert_eq!(
        heard(&old, &old.notification(&Value::Null), now()),
        Err(Refused::Certificate),
        "a certificate that is over"
    );
    assert_eq!(heard(&sns, &good, hour(3)), Err(Refused::Stale), "sent again, hours later");
    assert_eq!(heard(&sns, &good, hour(-1)), Err(Refused::Stale), "from the future");
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
    let sns = Sns::amazon().unwrap();
    let url =
        format!("https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn={TOPIC}&Token=2336412f37");
    let Ok(Heard::Confirm(confirm)) = heard(&sns, &sns.confirmation(&url), now()) else { panic!("not confirmed") };
    assert_eq!(confirm.as_str(), url);
    for bad in [
        url.replace("sns.eu-west-1.amazonaws.com", "liar.example"),
        url.replace("https:", "http:"),
        url.replace("ConfirmSubscription", "DeleteTopic"),
        url.replace("123456789012", "999999999999"),
    ] {
        assert!(heard(&sns, &sns.confirmation(&bad), now()).is_err(), "{bad}");
    }
    let mut forged = sns.confirmation(&url);
    forged["SubscribeURL"] = url.replace("2336412f37", "other").into();
    assert_eq!(heard(&sns, &forged, now()), Err(Refused::Signature));
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
