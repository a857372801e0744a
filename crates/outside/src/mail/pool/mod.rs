//! A pool of connections to the newsroom's relays.
//!
//! Whoever wants to send takes a [`Seat`] first: a connection that is open and theirs alone, to a relay that is well and may
//! take another mail. Then they write down that they send, and send. So as many mails are under way as there are seats, and a
//! ledger that is written between the two is uncertain of no more than that after a crash.
//!
//! - Relays share the mails by weight. One that fails rests, longer each time, and others take over; after a rest one mail
//!   tries it first.
//! - `connections` is a hard cap. The last connection of a relay, and a fiftieth of its day, are kept for mails that somebody
//!   waits for, and these go first wherever mails wait.
//! - Connections are kept, and closed after some mails or some time at rest.
//! - A mailbox provider that asks for less gets less for a while ([`Pool::pause`]).
//! - What a relay took in a day is counted in memory: [`Pool::take_counts`] gives what is to be stored, and
//!   [`Pool::set_counts`] takes what was.

mod choose;
mod lane;
mod rest;
mod seat;
mod slow;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use model::Clock;
use tokio::sync::Notify;
use tokio::time::Instant;

use self::lane::Lane;
use self::slow::Slowed;
use super::envelope::Envelope;
use super::outcome::{NotSent, Outcome};
use super::relay::{Relay, RelayError};
use super::smtp::{Timeouts, Tls, tls};

pub use self::seat::Seat;

const DAY_MS: i64 = 24 * 3_600_000;

/// Which mails go first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Priority {
    /// Somebody waits for it: a confirmation, a link, a receipt.
    Personal,
    /// One of many.
    List,
}

/// How the pool behaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How the newsroom's machine calls itself: a name that leads to it.
    pub hello: String,
    /// How long is waited for what.
    pub timeouts: Timeouts,
    /// How long is waited for a seat.
    pub patience: Duration,
    /// Mails on one connection at most.
    pub mails: usize,
    /// How long a connection is kept that nobody uses.
    pub idle: Duration,
    /// The first and the longest rest of a relay that fails.
    pub rest: (Duration, Duration),
    /// The first and the longest time between two mails to a provider that asked for less.
    pub slow: (Duration, Duration),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            hello: "localhost".to_owned(),
            timeouts: Timeouts::default(),
            patience: Duration::from_secs(30),
            mails: 500,
            idle: Duration::from_secs(20),
            rest: (Duration::from_secs(5), Duration::from_secs(600)),
            slow: (Duration::from_secs(2), Duration::from_secs(60)),
        }
    }
}

/// Mails that a relay took on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCount {
    /// The relay's name.
    pub relay: String,
    /// The day, as days since 1 January 1970 (UTC).
    pub day: i64,
    /// How many.
    pub count: u64,
}

/// How a relay is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelayStatus {
    /// Its name.
    pub name: String,
    /// Its address, without a password.
    pub place: String,
    /// Connections that are open.
    pub open: usize,
    /// Connections that carry a mail.
    pub busy: usize,
    /// Mails that it took today, and how many it may; `None` for any number.
    pub today: (u64, Option<u64>),
    /// What it failed with last, and for how long it still rests.
    pub failing: Option<(String, Duration)>,
}

/// The newsroom's relays and the connections to them. Cheap to clone.
#[derive(Clone)]
pub struct Pool {
    inner: Arc<Inner>,
}

pub(in crate::mail) struct Inner {
    settings: Settings,
    clock: Arc<dyn Clock>,
    relays: Vec<(Relay, Tls)>,
    state: Mutex<State>,
    /// Told whenever a seat was given back: those who wait for a personal mail, and the others.
    freed: [Notify; 2],
}

struct State {
    lanes: Vec<Lane>,
    slowed: Slowed,
    /// How many wait for a seat, by priority.
    waiting: [usize; 2],
    closing: bool,
    /// Somebody looks after connections at rest.
    watched: bool,
}

impl Pool {
    /// A pool over some relays; none is contacted yet.
    ///
    /// # Errors
    /// [`RelayError`] if one of them can't be used as it is set.
    pub fn new(relays: Vec<Relay>, settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, RelayError> {
        for (at, relay) in relays.iter().enumerate() {
            relay.check()?;
            if relays[..at].iter().any(|other| other.name == relay.name) {
                return Err(RelayError::Twice(relay.name.clone()));
            }
        }
        let now = Instant::now();
        let lanes = relays.iter().map(|relay| Lane::new(relay, now)).collect();
        let relays = relays.into_iter().map(|relay| Ok((tls(&relay)?, relay)).map(|(tls, relay)| (relay, tls)));
        let relays = relays.collect::<Result<Vec<_>, RelayError>>()?;
        let slowed = Slowed::new(settings.slow);
        let state = State { lanes, slowed, waiting: [0; 2], closing: false, watched: false };
        let freed = [Notify::new(), Notify::new()];
        Ok(Self { inner: Arc::new(Inner { settings, clock, relays, state: Mutex::new(state), freed }) })
    }

    /// Sends a mail: [`Pool::pause`] (but for a mail that somebody waits for), [`Pool::seat`] and [`Seat::send`] in one.
    pub async fn send(&self, envelope: &Envelope, mail: &[u8], priority: Priority) -> Outcome {
        let pause = if priority == Priority::List { self.pause(envelope.provider()) } else { None };
        if let Some(retry_after) = pause {
            return Outcome::NotSent { why: NotSent::Slowed, retry_after };
        }
        match self.seat(priority).await {
            Ok(seat) => seat.send(envelope, mail).await,
            Err((why, retry_after)) => Outcome::NotSent { why, retry_after },
        }
    }

    /// Waits for a connection. Nothing is sent on it before [`Seat::send`]; dropping it gives it back.
    ///
    /// # Errors
    /// Why there is none, and when asking again makes sense.
    pub async fn seat(&self, priority: Priority) -> Result<Seat, (NotSent, Duration)> {
        seat::take(&self.inner, priority, &mut Vec::new()).await
    }

    /// How long a mailbox provider wants to be left alone; `None` for not at all. Whoever asks is counted as waiting, so that
    /// mails to one provider are spread; ask once for a mail, before taking a seat for it.
    #[must_use]
    pub fn pause(&self, provider: &str) -> Option<Duration> {
        self.inner.state().slowed.pause(provider, Instant::now())
    }

    /// How many mails can be under way at once.
    #[must_use]
    pub fn seats(&self, priority: Priority) -> usize {
        self.inner.relays.iter().map(|(relay, _)| lane::seats(relay, priority)).sum()
    }

    /// What relays took since this was asked last, to be added to what is stored.
    #[must_use]
    pub fn take_counts(&self) -> Vec<DayCount> {
        let mut state = self.inner.state();
        let lanes = self.inner.relays.iter().zip(&mut state.lanes);
        lanes.flat_map(|((relay, _), lane)| lane.day.take(&relay.name)).collect()
    }

    /// What is stored: this and other servers' mails of the day. Relays that are not here are passed over.
    pub fn set_counts(&self, counts: &[DayCount]) {
        let today = self.inner.today();
        let mut state = self.inner.state();
        for ((relay, _), lane) in self.inner.relays.iter().zip(&mut state.lanes) {
            let mut stored = counts.iter().filter(|count| count.relay == relay.name && count.day == today);
            if let Some(count) = stored.next() {
                lane.day.set(today, count.count);
            }
        }
    }

    /// How the relays are.
    #[must_use]
    pub fn status(&self) -> Vec<RelayStatus> {
        let (now, today) = (Instant::now(), self.inner.today());
        let mut state = self.inner.state();
        let lanes = self.inner.relays.iter().zip(&mut state.lanes);
        lanes.map(|((relay, _), lane)| lane.status(relay, now, today)).collect()
    }

    /// Gives no more seats, and says goodbye on connections at rest. Mails under way end as they end.
    pub async fn close(&self) {
        let resting = {
            let mut state = self.inner.state();
            state.closing = true;
            state.lanes.iter_mut().flat_map(|lane| std::mem::take(&mut lane.idle)).collect::<Vec<_>>()
        };
        self.inner.freed.iter().for_each(Notify::notify_waiters);
        futures::future::join_all(resting.into_iter().map(super::smtp::Connection::quit)).await;
    }
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn today(&self) -> i64 {
        self.clock.now().as_millis().div_euclid(DAY_MS)
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let relays: Vec<_> = self.inner.relays.iter().map(|(relay, _)| relay).collect();
        f.debug_struct("Pool").field("relays", &relays).finish_non_exhaustive()
    }
}
