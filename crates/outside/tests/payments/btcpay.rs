//! BTCPay Server and transfers by bank.

use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderValue};
use model::PaymentState;
use outside::payments::{
    Event, Gateway, GatewayError, HookRefused, Object, SessionStanding,
    bank::{Bank, Reference},
    btcpay::{Btcpay, BtcpayOptions},
};
use serde_json::json;
use sha2::Sha256;

use super::*;

const STORE: &str = "9CiNzKoANXxmk5ayZngSXrHTiVvvgCrwrpFQd4m2K776";

fn btcpay(server: &Server) -> Btcpay {
    let options = BtcpayOptions {
        address: server.address.clone(),
        store: STORE.to_owned(),
        key: Secret::new("token-canary"),
        secret: Secret::new(SECRET),
    };
    Btcpay::new(options)
}

fn invoice(changes: Value) -> Value {
    let mut invoice = json!({
        "id": "inv_1", "storeId": STORE, "amount": "2.00", "paidAmount": "0", "currency": "USD", "type": "Standard",
        "checkoutLink": "https://pay.example/i/inv_1", "createdTime": 1_795_694_000, "expirationTime": 1_795_697_600,
        "monitoringExpiration": 1_796_302_400, "status": "New", "additionalStatus": "None",
        "availableStatusesForManualMarking": ["Settled", "Invalid"], "archived": false,
        "metadata": {"orderId": CID, "key": "start:1"},
    });
    merge(&mut invoice, changes);
    invoice
}

#[tokio::test]
async fn a_gift_begins_with_an_invoice_and_with_the_same_key_only_one() {
    let server = Server::start(|asked| match asked.method.as_str() {
        "POST" => Say::Json(200, invoice(json!({}))),
        _ => Say::Json(200, json!([])),
    })
    .await;
    let started = btcpay(&server).start(&ask(Frequency::Once)).await.unwrap();
    assert_eq!((started.session.as_str(), started.page.as_str()), ("inv_1", "https://pay.example/i/inv_1"));
    let asked = server.asked();
    let made: Value = serde_json::from_str(&asked[1].body).unwrap();
    assert_eq!(asked[1].path, format!("/api/v1/stores/{STORE}/invoices"));
    assert_eq!(asked[1].header("authorization"), "token token-canary");
    assert_eq!((&made["amount"], &made["currency"]), (&json!("2.00"), &json!("USD")), "amounts are texts");
    assert_eq!((&made["metadata"]["orderId"], &made["metadata"]["key"]), (&json!(CID), &json!("start:1")));
    assert_eq!(made["checkout"]["redirectURL"], "https://news.example/-/support/done");
    let known = Server::start(|asked| {
        assert_eq!(asked.method, "GET");
        Say::Json(200, json!([invoice(json!({"id": "inv_0", "metadata": {"key": "start:0"}})), invoice(json!({}))]))
    })
    .await;
    assert_eq!(btcpay(&known).start(&ask(Frequency::Once)).await.unwrap(), started);
    assert_eq!(known.asked().len(), 1);
    let pledge = btcpay(&known).start(&ask(Frequency::Monthly)).await;
    assert!(matches!(pledge, Err(GatewayError::Cannot { .. })));
}

#[tokio::test]
async fn an_invoice_says_what_was_paid_how_late_and_how_much() {
    use PaymentState as Money;
    use SessionStanding as Page;
    for (status, additional, paid, page, state, counted, came) in [
        ("New", "None", "0", Page::Open, None, 0, None),
        ("New", "PaidPartial", "0.50", Page::Open, None, 0, None),
        ("Processing", "None", "2.00", Page::Complete, Some(Money::Pending), 200, None),
        ("Processing", "PaidOver", "3.00", Page::Complete, Some(Money::Pending), 200, None),
        ("Settled", "None", "2.0000001", Page::Complete, Some(Money::Paid), 200, None),
        ("Settled", "PaidOver", "3.00", Page::Complete, Some(Money::Paid), 300, None),
        ("Settled", "PaidLate", "2.00", Page::Complete, Some(Money::Paid), 200, None),
        ("Settled", "Marked", "0", Page::Complete, Some(Money::Paid), 200, None),
        ("Settled", "Marked", "1.50", Page::Complete, Some(Money::Paid), 200, Some(150)),
        ("Expired", "None", "0", Page::Over, None, 0, None),
        ("Expired", "PaidPartial", "1.50", Page::Over, Some(Money::Failed), 200, Some(150)),
        ("Expired", "PaidLate", "2.00", Page::Over, Some(Money::Pending), 200, None),
        ("Invalid", "None", "2.00", Page::Over, Some(Money::Failed), 200, None),
        ("Invalid", "Marked", "0", Page::Over, Some(Money::Failed), 200, None),
        ("Invalid", "Marked", "2.00", Page::Over, Some(Money::Failed), 200, Some(200)),
    ] {
        let object = invoice(json!({"status": status, "additionalStatus": additional, "paidAmount": paid}));
        let server = Server::start(move |_| Say::Json(200, object.clone())).await;
        let standing = btcpay(&server).fetch(&Object::new("invoice", "inv_1")).await.unwrap().unwrap();
        let of = format!("{status} {additional}");
        assert_eq!((standing.contribution, standing.session), (Some(contribution()), Some(page)), "{of}");
        let payment = standing.payments.first();
        assert_eq!(payment.map(|payment| payment.state), state, "{of}");
        assert_eq!(payment.map_or(0, |payment| payment.money.minor), counted, "{of}");
        assert_eq!(payment.and_then(|payment| payment.came), came, "{of}");
        assert!(payment.is_none_or(|payment| payment.token == "inv_1"));
    }
}

#[tokio::test]
async fn invoices_of_others_are_none() {
    for object in [invoice(json!({"metadata": {"orderId": "pos-17"}})), invoice(json!({"storeId": "another"}))] {
        let server = Server::start(move |_| Say::Json(200, object.clone())).await;
        assert_eq!(btcpay(&server).fetch(&Object::new("invoice", "inv_1")).await, Ok(None));
    }
    let nothing = Server::start(|_| Say::Json(404, json!({"code": "invoice-not-found"}))).await;
    assert_eq!(btcpay(&nothing).fetch(&Object::new("invoice", "inv_1")).await, Ok(None));
    let odd = invoice(json!({"status": "Levitating"}));
    let odd = Server::start(move |_| Say::Json(200, odd.clone())).await;
    let answer = btcpay(&odd).fetch(&Object::new("invoice", "inv_1")).await;
    assert!(matches!(answer, Err(GatewayError::Unclear { .. })));
}

fn told(kind: &str) -> String {
    json!({
        "deliveryId": "d2", "webhookId": "w", "originalDeliveryId": "d1", "isRedelivery": true, "type": kind,
        "timestamp": 1_795_694_000, "storeId": STORE, "invoiceId": "inv_1", "metadata": {"orderId": CID},
    })
    .to_string()
}

async fn believed(secret: &str, body: &str) -> Result<Vec<Event>, HookRefused> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    let header = format!("sha256={}", data_encoding::HEXLOWER.encode(&mac.finalize().into_bytes()));
    let mut headers = HeaderMap::new();
    headers.insert("btcpay-sig", HeaderValue::from_str(&header).unwrap());
    let nowhere = Server::start(|_| Say::Json(500, json!({}))).await;
    btcpay(&nowhere).verify(NOW, &headers, body.as_bytes()).await
}

#[tokio::test]
async fn its_webhooks_are_known_again_when_they_are_sent_again() {
    for kind in [
        "InvoiceReceivedPayment",
        "InvoicePaymentSettled",
        "InvoiceProcessing",
        "InvoiceExpired",
        "InvoiceSettled",
        "InvoiceInvalid",
    ] {
        let event = Event { id: "d1".to_owned(), object: Object::new("invoice", "inv_1") };
        assert_eq!(believed(SECRET, &told(kind)).await, Ok(vec![event]), "{kind}");
    }
    for kind in ["InvoiceCreated", "PayoutApproved", ""] {
        assert_eq!(believed(SECRET, &told(kind)).await, Ok(Vec::new()), "{kind}");
    }
    let elsewhere = told("InvoiceSettled").replace(STORE, "another");
    assert_eq!(believed(SECRET, &elsewhere).await, Ok(Vec::new()));
}

#[tokio::test]
async fn forged_oversized_and_senseless_webhooks_are_refused() {
    assert_eq!(believed("another secret", &told("InvoiceSettled")).await, Err(HookRefused::Signature));
    assert_eq!(believed("", &told("InvoiceSettled")).await, Err(HookRefused::Signature));
    assert_eq!(believed(SECRET, &" ".repeat((1 << 20) + 1)).await, Err(HookRefused::Unclear));
    assert_eq!(believed(SECRET, "[]").await, Err(HookRefused::Unclear));
    let nowhere = Server::start(|_| Say::Json(500, json!({}))).await;
    let answer = btcpay(&nowhere).verify(NOW, &HeaderMap::new(), told("InvoiceSettled").as_bytes()).await;
    assert_eq!(answer, Err(HookRefused::Signature));
}

#[tokio::test]
async fn each_state_of_an_invoice_is_told_once_when_nothing_was_told() {
    let listed = json!([
        invoice(json!({"id": "inv_3"})),
        invoice(json!({"id": "inv_2", "status": "Expired", "additionalStatus": "PaidPartial"})),
        invoice(json!({"id": "inv_x", "status": "Settled", "metadata": {"orderId": null}})),
        invoice(json!({"id": "inv_1", "status": "Settled"})),
    ]);
    let server = Server::start(move |_| Say::Json(200, listed.clone())).await;
    let happened = btcpay(&server).since(None).await.unwrap();
    let ids: Vec<&str> = happened.events.iter().map(|event| event.id.as_str()).collect();
    assert_eq!(ids, ["inv_1:Settled:None", "inv_2:Expired:PaidPartial"]);
    assert_eq!((happened.place, happened.more), (None, false));
}

#[tokio::test]
async fn what_its_key_may_not_do_is_named() {
    for (permissions, lacking) in [
        (
            json!([format!("btcpay.store.cancreateinvoice:{STORE}"), format!("btcpay.store.canviewinvoices:{STORE}")]),
            vec![],
        ),
        (json!(["unrestricted"]), vec![]),
        (
            json!(["btcpay.store.cancreateinvoice:another"]),
            vec!["btcpay.store.cancreateinvoice", "btcpay.store.canviewinvoices"],
        ),
        (json!(["btcpay.store.canviewinvoices"]), vec!["btcpay.store.cancreateinvoice"]),
    ] {
        let server = Server::start(move |_| Say::Json(200, json!({"permissions": permissions}))).await;
        assert_eq!(btcpay(&server).lacking().await.unwrap(), lacking);
    }
}

#[tokio::test]
async fn a_transfer_has_a_reference_and_stays_open() {
    let started = Bank.start(&ask(Frequency::Once)).await.unwrap();
    let reference = Reference::of(contribution());
    assert_eq!(started.session, reference.as_str());
    assert_eq!(started.page, ask(Frequency::Once).done, "what a transfer needs stands where others come back to");
    let objects = Bank.objects(Some(&started.session), None);
    let standing = Bank.fetch(&objects[0]).await.unwrap().unwrap();
    assert_eq!((standing.session, standing.payments.len()), (Some(SessionStanding::Open), 0));
    assert!(matches!(Bank.start(&ask(Frequency::Monthly)).await, Err(GatewayError::Cannot { .. })));
    assert_eq!(Bank.verify(NOW, &HeaderMap::new(), b"{}").await, Err(HookRefused::Signature));
}
