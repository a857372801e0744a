//! Invoices and what happens to them.

use std::{collections::BTreeMap, sync::Arc};

use indexmap::IndexMap;
use model::{Clock, FixedClock, Timestamp};
use serde_json::{Value, json};

use crate::processors::{
    json::{int, put, text},
    money::{decimal, minor},
    standing::{Balance, Paid, Standing},
    webhooks::Queue,
};

pub(super) struct State {
    pub(super) base: String,
    pub(super) store: String,
    pub(super) clock: Arc<FixedClock>,
    queue: Queue,
    invoices: IndexMap<String, Value>,
    /// Payments by invoice: amount in minor units, and whether it came too late.
    payments: BTreeMap<String, Vec<Payment>>,
}

#[derive(Clone)]
struct Payment {
    json: Value,
    amount: i64,
    late: bool,
}

impl State {
    pub(super) fn new(base: String, store: String, clock: Arc<FixedClock>, queue: Queue) -> Self {
        Self { base, store, clock, queue, invoices: IndexMap::new(), payments: BTreeMap::new() }
    }

    pub(super) fn now(&self) -> i64 {
        self.clock.now().as_millis().div_euclid(1000)
    }

    pub(super) fn get(&self, id: &str) -> Value {
        self.invoices.get(id).cloned().unwrap_or_default()
    }

    pub(super) fn all(&self) -> impl DoubleEndedIterator<Item = &Value> {
        self.invoices.values()
    }

    fn change(&mut self, id: &str, changes: Value) {
        if let Some(invoice) = self.invoices.get_mut(id) {
            put(invoice, changes);
        }
    }

    fn tell(&self, id: &str, kind: &str, more: Value) {
        let invoice = self.get(id);
        let mut body = json!({"deliveryId": "", "webhookId": "FakeWebhook", "originalDeliveryId": "", "isRedelivery": false,
            "type": kind, "timestamp": 0, "storeId": self.store, "invoiceId": id, "metadata": invoice["metadata"]});
        put(&mut body, more);
        self.queue.push(id, kind, body.to_string());
    }

    /// Makes an invoice of a checked request.
    pub(super) fn make(&mut self, request: &Value, amount: &str, currency: &str) -> Value {
        let (now, id) = (self.now(), format!("Fake{:018}", self.invoices.len() + 1));
        let mut checkout = json!({"speedPolicy": "MediumSpeed", "paymentMethods": ["BTC-CHAIN", "BTC-LN"],
            "defaultPaymentMethod": null, "lazyPaymentMethods": null, "expirationMinutes": 15, "monitoringMinutes": 1440,
            "paymentTolerance": 0.0, "redirectURL": null, "redirectAutomatically": false, "defaultLanguage": null});
        put(&mut checkout, request["checkout"].clone());
        let metadata = if request["metadata"].is_null() { json!({}) } else { request["metadata"].clone() };
        let expires = now + 60 * int(&checkout, "expirationMinutes");
        let invoice = json!({
            "id": id, "storeId": self.store, "amount": amount, "paidAmount": "0", "currency": currency, "type": "Standard",
            "checkoutLink": format!("{}/i/{id}", self.base), "createdTime": now, "expirationTime": expires,
            "monitoringExpiration": expires + 60 * int(&checkout, "monitoringMinutes"), "status": "New",
            "additionalStatus": "None", "availableStatusesForManualMarking": ["Settled", "Invalid"], "archived": false,
            "metadata": metadata, "checkout": checkout, "receipt": {"enabled": null, "showQR": null, "showPayments": null},
        });
        self.invoices.insert(id.clone(), invoice);
        self.tell(&id, "InvoiceCreated", json!({}));
        self.get(&id)
    }

    /// How much is there, and how much would be enough.
    fn paid(&self, id: &str) -> (i64, i64) {
        let invoice = self.get(id);
        let wanted = minor(&text(&invoice, "amount"), &text(&invoice, "currency")).unwrap_or_default();
        let tolerance = invoice["checkout"]["paymentTolerance"].as_f64().unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a share of a small amount")]
        let enough = wanted - (wanted as f64 * tolerance / 100.0) as i64;
        (self.payments.get(id).into_iter().flatten().map(|payment| payment.amount).sum(), enough)
    }

    pub(super) fn pay(&mut self, id: &str, amount: &str) -> bool {
        let invoice = self.get(id);
        let (status, currency, now) = (text(&invoice, "status"), text(&invoice, "currency"), self.now());
        let late = status == "Expired";
        let open = ["New", "Processing"].contains(&&*status) || (late && now < int(&invoice, "monitoringExpiration"));
        let Some(minor) = minor(amount, &currency).filter(|minor| open && *minor > 0) else { return false };
        let count = self.payments.values().map(Vec::len).sum::<usize>();
        let json = json!({"id": format!("{:064x}-0", count + 1), "receivedDate": now, "value": amount, "fee": "0",
            "status": "Processing", "destination": "bcrt1qfake"});
        self.payments.entry(id.to_owned()).or_default().push(Payment { json: json.clone(), amount: minor, late });
        let method = json!({"afterExpiration": late, "paymentMethodId": "BTC-CHAIN", "payment": json});
        let (sum, enough) = self.paid(id);
        self.change(id, json!({"paidAmount": decimal(sum, &currency)}));
        self.tell(id, "InvoiceReceivedPayment", method);
        let wanted = minor_of(&invoice);
        let additional = match (sum, late) {
            (sum, true) if sum >= enough => "PaidLate",
            (sum, false) if sum > wanted => "PaidOver",
            (sum, _) if sum >= enough => "None",
            _ => "PaidPartial",
        };
        self.change(id, json!({"additionalStatus": additional}));
        if sum >= enough && status == "New" {
            self.change(id, json!({"status": "Processing"}));
            self.tell(id, "InvoiceProcessing", json!({"overPaid": sum > wanted}));
        }
        true
    }

    pub(super) fn confirm(&mut self, id: &str) -> bool {
        let (sum, enough) = self.paid(id);
        let mut told = Vec::new();
        for payment in self.payments.get_mut(id).into_iter().flatten().filter(|one| one.json["status"] == "Processing")
        {
            payment.json["status"] = "Settled".into();
            told.push(
                json!({"afterExpiration": payment.late, "paymentMethodId": "BTC-CHAIN", "payment": payment.json}),
            );
        }
        let any = !told.is_empty();
        for one in told {
            self.tell(id, "InvoicePaymentSettled", one);
        }
        let invoice = self.get(id);
        if any && sum >= enough && ["Processing", "Expired"].contains(&&*text(&invoice, "status")) {
            self.change(id, json!({"status": "Settled", "availableStatusesForManualMarking": ["Invalid"]}));
            self.tell(id, "InvoiceSettled", json!({"manuallyMarked": false, "overPaid": sum > minor_of(&invoice)}));
        }
        any
    }

    pub(super) fn fails(&mut self, id: &str) -> bool {
        if self.get(id)["status"] != "Processing" {
            return false;
        }
        self.change(id, json!({"status": "Invalid"}));
        self.tell(id, "InvoiceInvalid", json!({"manuallyMarked": false}));
        true
    }

    pub(super) fn mark(&mut self, id: &str, status: &str) -> bool {
        let allowed = self.get(id)["availableStatusesForManualMarking"].clone();
        if !allowed.as_array().is_some_and(|allowed| allowed.contains(&status.into())) {
            return false;
        }
        let left = if status == "Settled" { json!(["Invalid"]) } else { json!(["Settled"]) };
        self.change(
            id,
            json!({"status": status, "additionalStatus": "Marked", "availableStatusesForManualMarking": left}),
        );
        let more = if status == "Settled" {
            json!({"manuallyMarked": true, "overPaid": false})
        } else {
            json!({"manuallyMarked": true})
        };
        self.tell(id, &format!("Invoice{status}"), more);
        true
    }

    /// The moment at which the next open invoice expires.
    pub(super) fn next_due(&self) -> Option<i64> {
        self.all().filter(|invoice| invoice["status"] == "New").map(|invoice| int(invoice, "expirationTime")).min()
    }

    pub(super) fn move_to(&mut self, moment: Timestamp) {
        let last = moment.as_millis().div_euclid(1000);
        let mut due: Vec<(i64, String)> = self
            .all()
            .filter(|invoice| invoice["status"] == "New" && int(invoice, "expirationTime") <= last)
            .map(|invoice| (int(invoice, "expirationTime"), text(invoice, "id")))
            .collect();
        due.sort();
        for (when, id) in due {
            if when > self.now() {
                self.clock.set(Timestamp::from_millis(when * 1000));
            }
            let partly = self.paid(&id).0 > 0;
            self.change(&id, json!({"status": "Expired"}));
            self.tell(&id, "InvoiceExpired", json!({"partiallyPaid": partly}));
        }
        if moment > self.clock.now() {
            self.clock.set(moment);
        }
    }

    /// The payments of an invoice as its list of payment methods shows them.
    pub(super) fn methods(&self, id: &str) -> Value {
        let (invoice, (sum, _)) = (self.get(id), self.paid(id));
        let currency = text(&invoice, "currency");
        let payments: Vec<&Value> = self.payments.get(id).into_iter().flatten().map(|payment| &payment.json).collect();
        let (paid, due) = (decimal(sum, &currency), decimal(minor_of(&invoice) - sum, &currency));
        json!([{"paymentMethodId": "BTC-CHAIN", "currency": "BTC", "destination": "bcrt1qfake", "paymentLink": "bitcoin:bcrt1qfake",
            "rate": "1", "paymentMethodPaid": paid, "totalPaid": paid, "due": due, "amount": invoice["amount"],
            "paymentMethodFee": "0", "payments": payments, "activated": true, "additionalData": {}}])
    }

    pub(super) fn standing(&self) -> Standing {
        let mut standing = Standing::default();
        for invoice in self.all() {
            let own = invoice["metadata"]["orderId"].as_str().map_or_else(|| text(invoice, "id"), ToOwned::to_owned);
            let (id, currency) = (text(invoice, "id"), text(invoice, "currency"));
            let gift = standing.gifts.entry(own).or_default();
            if invoice["status"] != "Settled" {
                continue;
            }
            // Marked by hand, it counts as paid although nothing was seen.
            let amount =
                self.paid(&id).0.max(if invoice["additionalStatus"] == "Marked" { minor_of(invoice) } else { 0 });
            gift.payments.push(Paid {
                id,
                amount,
                currency: currency.clone(),
                fee: 0,
                refunded: 0,
                disputed: None,
                taken: 0,
            });
            let balance: &mut Balance = standing.balance.entry(currency).or_default();
            balance.gross += amount;
        }
        standing.gifts.retain(|_, gift| !gift.payments.is_empty());
        standing
    }
}

fn minor_of(invoice: &Value) -> i64 {
    minor(&text(invoice, "amount"), &text(invoice, "currency")).unwrap_or_default()
}
