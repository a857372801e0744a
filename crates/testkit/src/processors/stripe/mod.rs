//! Stripe, as far as a newsroom asks it, with a memory. API version [`VERSION`].
//!
//! **Faithful**: forms with brackets and refusals of what is unknown in them; keys (401) and restricted keys (403);
//! idempotency keys (the stored answer comes again, also a 500; other parameters are refused; kept 24 hours); error objects;
//! lists and their pages; `expand[]`; the smallest amounts; zero-decimal currencies; sessions that expire; month ends;
//! an update of the amount (`proration_behavior=none`), of the interval (billed at once, as Stripe does); pauses; cancelling now
//! and at the end; failed renewals, retries, recovery or the end; refunds, also failing ones; disputes with their fee; the
//! portal's flows; `/v1/events`; signatures.
//!
//! **Simplified**: a subscription has one item; prorations are not computed (as if `proration_behavior` were `none`); money is
//! on the balance at once and in its own currency; invoices are finalised at the moment of renewal; no trials, coupons, taxes,
//! accounts of others; objects are always of the present version. Events carry the object as it was at their moment.

mod api;
mod billing;
mod catalogue;
mod checkout;
mod deeds;
mod form;
mod lists;
mod money;
mod pages;
mod portal;
mod refusal;
mod renewals;
mod standing;
mod state;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use aws_lc_rs::hmac;
use data_encoding::HEXLOWER;
use model::{FixedClock, Timestamp};
use serde_json::Value;

use self::{api::Rights, refusal::Refusal, state::State};
use super::{
    http::{Asked, Reply, Server, Service, locked, port},
    standing::Standing,
    webhooks::{Delivered, Plan, Queue, Sealed, Signer, Waiting},
};

/// The version of the API that is spoken.
pub const VERSION: &str = "2026-09-30.endive";

/// What an attempt to take money comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The money is here.
    Paid,
    /// The card was declined.
    Declined,
    /// The bank wants to see the giver: `POST` to the invoice's page, or [`FakeStripe::pay_invoice`].
    RequiresAction,
}

/// What becomes of a subscription when the last retry failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterRetries {
    /// It ends.
    Cancel,
    /// It is `unpaid`, and goes on making invoices.
    Unpaid,
    /// It stays `past_due`.
    PastDue,
}

/// What an account is set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Days from each failed attempt to the next one.
    pub retries: Vec<i64>,
    /// After the last of them.
    pub after_retries: AfterRetries,
    /// Hundredths of a percent of a payment, and minor units on top.
    pub fees: (i64, i64),
    /// What a dispute costs, in minor units.
    pub dispute_fee: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { retries: vec![3, 5, 7], after_retries: AfterRetries::Cancel, fees: (290, 30), dispute_fee: 1500 }
    }
}

impl Settings {
    fn fee(&self, amount: i64) -> i64 {
        (amount * self.fees.0 + 5_000) / 10_000 + self.fees.1
    }
}

/// The fake.
#[derive(Clone)]
pub struct FakeStripe {
    /// `http://127.0.0.1:PORT`; the API is below `/v1`.
    pub address: String,
    /// A key that may do everything.
    pub key: String,
    /// The secret of the webhook: `whsec_…`, used whole.
    pub secret: String,
    /// The server: its weather, what it was asked, down and up.
    pub server: Server,
    account: Arc<Account>,
    queue: Queue,
}

impl std::fmt::Debug for FakeStripe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FakeStripe({})", self.address)
    }
}

struct Account {
    state: Mutex<State>,
    keys: Mutex<HashMap<String, Rights>>,
}

struct Secret(String);

impl Signer for Secret {
    fn seal(&self, waiting: &Waiting, now: Timestamp) -> Sealed {
        let secret = if waiting.forged { "whsec_of_somebody_else" } else { &self.0 };
        let signature = signature(secret, now.as_millis().div_euclid(1000), &waiting.body);
        (vec![("stripe-signature".into(), signature)], waiting.body.clone())
    }
}

/// The header `Stripe-Signature` over a body.
#[must_use]
pub fn signature(secret: &str, seconds: i64, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let tag = hmac::sign(&key, format!("{seconds}.{body}").as_bytes());
    format!("t={seconds},v1={}", HEXLOWER.encode(tag.as_ref()))
}

impl Service for Account {
    fn answer(&self, asked: &Asked) -> Reply {
        let key = asked.header("authorization").strip_prefix("Bearer ").unwrap_or_default();
        let rights = locked(&self.keys).get(key).cloned();
        let mut state = locked(&self.state);
        if self.is_api(&asked.path) { state.api(rights.as_ref(), asked) } else { state.page(asked) }
    }

    fn is_api(&self, path: &str) -> bool {
        path.starts_with("/v1/")
    }

    fn failure(&self, status: u16) -> Reply {
        Refusal::weather(status).reply()
    }

    fn spoilt(&self, asked: &Asked, reply: &Reply) {
        locked(&self.state).spoilt(asked, reply);
    }

    fn broken(&self, asked: &Asked, reply: &Reply) {
        locked(&self.state).broken(asked, reply);
    }
}

impl FakeStripe {
    /// Opens an account on a free port. The clock may be the newsroom's own.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start(clock: Arc<FixedClock>) -> anyhow::Result<Self> {
        let (listener, address) = port().await?;
        let (key, secret) = ("sk_test_fake51Masthead".to_owned(), "whsec_fakeMastheadSecret".to_owned());
        let queue = Queue::new(Arc::clone(&clock), Arc::new(Secret(secret.clone())));
        let state = Mutex::new(State::new(address.clone(), clock, queue.clone()));
        let keys = Mutex::new(HashMap::from([(key.clone(), Rights::All)]));
        let account = Arc::new(Account { state, keys });
        let server = Server::start(listener, address.clone(), Arc::<Account>::clone(&account))?;
        Ok(Self { address, key, secret, server, account, queue })
    }

    fn state<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let done = act(&mut locked(&self.account.state));
        self.queue.wake();
        done
    }

    /// A new restricted key `rk_test_…` with rights as `checkout_session_write`, `subscription_read` (write includes read).
    #[must_use]
    pub fn restricted_key(&self, rights: &[&str]) -> String {
        let key = self.state(|state| state.id("rk_test"));
        let rights = rights.iter().map(|right| (*right).to_owned()).collect();
        locked(&self.account.keys).insert(key.clone(), Rights::Only(rights));
        key
    }

    /// A key is valid no longer.
    pub fn revoke(&self, key: &str) {
        locked(&self.account.keys).remove(key);
    }

    /// Changes retries and fees.
    pub fn set(&self, settings: Settings) {
        self.state(|state| state.settings = settings);
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

    /// The moment of the next thing that is due.
    pub(super) fn next_due(&self) -> Option<i64> {
        self.state(|state| state.next_due())
    }

    /// Moves the clock: what comes due happens in its order, each at its moment.
    pub fn move_to(&self, moment: Timestamp) {
        self.state(|state| state.move_to(moment));
    }

    /// What Stripe holds to be true.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.state(|state| state.standing())
    }

    /// An object as the API answers it, or null.
    #[must_use]
    pub fn object(&self, id: &str) -> Value {
        self.state(|state| api::public(&state.get(id)))
    }

    /// All objects of a kind (`invoice`, `checkout.session`), oldest first.
    #[must_use]
    pub fn objects(&self, kind: &str) -> Vec<Value> {
        self.state(|state| state.all(kind).map(api::public).collect())
    }
}
