//! Courses of events with PayPal and with a BTCPay Server.

use model::Frequency;
use proptest::prelude::*;
use testkit::processors::{Mode, Weather};

use super::super::going_wrong::{weather, webhooks};

/// Something that happens. Numbers choose among what there is at that moment.
#[derive(Debug, Clone)]
pub(super) enum Deed {
    /// Somebody sends the form: how often, how much.
    Begin(Frequency, i64),
    /// Somebody agrees to pay or pays: at once, or with something that takes long, or with something that is declined.
    Pay(usize, How),
    /// What takes long comes, or does not.
    Settle(usize, bool),
    /// The next payments of a pledge fail.
    Fail(usize, usize),
    /// Something becomes of a pledge, by whomever.
    Pledge(usize, Becomes),
    /// The newsroom gives so many hundredths of a payment back, or marks an invoice as paid or not.
    Hand(usize, i64),
    /// A payment is asked back, so many hundredths of it.
    Dispute(usize, i64),
    /// It is decided.
    Decide(usize, bool),
    /// A bank takes a payment back.
    Reverse(usize),
    /// Hours pass.
    Hours(i64),
    /// Webhooks go wrong like this from now on.
    Webhooks(u64, Vec<(Mode, u8)>),
    /// So many requests to the processor go wrong like this.
    Weather(Weather, u32),
    /// What waits is delivered.
    Deliver,
    /// The worker works.
    Work,
    /// It is stopped after so many steps.
    Stopped(usize),
    /// Two work at once, while webhooks come.
    Together,
    /// The processor's record is read.
    Sweep,
}

/// How somebody pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    Whole,
    Later,
    Declined,
    Part,
}

/// What becomes of a pledge.
#[derive(Debug, Clone, Copy)]
pub(super) enum Becomes {
    Paused,
    Resumed,
    Cancelled,
}

fn deed() -> impl Strategy<Value = Deed> {
    let which = 0..8_usize;
    let frequency = prop_oneof![Just(Frequency::Once), Just(Frequency::Monthly), Just(Frequency::Annual)];
    let how = prop_oneof![4 => Just(How::Whole), 2 => Just(How::Later), 1 => Just(How::Declined), 1 => Just(How::Part)];
    let becomes = prop_oneof![Just(Becomes::Paused), Just(Becomes::Resumed), Just(Becomes::Cancelled)];
    prop_oneof![
        4 => (frequency, 2..60_i64).prop_map(|(frequency, much)| Deed::Begin(frequency, much)),
        6 => (which.clone(), how).prop_map(|(which, how)| Deed::Pay(which, how)),
        3 => (which.clone(), any::<bool>()).prop_map(|(which, good)| Deed::Settle(which, good)),
        1 => (which.clone(), 1..4_usize).prop_map(|(which, times)| Deed::Fail(which, times)),
        2 => (which.clone(), becomes).prop_map(|(which, becomes)| Deed::Pledge(which, becomes)),
        2 => (which.clone(), 1..=100_i64).prop_map(|(which, part)| Deed::Hand(which, part)),
        2 => (which.clone(), 1..=100_i64).prop_map(|(which, part)| Deed::Dispute(which, part)),
        2 => (which.clone(), any::<bool>()).prop_map(|(which, won)| Deed::Decide(which, won)),
        1 => which.prop_map(Deed::Reverse),
        4 => prop_oneof![1..5_i64, 20..100_i64, 600..800_i64].prop_map(Deed::Hours),
        2 => webhooks().prop_map(|(seed, modes)| Deed::Webhooks(seed, modes)),
        2 => weather().prop_map(|(weather, times)| Deed::Weather(weather, times)),
        4 => Just(Deed::Deliver),
        4 => Just(Deed::Work),
        2 => (1..60_usize).prop_map(Deed::Stopped),
        1 => Just(Deed::Together),
        1 => Just(Deed::Sweep),
    ]
}

/// Any course: it begins with some who give, so that there is something to go wrong.
pub(super) fn some() -> impl Strategy<Value = Vec<Deed>> {
    let begun = prop::collection::vec((any::<bool>(), 2..60_i64), 1..4);
    (begun, prop::collection::vec(deed(), 10..40)).prop_map(|(begun, more)| {
        let begin = |(once, much)| {
            let frequency = if once { Frequency::Once } else { Frequency::Monthly };
            [Deed::Begin(frequency, much), Deed::Pay(0, How::Whole), Deed::Work]
        };
        let mut deeds: Vec<Deed> = begun.into_iter().flat_map(begin).collect();
        deeds.extend(more);
        deeds
    })
}
