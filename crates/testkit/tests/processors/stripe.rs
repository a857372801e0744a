//! What the fake Stripe promises beyond what its own library asks.

use std::{sync::Arc, time::Duration};

use model::{Clock, FixedClock, Timestamp};
use serde_json::Value;
use testkit::processors::{Delivered, FakeStripe, Mode, Outcome, Plan, Weather};

/// 31 January 2026, noon.
pub(crate) const START: Timestamp = Timestamp::from_millis_const(1_769_860_800_000);
const DAY: i64 = 86_400_000;

/// A client of a few lines.
pub(crate) struct Client {
    http: reqwest::Client,
    address: String,
    key: String,
}

impl Client {
    pub(crate) fn of(stripe: &FakeStripe) -> Self {
        Self { http: reqwest::Client::new(), address: stripe.address.clone(), key: stripe.key.clone() }
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Value {
        self.try_post(path, form, "").await.unwrap().1
    }

    pub(crate) async fn try_post(&self, path: &str, form: &[(&str, &str)], key: &str) -> reqwest::Result<(u16, Value)> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self.http.post(format!("{}{path}", self.address)).bearer_auth(&self.key).body(body);
        let request = if key.is_empty() { request } else { request.header("idempotency-key", key) };
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        Ok((status, serde_json::from_str(&answer.text().await?).unwrap_or_default()))
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let answer = self.http.get(format!("{}{path}", self.address)).bearer_auth(&self.key).send().await.unwrap();
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    }

    pub(crate) async fn session(&self, own: &str, amount: &str, interval: Option<&str>) -> String {
        let mut form = vec![
            ("client_reference_id", own),
            ("mode", "payment"),
            ("success_url", "https://news.example/thanks?s={CHECKOUT_SESSION_ID}"),
            ("line_items[0][quantity]", "1"),
            ("line_items[0][price_data][currency]", "usd"),
            ("line_items[0][price_data][unit_amount]", amount),
            ("line_items[0][price_data][product_data][name]", "Support"),
        ];
        if let Some(interval) = interval {
            form[1].1 = "subscription";
            form.push(("line_items[0][price_data][recurring][interval]", interval));
        }
        self.post("/v1/checkout/sessions", &form).await["id"].as_str().unwrap().to_owned()
    }
}

pub(crate) async fn stripe() -> (FakeStripe, Client, Arc<FixedClock>) {
    let clock = Arc::new(FixedClock::at(START));
    let stripe = FakeStripe::start(Arc::clone(&clock)).await.unwrap();
    let client = Client::of(&stripe);
    (stripe, client, clock)
}

fn only(objects: &[Value], key: &str) -> String {
    objects.last().unwrap()[key].as_str().unwrap().to_owned()
}

/// A fake in which something of every kind happened, and all its objects, also as they were in events.
pub(crate) async fn lived() -> (FakeStripe, Vec<Value>) {
    let (stripe, client, clock) = stripe().await;
    let once = client.session("once", "1000", None).await;
    stripe.decline(&once);
    assert!(stripe.pay(&once));
    let charge = only(&stripe.objects("charge"), "id");
    let refund = client.post("/v1/refunds", &[("charge", &charge), ("amount", "300")]).await;
    stripe.refund_fails(refund["id"].as_str().unwrap());
    stripe.warn(&charge);
    let dispute = stripe.dispute(&charge);
    stripe.dispute_ends(&dispute, true);
    let later = client.session("later", "700", None).await;
    assert!(stripe.pay_later(&later) && stripe.settle(&later, false));
    let monthly = client.session("monthly", "500", Some("month")).await;
    assert!(stripe.pay(&monthly));
    let subscription = only(&stripe.objects("subscription"), "id");
    stripe.next_payments(&subscription, &[Outcome::RequiresAction, Outcome::Declined]);
    stripe.move_to(clock.now().plus_millis(60 * DAY));
    let customer = only(&stripe.objects("customer"), "id");
    let flow = [("customer", &*customer), ("flow_data[type]", "subscription_cancel")];
    let flow = [&flow[..], &[("flow_data[subscription_cancel][subscription]", &*subscription)]].concat();
    client.post("/v1/billing_portal/sessions", &flow).await;
    let kinds = "checkout.session customer payment_intent charge balance_transaction invoice subscription price product refund \
        dispute event payment_method invoice_payment radar.early_fraud_warning billing_portal.session";
    let mut objects: Vec<Value> = kinds.split_whitespace().flat_map(|kind| stripe.objects(kind)).collect();
    objects.push(client.get("/v1/balance").await);
    let told: Vec<Value> = stripe.objects("event").iter().map(|event| event["data"]["object"].clone()).collect();
    objects.extend(told);
    (stripe, objects)
}

#[tokio::test]
async fn a_month_ends_as_stripe_ends_it() {
    let (stripe, client, clock) = stripe().await;
    stripe.pay(&client.session("m", "200", Some("month")).await);
    let mut ends = Vec::new();
    for _ in 0..4 {
        let end = stripe.objects("subscription")[0]["items"]["data"][0]["current_period_end"].as_i64().unwrap();
        let end = Timestamp::from_millis(end * 1000);
        ends.push(end.to_string()[..10].to_owned());
        stripe.move_to(end);
    }
    assert_eq!(ends, ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]);
    assert_eq!(stripe.standing().balance["USD"].gross, 1000);
    assert_eq!(clock.now().to_string(), "2026-05-31T12:00:00Z");
}

#[tokio::test]
async fn a_failed_renewal_is_tried_again_and_recovers_or_ends() {
    let (stripe, client, clock) = stripe().await;
    stripe.pay(&client.session("m", "200", Some("month")).await);
    let id = only(&stripe.objects("subscription"), "id");
    let status = || stripe.object(&id)["status"].as_str().unwrap().to_owned();
    stripe.next_payments(&id, &[Outcome::Declined]);
    stripe.move_to(START.plus_millis(28 * DAY));
    assert_eq!(status(), "past_due");
    stripe.move_to(clock.now().plus_millis(3 * DAY));
    assert_eq!(status(), "active");
    stripe.next_payments(&id, &[Outcome::Declined; 4]);
    stripe.move_to(START.plus_millis(59 * DAY));
    assert_eq!(status(), "past_due");
    stripe.move_to(clock.now().plus_millis(15 * DAY));
    assert_eq!(status(), "canceled");
    assert_eq!(stripe.object(&id)["cancellation_details"]["reason"], "payment_failed");
    let gift = stripe.standing().gifts.remove("m").unwrap();
    assert_eq!(gift.payments.len(), 2);
}

#[tokio::test]
async fn the_balance_is_what_was_paid_less_what_went_back() {
    let (stripe, _) = lived().await;
    let standing = stripe.standing();
    let sum = standing.left("USD");
    assert_eq!(standing.balance["USD"].gross, sum);
    assert_eq!(sum, 1000 + 500 + 500 + 500);
}

#[tokio::test]
async fn webhooks_go_wrong_as_planned_and_the_same_each_time() {
    let receiver = Listener::start().await;
    let run = async |plan: Plan| {
        let (stripe, client, clock) = stripe().await;
        stripe.webhooks(plan);
        stripe.webhooks_to(&receiver.url);
        stripe.pay(&client.session("m", "200", Some("month")).await);
        let first = stripe.deliver_all().await;
        clock.advance_millis(600_000);
        (first, stripe.deliver_all().await)
    };
    let (calm, after) = run(Plan::calm(1)).await;
    assert!(after.is_empty() && calm.iter().all(|one| one.status == Some(200) && !one.forged));
    let kinds = |all: &[Delivered]| all.iter().map(|one| one.kind.clone()).collect::<Vec<_>>();
    assert!(kinds(&calm).contains(&"invoice.paid".to_owned()));
    let (twice, _) = run(Plan::calm(1).with(Mode::Duplicate)).await;
    assert_eq!(twice.len(), 2 * calm.len());
    let (shuffled, _) = run(Plan::calm(1).with(Mode::Reorder)).await;
    assert_ne!(kinds(&shuffled), kinds(&calm));
    assert_eq!(kinds(&run(Plan::calm(1).with(Mode::Reorder)).await.0), kinds(&shuffled));
    assert!(run(Plan::calm(1).with(Mode::Drop)).await.0.is_empty());
    let (now, later) = run(Plan::calm(1).with(Mode::Delay(Duration::from_secs(60)))).await;
    assert!(now.is_empty() && later.len() == calm.len());
    let (now, later) = run(Plan::calm(1).with(Mode::Replay)).await;
    assert_eq!((now.len(), later.len()), (calm.len(), calm.len()));
    let (forged, _) = run(Plan::calm(1).with(Mode::BadSignature)).await;
    assert_eq!(forged.iter().filter(|one| one.forged).count(), calm.len());
    let (some, _) = run(Plan::calm(5).sometimes(Mode::Drop, 50)).await;
    assert!(!some.is_empty() && some.len() < calm.len());
}

#[tokio::test]
async fn what_was_not_taken_comes_again() {
    let (stripe, client, clock) = stripe().await;
    stripe.webhooks_to("http://127.0.0.1:9/nobody");
    stripe.pay(&client.session("m", "200", None).await);
    let tried = stripe.deliver_all().await;
    assert!(tried.iter().all(|one| one.status.is_none()));
    assert!(stripe.deliver_all().await.is_empty());
    let receiver = Listener::start().await;
    stripe.webhooks_to(&receiver.url);
    clock.advance_millis(60_000);
    assert_eq!(stripe.deliver_all().await.len(), tried.len());
}

#[tokio::test]
async fn bad_weather_comes_and_goes() {
    let (stripe, client, _) = stripe().await;
    let form = [("email", "a@example.org")];
    for (weather, status) in [(Weather::Busy, 429), (Weather::Broken, 500), (Weather::Html, 502)] {
        stripe.server.weather(weather, Some(1));
        assert_eq!(client.try_post("/v1/customers", &form, "").await.unwrap().0, status);
    }
    stripe.server.weather(Weather::Broken, Some(1));
    for _ in 0..2 {
        assert_eq!(client.try_post("/v1/customers", &form, "k0").await.unwrap().0, 500, "it is remembered");
    }
    assert_eq!(stripe.objects("customer").len(), 0);
    stripe.server.weather(Weather::BrokenAfter, Some(1));
    assert_eq!(client.try_post("/v1/customers", &form, "k1").await.unwrap().0, 500);
    assert_eq!(client.try_post("/v1/customers", &form, "k1").await.unwrap().0, 500);
    assert_eq!(stripe.objects("customer").len(), 1);
    stripe.server.weather(Weather::Lost, Some(1));
    assert!(client.try_post("/v1/customers", &form, "k2").await.is_err());
    assert_eq!(client.try_post("/v1/customers", &form, "k2").await.unwrap().0, 200);
    assert_eq!(stripe.objects("customer").len(), 2);
    stripe.server.down().await;
    assert!(client.try_post("/v1/customers", &form, "").await.unwrap_err().is_connect());
    stripe.server.up().await.unwrap();
    assert_eq!(client.try_post("/v1/customers", &form, "").await.unwrap().0, 200);
}

#[tokio::test]
async fn another_interval_is_billed_at_once_and_begins_a_new_cycle() {
    let (stripe, client, clock) = stripe().await;
    stripe.pay(&client.session("m", "200", Some("month")).await);
    let subscription = stripe.objects("subscription").remove(0);
    let (id, item) = (subscription["id"].as_str().unwrap(), subscription["items"]["data"][0].clone());
    stripe.move_to(clock.now().plus_millis(10 * DAY));
    let path = format!("/v1/subscriptions/{id}");
    let price = |key: &str| format!("items[0][price_data]{key}");
    let (currency, amount, product) = (price("[currency]"), price("[unit_amount]"), price("[product]"));
    let interval = price("[recurring][interval]");
    let form = [
        ("items[0][id]", item["id"].as_str().unwrap()),
        (&currency, "usd"),
        (&amount, "2400"),
        (&product, item["price"]["product"].as_str().unwrap()),
        (&interval, "year"),
        ("proration_behavior", "none"),
    ];
    client.post(&path, &form).await;
    assert_eq!(stripe.standing().balance["USD"].gross, 2600);
    stripe.move_to(clock.now().plus_millis(366 * DAY));
    assert_eq!(stripe.standing().balance["USD"].gross, 5000);
    let pledge = stripe.standing().gifts.remove("m").unwrap().pledge.unwrap();
    assert_eq!((pledge.amount, &*pledge.interval, &*pledge.state), (2400, "year", "active"));
}

#[tokio::test]
async fn an_open_session_expires_at_its_time() {
    let (stripe, client, clock) = stripe().await;
    let id = client.session("o", "200", None).await;
    stripe.move_to(clock.now().plus_millis(DAY));
    assert_eq!(stripe.object(&id)["status"], "expired");
    assert!(!stripe.pay(&id));
    assert!(stripe.standing().gifts.is_empty());
}

/// Takes everything with 200.
struct Listener {
    url: String,
}

impl Listener {
    async fn start() -> Self {
        let receiver = testkit::Receiver::start().await.unwrap();
        receiver.answer(&[200; 1000]);
        Self { url: format!("{}/hook", receiver.address) }
    }
}
