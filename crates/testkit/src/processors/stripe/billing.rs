//! Subscriptions and their invoices.

use serde_json::{Value, json};

use super::{
    Outcome,
    api::metadata,
    money::Bill,
    refusal::Refusal,
    renewals::{Due, period_end},
    state::State,
};
use crate::processors::json::{at, int, text};

impl State {
    /// A subscription with its first invoice, paid at once or `later`.
    pub(super) fn subscribe(&mut self, bill: &Bill, price: &Value, quantity: i64, later: bool) -> String {
        let now = self.now();
        let id = self.make(
            "subscription",
            "sub",
            json!({
                "billing_cycle_anchor": now, "start_date": now, "currency": bill.currency, "customer": bill.customer,
                "metadata": bill.metadata, "description": bill.description, "default_payment_method": bill.payment_method,
                "status": "active", "_email": bill.email,
            }),
        );
        let item = self.item(&id, price, quantity, now, now);
        let url = format!("/v1/subscription_items?subscription={id}");
        self.change(&id, json!({"items": {"object": "list", "data": [item], "has_more": false, "url": url}}));
        let end = int(&self.get(&id), "items.data.0.current_period_end");
        self.at(end, Due::Renew(id.clone()));
        let invoice = self.invoice(&id, "subscription_create");
        self.tell("customer.subscription.created", &id);
        self.finalise(&invoice);
        if !later {
            self.attempt(&invoice, Some(Outcome::Paid));
        }
        id
    }

    fn item(&mut self, subscription: &str, price: &Value, quantity: i64, anchor: i64, start: i64) -> Value {
        let end = period_end(anchor, start, price);
        let mut plan = super::state::skeleton("plan");
        crate::processors::json::put(
            &mut plan,
            json!({"id": price["id"], "amount": price["unit_amount"], "amount_decimal": price["unit_amount_decimal"],
                "currency": price["currency"], "created": price["created"], "product": price["product"],
                "interval": price["recurring"]["interval"], "interval_count": price["recurring"]["interval_count"]}),
        );
        self.blank(
            "subscription_item",
            "si",
            json!({"price": price, "plan": plan, "quantity": quantity, "subscription": subscription,
                "current_period_start": start, "current_period_end": end}),
        )
    }

    /// A draft of what is due for the present period.
    pub(super) fn invoice(&mut self, subscription: &str, reason: &str) -> String {
        let found = self.get(subscription);
        let item = at(&found, "items.data.0").clone();
        let amount = int(&item, "price.unit_amount") * int(&item, "quantity");
        let (currency, period) =
            (text(&found, "currency"), (item["current_period_start"].clone(), item["current_period_end"].clone()));
        let parent = json!({"quote_details": null, "type": "subscription_details",
            "subscription_details": {"metadata": found["metadata"], "subscription": subscription}});
        let number = self.ids("invoice").len() + 1;
        let id = self.make(
            "invoice",
            "in",
            json!({
                "amount_due": amount, "amount_remaining": amount, "amount_paid": 0, "subtotal": amount, "total": amount,
                "subtotal_excluding_tax": amount, "total_excluding_tax": amount, "currency": currency,
                "customer": found["customer"], "customer_email": found["_email"], "parent": parent, "billing_reason": reason,
                "status": "draft", "number": format!("FAKE-{number:04}"), "period_start": period.0, "period_end": period.1,
            }),
        );
        let line = self.blank(
            "line_item",
            "il",
            json!({
                "amount": amount, "subtotal": amount, "currency": currency, "invoice": id, "quantity": item["quantity"],
                "period": {"start": period.0, "end": period.1},
                "parent": {"type": "subscription_item_details", "invoice_item_details": null, "subscription_item_details":
                    {"invoice_item": null, "proration": false, "proration_details": {"credited_items": null},
                    "subscription": subscription, "subscription_item": item["id"]}},
                "pricing": {"type": "price_details", "unit_amount_decimal": item["price"]["unit_amount_decimal"],
                    "price_details": {"price": item["price"]["id"], "product": item["price"]["product"]}},
            }),
        );
        let url = format!("/v1/invoices/{id}/lines");
        self.change(&id, json!({"lines": {"object": "list", "data": [line], "has_more": false, "url": url}}));
        self.change(subscription, json!({"latest_invoice": id}));
        self.tell("invoice.created", &id);
        id
    }

    /// Makes a draft an open invoice, with an intent to pay it.
    pub(super) fn finalise(&mut self, id: &str) {
        let invoice = self.get(id);
        let subscription = self.get(&text(&invoice, "parent.subscription_details.subscription"));
        let bill = Bill {
            amount: int(&invoice, "amount_due"),
            currency: text(&invoice, "currency"),
            customer: invoice["customer"].clone(),
            email: invoice["customer_email"].clone(),
            metadata: json!({}),
            description: Value::from("Subscription update"),
            payment_method: subscription["default_payment_method"].clone(),
        };
        let intent = self.intent(&bill, "requires_confirmation");
        let now = self.now();
        self.make(
            "invoice_payment",
            "inpay",
            json!({"invoice": id, "amount_requested": bill.amount, "currency": bill.currency, "is_default": true,
                "payment": {"type": "payment_intent", "payment_intent": intent}}),
        );
        let url = format!("{}/i/{id}", self.base);
        let mut moments = invoice["status_transitions"].clone();
        moments["finalized_at"] = now.into();
        self.change(
            id,
            json!({"status": "open", "effective_at": now, "hosted_invoice_url": url, "status_transitions": moments,
                "_intent": intent}),
        );
        self.tell("invoice.finalized", id);
    }

    /// `POST /v1/subscriptions/{id}`.
    pub(super) fn subscription_update(&mut self, id: &str, form: &Value) -> Result<Value, Refusal> {
        let found = self.get(id);
        if found["object"] != "subscription" {
            return Err(Refusal::no_such("subscription", id));
        }
        if found["status"] == "canceled" {
            let message = "A canceled subscription can only update its cancellation_details and metadata.";
            return Err(Refusal::bad("", "", message));
        }
        let mut changes = self.asked_changes(&found, form)?;
        let interval = |found: &Value| at(found, "items.data.0.price.recurring").clone();
        let before = interval(&found);
        let again = !changes["items"].is_null() && before != interval(&changes);
        let trial_end = text(form, "trial_end").parse::<i64>().ok();
        let again = match trial_end.filter(|end| again && *end > self.now()) {
            Some(end) => {
                free_until(&mut changes, end);
                self.at(end, Due::Renew(id.to_owned()));
                false
            }
            None => again,
        };
        if again {
            self.begin_anew(id, &mut changes);
        }
        self.update(id, changes, "customer.subscription.updated");
        if again {
            let invoice = self.invoice(id, "subscription_update");
            self.finalise(&invoice);
            self.attempt(&invoice, None);
        }
        Ok(self.get(id))
    }

    /// Another interval: the cycle begins now.
    fn begin_anew(&mut self, id: &str, changes: &mut Value) {
        let now = self.now();
        let end = period_end(now, now, at(changes, "items.data.0.price"));
        changes["billing_cycle_anchor"] = now.into();
        changes["items"]["data"][0]["current_period_start"] = now.into();
        changes["items"]["data"][0]["current_period_end"] = end.into();
        self.at(end, Due::Renew(id.to_owned()));
    }

    fn asked_changes(&mut self, found: &Value, form: &Value) -> Result<Value, Refusal> {
        let mut changes = json!({"metadata": metadata(&found["metadata"], form)});
        if let Some(at_end) = form["cancel_at_period_end"].as_str() {
            self.cancel_at_end(found, at_end == "true", &mut changes);
        }
        match &form["pause_collection"] {
            Value::Null => {}
            Value::String(_) => changes["pause_collection"] = Value::Null,
            pause => {
                changes["pause_collection"] = paused(pause)?;
                let resumes = int(&changes, "pause_collection.resumes_at");
                if resumes != 0 {
                    self.at(resumes, Due::Resume(text(found, "id")));
                }
            }
        }
        for key in ["description", "default_payment_method"] {
            if !form[key].is_null() {
                changes[key] = form[key].clone();
            }
        }
        if let Some(items) = form["items"].as_array() {
            changes["items"] = self.items(found, items)?;
        }
        Ok(changes)
    }

    fn items(&mut self, found: &Value, items: &[Value]) -> Result<Value, Refusal> {
        let mut list = found["items"].clone();
        let [item] = items else {
            return Err(Refusal::bad("items", "", "This fake keeps one item in a subscription."));
        };
        let id = text(item, "id");
        if id.is_empty() || id != text(&list, "data.0.id") {
            let message =
                format!("No such subscription item: '{id}'. (Without its id Stripe would add a second item.)");
            return Err(Refusal::bad("items[0][id]", "resource_missing", message));
        }
        if item["price"].is_null() && item["price_data"].is_null() {
            return Ok(list);
        }
        let price = self.price_of(item, "items[0]")?;
        if price["currency"] != found["currency"] {
            let message = format!(
                "The price specified supports currencies of `{}`, but the expected currency is `{}`.",
                text(&price, "currency"),
                text(found, "currency")
            );
            return Err(Refusal::bad("items[0][price]", "", message));
        }
        let old = list["data"][0].clone();
        let quantity = if item["quantity"].is_null() { int(&old, "quantity") } else { int(item, "quantity") };
        let mut new = self.item(
            &text(found, "id"),
            &price,
            quantity,
            int(found, "billing_cycle_anchor"),
            int(&old, "current_period_start"),
        );
        for key in ["id", "created", "current_period_start", "current_period_end"] {
            new[key] = old[key].clone();
        }
        list["data"][0] = new;
        Ok(list)
    }

    fn cancel_at_end(&self, found: &Value, yes: bool, changes: &mut Value) {
        changes["cancel_at_period_end"] = yes.into();
        changes["cancel_at"] = if yes { at(found, "items.data.0.current_period_end").clone() } else { Value::Null };
        changes["canceled_at"] = if yes { self.now().into() } else { Value::Null };
        let reason = if yes { Value::from("cancellation_requested") } else { Value::Null };
        changes["cancellation_details"] = json!({"comment": null, "feedback": null, "reason": reason});
    }

    /// Ends a subscription now.
    pub(super) fn subscription_ends(&mut self, id: &str, reason: &str) -> Result<Value, Refusal> {
        let found = self.get(id);
        if found["object"] != "subscription" || found["status"] == "canceled" {
            return Err(Refusal::no_such("subscription", id));
        }
        let now = self.now();
        let canceled = if found["canceled_at"].is_null() { now.into() } else { found["canceled_at"].clone() };
        self.change(
            id,
            json!({"status": "canceled", "canceled_at": canceled, "ended_at": now,
                "cancellation_details": {"comment": null, "feedback": null, "reason": reason}}),
        );
        self.tell("customer.subscription.deleted", id);
        Ok(self.get(id))
    }
}

fn paused(pause: &Value) -> Result<Value, Refusal> {
    let behavior = text(pause, "behavior");
    if !["keep_as_draft", "mark_uncollectible", "void"].contains(&&*behavior) {
        return Err(Refusal::bad(
            "pause_collection[behavior]",
            "",
            format!("Invalid pause_collection[behavior]: {behavior}"),
        ));
    }
    let resumes = if pause["resumes_at"].is_null() { Value::Null } else { int(pause, "resumes_at").into() };
    Ok(json!({"behavior": behavior, "resumes_at": resumes}))
}

/// Another interval that begins when what is paid for ends: nothing is billed until then.
fn free_until(changes: &mut Value, end: i64) {
    changes["status"] = "trialing".into();
    changes["trial_end"] = end.into();
    changes["billing_cycle_anchor"] = end.into();
    changes["items"]["data"][0]["current_period_end"] = end.into();
}
