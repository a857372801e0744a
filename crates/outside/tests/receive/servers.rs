//! The listener behind a real postfix.

use std::time::{Duration, Instant};

use outside::{
    mailback::{Notice, Reading},
    receive::Protocol,
};
use testkit::postfix::Postfix;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use crate::{DOMAIN, TOKEN, Taker, fixture, listening};

async fn bring(port: u16, from: &str, to: &str, mail: &[u8]) -> String {
    let mut client = BufReader::new(TcpStream::connect(("127.0.0.1", port)).await.unwrap());
    let mail = String::from_utf8_lossy(mail).replace("\r\n", "\n").replace('\n', "\r\n");
    let mut last = String::new();
    let commands = ["HELO mx.reader.example".to_owned(), format!("MAIL FROM:<{from}>"), format!("RCPT TO:<{to}>")];
    for line in ["".to_owned()].into_iter().chain(commands).chain(["DATA".to_owned(), format!("{mail}\r\n.")]) {
        if !line.is_empty() {
            client.get_mut().write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
        }
        last.clear();
        client.read_line(&mut last).await.unwrap();
        if !last.starts_with(['2', '3']) {
            return last;
        }
    }
    last
}

#[tokio::test(flavor = "multi_thread")]
async fn postfix_brings_reports_and_keeps_them_while_nothing_can_be_done() {
    let taker = Taker::new();
    let lmtp = listening(Protocol::Lmtp, &taker, None).await;
    let Some(postfix) = Postfix::start(DOMAIN, lmtp).unwrap() else { return };
    let to = format!("b-{TOKEN}@{DOMAIN}");
    taker.go_away(true);
    let mail = fixture("gmail-no-user");
    let answer = bring(postfix.port, "", &to, &mail).await;
    assert!(answer.starts_with("250"), "{answer}");
    let begun = Instant::now();
    while !postfix.log().contains("status=deferred") {
        assert!(begun.elapsed() < Duration::from_secs(30), "{}", postfix.log());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(taker.took(), []);
    taker.go_away(false);
    // It tries again by itself; this only shortens the wait.
    while taker.took().is_empty() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{}", postfix.log());
        postfix.flush().unwrap();
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    taker.wait_for(1).await;
    let took = taker.took();
    assert!(took[0].empty_sender);
    assert_eq!(took[0].recipient.as_deref(), Some(to.as_str()));
    let envelope = outside::mailback::Envelope { sender: outside::mailback::Sender::Empty, recipient: Some(&to) };
    let reading = outside::mailback::read(&taker.ours, envelope, &took[0].bytes);
    assert!(matches!(reading, Ok(Reading::Notice(Notice::Bounced { .. }))), "{reading:?}");
}

/// Somebody writes to an address that is none of ours. Postfix answers them, as it answers for everybody who does not take
/// something; nothing comes back to us of that.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_ours_is_refused_to_postfix() {
    let taker = Taker::new();
    let lmtp = listening(Protocol::Lmtp, &taker, None).await;
    let Some(postfix) = Postfix::start(DOMAIN, lmtp).unwrap() else { return };
    bring(postfix.port, "", &format!("somebody@{DOMAIN}"), b"Subject: x\r\n\r\nx").await;
    let begun = Instant::now();
    while !postfix.log().contains("status=bounced") {
        assert!(begun.elapsed() < Duration::from_secs(30), "{}", postfix.log());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(postfix.log().contains("550 5.1.1 There is no such address here"), "{}", postfix.log());
    assert_eq!(taker.took(), []);
}
