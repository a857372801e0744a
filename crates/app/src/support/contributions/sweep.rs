//! What no webhook told: gateways' own records, and contributions that nobody spoke of for long.

use model::{ContributionId, ContributionState, GatewayName, Month, Week};
use outside::payments::AnyGateway;

use super::{abandoned, hear::heard, this_month};
use crate::{Newsroom, error::Error};

/// Contributions that are looked for at a time.
const PAGE: i64 = 200;
/// Parts of a record that one sweep reads at most; the next one goes on.
const PARTS: usize = 500;
/// Weeks after which it is forgotten that something was told. No gateway tells it again so late.
const KEEP_WEEKS: i64 = 6;
/// Whole months for which what failed and was never paid is kept: the thirty days for which somebody may ask about it.
const FAILED_MONTHS: i64 = 1;

/// Reads every gateway's record from where it was left, and has everything looked at that may have moved on in silence. A gateway
/// that is away is noted, and the others are read.
///
/// # Errors
/// When the database fails.
pub async fn sweep(newsroom: &Newsroom) -> Result<(), Error> {
    let gateways: Vec<AnyGateway> = newsroom.gateways().all().cloned().collect();
    for gateway in gateways {
        record(newsroom, &gateway).await?;
        silent(newsroom, &gateway).await?;
    }
    abandoned::tidy(newsroom).await?;
    let mut tx = newsroom.store().begin().await?;
    let week = Week::of(newsroom.clock().now());
    store::gateway_event_forget(&mut tx, Week(week.0 - KEEP_WEEKS)).await?;
    let month = this_month(newsroom);
    store::contribution_link_expire(&mut tx, month).await?;
    // Stolen cards that are tried out leave rows by the thousand.
    store::contribution_forget_failed(&mut tx, Month(month.0 - FAILED_MONTHS)).await?;
    tx.commit().await?;
    newsroom.wake_gateways();
    Ok(())
}

/// Reads a gateway's record.
async fn record(newsroom: &Newsroom, gateway: &AnyGateway) -> Result<(), Error> {
    let name = gateway.name();
    let mut place = place(newsroom, name).await?;
    for _ in 0..PARTS {
        let now = newsroom.clock().now();
        let happened = match gateway.since(place.as_deref()).await {
            Ok(happened) => happened,
            Err(error) => {
                let mut tx = newsroom.store().begin().await?;
                store::gateway_trouble(&mut tx, name, Some(&error.to_string()), now).await?;
                return Ok(tx.commit().await?);
            }
        };
        // What it says is written before how far it was read: a sweep that dies reads it again.
        if !heard(newsroom, name, happened.events).await? {
            return Ok(());
        }
        let mut tx = newsroom.store().begin().await?;
        store::gateway_swept(&mut tx, name, happened.place.as_deref(), now).await?;
        tx.commit().await?;
        place = happened.place.or(place);
        if !happened.more {
            break;
        }
    }
    Ok(())
}

async fn place(newsroom: &Newsroom, name: GatewayName) -> Result<Option<String>, Error> {
    let mut tx = newsroom.store().read().await?;
    let all = store::gateway_all(&mut tx).await?;
    Ok(all.into_iter().find(|row| row.name == name).and_then(|row| row.place))
}

/// Has those looked at that wait for something, and pledges whose paid time is over.
async fn silent(newsroom: &Newsroom, gateway: &AnyGateway) -> Result<(), Error> {
    use ContributionState as State;
    let states: Vec<State> = State::ALL.iter().copied().filter(|state| state.is_open()).collect();
    let month = this_month(newsroom);
    let mut after: Option<ContributionId> = None;
    loop {
        let mut tx = newsroom.store().begin().await?;
        let page = store::contribution_in_states(&mut tx, gateway.name(), &states, after, PAGE).await?;
        let now = newsroom.clock().now();
        for one in &page {
            let overdue = !one.state.runs() || one.paid_until.is_none_or(|until| until < month);
            if !overdue {
                continue;
            }
            for object in gateway.objects(one.session.as_deref(), one.token.as_deref()) {
                store::gateway_object_want(&mut tx, gateway.name(), &object.kind, &object.id, now).await?;
            }
        }
        tx.commit().await?;
        match page.last() {
            Some(last) => after = Some(last.id),
            None => return Ok(()),
        }
    }
}
