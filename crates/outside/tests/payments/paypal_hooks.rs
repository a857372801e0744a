//! PayPal's webhooks.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{RSA_PKCS1_SHA256, RsaKeyPair},
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use http::{HeaderMap, HeaderName, HeaderValue};
use outside::payments::{Event, Gateway, HookRefused, Object};
use serde_json::json;

use super::{
    paypal::{WEBHOOK, paypal},
    *,
};

/// A key, and its certificate for a name.
fn pair(name: &str) -> (RsaKeyPair, String) {
    let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let mut params = rcgen::CertificateParams::default();
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    params.not_before = rcgen::date_time_ymd(2026, 1, 1);
    params.not_after = rcgen::date_time_ymd(2027, 1, 1);
    let certificate = params.self_signed(&pair).unwrap().pem();
    (RsaKeyPair::from_pkcs8(&pair.serialize_der()).unwrap(), certificate)
}

struct Signer {
    key: RsaKeyPair,
    server: Server,
    fetched: Arc<AtomicUsize>,
}

impl Signer {
    async fn named(name: &str) -> Self {
        let (key, certificate) = pair(name);
        let certificate: &'static str = Box::leak(certificate.into_boxed_str());
        let fetched = Arc::new(AtomicUsize::new(0));
        let counting = Arc::clone(&fetched);
        let server = Server::start(move |asked| {
            counting.fetch_add(1, Ordering::SeqCst);
            let known = asked.path.starts_with("/v1/notifications/certs/CERT");
            match (known, asked.path.contains("SLOW")) {
                (true, _) => Say::Page(200, certificate),
                (false, true) => Say::After(std::time::Duration::from_secs(30)),
                (false, false) => Say::Page(404, ""),
            }
        });
        Self { key, server: server.await, fetched }
    }

    fn headers(&self, time: &str, body: &str) -> HeaderMap {
        let signed = format!("transmission|{time}|{WEBHOOK}|{}", crc32fast::hash(body.as_bytes()));
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
        let address = format!("{}v1/notifications/certs/CERT-1", self.server.address);
        let pairs = [
            ("paypal-auth-algo", "SHA256withRSA".to_owned()),
            ("paypal-cert-url", address),
            ("paypal-transmission-id", "transmission".to_owned()),
            ("paypal-transmission-time", time.to_owned()),
            ("paypal-transmission-sig", BASE64.encode(&signature)),
        ];
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()))
            .collect()
    }
}

fn told(kind: &str, resource: Value) -> String {
    json!({"id": "WH-1", "event_type": kind, "create_time": NOW.to_string(), "resource": resource}).to_string()
}

#[tokio::test]
async fn every_event_leads_to_the_object_that_is_to_be_looked_at() {
    let signer = Signer::named("messageverificationcerts.paypal.com").await;
    let paypal = paypal(&signer.server);
    let own = || json!({"id": "1A"});
    let refund = |of: &str| {
        json!({"id": "9R", "links": [
            {"rel": "self", "href": "https://api.paypal.com/v2/payments/refunds/9R"},
            {"rel": "up", "href": format!("https://api.paypal.com/v2/payments/captures/{of}")},
        ]})
    };
    let sale = json!({"id": "9R", "sale_id": "1A"});
    for (kind, resource, object, id) in [
        ("CHECKOUT.ORDER.APPROVED", own(), "order", "1A"),
        ("PAYMENT.CAPTURE.COMPLETED", own(), "capture", "1A"),
        ("PAYMENT.CAPTURE.PENDING", own(), "capture", "1A"),
        ("PAYMENT.CAPTURE.DENIED", own(), "capture", "1A"),
        ("PAYMENT.CAPTURE.REFUNDED", refund("1A"), "capture", "1A"),
        ("PAYMENT.CAPTURE.REVERSED", refund("1A"), "capture", "1A"),
        ("BILLING.SUBSCRIPTION.CREATED", own(), "subscription", "1A"),
        ("BILLING.SUBSCRIPTION.ACTIVATED", own(), "subscription", "1A"),
        ("BILLING.SUBSCRIPTION.SUSPENDED", own(), "subscription", "1A"),
        ("BILLING.SUBSCRIPTION.PAYMENT.FAILED", own(), "subscription", "1A"),
        ("PAYMENT.SALE.COMPLETED", own(), "sale", "1A"),
        ("PAYMENT.SALE.REVERSED", sale.clone(), "sale", "1A"),
        ("PAYMENT.SALE.REFUNDED", sale.clone(), "refund", "9R"),
        ("CUSTOMER.DISPUTE.CREATED", json!({"dispute_id": "PP-R-1"}), "dispute", "PP-R-1"),
        ("CUSTOMER.DISPUTE.RESOLVED", json!({"dispute_id": "PP-R-1"}), "dispute", "PP-R-1"),
    ] {
        let body = told(kind, resource);
        let events = paypal.verify(NOW, &signer.headers(&NOW.to_string(), &body), body.as_bytes()).await;
        let expected = Event { id: "WH-1".to_owned(), object: Object::new(object, id) };
        assert_eq!(events, Ok(vec![expected]), "{kind}");
    }
    for kind in ["INVOICING.INVOICE.PAID", "VAULT.PAYMENT-TOKEN.CREATED", ""] {
        let body = told(kind, own());
        let events = paypal.verify(NOW, &signer.headers(&NOW.to_string(), &body), body.as_bytes()).await;
        assert_eq!(events, Ok(Vec::new()), "{kind}");
    }
    assert_eq!(signer.fetched.load(Ordering::SeqCst), 1, "the certificate is kept");
}

#[tokio::test]
async fn forged_late_and_early_webhooks_are_refused() {
    let signer = Signer::named("messageverificationcerts.paypal.com").await;
    let paypal = paypal(&signer.server);
    let body = told("PAYMENT.CAPTURE.COMPLETED", json!({"id": "1A"}));
    let right = signer.headers(&NOW.to_string(), &body);
    let changed = body.replace("1A", "2B");
    assert_eq!(paypal.verify(NOW, &right, changed.as_bytes()).await, Err(HookRefused::Signature));
    for (name, value) in [
        ("paypal-transmission-id", "another"),
        ("paypal-transmission-time", "2026-11-26T11:59:00Z"),
        ("paypal-transmission-sig", "AAAA"),
        ("paypal-transmission-sig", ""),
        ("paypal-auth-algo", "none"),
        ("paypal-cert-url", "https://paypal.com.evil.example/v1/notifications/certs/CERT-1"),
        ("paypal-cert-url", "http://api.paypal.com/v1/notifications/certs/CERT-1"),
        ("paypal-cert-url", "https://api.paypal.com:444/v1/notifications/certs/CERT-1"),
        ("paypal-cert-url", "https://api.paypal.com/redirect?to=evil"),
    ] {
        let mut headers = right.clone();
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        let answer = paypal.verify(NOW, &headers, body.as_bytes()).await;
        assert_eq!(answer, Err(HookRefused::Signature), "{name}: {value}");
    }
    let day = 86_400_000;
    for (moved, refused) in [(4 * day, Some(HookRefused::Time)), (-day, Some(HookRefused::Time)), (2 * day, None)] {
        let answer = paypal.verify(NOW.plus_millis(moved), &right, body.as_bytes()).await;
        assert_eq!(answer.err(), refused, "{moved}");
    }
    let huge = " ".repeat((1 << 20) + 1);
    let answer = paypal.verify(NOW, &signer.headers(&NOW.to_string(), &huge), huge.as_bytes()).await;
    assert_eq!(answer, Err(HookRefused::Unclear));
}

#[tokio::test]
async fn a_certificate_has_to_be_paypals_and_to_be_had() {
    let body = told("PAYMENT.CAPTURE.COMPLETED", json!({"id": "1A"}));
    for name in ["paypal.com.evil.example", "evilpaypal.com"] {
        let other = Signer::named(name).await;
        let headers = other.headers(&NOW.to_string(), &body);
        let answer = paypal(&other.server).verify(NOW, &headers, body.as_bytes()).await;
        assert_eq!(answer, Err(HookRefused::Signature), "{name}");
    }
    let signer = Signer::named("messageverificationcerts.paypal.com").await;
    let missing = format!("{}v1/notifications/certs/MISSING", signer.server.address);
    let mut headers = signer.headers(&NOW.to_string(), &body);
    headers.insert("paypal-cert-url", HeaderValue::from_str(&missing).unwrap());
    let paypal = paypal(&signer.server);
    for _ in 0..3 {
        assert_eq!(paypal.verify(NOW, &headers, body.as_bytes()).await, Err(HookRefused::Later));
    }
    assert_eq!(signer.fetched.load(Ordering::SeqCst), 1, "it is not asked for again at once");
}

#[tokio::test]
async fn made_up_certificates_hold_up_no_webhook_whose_own_is_known() {
    let signer = Signer::named("messageverificationcerts.paypal.com").await;
    let (paypal, body) = (paypal(&signer.server), told("PAYMENT.CAPTURE.COMPLETED", json!({"id": "1A"})));
    let right = signer.headers(&NOW.to_string(), &body);
    paypal.verify(NOW, &right, body.as_bytes()).await.unwrap();
    let forged = |name: String| {
        let address = format!("{}v1/notifications/certs/{name}", signer.server.address);
        let mut headers = right.clone();
        headers.insert("paypal-cert-url", HeaderValue::from_str(&address).unwrap());
        headers
    };
    for number in 0..40 {
        let answer = paypal.verify(NOW, &forged(format!("NONE-{number}")), body.as_bytes()).await;
        assert_eq!(answer, Err(HookRefused::Later));
    }
    let fetched = signer.fetched.load(Ordering::SeqCst);
    paypal.verify(NOW, &right, body.as_bytes()).await.unwrap();
    assert_eq!(signer.fetched.load(Ordering::SeqCst), fetched, "forged ones pushed it out");
    let slow: Vec<HeaderMap> = (0..4).map(|number| forged(format!("SLOW-{number}"))).collect();
    let begun = std::time::Instant::now();
    let forging = slow.iter().map(|headers| paypal.verify(NOW, headers, body.as_bytes()));
    let forging = futures::future::join_all(forging);
    let meanwhile = async {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        paypal.verify(NOW, &right, body.as_bytes()).await.unwrap();
        begun.elapsed()
    };
    let (answers, waited) = tokio::join!(forging, meanwhile);
    assert!(waited < std::time::Duration::from_secs(2), "it waited for forged ones");
    assert!(answers.iter().all(|answer| *answer == Err(HookRefused::Later)), "{answers:?}");
    assert!(begun.elapsed() < std::time::Duration::from_secs(8), "a forged one is waited for too long");
}
