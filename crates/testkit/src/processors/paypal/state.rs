//! Everything that the fake PayPal remembers: resources as the JSON that is answered, and what only PayPal knows beside it.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    sync::Arc,
};

use indexmap::IndexMap;
use model::{Clock, FixedClock, Timestamp};
use serde_json::{Value, json};

use super::Outcome;
use crate::processors::{
    http::Reply,
    json::{put, text},
    money::{decimal, minor},
    webhooks::Queue,
};

/// What kind a resource is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Order,
    Capture,
    Sale,
    Refund,
    Product,
    Plan,
    Subscription,
    Dispute,
    Event,
}

/// A resource: what the API answers, and what is only known inside.
#[derive(Debug, Clone)]
pub(super) struct Resource {
    pub(super) kind: Kind,
    pub(super) json: Value,
    pub(super) inner: Value,
}

/// A line of the balance: currency, amount, fee, in minor units.
pub(super) type Line = (String, i64, i64);

pub(super) struct State {
    pub(super) base: String,
    pub(super) clock: Arc<FixedClock>,
    pub(super) resources: IndexMap<String, Resource>,
    pub(super) tokens: HashMap<String, i64>,
    /// Answers by path and `PayPal-Request-Id`: until when, for which body, what.
    pub(super) answered: HashMap<String, (i64, String, Reply)>,
    pub(super) outcomes: HashMap<String, VecDeque<Outcome>>,
    pub(super) due: BTreeSet<(i64, u64, String)>,
    pub(super) lines: Vec<Line>,
    /// Tokens of pages: what is approved there.
    pub(super) pages: BTreeMap<String, String>,
    pub(super) count: u64,
    queue: Queue,
}

impl State {
    pub(super) fn new(base: String, clock: Arc<FixedClock>, queue: Queue) -> Self {
        Self {
            base,
            clock,
            resources: IndexMap::new(),
            tokens: HashMap::new(),
            answered: HashMap::new(),
            outcomes: HashMap::new(),
            due: BTreeSet::new(),
            lines: Vec::new(),
            pages: BTreeMap::new(),
            count: 0,
            queue,
        }
    }

    /// Seconds since 1970.
    pub(super) fn now(&self) -> i64 {
        self.clock.now().as_millis().div_euclid(1000)
    }

    /// As PayPal writes a moment.
    pub(super) fn time(&self) -> String {
        self.clock.now().to_string()
    }

    /// An id of so many capitals and digits behind a prefix.
    pub(super) fn id(&mut self, prefix: &str, length: usize) -> String {
        self.count += 1;
        let mut mixed = self.count.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut tail = format!("{}", self.count);
        while tail.len() < length {
            mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let letters = b"ABCDEFGHJKLMNPRSTUVWXY";
            tail.insert(0, char::from(letters[usize::try_from(mixed % 22).unwrap_or_default()]));
        }
        format!("{prefix}{tail}")
    }

    pub(super) fn keep(&mut self, kind: Kind, json: Value, inner: Value) -> String {
        let id = if kind == Kind::Dispute { text(&json, "dispute_id") } else { text(&json, "id") };
        self.resources.insert(id.clone(), Resource { kind, json, inner });
        id
    }

    /// A resource as it is answered, or null.
    pub(super) fn get(&self, kind: Kind, id: &str) -> Value {
        let found = self.resources.get(id).filter(|resource| resource.kind == kind);
        found.map(|resource| resource.json.clone()).unwrap_or_default()
    }

    pub(super) fn inner(&self, id: &str) -> Value {
        self.resources.get(id).map(|resource| resource.inner.clone()).unwrap_or_default()
    }

    pub(super) fn change(&mut self, id: &str, changes: Value) {
        if let Some(resource) = self.resources.get_mut(id) {
            put(&mut resource.json, changes);
        }
    }

    pub(super) fn change_inner(&mut self, id: &str, changes: Value) {
        if let Some(resource) = self.resources.get_mut(id) {
            put(&mut resource.inner, changes);
        }
    }

    pub(super) fn all(&self, kind: Kind) -> impl DoubleEndedIterator<Item = &Resource> {
        self.resources.values().filter(move |resource| resource.kind == kind)
    }

    /// Writes an event about a resource as it is now, and queues it.
    pub(super) fn tell(&mut self, kind: &str, resource_type: &str, resource: Value) {
        let id = self.id("WH-", 20);
        let href = format!("{}/v1/notifications/webhooks-events/{id}", self.base);
        let version = if ["sale", "dispute"].contains(&resource_type) { Value::Null } else { "2.0".into() };
        let mut event = json!({
            "id": id, "event_version": "1.0", "create_time": self.time(), "resource_type": resource_type, "event_type": kind,
            "summary": format!("{kind} for {}", text(&resource, "id")), "resource": resource,
            "links": [{"href": href, "rel": "self", "method": "GET"}, {"href": format!("{href}/resend"), "rel": "resend", "method": "POST"}],
        });
        if !version.is_null() {
            event["resource_version"] = version;
        }
        self.queue.push(&id, kind, event.to_string());
        self.keep(Kind::Event, event, Value::Null);
    }

    /// The same event once more.
    pub(super) fn send_again(&self, event: &Value) {
        self.queue.push(&text(event, "id"), &text(event, "event_type"), event.to_string());
    }

    /// The ids of captures and sales, oldest first.
    pub(super) fn moved(&self) -> Vec<String> {
        let moved = self.resources.iter().filter(|(_, one)| matches!(one.kind, Kind::Capture | Kind::Sale));
        moved.map(|(id, _)| id.clone()).collect()
    }

    pub(super) fn link(&self, path: &str, rel: &str, method: &str) -> Value {
        json!({"href": format!("{}{path}", self.base), "rel": rel, "method": method})
    }

    /// Hundredths and cents: what PayPal keeps of a payment.
    pub(super) fn fee(amount: i64) -> i64 {
        (amount * 349 + 5_000) / 10_000 + 49
    }

    /// Puts a line on the balance.
    pub(super) fn book(&mut self, currency: &str, amount: i64, fee: i64) {
        self.lines.push((currency.to_owned(), amount, fee));
    }

    /// The moment of the next thing that is due.
    pub(super) fn next_due(&self) -> Option<i64> {
        self.due.first().map(|(when, ..)| *when)
    }

    /// Does everything that is due until a moment, in order, with the clock standing at each.
    pub(super) fn move_to(&mut self, moment: Timestamp) {
        let last = moment.as_millis().div_euclid(1000);
        while let Some((when, count, id)) = self.due.first().cloned() {
            if when > last {
                break;
            }
            self.due.remove(&(when, count, id.clone()));
            if when > self.now() {
                self.clock.set(Timestamp::from_millis(when * 1000));
            }
            self.renew(&id, when);
        }
        if moment > self.clock.now() {
            self.clock.set(moment);
        }
    }
}

/// An amount in PayPal's way.
pub(super) fn money(amount: i64, currency: &str) -> Value {
    json!({"currency_code": currency, "value": decimal(amount, currency)})
}

/// Minor units and currency of PayPal's amount; nothing if it is none.
pub(super) fn read(money: &Value) -> Option<(i64, String)> {
    let currency = text(money, "currency_code");
    minor(&text(money, "value"), &currency).map(|amount| (amount, currency))
}
