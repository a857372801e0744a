//! Tokens, routes, and the invoice's page.

use serde_json::{Value, json};

use super::invoices::State;
use crate::processors::{
    http::{Asked, Reply},
    json::{int, text},
    money::minor,
};

/// What BTCPay says when it does not do what was asked.
pub(super) fn problem(status: u16, code: &str, message: &str) -> Reply {
    Reply::json(status, &json!({"code": code, "message": message}))
}

fn invalid(path: &str, message: &str) -> Reply {
    Reply::json(422, &json!([{"path": path, "message": message}]))
}

impl State {
    pub(super) fn api(&mut self, rights: Option<&[String]>, asked: &Asked) -> Reply {
        let Some(rights) = rights else {
            return problem(401, "unauthenticated", "Authentication is required for accessing this endpoint");
        };
        let right = match &*asked.method {
            "GET" => "btcpay.store.canviewinvoices",
            "POST" if asked.path.ends_with("/invoices") => "btcpay.store.cancreateinvoice",
            _ => "btcpay.store.canmodifyinvoices",
        };
        if !rights.iter().any(|own| own == right) {
            let message = format!("Insufficient API Permissions. Please use an API key with permission: {right}");
            return Reply::json(
                403,
                &json!({"code": "missing-permission", "message": message, "missingPermission": right}),
            );
        }
        let path = asked.path.trim_start_matches("/api/v1/");
        let parts: Vec<&str> = path.split('/').collect();
        match (&*asked.method, parts.as_slice()) {
            (_, ["stores", store, ..]) if *store != self.store => {
                problem(403, "missing-permission", "This key has no rights on this store")
            }
            ("POST", ["stores", _, "invoices"]) => self.create(asked),
            ("GET", ["stores", _, "invoices"]) => self.list(&asked.query),
            ("GET", ["stores", _, "invoices", id] | ["invoices", id]) => self.found(id, Self::get),
            ("GET", ["stores", _, "invoices", id, "payment-methods"] | ["invoices", id, "payment-methods"]) => {
                self.found(id, Self::methods)
            }
            ("POST", ["stores", _, "invoices", id, "status"] | ["invoices", id, "status"]) => {
                let body: Value = serde_json::from_str(&asked.body).unwrap_or_default();
                if self.get(id).is_null() || self.mark(id, &text(&body, "status")) {
                    return self.found(id, Self::get);
                }
                invalid("status", "Status can only be marked to invalid or settled within certain conditions.")
            }
            _ => problem(404, "not-found", "There is nothing at this address"),
        }
    }

    fn found(&self, id: &str, show: fn(&Self, &str) -> Value) -> Reply {
        if self.get(id).is_null() {
            return problem(404, "invoice-not-found", "The invoice was not found");
        }
        Reply::json(200, &show(self, id))
    }

    fn create(&mut self, asked: &Asked) -> Reply {
        let Ok(body) = serde_json::from_str::<Value>(&asked.body) else {
            return problem(400, "invalid-json", "The body is not JSON");
        };
        let currency = text(&body, "currency");
        if currency.len() != 3 || !currency.chars().all(|c| c.is_ascii_uppercase()) {
            return invalid("currency", "Invalid currency");
        }
        let amount = text(&body, "amount");
        let Some(_) = minor(&amount, &currency).filter(|minor| *minor > 0) else {
            return invalid("amount", "The amount should be a decimal number above 0");
        };
        let minutes = &body["checkout"]["expirationMinutes"];
        if minutes.as_i64().is_some_and(|minutes| minutes < 1) {
            return invalid("checkout.expirationMinutes", "Expiration time must be at least 1 minute");
        }
        Reply::json(200, &self.make(&body, &amount, &currency))
    }

    /// A page of invoices, newest first.
    fn list(&self, query: &str) -> Reply {
        let query: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let all = |name: &str| -> Vec<&str> {
            query.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str()).collect()
        };
        let number = |name: &str| all(name).first().and_then(|value| value.parse::<i64>().ok());
        let (orders, statuses) = (all("orderId"), all("status"));
        let found = self.all().rev().filter(|invoice| {
            let made = int(invoice, "createdTime");
            (orders.is_empty() || orders.contains(&&*text(invoice, "metadata.orderId")))
                && (statuses.is_empty() || statuses.contains(&&*text(invoice, "status")))
                && number("startDate").is_none_or(|start| made >= start)
                && number("endDate").is_none_or(|end| made <= end)
        });
        let size =
            |value: Option<i64>, usual: usize| value.and_then(|size| usize::try_from(size).ok()).unwrap_or(usual);
        let page: Vec<&Value> = found.skip(size(number("skip"), 0)).take(size(number("take"), 50)).collect();
        Reply::json(200, &json!(page))
    }

    /// `GET /i/{invoice}`, and `POST` with `action=pay|lightning|part|over|abandon`.
    pub(super) fn page(&mut self, asked: &Asked) -> Reply {
        let id = asked.path.trim_start_matches("/i/").to_owned();
        let invoice = self.get(&id);
        if invoice.is_null() {
            return Reply::page(404, "Not here", "");
        }
        let amount = text(&invoice, "amount");
        let (whole, back) = (amount.clone(), text(&invoice, "checkout.redirectURL"));
        let action = url::form_urlencoded::parse(asked.body.as_bytes()).find(|(key, _)| key == "action");
        let action = action.map(|(_, value)| value.into_owned()).unwrap_or_default();
        let done = match &*action {
            "pay" => self.pay(&id, &whole),
            "lightning" => self.pay(&id, &whole) && self.confirm(&id),
            "part" => self.pay(&id, "1"),
            "over" => self.pay(&id, &whole) && self.pay(&id, "1"),
            "abandon" => true,
            _ => false,
        };
        if done && !back.is_empty() {
            return Reply::elsewhere(&back);
        }
        let shown = self.get(&id);
        let state = format!("{} {} · {}", amount, text(&shown, "currency"), text(&shown, "status"));
        let actions = ["pay", "lightning", "part", "over", "abandon"];
        let buttons: String =
            actions.iter().map(|one| format!("<button name=action value={one}>{one}</button>")).collect();
        Reply::page(200, "Invoice", &format!("<p>{state}</p><form method=post>{buttons}</form>"))
    }
}
