//! What mail services tell, believed and carried out.

use app::back::{Service, Told, told};
use data_encoding::{BASE64, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderValue};
use model::{Bounce, SuppressionReason};
use outside::mailback::hooks::Refused;
use serde_json::{Value, json};
use sha2::Sha256;
use testkit::{amazon::sns, back, both_backends, sns};

use super::Sent;
use crate::readers::ANNA;

/// What Mailgun says of a delivery that failed for good.
fn by_mailgun(sent: &Sent, key: &str, random: &str) -> Value {
    let at = (sent.letters.now().as_millis() / 1000).to_string();
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(format!("{at}{random}").as_bytes());
    let signature = HEXLOWER.encode(&mac.finalize().into_bytes());
    json!({
        "signature": { "timestamp": at, "token": random, "signature": signature },
        "event-data": {
            "event": "failed", "severity": "permanent", "reason": "bounce",
            "user-variables": { "masthead": sent.token(sent.issue, 1).text() },
            "delivery-status": { "code": 550, "enhanced-code": "5.1.1", "message": "no such user", "bounce-type": "hard" },
        },
    })
}

fn by_ses(sent: &Sent) -> Value {
    let source = format!("b-{}@{}", sent.token(sent.issue, 1).text(), back::DOMAIN);
    json!({
        "notificationType": "Complaint",
        "complaint": { "complaintFeedbackType": "abuse", "complainedRecipients": [{ "emailAddress": ANNA }] },
        "mail": { "source": source, "destination": [ANNA] },
    })
}

async fn tell(sent: &Sent, service: Service, headers: &HeaderMap, body: &Value) -> Told {
    told(sent.letters.newsroom(), service, None, headers, body.to_string().as_bytes()).await.unwrap()
}

fn basic(password: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let value = format!("Basic {}", BASE64.encode(format!("masthead:{password}").as_bytes()));
    headers.insert("authorization", HeaderValue::from_str(&value).unwrap());
    headers
}

both_backends! {
    async fn mailgun_is_believed_by_its_signature_and_once(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let none = HeaderMap::new();
        let forged = by_mailgun(&sent, "another key", "r1");
        assert_eq!(tell(&sent, Service::Mailgun, &none, &forged).await, Told::Refused(Refused::Signature));
        assert_eq!(sent.noted(sent.issue).await, None);
        let good = by_mailgun(&sent, back::MAILGUN_KEY, "r2");
        for _ in 0..2 {
            assert_eq!(tell(&sent, Service::Mailgun, &none, &good).await, Told::Heard);
            assert_eq!(sent.noted(sent.issue).await, Some(Bounce::Hard));
            assert!(sent.sums(sent.issue).await.contains(&("hard.other".to_owned(), 1)), "counted twice");
        }
        let mut stolen = good.clone();
        stolen["event-data"]["event"] = "complained".into();
        assert_eq!(tell(&sent, Service::Mailgun, &none, &stolen).await, Told::Refused(Refused::Replayed));
    }

    async fn postmark_is_believed_by_its_password(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let said = json!({ "RecordType": "Bounce", "Type": "HardBounce", "Details": "smtp;550 5.1.1 no such user",
            "Metadata": { "masthead": sent.token(sent.issue, 1).text() }, "Email": ANNA });
        let wrong = tell(&sent, Service::Postmark, &basic("guessed"), &said).await;
        assert_eq!(wrong, Told::Refused(Refused::Password));
        assert_eq!(sent.noted(sent.issue).await, None);
        assert_eq!(tell(&sent, Service::Postmark, &basic(back::POSTMARK_SECRET), &said).await, Told::Heard);
        assert_eq!(sent.letters.suppressed(ANNA).await, Some(SuppressionReason::Bounce));
    }

    async fn amazon_is_believed_by_its_certificate_which_is_fetched_once(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let none = HeaderMap::new();
        let message = sns().notification(&by_ses(&sent));
        let mut forged = message.clone();
        forged["Message"] = "{}".into();
        assert_eq!(tell(&sent, Service::Ses, &none, &forged).await, Told::Refused(Refused::Signature));
        assert_eq!(tell(&sent, Service::Ses, &none, &message).await, Told::Heard);
        assert_eq!(sent.letters.suppressed(ANNA).await, Some(SuppressionReason::Complaint));
        assert_eq!(sent.letters.test.amazon.asked(), [sns::CERTIFICATE]);
    }

    async fn a_subscription_is_confirmed_for_the_configured_topic_alone(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let none = HeaderMap::new();
        let url = format!("https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn={}&Token=1", sns::TOPIC);
        let mut other = sns().confirmation(&url);
        other["TopicArn"] = "arn:aws:sns:eu-west-1:999999999999:theirs".into();
        assert_eq!(tell(&sent, Service::Ses, &none, &other).await, Told::Refused(Refused::Topic));
        assert!(sent.letters.test.amazon.asked().is_empty(), "somebody else's topic made us ask");
        assert_eq!(tell(&sent, Service::Ses, &none, &sns().confirmation(&url)).await, Told::Heard);
        assert_eq!(sent.letters.test.amazon.asked(), [sns::CERTIFICATE, url.as_str()]);
    }

    async fn while_the_keys_are_away_services_are_asked_to_come_again(newsroom: TestNewsroom, anon: Anon) {
        let sent = Sent::of(newsroom).await;
        let said = by_mailgun(&sent, back::MAILGUN_KEY, "r1");
        sent.letters.lock().await;
        assert_eq!(tell(&sent, Service::Mailgun, &HeaderMap::new(), &said).await, Told::Later);
        sent.letters.unlock().await;
        assert_eq!(tell(&sent, Service::Mailgun, &HeaderMap::new(), &said).await, Told::Heard);
        assert_eq!(sent.noted(sent.issue).await, Some(Bounce::Hard));
    }
}
