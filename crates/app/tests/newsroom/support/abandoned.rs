//! What was begun and never paid is not kept for ever, and is booked when it is paid after all.

use std::sync::Arc;

use app::{
    Newsroom,
    support::{
        Gateways,
        contributions::{self, Begun, GiveForm, Received, Transfer},
    },
};
use model::{Clock, Contribution, ContributionState, GatewayName, Month, Role, SupportSettings};
use outside::payments::bank::{Bank, Reference};
use testkit::both_backends;

use super::{Till, books, monthly, once, stopping};

const DAY: i64 = 86_400_000;

/// Somebody sends a form with a message, and does no more; the token of their link where it is the page that they come to.
async fn begins(node: &Newsroom, form: &GiveForm) -> String {
    let form = GiveForm { message: "Keep going".to_owned(), ..form.clone() };
    match contributions::begin(node, &form, None).await.unwrap() {
        Begun::At(page) => page.rsplit('/').next().unwrap().to_owned(),
        other => panic!("no page: {other:?}"),
    }
}

async fn only(node: &Newsroom, gateway: GatewayName) -> Contribution {
    let mut tx = node.store().read().await.unwrap();
    store::contribution_in_states(&mut tx, gateway, ContributionState::ALL, None, 2).await.unwrap().remove(0)
}

fn is_forgotten(of: &Contribution) -> bool {
    of.contact.is_none() && of.lookup.is_none() && of.message.is_none()
}

async fn sweep(node: &Newsroom) {
    contributions::sweep(node).await.unwrap();
    contributions::run_due(node).await.unwrap();
}

both_backends! {
    async fn a_transfer_that_never_comes_is_waited_for_two_months_and_booked_when_it_does(newsroom: TestNewsroom, anon: Anon) {
        let anna = newsroom.person(&anon, Role::Publisher, "anna").await.unwrap().staff;
        let till = Till::of(newsroom).await;
        let clock = Arc::clone(&till.letters.test.clock);
        let node = till.letters.test.paying(Gateways::new(vec![Arc::new(Bank)])).await.unwrap();
        let settings = SupportSettings { open: true, bank: "IBAN".to_owned(), ..SupportSettings::default() };
        till.set(&SupportSettings { gateways: vec![GatewayName::Bank], ..settings }).await;
        let thanks = begins(&node, &GiveForm { gateway: "bank".to_owned(), ..once() }).await;
        clock.advance_millis(59 * DAY);
        sweep(&node).await;
        let of = only(&node, GatewayName::Bank).await;
        assert!(of.state == ContributionState::Started && of.contact.is_some() && of.message.is_some(), "{of:?}");
        assert!(contributions::came_back(&node, &thanks).await.unwrap().is_some());
        assert!(contributions::open(&node, &thanks).await.unwrap().is_none(), "the page of a transfer manages it");
        clock.advance_millis(32 * DAY);
        sweep(&node).await;
        let of = only(&node, GatewayName::Bank).await;
        assert!(of.state == ContributionState::Failed && is_forgotten(&of), "{of:?}");
        assert!(contributions::came_back(&node, &thanks).await.unwrap().is_none(), "the link opens what nobody waits for");
        sweep(&node).await;
        let month = Month::of(Clock::now(&*clock));
        let transfer = Transfer {
            reference: Reference::of(of.id).to_string(),
            without: false,
            money: of.amount,
            month,
            anyway: None,
        };
        let received = contributions::receive(&node, &anna, &transfer).await.unwrap();
        assert!(matches!(received, Received::Done(_)), "{received:?}");
        let of = only(&node, GatewayName::Bank).await;
        assert!(of.state == ContributionState::Paid && is_forgotten(&of), "{of:?}");
    }

    async fn a_page_that_nobody_went_through_fails_when_it_is_over(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let clock = Arc::clone(&till.letters.test.clock);
        let (stripe, node) = stopping::with_stripe(&till, &clock).await;
        begins(&node, &GiveForm { gateway: "stripe".to_owned(), ..monthly() }).await;
        stripe.move_to(Clock::now(&*clock).plus_millis(2 * DAY));
        sweep(&node).await;
        let of = only(&node, GatewayName::Stripe).await;
        assert!(of.state == ContributionState::Failed && is_forgotten(&of), "{of:?}");
    }

    async fn what_was_paid_while_no_server_ran_for_months_is_booked(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let clock = Arc::clone(&till.letters.test.clock);
        let (stripe, node) = stopping::with_stripe(&till, &clock).await;
        let page = begins(&node, &GiveForm { gateway: "stripe".to_owned(), ..once() }).await;
        assert!(stripe.pay(&page));
        stripe.move_to(Clock::now(&*clock).plus_millis(91 * DAY));
        // The first hour that it runs again, Stripe is away.
        stripe.server.down().await;
        sweep(&node).await;
        stripe.server.up().await.unwrap();
        clock.advance_millis(3_600_000);
        sweep(&node).await;
        assert_eq!(only(&node, GatewayName::Stripe).await.state, ContributionState::Paid);
        books::balanced(&node, GatewayName::Stripe, stripe.standing().balance).await;
    }

    async fn a_page_of_a_gateway_that_was_taken_out_is_not_waited_for(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let clock = Arc::clone(&till.letters.test.clock);
        let (_stripe, node) = stopping::with_stripe(&till, &clock).await;
        begins(&node, &GiveForm { gateway: "stripe".to_owned(), ..monthly() }).await;
        let without = till.letters.test.paying(Gateways::new(vec![Arc::new(Bank)])).await.unwrap();
        sweep(&without).await;
        assert_eq!(only(&without, GatewayName::Stripe).await.state, ContributionState::Started);
        clock.advance_millis(91 * DAY);
        sweep(&without).await;
        let mut tx = without.store().read().await.unwrap();
        let left = store::contribution_in_states(&mut tx, GatewayName::Stripe, ContributionState::ALL, None, 2).await.unwrap();
        assert_eq!(left, [], "what no page of this newsroom can be paid on any more is kept");
    }
}
