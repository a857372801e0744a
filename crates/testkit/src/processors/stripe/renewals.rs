//! What time brings: sessions expire, subscriptions renew, failed invoices are tried again, until the last try.
//!
//! Simplified: invoices are finalised and tried at the moment of renewal, not an hour later; "smart" retries come after the
//! days that [`super::Settings::retries`] says; collection that is paused by `keep_as_draft` leaves drafts lying.

use jiff::{Span, Timestamp, tz::TimeZone};
use serde_json::{Value, json};

use super::{AfterRetries, Outcome, state::State};
use crate::processors::json::{at, int, text};

/// Something that is to be done at a moment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    /// An open session expires.
    Expire(String),
    /// A subscription's period ends.
    Renew(String),
    /// An invoice is tried again.
    Retry(String),
    /// Paused collection goes on.
    Resume(String),
}

/// When the period that begins at `start` ends: whole intervals after the anchor, at a month's last day where the anchor's
/// day is not in it.
pub(super) fn period_end(anchor: i64, start: i64, price: &Value) -> i64 {
    let (interval, count) = (text(price, "recurring.interval"), int(price, "recurring.interval_count").max(1));
    let first = Timestamp::from_second(anchor).unwrap_or_default().to_zoned_datetime(TimeZone::UTC);
    for step in 1..100_000 {
        let far = step * count;
        let span = match &*interval {
            "year" => Span::new().try_years(far),
            "month" => Span::new().try_months(far),
            "week" => Span::new().try_weeks(far),
            _ => Span::new().try_days(far),
        };
        let Some(end) = span.ok().and_then(|span| first.checked_add(span).ok()) else { break };
        if end.timestamp().as_second() > start {
            return end.timestamp().as_second();
        }
    }
    i64::MAX
}

impl State {
    /// The moment of the next thing that is due.
    pub(super) fn next_due(&self) -> Option<i64> {
        self.due.first().map(|(when, ..)| *when)
    }

    /// Does everything that is due until a moment, in order, with the clock standing at each. What comes due on the way too.
    pub(super) fn move_to(&mut self, moment: model::Timestamp) {
        let last = moment.as_millis().div_euclid(1000);
        while let Some((when, count, due)) = self.due.first().cloned() {
            if when > last {
                break;
            }
            self.due.remove(&(when, count, due.clone()));
            if when > self.now() {
                self.clock.set(model::Timestamp::from_millis(when * 1000));
            }
            self.request = (Value::Null, Value::Null);
            self.comes_due(&due, when);
        }
        if moment > model::Clock::now(&*self.clock) {
            self.clock.set(moment);
        }
    }

    fn comes_due(&mut self, due: &Due, when: i64) {
        match due {
            Due::Expire(id) if self.get(id)["status"] == "open" => drop(self.session_expires(id)),
            Due::Expire(_) => {}
            Due::Renew(id) => self.renew(id, when),
            Due::Retry(id) => {
                if self.get(id)["status"] == "open" {
                    self.attempt(id, None);
                }
            }
            Due::Resume(id) => {
                let paused = int(&self.get(id), "pause_collection.resumes_at");
                if paused != 0 && paused <= self.now() {
                    self.update(id, json!({"pause_collection": null}), "customer.subscription.updated");
                }
            }
        }
    }

    /// A period ends. The clock may have been moved past it by somebody else: periods follow each other all the same.
    fn renew(&mut self, id: &str, when: i64) {
        let found = self.get(id);
        // An interval that was changed left a renewal of the old period behind.
        let stale = int(&found, "items.data.0.current_period_end") != when;
        if stale || ["canceled", "incomplete_expired"].contains(&&*text(&found, "status")) {
            return;
        }
        if found["cancel_at_period_end"] == true {
            drop(self.subscription_ends(id, "cancellation_requested"));
            return;
        }
        let mut items = found["items"].clone();
        let end = period_end(int(&found, "billing_cycle_anchor"), when, at(&found, "items.data.0.price"));
        items["data"][0]["current_period_start"] = when.into();
        items["data"][0]["current_period_end"] = end.into();
        self.at(end, Due::Renew(id.to_owned()));
        let mut changes = json!({"items": items});
        let resumes = int(&found, "pause_collection.resumes_at");
        if resumes != 0 && resumes <= when {
            changes["pause_collection"] = Value::Null;
        }
        self.update(id, changes, "customer.subscription.updated");
        let invoice = self.invoice(id, "subscription_cycle");
        match &*text(&self.get(id), "pause_collection.behavior") {
            "keep_as_draft" => {}
            "void" => {
                self.finalise(&invoice);
                self.update(&invoice, json!({"status": "void", "amount_remaining": 0}), "invoice.voided");
            }
            "mark_uncollectible" => {
                self.finalise(&invoice);
                self.update(&invoice, json!({"status": "uncollectible"}), "invoice.marked_uncollectible");
            }
            _ => {
                self.finalise(&invoice);
                self.attempt(&invoice, None);
            }
        }
    }

    /// Tries to take the money of an open invoice.
    pub(super) fn attempt(&mut self, id: &str, outcome: Option<Outcome>) {
        let invoice = self.get(id);
        let subscription = text(&invoice, "parent.subscription_details.subscription");
        let planned = || self.outcomes.get_mut(&subscription).and_then(std::collections::VecDeque::pop_front);
        let outcome = outcome.or_else(planned).unwrap_or(Outcome::Paid);
        let intent = text(&invoice, "_intent");
        let method = self.get(&subscription)["default_payment_method"].clone();
        self.change(&intent, json!({"payment_method": method}));
        let bill = self.bill_of(&intent);
        let count = int(&invoice, "attempt_count") + 1;
        self.change(id, json!({"attempted": true, "attempt_count": count}));
        if self.collect(&intent, &bill, outcome) {
            self.invoice_paid(id, &subscription);
        } else {
            self.invoice_failed(id, &subscription, count, outcome);
        }
    }

    fn invoice_paid(&mut self, id: &str, subscription: &str) {
        let (now, invoice) = (self.now(), self.get(id));
        let amount = invoice["amount_due"].clone();
        let mut moments = invoice["status_transitions"].clone();
        moments["paid_at"] = now.into();
        self.change(
            id,
            json!({"status": "paid", "amount_paid": amount, "amount_remaining": 0, "next_payment_attempt": null,
                "auto_advance": false, "status_transitions": moments}),
        );
        let payment = self.of(id, "invoice_payment").next().map(|payment| text(payment, "id"));
        let settled = json!({"status": "paid", "amount_paid": amount,
            "status_transitions": {"canceled_at": null, "paid_at": now}});
        self.change(&payment.unwrap_or_default(), settled);
        if ["past_due", "unpaid"].contains(&&*text(&self.get(subscription), "status")) {
            self.update(subscription, json!({"status": "active"}), "customer.subscription.updated");
        }
        self.tell("invoice.paid", id);
        self.tell("invoice.payment_succeeded", id);
    }

    fn invoice_failed(&mut self, id: &str, subscription: &str, count: i64, outcome: Outcome) {
        let wait = usize::try_from(count - 1).ok().and_then(|index| self.settings.retries.get(index).copied());
        let next = wait.map(|days| self.now() + days * 86_400);
        self.change(id, json!({"next_payment_attempt": next}));
        if outcome == Outcome::RequiresAction {
            self.tell("invoice.payment_action_required", id);
        }
        self.tell("invoice.payment_failed", id);
        if let Some(next) = next {
            self.at(next, Due::Retry(id.to_owned()));
        }
        let status = match (next, self.settings.after_retries) {
            (None, AfterRetries::Unpaid) => "unpaid",
            _ => "past_due",
        };
        if self.get(subscription)["status"] != status {
            self.update(subscription, json!({"status": status}), "customer.subscription.updated");
        }
        if next.is_none() && self.settings.after_retries == AfterRetries::Cancel {
            drop(self.subscription_ends(subscription, "payment_failed"));
        }
    }
}
