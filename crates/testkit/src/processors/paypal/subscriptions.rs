//! Subscriptions, and what time brings to them.
//!
//! Simplified: a month ends as Stripe's does; a failed payment is tried again every five days until
//! `payment_failure_threshold` (2 where the plan has none) is reached, and the subscription is suspended then.

use jiff::{Span, tz::TimeZone};
use serde_json::{Value, json};

use super::{
    Outcome,
    plans::price_of,
    refusal::{Refused, issue, nowhere},
    state::{Kind, State, money, read},
};
use crate::processors::json::{int, put, text};

impl State {
    /// `POST /v1/billing/subscriptions`.
    pub(super) fn subscription(&mut self, body: &Value) -> Result<Value, Refused> {
        let plan = self.get(Kind::Plan, &text(body, "plan_id"));
        if plan.is_null() {
            return Err(nowhere());
        }
        let price = price_of(&plan, body)?;
        let id = self.id("I-", 12);
        let token = self.id("BA-", 17);
        self.pages.insert(token.clone(), id.clone());
        let path = format!("/v1/billing/subscriptions/{id}");
        let links = [
            self.link(&format!("/webapps/billing/subscriptions?ba_token={token}"), "approve", "GET"),
            self.link(&path, "edit", "PATCH"),
            self.link(&path, "self", "GET"),
        ];
        let mut subscription = json!({"id": id, "plan_id": plan["id"], "status": "APPROVAL_PENDING", "create_time": self.time(),
            "status_update_time": self.time(), "start_time": self.time(), "quantity": "1",
            "plan_overridden": !body["plan"].is_null(), "links": links});
        if !body["custom_id"].is_null() {
            subscription["custom_id"] = body["custom_id"].clone();
        }
        let mut cycle = plan["billing_cycles"][0].clone();
        cycle["pricing_scheme"]["fixed_price"] = price.clone();
        let inner = json!({"price": price, "cycle": cycle, "context": body["application_context"], "plan": plan, "own": body["custom_id"]});
        self.keep(Kind::Subscription, subscription.clone(), inner);
        self.tell("BILLING.SUBSCRIPTION.CREATED", "subscription", subscription.clone());
        Ok(subscription)
    }

    /// A subscriber says yes, to a subscription or to a change of it. Whether there was something to say yes to.
    pub(super) fn approve_subscription(&mut self, id: &str) -> bool {
        let (found, inner) = (self.get(Kind::Subscription, id), self.inner(id));
        if let Some(price) = inner["asked"].as_object() {
            let mut cycle = inner["cycle"].clone();
            cycle["pricing_scheme"]["fixed_price"] = json!(price);
            self.change_inner(id, json!({"price": price, "cycle": cycle, "asked": null}));
            self.change(id, json!({"plan_overridden": true, "update_time": self.time()}));
            self.tell("BILLING.SUBSCRIPTION.UPDATED", "subscription", self.get(Kind::Subscription, id));
            return true;
        }
        if found["status"] != "APPROVAL_PENDING" {
            return false;
        }
        let subscriber = json!({"email_address": "payer@example.org", "payer_id": "FAKEPAYER2345",
            "name": {"given_name": "John", "surname": "Doe"}});
        let (_, currency) = read(&inner["price"]).unwrap_or_default();
        let info = json!({"outstanding_balance": money(0, &currency), "failed_payments_count": 0,
            "cycle_executions": [{"tenure_type": "REGULAR", "sequence": 1, "cycles_completed": 0, "cycles_remaining": 0,
                "current_pricing_scheme_version": 1, "total_cycles": 0}]});
        self.change(id, json!({"subscriber": subscriber, "billing_info": info, "start_time": self.time()}));
        self.change_inner(id, json!({"anchor": self.now(), "cycles": 0}));
        self.status(id, "ACTIVE", "");
        self.tell("BILLING.SUBSCRIPTION.ACTIVATED", "subscription", self.get(Kind::Subscription, id));
        self.charge(id, Some(Outcome::Paid), self.now());
        true
    }

    /// A subscription as `?fields=plan` shows it: its plan with its own price.
    pub(super) fn with_plan(&self, id: &str) -> Value {
        let (mut found, inner) = (self.get(Kind::Subscription, id), self.inner(id));
        let mut plan = inner["plan"].clone();
        plan["billing_cycles"] = json!([inner["cycle"]]);
        found["plan"] = plan;
        found
    }

    fn status(&mut self, id: &str, status: &str, note: &str) {
        self.change(id, json!({"status": status, "status_update_time": self.time(), "update_time": self.time()}));
        if !note.is_empty() {
            self.change(id, json!({"status_change_note": note}));
        }
    }

    /// `POST …/suspend`, `…/activate`, `…/cancel`.
    pub(super) fn subscription_becomes(&mut self, id: &str, deed: &str, body: &Value) -> Result<(), Refused> {
        let found = self.get(Kind::Subscription, id);
        if found.is_null() {
            return Err(nowhere());
        }
        let (from, status, kind): (&[&str], _, _) = match deed {
            "suspend" => (&["ACTIVE"], "SUSPENDED", "BILLING.SUBSCRIPTION.SUSPENDED"),
            "activate" => (&["SUSPENDED"], "ACTIVE", "BILLING.SUBSCRIPTION.ACTIVATED"),
            _ => (&["ACTIVE", "SUSPENDED"], "CANCELLED", "BILLING.SUBSCRIPTION.CANCELLED"),
        };
        if !from.contains(&&*text(&found, "status")) {
            let words = from.join(" or ").to_lowercase();
            let description =
                format!("Invalid subscription status for {deed} action; subscription status should be {words}.");
            return Err(issue("SUBSCRIPTION_STATUS_INVALID", &description));
        }
        self.status(id, status, &text(body, "reason"));
        if deed == "activate" {
            self.next_time(id, self.now());
        }
        self.tell(kind, "subscription", self.get(Kind::Subscription, id));
        Ok(())
    }

    /// `POST …/revise`: a new price is asked for; it holds from the next payment on, once the subscriber said yes.
    pub(super) fn revise(&mut self, id: &str, body: &Value) -> Result<Value, Refused> {
        let found = self.get(Kind::Subscription, id);
        if found.is_null() {
            return Err(nowhere());
        }
        if !["ACTIVE", "SUSPENDED"].contains(&&*text(&found, "status")) {
            let description =
                "Invalid subscription status for revise action; subscription status should be active or suspended.";
            return Err(issue("SUBSCRIPTION_STATUS_INVALID", description));
        }
        let plan = match text(body, "plan_id") {
            none if none.is_empty() => self.inner(id)["plan"].clone(),
            other => self.get(Kind::Plan, &other),
        };
        let price = price_of(&plan, body)?;
        if price["currency_code"] != self.inner(id)["price"]["currency_code"] {
            return Err(issue(
                "CURRENCY_MISMATCH",
                "The currency code is different from the subscription's currency code.",
            ));
        }
        let token = self.id("BA-", 17);
        self.pages.insert(token.clone(), id.to_owned());
        self.change_inner(id, json!({"asked": price}));
        let context = body["application_context"].clone();
        if context.is_object() {
            self.change_inner(id, json!({"context": context}));
        }
        let links = [
            self.link(&format!("/webapps/billing/subscriptions/update?ba_token={token}"), "approve", "GET"),
            self.link(&format!("/v1/billing/subscriptions/{id}"), "self", "GET"),
        ];
        let mut answer = json!({"plan_id": plan["id"], "plan_overridden": !body["plan"].is_null(), "links": links});
        if !body["plan"].is_null() {
            answer["plan"] = body["plan"].clone();
        }
        Ok(answer)
    }

    /// The next payment of a subscription after a moment.
    fn next_time(&mut self, id: &str, after: i64) {
        let inner = self.inner(id);
        let cycle = &inner["cycle"]["frequency"];
        let (unit, count) = (text(cycle, "interval_unit"), int(cycle, "interval_count").max(1));
        let anchor = inner["anchor"].as_i64().unwrap_or_default();
        let first = jiff::Timestamp::from_second(anchor).unwrap_or_default().to_zoned_datetime(TimeZone::UTC);
        for step in 1..10_000 {
            let span = match &*unit {
                "YEAR" => Span::new().try_years(step * count),
                "MONTH" => Span::new().try_months(step * count),
                "WEEK" => Span::new().try_weeks(step * count),
                _ => Span::new().try_days(step * count),
            };
            let Some(next) = span.ok().and_then(|span| first.checked_add(span).ok()) else { return };
            let next = next.timestamp();
            if next.as_second() > after {
                self.bill_at(id, next.as_second());
                return;
            }
        }
    }

    fn bill_at(&mut self, id: &str, when: i64) {
        self.count += 1;
        self.due.insert((when, self.count, id.to_owned()));
        let shown = model::Timestamp::from_millis(when * 1000).to_string();
        self.change_inner(id, json!({"next": when}));
        if let Some(resource) = self.resources.get_mut(id) {
            resource.json["billing_info"]["next_billing_time"] = shown.into();
        }
    }

    /// A payment is due. Stale where the subscription was suspended, cancelled or moved meanwhile.
    pub(super) fn renew(&mut self, id: &str, when: i64) {
        if self.get(Kind::Subscription, id)["status"] == "ACTIVE" && self.inner(id)["next"] == when {
            self.charge(id, None, when);
        }
    }

    fn charge(&mut self, id: &str, outcome: Option<Outcome>, when: i64) {
        let inner = self.inner(id);
        let Some((amount, currency)) = read(&inner["price"]) else { return };
        let planned = self.outcomes.get_mut(id).and_then(std::collections::VecDeque::pop_front);
        if outcome.or(planned).unwrap_or(Outcome::Paid) == Outcome::Paid {
            self.sale(id, amount, &currency, &inner);
            self.next_time(id, when);
            return;
        }
        let failed = int(&self.get(Kind::Subscription, id), "billing_info.failed_payments_count") + 1;
        let last = json!({"amount": money(amount, &currency), "time": self.time(), "reason_code": "PAYMENT_DENIED"});
        if let Some(resource) = self.resources.get_mut(id) {
            put(
                &mut resource.json["billing_info"],
                json!({"failed_payments_count": failed, "last_failed_payment": last, "outstanding_balance": money(amount, &currency)}),
            );
        }
        self.tell("BILLING.SUBSCRIPTION.PAYMENT.FAILED", "subscription", self.get(Kind::Subscription, id));
        let threshold = int(&inner, "plan.payment_preferences.payment_failure_threshold");
        if failed >= if threshold == 0 { 2 } else { threshold } {
            self.status(id, "SUSPENDED", "");
            self.tell("BILLING.SUBSCRIPTION.SUSPENDED", "subscription", self.get(Kind::Subscription, id));
        } else {
            self.bill_at(id, when + 5 * 86_400);
        }
    }

    fn sale(&mut self, id: &str, amount: i64, currency: &str, inner: &Value) {
        let sale = self.id("", 17);
        let fee = Self::fee(amount);
        self.book(currency, amount, fee);
        let (total, cost) = (money(amount, currency)["value"].clone(), money(fee, currency)["value"].clone());
        let mut json = json!({
            "id": sale, "billing_agreement_id": id, "state": "completed", "payment_mode": "INSTANT_TRANSFER",
            "amount": {"total": total, "currency": currency, "details": {"subtotal": total}},
            "transaction_fee": {"value": cost, "currency": currency}, "create_time": self.time(), "update_time": self.time(),
            "protection_eligibility": "ELIGIBLE", "links": [self.link(&format!("/v1/payments/sale/{sale}"), "self", "GET")],
        });
        if !inner["own"].is_null() {
            json["custom"] = inner["own"].clone();
        }
        let hidden =
            json!({"amount": amount, "currency": currency, "refunded": 0, "own": inner["own"], "subscription": id});
        self.keep(Kind::Sale, json.clone(), hidden);
        let cycles = inner["cycles"].as_i64().unwrap_or_default() + 1;
        self.change_inner(id, json!({"cycles": cycles}));
        let last = json!({"amount": money(amount, currency), "time": self.time()});
        if let Some(resource) = self.resources.get_mut(id) {
            let info = &mut resource.json["billing_info"];
            put(
                info,
                json!({"last_payment": last, "failed_payments_count": 0, "outstanding_balance": money(0, currency)}),
            );
            info["cycle_executions"][0]["cycles_completed"] = cycles.into();
        }
        self.tell("PAYMENT.SALE.COMPLETED", "sale", json);
    }
}
