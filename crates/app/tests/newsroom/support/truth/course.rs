//! Courses of events.

use model::Frequency;
use proptest::prelude::*;
use testkit::processors::{Mode, Weather};

use super::super::going_wrong::{weather, webhooks};

/// What happens, and whether webhooks find everything in the end or a sweep has to.
#[derive(Debug, Clone)]
pub(super) struct Course {
    pub(super) deeds: Vec<Deed>,
    pub(super) sweep: bool,
}

/// Something that happens. Numbers choose among what there is at that moment.
#[derive(Debug, Clone)]
pub(super) enum Deed {
    /// Somebody sends the form: how often, in which currency, how much.
    Begin(Frequency, usize, i64),
    /// Somebody pays a page.
    Pay(usize),
    /// Somebody pays with something that takes days.
    PayLater(usize),
    /// What takes days comes, or does not.
    Settle(usize, bool),
    /// A card is declined on a page.
    Decline(usize),
    /// The next payments of a pledge fail.
    Fail(usize, usize),
    /// A giver types another card in.
    Card(usize),
    /// A giver pays an invoice that is open.
    PayInvoice(usize),
    /// Hours pass.
    Hours(i64),
    /// The newsroom gives so many hundredths of a payment back.
    Refund(usize, i64),
    /// A bank sends it back again.
    RefundFails(usize),
    /// A bank asks a payment back.
    Dispute(usize),
    /// It is decided.
    Decide(usize, bool),
    /// A giver changes a pledge.
    Change(usize, i64, Frequency),
    /// A giver pauses one.
    Pause(usize),
    /// A giver goes on with one.
    Resume(usize),
    /// A giver ends one.
    Cancel(usize),
    /// A giver has everything about them erased.
    Erase(usize),
    /// Another program takes money by the same account.
    Foreign,
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
    /// Its reading is stopped after so many steps.
    SweepStopped(usize),
    /// The keys go away, or come back.
    Keys(bool),
}

fn pledge() -> impl Strategy<Value = Frequency> {
    prop_oneof![3 => Just(Frequency::Monthly), 1 => Just(Frequency::Annual)]
}

fn givers() -> impl Strategy<Value = Deed> {
    let which = 0..8_usize;
    let frequency = prop_oneof![2 => Just(Frequency::Once), 3 => pledge()];
    prop_oneof![
        6 => (frequency, 0..3_usize, 2..60_i64).prop_map(|(frequency, currency, much)| Deed::Begin(frequency, currency, much)),
        8 => which.clone().prop_map(Deed::Pay),
        2 => which.clone().prop_map(Deed::PayLater),
        2 => (which.clone(), any::<bool>()).prop_map(|(which, good)| Deed::Settle(which, good)),
        1 => which.clone().prop_map(Deed::Decline),
        3 => (which.clone(), 1..5_usize).prop_map(|(which, times)| Deed::Fail(which, times)),
        1 => which.clone().prop_map(Deed::Card),
        2 => which.clone().prop_map(Deed::PayInvoice),
        2 => (which.clone(), 2..60_i64, pledge()).prop_map(|(which, much, often)| Deed::Change(which, much, often)),
        1 => which.clone().prop_map(Deed::Pause),
        1 => which.clone().prop_map(Deed::Resume),
        1 => which.clone().prop_map(Deed::Cancel),
        1 => which.prop_map(Deed::Erase),
    ]
}

fn banks() -> impl Strategy<Value = Deed> {
    let which = 0..12_usize;
    prop_oneof![
        3 => (which.clone(), 1..=100_i64).prop_map(|(which, part)| Deed::Refund(which, part)),
        1 => which.clone().prop_map(Deed::RefundFails),
        2 => which.clone().prop_map(Deed::Dispute),
        2 => (which, any::<bool>()).prop_map(|(which, won)| Deed::Decide(which, won)),
        1 => Just(Deed::Foreign),
    ]
}

fn troubles() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => webhooks().prop_map(|(seed, modes)| Deed::Webhooks(seed, modes)),
        3 => weather().prop_map(|(weather, times)| Deed::Weather(weather, times)),
        1 => any::<bool>().prop_map(Deed::Keys),
    ]
}

fn work() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => Just(Deed::Deliver),
        4 => Just(Deed::Work),
        3 => (1..60_usize).prop_map(Deed::Stopped),
        2 => Just(Deed::Together),
        1 => Just(Deed::Sweep),
        1 => (1..40_usize).prop_map(Deed::SweepStopped),
        5 => prop_oneof![1..100_i64, 600..800_i64].prop_map(Deed::Hours),
    ]
}

/// Any course: it begins with some who give, so that there is something to go wrong.
pub(super) fn some() -> impl Strategy<Value = Course> {
    let deed = prop_oneof![4 => givers(), 2 => banks(), 2 => troubles(), 5 => work()];
    let begun = prop::collection::vec((pledge(), 0..3_usize, 2..60_i64), 1..4);
    (begun, prop::collection::vec(deed, 10..45), any::<bool>()).prop_map(|(begun, more, sweep)| {
        let begin = |(frequency, currency, much)| [Deed::Begin(frequency, currency, much), Deed::Pay(0)];
        let mut deeds: Vec<Deed> = begun.into_iter().flat_map(begin).collect();
        deeds.extend(more);
        Course { deeds, sweep }
    })
}
