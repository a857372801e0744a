//! Money that moves: intents, charges, refunds, disputes, and what is left on the balance.

use serde_json::{Value, json};

use super::{Outcome, refusal::Refusal, state::State};
use crate::processors::json::{int, text};

/// What is to be paid, by whom, for what.
pub(super) struct Bill {
    pub(super) amount: i64,
    pub(super) currency: String,
    pub(super) customer: Value,
    pub(super) email: Value,
    pub(super) metadata: Value,
    pub(super) description: Value,
    pub(super) payment_method: Value,
}

impl State {
    /// A payment intent that waits for its money.
    pub(super) fn intent(&mut self, bill: &Bill, status: &str) -> String {
        let id = self.make(
            "payment_intent",
            "pi",
            json!({
                "amount": bill.amount, "currency": bill.currency, "customer": bill.customer, "metadata": bill.metadata,
                "description": bill.description, "status": status, "payment_method": bill.payment_method,
                "amount_received": 0, "latest_charge": null,
            }),
        );
        let secret = format!("{id}_secret_fake");
        self.change(&id, json!({"client_secret": secret}));
        self.tell("payment_intent.created", &id);
        id
    }

    /// Tries to take the money of an intent; whether it is here.
    pub(super) fn collect(&mut self, intent: &str, bill: &Bill, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Paid => {
                self.paid(intent, bill);
                true
            }
            Outcome::Declined => {
                self.declined(intent, bill);
                false
            }
            Outcome::RequiresAction => {
                let url = format!("{}/3ds/{intent}", self.base);
                let action = json!({"type": "redirect_to_url", "redirect_to_url": {"url": url, "return_url": null}});
                self.update(
                    intent,
                    json!({"status": "requires_action", "next_action": action}),
                    "payment_intent.requires_action",
                );
                false
            }
        }
    }

    pub(super) fn paid(&mut self, intent: &str, bill: &Bill) {
        let charge = self.charge(intent, bill, "succeeded");
        let fee = self.settings.fee(bill.amount);
        let transaction = self.transaction("charge", &charge, bill.amount, &bill.currency, fee);
        self.change(&charge, json!({"balance_transaction": transaction}));
        let done = json!({"status": "succeeded", "latest_charge": charge, "amount_received": bill.amount, "next_action": null,
            "last_payment_error": null, "processing": null});
        self.change(intent, done);
        self.tell("charge.succeeded", &charge);
        self.tell("payment_intent.succeeded", intent);
    }

    fn declined(&mut self, intent: &str, bill: &Bill) {
        let charge = self.charge(intent, bill, "failed");
        let message = "Your card was declined.";
        let failed = json!({"paid": false, "captured": false, "amount_captured": 0, "failure_code": "card_declined",
            "failure_message": message});
        self.change(&charge, failed);
        let error = json!({"type": "card_error", "code": "card_declined", "decline_code": "generic_decline", "message": message,
            "charge": charge});
        let status = "requires_payment_method";
        self.change(intent, json!({"status": status, "latest_charge": charge, "last_payment_error": error}));
        self.tell("charge.failed", &charge);
        self.tell("payment_intent.payment_failed", intent);
    }

    fn charge(&mut self, intent: &str, bill: &Bill, status: &str) -> String {
        let good = status == "succeeded";
        let id = self.make(
            "charge",
            "ch",
            json!({
                "amount": bill.amount, "amount_captured": bill.amount, "currency": bill.currency, "customer": bill.customer,
                "payment_intent": intent, "metadata": bill.metadata, "description": bill.description, "status": status,
                "paid": good, "payment_method": bill.payment_method,
                "outcome": {"advice_code": null, "network_advice_code": null, "network_decline_code": null,
                    "network_status": if good { "approved_by_network" } else { "declined_by_network" }, "reason": null,
                    "seller_message": null, "type": if good { "authorized" } else { "issuer_declined" }},
                "payment_method_details": {"type": "card", "card": card()},
            }),
        );
        if let Some(charge) = self.objects.get_mut(&id) {
            charge["billing_details"]["email"] = bill.email.clone();
            charge["refunds"]["url"] = format!("/v1/charges/{id}/refunds").into();
        }
        id
    }

    /// A line of the balance.
    pub(super) fn transaction(&mut self, kind: &str, source: &str, amount: i64, currency: &str, fee: i64) -> String {
        let now = self.now();
        let details = if fee == 0 {
            json!([])
        } else {
            json!([{"amount": fee, "application": null, "currency": currency, "description": "Stripe processing fees",
                "type": "stripe_fee"}])
        };
        self.make(
            "balance_transaction",
            "txn",
            json!({"amount": amount, "currency": currency, "fee": fee, "net": amount - fee, "fee_details": details, "type": kind,
                "reporting_category": if kind == "adjustment" { "dispute" } else { kind }, "source": source,
                "available_on": now + 2 * 86_400, "status": "pending"}),
        )
    }

    /// `POST /v1/refunds`.
    pub(super) fn refund(&mut self, form: &Value) -> Result<Value, Refusal> {
        let charge = match (text(form, "charge"), text(form, "payment_intent")) {
            (charge, intent) if charge.is_empty() => text(&self.get(&intent), "latest_charge"),
            (charge, _) => charge,
        };
        let found = self.get(&charge);
        let gone = int(&found, "amount_refunded");
        let amount = refundable(&charge, &found, form)?;
        let currency = text(&found, "currency");
        let reason = form["reason"].clone();
        let metadata = super::api::metadata(&Value::Null, form);
        let id = self.make(
            "refund",
            "re",
            json!({"amount": amount, "charge": charge, "currency": currency, "payment_intent": found["payment_intent"],
                "reason": reason, "metadata": metadata, "status": "succeeded",
                "destination_details": {"card": {"type": "refund", "reference_status": "pending"}, "type": "card"}}),
        );
        let transaction = self.transaction("refund", &id, -amount, &currency, 0);
        self.change(&id, json!({"balance_transaction": transaction}));
        self.refunded(&charge, gone + amount);
        self.tell("refund.created", &id);
        Ok(self.get(&id))
    }

    fn refunded(&mut self, charge: &str, amount: i64) {
        let whole = amount == int(&self.get(charge), "amount");
        self.update(charge, json!({"amount_refunded": amount, "refunded": whole}), "charge.refunded");
    }

    /// The bank sends a refund back: the money is with the newsroom again.
    pub(super) fn refund_fails(&mut self, id: &str) {
        let refund = self.get(id);
        let (amount, charge) = (int(&refund, "amount"), text(&refund, "charge"));
        let transaction = self.transaction("refund_failure", id, amount, &text(&refund, "currency"), 0);
        let failed = json!({"status": "failed", "failure_reason": "lost_or_stolen_card",
            "failure_balance_transaction": transaction});
        self.change(id, failed);
        let left = int(&self.get(&charge), "amount_refunded") - amount;
        self.change(&charge, json!({"amount_refunded": left, "refunded": false}));
        self.tell("refund.updated", id);
        self.tell("refund.failed", id);
    }

    /// The card's bank takes a payment back, with a fee.
    pub(super) fn dispute(&mut self, charge: &str, part: Option<i64>) -> String {
        let found = self.get(charge);
        let left = int(&found, "amount") - int(&found, "amount_refunded");
        let amount = part.map_or(left, |part| part.clamp(1, left));
        let currency = text(&found, "currency");
        let now = self.now();
        let id = self.make(
            "dispute",
            "du",
            json!({"amount": amount, "charge": charge, "currency": currency, "payment_intent": found["payment_intent"]}),
        );
        let fee = self.settings.dispute_fee;
        let transaction = self.transaction("adjustment", &id, -amount, &currency, fee);
        let transaction = self.get(&transaction);
        self.change(&id, json!({"balance_transactions": [transaction]}));
        if let Some(dispute) = self.objects.get_mut(&id) {
            dispute["evidence_details"]["due_by"] = (now + 7 * 86_400).into();
        }
        self.change(charge, json!({"disputed": true}));
        self.tell("charge.dispute.created", &id);
        self.tell("charge.dispute.funds_withdrawn", &id);
        id
    }

    /// A dispute ends.
    pub(super) fn dispute_ends(&mut self, id: &str, won: bool) {
        let dispute = self.get(id);
        let mut lines = dispute["balance_transactions"].as_array().cloned().unwrap_or_default();
        if won {
            let transaction =
                self.transaction("adjustment", id, int(&dispute, "amount"), &text(&dispute, "currency"), 0);
            lines.push(self.get(&transaction));
        }
        self.change(id, json!({"status": if won { "won" } else { "lost" }, "balance_transactions": lines}));
        if won {
            self.tell("charge.dispute.funds_reinstated", id);
        }
        self.tell("charge.dispute.closed", id);
    }

    /// A card network suspects fraud.
    pub(super) fn warn(&mut self, charge: &str) -> String {
        let fields = json!({"charge": charge, "actionable": true, "fraud_type": "misc"});
        let id = self.make("radar.early_fraud_warning", "issfr", fields);
        self.tell("radar.early_fraud_warning.created", &id);
        id
    }
}

/// How much of a charge is to go back, if that can be.
fn refundable(charge: &str, found: &Value, form: &Value) -> Result<i64, Refusal> {
    if found["object"] != "charge" || found["paid"] != true {
        return Err(Refusal::no_such("charge", charge));
    }
    let left = int(found, "amount") - int(found, "amount_refunded");
    if left == 0 {
        return Err(Refusal::bad("", "charge_already_refunded", format!("Charge {charge} has already been refunded.")));
    }
    if found["disputed"] == true {
        return Err(Refusal::bad("", "charge_disputed", format!("Charge {charge} has been charged back.")));
    }
    let amount = if form["amount"].is_null() { left } else { int(form, "amount") };
    if amount < 1 || amount > left {
        let message = format!("Refund amount ({amount}) is greater than unrefunded amount on charge ({left}).");
        return Err(Refusal::bad("amount", "", message));
    }
    Ok(amount)
}

fn card() -> Value {
    json!({"amount_authorized": null, "authorization_code": null, "brand": "visa", "country": "US", "exp_month": 8,
        "exp_year": 2030, "extended_authorization": {"status": "disabled"}, "fingerprint": "fake", "funding": "credit",
        "checks": {"address_line1_check": null, "address_postal_code_check": null, "cvc_check": "pass"},
        "incremental_authorization": {"status": "unavailable"}, "installments": null, "last4": "4242", "mandate": null,
        "multicapture": {"status": "unavailable"}, "network": "visa", "network_token": {"used": false},
        "network_transaction_id": null, "overcapture": {"maximum_amount_capturable": 0, "status": "unavailable"},
        "regulated_status": null, "three_d_secure": null, "transaction_link_id": null, "wallet": null})
}
