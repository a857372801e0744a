//! Many press Continue at one moment.
//!
//! The program limits forms as it does for everybody: the first twenty of a minute are taken as they come, further ones are
//! answered with a ticket and come again after two seconds with the number that a browser would have looked for, and beyond six
//! hundred a minute none is taken. So a round of sixteen readers is begun every few seconds, and each does what a browser does.

use std::{
    sync::{Barrier, Mutex},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

use super::client::{Editor, between};

/// Readers who press at the same moment.
pub(super) const READERS: usize = 16;
/// How often they do.
pub(super) const ROUNDS: usize = 32;
/// From one round to the next: fewer than six hundred forms a minute.
const ROUND: Duration = Duration::from_millis(3_600);
/// A ticket is good so much later.
const PATIENCE: Duration = Duration::from_millis(2_100);

/// Until each reader was sent on to the gateway's page.
pub(super) fn measure(port: u16) -> anyhow::Result<Vec<Duration>> {
    let barrier = Barrier::new(READERS);
    let times = Mutex::new(Vec::with_capacity(READERS * ROUNDS));
    let failed = Mutex::new(None);
    thread::scope(|scope| {
        for reader in 0..READERS {
            let (barrier, times, failed) = (&barrier, &times, &failed);
            scope.spawn(move || {
                for round in 0..ROUNDS {
                    let begun = Instant::now();
                    match one(port, reader, round, barrier) {
                        Ok(took) => times.lock().map(|mut times| times.push(took)).unwrap_or_default(),
                        Err(error) => failed.lock().map(|mut failed| *failed = Some(error)).unwrap_or_default(),
                    }
                    thread::sleep(ROUND.saturating_sub(begun.elapsed()));
                }
            });
        }
    });
    match failed.into_inner().ok().flatten() {
        Some(error) => Err(error),
        None => times.into_inner().ok().context("the times are lost"),
    }
}

/// One form, and once more with its ticket where it gets one. Waits for the others before each, whatever comes of it.
fn one(port: u16, reader: usize, round: usize, barrier: &Barrier) -> anyhow::Result<Duration> {
    barrier.wait();
    let first = send(port, reader, round, None);
    let carried = match &first {
        Ok(Came::Step(ticket)) => Some((ticket.clone(), prove(ticket))),
        _ => None,
    };
    thread::sleep(PATIENCE);
    barrier.wait();
    let Some((ticket, proof)) = carried else { return first?.sent() };
    send(port, reader, round, Some((&ticket, &proof)))?.sent()
}

/// What a form is answered.
enum Came {
    /// On to the gateway's page.
    Sent(Duration),
    /// Once more, with this ticket.
    Step(String),
}

impl Came {
    fn sent(self) -> anyhow::Result<Duration> {
        match self {
            Self::Sent(took) => Ok(took),
            Self::Step(_) => bail!("a ticket with its number was not taken"),
        }
    }
}

fn send(port: u16, reader: usize, round: usize, ticket: Option<(&str, &str)>) -> anyhow::Result<Came> {
    let (other, address) = (format!("{}.{reader:02}", 5 + round), format!("reader.{round}.{reader}@gmail.com"));
    let mut fields = vec![
        ("frequency", "monthly"),
        ("currency", "USD"),
        ("other", &other),
        ("gateway", "stripe"),
        ("address", &address),
        ("message", "Thank you for the story about the harbour pilots."),
        ("language", "en"),
    ];
    if let Some((ticket, proof)) = ticket {
        fields.extend([("ticket", ticket), ("proof", proof)]);
    }
    let answer = Editor::nobody(port).form("/-/support/give", &fields)?;
    match answer.status {
        // A page that leads to the gateway's, or the way there itself.
        303 => Ok(Came::Sent(answer.took)),
        200 if answer.body.contains("http-equiv=\"refresh\"") => Ok(Came::Sent(answer.took)),
        200 => Ok(Came::Step(between(&answer.body, "name=\"ticket\" value=\"", "\"")?.to_owned())),
        status => bail!("a form was answered with {status}: {}", answer.body),
    }
}

/// The number that a browser looks for.
fn prove(ticket: &str) -> String {
    let good = |number: &u64| {
        let hash = Sha256::digest(format!("{ticket}.{number}"));
        u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]).leading_zeros() >= 17
    };
    (0..u64::MAX).find(good).unwrap_or_default().to_string()
}
