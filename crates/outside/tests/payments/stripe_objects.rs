//! What Stripe's objects say.

use model::{Dispute, PaymentState};
use outside::payments::{Gateway, GatewayError, Object, PledgeState, SessionStanding, Standing};
use serde_json::json;

use super::*;

/// A Stripe that has some objects; whatever else it is asked for is not there.
async fn with(objects: Vec<(&'static str, Value)>) -> Server {
    Server::start(move |asked| {
        let path = asked.path.split('?').next().unwrap_or_default();
        match objects.iter().find(|(own, _)| *own == path || asked.path.starts_with(own) && own.contains('?')) {
            Some((_, object)) => Say::Json(200, object.clone()),
            None => Say::Json(404, json!({"error": {"type": "invalid_request_error", "code": "resource_missing"}})),
        }
    })
    .await
}

async fn said(kind: &str, id: &str, objects: Vec<(&'static str, Value)>) -> Result<Option<Standing>, GatewayError> {
    let server = with(objects).await;
    stripe(&server).fetch(&Object::new(kind, id)).await
}

fn charge(changes: Value) -> Value {
    let line = shape("balance_transaction", json!({"fee": 36, "currency": "usd"}));
    let mut charge = shape(
        "charge",
        json!({
            "id": "ch_1", "payment_intent": "pi_1", "amount": 200, "created": 1_795_694_000, "disputed": false,
        }),
    );
    charge["balance_transaction"] = line;
    merge(&mut charge, changes);
    charge
}

fn intent(changes: Value) -> Value {
    let mut intent = shape(
        "payment_intent",
        json!({
            "id": "pi_1", "amount": 200, "amount_received": 200, "status": "succeeded", "metadata": {"cid": CID},
            "last_payment_error": null,
        }),
    );
    intent["latest_charge"] = charge(json!({}));
    merge(&mut intent, changes);
    intent
}

#[tokio::test]
async fn a_session_says_whose_it_is_what_was_paid_and_who_pays() {
    let object = shape(
        "checkout.session",
        json!({
            "id": "cs_1", "client_reference_id": CID, "status": "complete", "payment_status": "paid",
            "payment_intent": intent(json!({})),
            "customer_details": {"email": "reader@example.org", "name": "A Reader"},
        }),
    );
    let standing =
        said("checkout.session", "cs_1", vec![("/v1/checkout/sessions/cs_1", object)]).await.unwrap().unwrap();
    assert_eq!(standing.contribution, Some(contribution()));
    assert_eq!(standing.session, Some(SessionStanding::Complete));
    let payment = &standing.payments[0];
    assert_eq!((payment.token.as_str(), payment.money, payment.fee), ("pi_1", usd(200), Some(36)));
    assert_eq!((payment.state, payment.refunded, payment.dispute), (PaymentState::Paid, Some(0), None));
    assert_eq!(payment.at.as_millis(), 1_795_694_000_000);
    assert_eq!(standing.contact.as_ref().map(|contact| contact.address.as_str()), Some("reader@example.org"));
    assert!(!format!("{standing:?}").contains("reader@"), "addresses are not shown");
}

#[tokio::test]
async fn a_pledge_of_a_session_and_its_invoice_are_looked_at_next() {
    let object = shape(
        "checkout.session",
        json!({
            "client_reference_id": CID, "mode": "subscription", "status": "complete", "payment_intent": null,
            "subscription": "sub_1", "invoice": "in_1",
        }),
    );
    let standing =
        said("checkout.session", "cs_1", vec![("/v1/checkout/sessions/cs_1", object)]).await.unwrap().unwrap();
    assert_eq!(standing.more, [Object::new("subscription", "sub_1"), Object::new("invoice", "in_1")]);
    assert!(standing.payments.is_empty() && standing.pledge.is_none());
}

#[tokio::test]
async fn money_that_is_promised_is_pending_and_a_declined_card_is_no_end_while_the_page_is_open() {
    let declined =
        json!({"status": "requires_payment_method", "amount_received": 0, "last_payment_error": {"code": "x"}});
    for (status, change, session, state) in [
        ("complete", json!({"status": "processing"}), SessionStanding::Complete, Some(PaymentState::Pending)),
        ("complete", declined.clone(), SessionStanding::Complete, Some(PaymentState::Failed)),
        ("open", declined.clone(), SessionStanding::Open, None),
        ("expired", declined, SessionStanding::Over, Some(PaymentState::Failed)),
        ("expired", json!({"status": "canceled", "latest_charge": null}), SessionStanding::Over, None),
    ] {
        let object = shape(
            "checkout.session",
            json!({
                "client_reference_id": CID, "status": status, "payment_intent": intent(change),
            }),
        );
        let standing = said("checkout.session", "cs_1", vec![("/v1/checkout/sessions/cs_1", object)]).await;
        let standing = standing.unwrap().unwrap();
        assert_eq!(standing.session, Some(session), "{status}");
        assert_eq!(standing.payments.first().map(|payment| payment.state), state, "{status}");
    }
}

#[tokio::test]
async fn objects_of_a_shared_account_and_of_nobody_are_none() {
    let session = shape("checkout.session", json!({"client_reference_id": "order-17"}));
    assert_eq!(said("checkout.session", "cs_1", vec![("/v1/checkout/sessions/cs_1", session)]).await, Ok(None));
    let stray = intent(json!({"metadata": {"cid": null}}));
    let none = json!({"object": "list", "data": []});
    let objects = vec![("/v1/payment_intents/pi_1", stray), ("/v1/invoice_payments", none)];
    assert_eq!(said("payment_intent", "pi_1", objects).await, Ok(None));
    let weekly = json!({"items": {"data": [{"price": {"unit_amount": 5, "currency": "usd", "recurring": {"interval": "week"}}}]}});
    let weekly = shape("subscription", weekly);
    assert_eq!(said("subscription", "sub_1", vec![("/v1/subscriptions/sub_1", weekly)]).await, Ok(None));
    let once = shape("invoice", json!({"parent": null}));
    assert_eq!(said("invoice", "in_1", vec![("/v1/invoices/in_1", once)]).await, Ok(None));
    for kind in ["checkout.session", "subscription", "invoice", "payment_intent", "charge", "refund", "dispute", "plan"]
    {
        assert_eq!(said(kind, "x/../y", vec![]).await, Ok(None), "{kind}");
    }
}

#[tokio::test]
async fn subscriptions_say_where_a_pledge_stands() {
    for (status, held, state, until) in [
        ("incomplete", false, PledgeState::Pending, None),
        ("incomplete_expired", false, PledgeState::Failed, None),
        ("trialing", false, PledgeState::Active, Some(2_000)),
        ("active", false, PledgeState::Active, Some(2_000)),
        ("active", true, PledgeState::Paused, Some(2_000)),
        ("past_due", false, PledgeState::PastDue, Some(1_000)),
        ("unpaid", false, PledgeState::PastDue, Some(1_000)),
        ("paused", false, PledgeState::Paused, Some(2_000)),
        ("canceled", false, PledgeState::Cancelled, Some(2_000)),
    ] {
        let held = if held { json!({"behavior": "void", "resumes_at": null}) } else { Value::Null };
        let mut object = shape(
            "subscription",
            json!({
                "id": "sub_1", "status": status, "metadata": {"cid": CID}, "cancel_at": null, "cancel_at_period_end": false,
            }),
        );
        object["pause_collection"] = held;
        merge(&mut object["items"]["data"][0], json!({"current_period_start": 1, "current_period_end": 2}));
        let standing = said("subscription", "sub_1", vec![("/v1/subscriptions/sub_1", object)]).await.unwrap().unwrap();
        let pledge = standing.pledge.unwrap();
        assert_eq!(standing.contribution, Some(contribution()));
        assert_eq!((pledge.state, pledge.paid_until.map(Timestamp::as_millis)), (state, until), "{status}");
        assert_eq!((pledge.token.as_str(), pledge.money, pledge.frequency), ("sub_1", usd(2_000), Frequency::Monthly));
        assert!(!pledge.ending);
    }
}

#[tokio::test]
async fn a_pledge_that_was_begun_elsewhere_is_known_by_its_own_name() {
    let mut object = shape("subscription", json!({"id": "sub_1", "status": "active", "pause_collection": null}));
    merge(
        &mut object["items"]["data"][0]["price"],
        json!({"currency": "jpy", "unit_amount": 300, "recurring": {"interval": "year"}}),
    );
    object["currency"] = "jpy".into();
    let standing = said("subscription", "sub_1", vec![("/v1/subscriptions/sub_1", object)]).await.unwrap().unwrap();
    let pledge = standing.pledge.unwrap();
    assert_eq!((standing.contribution, standing.of_pledge.as_deref()), (None, Some("sub_1")));
    assert_eq!(
        (pledge.money.to_string(), pledge.frequency, pledge.ending),
        ("300 JPY".to_owned(), Frequency::Annual, true)
    );
}

fn invoice() -> Value {
    let payment = shape("invoice_payment", json!({"payment": {"type": "payment_intent", "payment_intent": "pi_1"}}));
    let mut invoice = shape(
        "invoice",
        json!({
            "id": "in_1",
            "parent": {"type": "subscription_details", "subscription_details": {"metadata": {"cid": CID}, "subscription": "sub_1"}},
        }),
    );
    invoice["payments"] = json!({"object": "list", "data": [payment]});
    invoice
}

#[tokio::test]
async fn an_invoice_says_what_was_paid_for_which_pledge() {
    let objects = vec![
        ("/v1/invoices/in_1", invoice()),
        ("/v1/payment_intents/pi_1", intent(json!({"metadata": {"cid": null}}))),
    ];
    let standing = said("invoice", "in_1", objects).await.unwrap().unwrap();
    assert_eq!((standing.contribution, standing.of_pledge.as_deref()), (Some(contribution()), Some("sub_1")));
    assert_eq!(standing.payments[0].token, "pi_1");
    assert_eq!(standing.more, [Object::new("subscription", "sub_1")]);
    // A renewal that failed is the same payment when it is tried again.
    let failed = intent(json!({"status": "requires_payment_method", "latest_charge": {"status": "failed"}}));
    let objects = vec![("/v1/invoices/in_1", invoice()), ("/v1/payment_intents/pi_1", failed)];
    let standing = said("invoice", "in_1", objects).await.unwrap().unwrap();
    assert_eq!((standing.payments[0].token.as_str(), standing.payments[0].state), ("pi_1", PaymentState::Failed));
}

#[tokio::test]
async fn refunds_disputes_and_charges_speak_of_the_same_payment() {
    let disputed =
        intent(json!({"metadata": {"cid": null}, "latest_charge": {"disputed": true, "amount_refunded": 50}}));
    let mut dispute =
        shape("dispute", json!({"id": "dp_1", "payment_intent": "pi_1", "charge": "ch_1", "status": "lost"}));
    dispute["balance_transactions"] = json!([shape("balance_transaction", json!({"fee": 1_500, "currency": "usd"}))]);
    let objects = vec![
        ("/v1/payment_intents/pi_1", disputed),
        ("/v1/charges/ch_1", charge(json!({}))),
        ("/v1/refunds/re_1", shape("refund", json!({"payment_intent": "pi_1"}))),
        ("/v1/disputes?", json!({"data": [dispute.clone()]})),
        ("/v1/disputes/dp_1", dispute),
        ("/v1/radar/early_fraud_warnings/issfr_1", shape("radar.early_fraud_warning", json!({"charge": "ch_1"}))),
        ("/v1/invoice_payments", json!({"data": [shape("invoice_payment", json!({"invoice": "in_1"}))]})),
        ("/v1/invoices/in_1", invoice()),
    ];
    for (kind, id) in [
        ("payment_intent", "pi_1"),
        ("charge", "ch_1"),
        ("refund", "re_1"),
        ("dispute", "dp_1"),
        ("radar.early_fraud_warning", "issfr_1"),
    ] {
        let standing = said(kind, id, objects.clone()).await.unwrap().unwrap();
        assert_eq!(
            (standing.contribution, standing.of_pledge.as_deref()),
            (Some(contribution()), Some("sub_1")),
            "{kind}"
        );
        let payment = &standing.payments[0];
        assert_eq!(
            (payment.token.as_str(), payment.refunded, payment.dispute),
            ("pi_1", Some(50), Some(Dispute::Lost)),
            "{kind}"
        );
        assert_eq!(payment.fee, Some(1_536), "what the dispute cost is part of the fee");
    }
}

#[tokio::test]
async fn a_dispute_stands_as_its_bank_says() {
    for (status, stands) in [
        ("needs_response", Dispute::Open),
        ("under_review", Dispute::Open),
        ("warning_needs_response", Dispute::Open),
        ("warning_closed", Dispute::Won),
        ("won", Dispute::Won),
        ("lost", Dispute::Lost),
    ] {
        let objects = vec![
            ("/v1/payment_intents/pi_1", intent(json!({"latest_charge": {"disputed": true}}))),
            ("/v1/disputes?", json!({"data": [shape("dispute", json!({"status": status}))]})),
        ];
        let standing = said("payment_intent", "pi_1", objects).await.unwrap().unwrap();
        assert_eq!(standing.payments[0].dispute, Some(stands), "{status}");
    }
}

#[tokio::test]
async fn a_fee_in_another_currency_is_not_known_and_an_old_charge_is_its_own_payment() {
    let other = json!({"latest_charge": {"balance_transaction": {"currency": "eur"}}});
    let objects = vec![("/v1/payment_intents/pi_1", intent(other))];
    assert_eq!(said("payment_intent", "pi_1", objects).await.unwrap().unwrap().payments[0].fee, None);
    let old = charge(json!({"payment_intent": null, "metadata": {"cid": CID}, "status": "succeeded"}));
    let standing = said("charge", "ch_1", vec![("/v1/charges/ch_1", old)]).await.unwrap().unwrap();
    assert_eq!((standing.payments[0].token.as_str(), standing.payments[0].fee), ("ch_1", Some(36)));
}

#[tokio::test]
async fn what_stripe_has_no_documents_for_is_said_and_guessed_at_by_nobody() {
    for change in
        [json!({"status": "levitating"}), json!({"currency": "zzz"}), json!({"amount": "2", "amount_received": null})]
    {
        let objects = vec![("/v1/payment_intents/pi_1", intent(change.clone()))];
        let answer = said("payment_intent", "pi_1", objects).await;
        assert!(matches!(answer, Err(GatewayError::Unclear { .. })), "{change}: {answer:?}");
    }
}
