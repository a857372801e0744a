//! Lists, their pages, `expand[]`, and the balance.

use std::collections::BTreeMap;

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
        let mut found: Vec<&Value> = self.all(kind).rev().filter(|object| wanted(object, form)).collect();
        for cursor in ["starting_after", "ending_before"] {
            let id = text(form, cursor);
            if !id.is_empty() && !self.objects.contains_key(&id) {
                return Err(Refusal::bad(cursor, "resource_missing", format!("No such {kind}: '{id}'")));
            }
        }
        let place = |cursor: &str| found.iter().position(|object| object["id"] == form[cursor]);
        let mut more = false;
        if let Some(after) = place("starting_after") {
            found.drain(..=after);
        } else if let Some(before) = place("ending_before") {
            found.truncate(before);
            more = found.len() > limit;
            found.drain(..found.len().saturating_sub(limit));
        }
        more |= found.len() > limit;
        found.truncate(limit);
        Ok(json!({"object": "list", "url": url, "has_more": more, "data": found}))
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
            let id = value["id"].clone();
            let all: Vec<&Value> = self.all("invoice_payment").filter(|one| one["invoice"] == id).collect();
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
