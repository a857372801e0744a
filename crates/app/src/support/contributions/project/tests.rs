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

/// A payment of a contribution that is paid, and nothing else is told of it.
fn told(of: &Contribution) -> PaymentStanding {
    PaymentStanding {
        token: "ch".to_owned(),
        money: of.amount,
        fee: None,
        state: PaymentState::Paid,
        refunded: Some(0),
        dispute: None,
        disputed: None,
        came: None,
        at: Timestamp::from_millis(0),
    }
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
    let of = pledge(ContributionState::Active, false, Standing { pledge: Some(said.clone()), ..Standing::default() });
    assert_eq!((of.state, of.amount, of.frequency), (ContributionState::PastDue, said.money, said.frequency));
    assert_eq!((of.token.as_deref(), of.ending, of.paid_until), (Some("sub_9"), true, Month::parse("2026-12")));
    let mut erased = Contribution { erased: true, ..contribution(Frequency::Monthly, ContributionState::Cancelled) };
    for (state, wanted) in [(PledgeState::PastDue, Some("sub_9")), (PledgeState::Cancelled, None)] {
        let said = PledgeStanding { state, ..said.clone() };
        project(&mut erased, &Standing { pledge: Some(said), ..Standing::default() }, &[]);
        assert_eq!(erased.token.as_deref(), wanted, "by its gateway's name only until it is ended");
    }
}

#[test]
fn a_decided_dispute_is_not_open_again() {
    let of = contribution(Frequency::Once, ContributionState::Paid);
    let mut payment = payment_new(PaymentId::new(&SeededChance::new(3)), &of, "ch", of.amount, Month(1));
    let said = |dispute, refunded| PaymentStanding { refunded: Some(refunded), dispute, ..told(&of) };
    for (now, wanted) in [
        (None, None),
        (Some(Dispute::Open), Some(Dispute::Open)),
        (None, Some(Dispute::Open)),
        (Some(Dispute::Lost), Some(Dispute::Lost)),
        (Some(Dispute::Open), Some(Dispute::Lost)),
        (Some(Dispute::Won), Some(Dispute::Won)),
    ] {
        settle(&mut payment, &said(now, 0));
        assert_eq!(payment.dispute, wanted, "{now:?}");
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
fn a_debit_that_bounced_is_known_to_have_come() {
    let of = contribution(Frequency::Once, ContributionState::Paid);
    let mut payment = payment_new(PaymentId::new(&SeededChance::new(5)), &of, "ch", of.amount, Month(1));
    let said = |state, came| PaymentStanding { state, came, ..told(&of) };
    use PaymentState as State;
    for (state, came, wanted) in [
        (State::Failed, None, None),
        (State::Failed, Some(120), Some(120)),
        (State::Paid, None, None),
        (State::Failed, None, Some(0)),
        (State::Failed, None, Some(0)),
        (State::Paid, None, None),
    ] {
        settle(&mut payment, &said(state, came));
        assert_eq!((payment.state, payment.came), (state, wanted));
    }
}

#[test]
fn an_earlier_refund_of_a_pledge_at_paypal_takes_nothing_of_a_later_one_back() {
    let of =
        Contribution { gateway: GatewayName::Paypal, ..contribution(Frequency::Monthly, ContributionState::Active) };
    let mut payment = payment_new(PaymentId::new(&SeededChance::new(4)), &of, "sale", of.amount, Month(1));
    let said = |refunded| PaymentStanding { token: "sale".to_owned(), refunded, ..told(&of) };
    for (now, wanted) in [(Some(100), 100), (Some(130), 130), (Some(100), 130), (None, 130), (Some(0), 0)] {
        settle(&mut payment, &said(now));
        assert_eq!(payment.refunded, wanted, "{now:?}");
    }
}

#[test]
fn givers_are_told_of_a_failure_once_and_of_the_end_once() {
    use ContributionState as State;
    for before in State::ALL {
        for after in State::ALL {
            let wanted = match (before, after) {
                (State::PastDue | State::Paused, State::PastDue) => None,
                (_, State::PastDue) => Some(News::Failed),
                (before, State::Cancelled) if before.runs() => Some(News::Ended),
                _ => None,
            };
            assert_eq!(news(*before, *after), wanted, "{before:?} {after:?}");
        }
    }
    assert!(is_new_money(None, PaymentState::Paid) && is_new_money(Some(PaymentState::Pending), PaymentState::Paid));
    assert!(!is_new_money(Some(PaymentState::Paid), PaymentState::Paid) && !is_new_money(None, PaymentState::Pending));
}
