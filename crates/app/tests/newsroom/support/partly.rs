//! Payments that are asked back, or come, in part.

use app::{
    Newsroom,
    support::contributions::{self, Begun, GiveForm},
};
use model::{Dispute, GatewayName, Payment, PaymentState};
use testkit::both_backends;

use super::{Till, books, once};

async fn gives(node: &Newsroom, gateway: GatewayName) {
    let form = GiveForm { gateway: gateway.as_str().to_owned(), ..once() };
    let begun = contributions::begin(node, &form, None).await.unwrap();
    assert!(matches!(begun, Begun::At(_)), "{begun:?}");
}

async fn swept(node: &Newsroom) {
    contributions::sweep(node).await.unwrap();
    contributions::run_due(node).await.unwrap();
}

/// The one payment, and what the database adds up.
async fn one(node: &Newsroom, gateway: GatewayName) -> (Payment, i64) {
    let mut tx = node.store().read().await.unwrap();
    let months = (model::Month(0), model::Month(9_999));
    let payment = store::payment_in(&mut tx, months, None, 2).await.unwrap().remove(0);
    let sums = store::payment_balance(&mut tx, gateway).await.unwrap();
    let raised = store::payment_raised(&mut tx, payment.amount.currency, months.0, months.1).await.unwrap();
    let by_month: i64 =
        store::payment_sums(&mut tx, months.0, months.1).await.unwrap().iter().map(|sum| sum.kept.minor).sum();
    let sum = sums.first().map_or(0, |sum| sum.minor);
    assert_eq!((raised, by_month), (sum, sum));
    (payment, sum)
}

both_backends! {
    async fn of_a_payment_that_is_asked_back_in_part_the_rest_is_kept(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let (stripe, node, _) = till.letters.test.taking_by_stripe().await.unwrap();
        gives(&node, GatewayName::Stripe).await;
        let text = |kind: &str| stripe.objects(kind).pop().unwrap()["id"].as_str().unwrap().to_owned();
        stripe.pay(&text("checkout.session"));
        swept(&node).await;
        let dispute = stripe.dispute_part(&text("charge"), 400);
        for (won, state, kept) in [(None, Dispute::Open, 600), (Some(false), Dispute::Lost, 600)] {
            if let Some(won) = won {
                stripe.dispute_ends(&dispute, won);
            }
            swept(&node).await;
            let (payment, sum) = one(&node, GatewayName::Stripe).await;
            assert_eq!((payment.dispute, payment.disputed, payment.kept(), sum), (Some(state), 400, kept, kept));
            assert_eq!(stripe.standing().balance["USD"].gross, kept);
        }
        books::balanced(&node, GatewayName::Stripe, stripe.standing().balance).await;
    }

    async fn the_same_with_paypal(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let (paypal, node, _) = till.letters.test.taking_by_paypal().await.unwrap();
        gives(&node, GatewayName::Paypal).await;
        let mut tx = node.store().read().await.unwrap();
        let states = model::ContributionState::ALL;
        let of = store::contribution_in_states(&mut tx, GatewayName::Paypal, states, None, 2).await.unwrap().remove(0);
        drop(tx);
        paypal.approve(of.session.unwrap().split(':').next().unwrap());
        swept(&node).await;
        let dispute = paypal.dispute_part(&paypal.transactions()[0], 250);
        swept(&node).await;
        assert_eq!(one(&node, GatewayName::Paypal).await.1, 750);
        paypal.dispute_ends(&dispute, false);
        swept(&node).await;
        let (payment, sum) = one(&node, GatewayName::Paypal).await;
        assert_eq!((payment.kept(), sum, paypal.standing().balance["USD"].gross), (750, 750, 750));
        books::balanced(&node, GatewayName::Paypal, paypal.standing().balance).await;
    }

    async fn what_came_of_a_payment_for_which_it_was_too_little_is_known(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let (btcpay, node, _) = till.letters.test.taking_by_btcpay(&[]).await.unwrap();
        gives(&node, GatewayName::Btcpay).await;
        let invoice = btcpay.invoices()[0]["id"].as_str().unwrap().to_owned();
        assert!(btcpay.pay(&invoice, "2.50"));
        btcpay.move_to(btcpay.now().plus_millis(2 * 3_600_000));
        swept(&node).await;
        let (payment, sum) = one(&node, GatewayName::Btcpay).await;
        assert_eq!((payment.state, payment.came, payment.kept(), sum), (PaymentState::Failed, Some(250), 0, 0));
        btcpay.pay(&invoice, "7.50");
        btcpay.confirm(&invoice);
        swept(&node).await;
        let (payment, sum) = one(&node, GatewayName::Btcpay).await;
        assert_eq!((payment.state, payment.came, sum), (PaymentState::Paid, None, 1_000));
        books::balanced(&node, GatewayName::Btcpay, btcpay.standing().balance).await;
    }
}
