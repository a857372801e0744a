//! PayPal's webhooks, tokens and objects, as its documents have them.

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
use model::{Dispute, PaymentState};
use outside::payments::{
    Event, Gateway, GatewayError, HookRefused, Object, PledgeState, SessionStanding,
    paypal::{Paypal, PaypalOptions},
};
use serde_json::json;

use super::*;

const WEBHOOK: &str = "8PT597110X687430LKGECATA";

fn paypal(server: &Server) -> Paypal {
    let options = PaypalOptions {
        client: "AClient".to_owned(),
        key: Secret::new("secret-canary"),
        webhook: WEBHOOK.to_owned(),
        address: Some(server.address.clone()),
        certificates: Some(server.address.clone()),
    };
    Paypal::new(options).unwrap()
}

fn token() -> Say {
    let scope = "https://uri.paypal.com/services/subscriptions";
    Say::Json(200, json!({"access_token": "A21AA", "expires_in": 32_400, "token_type": "Bearer", "scope": scope}))
}

/// A PayPal that has some objects.
async fn with(objects: Vec<(&'static str, Value)>) -> Server {
    Server::start(move |asked| {
        if asked.path == "/v1/oauth2/token" {
            return token();
        }
        match objects.iter().find(|(own, _)| asked.path == *own || asked.path.split('?').next() == Some(own)) {
            Some((_, object)) => Say::Json(200, object.clone()),
            None => Say::Json(404, json!({"name": "RESOURCE_NOT_FOUND"})),
        }
    })
    .await
}

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
            if known { Say::Page(200, certificate) } else { Say::Page(404, "") }
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
async fn a_token_is_kept_and_replaced_when_it_is_not_taken() {
    let refusals = Arc::new(AtomicUsize::new(1));
    let left = Arc::clone(&refusals);
    let server = Server::start(move |asked| {
        if asked.path == "/v1/oauth2/token" {
            return token();
        }
        let refuse = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
        Say::Json(if refuse { 401 } else { 404 }, json!({"name": "RESOURCE_NOT_FOUND"}))
    })
    .await;
    let paypal = paypal(&server);
    for _ in 0..3 {
        assert_eq!(paypal.fetch(&Object::new("capture", "1A")).await, Ok(None));
    }
    let tokens: Vec<_> = server.asked().into_iter().filter(|asked| asked.path == "/v1/oauth2/token").collect();
    assert_eq!(tokens.len(), 2, "one, and one for the one that was not taken");
    assert_eq!(tokens[0].header("authorization"), format!("Basic {}", BASE64.encode("AClient:secret-canary")));
    refusals.store(9, Ordering::SeqCst);
    let answer = paypal.fetch(&Object::new("capture", "1A")).await;
    assert!(matches!(answer, Err(GatewayError::Key { .. })), "{answer:?}");
    assert!(!format!("{paypal:?}").contains("canary"));
}

fn capture(changes: Value) -> Value {
    let mut capture = json!({
        "id": "2C", "status": "COMPLETED", "amount": {"currency_code": "USD", "value": "2.00"}, "custom_id": CID,
        "create_time": "2026-11-26T11:00:00Z",
        "seller_receivable_breakdown": {"paypal_fee": {"currency_code": "USD", "value": "0.35"}},
        "links": [{"rel": "up", "href": "https://api.paypal.com/v2/checkout/orders/1O"}],
    });
    merge(&mut capture, changes);
    capture
}

fn order(changes: Value) -> Value {
    let mut order = json!({
        "id": "1O", "intent": "CAPTURE", "status": "COMPLETED",
        "purchase_units": [{"custom_id": CID, "amount": {"currency_code": "USD", "value": "2.00"}}],
    });
    merge(&mut order, changes);
    order
}

#[tokio::test]
async fn a_capture_says_what_was_paid_and_its_order_what_went_back() {
    let unit = json!({"custom_id": CID, "payments": {"captures": [], "refunds": [
        {"status": "COMPLETED", "amount": {"currency_code": "USD", "value": "0.30"}},
        {"status": "COMPLETED", "amount": {"currency_code": "USD", "value": "0.20"}},
        {"status": "FAILED", "amount": {"currency_code": "USD", "value": "1.00"}},
    ]}});
    let mut whole = order(json!({}));
    whole["purchase_units"] = json!([unit]);
    for (status, state, refunded) in [
        ("COMPLETED", PaymentState::Paid, 0),
        ("PENDING", PaymentState::Pending, 0),
        ("DECLINED", PaymentState::Failed, 0),
        ("REFUNDED", PaymentState::Paid, 200),
        ("PARTIALLY_REFUNDED", PaymentState::Paid, 50),
    ] {
        let objects = vec![
            ("/v2/payments/captures/2C", capture(json!({"status": status}))),
            ("/v2/checkout/orders/1O", whole.clone()),
        ];
        let server = with(objects).await;
        let standing = paypal(&server).fetch(&Object::new("capture", "2C")).await.unwrap().unwrap();
        let payment = &standing.payments[0];
        assert_eq!((payment.token.as_str(), payment.money, payment.fee), ("2C", usd(200), Some(35)));
        assert_eq!((payment.state, payment.refunded), (state, refunded), "{status}");
    }
    let stray = with(vec![("/v2/payments/captures/2C", capture(json!({"custom_id": "shop-9"})))]).await;
    assert_eq!(paypal(&stray).fetch(&Object::new("capture", "2C")).await, Ok(None));
}

#[tokio::test]
async fn an_order_of_somebody_else_is_never_captured_and_a_forgotten_one_is_over() {
    let mut other = order(json!({"status": "APPROVED"}));
    other["purchase_units"][0]["custom_id"] = "shop-9".into();
    let server = with(vec![("/v2/checkout/orders/1O", other)]).await;
    assert_eq!(paypal(&server).fetch(&Object::new("order", "1O")).await, Ok(None));
    assert!(!server.asked().iter().any(|asked| asked.path.ends_with("/capture")));
    let page = paypal(&server).objects(Some(&format!("5X:{CID}")), None).remove(0);
    assert_eq!(page.kind, "order");
    let standing = paypal(&server).fetch(&page).await.unwrap().unwrap();
    assert_eq!((standing.contribution, standing.session), (Some(contribution()), Some(SessionStanding::Over)));
    assert_eq!(paypal(&server).fetch(&Object::new("order", "5X")).await, Ok(None));
}

#[tokio::test]
async fn a_subscription_says_where_a_pledge_stands() {
    for (status, failed, state, session) in [
        ("APPROVAL_PENDING", 0, None, SessionStanding::Open),
        ("APPROVED", 0, Some(PledgeState::Pending), SessionStanding::Complete),
        ("ACTIVE", 0, Some(PledgeState::Active), SessionStanding::Complete),
        ("ACTIVE", 1, Some(PledgeState::PastDue), SessionStanding::Complete),
        ("SUSPENDED", 0, Some(PledgeState::Paused), SessionStanding::Complete),
        ("SUSPENDED", 3, Some(PledgeState::PastDue), SessionStanding::Complete),
        ("CANCELLED", 0, Some(PledgeState::Cancelled), SessionStanding::Complete),
        ("EXPIRED", 0, Some(PledgeState::Cancelled), SessionStanding::Complete),
    ] {
        let cycle = json!({"tenure_type": "REGULAR", "sequence": 1, "frequency": {"interval_unit": "YEAR", "interval_count": 1},
            "pricing_scheme": {"fixed_price": {"currency_code": "USD", "value": "2.00"}}});
        let object = json!({
            "id": "I-1", "status": status, "custom_id": CID, "plan": {"billing_cycles": [cycle]},
            "billing_info": {"failed_payments_count": failed, "next_billing_time": "2027-11-26T10:00:00Z"},
        });
        let server = with(vec![("/v1/billing/subscriptions/I-1", object)]).await;
        let standing = paypal(&server).fetch(&Object::new("subscription", "I-1")).await.unwrap().unwrap();
        assert_eq!((standing.contribution, standing.session), (Some(contribution()), Some(session)), "{status}");
        assert_eq!(standing.pledge.as_ref().map(|pledge| pledge.state), state, "{status} {failed}");
        if let Some(pledge) = standing.pledge {
            assert_eq!((pledge.money, pledge.frequency), (usd(200), Frequency::Annual));
        }
    }
}

#[tokio::test]
async fn a_dispute_stands_as_paypal_says() {
    for (status, outcome, stands) in [
        ("WAITING_FOR_SELLER_RESPONSE", "", Dispute::Open),
        ("UNDER_REVIEW", "", Dispute::Open),
        ("RESOLVED", "RESOLVED_SELLER_FAVOUR", Dispute::Won),
        ("RESOLVED", "RESOLVED_BUYER_FAVOUR", Dispute::Lost),
    ] {
        let dispute = json!({"dispute_id": "PP-1", "status": status, "dispute_outcome": {"outcome_code": outcome},
            "disputed_transactions": [{"seller_transaction_id": "2C"}]});
        let objects = vec![("/v1/customer/disputes/PP-1", dispute), ("/v2/payments/captures/2C", capture(json!({})))];
        let server = with(objects).await;
        let standing = paypal(&server).fetch(&Object::new("dispute", "PP-1")).await.unwrap().unwrap();
        assert_eq!(standing.payments[0].dispute, Some(stands), "{status} {outcome}");
    }
}
