//! Gateways: what their objects say, who signed what they tell, and what becomes of it when they don't answer.
//!
//! Bodies have the shapes of `fixtures/payments`, which are those of the processors' own API documents. No live processor was
//! asked.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod btcpay;
mod btcpay_fake;
mod held;
mod noted;
mod paypal;
mod paypal_fake;
mod paypal_hooks;
mod server;
mod stripe_calls;
mod stripe_fake;
mod stripe_hooks;
mod stripe_objects;
mod till;
mod weather;

use model::{ContributionId, Currency, Frequency, Language, Money, Timestamp};
use outside::payments::{
    Secret, Start,
    stripe::{Stripe, StripeOptions},
};
use serde_json::Value;
use server::{Say, Server};

/// 26 November 2026, 12:00 UTC.
const NOW: Timestamp = Timestamp::from_millis_const(1_795_694_400_000);
const CID: &str = "7b6f0c7e-2a3f-4c58-9a15-0d6a1c7d1e55";
const SECRET: &str = "whsec_of_the_newsroom";

fn contribution() -> ContributionId {
    ContributionId(uuid::Uuid::try_parse(CID).unwrap())
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn ask(frequency: Frequency) -> Start {
    Start {
        contribution: contribution(),
        money: usd(200),
        frequency,
        language: Language::new("ru").unwrap(),
        label: "Support".to_owned(),
        done: "https://news.example/-/support/done".to_owned(),
        back: "https://news.example/support/".to_owned(),
        key: "start:1".to_owned(),
    }
}

fn stripe(server: &Server) -> Stripe {
    let options = StripeOptions {
        key: Secret::new("rk_test_canary"),
        secret: Secret::new(SECRET),
        product: None,
        address: Some(server.address.clone()),
    };
    Stripe::new(options).unwrap()
}

/// An object of Stripe in its documents' shape, with some of its values replaced.
fn shape(kind: &str, changes: Value) -> Value {
    let all: Value = serde_json::from_str(include_str!("../../../../fixtures/payments/stripe.json")).unwrap();
    let mut object = all[kind].clone();
    assert!(object.is_object(), "there is no {kind}");
    merge(&mut object, changes);
    object
}

/// Puts values into an object, deep.
fn merge(object: &mut Value, changes: Value) {
    match (object, changes) {
        (Value::Object(own), Value::Object(changes)) => {
            for (name, value) in changes {
                merge(own.entry(name).or_insert(Value::Null), value);
            }
        }
        (own, other) => *own = other,
    }
}
