//! Which relay takes the next mail.

use std::time::Duration;

use tokio::time::Instant;

use super::lane::{Lane, day_limit, seats};
use super::{Inner, Priority};
use crate::mail::outcome::NotSent;
use crate::mail::relay::Relay;
use crate::mail::smtp::Connection;

/// What came of asking for a relay.
pub(super) enum Choice {
    /// A seat at this relay, with a connection at rest if there is one. It is counted as taken.
    Seat(usize, Option<Connection>),
    /// None is free; one may be after this time, or when a seat is given back. Who asked is counted as waiting.
    Wait(Duration),
    /// None will be soon.
    None(NotSent, Duration),
}

/// Whether a relay can take a mail.
enum Can {
    Now,
    /// Its connections are busy, or its minute is full for so long.
    Soon(Duration),
    /// It rests, or its day is full.
    Later(NotSent, Duration),
}

impl Inner {
    /// Chooses among the relays but those that were tried; by weight (smooth weighted round robin).
    pub(super) fn choose(&self, priority: Priority, tried: &[usize]) -> Choice {
        let (now, today) = (Instant::now(), self.today());
        let mut state = self.state();
        if state.closing {
            return Choice::None(NotSent::Closing, Duration::ZERO);
        }
        let behind = priority == Priority::List && state.waiting[0] > 0;
        let (mut able, mut soonest, mut later) = (Vec::new(), None::<Duration>, None::<(NotSent, Duration)>);
        for (at, ((relay, _), lane)) in self.relays.iter().zip(&mut state.lanes).enumerate() {
            if tried.contains(&at) {
                continue;
            }
            match self.can(relay, lane, priority, (now, today)) {
                Can::Now if !behind => able.push(at),
                Can::Now => soonest = soonest.or(Some(Duration::MAX)),
                Can::Soon(wait) => soonest = Some(wait.min(soonest.unwrap_or(Duration::MAX))),
                Can::Later(why, wait) => {
                    later = Some(later.filter(|(_, other)| *other <= wait).unwrap_or((why, wait)));
                }
            }
        }
        let Some(at) = self.by_weight(&able, &mut state.lanes) else {
            return match (soonest, later) {
                (Some(wait), _) => {
                    state.waiting[priority as usize] += 1;
                    Choice::Wait(wait)
                }
                (None, Some((why, wait))) => Choice::None(why, wait),
                (None, None) => Choice::None(NotSent::NoRelay, Duration::from_secs(3_600)),
            };
        };
        let lane = &mut state.lanes[at];
        lane.busy += 1;
        lane.minute.take(now);
        Choice::Seat(at, lane.idle.pop())
    }

    fn can(&self, relay: &Relay, lane: &mut Lane, priority: Priority, (now, today): (Instant, i64)) -> Can {
        if let Some((rest, (why, _))) = lane.health.rest(now).zip(lane.health.failing.as_ref()) {
            let why = format!("{}: {why}", relay.name);
            return Can::Later(NotSent::Resting { why }, rest);
        }
        // Those under way count as taken: together they must not pass the limit.
        let under_way = u64::try_from(lane.busy).unwrap_or(u64::MAX);
        if day_limit(relay, today, priority).is_some_and(|limit| lane.day.count(today) + under_way >= limit) {
            let tomorrow = super::DAY_MS - self.clock.now().as_millis().rem_euclid(super::DAY_MS);
            let tomorrow = Duration::from_millis(tomorrow.unsigned_abs());
            return if under_way > 0 { Can::Soon(Duration::MAX) } else { Can::Later(NotSent::DayLimit, tomorrow) };
        }
        let seats = if lane.health.is_tried() { 1 } else { seats(relay, priority) };
        if lane.busy >= seats {
            return Can::Soon(Duration::MAX);
        }
        match lane.minute.wait(now) {
            Duration::ZERO => Can::Now,
            wait => Can::Soon(wait),
        }
    }

    fn by_weight(&self, able: &[usize], lanes: &mut [Lane]) -> Option<usize> {
        let weight = |at: usize| i64::from(self.relays[at].0.weight);
        able.iter().for_each(|at| lanes[*at].credit += weight(*at));
        let chosen = *able.iter().max_by_key(|at| lanes[**at].credit)?;
        lanes[chosen].credit -= able.iter().map(|at| weight(*at)).sum::<i64>();
        Some(chosen)
    }
}
