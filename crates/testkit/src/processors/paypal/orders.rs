//! Orders, captures, sales, refunds and disputes.

use serde_json::{Value, json};

use super::{
    Outcome,
    refusal::{Refused, issue, malformed, nowhere},
    state::{Kind, State, money, read},
};
use crate::processors::json::{at, text};

/// An order that nobody approved is forgotten after so many seconds.
const FORGOTTEN: i64 = 6 * 3600;

/// PayPal's words for a payment that a case is open on.
const DISPUTED: &str = "Partial refunds cannot be offered at this time because there is an open case on this transaction. \
    Visit the PayPal Resolution Center to review this case.";

impl State {
    /// `POST /v2/checkout/orders`; whether a payer's action is waited for.
    pub(super) fn order(&mut self, body: &Value, id_given: bool) -> Result<(u16, Value), Refused> {
        if !body["payment_source"].is_null() && !id_given {
            let description = "A PayPal-Request-Id is required if you are trying to process payment for an Order. \
                Please specify a PayPal-Request-Id or Create the Order without a 'payment_source' specified.";
            return Err(malformed("/payment_source", "PAYPAL_REQUEST_ID_REQUIRED", description));
        }
        let (unit, amount, currency) = asked_for(body)?;
        let wallet = &body["payment_source"]["paypal"];
        let id = self.id("", 17);
        let (status, code, rel) = if wallet.is_object() {
            ("PAYER_ACTION_REQUIRED", 200, "payer-action")
        } else {
            ("CREATED", 201, "approve")
        };
        let mut unit = unit;
        if unit["reference_id"].is_null() {
            unit["reference_id"] = "default".into();
        }
        unit["payee"] = json!({"email_address": "newsroom@example.org", "merchant_id": "FAKENEWSRM234"});
        let mut order = json!({"id": id, "intent": "CAPTURE", "status": status, "purchase_units": [unit],
        "create_time": self.time(), "links": [
            self.link(&format!("/v2/checkout/orders/{id}"), "self", "GET"),
            self.link(&format!("/checkoutnow?token={id}"), rel, "GET"),
        ]});
        if wallet.is_object() {
            order["payment_source"] = json!({"paypal": {}});
        }
        let experience = wallet["experience_context"].clone();
        let inner =
            json!({"amount": amount, "currency": currency, "context": experience, "made": self.now(), "next": "paid"});
        self.keep(Kind::Order, order.clone(), inner);
        Ok((code, order))
    }

    /// An order that is not forgotten.
    pub(super) fn found_order(&self, id: &str) -> Result<Value, Refused> {
        let order = self.get(Kind::Order, id);
        let made = self.inner(id)["made"].as_i64().unwrap_or_default();
        let open = order["status"] != "COMPLETED" && order["status"] != "APPROVED";
        if order.is_null() || open && self.now() > made + FORGOTTEN { Err(nowhere()) } else { Ok(order) }
    }

    /// A payer says yes on PayPal's page. Whether there was something to say yes to.
    pub(super) fn approve_order(&mut self, id: &str, next: &str) -> bool {
        let Ok(order) = self.found_order(id) else { return false };
        if !["CREATED", "PAYER_ACTION_REQUIRED"].contains(&&*text(&order, "status")) {
            return false;
        }
        let wallet = json!({"email_address": "payer@example.org", "account_id": "FAKEPAYER2345", "account_status": "VERIFIED",
            "name": {"given_name": "John", "surname": "Doe"}});
        let links = [
            self.link(&format!("/v2/checkout/orders/{id}"), "self", "GET"),
            self.link(&format!("/v2/checkout/orders/{id}/capture"), "capture", "POST"),
        ];
        self.change(id, json!({"status": "APPROVED", "payment_source": {"paypal": wallet}, "links": links}));
        self.change_inner(id, json!({"next": next}));
        self.tell("CHECKOUT.ORDER.APPROVED", "checkout-order", self.get(Kind::Order, id));
        true
    }

    /// `POST /v2/checkout/orders/{id}/capture`.
    pub(super) fn capture_order(&mut self, id: &str) -> Result<Value, Refused> {
        let order = self.found_order(id)?;
        match &*text(&order, "status") {
            "APPROVED" => {}
            "COMPLETED" => {
                let description = "Order already captured.If 'intent=CAPTURE' only one capture per order is allowed.";
                return Err(issue("ORDER_ALREADY_CAPTURED", description));
            }
            _ => {
                return Err(issue(
                    "ORDER_NOT_APPROVED",
                    "Payer has not yet approved the Order for payment. Please redirect the payer to the 'rel':'approve' url returned as part of the HATEOAS links within the Create Order call or provide a valid `payment_source` in the request.",
                ));
            }
        }
        let inner = self.inner(id);
        let next = text(&inner, "next");
        if next == "declined" {
            let description = "The instrument presented  was either declined by the processor or bank, or it can't be used for this payment.";
            return Err(issue("INSTRUMENT_DECLINED", description));
        }
        let capture = self.captured(id, &order, &inner, next == "pending");
        let mut unit = order["purchase_units"][0].clone();
        unit["payments"] = json!({"captures": [self.get(Kind::Capture, &capture)]});
        let links = [self.link(&format!("/v2/checkout/orders/{id}"), "self", "GET")];
        self.change(
            id,
            json!({"status": "COMPLETED", "purchase_units": [unit], "update_time": self.time(), "links": links}),
        );
        self.change_inner(id, json!({"capture": capture}));
        let kind = if next == "pending" { "PAYMENT.CAPTURE.PENDING" } else { "PAYMENT.CAPTURE.COMPLETED" };
        self.tell(kind, "capture", self.get(Kind::Capture, &capture));
        self.tell("CHECKOUT.ORDER.COMPLETED", "checkout-order", self.get(Kind::Order, id));
        Ok(self.get(Kind::Order, id))
    }

    fn captured(&mut self, order: &str, whole: &Value, inner: &Value, pending: bool) -> String {
        let id = self.id("", 17);
        let (amount, currency) = (inner["amount"].as_i64().unwrap_or_default(), text(inner, "currency"));
        let unit = &whole["purchase_units"][0];
        let path = format!("/v2/payments/captures/{id}");
        let mut capture = json!({
            "id": id, "amount": money(amount, &currency), "final_capture": true, "create_time": self.time(),
            "update_time": self.time(), "status": "COMPLETED",
            "seller_protection": {"status": "ELIGIBLE", "dispute_categories": ["ITEM_NOT_RECEIVED", "UNAUTHORIZED_TRANSACTION"]},
            "links": [self.link(&path, "self", "GET"), self.link(&format!("{path}/refund"), "refund", "POST"),
                self.link(&format!("/v2/checkout/orders/{order}"), "up", "GET")],
        });
        for key in ["custom_id", "invoice_id"] {
            if !unit[key].is_null() {
                capture[key] = unit[key].clone();
            }
        }
        let inner =
            json!({"amount": amount, "currency": currency, "refunded": 0, "own": unit["custom_id"], "order": order});
        self.keep(Kind::Capture, capture, inner);
        if pending {
            self.change(&id, json!({"status": "PENDING", "status_details": {"reason": "ECHECK"}}));
        } else {
            self.receive(&id);
        }
        id
    }

    /// The money of a capture is here.
    fn receive(&mut self, id: &str) {
        let inner = self.inner(id);
        let (amount, currency) = (inner["amount"].as_i64().unwrap_or_default(), text(&inner, "currency"));
        let fee = Self::fee(amount);
        self.book(&currency, amount, fee);
        let breakdown = json!({"gross_amount": money(amount, &currency), "paypal_fee": money(fee, &currency),
            "net_amount": money(amount - fee, &currency)});
        self.change(id, json!({"seller_receivable_breakdown": breakdown}));
    }

    /// What was pending is decided. Whether it was pending.
    pub(super) fn settle(&mut self, capture: &str, outcome: Outcome) -> bool {
        let mut found = self.get(Kind::Capture, capture);
        if found["status"] != "PENDING" {
            return false;
        }
        if let Value::Object(fields) = &mut found {
            fields.remove("status_details");
        }
        if let Some(resource) = self.resources.get_mut(capture) {
            resource.json = found;
        }
        let (status, kind) = match outcome {
            Outcome::Paid => ("COMPLETED", "PAYMENT.CAPTURE.COMPLETED"),
            Outcome::Declined => ("DECLINED", "PAYMENT.CAPTURE.DENIED"),
        };
        self.change(capture, json!({"status": status, "update_time": self.time()}));
        if outcome == Outcome::Paid {
            self.receive(capture);
        }
        self.shown_in_order(capture);
        self.tell(kind, "capture", self.get(Kind::Capture, capture));
        true
    }

    /// An order shows its capture as it is now.
    pub(super) fn shown_in_order(&mut self, capture: &str) {
        let (order, json) = (text(&self.inner(capture), "order"), self.get(Kind::Capture, capture));
        if let Some(resource) = self.resources.get_mut(&order) {
            resource.json["purchase_units"][0]["payments"]["captures"][0] = json;
        }
    }

    /// `POST /v2/payments/captures/{id}/refund`; for a subscription's sale too.
    pub(super) fn refund(&mut self, id: &str, body: &Value) -> Result<Value, Refused> {
        let kind = self.resources.get(id).map(|resource| resource.kind);
        if !matches!(kind, Some(Kind::Capture | Kind::Sale)) {
            return Err(nowhere());
        }
        let (amount, currency) = self.refundable(id, body)?;
        let refund = self.refunded(id, amount, &currency, body);
        if kind == Some(Kind::Capture) {
            self.tell("PAYMENT.CAPTURE.REFUNDED", "refund", refund.clone());
        } else {
            self.tell("PAYMENT.SALE.REFUNDED", "refund", self.old_refund(id, &refund));
        }
        Ok(refund)
    }

    /// How much of a payment is to go back, if that can be.
    fn refundable(&self, id: &str, body: &Value) -> Result<(i64, String), Refused> {
        let inner = self.inner(id);
        let number = |key: &str| inner[key].as_i64().unwrap_or_default();
        let (left, currency) = (number("amount") - number("refunded"), text(&inner, "currency"));
        if left == 0 {
            return Err(issue("CAPTURE_FULLY_REFUNDED", "The capture has already been fully refunded"));
        }
        if self.disputed(&inner).is_some_and(|state| state != "won") {
            return Err(issue("TRANSACTION_DISPUTED", DISPUTED));
        }
        let capture = self.get(Kind::Capture, id);
        if !capture.is_null() && capture["seller_receivable_breakdown"].is_null() {
            return Err(issue(
                "PENDING_CAPTURE",
                "Cannot initiate a refund as the capture is pending. Capture is typically pending when the payer has funded the transaction using e-check/bank funded.",
            ));
        }
        let (amount, same) = match read(&body["amount"]) {
            Some((amount, given)) => (amount, given == currency),
            None => (left, true),
        };
        if !same {
            return Err(issue(
                "REFUND_CAPTURE_CURRENCY_MISMATCH",
                "Refund must be in the same currency as the capture",
            ));
        }
        if amount > left || amount == 0 {
            return Err(issue(
                "REFUND_AMOUNT_EXCEEDED",
                "The refund amount must be less than or equal to the capture amount that has not yet been refunded.",
            ));
        }
        Ok((amount, currency))
    }

    fn refunded(&mut self, id: &str, amount: i64, currency: &str, body: &Value) -> Value {
        let refund = self.id("", 17);
        let inner = self.inner(id);
        let gone = inner["refunded"].as_i64().unwrap_or_default() + amount;
        self.change_inner(id, json!({"refunded": gone}));
        let whole = inner["amount"] == gone;
        if self.get(Kind::Sale, id).is_null() {
            let status = if whole { "REFUNDED" } else { "PARTIALLY_REFUNDED" };
            self.change(id, json!({"status": status, "update_time": self.time()}));
            self.shown_in_order(id);
        } else {
            self.change(
                id,
                json!({"state": if whole { "refunded" } else { "partially_refunded" }, "update_time": self.time()}),
            );
        }
        self.book(currency, -amount, 0);
        let breakdown = json!({"gross_amount": money(amount, currency), "paypal_fee": money(0, currency),
            "net_amount": money(amount, currency), "total_refunded_amount": money(gone, currency)});
        let mut json = json!({"id": refund, "amount": money(amount, currency), "status": "COMPLETED",
            "create_time": self.time(), "update_time": self.time(), "seller_payable_breakdown": breakdown,
            "links": [self.link(&format!("/v2/payments/refunds/{refund}"), "self", "GET"),
                self.link(&format!("/v2/payments/captures/{id}"), "up", "GET")]});
        for key in ["custom_id", "invoice_id", "note_to_payer"] {
            if !body[key].is_null() {
                json[key] = body[key].clone();
            }
        }
        self.keep(Kind::Refund, json.clone(), json!({"of": id}));
        self.refund_in_order(id, &json);
        json
    }

    fn old_refund(&self, sale: &str, refund: &Value) -> Value {
        let amount = at(refund, "amount");
        json!({"id": refund["id"], "sale_id": sale, "state": "completed", "create_time": self.time(),
            "amount": {"total": amount["value"], "currency": amount["currency_code"]}, "links": []})
    }
}

/// What an order is for: its one unit, and how much.
fn asked_for(body: &Value) -> Result<(Value, i64, String), Refused> {
    if body["intent"] != "CAPTURE" {
        return Err(malformed("/intent", "INVALID_PARAMETER_VALUE", "A parameter value is not valid."));
    }
    let Some([unit]) = body["purchase_units"].as_array().map(Vec::as_slice) else {
        return Err(malformed(
            "/purchase_units",
            "INVALID_ARRAY_MAX_ITEMS",
            "The number of items in an array parameter is too large.",
        ));
    };
    let Some((amount, currency)) = read(&unit["amount"]) else {
        let description = "If the currency supports decimals, only two decimal place precision is supported.";
        return Err(issue("DECIMAL_PRECISION", description));
    };
    if amount == 0 {
        let description = "Must be greater than zero. If the currency supports decimals, only two decimal place precision is supported.";
        return Err(issue("CANNOT_BE_ZERO_OR_NEGATIVE", description));
    }
    Ok((unit.clone(), amount, currency))
}
