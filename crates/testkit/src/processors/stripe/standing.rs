//! What Stripe holds to be true, in plain words.

use serde_json::Value;

use super::state::State;
use crate::processors::{
    json::{int, text},
    standing::{Balance, Gift, Paid, Pledge, Standing},
};

impl State {
    pub(super) fn standing(&self) -> Standing {
        let mut standing = Standing::default();
        for session in self.all("checkout.session").filter(|session| session["status"] == "complete") {
            let gift = standing.gifts.entry(self.own_id(session)).or_default();
            let subscription = text(session, "subscription");
            if subscription.is_empty() {
                let intent = text(session, "payment_intent");
                gift.payments.extend(self.of(&intent, "charge").filter_map(|one| self.paid_of(one)));
            } else {
                gift.pledge = Some(pledge(&self.get(&subscription)));
                self.invoices_of(&subscription, gift);
            }
        }
        for line in self.all("balance_transaction") {
            let balance: &mut Balance = standing.balance.entry(text(line, "currency").to_uppercase()).or_default();
            balance.gross += int(line, "amount");
            balance.fees += int(line, "fee");
        }
        standing
    }

    fn own_id(&self, session: &Value) -> String {
        let given = text(session, "client_reference_id");
        if given.is_empty() { text(session, "id") } else { given }
    }

    fn invoices_of(&self, subscription: &str, gift: &mut Gift) {
        for invoice in self.of(subscription, "invoice") {
            let intent = text(invoice, "_intent");
            let charges = self.of(&intent, "charge");
            gift.payments.extend(charges.filter_map(|one| self.paid_of(one)));
        }
    }

    fn paid_of(&self, charge: &Value) -> Option<Paid> {
        if charge["paid"] != true {
            return None;
        }
        let id = text(charge, "id");
        let dispute = self.of(&id, "dispute").next_back();
        Some(Paid {
            amount: int(charge, "amount"),
            currency: text(charge, "currency").to_uppercase(),
            fee: int(&self.get(&text(charge, "balance_transaction")), "fee"),
            refunded: int(charge, "amount_refunded"),
            taken: dispute
                .filter(|dispute| dispute["status"] != "won")
                .map(|dispute| int(dispute, "amount"))
                .unwrap_or_default(),
            disputed: dispute.map(|dispute| text(dispute, "status")),
            id,
        })
    }
}

fn pledge(subscription: &Value) -> Pledge {
    let amount = int(subscription, "items.data.0.price.unit_amount") * int(subscription, "items.data.0.quantity");
    Pledge {
        id: text(subscription, "id"),
        state: text(subscription, "status"),
        amount,
        currency: text(subscription, "currency").to_uppercase(),
        interval: text(subscription, "items.data.0.price.recurring.interval"),
        paused: !subscription["pause_collection"].is_null(),
        ending: subscription["cancel_at_period_end"] == true,
    }
}
