//! From a request to an answer: keys and their rights, idempotency, routes.

use serde_json::{Map, Value, json};

use super::{VERSION, form, lists, refusal::Refusal, state::State};
use crate::processors::{
    http::{Asked, Reply},
    json::text,
};

/// What a key may do.
#[derive(Debug, Clone)]
pub(super) enum Rights {
    /// Everything: `sk_test_…`.
    All,
    /// `checkout_session_write`, `subscription_read`: as the names in Stripe's own refusals, without `rak_`.
    Only(Vec<String>),
}

impl State {
    /// The answer to a request to the API.
    pub(super) fn api(&mut self, rights: Option<&Rights>, asked: &Asked) -> Reply {
        let id = self.id("req");
        let key = asked.header("idempotency-key").to_owned();
        self.request = (Value::from(id.as_str()), if key.is_empty() { Value::Null } else { key.as_str().into() });
        let mut reply = match self.allowed(rights, asked) {
            Ok(()) => self.remembered(&key, asked),
            Err(refusal) => refusal.reply(),
        };
        self.request = (Value::Null, Value::Null);
        reply.headers.push(("request-id".into(), id));
        reply.headers.push(("stripe-version".into(), VERSION.into()));
        reply
    }

    fn allowed(&self, rights: Option<&Rights>, asked: &Asked) -> Result<(), Refusal> {
        let Some(rights) = rights else {
            let key = asked.header("authorization").trim_start_matches("Bearer ").to_owned();
            return Err(Refusal::unauthorised(&key));
        };
        let version = asked.header("stripe-version");
        if !version.is_empty() && version != VERSION {
            return Err(Refusal::version(version));
        }
        let Rights::Only(rights) = rights else { return Ok(()) };
        let verb = if asked.method == "GET" { "read" } else { "write" };
        let own = (noun(&asked.path), verb);
        let has = |(noun, verb): &(String, &str)| {
            rights.contains(&format!("{noun}_{verb}")) || rights.contains(&format!("{noun}_write"))
        };
        match [own].into_iter().chain(unfolded(asked)).find(|wanted| !has(wanted)) {
            Some((noun, verb)) => Err(Refusal::not_allowed(&format!("rak_{noun}_{verb}"))),
            None => Ok(()),
        }
    }

    /// The stored answer to the same request, or a new one, stored. Refusals of wrong parameters are not stored.
    fn remembered(&mut self, key: &str, asked: &Asked) -> Reply {
        let now = self.now();
        let print = print(asked);
        let fresh = |(when, ..): &&(i64, String, Reply)| *when > now - 86_400;
        let stored = self.idempotent.get(key).filter(fresh).filter(|_| asked.method == "POST");
        if let Some((_, known, reply)) = stored {
            if *known != print {
                return Refusal::other_parameters().reply();
            }
            let mut reply = reply.clone();
            reply.headers.push(("idempotent-replayed".into(), "true".into()));
            return reply;
        }
        let query = form::parse(&asked.query);
        let body = form::parse(&asked.body);
        let given = if asked.method == "POST" { body } else { crate::processors::json::with(query, body) };
        match self.route(&asked.method, &asked.path, &given) {
            Ok(value) => {
                let value = self.expanded(value, &given["expand"]);
                let reply = Reply::json(200, &public(&value));
                if asked.method == "POST" && !key.is_empty() {
                    self.idempotent.insert(key.to_owned(), (now, print, reply.clone()));
                }
                reply
            }
            Err(refusal) => refusal.reply(),
        }
    }

    /// A 500 came instead of the answer: that is what is remembered.
    pub(super) fn spoilt(&mut self, asked: &Asked, reply: &Reply) {
        if let Some(stored) = self.idempotent.get_mut(asked.header("idempotency-key")) {
            stored.2 = reply.clone();
        }
    }

    /// Nothing was done, and that is remembered, unless an answer was before.
    pub(super) fn broken(&mut self, asked: &Asked, reply: &Reply) {
        let (key, now) = (asked.header("idempotency-key"), self.now());
        if asked.method == "POST" && !key.is_empty() {
            self.idempotent.retain(|_, (when, ..)| *when > now - 86_400);
            self.idempotent.entry(key.to_owned()).or_insert_with(|| (now, print(asked), reply.clone()));
        }
    }

    fn route(&mut self, method: &str, path: &str, form: &Value) -> Result<Value, Refusal> {
        let parts: Vec<&str> = path.trim_start_matches("/v1/").split('/').collect();
        let known = |patterns: &[&str]| form::known(form, patterns);
        match (method, parts.as_slice()) {
            ("POST", ["checkout", "sessions"]) => known(form::SESSION).and_then(|()| self.session(form)),
            ("POST", ["checkout", "sessions", id, "expire"]) => known(&[]).and_then(|()| self.session_expires(id)),
            ("POST", ["billing_portal", "sessions"]) => known(form::PORTAL).and_then(|()| self.portal(form)),
            ("POST", ["customers"]) => known(form::CUSTOMER).map(|()| {
                let id = self.customer(form);
                self.get(&id)
            }),
            ("POST", ["products"]) => known(form::PRODUCT).and_then(|()| self.product(form)),
            ("POST", ["prices"]) => known(form::PRICE).and_then(|()| self.price(form, "price")),
            ("POST", ["refunds"]) => known(form::REFUND).and_then(|()| self.refund(form)),
            ("POST", ["subscriptions", id]) => {
                known(form::SUBSCRIPTION).and_then(|()| self.subscription_update(id, form))
            }
            ("DELETE", ["subscriptions", id]) => {
                known(form::CANCEL).and_then(|()| self.subscription_ends(id, "cancellation_requested"))
            }
            ("DELETE", ["customers", id]) => self.customer_gone(id),
            ("POST", ["invoices", id, "pay"]) => known(&[]).and_then(|()| self.pay_invoice(id)),
            ("GET", ["balance"]) => Ok(self.balance()),
            ("GET", parts) => self.look(parts, path, form),
            _ => Err(Refusal::no_such_address(method, path)),
        }
    }

    fn look(&self, parts: &[&str], path: &str, form: &Value) -> Result<Value, Refusal> {
        let (kind, id) = match parts {
            [first @ ("checkout" | "billing_portal"), second, rest @ ..] => {
                (lists::kind(&format!("{first}/{second}")), rest)
            }
            [first, rest @ ..] => (lists::kind(first), rest),
            [] => (None, parts),
        };
        match (kind, id) {
            (Some(kind), []) => {
                form::known(form, form::LIST)?;
                self.list(kind, path, form)
            }
            (Some(kind), [id]) => {
                form::known(form, &[])?;
                let found = self.get(id);
                if found["object"] == kind { Ok(found) } else { Err(Refusal::no_such(&kind.replace('_', " "), id)) }
            }
            _ => Err(Refusal::no_such_address("GET", path)),
        }
    }

    fn customer_gone(&mut self, id: &str) -> Result<Value, Refusal> {
        if self.get(id)["object"] != "customer" {
            return Err(Refusal::no_such("customer", id));
        }
        let running: Vec<String> =
            self.of(id, "subscription").filter(|one| one["status"] != "canceled").map(|one| text(one, "id")).collect();
        for one in running {
            self.subscription_ends(&one, "cancellation_requested")?;
        }
        self.tell("customer.deleted", id);
        self.remove(id);
        Ok(json!({"id": id, "object": "customer", "deleted": true}))
    }

    /// `POST /v1/invoices/{id}/pay`, and a giver on the invoice's own page.
    pub(super) fn pay_invoice(&mut self, id: &str) -> Result<Value, Refusal> {
        let invoice = self.get(id);
        if invoice["object"] != "invoice" {
            return Err(Refusal::no_such("invoice", id));
        }
        if invoice["status"] != "open" {
            return Err(Refusal::bad("", "invoice_not_editable", format!("Invoice is {}", text(&invoice, "status"))));
        }
        self.attempt(id, None);
        Ok(self.get(id))
    }
}

/// What makes two requests the same.
fn print(asked: &Asked) -> String {
    format!("{} {} {}", asked.method, asked.path, asked.body)
}

/// What is unfolded in an answer has to be allowed as well. Of some parts no document says which right they want: those are not here.
fn unfolded(asked: &Asked) -> Vec<(String, &'static str)> {
    let parts = [
        ("balance_transaction", "balance_transaction_source"),
        ("customer", "customer"),
        ("latest_charge", "charge"),
        ("payment_intent", "payment_intent"),
        ("payments", "invoice"),
    ];
    let query = form::parse(&asked.query);
    let paths = query["expand"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let segments: Vec<&str> = paths.flat_map(|path| path.split('.')).collect();
    let wanted = parts.into_iter().filter(|(part, _)| segments.contains(part));
    wanted.map(|(_, noun)| (noun.to_owned(), "read")).collect()
}

/// `checkout/sessions` → `checkout_session`, as the names of rights have it: <https://docs.stripe.com/keys/permissions-reference>.
fn noun(path: &str) -> String {
    let mut parts = path.trim_start_matches("/v1/").split('/');
    let first = parts.next().unwrap_or_default();
    let whole = match (first, parts.next()) {
        ("checkout", Some(second)) => format!("{first}_{second}"),
        ("billing_portal", _) => "customer_portal".to_owned(),
        ("balance_transactions", _) => "balance_transaction_source".to_owned(),
        ("invoice_payments", _) => "invoice".to_owned(),
        ("refunds", _) => "charge".to_owned(),
        _ => first.to_owned(),
    };
    whole.trim_end_matches('s').to_owned()
}

/// An object's metadata with what a form adds; an empty value takes a key away, an empty `metadata` takes all.
pub(super) fn metadata(before: &Value, form: &Value) -> Value {
    let mut fields = before.as_object().cloned().unwrap_or_default();
    match &form["metadata"] {
        Value::String(empty) if empty.is_empty() => fields = Map::new(),
        Value::Object(given) => {
            for (key, value) in given {
                if value == "" {
                    fields.remove(key);
                } else {
                    fields.insert(key.clone(), value.clone());
                }
            }
        }
        // Metadata whose keys are numbers were read as a list.
        Value::Array(given) => {
            let numbered = given.iter().enumerate().map(|(index, value)| (index.to_string(), value.clone()));
            fields.extend(numbered);
        }
        _ => {}
    }
    Value::Object(fields)
}

/// Without what is only for the fake itself.
pub(super) fn public(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let own = fields.iter().filter(|(key, _)| !key.starts_with('_'));
            Value::Object(own.map(|(key, value)| (key.clone(), public(value))).collect())
        }
        Value::Array(items) => items.iter().map(public).collect(),
        other => other.clone(),
    }
}
