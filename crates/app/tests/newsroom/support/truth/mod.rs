//! Whatever happens in whatever order, and whatever goes wrong on the way: in the end the newsroom believes of each gift, each
//! pledge and each payment what its processor holds to be true, and the sums are the same.
//!
//! proptest makes up courses of events: gifts and pledges, renewals, failures, refunds, disputes, givers who change their minds,
//! webhooks that are lost, doubled, late, out of order, forged or sent again, an API that breaks, workers that are stopped in the
//! middle and two that work at once. The processor is a fake of Stripe with a memory; the adapter is the real one. A few courses,
//! always the same, are run each time; `MASTHEAD_COURSES=500` runs as many, other ones each time.

mod compare;
mod course;
mod hands;
mod house;

use std::cell::{Cell, RefCell};

use proptest::test_runner::{Config, TestCaseError, TestError, TestRng, TestRunner};
use testkit::{Backend, TestNewsroom};

pub(super) use self::hands::stopped;
use self::{course::Course, house::House};

/// So many courses when nothing else is said.
const COURSES: u32 = 6;

/// Runs so many courses, or as many as are asked for.
pub(super) fn runner(courses: u32) -> TestRunner {
    let asked = std::env::var("MASTHEAD_COURSES").ok().and_then(|count| count.parse().ok());
    let config = Config {
        cases: asked.unwrap_or(courses),
        max_shrink_iters: if asked.is_some() { 200 } else { 20 },
        failure_persistence: None,
        ..Config::default()
    };
    match asked {
        Some(_) => TestRunner::new(config),
        None => {
            TestRunner::new_with_rng(config, TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha))
        }
    }
}

/// What happened in the end, so that courses in which nothing did prove nothing.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    pledges: usize,
    payments: usize,
    refunds: usize,
    disputes: usize,
}

/// Runs a course from an empty newsroom; what is not as the processor says in the end. Nothing where there is no database.
async fn run(backend: Backend, course: &Course) -> Result<Option<Tally>, String> {
    let test = match backend {
        Backend::Sqlite => Some(TestNewsroom::new(backend).await.unwrap()),
        Backend::Postgres => TestNewsroom::on_postgres().await.unwrap(),
    };
    let Some((test, _)) = test else { return Ok(None) };
    let house = House::of(test).await;
    for deed in &course.deeds {
        house.act(deed).await;
    }
    house.settle(course.sweep).await;
    compare::agrees(&house).await?;
    let gifts = house.stripe.standing().gifts;
    let paid = || gifts.values().flat_map(|gift| &gift.payments);
    Ok(Some(Tally {
        pledges: gifts.values().filter(|gift| gift.pledge.is_some()).count(),
        payments: paid().count(),
        refunds: paid().filter(|one| one.refunded > 0).count(),
        disputes: paid().filter(|one| one.disputed.is_some()).count(),
    }))
}

fn agree(backend: Backend) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let sum = RefCell::new(Tally::default());
    let ran = Cell::new(false);
    let outcome = runner(COURSES).run(&course::some(), |course| {
        let tally = runtime.block_on(run(backend, &course)).map_err(TestCaseError::fail)?;
        if let Some(tally) = tally {
            let mut sum = sum.borrow_mut();
            sum.pledges += tally.pledges;
            sum.payments += tally.payments;
            sum.refunds += tally.refunds;
            sum.disputes += tally.disputes;
            ran.set(true);
        }
        Ok(())
    });
    let sum = sum.into_inner();
    match outcome {
        Ok(()) => eprintln!("{sum:?}"),
        Err(TestError::Fail(why, course)) => panic!("{why}\nafter {course:#?}"),
        Err(other) => panic!("{other}"),
    }
    let much = sum.pledges > 0 && sum.payments > 10 && sum.refunds > 0 && sum.disputes > 0;
    assert!(much || !ran.get(), "too little happened: {sum:?}");
}

#[test]
fn what_is_believed_is_what_the_processor_holds_on_sqlite() {
    agree(Backend::Sqlite);
}

#[test]
fn what_is_believed_is_what_the_processor_holds_on_postgres() {
    agree(Backend::Postgres);
}
