//! Stripe's adapter against a Stripe with a memory: what it believes is what that one holds to be true.

use std::{sync::Arc, time::Duration};

use http::{HeaderMap, HeaderName, HeaderValue};
use model::{Clock, Dispute, FixedClock, PaymentState};
use outside::payments::{Gateway, GatewayError, Object, Pledge, PledgeState};
use testkit::processors::{FakeStripe, Outcome, Weather};

use super::{noted::Noted, *};

const DAY: i64 = 86_400_000;

async fn open() -> (FakeStripe, Stripe, Arc<FixedClock>) {
    let clock = Arc::new(FixedClock::at(NOW));
    let fake = FakeStripe::start(Arc::clone(&clock)).await.unwrap();
    let rights = [
        "checkout_session_write",
        "subscription_write",
        "invoice_read",
        "payment_intent_read",
        "charge_write",
        "balance_transaction_source_read",
        "dispute_read",
        "event_read",
        "customer_portal_write",
    ];
    let options = StripeOptions {
        key: Secret::new(&fake.restricted_key(&rights)),
        secret: Secret::new(&fake.secret),
        address: Some(url::Url::parse(&fake.address).unwrap()),
        ..StripeOptions::default()
    };
    (fake, Stripe::new(options).unwrap(), clock)
}

#[tokio::test]
async fn a_gift_is_paid_given_back_in_part_and_disputed() {
    let (fake, stripe, _) = open().await;
    let mut noted = Noted::default();
    let started = stripe.start(&ask(Frequency::Once)).await.unwrap();
    assert_eq!(stripe.start(&ask(Frequency::Once)).await.unwrap(), started, "the same key makes no second page");
    let session = Object::new("checkout.session", &started.session);
    noted.look(&stripe, &session).await;
    assert!(noted.payments.is_empty(), "nothing is paid by a page");
    fake.decline(&started.session);
    noted.look(&stripe, &session).await;
    assert!(noted.payments.is_empty(), "a card that was declined is no end");
    assert!(fake.pay(&started.session));
    noted.sweep(&stripe).await;
    assert_eq!(noted.payments.len(), 1);
    noted.agree(&fake.standing());
    let payment = noted.payments.values().next().unwrap().clone();
    assert_eq!((payment.money, payment.state), (usd(200), PaymentState::Paid));
    for _ in 0..2 {
        stripe.refund(&payment.token, usd(50), "refund:1").await.unwrap();
    }
    noted.sweep(&stripe).await;
    assert_eq!(noted.payments[&payment.token].refunded, Some(50));
    noted.agree(&fake.standing());
    let charge = fake.objects("charge").iter().rfind(|charge| charge["paid"] == true).unwrap()["id"].clone();
    let dispute = fake.dispute(charge.as_str().unwrap());
    noted.sweep(&stripe).await;
    assert_eq!(noted.payments[&payment.token].dispute, Some(Dispute::Open));
    fake.dispute_ends(&dispute, true);
    noted.sweep(&stripe).await;
    assert_eq!((noted.payments.len(), noted.payments[&payment.token].dispute), (1, Some(Dispute::Won)));
    noted.agree(&fake.standing());
}

#[tokio::test]
async fn a_pledge_is_changed_renewed_fails_recovers_and_is_ended() {
    let (fake, stripe, clock) = open().await;
    let mut noted = Noted::default();
    let started = stripe.start(&ask(Frequency::Monthly)).await.unwrap();
    fake.pay(&started.session);
    noted.sweep(&stripe).await;
    let token = noted.pledges.keys().next().unwrap().clone();
    let pledge = Pledge { contribution: contribution(), token: token.clone() };
    stripe.change(&pledge, usd(500), Frequency::Monthly, "change:1").await.unwrap();
    fake.move_to(clock.now().plus_millis(32 * DAY));
    noted.sweep(&stripe).await;
    assert_eq!((noted.payments.len(), noted.pledges[&token].money), (2, usd(500)));
    noted.agree(&fake.standing());
    fake.next_payments(&token, &[Outcome::Declined]);
    fake.move_to(clock.now().plus_millis(30 * DAY));
    noted.sweep(&stripe).await;
    assert_eq!(noted.pledges[&token].state, PledgeState::PastDue);
    assert!(noted.payments.values().any(|payment| payment.state == PaymentState::Failed));
    assert!(stripe.method_page(&pledge, "https://news.example/").await.unwrap().starts_with("http"));
    fake.move_to(clock.now().plus_millis(4 * DAY));
    noted.sweep(&stripe).await;
    assert_eq!(
        (noted.payments.len(), noted.pledges[&token].state),
        (3, PledgeState::Active),
        "a retry is the same payment"
    );
    noted.agree(&fake.standing());
    let mut asleep = Noted::default();
    for object in stripe.objects(Some(&started.session), Some(&token)) {
        asleep.look(&stripe, &object).await;
    }
    assert_eq!(asleep.sums(), noted.sums(), "the last invoices are found without any event");
    stripe.cancel(&pledge, "cancel:1").await.unwrap();
    stripe.cancel(&pledge, "cancel:1").await.unwrap();
    noted.sweep(&stripe).await;
    assert_eq!(noted.pledges[&token].state, PledgeState::Cancelled);
    fake.move_to(clock.now().plus_millis(90 * DAY));
    noted.sweep(&stripe).await;
    assert_eq!(noted.payments.len(), 3);
    noted.agree(&fake.standing());
}

#[tokio::test]
async fn a_pledge_on_hold_takes_nothing_and_another_interval_nothing_at_once() {
    let (fake, stripe, clock) = open().await;
    let mut noted = Noted::default();
    let started = stripe.start(&ask(Frequency::Monthly)).await.unwrap();
    fake.pay(&started.session);
    noted.sweep(&stripe).await;
    let token = noted.pledges.keys().next().unwrap().clone();
    let pledge = Pledge { contribution: contribution(), token: token.clone() };
    stripe.pause(&pledge, "pause:1").await.unwrap();
    fake.move_to(clock.now().plus_millis(40 * DAY));
    noted.sweep(&stripe).await;
    assert_eq!((noted.pledges[&token].state, noted.sums().0), (PledgeState::Paused, 200));
    stripe.resume(&pledge, "resume:1").await.unwrap();
    noted.sweep(&stripe).await;
    assert_eq!(noted.pledges[&token].state, PledgeState::Active);
    stripe.change(&pledge, usd(5_000), Frequency::Annual, "change:1").await.unwrap();
    noted.sweep(&stripe).await;
    assert_eq!((noted.pledges[&token].frequency, noted.sums().0), (Frequency::Annual, 200), "nothing at once");
    fake.move_to(clock.now().plus_millis(32 * DAY));
    noted.sweep(&stripe).await;
    assert_eq!((noted.pledges[&token].state, noted.sums().0), (PledgeState::Active, 5_200));
    noted.agree(&fake.standing());
}

#[tokio::test]
async fn promised_money_is_pending_until_it_comes_or_does_not() {
    for (good, end) in [(true, PaymentState::Paid), (false, PaymentState::Failed)] {
        let (fake, stripe, _) = open().await;
        let mut noted = Noted::default();
        let started = stripe.start(&ask(Frequency::Once)).await.unwrap();
        fake.pay_later(&started.session);
        noted.sweep(&stripe).await;
        assert_eq!(noted.payments.values().next().unwrap().state, PaymentState::Pending);
        fake.settle(&started.session, good);
        noted.sweep(&stripe).await;
        assert_eq!((noted.payments.len(), noted.payments.values().next().unwrap().state), (1, end));
        noted.agree(&fake.standing());
    }
}

#[tokio::test]
async fn payments_of_another_program_are_nobodys_here() {
    let (fake, stripe, _) = open().await;
    fake.foreign_payment(900, "usd");
    let mut noted = Noted::default();
    noted.sweep(&stripe).await;
    assert!(noted.payments.is_empty() && noted.pledges.is_empty());
}

#[tokio::test]
async fn its_webhooks_are_believed_and_lead_to_the_objects() {
    let (fake, stripe, clock) = open().await;
    let started = stripe.start(&ask(Frequency::Monthly)).await.unwrap();
    fake.pay(&started.session);
    let mut seen = Vec::new();
    for event in fake.objects("event") {
        let body = event.to_string();
        let signature = testkit::processors::stripe::signature(&fake.secret, clock.now().as_millis() / 1_000, &body);
        let mut headers = HeaderMap::new();
        let name = HeaderName::from_static("stripe-signature");
        headers.insert(name, HeaderValue::from_str(&signature).unwrap());
        seen.extend(stripe.verify(clock.now(), &headers, body.as_bytes()).await.unwrap());
    }
    for kind in ["checkout.session", "subscription", "invoice"] {
        assert!(seen.iter().any(|event| event.object.kind == kind), "{kind}: {seen:?}");
    }
    let recorded = stripe.since(None).await.unwrap().events;
    assert_eq!(seen, recorded, "the record tells what the webhooks told");
}

#[tokio::test]
async fn work_that_was_done_without_an_answer_is_not_done_twice() {
    let (fake, stripe, _) = open().await;
    fake.server.weather(Weather::Lost, Some(1));
    let started = stripe.start(&ask(Frequency::Once)).await.unwrap();
    assert_eq!(fake.objects("checkout.session").len(), 1, "asked again with the same key");
    fake.pay(&started.session);
    let mut noted = Noted::default();
    noted.sweep(&stripe).await;
    let payment = noted.payments.keys().next().unwrap().clone();
    fake.server.weather(Weather::BrokenAfter, Some(1));
    let error = stripe.refund(&payment, usd(200), "refund:1").await.unwrap_err();
    assert!(matches!(error, GatewayError::Away { .. }), "{error}");
    noted.sweep(&stripe).await;
    assert_eq!(noted.payments[&payment].refunded, Some(200), "what was done is seen by looking");
    let again = stripe.refund(&payment, usd(200), "refund:1").await.unwrap_err();
    assert!(matches!(again, GatewayError::Spent { .. }) && again.may_pass(), "{again}");
    assert!(matches!(stripe.refund(&payment, usd(200), "refund:2").await, Err(GatewayError::Refused { .. })));
    fake.server.weather(Weather::Slow(Duration::from_millis(10)), Some(1));
    stripe.fetch(&Object::new("checkout.session", started.session)).await.unwrap();
}

#[tokio::test]
async fn a_key_with_the_rights_of_our_page_lacks_nothing() {
    let (fake, stripe, _) = open().await;
    assert_eq!(stripe.lacking().await.unwrap(), Vec::<String>::new());
    let options = StripeOptions {
        key: Secret::new(&fake.restricted_key(&["checkout_session_write", "event_read"])),
        address: Some(url::Url::parse(&fake.address).unwrap()),
        ..StripeOptions::default()
    };
    let lacking = Stripe::new(options).unwrap().lacking().await.unwrap();
    assert!(lacking.iter().any(|right| right == "Subscriptions: Write"), "{lacking:?}");
    assert!(!lacking.iter().any(|right| right.starts_with("Checkout")), "{lacking:?}");
    assert!(lacking.iter().any(|right| right.starts_with("Balance")), "{lacking:?}");
}
