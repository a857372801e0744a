//! What Stripe is asked to do, and how.

use outside::payments::{Gateway, GatewayError, Pledge};
use serde_json::json;

use super::*;

fn pledge() -> Pledge {
    Pledge { contribution: contribution(), token: "sub_1".to_owned() }
}

fn subscription() -> Value {
    let mut object = shape("subscription", json!({"id": "sub_1", "customer": "cus_1"}));
    merge(&mut object["items"]["data"][0], json!({"id": "si_1", "current_period_end": 1_800_000_000}));
    merge(&mut object["items"]["data"][0]["price"], json!({"product": "prod_1"}));
    object
}

/// A Stripe that says yes to everything.
async fn willing() -> Server {
    Server::start(|asked| match (asked.method.as_str(), asked.path.as_str()) {
        ("POST", "/v1/checkout/sessions") => {
            Say::Json(200, shape("checkout.session", json!({"id": "cs_1", "url": "https://checkout.stripe.com/c/1"})))
        }
        ("POST", "/v1/billing_portal/sessions") => Say::Json(200, json!({"url": "https://billing.stripe.com/p/1"})),
        ("GET", _) => Say::Json(200, subscription()),
        _ => Say::Json(200, json!({})),
    })
    .await
}

#[tokio::test]
async fn a_gift_begins_with_a_session_that_carries_our_reference() {
    let server = willing().await;
    let started = stripe(&server).start(&ask(Frequency::Once)).await.unwrap();
    assert_eq!((started.session.as_str(), started.page.as_str()), ("cs_1", "https://checkout.stripe.com/c/1"));
    let asked = server.asked().remove(0);
    assert_eq!(asked.header("authorization"), "Bearer rk_test_canary");
    assert_eq!(asked.header("stripe-version"), "2026-09-30.endive");
    assert_eq!(asked.header("idempotency-key"), "start:1");
    assert_eq!(asked.header("content-type"), "application/x-www-form-urlencoded");
    for (name, value) in [
        ("mode", "payment"),
        ("submit_type", "donate"),
        ("customer_creation", "if_required"),
        ("client_reference_id", CID),
        ("payment_intent_data[metadata][cid]", CID),
        ("line_items[0][quantity]", "1"),
        ("line_items[0][price_data][currency]", "usd"),
        ("line_items[0][price_data][unit_amount]", "200"),
        ("line_items[0][price_data][product_data][name]", "Support"),
        ("locale", "ru"),
        ("success_url", "https://news.example/-/support/done"),
        ("cancel_url", "https://news.example/support/"),
    ] {
        assert_eq!(asked.field(name).as_deref(), Some(value), "{name}");
    }
    assert_eq!(asked.field("line_items[0][price_data][recurring][interval]"), None);
}

#[tokio::test]
async fn a_pledge_begins_with_a_subscription_that_carries_it_too() {
    let server = willing().await;
    stripe(&server).start(&ask(Frequency::Annual)).await.unwrap();
    let asked = server.asked().remove(0);
    assert_eq!(asked.field("mode").as_deref(), Some("subscription"));
    assert_eq!(asked.field("line_items[0][price_data][recurring][interval]").as_deref(), Some("year"));
    assert_eq!(asked.field("subscription_data[metadata][cid]").as_deref(), Some(CID));
    assert_eq!(asked.field("submit_type"), None, "Stripe takes it for single payments alone");
}

#[tokio::test]
async fn an_amount_that_stripe_cannot_charge_exactly_never_leaves() {
    let server = willing().await;
    let forint = Currency::parse("HUF").unwrap();
    let ask = Start { money: Money::new(1_050, forint), ..ask(Frequency::Once) };
    assert!(matches!(stripe(&server).start(&ask).await, Err(GatewayError::Refused { .. })));
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn another_amount_counts_from_the_next_payment_on() {
    let server = willing().await;
    stripe(&server).change(&pledge(), usd(500), Frequency::Monthly, "change:1").await.unwrap();
    let asked = server.asked().remove(1);
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("POST", "/v1/subscriptions/sub_1"));
    assert_eq!(asked.header("idempotency-key"), "change:1");
    for (name, value) in [
        ("items[0][id]", "si_1"),
        ("items[0][price_data][product]", "prod_1"),
        ("items[0][price_data][unit_amount]", "500"),
        ("items[0][price_data][recurring][interval]", "month"),
        ("proration_behavior", "none"),
    ] {
        assert_eq!(asked.field(name).as_deref(), Some(value), "{name}");
    }
    assert_eq!(asked.field("trial_end"), None);
    // Another interval would be charged at once, so it begins when what is paid for ends.
    stripe(&server).change(&pledge(), usd(500), Frequency::Annual, "change:2").await.unwrap();
    assert_eq!(server.asked()[3].field("trial_end").as_deref(), Some("1800000000"));
}

#[tokio::test]
async fn pledges_are_paused_resumed_and_their_cards_changed() {
    let server = willing().await;
    let stripe = stripe(&server);
    stripe.pause(&pledge(), "pause:1").await.unwrap();
    stripe.resume(&pledge(), "resume:1").await.unwrap();
    let page = stripe.method_page(&pledge(), "https://news.example/back").await.unwrap();
    assert_eq!(page, "https://billing.stripe.com/p/1");
    let asked = server.asked();
    assert_eq!(asked[0].field("pause_collection[behavior]").as_deref(), Some("void"));
    assert_eq!(asked[1].field("pause_collection").as_deref(), Some(""));
    let portal = asked.last().unwrap();
    assert_eq!(portal.field("customer").as_deref(), Some("cus_1"));
    assert_eq!(portal.field("flow_data[type]").as_deref(), Some("payment_method_update"));
}

#[tokio::test]
async fn a_pledge_that_is_ended_stays_so() {
    let server = Server::start(|asked| match asked.method.as_str() {
        "DELETE" => Say::Json(404, json!({"error": {"code": "resource_missing"}})),
        _ => Say::Json(200, shape("subscription", json!({"status": "canceled"}))),
    })
    .await;
    stripe(&server).cancel(&pledge(), "cancel:1").await.unwrap();
    let nowhere = Server::start(|_| Say::Json(404, json!({"error": {"code": "resource_missing"}}))).await;
    assert!(matches!(stripe(&nowhere).cancel(&pledge(), "cancel:1").await, Err(GatewayError::Refused { .. })));
}

#[tokio::test]
async fn a_payment_is_given_back_whatever_names_it() {
    let server = willing().await;
    stripe(&server).refund("pi_1", usd(150), "refund:1").await.unwrap();
    stripe(&server).refund("ch_1", usd(150), "refund:2").await.unwrap();
    let asked = server.asked();
    assert_eq!(asked[0].field("payment_intent").as_deref(), Some("pi_1"));
    assert_eq!(asked[1].field("charge").as_deref(), Some("ch_1"));
    assert_eq!((asked[0].field("amount").as_deref(), asked[0].header("idempotency-key")), (Some("150"), "refund:1"));
}

#[tokio::test]
async fn the_record_is_read_from_a_place_and_without_one_from_its_beginning() {
    let server = Server::start(|asked| {
        let event = |id: &str| {
            shape(
                "event",
                json!({"id": id, "type": "invoice.paid", "data": {"object": {"id": id.replace("evt", "in")}}}),
            )
        };
        let page = |ids: &[&str], more: bool| {
            let data: Vec<Value> = ids.iter().map(|id| event(id)).collect();
            Say::Json(200, json!({"object": "list", "data": data, "has_more": more}))
        };
        if asked.path.contains("ending_before=evt_old") {
            Say::Json(404, json!({"error": {"code": "resource_missing"}}))
        } else if asked.path.contains("ending_before=evt_2") {
            page(&["evt_4", "evt_3"], true)
        } else if asked.path.contains("ending_before=evt_4") {
            page(&[], false)
        } else if asked.path.contains("starting_after=evt_3") {
            page(&["evt_2", "evt_1"], false)
        } else {
            page(&["evt_4", "evt_3"], true)
        }
    })
    .await;
    let stripe = stripe(&server);
    let ids = |happened: &outside::payments::Happened| -> Vec<String> {
        happened.events.iter().map(|event| event.id.clone()).collect()
    };
    let after = stripe.since(Some("evt_2")).await.unwrap();
    assert_eq!(
        (ids(&after), after.place.as_deref(), after.more),
        (vec!["evt_3".into(), "evt_4".into()], Some("evt_4"), true)
    );
    let nothing = stripe.since(Some("evt_4")).await.unwrap();
    assert_eq!((nothing.events.len(), nothing.place.as_deref(), nothing.more), (0, Some("evt_4"), false));
    for place in [None, Some("evt_old")] {
        let all = stripe.since(place).await.unwrap();
        assert_eq!(ids(&all), ["evt_1", "evt_2", "evt_3", "evt_4"], "{place:?}");
        assert_eq!((all.place.as_deref(), all.more), (Some("evt_4"), false));
    }
    assert!(server.asked()[0].path.contains("types[]=checkout.session.completed"));
}

#[tokio::test]
async fn what_a_key_may_not_do_is_named() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/v1/refunds" => Say::Json(403, json!({"error": {"type": "invalid_request_error"}})),
        path if path.starts_with("/v1/disputes") => Say::Json(403, json!({"error": {}})),
        _ => Say::Json(if asked.method == "POST" { 400 } else { 200 }, json!({})),
    })
    .await;
    assert_eq!(stripe(&server).lacking().await.unwrap(), ["Disputes: Read", "Charges and Refunds: Write"]);
    let shut = Server::start(|_| Say::Json(401, json!({"error": {}}))).await;
    assert!(matches!(stripe(&shut).lacking().await, Err(GatewayError::Key { .. })));
}
