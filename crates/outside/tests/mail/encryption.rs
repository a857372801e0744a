//! Encrypted connections and passwords.

use outside::mail::{NotSent, Outcome, Relay, RelayError};
use testkit::{Do, Encryption, Smtp, Stage};

use crate::relays::{clock, pool, pool_of, relay, send, settings};

async fn server(encryption: Encryption, offers: &[&str]) -> Smtp {
    Smtp::with(encryption, offers, |_| Do::Go).await.unwrap()
}

fn why(outcome: Outcome) -> String {
    match outcome {
        Outcome::NotSent { why: why @ NotSent::Resting { .. }, .. } => why.to_string(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn mails_go_encrypted_from_the_first_byte_or_after_starttls() {
    for encryption in [Encryption::Tls, Encryption::StartTls] {
        let server = server(encryption, &["PIPELINING"]).await;
        let pool = pool(&server);
        for _ in 0..3 {
            assert!(matches!(send(&pool).await, Outcome::Accepted { .. }));
        }
        let mails = server.wait_for(3).await.unwrap();
        assert!(mails.iter().all(|mail| mail.encrypted && mail.bytes == crate::relays::MAIL));
        assert_eq!(server.connections().0, 1);
    }
}

#[tokio::test]
async fn a_relay_that_nobody_vouches_for_gets_nothing() {
    for encryption in [Encryption::Tls, Encryption::StartTls] {
        let server = server(encryption, &["AUTH PLAIN"]).await;
        let pool = pool_of(vec![Relay { trusted: None, ..relay("main", &server) }]);
        let why = why(send(&pool).await);
        assert!(why.contains("certificate"), "{why}");
        assert!(!server.commands().iter().any(|command| command.starts_with("MAIL")));
    }
}

#[tokio::test]
async fn a_relay_that_offers_no_encryption_any_more_gets_nothing() {
    let server = server(Encryption::None, &["AUTH PLAIN"]).await;
    let address = server.address.replace("smtp://", "starttls://user:secret@");
    let why = why(send(&pool_of(vec![Relay::new("main", &address).unwrap()])).await);
    assert!(why.contains("no STARTTLS") && why.contains("smtps://"), "{why}");
    assert!(server.commands().iter().all(|command| command.starts_with("EHLO")), "something was said in the open");
}

#[tokio::test]
async fn what_comes_in_the_open_after_starttls_is_not_believed() {
    let inject = |moment: &testkit::Moment| match moment.stage {
        Stage::StartTls => Do::Say("220 go ahead\r\n250-fake\r\n250 AUTH PLAIN"),
        _ => Do::Go,
    };
    let server = Smtp::with(Encryption::StartTls, &[], inject).await.unwrap();
    assert!(matches!(send(&pool(&server)).await, Outcome::NotSent { .. }));
    assert!(server.mails().is_empty());
}

#[tokio::test]
async fn a_connection_that_breaks_while_it_is_encrypted_sends_nothing() {
    for (stage, act) in [
        (Stage::StartTls, Do::HangUp),
        (Stage::StartTls, Do::Say("454 4.7.0 not now")),
        (Stage::StartTls, Do::TakeAndHangUp),
    ] {
        let server = Smtp::with(
            Encryption::StartTls,
            &[],
            move |moment| if moment.stage == stage { act.clone() } else { Do::Go },
        );
        let server = server.await.unwrap();
        assert!(matches!(send(&pool(&server)).await, Outcome::NotSent { .. }));
    }
}

#[tokio::test]
async fn the_password_is_given_in_the_way_that_the_relay_takes() {
    for (offers, login) in [
        (&["AUTH LOGIN PLAIN"][..], ("AHVzZXIAc2VjcmV0", "")),
        (&["AUTH=PLAIN"], ("AHVzZXIAc2VjcmV0", "")),
        (&["AUTH LOGIN"], ("dXNlcg==", "c2VjcmV0")),
    ] {
        let server = server(Encryption::StartTls, offers).await;
        let login_at = Relay { login: Some(("user".to_owned(), "secret".to_owned())), ..relay("main", &server) };
        assert!(matches!(send(&pool_of(vec![login_at])).await, Outcome::Accepted { .. }));
        let shown = server.mails()[0].login.clone().unwrap();
        assert_eq!((shown.0.as_str(), shown.1.as_str()), login);
    }
}

#[tokio::test]
async fn a_wrong_password_or_no_way_to_give_it_is_said_and_never_shown() {
    let refuse = |moment: &testkit::Moment| match moment.stage {
        Stage::Login => Do::Say("535 5.7.8 authentication failed"),
        _ => Do::Go,
    };
    for (offers, words) in
        [(&["AUTH PLAIN"][..], "535 5.7.8"), (&["AUTH XOAUTH2"], "PLAIN or LOGIN"), (&[], "PLAIN or LOGIN")]
    {
        let server = Smtp::with(Encryption::StartTls, offers, refuse).await.unwrap();
        let login = Relay { login: Some(("user".to_owned(), "secret".to_owned())), ..relay("main", &server) };
        let pool = pool_of(vec![login]);
        let why = why(send(&pool).await);
        assert!(why.contains(words) && !why.contains("secret"), "{why}");
        assert!(!format!("{pool:?} {:?}", pool.status()).contains("secret"));
    }
}

#[tokio::test]
async fn mails_never_cross_the_internet_readable() {
    let why = why(send(&pool_of(vec![Relay::new("main", "smtp://203.0.112.1").unwrap()])).await);
    assert!(why.contains("starttls://"), "{why}");
}

#[tokio::test]
async fn a_file_of_certificates_that_holds_none_is_refused_at_the_start() {
    let relay = Relay { trusted: Some("nothing".to_owned()), ..Relay::new("main", "smtps://localhost").unwrap() };
    let error = outside::mail::Pool::new(vec![relay], settings(), clock()).unwrap_err();
    assert_eq!(error, RelayError::Trusted("main".to_owned()));
}
