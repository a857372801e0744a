//! Products and plans, and the price that a subscription has by them. Simplified: a plan has one cycle.

use serde_json::{Value, json};

use super::{
    refusal::{Refused, issue, malformed, nowhere},
    state::{Kind, State, read},
};
use crate::processors::json::{at, put, text};

impl State {
    pub(super) fn product(&mut self, body: &Value) -> Result<Value, Refused> {
        if text(body, "name").is_empty() || text(body, "type").is_empty() {
            return Err(malformed("/name", "MISSING_REQUIRED_PARAMETER", "A required parameter is missing."));
        }
        let id = Some(text(body, "id")).filter(|id| !id.is_empty()).unwrap_or_else(|| self.id("PROD-", 17));
        let mut product = body.clone();
        let links = [self.link(&format!("/v1/catalogs/products/{id}"), "self", "GET")];
        put(&mut product, json!({"id": id, "create_time": self.time(), "update_time": self.time(), "links": links}));
        self.keep(Kind::Product, product.clone(), Value::Null);
        Ok(product)
    }

    pub(super) fn plan(&mut self, body: &Value) -> Result<Value, Refused> {
        if self.get(Kind::Product, &text(body, "product_id")).is_null() {
            return Err(nowhere());
        }
        let Some([cycle]) = body["billing_cycles"].as_array().map(Vec::as_slice) else {
            return Err(malformed(
                "/billing_cycles",
                "INVALID_ARRAY_MAX_ITEMS",
                "The number of items in an array parameter is too large.",
            ));
        };
        if read(at(cycle, "pricing_scheme.fixed_price")).is_none() {
            return Err(issue("INVALID_CURRENCY_CODE", "Currency code is invalid or is not currently supported."));
        }
        let id = self.id("P-", 24);
        let mut plan = body.clone();
        let links = [self.link(&format!("/v1/billing/plans/{id}"), "self", "GET")];
        let status = if body["status"].is_null() { json!("ACTIVE") } else { body["status"].clone() };
        put(
            &mut plan,
            json!({"id": id, "status": status, "create_time": self.time(), "update_time": self.time(), "links": links}),
        );
        self.keep(Kind::Plan, plan.clone(), Value::Null);
        Ok(plan)
    }
}

/// The price of a plan, or the one that a request has in its place.
pub(super) fn price_of(plan: &Value, body: &Value) -> Result<Value, Refused> {
    if plan.is_null() {
        return Err(nowhere());
    }
    let own = at(plan, "billing_cycles.0.pricing_scheme.fixed_price").clone();
    if body["plan"].is_null() {
        return Ok(own);
    }
    let given = at(&body["plan"], "billing_cycles.0.pricing_scheme.fixed_price").clone();
    match read(&given) {
        Some((amount, currency)) if amount > 0 && own["currency_code"] == *currency => Ok(given),
        Some((0, _)) | None => Err(issue("CANNOT_BE_ZERO_OR_NEGATIVE", "Must be greater than zero.")),
        Some(_) => {
            let description = "The currency code is different from the plan's currency code.";
            Err(issue("CURRENCY_MISMATCH", description))
        }
    }
}
