//! Delivering an issue to everybody it was frozen for, each once.
//!
//! The flow: [`start_in_tx`] freezes the audience as rows and keeps the bytes that mails share, in the transaction in which
//! the issue becomes *sending*. Each server that holds the keys then works on it ([`run`]): it *reserves* rows, opens
//! their addresses and makes and signs their letters; takes a seat, which is a connection of its own; *begins* as many rows as
//! it has seats, in one transaction that also finds out who left meanwhile; sends; and settles the answers in the transaction
//! that begins the next ones. When nothing is open any more and every frozen reader is accounted for, the issue is *sent*.
//!
//! The guarantees:
//! - Nobody is skipped. A row leaves *pending* by an answer or by a reason not to send, never by being read.
//! - Nobody gets it twice, but for what was under way when a server or a connection died: at most one mail a connection. It
//!   is sent again under the same `Message-ID`, or left to a person, as the newsletter says; the report tells how many.
//! - Every frozen reader ends as accepted, failed, excluded or uncertain, and the four add up; else the issue does not end.
//! - Leases are times. A server that dies loses them; one whose clock jumps renews its own before it judges those of others.
//! - No address is on a row, in a log or in what is kept of an answer.

mod compare;
mod control;
mod days;
mod end;
mod forget;
mod keep;
mod ledger;
mod letters;
mod mails;
mod post;
mod report;
mod retry;
mod sample;
mod sender;
mod start;
mod trouble;
mod watch;
mod why;
mod work;

use std::time::Duration;

use tokio::sync::watch as tokio_watch;

pub use compare::{Arm, Comparison, LEFT_LEAST, SENT_LEAST, Share, Verdict};
pub use control::{By, again, cancel, pause, resume};
pub use days::keep as keep_days;
pub(crate) use end::pause_restored_in_tx;
pub use forget::{KEEP_DAYS, forget};
pub(crate) use mails::mails;
pub use mails::start;
pub use outside::mail::RelayStatus;
pub(crate) use report::progress;
pub use report::{AtProvider, Doubts, Report, Since, Standing, Sums, report};
pub use retry::{AGE_MAX_MS, DOUBTS_MAX, TRIES_MAX};
pub use sample::{SAMPLES_MOST, Sample, Sampled, sample};
pub use start::{start_in_tx, started};
pub use watch::Deliveries;
pub use why::Why;

use crate::Newsroom;

/// How the relays are, as this process sees them.
#[must_use]
pub fn relays(newsroom: &Newsroom) -> Vec<RelayStatus> {
    newsroom.mailer().pool.status()
}

/// How often what ended long ago is forgotten.
const FORGET: Duration = Duration::from_secs(3_600);

/// Sends whatever is to be sent until `stop` becomes true; then what is under way ends, for some seconds at most.
pub async fn run(newsroom: Newsroom, stop: tokio_watch::Receiver<bool>) {
    let forgetting = tokio::spawn(run_forgetting(newsroom.clone()));
    let pool = newsroom.mailer().pool.clone();
    let counting = days::Counting::begin(&newsroom, &pool).await;
    sender::Sender::new(newsroom, pool).run(stop).await;
    counting.end().await;
    forgetting.abort();
}

async fn run_forgetting(newsroom: Newsroom) {
    loop {
        if let Err(error) = forget(&newsroom).await {
            tracing::error!(%error, "old deliveries could not be forgotten; trying again in an hour");
        }
        tokio::time::sleep(FORGET).await;
    }
}
