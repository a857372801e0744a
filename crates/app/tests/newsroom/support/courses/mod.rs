//! The same as [`super::truth`] with PayPal and with a BTCPay Server: whatever happens in whatever order, in the end the newsroom
//! believes what its processor holds to be true. A few courses, always the same, are run each time; `MASTHEAD_COURSES=100` runs as
//! many, other ones each time.

mod deeds;
mod house;

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use model::{ContributionState as State, GatewayName, Month, PaymentState};
use proptest::test_runner::{TestCaseError, TestError};
use testkit::{
    Backend, TestNewsroom,
    processors::{Gift, Pledge},
};

use self::{
    deeds::Deed,
    house::{House, Processor},
};
use super::{books, truth};

/// So many courses when nothing else is said.
const COURSES: u32 = 3;

/// Runs a course from an empty newsroom; how many payments there were. Nothing where there is no database.
async fn run(backend: Backend, gateway: GatewayName, course: &[Deed]) -> Result<Option<usize>, String> {
    let test = match backend {
        Backend::Sqlite => Some(TestNewsroom::new(backend).await.unwrap()),
        Backend::Postgres => TestNewsroom::on_postgres().await.unwrap(),
    };
    let Some((test, _)) = test else { return Ok(None) };
    let house = House::of(test, gateway).await;
    for deed in course {
        house.act(deed).await;
    }
    house.settle().await;
    agrees(&house).await.map(Some)
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, ours: &T, theirs: &T) -> Result<(), String> {
    if ours == theirs {
        Ok(())
    } else {
        Err(format!("{what}: believed {ours:#?}, and the processor holds {theirs:#?}"))
    }
}

/// How many payments there are, or what does not agree.
async fn agrees(house: &House) -> Result<usize, String> {
    let standing = house.standing();
    let mut tx = house.node.store().read().await.unwrap();
    let given = store::contribution_in_states(&mut tx, house.name(), State::ALL, None, 1_000).await.unwrap();
    let payments = store::payment_in(&mut tx, (Month(0), Month(99_999)), None, 10_000).await.unwrap();
    drop(tx);
    for of in &given {
        let id = of.id.to_string();
        stands(house, &id, of.state, standing.gifts.get(&id))?;
    }
    // A payment in what can be compared: its name, its currency, how much, and how much stays.
    let mut theirs: BTreeMap<String, BTreeSet<(String, String, i64, i64)>> = BTreeMap::new();
    for (id, gift) in &standing.gifts {
        for one in &gift.payments {
            let line = (one.id.clone(), one.currency.clone(), one.amount, one.left());
            theirs.entry(id.clone()).or_default().insert(line);
        }
    }
    let mut ours: BTreeMap<String, BTreeSet<(String, String, i64, i64)>> = BTreeMap::new();
    for one in payments.iter().filter(|one| one.state == PaymentState::Paid) {
        let line = (one.token.clone(), one.amount.currency.code().to_owned(), one.amount.minor, one.kept());
        ours.entry(one.contribution.unwrap().to_string()).or_default().insert(line);
    }
    same("payments", &ours, &theirs)?;
    let (said, held) = (books::exported(&house.node, house.name()).await, books::some(standing.balance));
    same("the file for the accounts", &said, &held)?;
    Ok(theirs.values().map(BTreeSet::len).sum())
}

/// Where a gift or pledge stands.
fn stands(house: &House, id: &str, state: State, gift: Option<&Gift>) -> Result<(), String> {
    if let Some(pledge) = gift.and_then(|gift| gift.pledge.as_ref()) {
        return same(id, &state, &pledge_state(house, pledge));
    }
    let may_be: &[State] = match gift {
        Some(gift) if !gift.payments.is_empty() => &[State::Paid],
        _ => &[State::Started, State::Pending, State::Failed],
    };
    if may_be.contains(&state) { Ok(()) } else { Err(format!("{id} is {state:?}, and may be {may_be:?}: {gift:?}")) }
}

fn pledge_state(house: &House, pledge: &Pledge) -> State {
    let Processor::Paypal(fake) = &*house.processor else { return State::Failed };
    let failing = fake.resource(&pledge.id)["billing_info"]["failed_payments_count"].as_i64().unwrap_or_default() > 0;
    match pledge.state.as_str() {
        "ACTIVE" if failing => State::PastDue,
        "ACTIVE" => State::Active,
        "SUSPENDED" => State::Paused,
        "APPROVED" => State::Pending,
        _ => State::Cancelled,
    }
}

fn agree(backend: Backend, gateway: GatewayName) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (payments, ran) = (Cell::new(0), Cell::new(false));
    let outcome = truth::runner(COURSES).run(&deeds::some(), |course| {
        if let Some(count) = runtime.block_on(run(backend, gateway, &course)).map_err(TestCaseError::fail)? {
            payments.set(payments.get() + count);
            ran.set(true);
        }
        Ok(())
    });
    match outcome {
        Ok(()) => eprintln!("{} payments", payments.get()),
        Err(TestError::Fail(why, course)) => panic!("{why}\nafter {course:#?}"),
        Err(other) => panic!("{other}"),
    }
    assert!(payments.get() > 2 || !ran.get(), "too little happened");
}

#[test]
fn what_is_believed_is_what_paypal_holds_on_sqlite() {
    agree(Backend::Sqlite, GatewayName::Paypal);
}

#[test]
fn what_is_believed_is_what_paypal_holds_on_postgres() {
    agree(Backend::Postgres, GatewayName::Paypal);
}

#[test]
fn what_is_believed_is_what_btcpay_holds_on_sqlite() {
    agree(Backend::Sqlite, GatewayName::Btcpay);
}

#[test]
fn what_is_believed_is_what_btcpay_holds_on_postgres() {
    agree(Backend::Postgres, GatewayName::Btcpay);
}
