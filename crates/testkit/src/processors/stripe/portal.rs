//! The billing portal: `POST /v1/billing_portal/sessions`, and what a giver does there.

use serde_json::{Value, json};

use super::{refusal::Refusal, state::State};
use crate::processors::json::{at, text};

impl State {
    /// Opens the portal for a customer, at the start or at one deed.
    pub(super) fn portal(&mut self, form: &Value) -> Result<Value, Refusal> {
        let customer = text(form, "customer");
        if customer.is_empty() {
            return Err(Refusal::missing_parameter("customer"));
        }
        if self.get(&customer)["object"] != "customer" {
            return Err(Refusal::no_such("customer", &customer));
        }
        let flow = self.flow(&form["flow_data"])?;
        let id = self.make(
            "billing_portal.session",
            "bps",
            json!({"customer": customer, "return_url": form["return_url"], "locale": form["locale"], "flow": flow,
                "configuration": "bpc_1FakeDefault"}),
        );
        let url = format!("{}/p/session/{id}", self.base);
        self.change(&id, json!({"url": url}));
        Ok(self.get(&id))
    }

    fn flow(&self, given: &Value) -> Result<Value, Refusal> {
        if given.is_null() {
            return Ok(Value::Null);
        }
        let kind = text(given, "type");
        let known =
            ["payment_method_update", "subscription_cancel", "subscription_update", "subscription_update_confirm"];
        if !known.contains(&&*kind) {
            return Err(Refusal::bad("flow_data[type]", "", format!("Invalid flow_data[type]: {kind}")));
        }
        let mut flow = json!({"type": kind, "after_completion": {"type": "portal_homepage", "redirect": null,
            "hosted_confirmation": null}, "subscription_cancel": null, "subscription_update": null,
            "subscription_update_confirm": null});
        if let Value::Object(after) = &given["after_completion"] {
            for (key, value) in after {
                flow["after_completion"][key] = value.clone();
            }
        }
        if kind != "payment_method_update" {
            let subscription = text(given, &format!("{kind}.subscription"));
            let status = text(&self.get(&subscription), "status");
            if status.is_empty() || status == "canceled" {
                return Err(Refusal::no_such("subscription", &subscription));
            }
            flow[&kind] = given[&kind].clone();
            match &*kind {
                "subscription_cancel" => flow[&kind]["retention"] = Value::Null,
                "subscription_update_confirm" => flow[&kind]["discounts"] = Value::Null,
                _ => {}
            }
        }
        Ok(flow)
    }

    /// The giver does what the portal was opened for. Where he goes next.
    pub(super) fn portal_done(&mut self, id: &str) -> Option<String> {
        let session = self.get(id);
        let flow = session["flow"].clone();
        let customer = text(&session, "customer");
        let subscription = |kind: &str| text(&flow, &format!("{kind}.subscription"));
        match &*text(&flow, "type") {
            "payment_method_update" => self.new_card(&customer),
            "subscription_cancel" => {
                let form = json!({"cancel_at_period_end": "true"});
                self.subscription_update(&subscription("subscription_cancel"), &form).ok()?;
            }
            "subscription_update_confirm" => {
                let form = json!({"items": at(&flow, "subscription_update_confirm.items")});
                self.subscription_update(&subscription("subscription_update_confirm"), &form).ok()?;
            }
            _ => return None,
        }
        let after = text(&flow, "after_completion.redirect.return_url");
        Some(if after.is_empty() { text(&session, "return_url") } else { after })
    }

    /// A giver types in another card: it is the one of all his subscriptions, and it works.
    pub(super) fn new_card(&mut self, customer: &str) {
        let found = self.get(customer);
        let card = self.card(&Value::from(customer), &found["email"]);
        let mut settings = found["invoice_settings"].clone();
        settings["default_payment_method"] = card.as_str().into();
        self.update(customer, json!({"invoice_settings": settings}), "customer.updated");
        let running = |one: &&Value| one["status"] != "canceled";
        let ids: Vec<String> = self.of(customer, "subscription").filter(running).map(|one| text(one, "id")).collect();
        for id in ids {
            self.outcomes.remove(&id);
            self.update(&id, json!({"default_payment_method": card}), "customer.subscription.updated");
        }
    }
}
