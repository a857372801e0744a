//! The sandbox's clock, which can be moved forward, and what becomes due when it is.

use jiff::{ToSpan, tz::TimeZone};
use model::{Clock, PaymentState, Timestamp};
use outside::payments::Event;
use store::Tx;

use super::book::{self, PAGE, PAYMENT, PLEDGE, Page, PageState, Paid, Pledge, PledgeIs};
use crate::{Newsroom, error::Error, support::contributions};

/// The entry that says how far ahead the clock is, in milliseconds.
const AHEAD: &str = "clock";
const DAY: i64 = 24 * 3_600_000;
/// Days between the tries of a payment that failed.
const RETRY_DAYS: i64 = 3;
/// Tries that a renewal has.
const TRIES: i64 = 4;
/// Things that happen in one transaction at most.
const AT_ONCE: usize = 64;
/// Days that the clock is moved at most at once: a renewal a month for ten years.
pub const DAYS_MOST: i64 = 3_660;

/// The sandbox's time.
pub(super) async fn now_in_tx(tx: &mut Tx, clock: &dyn Clock) -> Result<Timestamp, Error> {
    let ahead: i64 = book::get(tx, AHEAD).await?.unwrap_or(0);
    Ok(clock.now().plus_millis(ahead))
}

/// A moment so many months later: on the same day, or the last of a month that has no such day.
pub(super) fn after(anchor: Timestamp, months: i64) -> Option<Timestamp> {
    let begun = TimeZone::UTC.to_datetime(anchor.to_jiff());
    let then = begun.checked_add(months.months()).ok()?;
    TimeZone::UTC.to_timestamp(then).ok().map(Timestamp::from)
}

/// When a pledge is to be paid next.
pub(super) fn due(pledge: &Pledge) -> Option<Timestamp> {
    match pledge.state {
        PledgeIs::Active => after(pledge.anchor, pledge.months),
        PledgeIs::PastDue => {
            after(pledge.anchor, pledge.months).map(|at| at.plus_millis(pledge.failed * RETRY_DAYS * DAY))
        }
        PledgeIs::Pending | PledgeIs::Paused | PledgeIs::Cancelled => None,
    }
}

/// The sandbox's time.
///
/// # Errors
/// When the database fails.
pub async fn clock(newsroom: &Newsroom) -> Result<Timestamp, Error> {
    let mut tx = newsroom.store().read().await?;
    now_in_tx(&mut tx, newsroom.clock()).await
}

/// Moves the clock forward, and lets everything happen that becomes due; how many things did.
///
/// # Errors
/// When the database fails.
pub async fn advance(newsroom: &Newsroom, days: i64) -> Result<usize, Error> {
    let days = days.clamp(0, DAYS_MOST);
    let mut tx = newsroom.store().begin().await?;
    let ahead: i64 = book::get(&mut tx, AHEAD).await?.unwrap_or(0);
    book::put(&mut tx, AHEAD, AHEAD, &(ahead + days * DAY), None).await?;
    tx.commit().await?;
    catch_up(newsroom).await
}

/// Lets everything happen that is due by now, some of it a transaction, and tells of it.
pub(super) async fn catch_up(newsroom: &Newsroom) -> Result<usize, Error> {
    let mut count = 0;
    loop {
        let mut tx = newsroom.store().begin().await?;
        let (done, events) = some_in_tx(&mut tx, newsroom.clock()).await?;
        if done == 0 {
            break;
        }
        tx.commit().await?;
        contributions::heard(newsroom, model::GatewayName::Sandbox, events).await?;
        count += done;
    }
    contributions::run_due(newsroom).await?;
    Ok(count)
}

/// Lets happen what is due first; how many things did, and what there is to tell.
async fn some_in_tx(tx: &mut Tx, clock: &dyn Clock) -> Result<(usize, Vec<Event>), Error> {
    let now = now_in_tx(tx, clock).await?;
    let (mut done, mut events) = (0, Vec::new());
    while done < AT_ONCE {
        let Some(row) = store::sandbox_due(tx, now).await? else { break };
        let at = row.due_at.unwrap_or(now);
        events.extend(match row.kind.as_str() {
            PLEDGE => renew(tx, serde_json::from_str(&row.object)?, at).await?,
            _ => end_page(tx, serde_json::from_str(&row.object)?).await?,
        });
        done += 1;
    }
    Ok((done, events))
}

/// A page that was not gone through is over.
pub(super) async fn end_page(tx: &mut Tx, mut page: Page) -> Result<Vec<Event>, Error> {
    if page.state == PageState::Open {
        page.state = PageState::Over;
    }
    book::put(tx, PAGE, &page.id, &page, None).await?;
    Ok(vec![book::happened(tx, PAGE, &page.id).await?])
}

/// Takes what is due of a pledge at a moment.
async fn renew(tx: &mut Tx, mut pledge: Pledge, at: Timestamp) -> Result<Vec<Event>, Error> {
    let paid = charge(tx, &mut pledge, at).await?;
    if paid {
        pledge.months += pledge.frequency.months().unwrap_or(1);
        (pledge.state, pledge.failed) = (PledgeIs::Active, 0);
    } else {
        pledge.failed += 1;
        pledge.state = if pledge.failed >= TRIES { PledgeIs::Cancelled } else { PledgeIs::PastDue };
    }
    book::put(tx, PLEDGE, &pledge.id, &pledge, due(&pledge)).await?;
    let payment = pledge.payments.last().cloned().unwrap_or_default();
    Ok(vec![book::happened(tx, PAYMENT, &payment).await?, book::happened(tx, PLEDGE, &pledge.id).await?])
}

/// Tries to take a payment; whether it came. Tries of one renewal are one payment, as with processors' invoices.
pub(super) async fn charge(tx: &mut Tx, pledge: &mut Pledge, at: Timestamp) -> Result<bool, Error> {
    let refused = std::mem::take(&mut pledge.refuse);
    let again = if pledge.failed > 0 { pledge.payments.last().cloned() } else { None };
    let id = match again {
        Some(id) => id,
        None => {
            let id = book::name(tx, PAYMENT).await?;
            pledge.payments.push(id.clone());
            id
        }
    };
    let paid = Paid {
        id: id.clone(),
        contribution: pledge.contribution,
        money: pledge.money,
        fee: fee(pledge.money.minor),
        state: if refused { PaymentState::Failed } else { PaymentState::Paid },
        refunded: 0,
        dispute: None,
        disputed: None,
        at,
    };
    book::put(tx, PAYMENT, &id, &paid, None).await?;
    Ok(!refused)
}

/// What a processor would keep: three in a hundred, and a little.
pub(super) fn fee(minor: i64) -> i64 {
    (minor * 3).div_euclid(100) + 30
}
