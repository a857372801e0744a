//! Everything that the fake Stripe remembers: objects as the JSON that is answered, in the order in which they were made.

use std::{
    collections::{BTreeSet, HashMap, VecDeque},
    sync::{Arc, OnceLock},
};

use indexmap::IndexMap;
use model::{Clock, FixedClock};
use serde_json::{Value, json};

use super::{Outcome, Settings, VERSION, api::public, renewals::Due};
use crate::processors::{
    json::{put, text},
    webhooks::Queue,
};

/// Where objects name what they belong to.
const OWNERS: &[&str] = &[
    "customer",
    "payment_intent",
    "charge",
    "invoice",
    "payment.payment_intent",
    "parent.subscription_details.subscription",
];

/// The state of one account.
pub(super) struct State {
    pub(super) base: String,
    pub(super) clock: Arc<FixedClock>,
    pub(super) settings: Settings,
    pub(super) objects: IndexMap<String, Value>,
    /// The ids of each kind, and of what belongs to an object, in the order in which they were made.
    kinds: HashMap<String, Vec<String>>,
    owned: HashMap<String, Vec<String>>,
    /// Answers by idempotency key: when, for which request, what.
    pub(super) idempotent: HashMap<String, (i64, String, crate::processors::http::Reply)>,
    /// What the next attempts to take money for a subscription come to.
    pub(super) outcomes: HashMap<String, VecDeque<Outcome>>,
    pub(super) due: BTreeSet<(i64, u64, Due)>,
    /// The request that is being answered: its id and its idempotency key.
    pub(super) request: (Value, Value),
    count: u64,
    queue: Queue,
}

impl State {
    pub(super) fn new(base: String, clock: Arc<FixedClock>, queue: Queue) -> Self {
        Self {
            base,
            clock,
            settings: Settings::default(),
            objects: IndexMap::new(),
            kinds: HashMap::new(),
            owned: HashMap::new(),
            idempotent: HashMap::new(),
            outcomes: HashMap::new(),
            due: BTreeSet::new(),
            request: (Value::Null, Value::Null),
            count: 0,
            queue,
        }
    }

    /// Seconds since 1970.
    pub(super) fn now(&self) -> i64 {
        self.clock.now().as_millis().div_euclid(1000)
    }

    /// A new id of Stripe's shape. The same for the same course of events.
    pub(super) fn id(&mut self, prefix: &str) -> String {
        self.count += 1;
        let mut mixed = self.count.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut tail = String::new();
        for _ in 0..10 {
            mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let letters = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
            tail.push(char::from(letters[usize::try_from(mixed % 62).unwrap_or_default()]));
        }
        format!("{prefix}_1Fake{:08}{tail}", self.count)
    }

    /// An object with all keys of its kind.
    pub(super) fn blank(&mut self, kind: &str, prefix: &str, fields: Value) -> Value {
        let mut object = skeleton(kind);
        let id = self.id(prefix);
        put(&mut object, json!({"id": id}));
        if object.get("created").is_some() {
            object["created"] = self.now().into();
        }
        put(&mut object, fields);
        object
    }

    /// Makes and keeps an object; its id.
    pub(super) fn make(&mut self, kind: &str, prefix: &str, fields: Value) -> String {
        let object = self.blank(kind, prefix, fields);
        self.keep(object)
    }

    /// Keeps an object under the id that it has.
    pub(super) fn keep(&mut self, object: Value) -> String {
        let id = text(&object, "id");
        self.kinds.entry(text(&object, "object")).or_default().push(id.clone());
        for owner in OWNERS.iter().map(|owner| text(&object, owner)).filter(|owner| !owner.is_empty()) {
            self.owned.entry(owner).or_default().push(id.clone());
        }
        self.objects.insert(id.clone(), object);
        id
    }

    /// Forgets an object.
    pub(super) fn remove(&mut self, id: &str) {
        if let Some(object) = self.objects.shift_remove(id) {
            self.kinds.entry(text(&object, "object")).or_default().retain(|one| one != id);
        }
    }

    /// An object, or null.
    pub(super) fn get(&self, id: &str) -> Value {
        self.objects.get(id).cloned().unwrap_or_default()
    }

    /// Changes an object; what was there before.
    pub(super) fn change(&mut self, id: &str, changes: Value) -> Value {
        self.objects.get_mut(id).map(|object| put(object, changes)).unwrap_or_default()
    }

    /// Changes an object and tells.
    pub(super) fn update(&mut self, id: &str, changes: Value, kind: &str) {
        let before = self.change(id, changes);
        self.tell_with(kind, id, before);
    }

    /// Writes an event about an object as it is now, and queues it.
    pub(super) fn tell(&mut self, kind: &str, id: &str) {
        self.tell_with(kind, id, Value::Null);
    }

    fn tell_with(&mut self, kind: &str, id: &str, before: Value) {
        let mut data = json!({});
        data["object"] = self.objects.get(id).map(public).unwrap_or_default();
        let before = public(&before);
        if before.as_object().is_some_and(|before| !before.is_empty()) {
            data["previous_attributes"] = before;
        }
        let request = json!({"id": self.request.0, "idempotency_key": self.request.1});
        let fields =
            json!({"api_version": VERSION, "data": data, "type": kind, "request": request, "pending_webhooks": 1});
        let event = self.make("event", "evt", fields);
        let body = self.objects.get(&event).map(Value::to_string).unwrap_or_default();
        self.queue.push(&event, kind, body);
    }

    /// Remembers to do something at a moment.
    pub(super) fn at(&mut self, moment: i64, due: Due) {
        self.count += 1;
        self.due.insert((moment, self.count, due));
    }

    /// The objects of a kind, oldest first.
    pub(super) fn all(&self, kind: &str) -> impl DoubleEndedIterator<Item = &Value> {
        self.ids(kind).iter().filter_map(|id| self.objects.get(id))
    }

    /// The ids of a kind, oldest first.
    pub(super) fn ids(&self, kind: &str) -> &[String] {
        self.kinds.get(kind).map(Vec::as_slice).unwrap_or_default()
    }

    /// The objects of a kind that belonged to an object from the start, oldest first.
    pub(super) fn of<'a>(&'a self, owner: &str, kind: &'a str) -> impl DoubleEndedIterator<Item = &'a Value> {
        let ids = self.owned.get(owner).map(Vec::as_slice).unwrap_or_default();
        ids.iter().filter_map(|id| self.objects.get(id)).filter(move |object| object["object"] == kind)
    }
}

/// The keys that an object of a kind has, with the values of an ordinary one.
///
/// # Panics
/// For a kind that is not in `skeletons.json`.
pub(super) fn skeleton(kind: &str) -> Value {
    static ALL: OnceLock<Value> = OnceLock::new();
    let all = ALL.get_or_init(|| serde_json::from_str(include_str!("skeletons.json")).unwrap_or_default());
    let found = all[kind].clone();
    assert!(found.is_object(), "skeletons.json has no {kind}");
    found
}
