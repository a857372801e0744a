//! What keeps letters from going out: relays that rest, and providers that refuse whatever they are given.

use std::{collections::HashMap, time::Duration};

use model::IssueId;
use outside::mail::{Class, NotSent, Outcome};
use tokio::time::Instant;

use super::{Why, ledger::Answer};

/// Refusals on grounds of policy by one mailbox provider, one after the other, after which an issue is paused: going on would
/// only make it worse, and everybody there would be given up.
pub(super) const REFUSALS_MOST: u32 = 50;
/// The longest rest of the sender, whatever relays ask for: somebody may have set it right meanwhile.
const REST_MOST: Duration = Duration::from_secs(60);
const REST_LEAST: Duration = Duration::from_millis(500);

/// What keeps letters from going out.
#[derive(Debug, Default)]
pub(super) struct Trouble {
    until: Option<Instant>,
    why: Option<Why>,
    streaks: HashMap<(IssueId, &'static str), u32>,
}

impl Trouble {
    /// Nothing is sent for a while.
    pub(super) fn rest(&mut self, why: &NotSent, retry_after: Duration) {
        let key = match why {
            NotSent::NoRelay => Some(Why::NoRelay),
            NotSent::Resting { .. } => Some(Why::RelaysRest),
            NotSent::DayLimit => Some(Why::DayLimit),
            // Others had the connections, or this one mail had bad luck.
            NotSent::Busy | NotSent::Closing => None,
            NotSent::Slowed | NotSent::Lost(_) => return,
        };
        self.why = key.or(self.why);
        self.until = Some(Instant::now() + retry_after.clamp(REST_LEAST, REST_MOST));
    }

    pub(super) fn rests(&self) -> bool {
        self.until.is_some_and(|until| Instant::now() < until)
    }

    /// What is being waited for.
    pub(super) fn why(&self) -> Option<Why> {
        self.why
    }

    /// Learns from an answer.
    pub(super) fn heard(&mut self, answer: &Answer) {
        let place = (answer.issue, answer.provider);
        match &answer.outcome {
            Outcome::Accepted { .. } => {
                self.streaks.remove(&place);
                (self.until, self.why) = (None, None);
            }
            Outcome::Refused { class: Class::Policy | Class::TooBig | Class::Relay, .. } => {
                *self.streaks.entry(place).or_default() += 1;
            }
            Outcome::NotSent { why, retry_after } => self.rest(why, *retry_after),
            Outcome::Refused { .. } | Outcome::Deferred { .. } | Outcome::Uncertain { .. } => {}
        }
    }

    /// Whether a provider refuses whatever it is given of an issue. Asked once: it is counted anew after that.
    pub(super) fn refuses(&mut self, issue: IssueId) -> bool {
        let refused = self.streaks.iter().any(|((of, _), count)| *of == issue && *count >= REFUSALS_MOST);
        if refused {
            self.streaks.retain(|(of, _), _| *of != issue);
        }
        refused
    }
}

#[cfg(test)]
mod tests {
    use outside::mail::Reply;

    use super::*;

    fn answer(provider: &'static str, outcome: Outcome) -> Answer {
        let issue = IssueId(uuid::Uuid::nil());
        Answer { issue, number: 1, tries: 1, doubts: 0, provider, outcome }
    }

    fn reply() -> Reply {
        Reply { code: 550, status: None, text: String::new() }
    }

    #[test]
    fn a_provider_that_refuses_everything_stops_the_issue_and_one_that_refuses_some_does_not() {
        let mut trouble = Trouble::default();
        let issue = IssueId(uuid::Uuid::nil());
        let refused = || Outcome::Refused { reply: reply(), class: Class::Policy };
        for _ in 1..REFUSALS_MOST {
            trouble.heard(&answer("gmail", refused()));
        }
        trouble.heard(&answer("yahoo", refused()));
        trouble.heard(&answer("gmail", Outcome::Refused { reply: reply(), class: Class::Mailbox }));
        assert!(!trouble.refuses(issue));
        trouble.heard(&answer("gmail", refused()));
        assert!(trouble.refuses(issue));
        assert!(!trouble.refuses(issue), "it is told once");
        for _ in 1..REFUSALS_MOST {
            trouble.heard(&answer("gmail", refused()));
        }
        trouble.heard(&answer("gmail", Outcome::Accepted { reply: reply() }));
        trouble.heard(&answer("gmail", refused()));
        assert!(!trouble.refuses(issue), "what was accepted in between does not count");
    }

    #[tokio::test(start_paused = true)]
    async fn it_rests_while_relays_rest_and_goes_on_when_something_is_accepted() {
        let mut trouble = Trouble::default();
        trouble.heard(&answer("gmail", Outcome::NotSent { why: NotSent::Slowed, retry_after: Duration::from_secs(9) }));
        assert!(!trouble.rests(), "one provider's wish stops all");
        trouble.rest(&NotSent::DayLimit, Duration::from_secs(7_200));
        assert!(trouble.rests());
        assert_eq!(trouble.why(), Some(Why::DayLimit));
        tokio::time::advance(REST_MOST).await;
        assert!(!trouble.rests(), "it is not tried again for hours");
        assert_eq!(trouble.why(), Some(Why::DayLimit), "until something goes out");
        trouble.heard(&answer("gmail", Outcome::Accepted { reply: reply() }));
        assert_eq!(trouble.why(), None);
    }
}
