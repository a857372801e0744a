//! Several relays, limits, and who goes first.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use outside::mail::{DayCount, NotSent, Outcome, Pool, Priority, Relay, RelayError, Settings};
use outside::mailback::hooks::Service;
use testkit::{Do, Smtp, Stage};

use crate::relays::{MAIL, clock, pool, pool_of, relay, send, settings, to};

/// Sends so many mails at once; how many were taken.
async fn many(pool: &Pool, count: usize) -> usize {
    let envelopes: Vec<_> = (0..count).map(|number| to(&format!("reader{number}@mail.example.org"))).collect();
    let sending = envelopes.iter().map(|envelope| pool.send(envelope, MAIL, Priority::List));
    let outcomes = futures::future::join_all(sending).await;
    outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Accepted { .. })).count()
}

/// Waits until something holds.
async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..1_000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("{what}");
}

#[tokio::test]
async fn never_are_more_connections_open_than_a_relay_may_have() {
    let server = Smtp::that(|moment| match moment.stage {
        Stage::End => Do::GoSlowly(Duration::from_millis(2)),
        _ => Do::Go,
    });
    let server = server.await.unwrap();
    // Connections are also closed and opened anew all the time.
    let own = Settings { mails: 3, patience: Duration::from_secs(20), ..settings() };
    let pool = Pool::new(vec![Relay { connections: 5, ..relay("main", &server) }], own, clock()).unwrap();
    assert_eq!((pool.seats(Priority::List), pool.seats(Priority::Personal)), (4, 5));
    assert_eq!(many(&pool, 200).await, 200);
    let (opened, _, most) = server.connections();
    assert!(most <= 5, "{most} were open at once");
    assert!(opened >= 200 / 3, "a connection carried more than three mails");
    assert_eq!(server.mails().len(), 200);
}

#[tokio::test]
async fn the_last_connection_is_kept_for_mails_that_somebody_waits_for() {
    let busy = Arc::new(AtomicBool::new(true));
    let server = {
        let busy = Arc::clone(&busy);
        Smtp::that(move |moment| match moment.stage {
            Stage::End if moment.to.starts_with("reader") && busy.load(Ordering::SeqCst) => {
                Do::GoSlowly(Duration::from_millis(300))
            }
            _ => Do::Go,
        })
    };
    let server = server.await.unwrap();
    let pool = pool_of(vec![Relay { connections: 3, ..relay("main", &server) }]);
    let letters = tokio::spawn({
        let pool = pool.clone();
        async move { many(&pool, 6).await }
    });
    until("the letters don't go", || pool.status()[0].busy == 2).await;
    let confirmation = pool.send(&to("jane@mail.example.org"), MAIL, Priority::Personal).await;
    assert!(matches!(confirmation, Outcome::Accepted { .. }));
    assert_eq!(pool.status()[0].busy, 2, "somebody had to wait for newsletters");
    busy.store(false, Ordering::SeqCst);
    letters.await.unwrap();
}

#[tokio::test]
async fn mails_that_somebody_waits_for_go_before_those_that_wait_longer() {
    let server = Smtp::that(|moment| match moment.stage {
        Stage::End => Do::GoSlowly(Duration::from_millis(30)),
        _ => Do::Go,
    });
    let server = server.await.unwrap();
    let pool = pool_of(vec![Relay { connections: 1, ..relay("main", &server) }]);
    let letters = tokio::spawn({
        let pool = pool.clone();
        async move { many(&pool, 8).await }
    });
    until("the letters don't go", || !server.mails().is_empty()).await;
    assert!(matches!(pool.send(&to("jane@x.example"), MAIL, Priority::Personal).await, Outcome::Accepted { .. }));
    let mails = server.mails();
    let place = mails.iter().position(|mail| mail.to == "jane@x.example").unwrap();
    assert!(place <= 3, "it came {place}th");
    assert_eq!(letters.await.unwrap(), 8);
}

#[tokio::test]
async fn relays_share_the_mails_by_weight() {
    let (one, two) = (Smtp::start().await.unwrap(), Smtp::start().await.unwrap());
    let pool = pool_of(vec![Relay { weight: 3, ..relay("one", &one) }, relay("two", &two)]);
    for _ in 0..40 {
        assert!(matches!(send(&pool).await, Outcome::Accepted { .. }));
    }
    assert_eq!((one.mails().len(), two.mails().len()), (30, 10));
}

#[tokio::test]
async fn a_relay_that_fails_rests_while_the_other_takes_all_and_is_tried_again() {
    let up = Arc::new(AtomicBool::new(false));
    let one = {
        let up = Arc::clone(&up);
        Smtp::that(move |moment| match moment.stage {
            Stage::From if !up.load(Ordering::SeqCst) => Do::Say("451 4.3.0 out of order"),
            _ => Do::Go,
        })
    };
    let (one, two) = (one.await.unwrap(), Smtp::start().await.unwrap());
    let pool = pool_of(vec![relay("one", &one), relay("two", &two)]);
    assert_eq!(many(&pool, 20).await, 20, "a mail was not sent, though a relay was well");
    assert_eq!((one.mails().len(), two.mails().len()), (0, 20));
    let (why, rest) = pool.status()[0].failing.clone().unwrap();
    assert!(why.contains("out of order") && rest > Duration::ZERO, "{why}");
    let asked = one.commands().len();
    assert_eq!(many(&pool, 20).await, 20);
    assert_eq!(one.commands().len(), asked, "it was asked while it rests");
    up.store(true, Ordering::SeqCst);
    tokio::time::sleep(rest).await;
    assert_eq!(many(&pool, 20).await, 20);
    assert!(!one.mails().is_empty(), "it was not tried again");
    assert_eq!(pool.status()[0].failing, None);
}

#[tokio::test]
async fn after_its_rest_one_mail_tries_a_relay_and_not_all() {
    let server = Smtp::that(|moment| match moment.stage {
        Stage::From => Do::Say("451 4.3.0 out of order"),
        _ => Do::Go,
    });
    let server = server.await.unwrap();
    let pool = pool(&server);
    let tried = || server.commands().iter().filter(|command| command.starts_with("MAIL")).count();
    assert_eq!(many(&pool, 20).await, 0);
    let first = tried();
    tokio::time::sleep(pool.status()[0].failing.clone().unwrap().1).await;
    assert_eq!(many(&pool, 20).await, 0);
    assert!(tried() - first <= 2, "{} mails tried it", tried() - first);
}

#[tokio::test]
async fn a_mail_of_which_nobody_knows_is_not_given_to_another_relay() {
    let one = Smtp::that(|moment| if moment.stage == Stage::End { Do::TakeAndHangUp } else { Do::Go }).await.unwrap();
    let two = Smtp::start().await.unwrap();
    let pool = pool_of(vec![Relay { weight: 9, ..relay("one", &one) }, relay("two", &two)]);
    assert!(matches!(send(&pool).await, Outcome::Uncertain { .. }));
    assert_eq!((one.mails().len(), two.mails().len()), (1, 0));
    assert!(pool.status()[0].failing.is_some(), "it would make every mail uncertain");
    assert!(matches!(send(&pool).await, Outcome::Accepted { .. }));
}

#[tokio::test]
async fn a_port_that_nobody_listens_at_and_a_name_that_leads_nowhere_are_said() {
    for (address, words) in
        [("smtp://127.0.0.1:1", "nobody answers there"), ("smtp://relay.invalid", "its name is not known")]
    {
        let outcome = send(&pool_of(vec![Relay::new("main", address).unwrap()])).await;
        let Outcome::NotSent { why, retry_after } = outcome else { panic!("{outcome:?}") };
        assert!(why.to_string().contains(words) && retry_after > Duration::ZERO, "{why}");
    }
    let Outcome::NotSent { why: NotSent::NoRelay, .. } = send(&pool_of(Vec::new())).await else {
        panic!("there is no relay")
    };
}

#[tokio::test]
async fn a_day_ends_for_newsletters_before_it_ends_for_mails_that_somebody_waits_for() {
    let server = Smtp::start().await.unwrap();
    let (clock, day) = (clock(), 1_763_942_400_000_i64 / 86_400_000);
    let relay = Relay { per_day: 100, ..relay("main", &server) };
    let pool = Pool::new(vec![relay], settings(), clock.clone()).unwrap();
    pool.set_counts(&[DayCount { relay: "main".to_owned(), day, count: 90 }]);
    assert_eq!(many(&pool, 20).await, 8);
    let Outcome::NotSent { why: NotSent::DayLimit, retry_after } = send(&pool).await else { panic!("it went") };
    assert_eq!(retry_after, Duration::from_secs(86_400), "it is midnight");
    for taken in [true, true, false] {
        let outcome = pool.send(&to("jane@x.example"), MAIL, Priority::Personal).await;
        assert_eq!(matches!(outcome, Outcome::Accepted { .. }), taken, "{outcome:?}");
    }
    assert_eq!(pool.take_counts(), [DayCount { relay: "main".to_owned(), day, count: 10 }]);
    assert_eq!(pool.status()[0].today, (100, Some(100)));
    clock.advance_millis(86_400_000);
    assert!(matches!(send(&pool).await, Outcome::Accepted { .. }));
}

#[tokio::test]
async fn what_a_relay_refuses_is_not_counted_and_what_it_may_have_taken_is() {
    let server = Smtp::that(|moment| match (moment.stage, moment.to.as_str()) {
        (Stage::To, "gone@x.example") => Do::Say("550 5.1.1 no"),
        (Stage::End, "lost@x.example") => Do::TakeAndHangUp,
        _ => Do::Go,
    });
    let pool = pool(&server.await.unwrap());
    for reader in ["gone@x.example", "jane@x.example", "lost@x.example"] {
        drop(pool.send(&to(reader), MAIL, Priority::List).await);
    }
    assert_eq!(pool.take_counts().first().map(|count| count.count), Some(2));
}

#[tokio::test]
async fn a_minute_holds_no_more_mails_than_a_relay_may_have_and_the_others_wait() {
    let server = Smtp::start().await.unwrap();
    let pool = pool_of(vec![Relay { per_minute: 600, ..relay("main", &server) }]);
    let begun = std::time::Instant::now();
    // Nine go ahead of their time, one is due, and each further one waits a tenth of a second.
    assert_eq!(many(&pool, 14).await, 14);
    assert!(begun.elapsed() >= Duration::from_millis(350), "they went at once: {:?}", begun.elapsed());
    let slow = pool_of(vec![Relay { per_minute: 1, ..relay("main", &server) }]);
    assert!(matches!(send(&slow).await, Outcome::Accepted { .. }));
    assert!(matches!(send(&slow).await, Outcome::NotSent { why: NotSent::Busy, .. }));
}

#[tokio::test]
async fn a_provider_that_asks_for_less_gets_less_and_the_others_go_on() {
    let server = Smtp::that(|moment| match moment.stage {
        Stage::To if moment.to.ends_with("@big.example") && moment.count == 0 => Do::Say("421 4.7.28 too fast"),
        _ => Do::Go,
    });
    let server = server.await.unwrap();
    let pool = pool(&server);
    assert_eq!(pool.pause("big.example"), None);
    assert!(matches!(pool.send(&to("jane@big.example"), MAIL, Priority::List).await, Outcome::Deferred { .. }));
    let waits: Vec<_> = (0..3).map(|_| pool.pause("big.example").unwrap()).collect();
    assert!(waits.windows(2).all(|pair| pair[0] < pair[1]), "{waits:?}");
    let put_off = pool.send(&to("ann@big.example"), MAIL, Priority::List).await;
    assert!(matches!(put_off, Outcome::NotSent { why: NotSent::Slowed, .. }), "{put_off:?}");
    assert_eq!(pool.pause("small.example"), None);
    assert!(matches!(pool.send(&to("jane@small.example"), MAIL, Priority::List).await, Outcome::Accepted { .. }));
    // Mails that somebody waits for go all the same, and what it takes lets it be as before.
    for _ in 0..6 {
        assert!(matches!(pool.send(&to("jane@big.example"), MAIL, Priority::Personal).await, Outcome::Accepted { .. }));
    }
    assert_eq!(pool.pause("big.example"), None);
    let known = to("jane@big.example").at("big");
    assert_eq!(known.provider(), "big");
}

#[tokio::test]
async fn a_seat_is_a_connection_that_is_open_before_anything_is_sent() {
    let server = Smtp::start().await.unwrap();
    let pool = pool_of(vec![Relay { connections: 2, ..relay("main", &server) }]);
    let seat = pool.seat(Priority::List).await.unwrap();
    assert_eq!((seat.relay(), server.connections().1, server.mails().len()), ("main", 1, 0));
    let Err((NotSent::Busy, _)) = pool.seat(Priority::List).await else { panic!("there was a second one") };
    drop(seat);
    let seat = pool.seat(Priority::List).await.unwrap();
    assert!(matches!(seat.send(&to("jane@x.example"), MAIL).await, Outcome::Accepted { .. }));
    assert_eq!(server.connections().0, 1, "a seat that was not used cost a connection");
}

#[tokio::test]
async fn connections_at_rest_are_closed_and_at_the_end_all_are() {
    let server = Smtp::start().await.unwrap();
    let own = Settings { idle: Duration::from_millis(150), ..settings() };
    let pool = Pool::new(vec![relay("main", &server)], own, clock()).unwrap();
    assert_eq!(many(&pool, 4).await, 4);
    until("connections at rest stay open", || server.connections().1 == 0).await;
    assert!(server.commands().contains(&"QUIT".to_owned()), "nobody said goodbye");
    let pool = crate::relays::pool(&server);
    assert!(matches!(send(&pool).await, Outcome::Accepted { .. }));
    pool.close().await;
    until("a connection outlives the pool", || server.connections().1 == 0).await;
    assert!(matches!(send(&pool).await, Outcome::NotSent { why: NotSent::Closing, .. }));
}

#[tokio::test]
async fn two_relays_of_one_name_are_refused() {
    let relay = Relay::new("main", "smtp://localhost").unwrap();
    let error = Pool::new(vec![relay.clone(), relay], settings(), clock()).unwrap_err();
    assert_eq!(error, RelayError::Twice("main".to_owned()));
}

#[tokio::test]
async fn a_service_is_told_whose_mail_it_is_above_what_is_signed_and_no_other_relay_is() {
    let (service, plain) = (Smtp::start().await.unwrap(), Smtp::start().await.unwrap());
    for (server, relay) in [
        (&service, Relay { service: Some(Service::Postmark), ..relay("postmark", &service) }),
        (&plain, relay("main", &plain)),
    ] {
        let pool = pool_of(vec![relay]);
        for envelope in [to("jane@x.example").named("a2b3".to_owned()), to("john@x.example")] {
            assert!(matches!(pool.send(&envelope, MAIL, Priority::List).await, Outcome::Accepted { .. }));
        }
        assert_eq!(server.mails().len(), 2);
    }
    let got = |server: &Smtp, name: &str| {
        let mails = server.mails();
        let mail = mails.iter().find(|mail| mail.to.starts_with(name)).unwrap();
        String::from_utf8(mail.bytes.clone()).unwrap()
    };
    let named = got(&service, "jane");
    assert!(named.starts_with("X-PM-Metadata-masthead: a2b3\r\n"), "{named}");
    assert!(named.ends_with(&got(&plain, "jane")), "the mail itself was changed: {named}");
    assert_eq!(got(&service, "john"), got(&plain, "john"), "a mail without a token");
}
