//! What courses of events share: how webhooks and requests go wrong, and waiting until nothing waits any more.

use std::time::Duration;

use app::{Newsroom, support::contributions};
use model::{Clock, FixedClock};
use proptest::prelude::*;
use testkit::processors::{Mode, Weather};

/// Longer than a worker's lease.
const LEASE_MS: i64 = 200_000;

/// A seed, and how often of a hundred times webhooks go wrong in which way.
pub(super) fn webhooks() -> impl Strategy<Value = (u64, Vec<(Mode, u8)>)> {
    let mode = prop_oneof![
        Just(Mode::Duplicate),
        Just(Mode::Reorder),
        (1..400_u64).prop_map(|minutes| Mode::Delay(Duration::from_secs(minutes * 60))),
        Just(Mode::Drop),
        Just(Mode::Replay),
        Just(Mode::BadSignature),
    ];
    (any::<u64>(), prop::collection::vec((mode, 20..=100_u8), 0..3))
}

/// How so many requests to the processor go wrong.
pub(super) fn weather() -> impl Strategy<Value = (Weather, u32)> {
    let weather = prop_oneof![
        Just(Weather::Html),
        Just(Weather::Busy),
        Just(Weather::Broken),
        Just(Weather::BrokenAfter),
        Just(Weather::Lost),
    ];
    (weather, 1..4_u32)
}

/// Leases end, and the worker works until nothing waits any more.
pub(super) async fn calm(node: &Newsroom, clock: &FixedClock) {
    clock.advance_millis(LEASE_MS);
    for _ in 0..100 {
        contributions::run_due(node).await.unwrap();
        let mut tx = node.store().read().await.unwrap();
        let (count, due) = store::gateway_object_waiting(&mut tx).await.unwrap();
        drop(tx);
        match due {
            Some(due) if count > 0 => clock.set(due.max(clock.now())),
            _ => return,
        }
    }
    panic!("something waits for ever");
}
