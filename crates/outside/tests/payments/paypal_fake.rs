//! PayPal's adapter against a PayPal with a memory.

use std::sync::Arc;

use model::{Clock, Dispute, FixedClock, PaymentState};
use outside::payments::{
    Gateway, GatewayError, Object, Pledge, PledgeState, SessionStanding,
    paypal::{Paypal, PaypalOptions},
};
use testkit::processors::{Document, FakePaypal, Weather, paypal::Outcome};

use super::{noted::Noted, *};

const DAY: i64 = 86_400_000;

async fn open() -> (FakePaypal, Paypal, Arc<FixedClock>) {
    let clock = Arc::new(FixedClock::at(NOW));
    let fake = FakePaypal::start(Arc::clone(&clock)).await.unwrap();
    if let Some(document) = Document::paypal() {
        fake.judged_by(document);
    }
    let paypal = paypal_at(&fake);
    (fake, paypal, clock)
}

/// PayPal, as the newsroom has it set up for this fake.
pub(crate) fn paypal_at(fake: &FakePaypal) -> Paypal {
    let address = url::Url::parse(&fake.address).unwrap();
    let options = PaypalOptions {
        client: fake.client.clone(),
        key: Secret::new(&fake.secret),
        webhook: fake.webhook.clone(),
        address: Some(address.clone()),
        certificates: Some(address),
    };
    Paypal::new(options).unwrap()
}

fn plain(session: &str) -> &str {
    session.split(':').next().unwrap_or_default()
}

#[tokio::test]
async fn a_gift_is_captured_when_it_is_looked_at_once() {
    let (fake, paypal, _) = open().await;
    let started = paypal.start(&ask(Frequency::Once)).await.unwrap();
    assert_eq!(paypal.start(&ask(Frequency::Once)).await.unwrap(), started, "the same key makes no second page");
    let page = paypal.objects(Some(&started.session), None).remove(0);
    let mut noted = Noted::default();
    noted.look(&paypal, &page).await;
    assert_eq!((noted.pages[&page.id], noted.payments.len()), (SessionStanding::Open, 0));
    assert!(fake.approve(plain(&started.session)));
    for _ in 0..3 {
        noted.look(&paypal, &page).await;
    }
    assert_eq!((noted.pages[&page.id], noted.payments.len()), (SessionStanding::Complete, 1));
    noted.sweep(&paypal).await;
    noted.agree(&fake.standing());
    let payment = noted.payments.keys().next().unwrap().clone();
    for key in ["refund:1", "refund:1", "refund:2"] {
        paypal.refund(&payment, usd(50), key).await.unwrap();
    }
    noted.sweep(&paypal).await;
    assert_eq!(noted.payments[&payment].refunded, Some(100), "in two parts");
    noted.agree(&fake.standing());
    let dispute = fake.dispute(&payment);
    noted.sweep(&paypal).await;
    assert_eq!(noted.payments[&payment].dispute, Some(Dispute::Open));
    noted.agree(&fake.standing());
    fake.dispute_ends(&dispute, true);
    noted.sweep(&paypal).await;
    assert_eq!(noted.payments[&payment].dispute, Some(Dispute::Won));
    noted.agree(&fake.standing());
    assert_eq!(fake.wrong(), Vec::<String>::new());
}

#[tokio::test]
async fn a_capture_may_wait_be_denied_declined_or_taken_back() {
    for (outcome, end) in [(Outcome::Paid, PaymentState::Paid), (Outcome::Declined, PaymentState::Failed)] {
        let (fake, paypal, _) = open().await;
        let started = paypal.start(&ask(Frequency::Once)).await.unwrap();
        fake.approve_pending(plain(&started.session));
        let mut noted = Noted::default();
        noted.sweep(&paypal).await;
        let capture = noted.payments.keys().next().unwrap().clone();
        assert_eq!(noted.payments[&capture].state, PaymentState::Pending);
        fake.settle(&capture, outcome);
        noted.sweep(&paypal).await;
        assert_eq!((noted.payments.len(), noted.payments[&capture].state), (1, end));
        noted.agree(&fake.standing());
    }
    let (fake, paypal, _) = open().await;
    let started = paypal.start(&ask(Frequency::Once)).await.unwrap();
    fake.approve_declined(plain(&started.session));
    let mut noted = Noted::default();
    noted.sweep(&paypal).await;
    assert!(noted.payments.is_empty());
    let (fake, paypal, _) = open().await;
    let started = paypal.start(&ask(Frequency::Once)).await.unwrap();
    fake.approve(plain(&started.session));
    let mut noted = Noted::default();
    noted.sweep(&paypal).await;
    fake.fails_late(noted.payments.keys().next().unwrap());
    noted.sweep(&paypal).await;
    noted.agree(&fake.standing());
}

#[tokio::test]
async fn a_page_that_nobody_paid_is_over_when_paypal_forgot_it() {
    let (fake, paypal, clock) = open().await;
    let started = paypal.start(&ask(Frequency::Once)).await.unwrap();
    fake.move_to(clock.now().plus_millis(DAY));
    let page = paypal.objects(Some(&started.session), None).remove(0);
    let standing = paypal.fetch(&page).await.unwrap().unwrap();
    assert_eq!((standing.contribution, standing.session), (Some(contribution()), Some(SessionStanding::Over)));
}

#[tokio::test]
async fn a_pledge_is_renewed_fails_recovers_rests_and_is_ended() {
    let (fake, paypal, clock) = open().await;
    let started = paypal.start(&ask(Frequency::Monthly)).await.unwrap();
    let token = plain(&started.session).to_owned();
    let page = paypal.objects(Some(&started.session), None).remove(0);
    let mut noted = Noted::default();
    noted.look(&paypal, &page).await;
    assert!(noted.pledges.is_empty() && noted.pages[&page.id] == SessionStanding::Open);
    fake.subscribe(&token);
    fake.move_to(clock.now().plus_millis(32 * DAY));
    noted.sweep(&paypal).await;
    assert_eq!((noted.payments.len(), noted.pledges[&token].state), (2, PledgeState::Active));
    assert_eq!((noted.pledges[&token].money, noted.pledges[&token].frequency), (usd(200), Frequency::Monthly));
    noted.agree(&fake.standing());
    fake.next_payments(&token, &[Outcome::Declined]);
    fake.move_to(clock.now().plus_millis(30 * DAY));
    noted.sweep(&paypal).await;
    assert_eq!(noted.pledges[&token].state, PledgeState::PastDue);
    fake.move_to(clock.now().plus_millis(6 * DAY));
    noted.sweep(&paypal).await;
    assert_eq!((noted.payments.len(), noted.pledges[&token].state), (3, PledgeState::Active));
    let pledge = Pledge { contribution: contribution(), token: token.clone() };
    for _ in 0..2 {
        paypal.pause(&pledge, "pause:1").await.unwrap();
    }
    paypal.pause(&pledge, "pause:2").await.unwrap();
    noted.sweep(&paypal).await;
    assert_eq!(noted.pledges[&token].state, PledgeState::Paused);
    paypal.resume(&pledge, "resume:1").await.unwrap();
    // PayPal gives up after the third payment that failed, and its giver can let it go on.
    fake.next_payments(&token, &[Outcome::Declined; 3]);
    fake.move_to(clock.now().plus_millis(45 * DAY));
    noted.sweep(&paypal).await;
    assert_eq!(noted.pledges[&token].state, PledgeState::Paused);
    paypal.resume(&pledge, "resume:2").await.unwrap();
    noted.sweep(&paypal).await;
    assert_eq!(noted.pledges[&token].state, PledgeState::PastDue, "it is tried again");
    paypal.cancel(&pledge, "cancel:1").await.unwrap();
    paypal.cancel(&pledge, "cancel:2").await.unwrap();
    let mut asleep = Noted::default();
    for object in paypal.objects(None, Some(&token)) {
        asleep.look(&paypal, &object).await;
    }
    assert_eq!(asleep.pledges[&token].state, PledgeState::Cancelled);
    assert_eq!(asleep.payments.len(), 3, "the last payments are found without any event");
    noted.sweep(&paypal).await;
    let sale = noted.payments.keys().next().unwrap().clone();
    paypal.refund(&sale, usd(50), "refund:1").await.unwrap();
    noted.sweep(&paypal).await;
    assert_eq!(noted.payments[&sale].refunded, Some(50));
    noted.agree(&fake.standing());
    assert!(matches!(paypal.method_page(&pledge, "").await, Err(GatewayError::Cannot { .. })));
    assert_eq!(fake.wrong(), Vec::<String>::new());
}

#[tokio::test]
async fn plans_are_made_once_and_found_again() {
    let (fake, paypal, _) = open().await;
    for key in ["a", "b"] {
        paypal.start(&Start { key: key.to_owned(), ..ask(Frequency::Monthly) }).await.unwrap();
    }
    paypal.start(&ask(Frequency::Annual)).await.unwrap();
    let address = url::Url::parse(&fake.address).unwrap();
    let options = PaypalOptions {
        client: fake.client.clone(),
        key: Secret::new(&fake.secret),
        address: Some(address),
        ..PaypalOptions::default()
    };
    Paypal::new(options).unwrap().start(&Start { key: "c".to_owned(), ..ask(Frequency::Monthly) }).await.unwrap();
    let asked = fake.server.asked();
    let plans = asked.iter().filter(|asked| asked.method == "POST" && asked.path == "/v1/billing/plans");
    assert_eq!(plans.count(), 2, "one for each interval");
}

#[tokio::test]
async fn an_order_that_was_captured_without_an_answer_is_captured_once() {
    let (fake, paypal, _) = open().await;
    let started = paypal.start(&ask(Frequency::Once)).await.unwrap();
    fake.approve(plain(&started.session));
    let page = Object::new("order", &started.session);
    fake.server.weather(Weather::BrokenAfter, Some(2));
    paypal.fetch(&page).await.unwrap_err();
    let mut noted = Noted::default();
    fake.server.weather(Weather::Fair, None);
    noted.look(&paypal, &page).await;
    noted.agree(&fake.standing());
    assert_eq!(fake.transactions().len(), 1);
}
