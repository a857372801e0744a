//! What a server looks after: a listener, a mailbox that is asked, and rows of bounces that end.

use std::{sync::Arc, time::Duration};

use outside::{
    receive::{Listener, Protocol},
    tls::TlsAcceptor,
};
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

use super::{Taker, settle};
use crate::Newsroom;

/// How often rows of bounces are ended.
const SETTLE: Duration = Duration::from_secs(3_600);
/// The longest pause between two tries at a mailbox that does not answer.
const LONGEST: Duration = Duration::from_secs(3_600);

/// Where mail servers bring what comes back.
pub struct Door {
    /// The port.
    pub listener: TcpListener,
    /// How they speak.
    pub protocol: Protocol,
    /// Encryption, where it is offered: certificate and key in PEM, read.
    pub tls: Option<TlsAcceptor>,
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Door")
            .field("listener", &self.listener)
            .field("protocol", &self.protocol)
            .finish_non_exhaustive()
    }
}

/// Takes what comes back until `stop` becomes true. What is under way then comes again.
pub async fn run(newsroom: Newsroom, door: Option<Door>, stop: watch::Receiver<bool>) {
    let mut tasks = JoinSet::new();
    if let (Some(door), Some(ours)) = (door, &newsroom.ways().addresses) {
        let listener = Listener::new(door.protocol, ours.domain(), Arc::new(Taker(newsroom.clone())), door.tls);
        tasks.spawn(listener.run(door.listener, stopped(stop.clone())));
    }
    if newsroom.ways().mailbox.is_some() {
        tasks.spawn(ask(newsroom.clone()));
    }
    tasks.spawn(settle_for_ever(newsroom));
    stopped(stop).await;
    tasks.shutdown().await;
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    // A sender that is gone means the same as one that says stop.
    drop(stop.wait_for(|stop| *stop).await);
}

/// Asks the mailbox, at once while there is more, and less often while it does not answer.
async fn ask(newsroom: Newsroom) {
    let Some(mailbox) = &newsroom.ways().mailbox else { return };
    let every = newsroom.ways().every;
    let (taker, mut failures) = (Taker(newsroom.clone()), 0_u32);
    loop {
        // Without keys nothing in it can be told apart.
        let pause = if newsroom.keys().is_err() {
            every
        } else {
            match mailbox.poll(&taker).await {
                Ok(polled) => {
                    if failures > 0 {
                        tracing::info!("the mailbox of what comes back answers again");
                    }
                    failures = 0;
                    if polled.left > 0 {
                        tracing::warn!(
                            mails = polled.left,
                            "mails that are none of ours were left in the mailbox of what comes back"
                        );
                    }
                    if polled.more && polled.taken > 0 { Duration::ZERO } else { every }
                }
                Err(error) => {
                    if failures == 0 {
                        tracing::error!(%error, "the mailbox of what comes back could not be asked; trying again");
                    }
                    failures = failures.saturating_add(1);
                    every.saturating_mul(1 << failures.min(5)).min(LONGEST)
                }
            }
        };
        tokio::time::sleep(pause).await;
    }
}

async fn settle_for_ever(newsroom: Newsroom) {
    loop {
        if let Err(error) = settle(&newsroom).await {
            tracing::error!(%error, "rows of bounces could not be ended; the next hour tries again");
        }
        tokio::time::sleep(SETTLE).await;
    }
}
