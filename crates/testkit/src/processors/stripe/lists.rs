//! Lists, their pages, `expand[]`, and the balance.

use std::{borrow::Cow, collections::BTreeMap};

use serde_json::{Value, json};

use super::{
    refusal::Refusal,
    state::{State, skeleton},
};
use crate::processors::json::{at, int, text, with};

/// The kind of object behind an address.
pub(super) fn kind(path: &str) -> Option<&'static str> {
    Some(match path {
        "checkout/sessions" => "checkout.session",
        "customers" => "customer",
        "payment_intents" => "payment_intent",
        "charges" => "charge",
        "balance_transactions" => "balance_transaction",
        "invoices" => "invoice",
        "invoice_payments" => "invoice_payment",
        "subscriptions" => "subscription",
        "prices" => "price",
        "products" => "product",
        "refunds" => "refund",
        "disputes" => "dispute",
        "events" => "event",
        "payment_methods" => "payment_method",
        "radar/early_fraud_warnings" => "radar.early_fraud_warning",
        _ => return None,
    })
}

/// What may be left unexpanded or expanded, and the kind of what it names.
const EXPANDABLE: &[&str] = &[
    "customer",
    "payment_intent",
    "latest_charge",
    "charge",
    "balance_transaction",
    "invoice",
    "latest_invoice",
    "subscription",
    "payment_method",
    "default_payment_method",
    "source",
    "product",
    "parent.subscription_details.subscription",
    "payment.payment_intent",
];

impl State {
    /// A page of a list, newest first: `limit` (10, at most 100), `starting_after`, `ending_before`, `created[gte]`, and equality.
    pub(super) fn list(&self, kind: &str, url: &str, form: &Value) -> Result<Value, Refusal> {
        let limit = if form["limit"].is_null() { 10 } else { int(form, "limit") };
        let limit = usize::try_from(limit).ok().filter(|limit| (1..=100).contains(limit));
        let Some(limit) = limit else { return Err(Refusal::bad("limit", "", "Invalid limit: 1 to 100.")) };
        let customer = text(form, "customer");
        if kind == "subscription" && !customer.is_empty() && self.get(&customer)["object"] != "customer" {
            return Err(Refusal::bad("customer", "resource_missing", format!("No such customer: '{customer}'")));
        }
        let ids = self.candidates(kind, form);
        let (after, before) = (self.cursor(kind, form, "starting_after")?, self.cursor(kind, form, "ending_before")?);
        // How many of them are older than an object, and how many are not newer.
        let place = |id: &String| self.objects.get_index_of(id).unwrap_or_default();
        let older = |cursor: usize| ids.partition_point(|id| place(id) < cursor);
        let not_newer = |cursor: usize| ids.partition_point(|id| place(id) <= cursor);
        let seen = |id: &String| self.objects.get(id).filter(|object| wanted(object, form));
        let mut found: Vec<&Value> = match (after, before) {
            (None, Some(before)) => ids.iter().skip(not_newer(before)).filter_map(seen).take(limit + 1).collect(),
            (after, _) => {
                ids.iter().take(after.map_or(ids.len(), older)).rev().filter_map(seen).take(limit + 1).collect()
            }
        };
        let more = found.len() > limit;
        found.truncate(limit);
        if after.is_none() && before.is_some() {
            found.reverse();
        }
        Ok(json!({"object": "list", "url": url, "has_more": more, "data": found}))
    }

    /// What may be in a list, oldest first: all of its kind, or what belongs to an object that is asked for.
    fn candidates(&self, kind: &str, form: &Value) -> Cow<'_, [String]> {
        let keys = ["charge", "invoice", "payment_intent", "subscription", "customer"];
        let owner = keys.iter().find_map(|key| form[*key].as_str());
        match owner.filter(|_| !["checkout.session", "event", "payment_intent"].contains(&kind)) {
            Some(owner) => self.of(owner, kind).map(|object| text(object, "id")).collect(),
            None => Cow::Borrowed(self.ids(kind)),
        }
    }

    /// Where the object stands that a page begins behind.
    fn cursor(&self, kind: &str, form: &Value, name: &str) -> Result<Option<usize>, Refusal> {
        let id = text(form, name);
        if id.is_empty() {
            return Ok(None);
        }
        let missing = || Refusal::bad(name, "resource_missing", format!("No such {kind}: '{id}'"));
        self.objects.get_index_of(&id).map(Some).ok_or_else(missing)
    }

    /// An answer with what `expand[]` names in place of ids: `customer`, `latest_invoice.payments`, `data.customer`.
    pub(super) fn expanded(&self, mut value: Value, expand: &Value) -> Value {
        for path in expand.as_array().into_iter().flatten().filter_map(Value::as_str) {
            self.expand(&mut value, path);
        }
        value
    }

    fn expand(&self, value: &mut Value, path: &str) {
        if let Value::Array(items) = value {
            items.iter_mut().for_each(|item| self.expand(item, path));
            return;
        }
        if path == "payments" || path.starts_with("payments.") {
            let all: Vec<&Value> = self.of(&text(value, "id"), "invoice_payment").collect();
            value["payments"] =
                json!({"object": "list", "data": all, "has_more": false, "url": "/v1/invoice_payments"});
        }
        // The whole path may be one expandable thing (`payment.payment_intent`), or its beginning is.
        let (head, rest) = path.split_once('.').unwrap_or((path, ""));
        let place = &mut value[head];
        if let Some(id) = place.as_str()
            && let Some(found) = self.objects.get(id)
            && EXPANDABLE.iter().any(|known| known.rsplit('.').next() == Some(head))
        {
            *place = found.clone();
        }
        if !rest.is_empty() && !place.is_null() {
            self.expand(place, rest);
        }
    }

    /// `GET /v1/balance`: all of it, as if it were there at once.
    pub(super) fn balance(&self) -> Value {
        let mut sums: BTreeMap<String, i64> = BTreeMap::new();
        for line in self.all("balance_transaction") {
            *sums.entry(text(line, "currency")).or_default() += int(line, "net");
        }
        let lines = |zero: bool| -> Vec<Value> {
            let amounts = sums.iter().map(|(currency, sum)| (currency, if zero { 0 } else { *sum }));
            amounts
                .map(|(currency, sum)| json!({"amount": sum, "currency": currency, "source_types": {"card": sum}}))
                .collect()
        };
        with(skeleton("balance"), json!({"available": lines(false), "pending": lines(true)}))
    }
}

fn wanted(object: &Value, form: &Value) -> bool {
    let Value::Object(filters) = form else { return true };
    filters.iter().all(|(key, value)| match &**key {
        "limit" | "starting_after" | "ending_before" | "expand" | "delivery_success" => true,
        "created" => {
            let made = int(object, "created");
            let holds =
                |word: &str, test: fn(&i64, &i64) -> bool| value[word].is_null() || test(&made, &int(value, word));
            holds("gt", i64::gt) && holds("gte", i64::ge) && holds("lt", i64::lt) && holds("lte", i64::le)
        }
        "types" => value.as_array().is_some_and(|types| types.contains(&object["type"])),
        "type" => value.as_str().is_some_and(|kind| fits(kind, &text(object, "type"))),
        "subscription" if object["object"] == "invoice" => {
            *at(object, "parent.subscription_details.subscription") == *value
        }
        // Subscriptions that ended are listed only when they are asked for.
        "status" if object["object"] == "subscription" && value == "all" => true,
        "payment" => object["payment"]["payment_intent"] == value["payment_intent"],
        "active" => object["active"].as_bool() == value.as_str().map(|active| active == "true"),
        other => object[other] == *value,
    }) && (object["object"] != "subscription" || object["status"] != "canceled" || !form["status"].is_null())
}

fn fits(pattern: &str, kind: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == kind, |start| kind.starts_with(start))
}
