//! From what a gateway's object says to what is kept: pure, so that every order in which things can be told is tried out.
//!
//! Where a pledge stands, its own object alone says; one gift is what became of its payments. What is told twice changes
//! nothing, and what is told late finds a later truth: the object is always asked for as it is now.

use model::{Contribution, ContributionState, Dispute, GatewayName, Month, Payment, PaymentState};
use outside::payments::{PaymentStanding, PledgeState, SessionStanding, Standing};

use super::refund::by_hand;

/// Writes what an object says into its contribution. `payments` are all that are known of it, those of this object among them.
pub(super) fn project(contribution: &mut Contribution, standing: &Standing, payments: &[Payment]) {
    if let Some(pledge) = &standing.pledge {
        contribution.amount = pledge.money;
        contribution.frequency = pledge.frequency;
        contribution.ending = pledge.ending;
        contribution.paid_until = pledge.paid_until.map(Month::of).or(contribution.paid_until);
        // Who was erased is not found by the gateway's name, unless a pledge came to be meanwhile that has to be ended.
        contribution.token = (!contribution.erased || !pledge.state.is_over()).then(|| pledge.token.clone());
    }
    contribution.state = if contribution.frequency.is_pledge() {
        of_pledge(contribution.state, contribution.token.is_some(), standing)
    } else {
        of_gift(contribution.state, standing.session, payments)
    };
}

fn of_pledge(now: ContributionState, known: bool, standing: &Standing) -> ContributionState {
    use ContributionState as State;
    if let Some(pledge) = &standing.pledge {
        return match pledge.state {
            PledgeState::Pending => State::Pending,
            PledgeState::Active => State::Active,
            PledgeState::PastDue => State::PastDue,
            PledgeState::Paused => State::Paused,
            PledgeState::Cancelled => State::Cancelled,
            PledgeState::Failed => State::Failed,
        };
    }
    match (standing.session, now) {
        // Its page is over, and nobody made a pledge of it.
        (Some(SessionStanding::Over), State::Started | State::Pending) if !known => State::Failed,
        (Some(SessionStanding::Complete), State::Started) => State::Pending,
        (_, now) => now,
    }
}

fn of_gift(now: ContributionState, session: Option<SessionStanding>, payments: &[Payment]) -> ContributionState {
    use ContributionState as State;
    let has = |state| payments.iter().any(|payment| payment.state == state);
    if has(PaymentState::Paid) {
        State::Paid
    } else if has(PaymentState::Pending) {
        State::Pending
    } else {
        match session {
            Some(SessionStanding::Over) => State::Failed,
            // What nobody waits for any more stays so until money comes.
            Some(SessionStanding::Open) if now == State::Failed => State::Failed,
            // A card that was refused can be tried again while the page is open.
            Some(SessionStanding::Open) => State::Started,
            Some(SessionStanding::Complete) if has(PaymentState::Failed) => State::Failed,
            Some(SessionStanding::Complete) => State::Pending,
            None if has(PaymentState::Failed) && matches!(now, State::Paid | State::Pending) => State::Failed,
            None => now,
        }
    }
}

/// What is kept of a payment that is known or new, after what its gateway says now.
pub(super) fn settle(payment: &mut Payment, said: &PaymentStanding) {
    payment.amount = said.money;
    payment.fee = said.fee.or(payment.fee);
    payment.refunded = refunded(payment, said).clamp(0, said.money.minor);
    payment.came = match (payment.state, said.state) {
        // It was paid, and did not stay: somebody may have a receipt of it.
        (PaymentState::Paid, PaymentState::Failed) => said.came.or(Some(0)),
        (PaymentState::Failed, PaymentState::Failed) => said.came.or(payment.came),
        _ => said.came,
    };
    payment.state = said.state;
    // A dispute that was decided is not open again, and one that another object told of is not forgotten.
    match (payment.dispute, said.dispute) {
        (_, None) | (Some(Dispute::Won | Dispute::Lost), Some(Dispute::Open)) => {}
        (_, told) => {
            payment.dispute = told;
            payment.disputed = said.disputed.unwrap_or(said.money.minor).clamp(0, said.money.minor);
        }
    }
}

/// How much went back. Of a pledge's payment at PayPal only each refund tells, and an earlier one what it was then: it rises. What
/// was sent back by hand its gateway does not know.
fn refunded(payment: &Payment, said: &PaymentStanding) -> i64 {
    let rises = payment.gateway == GatewayName::Paypal && payment.frequency.is_pledge();
    match said.refunded {
        None => payment.refunded,
        Some(told) if by_hand(payment.gateway) || (rises && told > 0) => told.max(payment.refunded),
        Some(told) => told,
    }
}

/// What somebody is told by mail, where they left an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum News {
    /// A pledge's payment failed.
    Failed,
    /// A pledge ended.
    Ended,
}

/// What a change of state is to whoever gives.
pub(super) fn news(before: ContributionState, after: ContributionState) -> Option<News> {
    use ContributionState as State;
    match (before, after) {
        // What failed before a pause failed no second time by going on.
        (before, State::PastDue) if !matches!(before, State::PastDue | State::Paused) => Some(News::Failed),
        (State::Active | State::PastDue | State::Paused, State::Cancelled) => Some(News::Ended),
        _ => None,
    }
}

/// Whether a payment is one that a receipt is written for now.
pub(super) fn is_new_money(before: Option<PaymentState>, after: PaymentState) -> bool {
    after == PaymentState::Paid && before != Some(PaymentState::Paid)
}

#[cfg(test)]
mod tests;
