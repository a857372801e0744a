//! Connections that are lost, at every moment. What is told apart is whether the relay can have the mail.

use std::time::Duration;

use outside::mail::{Lost, NotSent, Outcome, Priority};
use testkit::{Do, Encryption, Moment, Smtp, Stage};

use crate::relays::{MAIL, pool, send, to};

const OFFERS: [&[&str]; 2] = [&["PIPELINING"], &[]];

async fn with(
    encryption: Encryption,
    offers: &[&str],
    act: impl Fn(&Moment) -> Do + Send + Sync + 'static,
) -> (Outcome, Smtp) {
    let server = Smtp::with(encryption, offers, act).await.unwrap();
    let outcome = send(&pool(&server)).await;
    (outcome, server)
}

fn at(stage: Stage, act: Do) -> impl Fn(&Moment) -> Do + Send + Sync + 'static {
    move |moment| if moment.stage == stage { act.clone() } else { Do::Go }
}

fn unsent(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::NotSent { why: NotSent::Lost(_) | NotSent::Resting { .. }, .. })
}

#[tokio::test]
async fn a_relay_that_hangs_up_before_the_end_has_nothing() {
    for encryption in [Encryption::None, Encryption::StartTls, Encryption::Tls] {
        for offers in OFFERS {
            for stage in [Stage::Connect, Stage::Hello, Stage::From, Stage::To, Stage::Data] {
                let (outcome, server) = with(encryption, offers, at(stage, Do::HangUp)).await;
                assert!(unsent(&outcome), "{encryption:?} {stage:?}: {outcome:?}");
                assert!(server.mails().is_empty());
            }
        }
    }
}

#[tokio::test]
async fn a_relay_that_falls_silent_before_the_end_has_nothing() {
    for offers in OFFERS {
        for stage in [Stage::Hello, Stage::From, Stage::To, Stage::Data] {
            let (outcome, _) = with(Encryption::None, offers, at(stage, Do::Hang)).await;
            assert!(unsent(&outcome), "{stage:?}: {outcome:?}");
        }
    }
}

#[tokio::test]
async fn a_relay_that_hangs_up_after_the_dot_may_have_it() {
    for encryption in [Encryption::None, Encryption::StartTls, Encryption::Tls] {
        for (act, taken) in [(Do::TakeAndHangUp, 1), (Do::HangUp, 0)] {
            let (outcome, server) = with(encryption, OFFERS[0], at(Stage::End, act)).await;
            assert_eq!(outcome, Outcome::Uncertain { why: Lost::Closed }, "{encryption:?}");
            assert_eq!(server.mails().len(), taken);
        }
    }
}

#[tokio::test]
async fn a_relay_that_falls_silent_after_the_dot_may_have_it() {
    let (outcome, _) = with(Encryption::None, OFFERS[0], at(Stage::End, Do::Hang)).await;
    assert_eq!(outcome, Outcome::Uncertain { why: Lost::Silent });
}

#[tokio::test]
async fn a_relay_that_answers_the_dot_with_nonsense_may_have_it() {
    let endless: &'static str = Box::leak(format!("250 {}", "x".repeat(9_000)).into_boxed_str());
    for nonsense in ["hello", "999 what", "2", "354 more", "250-one\r\n251 two", "25x", endless] {
        let (outcome, _) = with(Encryption::None, OFFERS[0], at(Stage::End, Do::Say(nonsense))).await;
        assert_eq!(outcome, Outcome::Uncertain { why: Lost::Nonsense }, "{nonsense}");
    }
}

#[tokio::test]
async fn a_relay_that_stops_reading_in_the_middle_of_a_mail_has_nothing() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("smtp://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let deaf = tokio::spawn(deaf(listener));
    let pool = crate::relays::pool_of(vec![outside::mail::Relay::new("deaf", &address).unwrap()]);
    let mail = "a line of text that is rather long\r\n".repeat(1_000_000);
    let outcome = pool.send(&to("jane@mail.example.org"), mail.as_bytes(), Priority::List).await;
    assert!(matches!(outcome, Outcome::NotSent { why: NotSent::Lost(Lost::Silent), .. }), "{outcome:?}");
    deaf.abort();
}

/// A server that says what it has to and reads nothing of a mail.
async fn deaf(listener: tokio::net::TcpListener) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let (mut stream, _) = listener.accept().await.unwrap();
    stream.write_all(b"220 x\r\n").await.unwrap();
    let mut bytes = [0; 512];
    for reply in ["250 x\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n"] {
        assert!(stream.read(&mut bytes).await.unwrap() > 0);
        stream.write_all(reply.as_bytes()).await.unwrap();
    }
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn a_relay_that_hangs_up_in_the_middle_of_a_mail_has_nothing() {
    let mail = "a line of text that is rather long\r\n".repeat(1_000_000);
    for encryption in [Encryption::None, Encryption::Tls] {
        let server = Smtp::with(encryption, OFFERS[0], at(Stage::Body, Do::HangUp)).await.unwrap();
        let outcome = pool(&server).send(&to("jane@mail.example.org"), mail.as_bytes(), Priority::List).await;
        assert!(unsent(&outcome), "{encryption:?}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_relay_that_says_why_before_it_hangs_up_is_heard() {
    let mail = "a line of text that is rather long\r\n".repeat(100_000);
    let server = Smtp::with(Encryption::None, OFFERS[0], at(Stage::Body, Do::Say("552 5.3.4 too big"))).await.unwrap();
    let outcome = pool(&server).send(&to("jane@mail.example.org"), mail.as_bytes(), Priority::List).await;
    // Its words may be lost with the connection, but a mail of which the end never left is never in doubt.
    let heard = matches!(&outcome, Outcome::Refused { reply, .. } if reply.code == 552);
    assert!(heard || unsent(&outcome), "{outcome:?}");
}

#[tokio::test]
async fn a_relay_that_says_everything_twice_never_makes_a_reply_count_for_another_mail() {
    for offers in OFFERS {
        for stage in [Stage::Connect, Stage::Hello, Stage::From, Stage::To, Stage::Data, Stage::End] {
            let once = move |moment: &Moment| {
                if moment.stage == stage && moment.connection == 0 && moment.count < 2 { Do::GoTwice } else { Do::Go }
            };
            let server = Smtp::with(Encryption::None, offers, once).await.unwrap();
            let pool = pool(&server);
            let mut accepted = 0;
            for number in 0..4 {
                let envelope = to(&format!("reader{number}@mail.example.org"));
                match pool.send(&envelope, MAIL, Priority::List).await {
                    Outcome::Accepted { .. } => accepted += 1,
                    outcome => assert!(unsent(&outcome), "{stage:?}: {outcome:?}"),
                }
                tokio::time::sleep(Duration::from_millis(200)).await; // the rest of a relay that failed
            }
            let mails = server.mails();
            assert_eq!(mails.len(), accepted, "{stage:?}: a mail was lost or came twice");
            assert!(accepted >= 3, "{stage:?}: one failure failed more than one mail");
        }
    }
}

#[tokio::test]
async fn a_connection_that_the_relay_closed_while_it_rested_fails_no_mail() {
    let server = Smtp::that(|moment| match (moment.stage, moment.connection) {
        (Stage::From, 0) if moment.count == 1 => Do::HangUp,
        _ => Do::Go,
    });
    let server = server.await.unwrap();
    let pool = pool(&server);
    for _ in 0..3 {
        assert!(matches!(send(&pool).await, Outcome::Accepted { .. }));
    }
    assert_eq!((server.mails().len(), server.connections().0), (3, 2));
    assert_eq!(pool.status()[0].failing, None, "a relay that closes what rests has not failed");
}

#[tokio::test]
async fn whoever_stops_waiting_leaves_no_connection_out_of_step() {
    let server = Smtp::that(|moment| match moment.stage {
        Stage::End if moment.count == 0 => Do::GoSlowly(Duration::from_millis(200)),
        _ => Do::Go,
    });
    let server = server.await.unwrap();
    let pool = pool(&server);
    let given_up = tokio::time::timeout(Duration::from_millis(100), send(&pool)).await;
    assert!(given_up.is_err());
    assert!(matches!(send(&pool).await, Outcome::Accepted { .. }));
    server.wait_for(2).await.unwrap();
    assert_eq!(pool.status()[0].busy, 0, "a seat was not given back");
}

#[tokio::test]
async fn a_slow_relay_is_waited_for() {
    let pause = Duration::from_millis(250);
    for stage in [Stage::Connect, Stage::From, Stage::Data, Stage::Body, Stage::End] {
        let (outcome, _) = with(Encryption::None, OFFERS[0], at(stage, Do::GoSlowly(pause))).await;
        assert!(matches!(outcome, Outcome::Accepted { .. }), "{stage:?}: {outcome:?}");
    }
}
