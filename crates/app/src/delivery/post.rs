//! Making letters beside each other, and sending each on a connection of its own.

use std::sync::Arc;

use model::IssueId;
use outside::mail::{Lost, Outcome};
use store::Reserved;
use tokio::sync::mpsc;

use super::{
    ledger::Answer,
    letters::Letter,
    sender::{Event, Sender},
};

/// Letters that one thread makes in one go.
const MADE_AT_ONCE: usize = 8;

impl Sender {
    /// Makes letters on as many threads as there are cores.
    pub(super) fn make(&self, issue: IssueId, mut reserved: Vec<Reserved>) {
        let Some(press) = self.work.get(&issue).and_then(|work| work.press.clone()) else { return };
        while !reserved.is_empty() {
            let rest = reserved.split_off(reserved.len().min(MADE_AT_ONCE));
            let chunk = std::mem::replace(&mut reserved, rest);
            let (press, events, makers) = (Arc::clone(&press), self.events.0.clone(), Arc::clone(&self.makers));
            tokio::spawn(async move {
                let Ok(_permit) = makers.acquire_owned().await else { return };
                let making = tokio::task::spawn_blocking(move || {
                    for one in chunk {
                        if events.send(Event::Made(issue, press.make(one))).is_err() {
                            return;
                        }
                    }
                });
                if let Err(error) = making.await {
                    tracing::error!(%error, "making letters broke down; they are made again when their reservation ends");
                }
            });
        }
    }

    /// Sends what was begun, each on a connection of its own.
    pub(super) fn send(&mut self, issue: IssueId, letters: Vec<Letter>, begun: &[i64]) {
        let Some(work) = self.work.get_mut(&issue) else { return };
        for letter in letters.into_iter().filter(|letter| begun.contains(&letter.reserved.number)) {
            let Some(seat) = self.seats.pop() else { break };
            let tries = letter.reserved.tries + 1;
            work.flight.insert(letter.reserved.number, tries);
            let promise = Promise::new(issue, &letter, self.events.0.clone());
            tokio::spawn(async move { promise.keep(seat.send(&letter.envelope, &letter.mail).await) });
        }
    }
}

/// That an answer comes, whatever becomes of the task that sends.
struct Promise {
    answer: Option<Answer>,
    events: mpsc::UnboundedSender<Event>,
}

impl Promise {
    fn new(issue: IssueId, letter: &Letter, events: mpsc::UnboundedSender<Event>) -> Self {
        let answer = Answer {
            issue,
            number: letter.reserved.number,
            tries: letter.reserved.tries + 1,
            doubts: letter.reserved.doubts,
            provider: letter.provider,
            outcome: Outcome::Uncertain { why: Lost::Nonsense },
        };
        Self { answer: Some(answer), events }
    }

    fn keep(mut self, outcome: Outcome) {
        if let Some(answer) = &mut self.answer {
            answer.outcome = outcome;
        }
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        // Without a listener the process ends, and the lease with it.
        if let Some(answer) = self.answer.take()
            && self.events.send(Event::Answer(answer)).is_err()
        {
            tracing::debug!("an answer came after the end; its delivery is in doubt");
        }
    }
}
