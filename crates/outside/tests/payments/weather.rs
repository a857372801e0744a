//! Gateways that are down, slow, busy or not themselves.

use std::time::{Duration, Instant};

use outside::payments::{Gateway, GatewayError, Object};
use serde_json::json;

use super::*;

fn away(answer: &GatewayError) -> &str {
    match answer {
        GatewayError::Away { why, .. } => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn whatever_is_not_the_gateway_itself_is_told_as_its_being_away() {
    let page = "<!DOCTYPE html><title>502</title>rk_test_canary";
    for (say, seen) in [
        (Say::Page(502, page), "answered 502"),
        (Say::Page(200, page), "no JSON"),
        (Say::Page(403, page), "no JSON"),
        (Say::Json(429, json!({"error": {"type": "rate_limit_error"}})), "answered 429"),
        (Say::Json(500, json!({"error": {"type": "api_error"}})), "answered 500"),
        (Say::Json(409, json!({"error": {"type": "idempotency_error"}})), "answered 409"),
        (Say::Elsewhere("http://127.0.0.1:1/".to_owned()), "answered 302"),
    ] {
        let server = Server::start(move |_| say.clone()).await;
        let error = stripe(&server).start(&ask(Frequency::Once)).await.unwrap_err();
        assert!(away(&error).contains(seen), "{error}");
        assert!(error.may_pass() && !error.to_string().contains("canary"), "{error}");
    }
}

#[tokio::test]
async fn a_gateway_that_is_down_or_slow_is_given_up_in_time() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = url::Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    drop(listener);
    let down =
        Stripe::new(StripeOptions { key: Secret::new("rk_test_1"), address: Some(nobody), ..StripeOptions::default() });
    let error = down.unwrap().start(&ask(Frequency::Once)).await.unwrap_err();
    assert!(away(&error).contains("no connection"), "{error}");
    let server = Server::start(|_| Say::After(Duration::from_secs(30))).await;
    let begun = Instant::now();
    let slow = stripe(&server).within(Duration::from_millis(300));
    let error = slow.start(&ask(Frequency::Once)).await.unwrap_err();
    assert!(away(&error).contains("no answer"), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert_eq!(server.asked().len(), 1, "what is slow is not asked twice");
}

#[tokio::test]
async fn only_what_may_be_asked_twice_is_and_only_once_more() {
    let server = Server::start(|_| Say::Json(503, json!({}))).await;
    let stripe = stripe(&server);
    stripe.fetch(&Object::new("invoice", "in_1")).await.unwrap_err();
    assert_eq!(server.asked().len(), 2);
    stripe.start(&ask(Frequency::Once)).await.unwrap_err();
    let asked = server.asked();
    assert_eq!(asked.len(), 4);
    assert_eq!(asked[2].header("idempotency-key"), asked[3].header("idempotency-key"));
    assert_eq!(asked[2].body, asked[3].body, "the same key needs the same request");
}

#[tokio::test]
async fn a_key_that_is_not_taken_and_a_refusal_are_told_apart() {
    for status in [401, 403] {
        let server =
            Server::start(move |_| Say::Json(status, json!({"error": {"type": "invalid_request_error"}}))).await;
        let error = stripe(&server).start(&ask(Frequency::Once)).await.unwrap_err();
        assert!(matches!(error, GatewayError::Key { .. }), "{error}");
    }
    let said = json!({"error": {"code": "amount_too_small", "param": "line_items", "message": "reader@example.org"}});
    let server = Server::start(move |_| Say::Json(400, said.clone())).await;
    let error = stripe(&server).start(&ask(Frequency::Once)).await.unwrap_err();
    assert_eq!(error.to_string(), "Stripe refuses: amount_too_small (line_items)");
    assert!(!error.may_pass());
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_the_end() {
    let server = Server::start(|_| Say::Bytes(9 << 20)).await;
    let answer = stripe(&server).fetch(&Object::new("invoice", "in_1")).await;
    assert!(matches!(answer, Err(GatewayError::Unclear { .. })), "{answer:?}");
}
