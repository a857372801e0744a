//! Pages that were open when everything was stopped: closed where that is possible, never taken on the newsroom's word, and what
//! comes all the same is marked and shown.

use app::{
    Newsroom, jobs,
    support::{
        contributions::{self, Begun, GiveForm},
        stop,
    },
};
use model::{Contribution, ContributionState as State, GatewayName, Payment, SupportSettings};
use testkit::both_backends;

use super::{Till, books, monthly, once};

async fn all_jobs(node: &Newsroom) {
    jobs::run_due(node).await.unwrap();
    contributions::run_due(node).await.unwrap();
}

/// Somebody sends the form of a gateway.
async fn begins(node: &Newsroom, form: GiveForm, gateway: GatewayName) {
    let form = GiveForm { gateway: gateway.as_str().to_owned(), ..form };
    let begun = contributions::begin(node, &form, None).await.unwrap();
    assert!(matches!(begun, Begun::At(_)), "{begun:?}");
}

async fn only(node: &Newsroom, gateway: GatewayName) -> Contribution {
    let mut tx = node.store().read().await.unwrap();
    store::contribution_in_states(&mut tx, gateway, State::ALL, None, 2).await.unwrap().remove(0)
}

async fn payments(node: &Newsroom, of: &Contribution) -> Vec<Payment> {
    let mut tx = node.store().read().await.unwrap();
    store::payment_of(&mut tx, of.id).await.unwrap()
}

fn session(of: &Contribution) -> String {
    of.session.as_deref().unwrap().split(':').next().unwrap().to_owned()
}

/// Everything is stopped while one page is open; how it stands afterwards.
async fn stopped(node: &Newsroom, gateway: GatewayName) -> Contribution {
    stop::stop(node, "anna").await.unwrap();
    let progress = stop::progress(node).await.unwrap().unwrap();
    assert_eq!((progress.pages, progress.closed, progress.is_done()), (1, 0, false));
    all_jobs(node).await;
    let progress = stop::progress(node).await.unwrap().unwrap();
    assert_eq!((progress.pages, progress.closed, progress.is_done()), (1, 1, true), "{progress:?}");
    let of = only(node, gateway).await;
    assert!(of.state == State::Failed && of.contact.is_none() && of.lookup.is_none(), "{of:?}");
    of
}

/// What is shown at the desk of money that came all the same.
async fn late(node: &Newsroom) -> Vec<Payment> {
    stop::progress(node).await.unwrap().unwrap().late
}

both_backends! {
    async fn a_page_of_stripe_is_closed(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let (stripe, node, _) = till.letters.test.taking_by_stripe().await.unwrap();
        begins(&node, once(), GatewayName::Stripe).await;
        let of = stopped(&node, GatewayName::Stripe).await;
        assert!(!stripe.pay(&session(&of)), "it can still be paid");
        assert_eq!(stop::tend(&node).await.unwrap(), 0);
        assert_eq!(late(&node).await, []);
        books::balanced(&node, GatewayName::Stripe, stripe.standing().balance).await;
    }

    async fn an_order_of_paypal_is_not_taken_after_the_stop_nor_when_contributions_are_open_again(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let (paypal, node, _) = till.letters.test.taking_by_paypal().await.unwrap();
        begins(&node, once(), GatewayName::Paypal).await;
        let order = session(&only(&node, GatewayName::Paypal).await);
        stop::stop(&node, "anna").await.unwrap();
        // Approved before the page was looked after, and told.
        assert!(paypal.approve(&order));
        paypal.deliver_all().await;
        contributions::run_due(&node).await.unwrap();
        assert_eq!(paypal.transactions(), Vec::<String>::new(), "it was taken after the stop");
        all_jobs(&node).await;
        assert_eq!(only(&node, GatewayName::Paypal).await.state, State::Failed);
        till.set(&SupportSettings { open: true, ..SupportSettings::default() }).await;
        contributions::sweep(&node).await.unwrap();
        let known = node.gateways().get(GatewayName::Paypal).unwrap();
        let of = only(&node, GatewayName::Paypal).await;
        contributions::look_now(&node, GatewayName::Paypal, &known.objects(of.session.as_deref(), None)).await.unwrap();
        assert_eq!(paypal.transactions(), Vec::<String>::new(), "it was taken though it had been stopped");
        assert_eq!(only(&node, GatewayName::Paypal).await.state, State::Failed);
        books::balanced(&node, GatewayName::Paypal, paypal.standing().balance).await;
    }

    async fn an_order_of_paypal_is_taken_once_when_nothing_was_stopped(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let (paypal, node, _) = till.letters.test.taking_by_paypal().await.unwrap();
        begins(&node, once(), GatewayName::Paypal).await;
        assert!(paypal.approve(&session(&only(&node, GatewayName::Paypal).await)));
        for _ in 0..2 {
            paypal.deliver_all().await;
            contributions::sweep(&node).await.unwrap();
            contributions::run_due(&node).await.unwrap();
        }
        assert_eq!(paypal.transactions().len(), 1);
        let of = only(&node, GatewayName::Paypal).await;
        assert_eq!((of.state, payments(&node, &of).await.len()), (State::Paid, 1));
        assert!(!payments(&node, &of).await[0].late);
        books::balanced(&node, GatewayName::Paypal, paypal.standing().balance).await;
    }

    async fn a_pledge_of_paypal_that_can_not_be_kept_from_coming_is_ended_and_shown(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let (paypal, node, _) = till.letters.test.taking_by_paypal().await.unwrap();
        begins(&node, monthly(), GatewayName::Paypal).await;
        let of = stopped(&node, GatewayName::Paypal).await;
        assert!(paypal.subscribe(&session(&of)));
        for _ in 0..3 {
            paypal.deliver_all().await;
            contributions::run_due(&node).await.unwrap();
            all_jobs(&node).await;
        }
        let of = only(&node, GatewayName::Paypal).await;
        assert_eq!(of.state, State::Cancelled);
        let late = late(&node).await;
        assert!(late.len() == 1 && late[0].late && late[0].contribution == Some(of.id), "{late:?}");
        books::balanced(&node, GatewayName::Paypal, paypal.standing().balance).await;
    }

    async fn an_invoice_of_btcpay_is_closed_where_the_key_may(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let may = ["btcpay.store.canmodifyinvoices"];
        let (btcpay, node, _) = till.letters.test.taking_by_btcpay(&may).await.unwrap();
        begins(&node, once(), GatewayName::Btcpay).await;
        let of = stopped(&node, GatewayName::Btcpay).await;
        assert_eq!(btcpay.invoice(&session(&of))["status"], "Invalid");
        assert!(!btcpay.pay_whole(&session(&of)), "it can still be paid");
        assert_eq!(late(&node).await, []);
        books::balanced(&node, GatewayName::Btcpay, btcpay.standing().balance).await;
    }

    async fn what_is_paid_to_an_invoice_that_could_not_be_closed_is_booked_and_shown(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let (btcpay, node, _) = till.letters.test.taking_by_btcpay(&[]).await.unwrap();
        begins(&node, once(), GatewayName::Btcpay).await;
        let of = stopped(&node, GatewayName::Btcpay).await;
        assert!(btcpay.pay_whole(&session(&of)));
        btcpay.deliver_all().await;
        all_jobs(&node).await;
        let of = only(&node, GatewayName::Btcpay).await;
        assert!(of.state == State::Paid && of.contact.is_none(), "{of:?}");
        let late = late(&node).await;
        assert!(late.len() == 1 && late[0].late && late[0].kept() == 1_000, "{late:?}");
        books::balanced(&node, GatewayName::Btcpay, btcpay.standing().balance).await;
    }

    async fn a_page_that_was_being_made_during_the_stop_is_closed(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let (stripe, node, _) = till.letters.test.taking_by_stripe().await.unwrap();
        begins(&node, once(), GatewayName::Stripe).await;
        // As if the answer of the gateway had come after the stop.
        let mut of = only(&node, GatewayName::Stripe).await;
        let page = session(&of);
        of.session = None;
        let mut tx = node.store().begin().await.unwrap();
        store::contribution_update(&mut tx, &of, of.month).await.unwrap();
        tx.commit().await.unwrap();
        stop::stop(&node, "anna").await.unwrap();
        all_jobs(&node).await;
        of.session = Some(page.clone());
        let mut tx = node.store().begin().await.unwrap();
        store::contribution_update(&mut tx, &of, of.month).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(stop::tend(&node).await.unwrap(), 1);
        all_jobs(&node).await;
        assert!(!stripe.pay(&page), "it can still be paid");
        assert_eq!(only(&node, GatewayName::Stripe).await.state, State::Failed);
        books::balanced(&node, GatewayName::Stripe, stripe.standing().balance).await;
    }
}
