//! PayPal's own API documents judge the fake: requests and answers.

use std::sync::{Arc, Mutex};

use model::{Clock, FixedClock};
use serde_json::{Value, json};
use testkit::processors::{Document, FakePaypal, Weather, paypal::Outcome};

use crate::stripe::START;

const DAY: i64 = 86_400_000;

pub(crate) struct Client {
    http: reqwest::Client,
    fake: FakePaypal,
    pub(crate) document: Option<Document>,
    token: Mutex<String>,
}

impl Client {
    /// Asks, and has the answer judged.
    async fn ask(&self, method: &str, path: &str, body: Value, id: &str) -> (u16, Value) {
        let request = self.http.request(method.parse().unwrap(), format!("{}{path}", self.fake.address));
        let request = request.bearer_auth(self.token()).header("content-type", "application/json");
        let request = if body.is_null() { request } else { request.body(body.to_string()) };
        let request = if id.is_empty() { request } else { request.header("paypal-request-id", id) };
        let answer = request.send().await.unwrap();
        let (status, text) = (answer.status().as_u16(), answer.text().await.unwrap());
        let bare = path.split('?').next().unwrap();
        let judged = !["/v1/catalogs", "/v1/customer", "/v1/payments/sale"].iter().any(|path| bare.starts_with(path));
        if let Some(document) = self.document.as_ref().filter(|_| judged && status != 500) {
            assert_eq!(document.answer(method, bare, status, &text), Vec::<String>::new(), "{text}");
        }
        (status, serde_json::from_str(&text).unwrap_or_default())
    }

    fn token(&self) -> String {
        self.token.lock().unwrap().clone()
    }

    /// A new token, since the last one ended.
    async fn log_in(&self) {
        let request = self.http.post(format!("{}/v1/oauth2/token", self.fake.address));
        let request =
            request.basic_auth(&self.fake.client, Some(&self.fake.secret)).body("grant_type=client_credentials");
        let answer: Value = serde_json::from_str(&request.send().await.unwrap().text().await.unwrap()).unwrap();
        *self.token.lock().unwrap() = answer["access_token"].as_str().unwrap().to_owned();
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        self.ask("GET", path, Value::Null, "").await.1
    }

    async fn order(&self, own: &str, value: &str) -> String {
        let context = json!({"brand_name": "The Newsroom", "shipping_preference": "NO_SHIPPING", "user_action": "PAY_NOW",
            "return_url": "https://news.example/thanks?a=1", "cancel_url": "https://news.example/support"});
        let order = json!({"intent": "CAPTURE", "payment_source": {"paypal": {"experience_context": context}},
            "purchase_units": [{"custom_id": own, "amount": {"currency_code": "USD", "value": value}}]});
        let (status, made) = self.ask("POST", "/v2/checkout/orders", order, own).await;
        assert_eq!(status, 200, "{made}");
        assert_eq!(made["links"][1]["rel"], "payer-action");
        made["id"].as_str().unwrap().to_owned()
    }

    async fn capture(&self, order: &str) -> (u16, Value) {
        self.ask("POST", &format!("/v2/checkout/orders/{order}/capture"), json!({}), "").await
    }

    async fn plan(&self) -> String {
        let product = json!({"name": "Support", "type": "SERVICE"});
        let product = self.ask("POST", "/v1/catalogs/products", product, "").await.1;
        let price = json!({"fixed_price": {"currency_code": "USD", "value": "2.00"}});
        let cycle = json!({"tenure_type": "REGULAR", "sequence": 1, "total_cycles": 0, "pricing_scheme": price,
            "frequency": {"interval_unit": "MONTH", "interval_count": 1}});
        let plan = json!({"product_id": product["id"], "name": "Monthly in USD", "billing_cycles": [cycle],
            "payment_preferences": {"payment_failure_threshold": 2}});
        let (status, plan) = self.ask("POST", "/v1/billing/plans", plan, "").await;
        assert_eq!(status, 201, "{plan}");
        plan["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn subscription(&self, own: &str, value: &str) -> String {
        let (status, made) =
            self.ask("POST", "/v1/billing/subscriptions", request(&self.plan().await, own, value), own).await;
        assert_eq!(status, 201, "{made}");
        made["id"].as_str().unwrap().to_owned()
    }
}

fn request(plan: &str, own: &str, value: &str) -> Value {
    json!({"plan_id": plan, "custom_id": own, "plan": price(value),
        "application_context": {"shipping_preference": "NO_SHIPPING", "return_url": "https://news.example/thanks",
            "cancel_url": "https://news.example/support"}})
}

fn price(value: &str) -> Value {
    let price = json!({"fixed_price": {"currency_code": "USD", "value": value}});
    json!({"billing_cycles": [{"sequence": 1, "pricing_scheme": price}]})
}

pub(crate) async fn client() -> (Client, FakePaypal, Arc<FixedClock>) {
    let clock = Arc::new(FixedClock::at(START));
    let fake = FakePaypal::start(Arc::clone(&clock)).await.unwrap();
    if let Some(document) = Document::paypal() {
        fake.judged_by(document);
    }
    let (http, token) = (reqwest::Client::new(), Mutex::default());
    let client = Client { http, fake: fake.clone(), document: Document::paypal(), token };
    client.log_in().await;
    (client, fake, clock)
}

#[tokio::test]
async fn an_order_is_approved_captured_and_refunded() {
    let (client, fake, _) = client().await;
    let order = client.order("gift-1", "10.00").await;
    assert_eq!(client.order("gift-1", "10.00").await, order);
    let (status, refused) = client.capture(&order).await;
    assert_eq!((status, &refused["details"][0]["issue"]), (422, &json!("ORDER_NOT_APPROVED")));
    let page = format!("{}/checkoutnow?token={order}", fake.address);
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let next = browser.post(&page).body("action=pay").send().await.unwrap();
    let next = next.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(next, format!("https://news.example/thanks?a=1&token={order}&PayerID=FAKEPAYER2345"));
    let (status, captured) = client.capture(&order).await;
    assert_eq!((status, &captured["status"]), (201, &json!("COMPLETED")));
    let (status, refused) = client.capture(&order).await;
    assert_eq!((status, &refused["details"][0]["issue"]), (422, &json!("ORDER_ALREADY_CAPTURED")));
    let capture = captured["purchase_units"][0]["payments"]["captures"][0]["id"].as_str().unwrap().to_owned();
    let refund = json!({"amount": {"currency_code": "USD", "value": "4.00"}});
    let path = format!("/v2/payments/captures/{capture}/refund");
    let (status, refund) = client.ask("POST", &path, refund, "r1").await;
    assert_eq!(status, 201, "{refund}");
    client.get(&format!("/v2/payments/refunds/{}", refund["id"].as_str().unwrap())).await;
    assert_eq!(client.get(&format!("/v2/payments/captures/{capture}")).await["status"], "PARTIALLY_REFUNDED");
    let (status, refused) =
        client.ask("POST", &path, json!({"amount": {"currency_code": "USD", "value": "6.01"}}), "r2").await;
    assert_eq!((status, &refused["details"][0]["issue"]), (422, &json!("REFUND_AMOUNT_EXCEEDED")));
    client.get(&format!("/v2/checkout/orders/{order}")).await;
    let dispute = fake.dispute(&capture);
    assert_eq!(fake.standing().balance["USD"].gross, 0);
    fake.dispute_ends(&dispute, true);
    let standing = fake.standing();
    assert_eq!(standing.balance["USD"].gross, 600);
    let paid = &standing.gifts["gift-1"].payments[0];
    assert_eq!((paid.amount, paid.refunded, paid.disputed.as_deref()), (1000, 400, Some("won")));
    assert_eq!(fake.wrong(), Vec::<String>::new());
}

#[tokio::test]
async fn a_capture_may_be_pending_declined_or_taken_back() {
    let (client, fake, _) = client().await;
    let captured = async |own: &str| {
        let order = client.order(own, "5.00").await;
        assert!(fake.approve_pending(&order));
        let captured = client.capture(&order).await.1;
        let id = captured["purchase_units"][0]["payments"]["captures"][0]["id"].as_str().unwrap().to_owned();
        (order, id)
    };
    let ((good_order, good), (_, bad)) = (captured("good").await, captured("bad").await);
    assert!(fake.standing().balance.is_empty());
    assert!(fake.settle(&good, Outcome::Paid) && fake.settle(&bad, Outcome::Declined));
    assert_eq!(client.get(&format!("/v2/payments/captures/{bad}")).await["status"], "DECLINED");
    client.get(&format!("/v2/checkout/orders/{good_order}")).await;
    assert_eq!(fake.standing().balance["USD"].gross, 500);
    fake.fails_late(&good);
    assert_eq!(fake.standing().balance["USD"].gross, 0);
    let order = client.order("never", "5.00").await;
    assert!(fake.approve_declined(&order));
    assert_eq!(client.capture(&order).await.0, 422);
}

#[tokio::test]
async fn a_subscription_is_paid_revised_suspended_and_cancelled() {
    let (client, fake, clock) = client().await;
    let id = client.subscription("pledge-1", "3.00").await;
    let path = format!("/v1/billing/subscriptions/{id}");
    assert_eq!(client.get(&path).await["status"], "APPROVAL_PENDING");
    assert!(fake.subscribe(&id));
    let found = client.get(&path).await;
    assert_eq!(found["status"], "ACTIVE");
    assert_eq!(found["billing_info"]["next_billing_time"], "2026-02-28T12:00:00Z");
    let (status, revised) = client.ask("POST", &format!("{path}/revise"), json!({"plan": price("7.00")}), "").await;
    assert_eq!(status, 200, "{revised}");
    assert!(fake.subscribe(&id));
    fake.move_to(START.plus_millis(28 * DAY));
    client.log_in().await;
    let gross = || fake.standing().balance["USD"].gross;
    assert_eq!(gross(), 300 + 700);
    let reason = json!({"reason": "a pause"});
    assert_eq!(client.ask("POST", &format!("{path}/suspend"), reason.clone(), "").await.0, 204);
    fake.move_to(START.plus_millis(100 * DAY));
    client.log_in().await;
    assert_eq!(gross(), 1000);
    assert_eq!(client.ask("POST", &format!("{path}/activate"), reason.clone(), "").await.0, 204);
    fake.next_payments(&id, &[Outcome::Declined, Outcome::Paid]);
    fake.move_to(clock.now().plus_millis(36 * DAY));
    client.log_in().await;
    assert_eq!(gross(), 1700);
    fake.next_payments(&id, &[Outcome::Declined; 2]);
    fake.move_to(clock.now().plus_millis(36 * DAY));
    client.log_in().await;
    assert_eq!(client.get(&path).await["status"], "SUSPENDED");
    assert_eq!(client.ask("POST", &format!("{path}/cancel"), reason.clone(), "").await.0, 204);
    assert_eq!(client.ask("POST", &format!("{path}/cancel"), reason, "").await.0, 422);
    let span = "start_time=2026-01-01T00:00:00Z&end_time=2027-01-01T00:00:00Z";
    let listed = client.get(&format!("{path}/transactions?{span}")).await;
    assert_eq!(listed["transactions"].as_array().unwrap().len(), 3);
    let sale = fake.transactions().pop().unwrap();
    let refund = client.ask("POST", &format!("/v2/payments/captures/{sale}/refund"), json!({}), "").await;
    assert_eq!((refund.0, gross()), (201, 1000));
    assert_eq!(fake.standing().gifts["pledge-1"].pledge.as_ref().unwrap().state, "CANCELLED");
    assert_eq!(fake.wrong(), Vec::<String>::new());
}

#[tokio::test]
async fn what_paypal_does_not_know_is_refused() {
    let (client, fake, clock) = client().await;
    let post = async |body: Value, id: &str| client.ask("POST", "/v2/checkout/orders", body, id).await;
    let unit = |value: &str, currency: &str| json!([{"amount": {"currency_code": currency, "value": value}}]);
    for (value, currency) in [("0.00", "USD"), ("2.50", "JPY")] {
        assert_eq!(post(json!({"intent": "CAPTURE", "purchase_units": unit(value, currency)}), "").await.0, 422);
    }
    let token = client.token();
    let good = json!({"intent": "CAPTURE", "purchase_units": unit("2.00", "USD")});
    assert_eq!(post(good.clone(), "same").await.0, 201);
    let other = json!({"intent": "CAPTURE", "purchase_units": unit("3.00", "USD")}).to_string();
    let other = client.http.post(format!("{}/v2/checkout/orders", fake.address)).body(other).bearer_auth(&token);
    assert_eq!(other.header("paypal-request-id", "same").send().await.unwrap().status(), 400);
    let wallet = json!({"paypal": {}});
    let nameless = json!({"intent": "CAPTURE", "payment_source": wallet, "purchase_units": unit("2.00", "USD")});
    assert_eq!(post(nameless, "").await.0, 400);
    fake.server.weather(Weather::BrokenAfter, Some(1));
    assert_eq!(post(good.clone(), "lost").await.0, 500);
    assert_eq!(post(good.clone(), "lost").await.0, 201);
    if client.document.is_some() {
        assert_eq!(fake.wrong(), Vec::<String>::new());
        assert_eq!(
            post(json!({"intent": "CAPTURE", "purchase_units": unit("2.00", "USD"), "colour": "red"}), "").await.0,
            500
        );
        assert_eq!(fake.wrong().len(), 1, "{:?}", fake.wrong());
    }
    clock.advance_millis(10 * 3_600_000);
    let answer = client.http.get(format!("{}/v2/checkout/orders/1", fake.address)).bearer_auth(&token);
    assert_eq!(answer.send().await.unwrap().status(), 401);
}

/// A PayPal with subscriptions that wait for their subscribers, and a BTCPay with open invoices.
pub(crate) async fn walkers() -> (FakePaypal, testkit::processors::FakeBtcpay, Vec<String>) {
    let (client, fake, _) = client().await;
    let mut subscriptions = Vec::new();
    for number in 0..6 {
        subscriptions.push(client.subscription(&format!("pledge-{number}"), "3.00").await);
    }
    (fake, crate::btcpay::with_invoices(12).await, subscriptions)
}
