//! Tokens, `PayPal-Request-Id`, routes.

use data_encoding::BASE64;
use serde_json::{Value, json};

use super::{
    refusal::{Refused, malformed, nowhere, unauthorised},
    state::{Kind, State},
};
use crate::processors::{
    http::{Asked, Reply},
    json::text,
};

/// A token lives nine hours.
const TOKEN: i64 = 32_400;

impl State {
    /// `POST /v1/oauth2/token`.
    pub(super) fn token(&mut self, asked: &Asked, client: &str, secret: &str) -> Reply {
        let basic = format!("Basic {}", BASE64.encode(format!("{client}:{secret}").as_bytes()));
        if asked.header("authorization") != basic {
            let body = json!({"error": "invalid_client", "error_description": "Client Authentication failed"});
            return Reply::json(401, &body);
        }
        if !asked.body.contains("grant_type=client_credentials") {
            let body = json!({"error": "unsupported_grant_type", "error_description": "Grant Type is unsupported"});
            return Reply::json(400, &body);
        }
        let token = self.id("A21AA", 60);
        let until = self.now() + TOKEN;
        self.tokens.insert(token.clone(), until);
        let scope = "https://uri.paypal.com/services/payments/payment https://uri.paypal.com/services/subscriptions";
        Reply::json(
            200,
            &json!({"scope": scope, "access_token": token, "token_type": "Bearer", "app_id": "APP-FAKE", "expires_in": TOKEN,
                "nonce": "fake"}),
        )
    }

    /// The answer to a request to the API, or the same as before to the same `PayPal-Request-Id`.
    pub(super) fn api(&mut self, asked: &Asked) -> Reply {
        let token = asked.header("authorization").trim_start_matches("Bearer ");
        if self.tokens.get(token).is_none_or(|until| *until <= self.now()) {
            return unauthorised();
        }
        let (now, id) = (self.now(), asked.header("paypal-request-id"));
        let key = format!("{} {id}", asked.path);
        self.answered.retain(|_, (until, ..)| *until > now);
        if let Some((_, body, reply)) = self.answered.get(&key).filter(|_| !id.is_empty() && asked.method == "POST") {
            if *body != asked.body {
                let description = "The value of PayPal-Request-Id header has already been used.";
                return *malformed("PayPal-Request-Id", "DUPLICATE_REQUEST_ID", description);
            }
            return reply.clone();
        }
        let reply = self.route(asked).unwrap_or_else(|refused| *refused);
        if asked.method == "POST" && !id.is_empty() && reply.status < 300 {
            let hours = if asked.path.starts_with("/v2/checkout") { 6 } else { 72 };
            self.answered.insert(key, (now + hours * 3600, asked.body.clone(), reply.clone()));
        }
        reply
    }

    fn route(&mut self, asked: &Asked) -> Result<Reply, Refused> {
        let body: Value = if asked.body.is_empty() {
            json!({})
        } else {
            serde_json::from_str(&asked.body)
                .map_err(|_| malformed("/", "MALFORMED_REQUEST_JSON", "The request JSON is not well formed."))?
        };
        let whole = asked.header("prefer") == "return=representation";
        let parts: Vec<&str> = asked.path.trim_matches('/').split('/').collect();
        match (&*asked.method, parts.as_slice()) {
            ("POST", ["v2", "checkout", "orders"]) => {
                let (code, order) = self.order(&body, !asked.header("paypal-request-id").is_empty())?;
                Ok(Reply::json(code, &if whole { order } else { short(&order) }))
            }
            ("GET", ["v2", "checkout", "orders", id]) => Ok(Reply::json(200, &self.found_order(id)?)),
            ("POST", ["v2", "checkout", "orders", id, "capture"]) => Ok(Reply::json(201, &self.capture_order(id)?)),
            ("GET", ["v2", "payments", "captures", id]) => self.found(Kind::Capture, id),
            ("POST", ["v2", "payments", "captures", id, "refund"] | ["v1", "payments", "sale", id, "refund"]) => {
                let refund = self.refund(id, &body)?;
                Ok(Reply::json(201, &if whole { refund } else { short(&refund) }))
            }
            ("GET", ["v2", "payments", "refunds", id]) => self.found(Kind::Refund, id),
            ("GET", ["v1", "payments", "sale", id]) => self.found(Kind::Sale, id),
            ("POST", ["v1", "catalogs", "products"]) => Ok(Reply::json(201, &self.product(&body)?)),
            ("GET", ["v1", "catalogs", "products", id]) => self.found(Kind::Product, id),
            ("GET", ["v1", "customer", "disputes"]) => Ok(Reply::json(200, &self.disputes(&asked.query))),
            ("GET", ["v1", "customer", "disputes", id]) => self.found(Kind::Dispute, id),
            (_, ["v1", "billing", ..]) => self.billing(asked, &parts, &body, whole),
            (_, ["v1", "notifications", ..]) => self.notifications(asked, &parts, &body),
            _ => Err(nowhere()),
        }
    }

    fn billing(&mut self, asked: &Asked, parts: &[&str], body: &Value, whole: bool) -> Result<Reply, Refused> {
        match (&*asked.method, parts.get(2..).unwrap_or_default()) {
            ("POST", ["plans"]) => Ok(Reply::json(201, &self.plan(body)?)),
            ("GET", ["plans", id]) => self.found(Kind::Plan, id),
            ("POST", ["subscriptions"]) => {
                let subscription = self.subscription(body)?;
                Ok(Reply::json(201, &if whole { subscription } else { short(&subscription) }))
            }
            ("GET", ["plans"]) => Ok(Reply::json(200, &self.plans(&asked.query))),
            ("GET", ["subscriptions", id]) if asked.query.contains("fields=plan") => {
                let Reply { status, .. } = self.found(Kind::Subscription, id)?;
                Ok(Reply::json(status, &self.with_plan(id)))
            }
            ("GET", ["subscriptions", id]) => self.found(Kind::Subscription, id),
            ("GET", ["subscriptions", id, "transactions"]) => {
                Ok(Reply::json(200, &self.transactions(id, &asked.query)?))
            }
            ("POST", ["subscriptions", id, "revise"]) => Ok(Reply::json(200, &self.revise(id, body)?)),
            ("POST", ["subscriptions", id, deed @ ("suspend" | "activate" | "cancel")]) => {
                self.subscription_becomes(id, deed, body)?;
                Ok(Reply { status: 204, headers: Vec::new(), body: String::new() })
            }
            _ => Err(nowhere()),
        }
    }

    fn notifications(&mut self, asked: &Asked, parts: &[&str], body: &Value) -> Result<Reply, Refused> {
        match (&*asked.method, parts.get(2..).unwrap_or_default()) {
            ("GET", ["webhooks-events"]) => Ok(Reply::json(200, &self.events(asked)?)),
            ("GET", ["webhooks-events", id]) => self.found(Kind::Event, id),
            ("POST", ["webhooks-events", id, "resend"]) => {
                let event = self.get(Kind::Event, id);
                if event.is_null() {
                    return Err(nowhere());
                }
                self.send_again(&event);
                Ok(Reply::json(202, &event))
            }
            ("POST", ["verify-webhook-signature"]) => {
                // Simplified: known is what this server told, whatever the signature.
                let known = !self.get(Kind::Event, &text(body, "webhook_event.id")).is_null();
                Ok(Reply::json(200, &json!({"verification_status": if known { "SUCCESS" } else { "FAILURE" }})))
            }
            _ => Err(nowhere()),
        }
    }

    fn found(&self, kind: Kind, id: &str) -> Result<Reply, Refused> {
        match self.get(kind, id) {
            Value::Null => Err(nowhere()),
            found => Ok(Reply::json(200, &found)),
        }
    }
}

/// What is answered without `Prefer: return=representation`.
fn short(whole: &Value) -> Value {
    let fields = whole.as_object().into_iter().flatten();
    let kept =
        fields.filter(|(key, _)| ["id", "status", "links", "payment_source", "create_time"].contains(&key.as_str()));
    Value::Object(kept.map(|(key, value)| (key.clone(), value.clone())).collect())
}
