//! What a relay says, at every moment, and what it is taken for.

use std::time::Duration;

use outside::mail::{Class, NotSent, Outcome, Priority};
use testkit::{Do, Smtp, Stage};

use crate::relays::{MAIL, pool, send, to};

async fn answered(at: Stage, with: &'static str, offers: &[&str]) -> (Outcome, Smtp) {
    let act = move |moment: &testkit::Moment| if moment.stage == at { Do::Say(with) } else { Do::Go };
    let server = Smtp::with(testkit::Encryption::None, offers, act).await.unwrap();
    let pool = pool(&server);
    let outcome = send(&pool).await;
    assert_eq!(server.mails().len(), 0);
    (outcome, server)
}

const BOTH_WAYS: [&[&str]; 2] = [&["PIPELINING", "SIZE 1000000"], &[]];

#[tokio::test]
async fn a_mail_that_is_taken_is_accepted_and_arrives_as_it_was() {
    for offers in BOTH_WAYS {
        let server = Smtp::with(testkit::Encryption::None, offers, |_| Do::Go).await.unwrap();
        let pool = pool(&server);
        for _ in 0..3 {
            let Outcome::Accepted { reply } = send(&pool).await else { panic!("it was not taken") };
            assert_eq!(reply.to_string(), "250 2.0.0 Ok: queued as 4T7");
        }
        for mail in server.wait_for(3).await.unwrap() {
            assert_eq!((mail.from.as_str(), mail.to.as_str()), ("b.1@bounce.news.example", "jane@mail.example.org"));
            assert_eq!(mail.bytes, MAIL);
        }
        assert_eq!(server.connections().0, 1, "the connection was not used again");
        let size = server.commands().iter().any(|command| command.ends_with(&format!(" SIZE={}", MAIL.len())));
        assert_eq!(size, !offers.is_empty(), "the size is told where it is asked for");
    }
}

#[tokio::test]
async fn what_a_recipient_is_refused_with_is_told_apart_by_its_code() {
    for offers in BOTH_WAYS {
        for at in [Stage::To, Stage::Data, Stage::End] {
            for (said, class, minutes) in [
                ("421 4.7.0 try later", Class::Slow, 10),
                ("450 4.2.1 receiving mail at a rate that prevents more", Class::Slow, 10),
                ("451 4.7.1 greylisted", Class::Greylisted, 6),
                ("452 4.2.2 over quota", Class::Full, 180),
                ("451 4.3.0 lookup failed", Class::Relay, 10),
            ] {
                let (outcome, _) = answered(at, said, offers).await;
                let Outcome::Deferred { reply, class: is, retry_after } = outcome else {
                    panic!("{said}: {outcome:?}")
                };
                assert_eq!((reply.to_string().as_str(), is), (said, class));
                assert_eq!(retry_after, Duration::from_secs(minutes * 60));
            }
            for (said, class) in [
                ("550 5.1.1 no such user", Class::Mailbox),
                ("550 5.7.1 listed", Class::Policy),
                ("552 5.3.4 too big", Class::TooBig),
                ("554 no", Class::Policy),
            ] {
                let (outcome, _) = answered(at, said, offers).await;
                let Outcome::Refused { reply, class: is } = outcome else { panic!("{said}: {outcome:?}") };
                assert_eq!((reply.to_string().as_str(), is), (said, class));
            }
        }
    }
}

#[tokio::test]
async fn a_relay_that_refuses_the_newsroom_itself_fails_no_reader() {
    for offers in BOTH_WAYS {
        for (at, said) in [
            (Stage::Connect, "421 4.3.2 closing"),
            (Stage::Connect, "554 5.7.1 you are listed"),
            (Stage::Hello, "550 5.7.1 go away"),
            (Stage::From, "421 4.7.0 too many connections"),
            (Stage::From, "450 4.7.1 too many mails"),
            (Stage::From, "452 4.3.1 no space"),
            (Stage::From, "530 5.7.0 log in first"),
            (Stage::From, "553 5.7.1 this sender is not yours"),
            (Stage::To, "554 5.7.1 Relay access denied"),
        ] {
            let (outcome, server) = answered(at, said, offers).await;
            let Outcome::NotSent { why: NotSent::Resting { why }, retry_after } = outcome else {
                panic!("{said}: {outcome:?}")
            };
            assert!(why.starts_with("main: ") && why.contains(said), "{why}");
            assert!(retry_after > Duration::ZERO, "it would be asked again at once");
            assert!(server.connections().0 == 1, "it was asked twice");
        }
    }
    let (outcome, _) = answered(Stage::From, "552 5.3.4 too big for me", BOTH_WAYS[0]).await;
    assert!(matches!(outcome, Outcome::Refused { class: Class::TooBig, .. }), "{outcome:?}");
}

#[tokio::test]
async fn after_a_refusal_the_next_mail_goes_over_the_same_connection() {
    for offers in BOTH_WAYS {
        for at in [Stage::To, Stage::Data, Stage::End] {
            let act = move |moment: &testkit::Moment| {
                if moment.stage == at && moment.count == 0 { Do::Say("550 5.1.1 no such user") } else { Do::Go }
            };
            let server = Smtp::with(testkit::Encryption::None, offers, act).await.unwrap();
            let pool = pool(&server);
            assert!(matches!(send(&pool).await, Outcome::Refused { .. }));
            assert!(matches!(send(&pool).await, Outcome::Accepted { .. }));
            assert_eq!((server.connections().0, server.mails().len()), (1, 1), "{at:?}");
        }
    }
}

#[tokio::test]
async fn a_reply_of_many_lines_or_without_text_is_read_as_one() {
    let server = Smtp::that(|moment| match moment.stage {
        Stage::From => Do::Say("250-2.1.0 first\r\n250-second\r\n250 third"),
        Stage::To => Do::Say("250"),
        _ => Do::Go,
    });
    // The test's server does nothing but say these, so that DATA finds no recipient.
    let outcome = send(&pool(&server.await.unwrap())).await;
    let Outcome::Refused { reply, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!(reply.to_string(), "554 5.5.1 no valid recipients");
}

#[tokio::test]
async fn strangers_who_are_asked_to_come_again_are_let_in_when_they_do() {
    let seen = std::sync::Mutex::new(std::collections::HashSet::new());
    let server = Smtp::that(move |moment| match moment.stage {
        Stage::To if seen.lock().unwrap().insert(moment.to.clone()) => Do::Say("450 4.7.1 Greylisted"),
        _ => Do::Go,
    });
    let server = server.await.unwrap();
    let pool = pool(&server);
    for reader in ["jane@mail.example.org", "ann@other.example"] {
        let first = pool.send(&to(reader), MAIL, Priority::Personal).await;
        assert!(matches!(first, Outcome::Deferred { class: Class::Greylisted, .. }), "{first:?}");
    }
    for reader in ["jane@mail.example.org", "ann@other.example"] {
        assert!(matches!(pool.send(&to(reader), MAIL, Priority::Personal).await, Outcome::Accepted { .. }));
    }
}

#[tokio::test]
async fn no_reply_that_is_kept_names_a_reader() {
    let server = Smtp::that(|moment| match moment.stage {
        Stage::To => Do::Say("550 5.1.1 <jane@mail.example.org>: Jane is unknown in mail.example.org"),
        _ => Do::Go,
    });
    let outcome = send(&pool(&server.await.unwrap())).await;
    let shown = format!("{outcome:?}").to_lowercase();
    assert!(!shown.contains("jane") && !shown.contains("mail.example"), "{shown}");
}
