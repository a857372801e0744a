//! A newsroom, PayPal or a BTCPay Server, and everybody who acts.

use std::sync::Arc;

use app::{
    Newsroom,
    support::{
        self,
        contributions::{self, Begun, GiveForm},
    },
};
use model::{Chance, Clock, ContributionId, Currency, Frequency, GatewayName, Money, OsChance, SupportSettings};
use outside::payments::{AnyGateway, Pledge};
use serde_json::Value;
use testkit::{
    TestNewsroom,
    processors::{FakeBtcpay, FakePaypal, Plan, Standing, Weather, paypal::Outcome},
};

use super::{
    super::{going_wrong::calm, truth::stopped},
    deeds::{Becomes, Deed, How},
};

/// Whom givers pay with.
#[derive(Debug)]
pub(super) enum Processor {
    Paypal(FakePaypal),
    Btcpay(FakeBtcpay),
}

/// All of it.
pub(super) struct House {
    test: TestNewsroom,
    pub(super) node: Newsroom,
    pub(super) processor: Arc<Processor>,
}

/// One of some things.
fn one(all: Vec<Value>, which: usize, fit: impl Fn(&Value) -> bool) -> Option<Value> {
    let all: Vec<Value> = all.into_iter().filter(fit).collect();
    all.get(which.checked_rem(all.len())?).cloned()
}

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

impl House {
    pub(super) async fn of(test: TestNewsroom, gateway: GatewayName) -> Self {
        let (processor, node) = if gateway == GatewayName::Paypal {
            let (fake, node, _) = test.taking_by_paypal().await.unwrap();
            (Processor::Paypal(fake), node)
        } else {
            let (fake, node, _) = test.taking_by_btcpay(&[]).await.unwrap();
            (Processor::Btcpay(fake), node)
        };
        let settings = SupportSettings { open: true, ..SupportSettings::default() };
        let mut tx = node.store().begin().await.unwrap();
        let json = serde_json::to_string(&settings).unwrap();
        store::setting_set(&mut tx, support::KEY, &json, node.clock().now()).await.unwrap();
        tx.commit().await.unwrap();
        Self { test, node, processor: Arc::new(processor) }
    }

    pub(super) fn name(&self) -> GatewayName {
        match &*self.processor {
            Processor::Paypal(_) => GatewayName::Paypal,
            Processor::Btcpay(_) => GatewayName::Btcpay,
        }
    }

    pub(super) fn standing(&self) -> Standing {
        match &*self.processor {
            Processor::Paypal(fake) => fake.standing(),
            Processor::Btcpay(fake) => fake.standing(),
        }
    }

    fn gateway(&self) -> &AnyGateway {
        self.node.gateways().get(self.name()).unwrap()
    }

    /// Lets something happen.
    pub(super) async fn act(&self, deed: &Deed) {
        match deed {
            Deed::Begin(frequency, much) => self.begin(*frequency, *much).await,
            Deed::Hours(hours) => self.pass(*hours * 3_600_000),
            Deed::Webhooks(seed, modes) => {
                let calm = Plan::calm(*seed);
                self.webhooks(modes.iter().fold(calm, |plan, (mode, share)| plan.sometimes(*mode, *share)));
            }
            Deed::Weather(weather, times) => self.weather(*weather, Some(*times)),
            Deed::Deliver => self.deliver().await,
            Deed::Work => drop(contributions::run_due(&self.node).await.unwrap()),
            Deed::Stopped(steps) => stopped(contributions::run_due(&self.node), *steps).await,
            Deed::Together => {
                let (one, other, ()) = tokio::join!(
                    contributions::run_due(&self.node),
                    contributions::run_due(&self.node),
                    self.deliver(),
                );
                one.and(other).unwrap();
            }
            Deed::Sweep => contributions::sweep(&self.node).await.unwrap(),
            other => match &*self.processor {
                Processor::Paypal(fake) => self.at_paypal(fake, other).await,
                Processor::Btcpay(fake) => at_btcpay(fake, other),
            },
        }
    }

    /// Somebody sends the form. The processor may be away: then they are told so.
    async fn begin(&self, frequency: Frequency, much: i64) {
        let frequency = if self.name() == GatewayName::Btcpay { Frequency::Once } else { frequency };
        let form = GiveForm {
            frequency: frequency.as_str().to_owned(),
            chosen: "other".to_owned(),
            other: much.to_string(),
            gateway: self.name().as_str().to_owned(),
            ..super::super::monthly()
        };
        let begun = contributions::begin(&self.node, &form, Some("http://127.0.0.1:8000")).await.unwrap();
        assert!(matches!(begun, Begun::At(_) | Begun::Away), "the form was not taken: {begun:?}");
    }

    fn pass(&self, millis: i64) {
        let moment = self.test.clock.now().plus_millis(millis);
        match &*self.processor {
            Processor::Paypal(fake) => fake.move_to(moment),
            Processor::Btcpay(fake) => fake.move_to(moment),
        }
    }

    fn webhooks(&self, plan: Plan) {
        match &*self.processor {
            Processor::Paypal(fake) => fake.webhooks(plan),
            Processor::Btcpay(fake) => fake.webhooks(plan),
        }
    }

    fn weather(&self, weather: Weather, times: Option<u32>) {
        match &*self.processor {
            Processor::Paypal(fake) => fake.server.weather(weather, times),
            Processor::Btcpay(fake) => fake.server.weather(weather, times),
        }
    }

    async fn deliver(&self) {
        match &*self.processor {
            Processor::Paypal(fake) => drop(fake.deliver_all().await),
            Processor::Btcpay(fake) => drop(fake.deliver_all().await),
        }
    }

    async fn at_paypal(&self, fake: &FakePaypal, deed: &Deed) {
        let transaction = |which: usize| {
            let standing = fake.standing();
            let paid = standing.gifts.values().flat_map(|gift| &gift.payments);
            let all: Vec<_> = paid.filter(|one| one.disputed.is_none() && one.left() > 0).collect();
            Some(all.get(which.checked_rem(all.len())?)?.id.clone())
        };
        match deed {
            Deed::Pay(which, how) => {
                let mut pages = fake.resources("order");
                pages.extend(fake.resources("subscription"));
                let waits = |page: &Value| {
                    ["CREATED", "PAYER_ACTION_REQUIRED", "APPROVAL_PENDING"].iter().any(|one| page["status"] == *one)
                };
                let Some(page) = one(pages, *which, waits) else { return };
                _ = match how {
                    _ if id(&page).starts_with("I-") => fake.subscribe(id(&page)),
                    How::Whole | How::Part => fake.approve(id(&page)),
                    How::Later => fake.approve_pending(id(&page)),
                    How::Declined => fake.approve_declined(id(&page)),
                };
            }
            Deed::Settle(which, good) => {
                let all = fake.transactions();
                if let Some(at) = which.checked_rem(all.len()) {
                    fake.settle(&all[at], if *good { Outcome::Paid } else { Outcome::Declined });
                }
            }
            Deed::Fail(which, times) => {
                if let Some(pledge) = one(fake.resources("subscription"), *which, |_| true) {
                    fake.next_payments(id(&pledge), &vec![Outcome::Declined; *times]);
                }
            }
            Deed::Pledge(which, becomes) => self.pledge(fake, *which, *becomes).await,
            Deed::Hand(which, part) => {
                let Some(payment) = transaction(*which) else { return };
                let money = Money::new(part * 5, Currency::USD);
                // More than is left of it is refused; a processor that is away does nothing.
                drop(self.gateway().refund(&payment, money, &OsChance.uuid_v4().to_string()).await);
            }
            Deed::Dispute(which, part) => {
                if let Some(payment) = transaction(*which) {
                    fake.dispute_part(&payment, part * 10);
                }
            }
            Deed::Decide(which, won) => {
                let open = |of: &Value| of["status"] != "RESOLVED";
                if let Some(dispute) = one(fake.resources("dispute"), *which, open) {
                    fake.dispute_ends(dispute["dispute_id"].as_str().unwrap(), *won);
                }
            }
            Deed::Reverse(which) => {
                if let Some(payment) = transaction(*which) {
                    fake.fails_late(&payment);
                }
            }
            _ => {}
        }
    }

    async fn pledge(&self, fake: &FakePaypal, which: usize, becomes: Becomes) {
        let runs = |of: &Value| of["status"] == "ACTIVE" || of["status"] == "SUSPENDED";
        let Some(of) = one(fake.resources("subscription"), which, runs) else { return };
        let Some(contribution) = of["custom_id"].as_str().and_then(|id| id.parse().ok()).map(ContributionId) else {
            return;
        };
        let (pledge, key) = (Pledge { contribution, token: id(&of).to_owned() }, OsChance.uuid_v4().to_string());
        // What can't be done now is refused.
        drop(match becomes {
            Becomes::Paused => self.gateway().pause(&pledge, &key).await,
            Becomes::Resumed => self.gateway().resume(&pledge, &key).await,
            Becomes::Cancelled => self.gateway().cancel(&pledge, &key).await,
        });
    }

    /// Everything calms down, and one sweep finds what was lost. Then nothing waits any more.
    pub(super) async fn settle(&self) {
        self.weather(Weather::Fair, None);
        self.webhooks(Plan::calm(1));
        contributions::sweep(&self.node).await.unwrap();
        calm(&self.node, &self.test.clock).await;
    }
}

fn at_btcpay(fake: &FakeBtcpay, deed: &Deed) {
    let find = |which: usize, fit: &dyn Fn(&Value) -> bool| one(fake.invoices(), which, fit);
    match deed {
        Deed::Pay(which, how) => {
            let Some(invoice) = find(*which, &|one| one["status"] == "New" || one["status"] == "Expired") else {
                return;
            };
            let amount: f64 = invoice["amount"].as_str().unwrap().parse().unwrap();
            _ = match how {
                How::Whole => fake.pay_whole(id(&invoice)),
                How::Later => fake.pay(id(&invoice), invoice["amount"].as_str().unwrap()),
                How::Part => fake.pay(id(&invoice), &format!("{:.2}", amount / 2.0)),
                How::Declined => fake.pay(id(&invoice), &format!("{:.2}", amount * 1.5)),
            };
        }
        Deed::Settle(which, good) => {
            let waits = |one: &Value| one["status"] == "Processing" || one["additionalStatus"] == "PaidLate";
            if let Some(invoice) = find(*which, &waits) {
                _ = if *good { fake.confirm(id(&invoice)) } else { fake.fails_late(id(&invoice)) };
            }
        }
        // Each once: the list of invoices does not tell that one was marked, and marked back.
        Deed::Hand(which, part) => {
            if let Some(invoice) = find(*which, &|one| one["additionalStatus"] != "Marked") {
                fake.mark(id(&invoice), *part > 50);
            }
        }
        _ => {}
    }
}
