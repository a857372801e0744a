//! What an answer makes of a delivery: settled, or tried again, and when. Every number of that is in this file.
//!
//! A refusal for good is believed where it is about the mailbox. Where it is about the sender or the text, it is asked once
//! more after an hour: filters err, and a signature that was missing gets set. Where it is the relay's own trouble, it is no
//! refusal of anybody. What nobody knows about is sent again under the same `Message-ID` or left to a person, as the
//! newsletter says; what was in doubt too often is left to a person in any case, so that a mail that kills its sender
//! doesn't go round for ever.

use std::time::Duration;

use model::{DeliveryState, Timestamp, Uncertain};
use outside::mail::{Class, NotSent, Outcome};
use store::Settled;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Tries after which a delivery is given up.
pub const TRIES_MAX: i64 = 30;
/// The age at which it is given up, unless it was hardly tried: a clock that jumps ahead gives nobody up.
pub const AGE_MAX_MS: i64 = 5 * DAY;
/// What "hardly tried" is: fewer tries than this.
pub(super) const TRIES_OLD: i64 = 5;
/// Doubts after which nothing is sent again by itself.
pub const DOUBTS_MAX: i64 = 3;
/// The longest time for which a delivery is put off that was not tried: its mailbox provider asked for less, or relays rest.
/// Then it is asked about again; both may be as before by that time.
pub(super) const PUT_OFF_MS: i64 = 10 * MINUTE;
/// No delivery waits longer for its next try: one that is to has its time from a clock that was put back since.
pub(super) const PAUSE_MAX_MS: i64 = 30 * HOUR;

/// Pauses after the first, the second, … try; the last one counts for all that follow.
fn pauses(class: Class) -> &'static [i64] {
    match class {
        // Five minutes is what most greylists ask for.
        Class::Greylisted => &[5 * MINUTE, 10 * MINUTE, 20 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR],
        Class::Slow => &[15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR],
        // Somebody has to clear it up first.
        Class::Full => &[4 * HOUR, 8 * HOUR, 12 * HOUR, DAY],
        Class::Relay => &[5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR],
        Class::Policy | Class::TooBig => &[HOUR, 4 * HOUR, 8 * HOUR],
        Class::Mailbox | Class::Other => &[10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR],
    }
}

/// The pause before what is in doubt is sent again: a relay that took it has told the mailbox of it by then.
const DOUBT: i64 = 5 * MINUTE;

/// What is known of a delivery beside the answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    /// Its number in the audience.
    pub(super) number: i64,
    /// Times it was begun, this one included.
    pub(super) tries: i64,
    /// Times it was in doubt before.
    pub(super) doubts: i64,
    /// When the audience was frozen.
    pub(super) frozen_at: Timestamp,
    /// What the newsletter does with what nobody knows about.
    pub(super) uncertain: Uncertain,
}

/// What an answer makes of a delivery.
pub(super) fn settle(outcome: &Outcome, facts: &Facts, now: Timestamp) -> Settled {
    let to = |state, reply| Settled {
        number: facts.number,
        tries: facts.tries,
        state,
        at: now,
        doubt: false,
        untried: false,
        reply,
    };
    match outcome {
        Outcome::Accepted { .. } => to(DeliveryState::Accepted, None),
        Outcome::Deferred { reply, class, retry_after } => {
            later(to(DeliveryState::Deferred, Some(reply.to_string())), *class, *retry_after, facts, now)
        }
        Outcome::Refused { reply, class } => {
            let reply = Some(reply.to_string());
            match class {
                Class::Relay => later(to(DeliveryState::Deferred, reply), *class, Duration::ZERO, facts, now),
                Class::Policy | Class::TooBig if facts.tries == 1 => {
                    later(to(DeliveryState::Deferred, reply), *class, Duration::ZERO, facts, now)
                }
                Class::Policy | Class::TooBig | Class::Mailbox | Class::Full | Class::Other => {
                    to(DeliveryState::Failed, reply)
                }
                // A code that says never, with words that say later: the words are taken for it.
                Class::Greylisted | Class::Slow => {
                    later(to(DeliveryState::Deferred, reply), *class, Duration::ZERO, facts, now)
                }
            }
        }
        Outcome::Uncertain { why } => {
            let again = facts.uncertain == Uncertain::Retry && facts.doubts + 1 < DOUBTS_MAX;
            let state = if again { DeliveryState::Deferred } else { DeliveryState::Uncertain };
            let at = now.plus_millis(if again { DOUBT } else { 0 });
            Settled { at, doubt: true, ..to(state, Some(why.to_string())) }
        }
        Outcome::NotSent { why, retry_after } => {
            not_sent(to(DeliveryState::Pending, None), why, *retry_after, facts, now)
        }
    }
}

/// Nothing of it left this machine, or so little that no relay can have it.
fn not_sent(settled: Settled, why: &NotSent, retry_after: Duration, facts: &Facts, now: Timestamp) -> Settled {
    let pause = i64::try_from(retry_after.as_millis()).unwrap_or(PUT_OFF_MS).min(PUT_OFF_MS);
    match why {
        // A connection was lost: that is a try, or one that is always lost would go round for ever.
        NotSent::Lost(_) => {
            let deferred = Settled { state: DeliveryState::Deferred, reply: Some(why.to_string()), ..settled };
            later(deferred, Class::Relay, retry_after, facts, now)
        }
        NotSent::NoRelay
        | NotSent::Resting { .. }
        | NotSent::DayLimit
        | NotSent::Busy
        | NotSent::Slowed
        | NotSent::Closing => {
            let state = if facts.tries > 1 { DeliveryState::Deferred } else { DeliveryState::Pending };
            Settled { state, at: now.plus_millis(pause), untried: true, ..settled }
        }
    }
}

/// Tried later, or given up.
fn later(settled: Settled, class: Class, retry_after: Duration, facts: &Facts, now: Timestamp) -> Settled {
    let age = now.as_millis() - facts.frozen_at.as_millis();
    if facts.tries >= TRIES_MAX || (age > AGE_MAX_MS && facts.tries >= TRIES_OLD) {
        return Settled { state: DeliveryState::Failed, at: now, ..settled };
    }
    let table = pauses(class);
    let place = usize::try_from(facts.tries - 1).unwrap_or_default().min(table.len() - 1);
    let asked = i64::try_from(retry_after.as_millis()).unwrap_or(PAUSE_MAX_MS);
    let pause = table[place].max(asked);
    // Spread over a tenth of it: they were deferred together and need not come back together.
    let spread = pause / 10 * (facts.number.rem_euclid(16)) / 16;
    Settled { at: now.plus_millis((pause + spread).min(PAUSE_MAX_MS)), ..settled }
}

#[cfg(test)]
mod tests {
    use outside::mail::{Lost, Reply};

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis_const(1_752_256_800_000);

    fn reply(code: u16) -> Reply {
        Reply { code, status: None, text: "so it is".to_owned() }
    }

    fn facts(tries: i64) -> Facts {
        let frozen_at = NOW.plus_millis(-60_000);
        Facts { number: 16, tries, doubts: 0, frozen_at, uncertain: Uncertain::Retry }
    }

    fn deferred(class: Class, seconds: u64) -> Outcome {
        Outcome::Deferred { reply: reply(450), class, retry_after: Duration::from_secs(seconds) }
    }

    fn refused(class: Class) -> Outcome {
        Outcome::Refused { reply: reply(550), class }
    }

    const CLASSES: [Class; 8] = [
        Class::Mailbox,
        Class::Full,
        Class::Greylisted,
        Class::Slow,
        Class::Policy,
        Class::TooBig,
        Class::Relay,
        Class::Other,
    ];

    #[test]
    fn pauses_grow_and_are_never_shorter_than_asked() {
        for class in CLASSES {
            let mut before = 0;
            for tries in 1..TRIES_MAX {
                let settled = settle(&deferred(class, 0), &facts(tries), NOW);
                assert_eq!(settled.state, DeliveryState::Deferred);
                let pause = settled.at.as_millis() - NOW.as_millis();
                assert!(pause >= before && pause <= PAUSE_MAX_MS, "{class:?} {tries}: {pause}");
                before = pause;
            }
            let asked = settle(&deferred(class, 6 * 3_600), &facts(1), NOW);
            assert!(asked.at.as_millis() - NOW.as_millis() >= 6 * HOUR);
        }
    }

    #[test]
    fn it_is_given_up_after_tries_or_days_but_not_because_a_clock_jumped() {
        assert_eq!(settle(&deferred(Class::Other, 0), &facts(TRIES_MAX), NOW).state, DeliveryState::Failed);
        let old = |tries| Facts { frozen_at: NOW.plus_millis(-AGE_MAX_MS - 1), ..facts(tries) };
        assert_eq!(settle(&deferred(Class::Full, 0), &old(TRIES_OLD), NOW).state, DeliveryState::Failed);
        assert_eq!(settle(&deferred(Class::Full, 0), &old(1), NOW).state, DeliveryState::Deferred, "a clock jumped");
        let settled = settle(&deferred(Class::Full, 0), &facts(TRIES_MAX), NOW);
        assert_eq!(settled.reply.as_deref(), Some("450 so it is"), "why is kept");
    }

    #[test]
    fn a_refusal_is_final_where_it_is_about_the_mailbox() {
        for class in CLASSES {
            let first = settle(&refused(class), &facts(1), NOW).state;
            let second = settle(&refused(class), &facts(2), NOW).state;
            let (f, d) = (DeliveryState::Failed, DeliveryState::Deferred);
            let wanted = match class {
                Class::Mailbox | Class::Full | Class::Other => (f, f),
                Class::Policy | Class::TooBig => (d, f),
                Class::Relay | Class::Greylisted | Class::Slow => (d, d),
            };
            assert_eq!((first, second), wanted, "{class:?}");
        }
    }

    #[test]
    fn what_nobody_knows_about_goes_again_or_waits_for_a_person() {
        let lost = Outcome::Uncertain { why: Lost::Closed };
        let again = settle(&lost, &facts(1), NOW);
        assert_eq!((again.state, again.doubt), (DeliveryState::Deferred, true));
        let hold = Facts { uncertain: Uncertain::Hold, ..facts(1) };
        assert_eq!(settle(&lost, &hold, NOW).state, DeliveryState::Uncertain);
        let often = Facts { doubts: DOUBTS_MAX - 1, ..facts(3) };
        assert_eq!(settle(&lost, &often, NOW).state, DeliveryState::Uncertain, "it goes round for ever");
    }

    #[test]
    fn what_never_left_is_no_try() {
        let whole = |why| Outcome::NotSent { why, retry_after: Duration::from_secs(9) };
        for why in [NotSent::NoRelay, NotSent::DayLimit, NotSent::Busy, NotSent::Slowed, NotSent::Closing] {
            let settled = settle(&whole(why.clone()), &facts(1), NOW);
            assert_eq!((settled.state, settled.untried), (DeliveryState::Pending, true), "{why}");
            assert_eq!(settled.at, NOW.plus_millis(9_000));
            assert_eq!(settle(&whole(why), &facts(TRIES_MAX), NOW).state, DeliveryState::Deferred);
        }
        let lost = settle(&whole(NotSent::Lost(Lost::Silent)), &facts(1), NOW);
        assert_eq!((lost.state, lost.untried), (DeliveryState::Deferred, false));
        let accepted = settle(&Outcome::Accepted { reply: reply(250) }, &facts(1), NOW);
        assert_eq!((accepted.state, accepted.reply), (DeliveryState::Accepted, None));
    }
}
