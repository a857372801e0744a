//! What a newsroom would have noted of a gateway: the last that was said of each page, payment and pledge.

use std::collections::{BTreeMap, BTreeSet};

use model::{Dispute, PaymentState};
use outside::payments::{Event, Gateway, Object, PaymentStanding, PledgeStanding, SessionStanding};
use testkit::processors::Standing;

/// The notes.
#[derive(Debug, Default)]
pub(crate) struct Noted {
    pub(crate) payments: BTreeMap<String, PaymentStanding>,
    pub(crate) pledges: BTreeMap<String, PledgeStanding>,
    pub(crate) pages: BTreeMap<String, SessionStanding>,
    place: Option<String>,
    heard: BTreeSet<String>,
}

impl Noted {
    /// Looks at whatever the record names, each event once.
    pub(crate) async fn sweep(&mut self, gateway: &dyn Gateway) {
        loop {
            let happened = gateway.since(self.place.as_deref()).await.unwrap();
            for Event { id, object } in happened.events {
                if self.heard.insert(id) {
                    self.look(gateway, &object).await;
                }
            }
            self.place = happened.place;
            if !happened.more {
                return;
            }
        }
    }

    /// Looks at an object, and at what it leads to.
    pub(crate) async fn look(&mut self, gateway: &dyn Gateway, object: &Object) {
        let mut waiting = vec![object.clone()];
        let mut seen = BTreeSet::new();
        while let Some(object) = waiting.pop() {
            if !seen.insert(object.clone()) {
                continue;
            }
            let Some(mut standing) = gateway.fetch(&object).await.unwrap() else { continue };
            if standing.waits {
                standing = gateway.take(&object).await.unwrap().unwrap();
            }
            if let Some(session) = standing.session {
                self.pages.insert(object.id.clone(), session);
            }
            for mut payment in standing.payments {
                let known = self.payments.get(&payment.token).and_then(|known| known.refunded);
                payment.refunded = payment.refunded.or(known);
                if let Some(known) = self.payments.get(&payment.token).filter(|_| payment.dispute.is_none()) {
                    (payment.dispute, payment.disputed) = (known.dispute, known.disputed);
                }
                self.payments.insert(payment.token.clone(), payment);
            }
            if let Some(pledge) = standing.pledge {
                self.pledges.insert(pledge.token.clone(), pledge);
            }
            waiting.extend(standing.more);
        }
    }

    /// What stays of what was paid, and what was kept of it.
    pub(crate) fn sums(&self) -> (i64, i64) {
        let paid = self.payments.values().filter(|payment| payment.state == PaymentState::Paid);
        paid.fold((0, 0), |(sum, fees), payment| {
            let kept = match payment.dispute {
                Some(Dispute::Lost | Dispute::Open) => {
                    payment.money.minor
                        - payment.refunded.unwrap_or_default()
                        - payment.disputed.unwrap_or(payment.money.minor)
                }
                Some(Dispute::Won) | None => payment.money.minor - payment.refunded.unwrap_or_default(),
            };
            (sum + kept, fees + payment.fee.unwrap_or_default())
        })
    }

    /// Holds the notes to what the gateway itself holds to be true.
    pub(crate) fn agree(&self, standing: &Standing) {
        let balance = standing.balance.get("USD").copied().unwrap_or_default();
        assert_eq!(self.sums(), (balance.gross, balance.fees), "{self:#?}");
    }
}
