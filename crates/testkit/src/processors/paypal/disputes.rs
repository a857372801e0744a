//! Disputes and reversals: money that goes without the newsroom's word; and where refunds are shown.

use serde_json::{Value, json};

use super::state::{Kind, State, money};
use crate::processors::json::text;

impl State {
    /// An order shows the refunds of its capture.
    pub(super) fn refund_in_order(&mut self, capture: &str, refund: &Value) {
        let order = text(&self.inner(capture), "order");
        if let Some(resource) = self.resources.get_mut(&order) {
            let refunds = &mut resource.json["purchase_units"][0]["payments"]["refunds"];
            let mut all = refunds.as_array().cloned().unwrap_or_default();
            all.push(refund.clone());
            *refunds = all.into();
        }
    }

    /// A payer complains about a capture or a sale; PayPal holds the money.
    pub(super) fn dispute(&mut self, transaction: &str, part: Option<i64>) -> String {
        let inner = self.inner(transaction);
        let number = |key: &str| inner[key].as_i64().unwrap_or_default();
        let left = number("amount") - number("refunded");
        let (amount, currency) = (part.map_or(left, |part| part.clamp(1, left)), text(&inner, "currency"));
        let id = self.id("PP-R-", 12);
        self.book(&currency, -amount, 0);
        let dispute = json!({
            "dispute_id": id, "create_time": self.time(), "update_time": self.time(), "reason": "UNAUTHORISED",
            "status": "WAITING_FOR_SELLER_RESPONSE", "dispute_state": "REQUIRED_ACTION", "dispute_life_cycle_stage": "CHARGEBACK",
            "dispute_amount": money(amount, &currency), "dispute_channel": "INTERNAL",
            "disputed_transactions": [{"seller_transaction_id": transaction, "custom": inner["own"],
                "gross_amount": money(amount, &currency), "transaction_status": "COMPLETED",
                "seller": {"merchant_id": "FAKENEWSRM234", "name": "Newsroom"}}],
            "links": [self.link(&format!("/v1/customer/disputes/{id}"), "self", "GET")],
        });
        self.change_inner(transaction, json!({"dispute": id}));
        self.keep(Kind::Dispute, dispute.clone(), json!({"of": transaction, "amount": amount, "currency": currency}));
        self.tell("CUSTOMER.DISPUTE.CREATED", "dispute", dispute);
        id
    }

    /// A dispute ends.
    pub(super) fn dispute_ends(&mut self, id: &str, won: bool) {
        let inner = self.inner(id);
        let outcome = if won { "RESOLVED_SELLER_FAVOUR" } else { "RESOLVED_BUYER_FAVOUR" };
        self.change(
            id,
            json!({"status": "RESOLVED", "dispute_state": "RESOLVED", "update_time": self.time(),
                "dispute_outcome": {"outcome_code": outcome}}),
        );
        if won {
            self.book(&text(&inner, "currency"), inner["amount"].as_i64().unwrap_or_default(), 0);
        }
        self.tell("CUSTOMER.DISPUTE.RESOLVED", "dispute", self.get(Kind::Dispute, id));
    }

    /// A bank takes a capture or a sale back that was paid: `PAYMENT.CAPTURE.REVERSED`, `PAYMENT.SALE.REVERSED`.
    pub(super) fn reverse(&mut self, transaction: &str) {
        let inner = self.inner(transaction);
        let number = |key: &str| inner[key].as_i64().unwrap_or_default();
        let (amount, currency) = (number("amount") - number("refunded"), text(&inner, "currency"));
        self.book(&currency, -amount, 0);
        self.change_inner(transaction, json!({"reversed": amount}));
        let sale = self.get(Kind::Sale, transaction);
        if sale.is_null() {
            self.change(transaction, json!({"status": "REFUNDED", "update_time": self.time()}));
            self.shown_in_order(transaction);
            let of = self.get(Kind::Capture, transaction);
            let refund = json!({"id": format!("{transaction}R"), "amount": money(amount, &currency), "status": "COMPLETED",
                "create_time": self.time(), "custom_id": of["custom_id"],
                "links": [self.link(&format!("/v2/payments/captures/{transaction}"), "up", "GET")]});
            self.tell("PAYMENT.CAPTURE.REVERSED", "refund", refund);
        } else {
            self.change(transaction, json!({"state": "reversed", "update_time": self.time()}));
            self.tell("PAYMENT.SALE.REVERSED", "sale", self.get(Kind::Sale, transaction));
        }
    }

    /// How much is held or gone by a dispute or a reversal.
    pub(super) fn taken(&self, inner: &Value) -> i64 {
        let won = self.disputed(inner).is_none_or(|state| state == "won");
        let held = if won { None } else { self.inner(&text(inner, "dispute"))["amount"].as_i64() };
        held.unwrap_or_default() + inner["reversed"].as_i64().unwrap_or_default()
    }

    /// The word for a dispute of a payment that is common to all processors.
    pub(super) fn disputed(&self, inner: &Value) -> Option<String> {
        if !inner["reversed"].is_null() {
            return Some("lost".to_owned());
        }
        let dispute = self.get(Kind::Dispute, &text(inner, "dispute"));
        let outcome = text(&dispute, "dispute_outcome.outcome_code");
        match (dispute.is_null(), &*outcome) {
            (true, _) => None,
            (false, "") => Some("needs_response".to_owned()),
            (false, "RESOLVED_SELLER_FAVOUR") => Some("won".to_owned()),
            (false, _) => Some("lost".to_owned()),
        }
    }
}
