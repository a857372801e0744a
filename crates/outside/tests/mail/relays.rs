//! Pools over servers that do what they are told, with little patience.

use std::sync::Arc;
use std::time::Duration;

use model::{FixedClock, Timestamp};
use outside::mail::{Envelope, Outcome, Pool, Priority, Relay, Settings, Timeouts};
use testkit::Smtp;

pub(crate) const MAIL: &[u8] = b"From: <a@news.example>\r\nSubject: One\r\n\r\nText.\r\n.a line with a dot\r\n";

pub(crate) fn settings() -> Settings {
    Settings {
        hello: "news.example".to_owned(),
        timeouts: Timeouts {
            connect: Duration::from_secs(5),
            command: Duration::from_millis(400),
            end: Duration::from_millis(400),
        },
        patience: Duration::from_millis(800),
        rest: (Duration::from_millis(150), Duration::from_secs(2)),
        ..Settings::default()
    }
}

pub(crate) fn clock() -> Arc<FixedClock> {
    Arc::new(FixedClock::at(Timestamp::from_millis(1_763_942_400_000)))
}

/// A relay at a server, which trusts it.
pub(crate) fn relay(name: &str, server: &Smtp) -> Relay {
    let relay = Relay::new(name, &server.address).unwrap();
    Relay { trusted: Some(server.certificate.clone()), ..relay }
}

pub(crate) fn pool_of(relays: Vec<Relay>) -> Pool {
    Pool::new(relays, settings(), clock()).unwrap()
}

pub(crate) fn pool(server: &Smtp) -> Pool {
    pool_of(vec![relay("main", server)])
}

pub(crate) fn to(address: &str) -> Envelope {
    Envelope::new("b.1@bounce.news.example", address).unwrap()
}

/// Sends the mail to one reader.
pub(crate) async fn send(pool: &Pool) -> Outcome {
    pool.send(&to("jane@mail.example.org"), MAIL, Priority::List).await
}
