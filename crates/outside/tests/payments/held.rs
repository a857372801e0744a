//! What gateways hold, whoever began it: lists for an import.

use std::sync::Arc;

use model::FixedClock;
use outside::payments::{Gateway, GatewayError, PledgeState, Unfit, Which};
use testkit::processors::{FakePaypal, FakeStripe};

use super::{paypal_fake::paypal_at, *};

async fn stripe(rights: &[&str]) -> (FakeStripe, Stripe) {
    let fake = FakeStripe::start(Arc::new(FixedClock::at(NOW))).await.unwrap();
    let options = StripeOptions {
        key: Secret::new(&fake.restricted_key(rights)),
        secret: Secret::new(&fake.secret),
        address: Some(url::Url::parse(&fake.address).unwrap()),
        ..StripeOptions::default()
    };
    (fake, Stripe::new(options).unwrap())
}

#[tokio::test]
async fn stripe_lists_every_subscription_of_an_account_page_by_page() {
    let (fake, stripe) = stripe(&["subscription_read", "customer_read"]).await;
    let mut own: Vec<String> = (0..101)
        .map(|number| fake.foreign_subscription("giver@example.org", 100 + number, "usd", (1, "month")))
        .collect();
    own.reverse();
    fake.end(&own[0]);
    fake.mark(&own[1], "cid", CID);
    let first = stripe.held(&Which::All, None).await.unwrap();
    assert_eq!((first.held.len(), first.after.as_ref()), (100, own.get(99)));
    let rest = stripe.held(&Which::All, first.after.as_deref()).await.unwrap();
    assert_eq!((rest.held.len(), rest.held[0].token.as_str(), rest.after), (1, own[100].as_str(), None));
    let over = first.held[0].pledge.as_ref().unwrap();
    assert_eq!((over.state, over.money), (PledgeState::Cancelled, usd(200)));
    assert_eq!(first.held[1].contribution, Some(contribution()));
    let one = &first.held[2];
    assert_eq!((one.contribution, one.pledge.as_ref().unwrap().state), (None, PledgeState::Active));
    let contact = one.contact.as_ref().unwrap();
    assert_eq!((contact.address.as_str(), contact.name.as_str()), ("giver@example.org", "Jenny Rosen"));
    assert!(!format!("{first:?}").contains("giver@"), "an address is printed");
}

#[tokio::test]
async fn stripe_says_what_a_customer_has_and_what_is_no_pledge() {
    let (fake, stripe) = stripe(&["subscription_read", "customer_read"]).await;
    let weekly = fake.foreign_subscription("giver@example.org", 500, "usd", (1, "week"));
    let other = fake.foreign_subscription("other@example.org", 500, "eur", (1, "year"));
    let customer = fake.object(&weekly)["customer"].as_str().unwrap().to_owned();
    let page = stripe.held(&Which::Customer(customer), None).await.unwrap();
    assert_eq!(page.held.iter().map(|one| one.token.as_str()).collect::<Vec<_>>(), [weekly.as_str()]);
    assert_eq!(page.held[0].pledge, Err(Unfit::Interval));
    let one = stripe.held(&Which::One(other.clone()), None).await.unwrap();
    assert_eq!(one.held[0].pledge.as_ref().unwrap().frequency, Frequency::Annual);
    assert_eq!(stripe.held(&Which::One("sub_none".to_owned()), None).await.unwrap().held, []);
    let foreign = stripe.held(&Which::Customer("cus_none".to_owned()), None).await;
    assert!(matches!(foreign, Err(GatewayError::Refused { .. })), "{foreign:?}");
    for (rights, lacks) in
        [(["checkout_session_write"], "rak_subscription_read"), (["subscription_read"], "rak_customer_read")]
    {
        let (_fake, blind) = self::stripe(&rights).await;
        let refused = blind.held(&Which::All, None).await.unwrap_err();
        assert!(matches!(refused, GatewayError::Key { .. }) && refused.to_string().contains(lacks), "{refused}");
    }
}

#[tokio::test]
async fn paypal_says_of_a_subscription_that_is_named_where_it_stands() {
    let fake = FakePaypal::start(Arc::new(FixedClock::at(NOW))).await.unwrap();
    let paypal = paypal_at(&fake);
    let started = paypal.start(&ask(Frequency::Monthly)).await.unwrap();
    let token = started.session.split(':').next().unwrap().to_owned();
    let one = Which::One(token.clone());
    assert_eq!(paypal.held(&one, None).await.unwrap().held, [], "nobody said yes to it yet");
    assert!(fake.subscribe(&token));
    let held = paypal.held(&one, None).await.unwrap().held.remove(0);
    let pledge = held.pledge.unwrap();
    assert_eq!((held.token, pledge.state, pledge.money), (token, PledgeState::Active, usd(200)));
    assert!(held.contact.is_some());
    assert_eq!(paypal.held(&Which::One("I-NONE12345".to_owned()), None).await.unwrap().held, []);
    assert!(matches!(paypal.held(&Which::All, None).await, Err(GatewayError::Cannot { .. })));
}
