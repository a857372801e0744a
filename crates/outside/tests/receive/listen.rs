//! The listener, spoken to line by line.

use std::sync::Arc;

use outside::receive::{Protocol, limits};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use crate::{TOKEN, Taker, fixture, listening};

/// Somebody who speaks to the listener.
struct Client(BufReader<TcpStream>);

impl Client {
    async fn connect(port: u16) -> Self {
        let mut client = Self(BufReader::new(TcpStream::connect(("127.0.0.1", port)).await.unwrap()));
        assert!(client.hear().await.starts_with("220 "));
        client
    }

    /// The last line of an answer; empty when the listener hung up.
    async fn hear(&mut self) -> String {
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).await.unwrap_or_default();
            if line.as_bytes().get(3) != Some(&b'-') {
                return line.trim_end().to_owned();
            }
        }
    }

    async fn say(&mut self, line: &str) -> String {
        self.write(format!("{line}\r\n").as_bytes()).await;
        self.hear().await
    }

    async fn write(&mut self, bytes: &[u8]) {
        // The listener may have hung up on us.
        let _sent = self.0.get_mut().write_all(bytes).await;
    }
}

fn bounce() -> String {
    format!("b-{TOKEN}@bounces.news.example")
}

#[tokio::test]
async fn a_report_is_taken_and_all_else_refused_before_it_is_read() {
    let taker = Taker::new();
    let port = listening(Protocol::Smtp, &taker, None).await;
    let mut client = Client::connect(port).await;
    assert!(client.say("MAIL FROM:<>").await.starts_with("503"), "without a greeting");
    assert!(client.say("EHLO mx.reader.example").await.starts_with("250"));
    assert!(client.say("RCPT TO:<x@y.example>").await.starts_with("503"), "without a sender");
    assert!(client.say("MAIL FROM:<> SIZE=1000 BODY=8BITMIME").await.starts_with("250"));
    for other in [
        "<victim@victim.example>",
        "<somebody@bounces.news.example>",
        "<postmaster@bounces.news.example>",
        "<@relay.example:victim@victim.example>",
        "<victim%victim.example@bounces.news.example>",
        "<\"victim@victim.example\"@bounces.news.example>",
        "<postmaster>",
        "<>",
    ] {
        let answer = client.say(&format!("RCPT TO:{other}")).await;
        assert!(answer.starts_with("550 5.1.1") && !answer.contains("victim"), "{other}: {answer}");
    }
    assert!(client.say("DATA").await.starts_with("503"), "for nobody");
    assert!(client.say(&format!("RCPT TO:<{}>", bounce())).await.starts_with("250"));
    assert!(client.say("DATA").await.starts_with("354"));
    client.write(b"Subject: x\r\n\r\n..a dot\r\n.\r\n").await;
    assert!(client.hear().await.starts_with("250"));
    assert!(client.say("QUIT").await.starts_with("221"));
    assert_eq!(taker.took()[0].bytes, b"Subject: x\r\n\r\n.a dot\r\n");
    assert!(taker.took()[0].empty_sender);
}

#[tokio::test]
async fn lmtp_answers_for_each_recipient() {
    let taker = Taker::new();
    let port = listening(Protocol::Lmtp, &taker, None).await;
    let mut client = Client::connect(port).await;
    assert!(client.say("EHLO mx").await.starts_with("500"), "SMTP is not LMTP");
    assert!(client.say("LHLO mx").await.starts_with("250"));
    assert!(client.say("MAIL FROM:<reader@reader.example>").await.starts_with("250"));
    assert!(client.say("RCPT TO:<join@bounces.news.example>").await.starts_with("250"));
    assert!(client.say("RCPT TO:<join+weekly@bounces.news.example>").await.starts_with("250"));
    assert!(client.say("DATA").await.starts_with("354"));
    client.write(b"From: reader@reader.example\r\n\r\n.\r\n").await;
    assert!(client.hear().await.starts_with("250"));
    assert!(client.hear().await.starts_with("250"));
    assert!(!taker.took()[0].empty_sender);
    assert_eq!(taker.took().len(), 2);
}

#[tokio::test]
async fn while_nothing_can_be_done_everybody_is_asked_to_come_again() {
    let taker = Taker::new();
    taker.go_away(true);
    let port = listening(Protocol::Smtp, &taker, None).await;
    let mut client = Client::connect(port).await;
    client.say("EHLO mx").await;
    client.say("MAIL FROM:<>").await;
    assert!(client.say(&format!("RCPT TO:<{}>", bounce())).await.starts_with("451"));
    assert!(client.say("RCPT TO:<x@y.example>").await.starts_with("550"), "that will never be taken");
    taker.go_away(false);
    assert!(client.say(&format!("RCPT TO:<{}>", bounce())).await.starts_with("250"));
    client.say("DATA").await;
    taker.go_away(true);
    client.write(b"\r\n.\r\n").await;
    assert!(client.hear().await.starts_with("451"));
    assert_eq!(taker.took(), []);
}

#[tokio::test]
async fn limits_are_numbers_that_are_named() {
    let taker = Taker::new();
    let port = listening(Protocol::Smtp, &taker, None).await;
    let mut client = Client::connect(port).await;
    client.say("EHLO mx").await;
    assert_eq!(client.say("MAIL FROM:<> SIZE=1048577").await, "552 5.3.4 A mail has 1048576 bytes at most");
    assert!(client.say(&"x".repeat(5_000)).await.starts_with("500 5.5.2 A line has 1024 bytes at most"));
    client.say("MAIL FROM:<>").await;
    for _ in 0..limits::RECIPIENTS {
        assert!(client.say(&format!("RCPT TO:<{}>", bounce())).await.starts_with("250"));
    }
    assert!(client.say(&format!("RCPT TO:<{}>", bounce())).await.contains("50 recipients at most"));
    client.say("RSET").await;
    client.say("MAIL FROM:<>").await;
    client.say(&format!("RCPT TO:<{}>", bounce())).await;
    client.say("DATA").await;
    let line = format!("{}\r\n", "y".repeat(998));
    client.write(line.repeat(1_100).as_bytes()).await;
    client.write(b".\r\n").await;
    assert!(client.hear().await.starts_with("552 5.3.4"), "a mail that is too large");
    assert!(client.say("NOOP").await.starts_with("250"), "and the connection goes on");
    for _ in 0..limits::REFUSED {
        client.say("AUTH PLAIN AAAA").await;
    }
    assert_eq!(client.hear().await, "", "who is refused all the time is hung up on");
    assert_eq!(taker.took(), []);
}

#[tokio::test]
async fn a_mail_that_goes_round_in_circles_is_not_answered_but_refused() {
    let taker = Taker::new();
    let port = listening(Protocol::Smtp, &taker, None).await;
    let mut client = Client::connect(port).await;
    client.say("EHLO mx").await;
    client.say("MAIL FROM:<>").await;
    client.say(&format!("RCPT TO:<{}>", bounce())).await;
    client.say("DATA").await;
    let mail = String::from_utf8(fixture("round-in-circles")).unwrap().replace('\n', "\r\n");
    client.write(mail.as_bytes()).await;
    client.write(b"\r\n.\r\n").await;
    assert!(client.hear().await.starts_with("554 5.4.6"));
}

#[tokio::test]
async fn who_sends_without_end_or_hangs_up_takes_nothing_away() {
    let taker = Taker::new();
    let port = listening(Protocol::Smtp, &taker, None).await;
    let mut client = Client::connect(port).await;
    client.say("EHLO mx").await;
    client.say("MAIL FROM:<>").await;
    client.say(&format!("RCPT TO:<{}>", bounce())).await;
    client.say("DATA").await;
    for _ in 0..20 {
        client.write(&vec![b'z'; 1 << 20]).await;
    }
    let mut rest = Vec::new();
    let _ended = client.0.read_to_end(&mut rest).await;
    let mut client = Client::connect(port).await;
    client.say("EHLO mx").await;
    client.say("MAIL FROM:<>").await;
    client.say(&format!("RCPT TO:<{}>", bounce())).await;
    client.say("DATA").await;
    client.write(b"Subject: half a ma").await;
    drop(client);
    assert!(Client::connect(port).await.say("EHLO mx").await.starts_with("250"));
    assert_eq!(taker.took(), []);
}

#[tokio::test]
async fn there_are_only_so_many_connections() {
    let taker = Taker::new();
    let port = listening(Protocol::Smtp, &taker, None).await;
    let mut open = Vec::new();
    for _ in 0..limits::CONNECTIONS {
        open.push(Client::connect(port).await);
    }
    let mut one_more = BufReader::new(TcpStream::connect(("127.0.0.1", port)).await.unwrap());
    let mut said = String::new();
    one_more.read_line(&mut said).await.unwrap();
    assert!(said.starts_with("421 4.3.2"), "{said}");
    open.pop();
    let again = async {
        loop {
            let mut client = BufReader::new(TcpStream::connect(("127.0.0.1", port)).await.unwrap());
            let mut said = String::new();
            client.read_line(&mut said).await.unwrap();
            if said.starts_with("220") {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), again).await.unwrap();
}

#[tokio::test]
async fn what_is_said_in_the_open_after_starttls_is_not_heard() {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (certificate, key) = (made.cert.pem(), made.signing_key.serialize_pem());
    let taker: Arc<Taker> = Taker::new();
    let port = listening(Protocol::Smtp, &taker, Some((&certificate, &key))).await;
    let mut client = Client::connect(port).await;
    client.say("EHLO mx").await;
    client.write(b"STARTTLS\r\nMAIL FROM:<>\r\n").await;
    assert!(client.hear().await.starts_with("220"));
    assert_eq!(client.hear().await, "", "the connection is closed");
}
