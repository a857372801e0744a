use model::SeededChance;
use vault::Smtputf8;

use super::*;

const NOON: Timestamp = Timestamp::from_millis_const(1_752_235_200_000);

fn address(number: u32) -> Address {
    Address::parse(&format!("reader{number}@example.org"), Smtputf8::Refused).unwrap()
}

/// A guard that has taken so many forms in the minute of `NOON`.
fn after(count: u32) -> (Guard, SeededChance) {
    let (guard, chance) = (Guard::default(), SeededChance::new(1));
    for number in 0..count {
        guard.admit(NOON, &chance, &address(number), None);
    }
    (guard, chance)
}

fn step(admitted: Admitted) -> Step {
    match admitted {
        Admitted::Step(step) => step,
        other => panic!("{other:?}"),
    }
}

/// What the browser's script does.
fn solved(ticket: &str) -> String {
    (0_u32..).map(|number| number.to_string()).find(|number| proves(ticket, number)).unwrap()
}

#[test]
fn while_few_sign_up_nobody_is_asked_for_anything() {
    let (guard, chance) = after(CALM_PER_MINUTE - 1);
    assert_eq!(guard.admit(NOON, &chance, &address(900), None), Admitted::Yes);
    assert!(matches!(guard.admit(NOON, &chance, &address(901), None), Admitted::Step(_)));
    let next_minute = NOON.plus_millis(MINUTE);
    assert_eq!(guard.admit(next_minute, &chance, &address(902), None), Admitted::Yes, "it never becomes calm again");
}

#[test]
fn a_sum_for_this_address_lets_the_form_in_and_for_no_other() {
    let (guard, chance) = after(CALM_PER_MINUTE);
    let asked = step(guard.admit(NOON, &chance, &address(1), None));
    let proof = solved(&asked.ticket);
    let soon = step(guard.admit(NOON.plus_millis(500), &chance, &address(1), Some((&asked.ticket, &proof))));
    assert_eq!((soon.too_soon, &soon.ticket), (Some(2), &asked.ticket), "a machine's haste was not seen");
    let later = NOON.plus_millis(3 * SECOND);
    let other = guard.admit(later, &chance, &address(2), Some((&asked.ticket, &proof)));
    assert!(matches!(other, Admitted::Step(ref step) if step.ticket != asked.ticket), "{other:?}");
    let wrong = step(guard.admit(later, &chance, &address(1), Some((&asked.ticket, "0"))));
    assert!(wrong.too_soon.is_some_and(|seconds| seconds > 50), "a wrong number counts as one");
    assert_eq!(guard.admit(later, &chance, &address(1), Some((&asked.ticket, &proof))), Admitted::Yes);
}

#[test]
fn without_script_it_takes_a_minute_and_few_get_in() {
    let (guard, chance) = after(CALM_PER_MINUTE);
    let tickets: Vec<String> =
        (0..=PLAIN_PER_MINUTE).map(|n| step(guard.admit(NOON, &chance, &address(n), None)).ticket).collect();
    let later = NOON.plus_millis(MINUTE);
    // Others keep it busy in that minute, too.
    (0..CALM_PER_MINUTE).for_each(|n| drop(guard.admit(later, &chance, &address(500 + n), None)));
    let taken = tickets
        .iter()
        .zip(0..)
        .filter(|(ticket, number)| guard.admit(later, &chance, &address(*number), Some((ticket, ""))) == Admitted::Yes);
    assert_eq!(taken.count(), usize::try_from(PLAIN_PER_MINUTE).unwrap());
}

#[test]
fn a_ticket_outlives_its_key_by_minutes_and_not_for_long() {
    let (guard, chance) = (Guard::default(), SeededChance::new(1));
    guard.admit(NOON, &chance, &address(0), None);
    let late = NOON.plus_millis(HOUR - SECOND);
    (0..CALM_PER_MINUTE).for_each(|n| drop(guard.admit(late, &chance, &address(n), None)));
    let asked = step(guard.admit(late, &chance, &address(1), None));
    let proof = solved(&asked.ticket);
    let new_hour = late.plus_millis(5 * SECOND);
    let carried = Some((asked.ticket.as_str(), proof.as_str()));
    assert_eq!(guard.admit(new_hour, &chance, &address(1), carried), Admitted::Yes);
    let old = late.plus_millis(LASTS + MINUTE);
    (0..CALM_PER_MINUTE).for_each(|n| drop(guard.admit(old, &chance, &address(n), None)));
    let again = step(guard.admit(old, &chance, &address(1), carried));
    assert_ne!(again.ticket, asked.ticket);
}

#[test]
fn forms_that_nobody_worked_for_keep_nobody_out() {
    let (guard, chance) = after(CALM_PER_MINUTE);
    let asked = step(guard.admit(NOON, &chance, &address(1), None));
    let (later, proof) = (NOON.plus_millis(3 * SECOND), solved(&asked.ticket));
    for number in 0..2 * MOST_PER_MINUTE {
        let forged = (number % 2 == 0).then_some(("1752235200000.AAAA.AAAA", "1"));
        assert!(matches!(guard.admit(later, &chance, &address(number), forged), Admitted::Step(_)));
    }
    assert_eq!(guard.admit(later, &chance, &address(1), Some((&asked.ticket, &proof))), Admitted::Yes);
}

#[test]
fn beyond_the_most_nobody_is_taken_and_the_next_minute_they_are() {
    let (guard, chance) = after(1);
    guard.0.lock().unwrap().taken.minute.count = MOST_PER_MINUTE;
    assert_eq!(guard.admit(NOON, &chance, &address(1), None), Admitted::Busy);
    assert_eq!(guard.admit(NOON.plus_millis(MINUTE), &chance, &address(1), None), Admitted::Yes);
}

#[test]
fn whoever_is_patient_works_for_what_opens_something_as_well() {
    let (guard, chance) = (Guard::default(), SeededChance::new(1));
    let give =
        |now, carried: Option<(&str, &str)>| guard.admit_for(now, &chance, "once 5.00 USD", carried, Ticket::Once);
    // Twelve a minute are calm, and stay so for a newsletter.
    let minutes = (0..60).map(|minute| NOON.plus_millis(minute * MINUTE));
    let taken = minutes.flat_map(|now| [now; 12]).filter(|now| give(*now, None) == Admitted::Yes).count();
    assert_eq!(taken, usize::try_from(CALM_PER_HOUR).unwrap());
    let last = NOON.plus_millis(59 * MINUTE);
    assert_eq!(guard.admit(last, &chance, &address(1), None), Admitted::Yes, "an hour is no limit for newsletters");
    let asked = step(give(last, None));
    let proof = solved(&asked.ticket);
    assert_eq!(give(last.plus_millis(PATIENCE), Some((&asked.ticket, &proof))), Admitted::Yes);
    assert_eq!(give(NOON.plus_millis(HOUR), None), Admitted::Yes, "it never becomes calm again");
}

#[test]
fn few_in_an_hour_open_something_for_waiting_alone() {
    let (guard, chance) = after(1);
    guard.0.lock().unwrap().taken.hour.count = CALM_PER_HOUR;
    let give =
        |now, carried: Option<(&str, &str)>| guard.admit_for(now, &chance, "once 5.00 USD", carried, Ticket::Once);
    let mut taken = 0;
    for minute in 0..50 {
        let now = NOON.plus_millis(minute * MINUTE);
        let tickets: Vec<String> = (0..PLAIN_PER_MINUTE).map(|_| step(give(now, None)).ticket).collect();
        let aged = now.plus_millis(MINUTE);
        taken += tickets.iter().filter(|ticket| give(aged, Some((ticket, ""))) == Admitted::Yes).count();
    }
    assert_eq!(taken, usize::try_from(PLAIN_PER_HOUR).unwrap());
}

#[test]
fn an_address_is_written_to_twice_an_hour_however_it_is_spelt() {
    let (guard, chance) = (Guard::default(), SeededChance::new(1));
    let spelt = |text: &str| Address::parse(text, Smtputf8::Refused).unwrap();
    assert!(guard.may_mail(NOON, &chance, &spelt("anna@example.org")));
    assert!(guard.may_mail(NOON, &chance, &spelt("Anna@EXAMPLE.org")));
    assert!(!guard.may_mail(NOON, &chance, &spelt("ANNA@example.org")));
    assert!(guard.may_mail(NOON, &chance, &spelt("bert@example.org")), "another address is not written to");
    assert!(guard.may_mail(NOON.plus_millis(HOUR), &chance, &spelt("anna@example.org")));
}

#[test]
fn two_who_give_the_same_at_the_same_moment_work_for_a_ticket_each() {
    let (guard, chance) = after(CALM_PER_MINUTE);
    let give =
        |now, carried: Option<(&str, &str)>| guard.admit_for(now, &chance, "once 5.00 USD", carried, Ticket::Once);
    let tickets = [(); 2].map(|()| step(give(NOON, None)).ticket);
    let later = NOON.plus_millis(PATIENCE);
    for ticket in &tickets {
        let proof = solved(ticket);
        assert_eq!(give(later, Some((ticket, &proof))), Admitted::Yes);
        assert!(matches!(give(later, Some((ticket, &proof))), Admitted::Step(_)), "it was good twice");
    }
}

#[test]
fn nothing_that_is_forged_passes() {
    let (guard, chance) = after(CALM_PER_MINUTE);
    for ticket in [
        "",
        ".",
        "1752235200000.",
        "1752235200000.AAAA",
        "1752235200000..",
        "1752235200000.AAAA.AAAA",
        "x.y.z",
        "99999999999999999999.AAAA",
    ] {
        let admitted = guard.admit(NOON.plus_millis(MINUTE - 1), &chance, &address(1), Some((ticket, "1")));
        assert!(matches!(admitted, Admitted::Step(Step { too_soon: None, .. })), "{ticket}");
    }
    for number in ["", "-1", "1e9", "１", "999999999999999999999999"] {
        assert!(!proves("t", number), "{number}");
    }
}
