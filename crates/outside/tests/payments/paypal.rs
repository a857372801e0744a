//! PayPal's tokens and objects, as its documents have them.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use model::{Dispute, PaymentState};
use outside::payments::{
    Gateway, GatewayError, Object, PledgeState, SessionStanding,
    paypal::{Paypal, PaypalOptions},
};
use serde_json::json;

use super::*;

pub(crate) const WEBHOOK: &str = "8PT597110X687430LKGECATA";

pub(crate) fn paypal(server: &Server) -> Paypal {
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
        assert_eq!((payment.state, payment.refunded), (state, Some(refunded)), "{status}");
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
        ("SUSPENDED", 3, Some(PledgeState::Paused), SessionStanding::Complete),
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
