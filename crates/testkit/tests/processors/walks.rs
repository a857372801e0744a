//! Whatever happens at a processor, its balance is what its payments say.

use std::sync::Arc;

use model::{Chance, Clock, FixedClock, SeededChance};
use serde_json::Value;
use testkit::processors::{FakeBtcpay, FakePaypal, FakeStripe, Outcome, Processors, Standing, paypal};

use crate::stripe::{Client, START};

const DAY: i64 = 86_400_000;

/// A number below another.
fn below(chance: &SeededChance, limit: usize) -> usize {
    usize::from(chance.bytes16()[0]) % limit.max(1)
}

fn one(chance: &SeededChance, all: &[String]) -> String {
    all.get(below(chance, all.len())).cloned().unwrap_or_default()
}

fn holds(standing: &Standing) {
    for (currency, balance) in &standing.balance {
        assert_eq!(balance.gross, standing.left(currency), "{standing:#?}");
    }
}

fn ids(objects: &[Value]) -> Vec<String> {
    objects.iter().map(|object| object["id"].as_str().unwrap().to_owned()).collect()
}

async fn stripe_step(stripe: &FakeStripe, client: &Client, chance: &SeededChance, clock: &FixedClock, step: usize) {
    let of = |kind: &str| one(chance, &ids(&stripe.objects(kind)));
    match below(chance, 14) {
        0 => drop(client.session(&format!("gift-{step}"), "500", None).await),
        1 => drop(client.session(&format!("gift-{step}"), "300", Some("month")).await),
        2 | 3 => drop(stripe.pay(&of("checkout.session"))),
        4 => drop(stripe.pay_later(&of("checkout.session"))),
        5 => drop(stripe.settle(&of("checkout.session"), step.is_multiple_of(2))),
        6 => stripe.decline(&of("checkout.session")),
        7 => drop(client.post("/v1/refunds", &[("charge", &of("charge")), ("amount", "100")]).await),
        8 => drop(client.post("/v1/refunds", &[("charge", &of("charge"))]).await),
        9 => match stripe.object(&of("charge")) {
            charge if charge["paid"] == true && charge["disputed"] == false && charge["refunded"] == false => {
                let dispute = stripe.dispute(charge["id"].as_str().unwrap());
                stripe.dispute_ends(&dispute, step.is_multiple_of(3));
            }
            _ => {}
        },
        10 => match stripe.object(&of("refund")) {
            refund if refund["status"] == "succeeded" => stripe.refund_fails(refund["id"].as_str().unwrap()),
            _ => {}
        },
        11 => stripe.next_payments(&of("subscription"), &[Outcome::Declined, Outcome::RequiresAction]),
        12 => drop(stripe.pay_invoice(&of("invoice"))),
        _ => stripe.move_to(clock.now().plus_millis(9 * DAY)),
    }
}

#[tokio::test]
async fn stripes_balance_is_what_its_payments_say() {
    for seed in 0..4 {
        let (chance, clock) = (SeededChance::new(seed), Arc::new(FixedClock::at(START)));
        let stripe = FakeStripe::start(Arc::clone(&clock)).await.unwrap();
        let client = Client::of(&stripe);
        for step in 0..120 {
            stripe_step(&stripe, &client, &chance, &clock, step).await;
            holds(&stripe.standing());
        }
        assert!(stripe.standing().balance["USD"].fees > 0, "nothing was paid in walk {seed}");
    }
}

#[tokio::test]
async fn paypals_and_btcpays_balances_are_what_their_payments_say() {
    let (paypal, btcpay, orders) = crate::paypal::walkers().await;
    for seed in 0..4 {
        let chance = SeededChance::new(seed);
        for step in 0..60 {
            paypal_step(&paypal, &chance, &orders, step);
            btcpay_step(&btcpay, &chance, step);
            holds(&paypal.standing());
            holds(&btcpay.standing());
        }
    }
    assert!(paypal.standing().balance["USD"].fees > 0);
}

fn paypal_step(fake: &FakePaypal, chance: &SeededChance, subscriptions: &[String], step: usize) {
    let moved = one(chance, &fake.transactions());
    let resource = fake.resource(&moved);
    match below(chance, 5) {
        0 => drop(fake.subscribe(&one(chance, subscriptions))),
        1 => fake.next_payments(&one(chance, subscriptions), &[paypal::Outcome::Declined]),
        2 if resource["state"] == "completed" && step.is_multiple_of(4) => fake.fails_late(&moved),
        3 if resource["state"] == "completed" && step % 4 == 1 => {
            let dispute = fake.dispute(&moved);
            fake.dispute_ends(&dispute, step.is_multiple_of(3));
        }
        _ => fake.move_to(fake.now().plus_millis(9 * DAY)),
    }
}

fn btcpay_step(fake: &FakeBtcpay, chance: &SeededChance, step: usize) {
    let invoice = one(chance, &ids(&fake.invoices()));
    match below(chance, 5) {
        0 => drop(fake.pay(&invoice, if step.is_multiple_of(2) { "2.00" } else { "5.00" })),
        1 => drop(fake.confirm(&invoice)),
        2 => drop(fake.fails_late(&invoice)),
        3 => drop(fake.mark(&invoice, !step.is_multiple_of(5))),
        _ => fake.move_to(fake.now().plus_millis(3_600_000)),
    }
}

#[tokio::test]
async fn a_clock_that_somebody_else_moved_loses_no_renewal() {
    let clock = Arc::new(FixedClock::at(START));
    let all = Processors::start(&clock).await.unwrap();
    let client = Client::of(&all.stripe);
    assert!(all.stripe.pay(&client.session("monthly", "200", Some("month")).await));
    clock.advance_millis(90 * DAY);
    all.move_to(clock.now());
    assert_eq!(all.stripe.standing().balance["USD"].gross, 800);
    let invoices = all.stripe.objects("invoice");
    let starts: Vec<i64> = invoices.iter().map(|one| one["period_start"].as_i64().unwrap()).collect();
    assert!(starts.windows(2).all(|pair| pair[0] < pair[1]), "{starts:?}");
}
