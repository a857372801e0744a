//! What Stripe holds to be true, in plain words.

use serde_json::Value;

use super::state::State;
use crate::processors::{
    json::{int, text},
    standing::{Balance, Gift, Paid, Standing},
};

impl State {
    pub(super) fn standing(&self) -> Standing {
        let mut standing = Standing::default();
        for session in self.all("checkout.session").filter(|session| session["status"] == "complete") {
            let gift = standing.gifts.entry(self.own_id(session)).or_default();
            let subscription = text(session, "subscription");
            if subscription.is_empty() {
                let intent = text(session, "payment_intent");
                gift.payments.extend(
                    self.all("charge")
                        .filter(|one| one["payment_intent"] == *intent)
                        .filter_map(|one| self.paid_of(one)),
                );
            } else {
                gift.pledge = Some((subscription.clone(), text(&self.get(&subscription), "status")));
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
        let own = |invoice: &&Value| text(invoice, "parent.subscription_details.subscription") == subscription;
        for invoice in self.all("invoice").filter(own) {
            let intent = text(invoice, "_intent");
            let charges = self.all("charge").filter(|one| one["payment_intent"] == *intent);
            gift.payments.extend(charges.filter_map(|one| self.paid_of(one)));
        }
    }

    fn paid_of(&self, charge: &Value) -> Option<Paid> {
        if charge["paid"] != true {
            return None;
        }
        let id = text(charge, "id");
        let dispute = self.all("dispute").rfind(|dispute| dispute["charge"] == *id);
        Some(Paid {
            amount: int(charge, "amount"),
            currency: text(charge, "currency").to_uppercase(),
            refunded: int(charge, "amount_refunded"),
            disputed: dispute.map(|dispute| text(dispute, "status")),
            id,
        })
    }
}
