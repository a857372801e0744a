//! Mailboxes of a real dovecot.

use outside::receive::{Mailbox, PollError, Polled};
use testkit::dovecot::{Dovecot, PASSWORD, USER};
use tokio::{io::AsyncWriteExt, net::TcpListener};

use crate::{Taker, fixture};

/// The ways into a mailbox.
fn ways(dovecot: &Dovecot) -> [(&'static str, Mailbox); 6] {
    let open = |scheme: &str, port: u16| {
        let address = format!("{scheme}://{USER}@localhost:{port}");
        Mailbox::new(&address, Some(PASSWORD), Some(&dovecot.certificate)).unwrap()
    };
    [
        ("imaps", open("imaps", dovecot.imaps)),
        ("starttls+imap", open("starttls+imap", dovecot.imap)),
        ("imap", open("imap", dovecot.imap)),
        ("pop3s", open("pop3s", dovecot.pop3s)),
        ("starttls+pop3", open("starttls+pop3", dovecot.pop3)),
        ("pop3", open("pop3", dovecot.pop3)),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_are_taken_out_of_a_mailbox_and_other_mails_left_in_it() {
    let Some(dovecot) = Dovecot::start().unwrap() else { return };
    for (round, (way, mailbox)) in ways(&dovecot).into_iter().enumerate() {
        let taker = Taker::new();
        let before = dovecot.count().unwrap();
        for name in ["postfix-no-user", "qmail-no-user", "arf-abuse", "report-to-nobody"] {
            dovecot.deliver(&format!("{round}.{name}"), &fixture(name)).unwrap();
        }
        let polled = mailbox.poll(&*taker).await.unwrap();
        assert_eq!(polled.taken, 3, "{way}");
        assert_eq!(taker.took().len(), 3, "{way}");
        assert!(!polled.later && !polled.more, "{way}");
        assert_eq!(dovecot.count().unwrap(), before + 1, "{way}: what is not ours stays, and nothing else");
        let again = mailbox.poll(&*taker).await.unwrap();
        assert_eq!(again, Polled::default(), "{way}: nothing is looked at twice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_nothing_can_be_done_mails_stay_in_the_mailbox() {
    let Some(dovecot) = Dovecot::start().unwrap() else { return };
    for (round, (way, mailbox)) in ways(&dovecot).into_iter().enumerate() {
        let taker = Taker::new();
        taker.go_away(true);
        mailbox.look().await.unwrap();
        dovecot.deliver(&round.to_string(), &fixture("postfix-no-user")).unwrap();
        let polled = mailbox.poll(&*taker).await.unwrap();
        assert!(polled.later && polled.taken == 0, "{way}: {polled:?}");
        taker.go_away(false);
        assert_eq!(mailbox.poll(&*taker).await.unwrap().taken, 1, "{way}");
        assert_eq!(dovecot.count().unwrap(), 0, "{way}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_giant_or_broken_mail_does_not_stand_in_the_way_of_others() {
    let Some(dovecot) = Dovecot::start().unwrap() else { return };
    let taker = Taker::new();
    let giant = [fixture("postfix-no-user"), b"x".repeat(3 << 20)].concat();
    for (round, (way, mailbox)) in ways(&dovecot).into_iter().enumerate() {
        dovecot.deliver(&format!("{round}.a-giant"), &giant).unwrap();
        dovecot.deliver(&format!("{round}.b-empty"), b"").unwrap();
        dovecot.deliver(&format!("{round}.c-noise"), &[0xff, 0, b'\n'].repeat(1_000)).unwrap();
        dovecot.deliver(&format!("{round}.d-report"), &fixture("postfix-no-user")).unwrap();
        let polled = mailbox.poll(&*taker).await.unwrap();
        assert_eq!(polled.taken, 1, "{way}: {polled:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_mailbox_is_said_without_naming_anybody() {
    let Some(dovecot) = Dovecot::start().unwrap() else { return };
    let taker = Taker::new();
    let said = async |address: String, password: &str, trusted: Option<&str>| {
        let mailbox = Mailbox::new(&address, Some(password), trusted).unwrap();
        let error = mailbox.poll(&*taker).await.unwrap_err();
        let text = error.to_string();
        assert!(!text.contains(USER) && !text.contains(password), "{text}");
        (error, text)
    };
    let certificate = Some(dovecot.certificate.as_str());
    for scheme in ["imaps", "pop3s"] {
        let port = if scheme == "imaps" { dovecot.imaps } else { dovecot.pop3s };
        let (error, text) = said(format!("{scheme}://{USER}@localhost:{port}"), "wrong-words", certificate).await;
        assert!(matches!(error, PollError::Login(_)), "{text}");
        let (error, text) = said(format!("{scheme}://{USER}@localhost:{port}"), PASSWORD, None).await;
        assert!(matches!(error, PollError::Tls { .. }) && text.contains("certificate"), "{text}");
        let (error, text) = said(format!("{scheme}://{USER}@127.0.0.1:{port}"), PASSWORD, certificate).await;
        assert!(matches!(error, PollError::Tls { .. }), "another name: {text}");
        let (error, text) = said(format!("{scheme}://{USER}@localhost:1"), PASSWORD, certificate).await;
        assert!(matches!(error, PollError::Unreachable(_)), "{text}");
    }
    let (error, text) =
        said(format!("imaps://{USER}@localhost:{}/Missing", dovecot.imaps), PASSWORD, certificate).await;
    assert!(matches!(error, PollError::Folder { .. }) && text.contains("Missing"), "{text}");
}

/// A server that says one thing and hangs up, however long that is.
async fn liar(says: Vec<u8>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _said = stream.write_all(&says).await;
            let _ended = stream.shutdown().await;
        }
    });
    port
}

#[tokio::test]
async fn a_server_that_lies_is_an_error_and_nothing_else() {
    let taker = Taker::new();
    for says in [b"".to_vec(), b"+OK\r\n".to_vec(), b"* BYE\r\n".to_vec(), b"-ERR no\r\n".to_vec(), vec![b'x'; 300_000]]
    {
        let port = liar(says).await;
        for scheme in ["imap", "pop3", "starttls+imap", "starttls+pop3"] {
            let mailbox = Mailbox::new(&format!("{scheme}://u@localhost:{port}"), Some("p"), None).unwrap();
            assert!(mailbox.poll(&*taker).await.is_err());
        }
    }
}
