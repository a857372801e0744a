//! BTCPay Server (Greenfield), as far as a newsroom asks it: one store, invoices, their page and their webhooks.
//!
//! **Faithful**: `Authorization: token …` and rights of a token; amounts as decimal text; metadata that is kept as it came;
//! expiry and monitoring by the clock; New, Processing, Settled, Expired and Invalid with PaidPartial, PaidLate, PaidOver and
//! Marked; Expired → Settled; tolerance; webhooks without a time in their signature, with `deliveryId`, `originalDeliveryId`
//! and `isRedelivery`; retries that die with a restart ([`FakeBtcpay::restart`]).
//!
//! **Simplified**: amounts are paid in the invoice's own currency, there are no rates; confirmations come when the test says
//! so; a late payment that is confirmed settles its invoice; refunds are not offered, since BTCPay makes claims of them that
//! the giver collects. In [`Standing`] counts what is Settled; a part of an expired invoice does not.

mod api;
mod invoices;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use aws_lc_rs::hmac;
use data_encoding::HEXLOWER;
use model::{FixedClock, Timestamp};
use serde_json::{Value, json};

use self::invoices::State;
use super::{
    documents::Document,
    http::{Asked, Reply, Server, Service, locked, port},
    json::{text, with},
    standing::Standing,
    webhooks::{Delivered, Plan, Queue, Sealed, Signer, Waiting},
};

/// The fake.
#[derive(Clone)]
pub struct FakeBtcpay {
    /// `http://127.0.0.1:PORT`.
    pub address: String,
    /// The store's id.
    pub store: String,
    /// A token that may make and see invoices.
    pub token: String,
    /// The webhook's secret.
    pub secret: String,
    /// The server: its weather, what it was asked, down and up.
    pub server: Server,
    house: Arc<House>,
    queue: Queue,
}

impl std::fmt::Debug for FakeBtcpay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FakeBtcpay({})", self.address)
    }
}

struct House {
    state: Mutex<State>,
    tokens: Mutex<HashMap<String, Vec<String>>>,
    document: Mutex<Option<Document>>,
}

struct Secret(String);

impl Signer for Secret {
    fn seal(&self, waiting: &Waiting, now: Timestamp) -> Sealed {
        let body: Value = serde_json::from_str(&waiting.body).unwrap_or_default();
        let id = |number: u64| format!("Fake{number:018}");
        let delivery = json!({"deliveryId": id(waiting.number), "originalDeliveryId": id(waiting.first()),
            "isRedelivery": waiting.number != waiting.first(), "timestamp": now.as_millis().div_euclid(1000)});
        let body = with(body, delivery).to_string();
        let secret = if waiting.forged { "somebody else's" } else { &self.0 };
        (vec![("btcpay-sig".into(), signature(secret, &body))], body)
    }
}

/// The header `BTCPay-Sig` over a body.
#[must_use]
pub fn signature(secret: &str, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    format!("sha256={}", HEXLOWER.encode(hmac::sign(&key, body.as_bytes()).as_ref()))
}

impl Service for House {
    fn answer(&self, asked: &Asked) -> Reply {
        let token = asked.header("authorization").strip_prefix("token ").unwrap_or_default();
        let rights = locked(&self.tokens).get(token).cloned();
        let mut state = locked(&self.state);
        if !self.is_api(&asked.path) {
            return state.page(asked);
        }
        if let Some(reply) = locked(&self.document).as_ref().and_then(|document| document.refusal(asked)) {
            return reply;
        }
        state.api(rights.as_deref(), asked)
    }

    fn is_api(&self, path: &str) -> bool {
        path.starts_with("/api/")
    }

    fn failure(&self, status: u16) -> Reply {
        api::problem(status, "fake-weather", "Something went wrong.")
    }
}

impl FakeBtcpay {
    /// Opens a store on a free port. The clock may be the newsroom's own.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start(clock: Arc<FixedClock>) -> anyhow::Result<Self> {
        let (listener, address) = port().await?;
        let (store, secret) =
            ("9CiNzKoANXxmk5ayZngSXrHTiVvvgCrwrpFQd4m2K776".to_owned(), "fake btcpay secret".to_owned());
        let queue = Queue::new(Arc::clone(&clock), Arc::new(Secret(secret.clone())));
        let state = Mutex::new(State::new(address.clone(), store.clone(), clock, queue.clone()));
        let house = Arc::new(House { state, tokens: Mutex::default(), document: Mutex::default() });
        let server = Server::start(listener, address.clone(), Arc::<House>::clone(&house))?;
        let mut fake = Self { address, store, token: String::new(), secret, server, house, queue };
        fake.token = fake.token_with(&["btcpay.store.cancreateinvoice", "btcpay.store.canviewinvoices"]);
        Ok(fake)
    }

    /// From now on a request that BTCPay's API document does not know is answered 500 with what is wrong, and remembered
    /// in [`Document::wrong`].
    pub fn judged_by(&self, document: Document) {
        *locked(&self.house.document) = Some(document);
    }

    /// What [`FakeBtcpay::judged_by`] found in requests so far.
    #[must_use]
    pub fn wrong(&self) -> Vec<String> {
        locked(&self.house.document).as_ref().map(Document::wrong).unwrap_or_default()
    }

    /// A new token with these rights.
    #[must_use]
    pub fn token_with(&self, rights: &[&str]) -> String {
        let mut tokens = locked(&self.house.tokens);
        let token = format!("fake-token-{}", tokens.len() + 1);
        tokens.insert(token.clone(), rights.iter().map(|right| (*right).to_owned()).collect());
        token
    }

    fn state<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let done = act(&mut locked(&self.house.state));
        self.queue.wake();
        done
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

    /// The server is started anew: what waited to be delivered is forgotten, invoices are not.
    pub fn restart(&self) {
        self.queue.forget();
    }

    /// The moment at which the store is.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.state(|state| model::Clock::now(&*state.clock))
    }

    /// The moment of the next thing that is due.
    pub(super) fn next_due(&self) -> Option<i64> {
        self.state(|state| state.next_due())
    }

    /// Moves the clock: invoices expire, each at its moment.
    pub fn move_to(&self, moment: Timestamp) {
        self.state(|state| state.move_to(moment));
    }

    /// What the store holds to be true.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.state(|state| state.standing())
    }

    /// An invoice as the API answers it, or null.
    #[must_use]
    pub fn invoice(&self, id: &str) -> Value {
        self.state(|state| state.get(id))
    }

    /// All invoices, oldest first.
    #[must_use]
    pub fn invoices(&self) -> Vec<Value> {
        self.state(|state| state.all().cloned().collect())
    }

    /// A payment of so much (`"5.00"`) is seen, not yet confirmed. Whether the invoice takes it.
    pub fn pay(&self, invoice: &str, amount: &str) -> bool {
        self.state(|state| state.pay(invoice, amount))
    }

    /// All of it is seen and confirmed at once, as with Lightning.
    pub fn pay_whole(&self, invoice: &str) -> bool {
        let amount = text(&self.invoice(invoice), "amount");
        self.pay(invoice, &amount) && self.confirm(invoice)
    }

    /// What was seen is confirmed: Settled, where it is enough.
    pub fn confirm(&self, invoice: &str) -> bool {
        self.state(|state| state.confirm(invoice))
    }

    /// What was seen is never confirmed: a late failure, Invalid.
    pub fn fails_late(&self, invoice: &str) -> bool {
        self.state(|state| state.fails(invoice))
    }

    /// The newsroom marks an invoice by hand, in BTCPay's own pages.
    pub fn mark(&self, invoice: &str, settled: bool) -> bool {
        self.state(|state| state.mark(invoice, if settled { "Settled" } else { "Invalid" }))
    }
}
