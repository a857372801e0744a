//! Stripe's webhooks.

use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderValue};
use outside::payments::{Event, Gateway, HookRefused, Object};
use serde_json::json;
use sha2::Sha256;

use super::*;

fn signature(secret: &str, at: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{at}.{body}").as_bytes());
    data_encoding::HEXLOWER.encode(&mac.finalize().into_bytes())
}

fn event(kind: &str, object: Value) -> Value {
    let mut event = shape("event", json!({"id": "evt_1", "type": kind}));
    event["data"]["object"] = object;
    event
}

async fn told(header: &str, body: &str) -> Result<Vec<Event>, HookRefused> {
    let stripe = Stripe::new(StripeOptions {
        key: Secret::new("rk_test_canary"),
        secret: Secret::new(SECRET),
        ..StripeOptions::default()
    });
    let mut headers = HeaderMap::new();
    headers.insert("stripe-signature", HeaderValue::from_str(header).unwrap());
    stripe.unwrap().verify(NOW, &headers, body.as_bytes()).await
}

async fn signed(event: &Value) -> Result<Vec<Event>, HookRefused> {
    let (at, body) = (NOW.as_millis() / 1_000, event.to_string());
    told(&format!("t={at},v1={}", signature(SECRET, at, &body)), &body).await
}

#[tokio::test]
async fn every_event_leads_to_the_object_that_is_to_be_looked_at() {
    let session = shape("checkout.session", json!({"id": "cs_1"}));
    let subscription = shape("subscription", json!({"id": "sub_1"}));
    let invoice = shape("invoice", json!({"id": "in_1"}));
    let charge = shape("charge", json!({"id": "ch_1", "payment_intent": "pi_1"}));
    let refund = shape("refund", json!({"payment_intent": "pi_1", "charge": "ch_1"}));
    let dispute = shape("dispute", json!({"payment_intent": "pi_1", "charge": "ch_1"}));
    let warning = shape("radar.early_fraud_warning", json!({"charge": "ch_1"}));
    let kinds: [(&[&str], &Value, &str, &str); 7] = [
        (
            &[
                "checkout.session.completed",
                "checkout.session.async_payment_succeeded",
                "checkout.session.async_payment_failed",
                "checkout.session.expired",
            ],
            &session,
            "checkout.session",
            "cs_1",
        ),
        (&["invoice.paid", "invoice.payment_failed", "invoice.payment_action_required"], &invoice, "invoice", "in_1"),
        (
            &[
                "customer.subscription.created",
                "customer.subscription.updated",
                "customer.subscription.deleted",
                "customer.subscription.paused",
                "customer.subscription.resumed",
            ],
            &subscription,
            "subscription",
            "sub_1",
        ),
        (&["charge.refunded"], &charge, "payment_intent", "pi_1"),
        (&["refund.updated", "refund.failed"], &refund, "payment_intent", "pi_1"),
        (&["charge.dispute.created", "charge.dispute.closed"], &dispute, "payment_intent", "pi_1"),
        (&["radar.early_fraud_warning.created"], &warning, "charge", "ch_1"),
    ];
    for (names, object, kind, id) in kinds {
        for name in names {
            let expected = Event { id: "evt_1".to_owned(), object: Object::new(kind, id) };
            assert_eq!(signed(&event(name, object.clone())).await, Ok(vec![expected]), "{name}");
        }
    }
    let old = shape("charge", json!({"id": "ch_9", "payment_intent": null}));
    assert_eq!(signed(&event("charge.refunded", old)).await.unwrap()[0].object, Object::new("charge", "ch_9"));
}

#[tokio::test]
async fn events_that_do_not_matter_are_believed_and_tell_nothing() {
    for kind in ["customer.created", "payout.paid", "plan.created", "invoice.created", ""] {
        assert_eq!(signed(&event(kind, shape("charge", json!({})))).await, Ok(Vec::new()), "{kind}");
    }
    assert_eq!(signed(&event("invoice.paid", json!({}))).await, Ok(Vec::new()), "an object without a name");
}

#[tokio::test]
async fn only_what_was_signed_with_the_secret_is_believed() {
    let body = event("invoice.paid", shape("invoice", json!({}))).to_string();
    let at = NOW.as_millis() / 1_000;
    let (right, wrong) = (signature(SECRET, at, &body), signature("whsec_of_another", at, &body));
    for good in [
        format!("t={at},v1={right}"),
        format!("t={at},v1={wrong},v1={right}"),
        format!("t={at}, v1={right}, v1={wrong}, v0=00"),
        format!("v1={},t={at}", right.to_uppercase()),
    ] {
        assert_eq!(told(&good, &body).await.map(|events| events.len()), Ok(1), "{good}");
    }
    for bad in [
        format!("t={at},v1={wrong}"),
        format!("t={at},v0={right}"),
        format!("t={},v1={right}", at + 1),
        format!("t={at},v1={}", &right[..62]),
        format!("t={at}"),
        format!("v1={right}"),
        format!("t=soon,v1={right}"),
        String::new(),
    ] {
        assert_eq!(told(&bad, &body).await, Err(HookRefused::Signature), "{bad}");
    }
    let changed = body.replace("in_1", "in_2");
    assert_eq!(told(&format!("t={at},v1={right}"), &changed).await, Err(HookRefused::Signature));
}

#[tokio::test]
async fn what_was_signed_five_minutes_from_now_is_not_believed_either_way() {
    let body = event("invoice.paid", shape("invoice", json!({}))).to_string();
    for (seconds, believed) in [(0, true), (-300, true), (300, true), (-301, false), (301, false), (-600, false)] {
        let at = NOW.as_millis() / 1_000 + seconds;
        let answer = told(&format!("t={at},v1={}", signature(SECRET, at, &body)), &body).await;
        assert_eq!(answer.err(), (!believed).then_some(HookRefused::Time), "{seconds} s");
    }
    let far = i64::MAX;
    assert_eq!(told(&format!("t={far},v1={}", signature(SECRET, far, &body)), &body).await, Err(HookRefused::Time));
}

#[tokio::test]
async fn the_other_mode_a_huge_body_and_no_json_are_refused() {
    let mut live = event("invoice.paid", shape("invoice", json!({})));
    merge(&mut live, json!({"livemode": true}));
    assert_eq!(signed(&live).await, Err(HookRefused::Mode));
    let at = NOW.as_millis() / 1_000;
    for body in
        ["{".to_owned(), "[]".to_owned(), "{\"object\":\"v2.core.event\"}".to_owned(), " ".repeat((1 << 20) + 1)]
    {
        let header = format!("t={at},v1={}", signature(SECRET, at, &body));
        assert_eq!(told(&header, &body).await, Err(HookRefused::Unclear));
    }
}

#[tokio::test]
async fn without_a_secret_nothing_is_believed() {
    let stripe = Stripe::new(StripeOptions::default()).unwrap();
    let (at, body) = (NOW.as_millis() / 1_000, event("invoice.paid", json!({"id": "in_1"})).to_string());
    let mut headers = HeaderMap::new();
    let header = format!("t={at},v1={}", signature("", at, &body));
    headers.insert("stripe-signature", HeaderValue::from_str(&header).unwrap());
    assert_eq!(stripe.verify(NOW, &headers, body.as_bytes()).await, Err(HookRefused::Signature));
    assert_eq!(stripe.verify(NOW, &HeaderMap::new(), body.as_bytes()).await, Err(HookRefused::Signature));
}
