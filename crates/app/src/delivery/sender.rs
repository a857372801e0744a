//! The loop that sends: what was answered is settled, what is made is begun and sent, what is used up is made anew.
//!
//! All of one process's deliveries pass through one loop, so that one transaction serves all of them, and so that there are
//! never more rows *attempting* than there are connections: a row is begun for a seat, which is an open connection that is
//! its own.

use std::{collections::BTreeMap, ops::Bound, sync::Arc, time::Duration};

use futures::{FutureExt, StreamExt, future::BoxFuture, stream::FuturesUnordered};
use model::{IssueId, Timestamp};
use outside::mail::{NotSent, Outcome, Pool, Priority, Seat};
use tokio::{
    sync::{Semaphore, mpsc, watch},
    time::Instant,
};

use super::{
    ledger::{self, Answer, Ask},
    letters::{Letter, Made},
    trouble::Trouble,
    work::Work,
};
use crate::{Newsroom, error::Error};

/// How often it looks for what was started, paused or ended elsewhere.
const LOOK: Duration = Duration::from_millis(400);
/// How long a server that stops waits for what is under way.
const STOPPING: Duration = Duration::from_secs(20);

/// What the loop is told.
pub(super) enum Event {
    Answer(Answer),
    Made(IssueId, Made),
}

type Seated = Result<Seat, (NotSent, Duration)>;

/// Everything of one process that sends.
pub(super) struct Sender {
    pub(super) newsroom: Newsroom,
    pub(super) pool: Pool,
    pub(super) work: BTreeMap<IssueId, Work>,
    pub(super) trouble: Trouble,
    /// Answers that are not settled yet.
    answers: Vec<Answer>,
    pub(super) events: (mpsc::UnboundedSender<Event>, mpsc::UnboundedReceiver<Event>),
    /// Connections that are being waited for, and those that are there.
    coming: FuturesUnordered<BoxFuture<'static, Seated>>,
    pub(super) seats: Vec<Seat>,
    pub(super) makers: Arc<Semaphore>,
    looked: Option<Instant>,
    /// Which issue's letter took the last connection.
    served: Option<IssueId>,
    /// When leases were looked at last.
    pub(super) kept: Option<Timestamp>,
}

impl Sender {
    pub(super) fn new(newsroom: Newsroom, pool: Pool) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            newsroom,
            pool,
            work: BTreeMap::new(),
            trouble: Trouble::default(),
            answers: Vec::new(),
            events: mpsc::unbounded_channel(),
            coming: FuturesUnordered::new(),
            seats: Vec::new(),
            makers: Arc::new(Semaphore::new(cores)),
            looked: None,
            served: None,
            kept: None,
        }
    }

    /// Sends until `stop` becomes true; then what is under way ends.
    pub(super) async fn run(mut self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            if let Err(error) = self.step().await {
                tracing::error!(%error, "the ledger of deliveries could not be written; trying again");
                tokio::time::sleep(LOOK).await;
            }
            self.wait(&mut stop).await;
        }
        if let Err(error) = self.wind_down().await {
            tracing::error!(%error, "what was under way could not be settled; it is in doubt when its lease ends");
        }
    }

    /// Everything that can be done at this moment.
    async fn step(&mut self) -> Result<(), Error> {
        loop {
            if self.looked.is_none_or(|at| at.elapsed() >= LOOK) {
                self.look().await?;
                self.looked = Some(Instant::now());
            }
            self.hear();
            self.ask_for_seats();
            if !self.turn().await? {
                return Ok(());
            }
        }
    }

    /// Until something happens.
    async fn wait(&mut self, stop: &mut watch::Receiver<bool>) {
        // A connection that nothing is sent on is somebody else's.
        self.seats.clear();
        let ready = self.work.values().any(|work| !work.ready.is_empty());
        if !ready {
            self.coming.clear();
        }
        let left = self.looked.map_or(LOOK, |at| LOOK.saturating_sub(at.elapsed()));
        tokio::select! {
            Some(event) = self.events.1.recv() => self.take(event),
            Some(seated) = self.coming.next(), if ready => self.seated(seated),
            () = self.newsroom.deliveries().woken() => self.looked = None,
            () = tokio::time::sleep(left) => {}
            changed = stop.changed() => if changed.is_err() { tracing::debug!("stopping without having been asked") },
        }
    }

    /// Takes what happened since, without waiting.
    fn hear(&mut self) {
        while let Ok(event) = self.events.1.try_recv() {
            self.take(event);
        }
    }

    fn take(&mut self, event: Event) {
        let now = self.newsroom.clock().now();
        match event {
            Event::Answer(answer) => {
                if matches!(answer.outcome, Outcome::Accepted { .. }) {
                    self.newsroom.abort_point("delivery.sent_not_settled");
                }
                self.trouble.heard(&answer);
                self.answers.push(answer);
            }
            Event::Made(issue, made) => {
                if let Some(work) = self.work.get_mut(&issue) {
                    work.take(made, now);
                }
            }
        }
    }

    fn seated(&mut self, seated: Seated) {
        match seated {
            Ok(seat) => self.seats.push(seat),
            Err((why, retry_after)) => self.trouble.rest(&why, retry_after),
        }
    }

    /// How many mails can be under way at once.
    pub(super) fn limit(&self) -> usize {
        self.pool.seats(Priority::List)
    }

    /// Waits for as many connections as there are letters, and takes those that are free.
    fn ask_for_seats(&mut self) {
        let flight: usize = self.work.values().map(|work| work.flight.len()).sum();
        let ready: usize = self.work.values().filter(|work| work.is_on()).map(|work| work.ready.len()).sum();
        let busy = flight.saturating_sub(self.answers.len());
        let wanted = if self.trouble.rests() { 0 } else { self.limit().saturating_sub(busy).min(ready) };
        while self.seats.len() + self.coming.len() < wanted {
            let pool = self.pool.clone();
            self.coming.push(async move { pool.seat(Priority::List).await }.boxed());
        }
        while let Some(Some(seated)) = self.coming.next().now_or_never() {
            self.seated(seated);
        }
    }

    /// A turn of the ledger; `false` when there was nothing to do.
    async fn turn(&mut self) -> Result<bool, Error> {
        let mut letters = self.share_out();
        let limit = (!self.trouble.rests()).then(|| self.limit());
        let mut asks: Vec<Ask> = Vec::new();
        for (issue, work) in &mut self.work {
            let answers = self.answers.extract_if(.., |answer| answer.issue == *issue).collect();
            let begin = letters.get(issue).map(Vec::as_slice).unwrap_or_default();
            asks.extend(work.ask(answers, begin, limit));
        }
        // Of an issue that is gone.
        self.answers.clear();
        if asks.is_empty() {
            return Ok(false);
        }
        let told = match ledger::turn(&self.newsroom, &asks).await {
            Ok(told) => told,
            Err(error) => {
                self.undo(asks, letters);
                return Err(error);
            }
        };
        for (ask, mut told) in asks.iter().zip(told) {
            let letters = letters.remove(&ask.issue).unwrap_or_default();
            let Some(work) = self.work.get_mut(&ask.issue) else { continue };
            let reserved = work.told(ask, &mut told);
            if !told.on {
                work.give_back(letters);
                continue;
            }
            self.make(ask.issue, reserved);
            self.send(ask.issue, letters, &told.begun.begun);
        }
        Ok(true)
    }

    /// Gives each issue in its turn one of the connections that are there.
    fn share_out(&mut self) -> BTreeMap<IssueId, Vec<Letter>> {
        let now = self.newsroom.clock().now();
        let mut letters: BTreeMap<IssueId, Vec<Letter>> = BTreeMap::new();
        let mut free = self.seats.len();
        while free > 0 {
            // In the order of their ids, from the one after who was served last.
            let after = self.served.map_or(Bound::Unbounded, Bound::Excluded);
            let upto = self.served.map_or(Bound::Excluded(IssueId(uuid::Uuid::nil())), Bound::Included);
            let mut order: Vec<IssueId> = self.work.range((after, Bound::Unbounded)).map(|(issue, _)| *issue).collect();
            order.extend(self.work.range((Bound::Unbounded, upto)).map(|(issue, _)| *issue));
            let next = order.into_iter().find_map(|issue| {
                let work = self.work.get_mut(&issue).filter(|work| work.is_on())?;
                Some((issue, work.next(now)?))
            });
            let Some((issue, letter)) = next else { break };
            letters.entry(issue).or_default().push(letter);
            self.served = Some(issue);
            free -= 1;
        }
        letters
    }

    /// Nothing of it was written.
    fn undo(&mut self, asks: Vec<Ask>, letters: BTreeMap<IssueId, Vec<Letter>>) {
        self.answers.extend(asks.into_iter().flat_map(|ask| ask.answers));
        for (issue, letters) in letters {
            if let Some(work) = self.work.get_mut(&issue) {
                letters.into_iter().rev().for_each(|letter| work.ready.push_front(letter));
            }
        }
    }

    /// Lets go of what was not begun, and waits for what was.
    async fn wind_down(&mut self) -> Result<(), Error> {
        self.coming.clear();
        self.seats.clear();
        self.let_go_of_all().await?;
        let until = Instant::now() + STOPPING;
        while self.work.values().any(|work| !work.flight.is_empty()) {
            match tokio::time::timeout_at(until, self.events.1.recv()).await {
                Ok(Some(event)) => self.take(event),
                Ok(None) | Err(_) => break,
            }
            self.hear();
            self.turn().await?;
        }
        self.let_go_of_all().await
    }
}
