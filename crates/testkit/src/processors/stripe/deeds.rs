//! What givers, banks and other programs do, for a test to say.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::{FakeStripe, Outcome, money::Bill};
use crate::processors::json::text;

impl FakeStripe {
    /// A giver pays a session by card. Whether it was open.
    pub fn pay(&self, session: &str) -> bool {
        self.state(|state| state.session_paid(session, "giver@example.org", false))
    }

    /// A giver pays by something that takes days: `completed` and `unpaid`, until [`FakeStripe::settle`].
    pub fn pay_later(&self, session: &str) -> bool {
        self.state(|state| state.session_paid(session, "giver@example.org", true))
    }

    /// What takes days has come, or failed (a late failure).
    pub fn settle(&self, session: &str, good: bool) -> bool {
        self.state(|state| state.session_settles(session, good))
    }

    /// A giver's card is declined; the session stays open.
    pub fn decline(&self, session: &str) {
        self.state(|state| state.session_declined(session));
    }

    /// What the next attempts to renew a subscription come to; afterwards they are paid.
    pub fn next_payments(&self, subscription: &str, outcomes: &[Outcome]) {
        let outcomes: VecDeque<Outcome> = outcomes.iter().copied().collect();
        self.state(|state| state.outcomes.insert(subscription.to_owned(), outcomes));
    }

    /// A giver types another card into the portal; it works.
    pub fn new_card(&self, customer: &str) {
        self.state(|state| state.new_card(customer));
    }

    /// A giver pays an open invoice on its page. Whether it was open.
    pub fn pay_invoice(&self, invoice: &str) -> bool {
        self.state(|state| state.pay_invoice(invoice).is_ok())
    }

    /// A bank takes a payment back; the dispute's id.
    pub fn dispute(&self, charge: &str) -> String {
        self.state(|state| state.dispute(charge, None))
    }

    /// A bank takes a part of a payment back; the dispute's id.
    pub fn dispute_part(&self, charge: &str, amount: i64) -> String {
        self.state(|state| state.dispute(charge, Some(amount)))
    }

    /// A payment that was `paid` fails after all, as a bank debit does days later: disputed and lost in one.
    pub fn fails_late(&self, charge: &str) -> String {
        let dispute = self.dispute(charge);
        self.dispute_ends(&dispute, false);
        dispute
    }

    /// A dispute is won or lost.
    pub fn dispute_ends(&self, dispute: &str, won: bool) {
        self.state(|state| state.dispute_ends(dispute, won));
    }

    /// A refund that succeeded comes back.
    pub fn refund_fails(&self, refund: &str) {
        self.state(|state| state.refund_fails(refund));
    }

    /// A card network suspects fraud; the warning's id.
    pub fn warn(&self, charge: &str) -> String {
        self.state(|state| state.warn(charge))
    }

    /// A subscription that another program began, without any of our ids: so much every so many `month`s, `year`s or `week`s, by a
    /// customer of its own. Paid for the first time; the subscription's id.
    ///
    /// # Panics
    /// When Stripe would refuse the price.
    pub fn foreign_subscription(
        &self,
        email: &str,
        amount: i64,
        currency: &str,
        (count, interval): (i64, &str),
    ) -> String {
        self.state(|state| {
            let recurring = json!({"interval": interval, "interval_count": count.to_string()});
            let price = json!({"currency": currency, "unit_amount": amount.to_string(), "recurring": recurring,
                "product_data": {"name": "Membership"}});
            let price = state.price(&price, "price").unwrap_or_default();
            assert!(price.is_object(), "the other program's price was not possible");
            let customer = Value::from(state.customer(&json!({"email": email, "name": "Jenny Rosen"})));
            let email = Value::from(email);
            let payment_method = Value::from(state.card(&customer, &email));
            let (currency, metadata) = (currency.to_owned(), json!({"made_by": "another program"}));
            let bill = Bill { amount, currency, customer, email, metadata, description: Value::Null, payment_method };
            state.subscribe(&bill, &price, 1, false)
        })
    }

    /// Another program puts something into an object's metadata.
    pub fn mark(&self, id: &str, key: &str, value: &str) {
        self.state(|state| {
            let mut metadata = state.get(id)["metadata"].clone();
            metadata[key] = value.into();
            state.change(id, json!({ "metadata": metadata }));
        });
    }

    /// A subscription ends now, by another program.
    pub fn end(&self, subscription: &str) {
        self.state(|state| drop(state.subscription_ends(subscription, "cancellation_requested")));
    }

    /// Something of another program that shares the account: a payment without any of our ids.
    pub fn foreign_payment(&self, amount: i64, currency: &str) -> String {
        let made = self.state(|state| {
            let price =
                json!({"currency": currency, "unit_amount": amount.to_string(), "product_data": {"name": "Mug"}});
            let form = json!({"mode": "payment", "success_url": "https://shop.example/ok",
                "line_items": [{"quantity": "1", "price_data": price}]});
            state.session(&form)
        });
        let id = made.map(|session| text(&session, "id")).unwrap_or_default();
        assert!(self.pay(&id), "the other program's payment was not possible");
        id
    }
}
