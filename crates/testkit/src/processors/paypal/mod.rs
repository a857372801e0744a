//! PayPal, as far as a newsroom asks it, with a memory.
//!
//! **Faithful**: OAuth client credentials, and tokens that end after nine hours; orders with the payer's page, capture and its
//! refusals (not approved, already captured, declined); `PayPal-Request-Id` (6 hours for orders, 72 for the rest; other
//! bodies are refused); `Prefer`; products, plans, subscriptions with a price of their own, `revise` that waits for the
//! subscriber, suspend, activate, cancel; captures that are pending; refunds in parts; disputes; reversals; transactions of a
//! subscription; the list of events; signatures with a certificate at a URL of this server.
//!
//! **Simplified**: one purchase unit in an order and one cycle in a plan; money is on the balance at once and in its own
//! currency; a refund keeps the fee; retries come every five days; `verify-webhook-signature` looks only whether the event is
//! known; products, disputes and sales have no API document here, so nothing judges their bodies. The certificate stands for
//! itself: there is no chain to a known root.

mod api;
mod disputes;
mod lists;
mod orders;
mod pages;
mod plans;
mod refusal;
mod signing;
mod state;
mod subscriptions;

use std::sync::{Arc, Mutex};

use model::{FixedClock, Timestamp};
use serde_json::Value;

use self::{signing::Keys, state::State};
use super::{
    documents::Document,
    http::{Asked, Reply, Server, Service, locked, port},
    webhooks::{Delivered, Plan, Queue},
};

/// What an attempt to take money comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The money is here.
    Paid,
    /// It is not.
    Declined,
}

/// The fake.
#[derive(Clone)]
pub struct FakePaypal {
    /// `http://127.0.0.1:PORT`.
    pub address: String,
    /// The client's id.
    pub client: String,
    /// The client's secret.
    pub secret: String,
    /// The id of the webhook, a part of what is signed.
    pub webhook: String,
    /// Where the certificate of its signatures is.
    pub certificate_url: String,
    /// The server: its weather, what it was asked, down and up.
    pub server: Server,
    house: Arc<House>,
    queue: Queue,
}

impl std::fmt::Debug for FakePaypal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FakePaypal({})", self.address)
    }
}

struct House {
    state: Mutex<State>,
    keys: Arc<Keys>,
    client: (String, String),
    document: Mutex<Option<Document>>,
}

/// What PayPal's API documents do not describe.
const UNDESCRIBED: &[&str] = &["/v1/catalogs/", "/v1/customer/disputes", "/v1/payments/sale/"];

impl Service for House {
    fn answer(&self, asked: &Asked) -> Reply {
        let mut state = locked(&self.state);
        if !self.is_api(&asked.path) {
            return state.page(asked);
        }
        if self.keys.url.ends_with(&asked.path) {
            let headers = vec![("content-type".to_owned(), "application/x-pem-file".to_owned())];
            return Reply { status: 200, headers, body: self.keys.certificate() };
        }
        if asked.path == "/v1/oauth2/token" {
            return state.token(asked, &self.client.0, &self.client.1);
        }
        let judged = !UNDESCRIBED.iter().any(|path| asked.path.starts_with(path));
        let refusal = locked(&self.document).as_ref().filter(|_| judged).and_then(|document| document.refusal(asked));
        refusal.unwrap_or_else(|| state.api(asked))
    }

    fn is_api(&self, path: &str) -> bool {
        path.starts_with("/v1/") || path.starts_with("/v2/")
    }

    fn failure(&self, status: u16) -> Reply {
        refusal::weather(status)
    }
}

impl FakePaypal {
    /// Opens an account on a free port. The clock may be the newsroom's own.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start(clock: Arc<FixedClock>) -> anyhow::Result<Self> {
        let (listener, address) = port().await?;
        let keys = Arc::new(Keys::new(&address));
        let queue = Queue::new(Arc::clone(&clock), Arc::<Keys>::clone(&keys));
        let (client, secret) = ("AFakeClient".to_owned(), "EFakeSecret".to_owned());
        let (webhook, certificate_url) = (keys.webhook.clone(), keys.url.clone());
        let state = Mutex::new(State::new(address.clone(), clock, queue.clone()));
        let house = House { state, keys, client: (client.clone(), secret.clone()), document: Mutex::default() };
        let house = Arc::new(house);
        let server = Server::start(listener, address.clone(), Arc::<House>::clone(&house))?;
        Ok(Self { address, client, secret, webhook, certificate_url, server, house, queue })
    }

    fn state<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let done = act(&mut locked(&self.house.state));
        self.queue.wake();
        done
    }

    /// From now on a request that PayPal's API documents do not know is answered 500 with what is wrong, and remembered.
    pub fn judged_by(&self, document: Document) {
        *locked(&self.house.document) = Some(document);
    }

    /// What [`FakePaypal::judged_by`] found in requests so far.
    #[must_use]
    pub fn wrong(&self) -> Vec<String> {
        locked(&self.house.document).as_ref().map(Document::wrong).unwrap_or_default()
    }

    /// Where webhooks go.
    pub fn webhooks_to(&self, url: &str) {
        self.queue.to(url);
    }

    /// What goes wrong with them from now on.
    pub fn webhooks(&self, plan: Plan) {
        self.queue.plan(plan);
    }

    /// Sends what is due, until nothing is.
    pub async fn deliver_all(&self) -> Vec<Delivered> {
        self.queue.deliver_all().await
    }

    /// From now on webhooks go out by themselves.
    pub fn deliver_by_itself(&self) {
        self.queue.by_itself();
    }

    /// Every delivery that was tried.
    #[must_use]
    pub fn tried(&self) -> Vec<Delivered> {
        self.queue.tried()
    }

    /// The moment at which PayPal is.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.state(|state| model::Clock::now(&*state.clock))
    }

    /// The moment of the next thing that is due.
    pub(super) fn next_due(&self) -> Option<i64> {
        self.state(|state| state.next_due())
    }

    /// Moves the clock: subscriptions are paid, each at its moment.
    pub fn move_to(&self, moment: Timestamp) {
        self.state(|state| state.move_to(moment));
    }

    /// What PayPal holds to be true.
    #[must_use]
    pub fn standing(&self) -> super::Standing {
        self.state(|state| state.standing())
    }

    /// A resource as the API answers it, or null.
    #[must_use]
    pub fn resource(&self, id: &str) -> Value {
        self.state(|state| state.resources.get(id).map(|one| one.json.clone()).unwrap_or_default())
    }

    /// All orders, subscriptions or disputes, oldest first, as the API answers them.
    #[must_use]
    pub fn resources(&self, kind: &str) -> Vec<Value> {
        let kind = match kind {
            "order" => state::Kind::Order,
            "subscription" => state::Kind::Subscription,
            _ => state::Kind::Dispute,
        };
        self.state(|state| state.all(kind).map(|one| one.json.clone()).collect())
    }

    /// The ids of all captures and sales, oldest first.
    #[must_use]
    pub fn transactions(&self) -> Vec<String> {
        self.state(|state| state.moved())
    }

    /// A payer approves an order; the newsroom is to capture it.
    pub fn approve(&self, order: &str) -> bool {
        self.state(|state| state.approve_order(order, "paid"))
    }

    /// A payer approves an order that will be pending after its capture, as an eCheck is, until [`FakePaypal::settle`].
    pub fn approve_pending(&self, order: &str) -> bool {
        self.state(|state| state.approve_order(order, "pending"))
    }

    /// A payer approves an order whose capture will be declined.
    pub fn approve_declined(&self, order: &str) -> bool {
        self.state(|state| state.approve_order(order, "declined"))
    }

    /// What was pending has come, or is denied.
    pub fn settle(&self, capture: &str, outcome: Outcome) -> bool {
        self.state(|state| state.settle(capture, outcome))
    }

    /// A subscriber approves a subscription, or the change of its price that he was asked for.
    pub fn subscribe(&self, subscription: &str) -> bool {
        self.state(|state| state.approve_subscription(subscription))
    }

    /// What the next attempts to renew a subscription come to; afterwards they are paid.
    pub fn next_payments(&self, subscription: &str, outcomes: &[Outcome]) {
        let outcomes = outcomes.iter().copied().collect();
        self.state(|state| state.outcomes.insert(subscription.to_owned(), outcomes));
    }

    /// A subscriber cancels in PayPal's own pages.
    pub fn subscriber_cancels(&self, subscription: &str) -> bool {
        self.state(|state| state.subscription_becomes(subscription, "cancel", &Value::Null).is_ok())
    }

    /// A payer complains; the dispute's id.
    pub fn dispute(&self, transaction: &str) -> String {
        self.state(|state| state.dispute(transaction, None))
    }

    /// A payer complains about a part of a payment; the dispute's id.
    pub fn dispute_part(&self, transaction: &str, amount: i64) -> String {
        self.state(|state| state.dispute(transaction, Some(amount)))
    }

    /// A dispute is won or lost.
    pub fn dispute_ends(&self, dispute: &str, won: bool) {
        self.state(|state| state.dispute_ends(dispute, won));
    }

    /// A payment that was completed is taken back by a bank: a late failure.
    pub fn fails_late(&self, transaction: &str) {
        self.state(|state| state.reverse(transaction));
    }
}
