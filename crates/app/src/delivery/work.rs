//! What a process holds of one issue while it sends it.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use model::{DeliveryState, IssueState, Timestamp};
use store::{Reserved, Sending};

use super::{
    ledger::{Answer, Ask, LEASE_MS, Told},
    letters::{Letter, Made, Press},
};

/// Where looking for those never tried begins.
const START: (Timestamp, i64) = (Timestamp::from_millis_const(-1), 0);

/// One issue that is being sent.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) sending: Sending,
    /// What its letters are made with; `None` while the keys are away.
    pub(super) press: Option<Arc<Press>>,
    /// Letters that can be sent.
    pub(super) ready: VecDeque<Letter>,
    /// How many are being made.
    pub(super) making: usize,
    /// What is being sent: the number, and which try it is.
    pub(super) flight: BTreeMap<i64, i64>,
    /// Whether nothing was due when it was last asked.
    pub(super) dry: bool,
    after: (Timestamp, i64),
    put_off: Vec<(i64, Timestamp)>,
    spoiled: Vec<(i64, &'static str)>,
}

impl Work {
    pub(super) fn new(sending: Sending) -> Self {
        Self {
            sending,
            press: None,
            ready: VecDeque::new(),
            making: 0,
            flight: BTreeMap::new(),
            dry: false,
            after: START,
            put_off: Vec::new(),
            spoiled: Vec::new(),
        }
    }

    pub(super) fn is_on(&self) -> bool {
        self.sending.state == IssueState::Sending
    }

    /// Whether nothing of it is in this process's hands.
    pub(super) fn is_idle(&self) -> bool {
        self.ready.is_empty()
            && self.making == 0
            && self.flight.is_empty()
            && self.put_off.is_empty()
            && self.spoiled.is_empty()
    }

    /// Takes what was made, or could not be.
    pub(super) fn take(&mut self, made: Made, now: Timestamp) {
        self.making = self.making.saturating_sub(1);
        match made {
            Made::Letter(letter) => self.ready.push_back(*letter),
            Made::PutOff(reserved, millis) => {
                // To the second: those of one second go in one statement.
                let at = (now.as_millis() + millis).div_euclid(1_000) * 1_000 + 1_000;
                self.put_off.push((reserved.number, Timestamp::from_millis(at)));
            }
            Made::Spoiled(reserved, why) => self.spoiled.push((reserved.number, why)),
            Made::NoKey(reserved) => {
                self.put_off.push((reserved.number, Timestamp::from_millis(0)));
                self.press = None;
            }
        }
    }

    /// Lets go of what it holds and has not begun; when that may be tried again.
    pub(super) fn let_go(&mut self) -> Vec<(i64, Timestamp)> {
        let mut free = std::mem::take(&mut self.put_off);
        let now = Timestamp::from_millis(0);
        free.extend(self.ready.drain(..).map(|letter| (letter.reserved.number, now)));
        self.after = START;
        self.dry = false;
        free
    }

    /// Lets go of letters that were not begun because the issue is paused.
    pub(super) fn give_back(&mut self, letters: Vec<Letter>) {
        self.put_off.extend(letters.into_iter().map(|letter| (letter.reserved.number, Timestamp::from_millis(0))));
    }

    /// The next letter whose reservation holds long enough to be begun.
    pub(super) fn next(&mut self, now: Timestamp) -> Option<Letter> {
        while let Some(letter) = self.ready.pop_front() {
            let left = letter.reserved.until.as_millis() - now.as_millis();
            if (LEASE_MS / 4..=LEASE_MS).contains(&left) {
                return Some(letter);
            }
        }
        None
    }

    /// How many to reserve so that connections never wait for letters.
    fn wanted(&self, seats: Option<usize>) -> i64 {
        let Some(seats) = seats else { return 0 };
        let low = (seats * 2).clamp(16, 200);
        if !self.is_on() || self.dry || self.press.is_none() || self.ready.len() + self.making >= low {
            return 0;
        }
        i64::try_from(low * 2).unwrap_or(0)
    }

    /// What is asked of the ledger; `None` for nothing. Without `seats` no more is reserved.
    pub(super) fn ask(&mut self, answers: Vec<Answer>, begin: &[Letter], seats: Option<usize>) -> Option<Ask> {
        let ask = Ask {
            issue: self.sending.issue,
            newsletter: self.sending.newsletter,
            frozen_at: self.sending.frozen_at.unwrap_or(Timestamp::from_millis(0)),
            uncertain: self.sending.settings.uncertain,
            begin: begin.iter().map(|letter| (letter.reserved.number, letter.reserved.until)).collect(),
            put_off: self.put_off.clone(),
            spoiled: self.spoiled.clone(),
            reserve: self.wanted(seats),
            after: self.after,
            answers,
        };
        let nothing = ask.answers.is_empty()
            && ask.begin.is_empty()
            && ask.put_off.is_empty()
            && ask.spoiled.is_empty()
            && ask.reserve == 0;
        (!nothing).then_some(ask)
    }

    /// Takes in what came of it; what is to be made next.
    pub(super) fn told(&mut self, ask: &Ask, told: &mut Told) -> Vec<Reserved> {
        self.put_off.retain(|one| !ask.put_off.contains(one));
        self.spoiled.retain(|one| !ask.spoiled.contains(one));
        for answer in &ask.answers {
            self.flight.remove(&answer.number);
        }
        if ask.reserve > 0 {
            let pending = told.reserved.iter().filter(|one| one.state == DeliveryState::Pending);
            self.after = pending.map(|one| (one.due, one.number)).max().unwrap_or(START);
            // From the start again before it is believed that there are none.
            self.dry = told.reserved.is_empty() && ask.after == START;
        }
        self.making += told.reserved.len();
        std::mem::take(&mut told.reserved)
    }
}
