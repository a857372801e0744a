//! BTCPay's own API document judges the fake, which moves through every state.

use std::sync::Arc;

use model::{Clock, FixedClock};
use serde_json::{Value, json};
use testkit::processors::{Document, FakeBtcpay, Mode, Plan};

use crate::stripe::START;

struct Client {
    http: reqwest::Client,
    fake: FakeBtcpay,
    document: Option<Document>,
}

impl Client {
    /// Asks, and has the answer judged.
    async fn ask(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let request = self.http.request(method.parse().unwrap(), format!("{}{path}", self.fake.address));
        let request = request.header("authorization", format!("token {}", self.fake.token));
        let request = if body.is_null() { request } else { request.body(body.to_string()) };
        let answer = request.send().await.unwrap();
        let (status, text) = (answer.status().as_u16(), answer.text().await.unwrap());
        let bare = path.split('?').next().unwrap();
        if let Some(document) = &self.document {
            assert_eq!(document.answer(method, bare, status, &text), Vec::<String>::new());
        }
        (status, serde_json::from_str(&text).unwrap_or_default())
    }

    async fn invoice(&self, own: &str) -> String {
        let request = json!({"amount": "5.00", "currency": "USD", "metadata": {"orderId": own, "ours": {"a": 1}},
            "checkout": {"expirationMinutes": 60, "monitoringMinutes": 120, "redirectURL": "https://news.example/thanks"}});
        let path = format!("/api/v1/stores/{}/invoices", self.fake.store);
        let (status, invoice) = self.ask("POST", &path, request).await;
        assert_eq!(status, 200, "{invoice}");
        invoice["id"].as_str().unwrap().to_owned()
    }

    async fn state(&self, id: &str) -> (String, String) {
        let invoice = self.ask("GET", &format!("/api/v1/invoices/{id}"), Value::Null).await.1;
        let text = |key: &str| invoice[key].as_str().unwrap().to_owned();
        (text("status"), text("additionalStatus"))
    }
}

async fn client() -> (Client, FakeBtcpay, Arc<FixedClock>) {
    let clock = Arc::new(FixedClock::at(START));
    let fake = FakeBtcpay::start(Arc::clone(&clock)).await.unwrap();
    if let Some(document) = Document::btcpay() {
        fake.judged_by(document);
    }
    let client = Client { http: reqwest::Client::new(), fake: fake.clone(), document: Document::btcpay() };
    (client, fake, clock)
}

fn states(status: &str, additional: &str) -> (String, String) {
    (status.to_owned(), additional.to_owned())
}

#[tokio::test]
async fn an_invoice_goes_through_its_states() {
    let (client, fake, clock) = client().await;
    let (good, over, part, never, marked) = (
        client.invoice("good").await,
        client.invoice("over").await,
        client.invoice("part").await,
        client.invoice("never").await,
        client.invoice("marked").await,
    );
    assert_eq!(client.state(&good).await, states("New", "None"));
    assert!(fake.pay(&good, "5.00"));
    assert_eq!(client.state(&good).await, states("Processing", "None"));
    assert!(fake.confirm(&good));
    assert_eq!(client.state(&good).await, states("Settled", "None"));
    assert!(fake.pay(&over, "6.00") && fake.confirm(&over));
    assert_eq!(client.state(&over).await, states("Settled", "PaidOver"));
    assert!(fake.pay(&part, "2.00"));
    assert!(fake.pay(&never, "5.00"));
    fake.move_to(clock.now().plus_millis(61 * 60_000));
    assert_eq!(client.state(&part).await, states("Expired", "PaidPartial"));
    assert_eq!(client.state(&never).await, states("Processing", "None"));
    assert!(fake.fails_late(&never));
    assert_eq!(client.state(&never).await, states("Invalid", "None"));
    assert!(fake.pay(&part, "3.00"));
    assert_eq!(client.state(&part).await, states("Expired", "PaidLate"));
    assert!(fake.confirm(&part));
    assert_eq!(client.state(&part).await, states("Settled", "PaidLate"));
    assert!(fake.mark(&marked, true));
    assert_eq!(client.state(&marked).await, states("Settled", "Marked"));
    assert_eq!(fake.standing().balance["USD"].gross, 500 + 600 + 500 + 500);
    let path = format!("/api/v1/stores/{}/invoices", fake.store);
    let listed = client.ask("GET", &format!("{path}?orderId=good&orderId=over&take=1"), Value::Null).await.1;
    assert_eq!(listed[0]["metadata"], json!({"orderId": "over", "ours": {"a": 1}}));
    let (status, _) = client.ask("GET", &format!("/api/v1/invoices/{good}/payment-methods"), Value::Null).await;
    assert_eq!((status, fake.wrong()), (200, Vec::new()));
}

#[tokio::test]
async fn what_btcpay_does_not_know_is_refused() {
    let (client, fake, _) = client().await;
    let path = format!("/api/v1/stores/{}/invoices", fake.store);
    let ask = async |body: Value| client.http.post(format!("{}{path}", fake.address)).body(body.to_string());
    let status = async |request: reqwest::RequestBuilder| request.send().await.unwrap().status().as_u16();
    let token = |token: &str| format!("token {token}");
    let good = json!({"amount": "5.00", "currency": "USD"});
    assert_eq!(status(ask(good.clone()).await.header("authorization", token("nobody's"))).await, 401);
    let narrow = fake.token_with(&["btcpay.store.canviewinvoices"]);
    assert_eq!(status(ask(good.clone()).await.header("authorization", token(&narrow))).await, 403);
    for amount in ["0", "-1", "1e3", "2.505", ""] {
        let request = ask(json!({"amount": amount, "currency": "USD"})).await;
        assert_eq!(status(request.header("authorization", token(&fake.token))).await, 422, "{amount}");
    }
    if Document::btcpay().is_some() {
        let unknown = json!({"amount": "5.00", "currency": "USD", "colour": "red"});
        assert_eq!(status(ask(unknown).await.header("authorization", token(&fake.token))).await, 500);
        assert_eq!(fake.wrong().len(), 1, "{:?}", fake.wrong());
    }
}

#[tokio::test]
async fn webhooks_fit_the_document_and_die_with_a_restart() {
    let (client, fake, clock) = client().await;
    let receiver = testkit::Receiver::start().await.unwrap();
    fake.webhooks_to(&format!("{}/hook", receiver.address));
    fake.webhooks(Plan::calm(1).with(Mode::Duplicate));
    let id = client.invoice("one").await;
    fake.pay_whole(&id);
    receiver.answer(&[500]);
    assert_eq!(fake.deliver_all().await.len(), 10);
    let again = client.invoice("two").await;
    assert!(fake.mark(&again, false));
    fake.move_to(clock.now().plus_millis(60 * 60_000));
    fake.deliver_all().await;
    let received = receiver.received();
    for one in &received {
        let body: Value = serde_json::from_str(&one.body).unwrap();
        assert_eq!(one.header("btcpay-sig"), testkit::processors::btcpay::signature(&fake.secret, &one.body));
        let schema = match body["type"].as_str().unwrap() {
            "InvoiceCreated" => "WebhookInvoiceEvent".to_owned(),
            kind => format!("Webhook{kind}Event"),
        };
        if let Some(document) = &client.document {
            assert_eq!(document.named(&schema, &body), Vec::<String>::new());
        }
    }
    let bodies: Vec<Value> = received.iter().map(|one| serde_json::from_str(&one.body).unwrap()).collect();
    assert_eq!(bodies[0]["isRedelivery"], false);
    assert_eq!(bodies[1]["isRedelivery"], true);
    assert_eq!(bodies[0]["deliveryId"], bodies[1]["originalDeliveryId"]);
    client.invoice("three").await;
    fake.restart();
    assert!(fake.deliver_all().await.is_empty());
}

/// A store with open invoices.
pub(crate) async fn with_invoices(count: usize) -> FakeBtcpay {
    let (client, fake, _) = client().await;
    for number in 0..count {
        client.invoice(&format!("gift-{number}")).await;
    }
    fake
}
