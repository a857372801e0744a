//! What banks do, what goes wrong, and who works.

use std::{pin::pin, sync::atomic::Ordering, time::Duration};

use app::{support::contributions, vault};
use model::{Chance, Currency, GatewayName, Money, OsChance};
use outside::payments::AnyGateway;
use serde_json::Value;
use testkit::processors::{FakeStripe, Mode, Plan, Weather};

use super::{super::going_wrong::calm, course::Deed, house::House};

/// Runs something until it is done or stopped after so many steps.
pub(in super::super) async fn stopped(work: impl Future, steps: usize) {
    let mut work = pin!(work);
    for _ in 0..steps {
        if futures::poll!(work.as_mut()).is_ready() {
            return;
        }
        tokio::time::sleep(Duration::from_micros(400)).await;
    }
}

impl House {
    fn gateway(&self) -> &AnyGateway {
        self.node.gateways().get(GatewayName::Stripe).unwrap()
    }

    pub(super) async fn bank(&self, deed: &Deed) {
        let paid = |charge: &Value| charge["paid"] == true && charge["disputed"] != true;
        match deed {
            Deed::Refund(which, part) => {
                let Some(id) = self.object("charge", *which, paid) else { return };
                let charge = self.stripe.object(&id);
                let amount = charge["amount"].as_i64().unwrap() * part / 100;
                let code = charge["currency"].as_str().unwrap().to_uppercase();
                let (intent, money) = (
                    charge["payment_intent"].as_str().unwrap(),
                    Money::new(amount.max(1), Currency::parse(&code).unwrap()),
                );
                // More than is left of it is refused; a processor that is away does nothing.
                drop(self.gateway().refund(intent, money, &OsChance.uuid_v4().to_string()).await);
            }
            Deed::RefundFails(which) => {
                let whole = |refund: &Value| {
                    let charge = self.stripe.object(refund["charge"].as_str().unwrap());
                    refund["status"] == "succeeded" && charge["disputed"] != true
                };
                self.at("refund", *which, whole, FakeStripe::refund_fails);
            }
            Deed::Dispute(which) => {
                let left = |charge: &Value| paid(charge) && charge["refunded"] != true;
                self.at("charge", *which, left, |stripe, id| drop(stripe.dispute(id)));
            }
            Deed::Decide(which, won) => {
                let open = |dispute: &Value| dispute["status"] == "needs_response";
                self.at("dispute", *which, open, |stripe, id| stripe.dispute_ends(id, *won));
            }
            _ => {}
        }
    }

    pub(super) async fn trouble(&self, deed: &Deed) {
        match deed {
            Deed::Webhooks(seed, modes) => {
                if modes.iter().any(|(mode, _)| *mode == Mode::Drop) {
                    self.lost.store(true, Ordering::Relaxed);
                }
                let plan = modes.iter().fold(Plan::calm(*seed), |plan, (mode, share)| plan.sometimes(*mode, *share));
                self.stripe.webhooks(plan);
            }
            Deed::Weather(weather, times) => self.stripe.server.weather(*weather, Some(*times)),
            Deed::Keys(true) => drop(vault::unlock(&self.node, "test", None).await.unwrap()),
            Deed::Keys(false) => vault::lock(&self.node, "test").await.unwrap(),
            _ => {}
        }
    }

    pub(super) async fn work(&self, deed: &Deed) {
        match deed {
            Deed::Deliver => drop(self.stripe.deliver_all().await),
            Deed::Work => drop(contributions::run_due(&self.node).await.unwrap()),
            Deed::Stopped(steps) => stopped(contributions::run_due(&self.node), *steps).await,
            Deed::Together => {
                let (one, other, _) = tokio::join!(
                    contributions::run_due(&self.node),
                    contributions::run_due(&self.node),
                    self.stripe.deliver_all(),
                );
                one.and(other).unwrap();
            }
            Deed::Sweep => contributions::sweep(&self.node).await.unwrap(),
            Deed::SweepStopped(steps) => stopped(contributions::sweep(&self.node), *steps).await,
            _ => {}
        }
    }

    /// Everything calms down: what is under way arrives, or one sweep finds what was lost. Then nothing waits any more. Time
    /// goes on for the newsroom, and nothing new happens at the processor.
    pub(super) async fn settle(&self, sweep: bool) {
        self.stripe.server.weather(Weather::Fair, None);
        self.stripe.webhooks(Plan::calm(1));
        vault::unlock(&self.node, "test", None).await.unwrap();
        if sweep || self.lost.load(Ordering::Relaxed) {
            contributions::sweep(&self.node).await.unwrap();
        } else {
            // What was late is due by now.
            self.test.clock.advance_millis(8 * 3_600_000);
            self.stripe.deliver_all().await;
        }
        calm(&self.node, &self.test.clock).await;
    }
}
