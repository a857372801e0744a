//! Receiving mails: from programs that speak SMTP and LMTP, from a real postfix, and out of a real dovecot's mailbox.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod listen;
mod mailbox;
mod python;
mod servers;

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use outside::{
    mailback::{Addresses, Envelope, Sender},
    receive::{Listener, Protocol, Takes, Verdict},
};
use tokio::net::TcpListener;

const TOKEN: &str = "mfzwizltoqqgc3tbnrqxe43fnzsa2345";
const DOMAIN: &str = "bounces.news.example";

/// A mail that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Took {
    empty_sender: bool,
    recipient: Option<String>,
    bytes: Vec<u8>,
}

/// Somebody who takes mails for our addresses, and remembers them.
#[derive(Debug)]
struct Taker {
    ours: Addresses,
    took: Mutex<Vec<Took>>,
    away: AtomicBool,
}

impl Taker {
    fn new() -> Arc<Self> {
        let ours = Addresses::at(DOMAIN).unwrap();
        Arc::new(Self { ours, took: Mutex::default(), away: AtomicBool::new(false) })
    }

    fn took(&self) -> Vec<Took> {
        self.took.lock().unwrap().clone()
    }

    /// Nothing can be done now.
    fn go_away(&self, away: bool) {
        self.away.store(away, Ordering::Relaxed);
    }

    async fn wait_for(&self, count: usize) {
        let begun = Instant::now();
        while self.took().len() < count {
            assert!(begun.elapsed() < Duration::from_secs(30), "{} mails came of {count}", self.took().len());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

#[async_trait::async_trait]
impl Takes for Taker {
    async fn knows(&self, recipient: &str) -> Verdict {
        match self.ours.place(recipient) {
            Some(_) if self.away.load(Ordering::Relaxed) => Verdict::Later,
            Some(_) => Verdict::Taken,
            None => Verdict::NotHere,
        }
    }

    async fn take(&self, envelope: Envelope<'_>, bytes: &[u8]) -> Verdict {
        match outside::mailback::read(&self.ours, envelope, bytes) {
            Err(too_much) => Verdict::TooMuch(too_much),
            Ok(outside::mailback::Reading::Nothing(outside::mailback::Nothing::NotOurs)) => Verdict::NotHere,
            Ok(_) if self.away.load(Ordering::Relaxed) => Verdict::Later,
            Ok(_) => {
                self.took.lock().unwrap().push(Took {
                    empty_sender: envelope.sender == Sender::Empty,
                    recipient: envelope.recipient.map(str::to_owned),
                    bytes: bytes.to_vec(),
                });
                Verdict::Taken
            }
        }
    }
}

/// A listener on a free port.
async fn listening(protocol: Protocol, taker: &Arc<Taker>, tls: Option<(&str, &str)>) -> u16 {
    let tls = tls.map(|(certificate, key)| outside::tls::acceptor(certificate, key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let takes: Arc<dyn Takes> = Arc::<Taker>::clone(taker);
    tokio::spawn(Listener::new(protocol, DOMAIN, takes, tls).run(listener, std::future::pending()));
    port
}

fn fixture(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/mailback").join(format!("{name}.eml"));
    std::fs::read(path).unwrap()
}
