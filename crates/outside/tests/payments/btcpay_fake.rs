//! BTCPay Server's adapter against a BTCPay Server with a memory.

use std::sync::Arc;

use model::{Clock, FixedClock, PaymentState};
use outside::payments::{
    Gateway, Object, SessionStanding, Started,
    btcpay::{Btcpay, BtcpayOptions},
};
use testkit::processors::{Document, FakeBtcpay, Weather};

use super::{noted::Noted, *};

const HOUR: i64 = 3_600_000;

async fn open() -> (FakeBtcpay, Btcpay, Arc<FixedClock>) {
    let clock = Arc::new(FixedClock::at(NOW));
    let fake = FakeBtcpay::start(Arc::clone(&clock)).await.unwrap();
    if let Some(document) = Document::btcpay() {
        fake.judged_by(document);
    }
    let options = BtcpayOptions {
        address: url::Url::parse(&fake.address).unwrap(),
        store: fake.store.clone(),
        key: Secret::new(&fake.token),
        secret: Secret::new(&fake.secret),
    };
    (fake, Btcpay::new(options), clock)
}

async fn begin(btcpay: &Btcpay) -> (Started, Object) {
    let started = btcpay.start(&ask(Frequency::Once)).await.unwrap();
    let object = btcpay.objects(Some(&started.session), None).remove(0);
    (started, object)
}

#[tokio::test]
async fn a_gift_waits_for_its_block_and_is_paid() {
    let (fake, btcpay, _) = open().await;
    let (started, _) = begin(&btcpay).await;
    assert_eq!(btcpay.start(&ask(Frequency::Once)).await.unwrap(), started, "the same key makes no second page");
    let mut noted = Noted::default();
    fake.pay(&started.session, "2.00");
    noted.sweep(&btcpay).await;
    assert_eq!(noted.payments[&started.session].state, PaymentState::Pending);
    fake.confirm(&started.session);
    noted.sweep(&btcpay).await;
    assert_eq!((noted.payments.len(), noted.payments[&started.session].state), (1, PaymentState::Paid));
    noted.agree(&fake.standing());
    assert_eq!(fake.wrong(), Vec::<String>::new());
}

#[tokio::test]
async fn what_comes_late_counts_when_it_is_confirmed_and_a_part_does_not() {
    let (fake, btcpay, clock) = open().await;
    let (started, object) = begin(&btcpay).await;
    let mut noted = Noted::default();
    fake.pay(&started.session, "1.50");
    fake.move_to(clock.now().plus_millis(2 * HOUR));
    noted.look(&btcpay, &object).await;
    assert_eq!(noted.pages[&started.session], SessionStanding::Over);
    assert_eq!(noted.payments[&started.session].state, PaymentState::Failed);
    assert_eq!(noted.payments[&started.session].came, Some(150));
    noted.agree(&fake.standing());
    fake.pay(&started.session, "0.50");
    noted.look(&btcpay, &object).await;
    assert_eq!(noted.payments[&started.session].state, PaymentState::Pending);
    fake.confirm(&started.session);
    noted.sweep(&btcpay).await;
    assert_eq!(noted.payments[&started.session].state, PaymentState::Paid, "Expired becomes Settled");
    noted.agree(&fake.standing());
}

#[tokio::test]
async fn more_than_was_asked_counts_whole_and_what_a_fork_takes_back_does_not() {
    let (fake, btcpay, _) = open().await;
    let (started, object) = begin(&btcpay).await;
    let mut noted = Noted::default();
    fake.pay(&started.session, "3.00");
    fake.confirm(&started.session);
    noted.look(&btcpay, &object).await;
    assert_eq!(noted.payments[&started.session].money, usd(300));
    noted.agree(&fake.standing());
    let (fake, btcpay, _) = open().await;
    let (started, object) = begin(&btcpay).await;
    fake.pay(&started.session, "2.00");
    fake.fails_late(&started.session);
    let mut noted = Noted::default();
    noted.look(&btcpay, &object).await;
    assert_eq!(noted.payments[&started.session].state, PaymentState::Failed);
    noted.agree(&fake.standing());
}

#[tokio::test]
async fn an_answer_that_was_lost_makes_no_second_invoice() {
    let (fake, btcpay, _) = open().await;
    assert_eq!(btcpay.start(&ask(Frequency::Once)).await.unwrap().session, fake.invoices()[0]["id"]);
    let other = Start { key: "start:2".to_owned(), ..ask(Frequency::Once) };
    fake.server.weather(Weather::BrokenAfter, Some(2));
    btcpay.start(&other).await.unwrap_err();
    fake.server.weather(Weather::Fair, None);
    btcpay.start(&other).await.unwrap();
    btcpay.start(&other).await.unwrap();
    assert_eq!(fake.invoices().len(), 2);
}
