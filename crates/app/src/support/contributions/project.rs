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
        if !contribution.erased {
            contribution.token = Some(pledge.token.clone());
        }
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
    payment.state = said.state;
    payment.refunded = refunded(payment, said).clamp(0, said.money.minor);
    payment.came = said.came;
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
        (before, State::PastDue) if before != State::PastDue => Some(News::Failed),
        (State::Active | State::PastDue | State::Paused, State::Cancelled) => Some(News::Ended),
        _ => None,
    }
}

/// Whether a payment is one that a receipt is written for now.
pub(super) fn is_new_money(before: Option<PaymentState>, after: PaymentState) -> bool {
    after == PaymentState::Paid && before != Some(PaymentState::Paid)
}

#[cfg(test)]
mod tests {
    use model::{ContributionId, Currency, Frequency, Language, Money, PaymentId, SeededChance, Timestamp};
    use outside::payments::PledgeStanding;
    use store::{contribution_new, payment_new};

    use super::*;

    fn contribution(frequency: Frequency, state: ContributionState) -> Contribution {
        let (id, gift) = (ContributionId::new(&SeededChance::new(1)), (frequency, Money::new(500, Currency::USD)));
        let new = contribution_new(id, GatewayName::Sandbox, gift, Month(1), &Language::english());
        Contribution { state, ..new }
    }

    fn gift(now: ContributionState, session: Option<SessionStanding>, payments: &[PaymentState]) -> ContributionState {
        let mut of = contribution(Frequency::Once, now);
        let payments: Vec<Payment> = payments
            .iter()
            .map(|state| {
                let new = payment_new(PaymentId::new(&SeededChance::new(2)), &of, "ch", of.amount, Month(1));
                Payment { state: *state, ..new }
            })
            .collect();
        project(&mut of, &Standing { session, ..Standing::default() }, &payments);
        of.state
    }

    fn pledge(now: ContributionState, token: bool, standing: Standing) -> Contribution {
        let mut of = contribution(Frequency::Monthly, now);
        of.token = token.then(|| "sub".to_owned());
        project(&mut of, &standing, &[]);
        of
    }

    #[test]
    fn one_gift_is_what_became_of_its_payments() {
        use ContributionState as State;
        use PaymentState as Money;
        use SessionStanding as Session;
        for (now, session, payments, wanted) in [
            (State::Started, Some(Session::Open), &[][..], State::Started),
            (State::Started, Some(Session::Open), &[Money::Failed], State::Started),
            (State::Started, Some(Session::Complete), &[], State::Pending),
            (State::Started, Some(Session::Complete), &[Money::Failed, Money::Paid], State::Paid),
            (State::Started, None, &[Money::Paid], State::Paid),
            (State::Pending, None, &[Money::Failed], State::Failed),
            (State::Started, None, &[Money::Failed], State::Started),
            (State::Started, Some(Session::Over), &[], State::Failed),
            // It was given up, and its page is open still.
            (State::Failed, Some(Session::Open), &[], State::Failed),
            (State::Failed, Some(Session::Open), &[Money::Paid], State::Paid),
            // BTCPay: a block that came after the invoice was over.
            (State::Failed, Some(Session::Over), &[Money::Paid], State::Paid),
            (State::Failed, Some(Session::Over), &[Money::Pending], State::Pending),
            // A debit that bounced days later.
            (State::Paid, Some(Session::Complete), &[Money::Failed], State::Failed),
        ] {
            assert_eq!(gift(now, session, payments), wanted, "{now:?} {session:?} {payments:?}");
        }
    }

    #[test]
    fn a_pledge_stands_as_its_own_object_says() {
        let session = |session| Standing { session: Some(session), ..Standing::default() };
        let after = |now, token, standing| pledge(now, token, standing).state;
        use ContributionState as State;
        assert_eq!(after(State::Started, false, session(SessionStanding::Complete)), State::Pending);
        assert_eq!(after(State::Started, false, session(SessionStanding::Over)), State::Failed);
        assert_eq!(after(State::Active, true, session(SessionStanding::Complete)), State::Active);
        assert_eq!(after(State::Pending, true, session(SessionStanding::Over)), State::Pending);
        assert_eq!(after(State::Active, true, Standing::default()), State::Active, "an invoice says nothing of it");
    }

    #[test]
    fn a_pledge_takes_its_amount_and_its_end_from_its_gateway() {
        let said = PledgeStanding {
            token: "sub_9".to_owned(),
            state: PledgeState::PastDue,
            money: Money::new(700, Currency::EUR),
            frequency: Frequency::Annual,
            ending: true,
            paid_until: Timestamp::parse("2026-12-31T00:00:00Z"),
        };
        let of =
            pledge(ContributionState::Active, false, Standing { pledge: Some(said.clone()), ..Standing::default() });
        assert_eq!((of.state, of.amount, of.frequency), (ContributionState::PastDue, said.money, said.frequency));
        assert_eq!((of.token.as_deref(), of.ending, of.paid_until), (Some("sub_9"), true, Month::parse("2026-12")));
        let mut erased =
            Contribution { erased: true, ..contribution(Frequency::Monthly, ContributionState::Cancelled) };
        project(&mut erased, &Standing { pledge: Some(said), ..Standing::default() }, &[]);
        assert_eq!(erased.token, None, "who was erased is not found by the gateway's name again");
    }

    #[test]
    fn a_decided_dispute_is_not_open_again() {
        let of = contribution(Frequency::Once, ContributionState::Paid);
        let mut payment = payment_new(PaymentId::new(&SeededChance::new(3)), &of, "ch", of.amount, Month(1));
        let said = |dispute, refunded| PaymentStanding {
            token: "ch".to_owned(),
            money: of.amount,
            fee: None,
            state: PaymentState::Paid,
            refunded: Some(refunded),
            dispute,
            disputed: None,
            came: None,
            at: Timestamp::from_millis(0),
        };
        for (told, wanted) in [
            (None, None),
            (Some(Dispute::Open), Some(Dispute::Open)),
            (None, Some(Dispute::Open)),
            (Some(Dispute::Lost), Some(Dispute::Lost)),
            (Some(Dispute::Open), Some(Dispute::Lost)),
            (Some(Dispute::Won), Some(Dispute::Won)),
        ] {
            settle(&mut payment, &said(told, 0));
            assert_eq!(payment.dispute, wanted, "{told:?}");
        }
        let part = PaymentStanding { disputed: Some(150), ..said(Some(Dispute::Lost), 100) };
        settle(&mut payment, &part);
        settle(&mut payment, &said(None, 100));
        assert_eq!((payment.disputed, payment.kept()), (150, of.amount.minor - 250), "what was not asked back stays");
        settle(&mut payment, &said(Some(Dispute::Lost), 0));
        assert_eq!(payment.kept(), 0, "where nobody says how much, it is all of it");
        settle(&mut payment, &said(None, 9_999));
        assert_eq!(payment.refunded, of.amount.minor, "no more goes back than came");
    }

    #[test]
    fn an_earlier_refund_of_a_pledge_at_paypal_takes_nothing_of_a_later_one_back() {
        let of = Contribution {
            gateway: GatewayName::Paypal,
            ..contribution(Frequency::Monthly, ContributionState::Active)
        };
        let mut payment = payment_new(PaymentId::new(&SeededChance::new(4)), &of, "sale", of.amount, Month(1));
        let said = |refunded| PaymentStanding {
            token: "sale".to_owned(),
            money: of.amount,
            fee: None,
            state: PaymentState::Paid,
            refunded,
            dispute: None,
            disputed: None,
            came: None,
            at: Timestamp::from_millis(0),
        };
        for (told, wanted) in [(Some(100), 100), (Some(130), 130), (Some(100), 130), (None, 130), (Some(0), 0)] {
            settle(&mut payment, &said(told));
            assert_eq!(payment.refunded, wanted, "{told:?}");
        }
    }

    #[test]
    fn givers_are_told_of_a_failure_once_and_of_the_end_once() {
        use ContributionState as State;
        for before in State::ALL {
            for after in State::ALL {
                let wanted = match (before, after) {
                    (State::PastDue, State::PastDue) => None,
                    (_, State::PastDue) => Some(News::Failed),
                    (before, State::Cancelled) if before.runs() => Some(News::Ended),
                    _ => None,
                };
                assert_eq!(news(*before, *after), wanted, "{before:?} {after:?}");
            }
        }
        assert!(
            is_new_money(None, PaymentState::Paid) && is_new_money(Some(PaymentState::Pending), PaymentState::Paid)
        );
        assert!(
            !is_new_money(Some(PaymentState::Paid), PaymentState::Paid) && !is_new_money(None, PaymentState::Pending)
        );
    }
}
