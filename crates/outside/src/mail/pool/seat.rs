//! A seat: one open connection, for one mail.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::choose::Choice;
use super::{Inner, Priority, rest};
use crate::mail::envelope::Envelope;
use crate::mail::outcome::{Lost, NotSent, Outcome};
use crate::mail::reply::{Class, Reply};
use crate::mail::smtp::{Connection, Failure, Sent, Stage};
use crate::mailback::hooks::fields;

/// One open connection, for one mail.
pub struct Seat {
    inner: Arc<Inner>,
    relay: usize,
    priority: Priority,
    connection: Option<Connection>,
}

/// How often whoever waits for a seat looks again.
const GLANCE: Duration = Duration::from_millis(250);

/// What one relay made of a mail.
enum Try {
    Done(Outcome),
    /// The relay can't take mails; another may.
    Elsewhere(NotSent),
}

/// Waits for a seat at a relay that was not tried.
pub(super) async fn take(
    inner: &Arc<Inner>,
    priority: Priority,
    tried: &mut Vec<usize>,
) -> Result<Seat, (NotSent, Duration)> {
    let mut failed = None;
    let until = Instant::now() + inner.settings.patience;
    loop {
        let (relay, connection) = match wait(inner, priority, tried, until).await {
            Ok(free) => free,
            // What kept the relays that were tried says more than that there is no other.
            Err(none @ (NotSent::NoRelay, _)) => return Err(failed.unwrap_or(none)),
            Err(why) => return Err(why),
        };
        let mut seat = Seat { inner: Arc::clone(inner), relay, priority, connection };
        match seat.connect().await {
            Ok(()) => return Ok(seat),
            Err(failure) => {
                failed = Some(seat.failed(failure.to_string()));
                tried.push(relay);
            }
        }
    }
}

async fn wait(
    inner: &Inner,
    priority: Priority,
    tried: &[usize],
    until: Instant,
) -> Result<(usize, Option<Connection>), (NotSent, Duration)> {
    let lane = priority as usize;
    loop {
        let freed = inner.freed[lane].notified();
        let soonest = match inner.choose(priority, tried) {
            Choice::Seat(relay, connection) => return Ok((relay, connection)),
            Choice::None(why, retry_after) => return Err((why, retry_after)),
            Choice::Wait(soonest) => soonest,
        };
        let _waiting = Waiting(inner, lane);
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err((NotSent::Busy, Duration::from_secs(1)));
        }
        // Whether it was told or not, it looks again: what was free may have been of no use to whoever was told.
        drop(timeout(soonest.min(left).min(GLANCE), freed).await);
    }
}

/// Somebody who was counted as waiting.
struct Waiting<'a>(&'a Inner, usize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.state().waiting[self.1] -= 1;
    }
}

impl Seat {
    /// The name of the relay.
    #[must_use]
    pub fn relay(&self) -> &str {
        &self.inner.relays[self.relay].0.name
    }

    /// Gives the mail to the relay; if that can't take it and says so before it had it, to another.
    pub async fn send(mut self, envelope: &Envelope, mail: &[u8]) -> Outcome {
        let mut tried = Vec::new();
        loop {
            let why = match self.attempt(envelope, mail).await {
                Try::Done(outcome) => return outcome,
                Try::Elsewhere(why) => why,
            };
            tried.push(self.relay);
            let (inner, priority) = (Arc::clone(&self.inner), self.priority);
            drop(self);
            self = match take(&inner, priority, &mut tried).await {
                Ok(seat) => seat,
                Err((NotSent::NoRelay, _)) => return Outcome::NotSent { retry_after: inner.soonest(), why },
                Err((why, retry_after)) => return Outcome::NotSent { why, retry_after },
            };
        }
    }

    async fn attempt(&mut self, envelope: &Envelope, mail: &[u8]) -> Try {
        let Some(mut connection) = self.connection.take() else { return Try::Elsewhere(NotSent::Lost(Lost::Closed)) };
        let mail = self.with_fields(envelope, mail);
        let mail = &*mail;
        let mut sent = connection.send(envelope, mail).await;
        // A relay may hang up on a connection that rested; that is no failure, and a fresh one takes its place.
        if matches!(sent, Sent::Lost { ended: false, .. }) && connection.count > 1 {
            drop(connection);
            if let Err(failure) = self.connect().await {
                return Try::Elsewhere(self.failed(failure.to_string()).0);
            }
            let Some(fresh) = self.connection.take() else { return Try::Elsewhere(NotSent::Lost(Lost::Closed)) };
            connection = fresh;
            sent = connection.send(envelope, mail).await;
        }
        self.connection = Some(connection);
        self.judge(sent, envelope)
    }

    /// The mail with what its relay's service wants above it. These fields are not signed: the service takes them away.
    fn with_fields<'a>(&self, envelope: &Envelope, mail: &'a [u8]) -> Cow<'a, [u8]> {
        let (relay, _) = &self.inner.relays[self.relay];
        let (Some(service), Some(token)) = (relay.service, envelope.token()) else { return Cow::Borrowed(mail) };
        let mut whole = Vec::with_capacity(mail.len() + 256);
        for (name, value) in fields(service, token) {
            whole.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        whole.extend_from_slice(mail);
        Cow::Owned(whole)
    }

    fn judge(&self, sent: Sent, envelope: &Envelope) -> Try {
        match sent {
            Sent::Accepted(reply) => {
                self.took(envelope);
                Try::Done(Outcome::Accepted { reply })
            }
            Sent::Lost { lost, ended: true } => {
                self.count();
                // A relay that does this at every mail must not be given them all.
                self.failed(format!("{lost} after the mail was sent"));
                Try::Done(Outcome::Uncertain { why: lost })
            }
            Sent::Lost { lost, ended: false } => {
                self.failed(lost.to_string());
                Try::Elsewhere(NotSent::Lost(lost))
            }
            Sent::Answered(stage, reply) => self.answered(stage, reply, envelope),
        }
    }

    fn answered(&self, stage: Stage, reply: Reply, envelope: &Envelope) -> Try {
        let class = reply.class();
        let own = class == Class::Relay && reply.is_final();
        if own || (stage == Stage::Sender && class != Class::TooBig) {
            let failure = Failure::Said { command: if own { "a mail" } else { "MAIL" }, reply };
            return Try::Elsewhere(self.failed(failure.to_string()).0);
        }
        let mut state = self.inner.state();
        state.lanes[self.relay].health.succeeded(Instant::now());
        if matches!(reply.code, 421 | 450) || class == Class::Slow {
            state.slowed.asked_for_less(envelope.provider(), Instant::now());
        }
        Try::Done(if reply.is_final() {
            Outcome::Refused { reply, class }
        } else {
            Outcome::Deferred { reply, class, retry_after: retry_after(class) }
        })
    }

    fn took(&self, envelope: &Envelope) {
        self.count();
        let mut state = self.inner.state();
        state.lanes[self.relay].health.succeeded(Instant::now());
        state.slowed.took(envelope.provider());
    }

    fn count(&self) {
        let today = self.inner.today();
        self.inner.state().lanes[self.relay].day.add(today);
    }

    /// Notes that the relay failed; why nothing was sent, and for how long it rests.
    fn failed(&self, why: String) -> (NotSent, Duration) {
        let now = Instant::now();
        let mut state = self.inner.state();
        let lane = &mut state.lanes[self.relay];
        lane.health.failed(why.clone(), now, self.inner.settings.rest);
        // Whatever it failed with, connections at rest will too.
        lane.idle.clear();
        let rest = lane.health.rest(now).unwrap_or_default();
        (NotSent::Resting { why: format!("{}: {why}", self.relay()) }, rest)
    }

    /// Makes sure of a connection.
    async fn connect(&mut self) -> Result<(), Failure> {
        while let Some(mut connection) = self.connection.take() {
            let fresh = connection.used.elapsed() < self.inner.settings.idle;
            if fresh && connection.is_usable() {
                self.connection = Some(connection);
                return Ok(());
            }
            drop(connection);
            self.connection = self.inner.state().lanes[self.relay].idle.pop();
        }
        let (relay, tls) = &self.inner.relays[self.relay];
        let settings = &self.inner.settings;
        self.connection = Some(Connection::open(relay, tls, &settings.hello, settings.timeouts).await?);
        Ok(())
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let usable = self.connection.take().and_then(|mut connection| connection.is_usable().then_some(connection));
        let worn = |connection: &Connection| connection.count >= self.inner.settings.mails;
        match usable {
            Some(connection) if worn(&connection) || self.inner.state().closing => {
                // The seat is free when the goodbye was said: until then the connection is open.
                let (inner, relay) = (Arc::clone(&self.inner), self.relay);
                match tokio::runtime::Handle::try_current() {
                    Ok(runtime) => drop(runtime.spawn(async move {
                        connection.quit().await;
                        inner.free(relay, None);
                    })),
                    Err(_) => inner.free(relay, None),
                }
            }
            connection => self.inner.free(self.relay, connection),
        }
        rest::watch(&self.inner);
    }
}

impl Inner {
    /// Takes a seat back.
    fn free(&self, relay: usize, connection: Option<Connection>) {
        let waiting = {
            let mut state = self.state();
            let lane = &mut state.lanes[relay];
            lane.busy -= 1;
            lane.idle.extend(connection);
            state.waiting
        };
        self.freed[usize::from(waiting[0] == 0)].notify_one();
    }

    /// When the first relay that rests can be tried.
    fn soonest(&self) -> Duration {
        let now = Instant::now();
        let state = self.state();
        state.lanes.iter().filter_map(|lane| lane.health.rest(now)).min().unwrap_or_default()
    }
}

/// The least time before another try makes sense.
fn retry_after(class: Class) -> Duration {
    Duration::from_secs(match class {
        Class::Greylisted => 6 * 60,
        Class::Slow | Class::Relay | Class::Other | Class::TooBig => 10 * 60,
        Class::Policy | Class::Mailbox => 30 * 60,
        Class::Full => 3 * 3_600,
    })
}

impl std::fmt::Debug for Seat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Seat").field("relay", &self.relay()).finish_non_exhaustive()
    }
}
