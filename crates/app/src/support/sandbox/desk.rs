//! The sandbox as the desk sees it: what is in its books, and what publishers can make happen. Only where it is set up.

use model::{ContributionId, Dispute, Frequency, GatewayName, Money, PaymentState, Role, Staff, Timestamp};
use serde_json::json;

use super::{
    act::{self, Becomes},
    book::{PAYMENT, PLEDGE, Paid, Pledge, PledgeIs},
    clock::{self, due},
};
use crate::{Newsroom, error::Error, staff::Denial, support::reminders};

/// Pledges and payments that are shown at most, the newest.
pub const SHOWN_MOST: usize = 50;

/// What is in the books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Books {
    /// The sandbox's time.
    pub clock: Timestamp,
    /// Whether reminders go along with it.
    pub reminds: bool,
    /// Pledges that run, the newest first.
    pub pledges: Vec<ShownPledge>,
    /// Payments, the newest first.
    pub payments: Vec<ShownPayment>,
}

/// A pledge in the sandbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownPledge {
    /// The sandbox's name for it.
    pub id: String,
    /// Whose.
    pub contribution: ContributionId,
    /// How much each time.
    pub money: Money,
    /// How often.
    pub frequency: Frequency,
    /// When it is taken next; `None` while it is paused.
    pub due: Option<Timestamp>,
    /// Whether that fails.
    pub refuse: bool,
}

/// A payment in the sandbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownPayment {
    /// The sandbox's name for it.
    pub id: String,
    /// Whose.
    pub contribution: ContributionId,
    /// How much.
    pub money: Money,
    /// What came of it.
    pub state: PaymentState,
    /// How much went back, in minor units.
    pub refunded: i64,
    /// Whether the giver's bank asked it back.
    pub dispute: Option<Dispute>,
}

/// What publishers make happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Control {
    /// So many days pass. The host stands in on this machine where the newsroom has not said where its site is.
    Days(i64, Option<String>),
    /// The next renewal of a pledge fails.
    RefuseNext(String),
    /// Something becomes of a payment.
    Payment(String, Becomes),
}

fn may(newsroom: &Newsroom, staff: &Staff) -> Result<(), Error> {
    if staff.role < Role::Publisher || !staff.active {
        return Err(Denial::Role.into());
    }
    // Where it is not set up, there is no such page.
    newsroom.gateways().get(GatewayName::Sandbox).map(drop).ok_or_else(|| Denial::Gone.into())
}

/// Whether nothing but the sandbox is set up, so that nobody takes the newsroom for open: reminders go by its clock, too.
fn alone(newsroom: &Newsroom) -> bool {
    newsroom.gateways().all().all(|gateway| gateway.name() == GatewayName::Sandbox)
}

/// What is in the books.
///
/// # Errors
/// [`Denial::Role`]; [`Denial::Gone`] where the sandbox is not set up.
pub async fn books(newsroom: &Newsroom, staff: &Staff) -> Result<Books, Error> {
    may(newsroom, staff)?;
    let mut tx = newsroom.store().read().await?;
    let clock = clock::now_in_tx(&mut tx, newsroom.clock()).await?;
    let reminds = alone(newsroom) && reminders::offered(&mut tx).await?;
    let (mut pledges, mut payments) = (Vec::new(), Vec::new());
    for row in store::sandbox_all(&mut tx, PLEDGE).await?.into_iter().rev() {
        let pledge: Pledge = serde_json::from_str(&row.object)?;
        if pledge.state != PledgeIs::Cancelled && pledges.len() < SHOWN_MOST {
            pledges.push(ShownPledge {
                due: due(&pledge),
                id: pledge.id,
                contribution: pledge.contribution,
                money: pledge.money,
                frequency: pledge.frequency,
                refuse: pledge.refuse,
            });
        }
    }
    for row in store::sandbox_all(&mut tx, PAYMENT).await?.into_iter().rev().take(SHOWN_MOST) {
        let Paid { id, contribution, money, state, refunded, dispute, .. } = serde_json::from_str(&row.object)?;
        payments.push(ShownPayment { id, contribution, money, state, refunded, dispute });
    }
    Ok(Books { clock, reminds, pledges, payments })
}

/// Makes something happen.
///
/// # Errors
/// As [`books`]; [`Denial::Gone`] also where there is no such pledge or payment, or where that can't become of it.
pub async fn control(newsroom: &Newsroom, staff: &Staff, control: &Control) -> Result<(), Error> {
    may(newsroom, staff)?;
    let (done, detail) = match control {
        Control::Days(days, host) => {
            clock::advance(newsroom, *days).await?;
            if alone(newsroom) {
                let then = clock::clock(newsroom).await?;
                reminders::run_due_at(newsroom, then, host.as_deref()).await?;
            }
            (true, json!({ "kind": "clock", "number": days }))
        }
        Control::RefuseNext(pledge) => {
            (act::refuse_next(newsroom, pledge).await?, json!({ "kind": "refuse", "name": pledge }))
        }
        Control::Payment(payment, becomes) => {
            let fits = becomes_fits(newsroom, payment, *becomes).await?;
            let done = fits && act::act(newsroom, payment, *becomes).await?;
            (done, json!({ "kind": kind(*becomes), "name": payment }))
        }
    };
    if !done {
        return Err(Denial::Gone.into());
    }
    let mut tx = newsroom.store().begin().await?;
    let now = newsroom.clock().now();
    store::audit_append(&mut tx, now, staff.handle.as_str(), "sandbox.act", None, &detail.to_string()).await?;
    Ok(tx.commit().await?)
}

fn kind(becomes: Becomes) -> &'static str {
    match becomes {
        Becomes::Paid => "paid",
        Becomes::Failed => "failed",
        Becomes::Disputed(dispute) => dispute.as_str(),
    }
}

/// Whether something can become of a payment: money that waits comes or not; what came is asked back, and that is decided.
async fn becomes_fits(newsroom: &Newsroom, payment: &str, becomes: Becomes) -> Result<bool, Error> {
    let mut tx = newsroom.store().read().await?;
    let Some(row) = store::sandbox_get(&mut tx, payment).await?.filter(|row| row.kind == PAYMENT) else {
        return Ok(false);
    };
    let paid: Paid = serde_json::from_str(&row.object)?;
    Ok(match becomes {
        Becomes::Paid | Becomes::Failed => paid.state == PaymentState::Pending,
        Becomes::Disputed(Dispute::Open) => paid.state == PaymentState::Paid && paid.dispute.is_none(),
        Becomes::Disputed(Dispute::Won | Dispute::Lost) => paid.dispute == Some(Dispute::Open),
    })
}
