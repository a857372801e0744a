//! Payments of a pledge that nobody told of for long, longer than gateways keep their record, are found one by one.

use app::{
    Newsroom,
    support::contributions::{self, Begun, GiveForm},
};
use model::{Contribution, ContributionState as State, GatewayName};
use testkit::both_backends;

use super::{Till, books, monthly};

const DAY: i64 = 86_400_000;

async fn pledges(node: &Newsroom, gateway: GatewayName) -> Contribution {
    let form = GiveForm { gateway: gateway.as_str().to_owned(), ..monthly() };
    let begun = contributions::begin(node, &form, None).await.unwrap();
    assert!(matches!(begun, Begun::At(_)), "{begun:?}");
    let mut tx = node.store().read().await.unwrap();
    store::contribution_in_states(&mut tx, gateway, State::ALL, None, 2).await.unwrap().remove(0)
}

async fn work(node: &Newsroom) {
    for _ in 0..3 {
        contributions::run_due(node).await.unwrap();
    }
}

/// How many payments are known, and how the newest of them are called that a gateway has.
async fn known(node: &Newsroom, of: &Contribution) -> usize {
    let mut tx = node.store().read().await.unwrap();
    store::payment_of(&mut tx, of.id).await.unwrap().len()
}

/// The record is lost: nothing of what happened is found in it.
async fn forget(node: &Newsroom, gateway: GatewayName, place: &str) {
    let mut tx = node.store().begin().await.unwrap();
    store::gateway_swept(&mut tx, gateway, Some(place), node.clock().now()).await.unwrap();
    tx.commit().await.unwrap();
}

both_backends! {
    async fn what_stripe_took_in_a_long_outage_is_found(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let (stripe, node, _) = till.letters.test.taking_by_stripe().await.unwrap();
        let of = pledges(&node, GatewayName::Stripe).await;
        assert!(stripe.pay(of.session.as_deref().unwrap()));
        stripe.deliver_all().await;
        work(&node).await;
        assert_eq!(known(&node, &of).await, 1);
        stripe.webhooks(testkit::processors::Plan::calm(1).sometimes(testkit::processors::Mode::Drop, 100));
        stripe.move_to(node.clock().now().plus_millis(620 * DAY));
        stripe.deliver_all().await;
        let last = stripe.objects("event").pop().unwrap()["id"].as_str().unwrap().to_owned();
        forget(&node, GatewayName::Stripe, &last).await;
        let taken = stripe.standing().gifts[&of.id.to_string()].payments.len();
        assert!(taken > 16, "{taken}");
        contributions::sweep(&node).await.unwrap();
        work(&node).await;
        assert_eq!(known(&node, &of).await, taken);
        // Nothing is asked for again once all is known.
        let asked = |path: &str| stripe.server.asked().iter().filter(|asked| asked.path.contains(path)).count();
        let before = asked("/v1/invoices");
        contributions::sweep(&node).await.unwrap();
        work(&node).await;
        assert_eq!(asked("/v1/invoices"), before);
        books::balanced(&node, GatewayName::Stripe, stripe.standing().balance).await;
    }

    async fn a_webhook_that_comes_first_after_an_outage_leads_to_what_was_missed(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let (stripe, node, _) = till.letters.test.taking_by_stripe().await.unwrap();
        let of = pledges(&node, GatewayName::Stripe).await;
        assert!(stripe.pay(of.session.as_deref().unwrap()));
        stripe.deliver_all().await;
        work(&node).await;
        stripe.webhooks(testkit::processors::Plan::calm(1).sometimes(testkit::processors::Mode::Drop, 100));
        stripe.move_to(node.clock().now().plus_millis(200 * DAY));
        stripe.deliver_all().await;
        stripe.webhooks(testkit::processors::Plan::calm(1));
        stripe.move_to(node.clock().now().plus_millis(31 * DAY));
        stripe.deliver_all().await;
        work(&node).await;
        assert_eq!(known(&node, &of).await, stripe.standing().gifts[&of.id.to_string()].payments.len());
        books::balanced(&node, GatewayName::Stripe, stripe.standing().balance).await;
    }

    async fn what_paypal_took_in_a_long_outage_is_found(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let (paypal, node, _) = till.letters.test.taking_by_paypal().await.unwrap();
        let of = pledges(&node, GatewayName::Paypal).await;
        assert!(paypal.subscribe(of.session.as_deref().unwrap().split(':').next().unwrap()));
        paypal.deliver_all().await;
        work(&node).await;
        assert_eq!(known(&node, &of).await, 1);
        paypal.webhooks(testkit::processors::Plan::calm(1).sometimes(testkit::processors::Mode::Drop, 100));
        paypal.move_to(node.clock().now().plus_millis(620 * DAY));
        paypal.deliver_all().await;
        forget(&node, GatewayName::Paypal, &node.clock().now().plus_millis(DAY).to_string()).await;
        let taken = paypal.standing().gifts[&of.id.to_string()].payments.len();
        assert!(taken > 16, "{taken}");
        contributions::sweep(&node).await.unwrap();
        work(&node).await;
        assert_eq!(known(&node, &of).await, taken);
        books::balanced(&node, GatewayName::Paypal, paypal.standing().balance).await;
    }
}
