//! How a processor tells what happened: each event waits in a queue, and goes out as the test's plan says.
//!
//! A delivery that is not answered with 2xx comes again after a minute of the processor's clock, then after two, four and so
//! on, for three days. Signatures are made at the moment of sending, by that clock.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use model::{Chance, Clock, FixedClock, SeededChance, Timestamp};
use tokio::{sync::Notify, task::JoinHandle};

use super::http::{locked, post};

/// Something that goes wrong on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// An event arrives twice, each time with a signature of its own.
    Duplicate,
    /// Events that wait together arrive in another order.
    Reorder,
    /// An event arrives so much later by the processor's clock.
    Delay(Duration),
    /// An event never arrives; the processor's list of events has it.
    Drop,
    /// The same bytes with the same signature come again ten minutes later.
    Replay,
    /// Somebody sends the same event before, with a signature of his own.
    BadSignature,
}

/// What goes wrong, how often, and with which chance.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    seed: u64,
    modes: Vec<(Mode, u8)>,
}

impl Plan {
    /// Nothing goes wrong. The same seed gives the same order.
    #[must_use]
    pub fn calm(seed: u64) -> Self {
        Self { seed, modes: Vec::new() }
    }

    /// This goes wrong with every event.
    #[must_use]
    pub fn with(self, mode: Mode) -> Self {
        self.sometimes(mode, 100)
    }

    /// This goes wrong with so many of a hundred events.
    #[must_use]
    pub fn sometimes(mut self, mode: Mode, of_a_hundred: u8) -> Self {
        self.modes.push((mode, of_a_hundred));
        self
    }
}

/// A delivery as it was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// The event.
    pub event: String,
    /// Its kind: `invoice.paid`.
    pub kind: String,
    /// Whether the signature was somebody else's.
    pub forged: bool,
    /// The status of the answer; nothing if nobody answered.
    pub status: Option<u16>,
}

/// A delivery on its way.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub(super) event: String,
    pub(super) kind: String,
    /// The body as the processor has it before delivery.
    pub(super) body: String,
    /// Counts the deliveries of this processor.
    pub(super) number: u64,
    pub(super) forged: bool,
    sealed: Option<Sealed>,
    not_before: Timestamp,
    attempt: u32,
}

impl Waiting {
    /// The number of the first delivery of this event; this one's own, if it is the first.
    pub(super) fn first(&self) -> u64 {
        self.number - self.number % 100
    }
}

/// Headers and body, signed.
pub(super) type Sealed = (Vec<(String, String)>, String);

/// Signs, as the processor does.
pub(super) trait Signer: Send + Sync {
    fn seal(&self, waiting: &Waiting, now: Timestamp) -> Sealed;
}

/// The queue of one processor.
#[derive(Clone)]
pub(super) struct Queue {
    clock: Arc<FixedClock>,
    signer: Arc<dyn Signer>,
    inner: Arc<Mutex<Inner>>,
    news: Arc<Notify>,
}

struct Inner {
    to: Option<String>,
    plan: Plan,
    chance: SeededChance,
    number: u64,
    waiting: Vec<Waiting>,
    tried: Vec<Delivered>,
    itself: Option<JoinHandle<()>>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(itself) = self.itself.take() {
            itself.abort();
        }
    }
}

impl Queue {
    pub(super) fn new(clock: Arc<FixedClock>, signer: Arc<dyn Signer>) -> Self {
        let (waiting, tried) = (Vec::new(), Vec::new());
        let chance = SeededChance::new(0);
        let inner = Inner { to: None, plan: Plan::calm(0), chance, number: 0, waiting, tried, itself: None };
        Self { clock, signer, inner: Arc::new(Mutex::new(inner)), news: Arc::default() }
    }

    pub(super) fn to(&self, url: &str) {
        locked(&self.inner).to = Some(url.to_owned());
        self.wake();
    }

    pub(super) fn plan(&self, plan: Plan) {
        let mut inner = locked(&self.inner);
        inner.chance = SeededChance::new(plan.seed);
        inner.plan = plan;
    }

    pub(super) fn tried(&self) -> Vec<Delivered> {
        locked(&self.inner).tried.clone()
    }

    /// Forgets what waits.
    pub(super) fn forget(&self) {
        locked(&self.inner).waiting.clear();
    }

    /// Looks again what is due: after the clock moved.
    pub(super) fn wake(&self) {
        self.news.notify_one();
    }

    /// Puts an event into the queue, as the plan says.
    pub(super) fn push(&self, event: &str, kind: &str, body: String) {
        let now = self.clock.now();
        let mut inner = locked(&self.inner);
        let modes: Vec<Mode> = inner.rolled();
        inner.number += 100;
        let (event, kind, number) = (event.to_owned(), kind.to_owned(), inner.number);
        let mut waiting =
            Waiting { event, kind, body, number, forged: false, sealed: None, not_before: now, attempt: 0 };
        if modes.contains(&Mode::BadSignature) {
            inner.waiting.push(Waiting { forged: true, ..waiting.clone() });
        }
        if modes.contains(&Mode::Drop) {
            return;
        }
        for mode in &modes {
            if let Mode::Delay(time) = mode {
                waiting.not_before = now.plus_millis(millis(*time));
            }
        }
        inner.waiting.push(waiting.clone());
        if modes.contains(&Mode::Duplicate) {
            inner.waiting.push(Waiting { number: number + 1, ..waiting });
        }
        drop(inner);
        self.wake();
    }

    /// Sends everything that is due, and what that brings, until nothing is. What was tried.
    pub(super) async fn deliver_all(&self) -> Vec<Delivered> {
        let mut all = Vec::new();
        loop {
            let (to, due) = locked(&self.inner).due(self.clock.now());
            let Some(to) = to.filter(|_| !due.is_empty()) else { return all };
            for waiting in due {
                let delivered = self.deliver(&to, waiting).await;
                locked(&self.inner).tried.push(delivered.clone());
                all.push(delivered);
            }
        }
    }

    async fn deliver(&self, to: &str, waiting: Waiting) -> Delivered {
        let now = self.clock.now();
        let sealed = waiting.sealed.clone().unwrap_or_else(|| self.signer.seal(&waiting, now));
        let status = post(to, &sealed.0, sealed.1.clone()).await.ok();
        let good = status.is_some_and(|status| (200..300).contains(&status));
        let replayed = waiting.sealed.is_some();
        let (event, kind, forged) = (waiting.event.clone(), waiting.kind.clone(), waiting.forged);
        let mut inner = locked(&self.inner);
        if good && !replayed && !forged && inner.rolled().contains(&Mode::Replay) {
            let later = now.plus_millis(600_000);
            inner.waiting.push(Waiting { sealed: Some(sealed), not_before: later, ..waiting.clone() });
        }
        if !good && !replayed && !forged && waiting.attempt < 12 {
            let later = now.plus_millis(60_000 << waiting.attempt);
            let (attempt, number) = (waiting.attempt + 1, waiting.number + 2);
            inner.waiting.push(Waiting { attempt, number, not_before: later, ..waiting });
        }
        Delivered { event, kind, forged, status }
    }

    /// From now on sends by itself what is due.
    pub(super) fn by_itself(&self) {
        let news = Arc::clone(&self.news);
        let (clock, signer) = (Arc::clone(&self.clock), Arc::clone(&self.signer));
        let inner = Arc::downgrade(&self.inner);
        let itself = tokio::spawn(async move {
            while let Some(inner) = inner.upgrade() {
                let queue =
                    Self { clock: Arc::clone(&clock), signer: Arc::clone(&signer), inner, news: Arc::clone(&news) };
                queue.deliver_all().await;
                drop(queue);
                news.notified().await;
            }
        });
        locked(&self.inner).itself = Some(itself);
    }
}

impl Inner {
    /// The modes that reach the next event.
    fn rolled(&self) -> Vec<Mode> {
        let dice = self.chance.bytes16();
        let rolled = self.plan.modes.iter().zip(dice.iter().cycle());
        rolled.filter(|((_, share), dice)| **dice % 100 < *share).map(|((mode, _), _)| *mode).collect()
    }

    fn due(&mut self, now: Timestamp) -> (Option<String>, Vec<Waiting>) {
        if self.to.is_none() {
            return (None, Vec::new());
        }
        let all = std::mem::take(&mut self.waiting);
        let (mut due, later): (Vec<_>, Vec<_>) = all.into_iter().partition(|waiting| waiting.not_before <= now);
        self.waiting = later;
        if self.plan.modes.iter().any(|(mode, _)| *mode == Mode::Reorder) {
            due.sort_by_cached_key(|_| self.chance.bytes16());
        }
        (self.to.clone(), due)
    }
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
