//! Checkout sessions: made by the newsroom, paid by a giver on Stripe's page.

use serde_json::{Value, json};

use super::{
    Outcome, api::metadata, catalogue::chargeable, money::Bill, refusal::Refusal, renewals::Due, state::State,
};
use crate::processors::json::{int, text};

impl State {
    /// `POST /v1/checkout/sessions`.
    pub(super) fn session(&mut self, form: &Value) -> Result<Value, Refusal> {
        let mode = text(form, "mode");
        check(form, &mode)?;
        let expires = self.expiry(form)?;
        if let Some(customer) = form["customer"].as_str()
            && self.get(customer)["object"] != "customer"
        {
            return Err(Refusal::no_such("customer", customer));
        }
        let (lines, total, currency) = self.lines(form, &mode)?;
        chargeable(total, &currency)?;
        let creation = match (&*mode, text(form, "customer_creation")) {
            ("subscription", _) => Value::from("always"),
            (_, given) if given.is_empty() => Value::from("if_required"),
            (_, given) => Value::from(given),
        };
        let id = self.make(
            "checkout.session",
            "cs_test",
            json!({
                "mode": mode, "amount_subtotal": total, "amount_total": total, "currency": currency, "expires_at": expires,
                "success_url": form["success_url"], "cancel_url": form["cancel_url"], "customer": form["customer"],
                "customer_email": form["customer_email"], "customer_creation": creation, "submit_type": form["submit_type"],
                "client_reference_id": form["client_reference_id"], "locale": form["locale"],
                "metadata": metadata(&Value::Null, form),
                "payment_method_collection": if mode == "subscription" { "always" } else { "if_required" },
            }),
        );
        let url = format!("{}/c/pay/{id}", self.base);
        let hidden = json!({"url": url, "_lines": lines, "_form": form});
        self.change(&id, hidden);
        self.at(expires, Due::Expire(id.clone()));
        Ok(self.get(&id))
    }

    /// What is bought, what it comes to, and in which currency.
    fn lines(&mut self, form: &Value, mode: &str) -> Result<(Vec<Value>, i64, String), Refusal> {
        let (mut lines, mut total, mut currency) = (Vec::new(), 0, String::new());
        for (index, item) in form["line_items"].as_array().into_iter().flatten().enumerate() {
            let path = format!("line_items[{index}]");
            let quantity = int(item, "quantity");
            if quantity < 1 {
                return Err(Refusal::missing_parameter(&format!("{path}[quantity]")));
            }
            let price = self.price_of(item, &path)?;
            if price["recurring"].is_null() != (mode == "payment") {
                let message =
                    format!("`recurring` prices belong to `subscription` mode; this session is in `{mode}` mode.");
                return Err(Refusal::bad(&path, "", message));
            }
            let own = text(&price, "currency");
            if index > 0 && own != currency {
                return Err(Refusal::bad(&path, "", "All line items must have the same currency."));
            }
            currency = own;
            total += int(&price, "unit_amount").saturating_mul(quantity);
            lines.push(json!({"price": price, "quantity": quantity}));
        }
        Ok((lines, total, currency))
    }

    fn expiry(&self, form: &Value) -> Result<i64, Refusal> {
        let now = self.now();
        if form["expires_at"].is_null() {
            return Ok(now + 86_400);
        }
        let expires = int(form, "expires_at");
        if !(now + 1_800..=now + 86_400).contains(&expires) {
            let message = "The `expires_at` timestamp must be at least 30 minutes and less than 24 hours from Checkout Session creation.";
            return Err(Refusal::bad("expires_at", "", message));
        }
        Ok(expires)
    }

    /// `POST /v1/checkout/sessions/{id}/expire`, and its time.
    pub(super) fn session_expires(&mut self, id: &str) -> Result<Value, Refusal> {
        let session = self.get(id);
        if session["object"] != "checkout.session" {
            return Err(Refusal::no_such("checkout.session", id));
        }
        if session["status"] != "open" {
            let message = format!(
                "Only Checkout Sessions with a status in [\"open\"] can be expired. This one is {}.",
                session["status"]
            );
            return Err(Refusal::bad("session", "", message));
        }
        self.change(id, json!({"status": "expired", "url": null}));
        self.tell("checkout.session.expired", id);
        Ok(self.get(id))
    }

    /// The giver pays: at once, or by something that takes days (`later`). Whether the session was open.
    pub(super) fn session_paid(&mut self, id: &str, email: &str, later: bool) -> bool {
        let session = self.get(id);
        if session["status"] != "open" {
            return false;
        }
        let bill = self.session_bill(&session, email);
        let details = json!({"address": {"city": null, "country": "DE", "line1": null, "line2": null, "postal_code": null,
            "state": null}, "business_name": null, "email": bill.email, "individual_name": null, "name": "Jenny Rosen",
            "phone": null, "tax_exempt": "none", "tax_ids": []});
        let status = if later { "unpaid" } else { "paid" };
        let done = json!({"status": "complete", "payment_status": status, "customer": bill.customer,
            "customer_details": details, "url": null});
        self.change(id, done);
        if session["mode"] == "subscription" {
            let price = session["_lines"][0]["price"].clone();
            let subscription = self.subscribe(&bill, &price, int(&session, "_lines.0.quantity"), later);
            let invoice = self.get(&subscription)["latest_invoice"].clone();
            self.change(id, json!({"subscription": subscription, "invoice": invoice}));
        } else {
            let intent = self.intent(&bill, "requires_payment_method");
            self.change(id, json!({"payment_intent": intent}));
            if later {
                self.change(&intent, json!({"status": "processing"}));
                self.tell("payment_intent.processing", &intent);
            } else {
                self.collect(&intent, &bill, Outcome::Paid);
            }
        }
        self.tell("checkout.session.completed", id);
        true
    }

    /// What a session asks for, of a customer who is made where one is needed.
    fn session_bill(&mut self, session: &Value, email: &str) -> Bill {
        let email = Value::from(session["customer_email"].as_str().unwrap_or(email));
        let always = session["customer_creation"] == "always";
        let customer = match &session["customer"] {
            Value::Null if always => Value::from(self.customer(&json!({"email": email}))),
            known => known.clone(),
        };
        let payment_method = Value::from(self.card(&customer, &email));
        let recurring = session["mode"] == "subscription";
        let data = &session["_form"][if recurring { "subscription_data" } else { "payment_intent_data" }];
        Bill {
            amount: int(session, "amount_total"),
            currency: text(session, "currency"),
            customer,
            email,
            metadata: metadata(&Value::Null, data),
            description: data["description"].clone(),
            payment_method,
        }
    }

    /// A card is declined on the page; the session stays open.
    pub(super) fn session_declined(&mut self, id: &str) {
        let session = self.get(id);
        if session["status"] != "open" || session["mode"] != "payment" {
            return;
        }
        let never = json!({"customer_creation": "if_required"});
        let bill = self.session_bill(&crate::processors::json::with(session, never), "giver@example.org");
        let intent = self.intent(&bill, "requires_payment_method");
        self.collect(&intent, &bill, Outcome::Declined);
    }

    /// What takes days is decided. Whether there was anything to decide.
    pub(super) fn session_settles(&mut self, id: &str, good: bool) -> bool {
        let session = self.get(id);
        if session["payment_status"] != "unpaid" || session["status"] != "complete" {
            return false;
        }
        let outcome = if good { Outcome::Paid } else { Outcome::Declined };
        if session["mode"] == "subscription" {
            self.attempt(&text(&session, "invoice"), Some(outcome));
        } else {
            let intent = text(&session, "payment_intent");
            let bill = self.bill_of(&intent);
            self.collect(&intent, &bill, outcome);
        }
        if good {
            self.change(id, json!({"payment_status": "paid"}));
        }
        self.tell(
            if good { "checkout.session.async_payment_succeeded" } else { "checkout.session.async_payment_failed" },
            id,
        );
        true
    }

    /// What an intent was made for.
    pub(super) fn bill_of(&self, intent: &str) -> Bill {
        let intent = self.get(intent);
        let method = self.get(&text(&intent, "payment_method"));
        Bill {
            amount: int(&intent, "amount"),
            currency: text(&intent, "currency"),
            customer: intent["customer"].clone(),
            email: method["billing_details"]["email"].clone(),
            metadata: intent["metadata"].clone(),
            description: intent["description"].clone(),
            payment_method: intent["payment_method"].clone(),
        }
    }
}

fn check(form: &Value, mode: &str) -> Result<(), Refusal> {
    if !["payment", "subscription"].contains(&mode) {
        return Err(Refusal::missing_parameter("mode"));
    }
    let url = text(form, "success_url");
    if url.is_empty() {
        return Err(Refusal::missing_parameter("success_url"));
    }
    if !(url.starts_with("http://") || url.starts_with("https://")) {
        return Err(Refusal::bad("success_url", "url_invalid", "Not a valid URL"));
    }
    if form["line_items"].as_array().is_none_or(Vec::is_empty) {
        return Err(Refusal::missing_parameter("line_items"));
    }
    let only = |param: &str, wanted: &str| {
        let message = format!("`{param}` can only be used in `{wanted}` mode.");
        if form[param].is_null() || mode == wanted { Ok(()) } else { Err(Refusal::bad(param, "", message)) }
    };
    only("customer_creation", "payment")?;
    only("payment_intent_data", "payment")?;
    only("subscription_data", "subscription")?;
    if text(form, "client_reference_id").len() > 200 {
        return Err(Refusal::bad("client_reference_id", "", "Invalid string: at most 200 characters."));
    }
    let submit = text(form, "submit_type");
    if !["", "auto", "book", "donate", "pay", "subscribe"].contains(&&*submit) {
        return Err(Refusal::bad("submit_type", "", format!("Invalid submit_type: {submit}")));
    }
    Ok(())
}
