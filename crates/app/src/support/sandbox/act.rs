//! What can be done on the sandbox's page, and what can be made to happen.

use model::{Dispute, GatewayName, PaymentState};
use outside::payments::Event;
use store::Tx;

use super::book::{self, PAGE, PAYMENT, PLEDGE, Page, PageState, Paid, Pledge, PledgeIs};
use super::clock::{catch_up, due, fee, now_in_tx};
use crate::{Newsroom, error::Error, support::contributions};

/// Cards that are refused on one page before it is over: nobody tries out more of them there.
pub const REFUSED_MOST: usize = 10;

/// What becomes of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The money comes at once.
    Pay,
    /// The card is refused; it can be tried again.
    Refuse,
    /// The money is on its way, and comes when the clock is moved or it is said.
    Later,
}

/// A page; `None` where there is none.
///
/// # Errors
/// When the database fails.
pub async fn shown(newsroom: &Newsroom, id: &str) -> Result<Option<Page>, Error> {
    let mut tx = newsroom.store().read().await?;
    book::get(&mut tx, id).await
}

/// Does something on a page; the page as it is then. One that is not open stays as it is.
///
/// # Errors
/// When the database fails.
pub async fn pay(newsroom: &Newsroom, id: &str, how: How) -> Result<Option<Page>, Error> {
    catch_up(newsroom).await?;
    let mut tx = newsroom.store().begin().await?;
    let Some(mut page) = book::get::<Page>(&mut tx, id).await? else { return Ok(None) };
    if page.state != PageState::Open {
        return Ok(Some(page));
    }
    let now = now_in_tx(&mut tx, newsroom.clock()).await?;
    let mut events = Vec::new();
    let state = match how {
        How::Pay => PaymentState::Paid,
        How::Later => PaymentState::Pending,
        How::Refuse => PaymentState::Failed,
    };
    let payment = Paid {
        id: book::name(&mut tx, PAYMENT).await?,
        contribution: page.contribution,
        money: page.money,
        fee: fee(page.money.minor),
        state,
        refunded: 0,
        dispute: None,
        disputed: None,
        at: now,
    };
    book::put(&mut tx, PAYMENT, &payment.id, &payment, None).await?;
    page.payments.push(payment.id.clone());
    match how {
        How::Refuse if page.payments.len() >= REFUSED_MOST => page.state = PageState::Over,
        How::Refuse => {}
        How::Pay | How::Later => page.state = PageState::Complete,
    }
    if page.frequency.is_pledge() && how != How::Refuse {
        let pledge = pledge_of(&mut tx, &page, &payment, now).await?;
        page.pledge = Some(pledge.id.clone());
        events.push(book::happened(&mut tx, PLEDGE, &pledge.id).await?);
    }
    let until = (page.state == PageState::Open).then_some(page.until);
    book::put(&mut tx, PAGE, id, &page, until).await?;
    events.push(book::happened(&mut tx, PAGE, id).await?);
    tx.commit().await?;
    told(newsroom, events).await?;
    Ok(Some(page))
}

async fn pledge_of(tx: &mut Tx, page: &Page, first: &Paid, now: model::Timestamp) -> Result<Pledge, Error> {
    let paid = first.state == PaymentState::Paid;
    let pledge = Pledge {
        id: book::name(tx, PLEDGE).await?,
        contribution: page.contribution,
        money: page.money,
        frequency: page.frequency,
        state: if paid { PledgeIs::Active } else { PledgeIs::Pending },
        anchor: now,
        months: page.frequency.months().unwrap_or(1),
        failed: 0,
        refuse: false,
        payments: vec![first.id.clone()],
    };
    book::put(tx, PLEDGE, &pledge.id, &pledge, due(&pledge)).await?;
    Ok(pledge)
}

/// What becomes of a payment that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    /// Money that was on its way comes.
    Paid,
    /// It does not come, or is taken back.
    Failed,
    /// The giver's bank asks it back.
    Disputed(Dispute),
}

/// Lets something become of a payment, by its name; `false` where there is none.
///
/// # Errors
/// When the database fails.
pub async fn act(newsroom: &Newsroom, payment: &str, becomes: Becomes) -> Result<bool, Error> {
    let mut tx = newsroom.store().begin().await?;
    let Some(mut paid) = book::get::<Paid>(&mut tx, payment).await? else { return Ok(false) };
    match becomes {
        Becomes::Paid => paid.state = PaymentState::Paid,
        Becomes::Failed => paid.state = PaymentState::Failed,
        Becomes::Disputed(dispute) => paid.dispute = Some(dispute),
    }
    book::put(&mut tx, PAYMENT, payment, &paid, None).await?;
    let mut events = vec![book::happened(&mut tx, PAYMENT, payment).await?];
    // The first payment of a pledge decides whether there is one.
    for row in store::sandbox_all(&mut tx, PLEDGE).await? {
        let mut pledge: Pledge = serde_json::from_str(&row.object)?;
        if pledge.state == PledgeIs::Pending && pledge.payments.first().is_some_and(|first| first == payment) {
            pledge.state = match paid.state {
                PaymentState::Paid => PledgeIs::Active,
                PaymentState::Failed => PledgeIs::Cancelled,
                PaymentState::Pending => PledgeIs::Pending,
            };
            book::put(&mut tx, PLEDGE, &pledge.id, &pledge, due(&pledge)).await?;
            events.push(book::happened(&mut tx, PLEDGE, &pledge.id).await?);
        }
    }
    tx.commit().await?;
    told(newsroom, events).await?;
    Ok(true)
}

/// Has a giver's bank ask a payment back, or decides that it did so rightly or not.
///
/// # Errors
/// When the database fails.
pub async fn dispute(newsroom: &Newsroom, payment: &str, dispute: Dispute) -> Result<bool, Error> {
    act(newsroom, payment, Becomes::Disputed(dispute)).await
}

/// Has the next renewal of a pledge fail; `false` where there is none.
///
/// # Errors
/// When the database fails.
pub async fn refuse_next(newsroom: &Newsroom, pledge: &str) -> Result<bool, Error> {
    let mut tx = newsroom.store().begin().await?;
    let Some(mut known) = book::get::<Pledge>(&mut tx, pledge).await? else { return Ok(false) };
    known.refuse = true;
    book::put(&mut tx, PLEDGE, pledge, &known, due(&known)).await?;
    tx.commit().await?;
    Ok(true)
}

/// Tells the newsroom, as a webhook would, and lets it look.
async fn told(newsroom: &Newsroom, events: Vec<Event>) -> Result<(), Error> {
    contributions::heard(newsroom, GatewayName::Sandbox, events).await?;
    contributions::run_due(newsroom).await?;
    Ok(())
}
