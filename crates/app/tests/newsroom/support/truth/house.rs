//! A newsroom, its processor, and everybody who acts.

use std::sync::atomic::AtomicBool;

use app::{
    Newsroom,
    support::{
        self,
        contributions::{self, Begun, GiveForm, Wish},
    },
};
use model::{Clock, Currency, Frequency, GatewayName, Language, Offer, SupportSettings};
use serde_json::Value;
use testkit::{
    TestNewsroom,
    processors::{FakeStripe, Outcome},
};

use super::course::Deed;

/// The currencies of givers.
const CURRENCIES: [&str; 3] = ["USD", "EUR", "JPY"];

/// All of it.
pub(super) struct House {
    pub(super) test: TestNewsroom,
    pub(super) node: Newsroom,
    pub(super) stripe: FakeStripe,
    /// Whether a webhook may never come.
    pub(super) lost: AtomicBool,
}

impl House {
    pub(super) async fn of(test: TestNewsroom) -> Self {
        let (stripe, node, _) = test.taking_by_stripe().await.unwrap();
        let currencies = CURRENCIES.map(|code| Currency::parse(code).unwrap());
        let offers = currencies.map(Offer::usual).to_vec();
        let settings = SupportSettings { open: true, offers, ..SupportSettings::default() };
        let mut tx = node.store().begin().await.unwrap();
        let json = serde_json::to_string(&settings).unwrap();
        store::setting_set(&mut tx, support::KEY, &json, node.clock().now()).await.unwrap();
        tx.commit().await.unwrap();
        Self { test, node, stripe, lost: false.into() }
    }

    /// Lets something happen.
    pub(super) async fn act(&self, deed: &Deed) {
        match deed {
            Deed::Begin(frequency, currency, much) => self.begin(*frequency, CURRENCIES[*currency], *much).await,
            Deed::Pay(which) => self.at_session(*which, "open", |stripe, id| _ = stripe.pay(id)),
            Deed::PayLater(which) => self.at_session(*which, "open", |stripe, id| _ = stripe.pay_later(id)),
            Deed::Settle(which, good) => self.at_session(*which, "complete", |stripe, id| _ = stripe.settle(id, *good)),
            Deed::Decline(which) => self.at_session(*which, "open", FakeStripe::decline),
            Deed::Fail(which, times) => {
                let failures = vec![Outcome::Declined; *times];
                self.at("subscription", *which, |_| true, |stripe, id| stripe.next_payments(id, &failures));
            }
            Deed::Card(which) => self.at("customer", *which, |_| true, FakeStripe::new_card),
            Deed::PayInvoice(which) => {
                let open =
                    |invoice: &Value| invoice["status"] == "open" && invoice["billing_reason"] == "subscription_cycle";
                self.at("invoice", *which, open, |stripe, id| _ = stripe.pay_invoice(id));
            }
            Deed::Hours(hours) => self.stripe.move_to(self.test.clock.now().plus_millis(*hours * 3_600_000)),
            Deed::Change(..) | Deed::Pause(_) | Deed::Resume(_) | Deed::Cancel(_) | Deed::Erase(_) => {
                self.wish(deed).await
            }
            Deed::Foreign => drop(self.stripe.foreign_payment(900, "usd")),
            Deed::Refund(..) | Deed::RefundFails(_) | Deed::Dispute(_) | Deed::Decide(..) => self.bank(deed).await,
            Deed::Webhooks(..) | Deed::Weather(..) | Deed::Keys(_) => self.trouble(deed).await,
            Deed::Deliver | Deed::Work | Deed::Stopped(_) | Deed::Together | Deed::Sweep | Deed::SweepStopped(_) => {
                self.work(deed).await;
            }
        }
    }

    /// One of the processor's objects of a kind; the id.
    pub(super) fn object(&self, kind: &str, which: usize, fit: impl Fn(&Value) -> bool) -> Option<String> {
        let all: Vec<Value> = self.stripe.objects(kind).into_iter().filter(fit).collect();
        let one = all.get(which.checked_rem(all.len())?)?;
        Some(one["id"].as_str()?.to_owned())
    }

    /// Does something to one of them, if there is one.
    pub(super) fn at(
        &self,
        kind: &str,
        which: usize,
        fit: impl Fn(&Value) -> bool,
        act: impl FnOnce(&FakeStripe, &str),
    ) {
        if let Some(id) = self.object(kind, which, fit) {
            act(&self.stripe, &id);
        }
    }

    fn at_session(&self, which: usize, status: &str, act: impl FnOnce(&FakeStripe, &str)) {
        self.at("checkout.session", which, |session| session["status"] == status, act);
    }

    /// Somebody sends the form. The processor may be away: then they are told so.
    async fn begin(&self, frequency: Frequency, currency: &str, much: i64) {
        let much = if currency == "JPY" { much * 100 } else { much };
        let form = GiveForm {
            frequency: frequency.as_str().to_owned(),
            currency: currency.to_owned(),
            chosen: "other".to_owned(),
            other: much.to_string(),
            gateway: GatewayName::Stripe.as_str().to_owned(),
            address: format!("giver-{much}@reader.example"),
            language: Some(Language::english()),
            ..GiveForm::default()
        };
        let begun = contributions::begin(&self.node, &form, Some("http://127.0.0.1:8000")).await.unwrap();
        assert!(matches!(begun, Begun::At(_) | Begun::Away | Begun::Closed), "the form was not taken: {begun:?}");
    }

    /// A giver wants something, by the link that the processor's page led back to.
    async fn wish(&self, deed: &Deed) {
        let (which, wish) = match deed {
            Deed::Change(which, much, frequency) => {
                let wish = Wish::Change { amount: (much * 100).to_string(), frequency: *frequency };
                (*which, Some(wish))
            }
            Deed::Pause(which) => (*which, Some(Wish::Pause)),
            Deed::Resume(which) => (*which, Some(Wish::Resume)),
            Deed::Cancel(which) => (*which, Some(Wish::Cancel)),
            Deed::Erase(which) => (*which, None),
            _ => return,
        };
        let ours = |session: &Value| session["client_reference_id"].is_string();
        let Some(session) = self.object("checkout.session", which, ours) else { return };
        let session = self.stripe.object(&session);
        let Some((_, token)) = session["success_url"].as_str().and_then(|url| url.rsplit_once('/')) else { return };
        match wish {
            Some(wish) => drop(contributions::wish(&self.node, token, &wish).await.unwrap()),
            None => drop(contributions::erase(&self.node, token).await.unwrap()),
        }
    }
}
