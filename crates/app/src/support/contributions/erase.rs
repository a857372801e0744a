//! Erasing who gave. What they might still be charged for is ended or closed at its gateway first; where that is away, nothing is
//! erased. Their payments stay without a giver, because accounts have to add up.
//!
//! What is paid on a page that could not be closed is booked. A pledge that comes of it has its gateway's name only until it is
//! ended ([`stop::late_in_tx`](crate::support::stop)).

use model::{Contribution, ContributionState};
use outside::payments::GatewayError;
use vault::{Address, Keyring};

use super::{
    manage::{Managing, open, running, said},
    this_month,
    work::look_now,
};
use crate::{
    Newsroom,
    error::Error,
    support::stop::{charges, is_open},
};

/// Ends what runs, and erases everything about who gave.
///
/// # Errors
/// When the database fails.
pub async fn erase(newsroom: &Newsroom, token: &str) -> Result<Managing<()>, Error> {
    let Some(managed) = open(newsroom, token).await? else { return Ok(Managing::Gone) };
    erase_one(newsroom, &managed.contribution).await
}

/// The same for everything that is known to be given from an address, for somebody who asked in another way. What could not be
/// ended stays as it was, and the first reason is told.
///
/// # Errors
/// When the database fails.
pub(crate) async fn erase_all_of(
    newsroom: &Newsroom,
    ring: &Keyring,
    address: &Address,
) -> Result<Managing<()>, Error> {
    let mut tx = newsroom.store().read().await?;
    let found = store::contribution_by_lookup(&mut tx, &ring.giver_lookup(address)).await?;
    drop(tx);
    let mut all = Managing::Done(());
    for of in &found {
        let done = erase_one(newsroom, of).await?;
        if all == Managing::Done(()) {
            all = done;
        }
    }
    Ok(all)
}

async fn erase_one(newsroom: &Newsroom, of: &Contribution) -> Result<Managing<()>, Error> {
    let id = of.id;
    // What was open may be paid at this very moment, and is a pledge then.
    let mut of = Some(of.clone());
    for _ in 0..2 {
        let Some(found) = of.filter(|found| charges(found) || is_open(found)) else { break };
        let stopped = match charges(&found) {
            true => ended(newsroom, &found).await,
            false => closed(newsroom, &found).await,
        };
        if stopped != Managing::Done(()) {
            return Ok(stopped);
        }
        if let Some(gateway) = newsroom.gateways().get(found.gateway) {
            let objects = gateway.objects(found.session.as_deref(), found.token.as_deref());
            look_now(newsroom, found.gateway, &objects).await?;
        }
        of = store::contribution_by_id(&mut newsroom.store().read().await?, id).await?;
    }
    let mut tx = newsroom.store().begin().await?;
    if let Some(mut of) = store::contribution_lock(&mut tx, id).await? {
        forget(&mut of);
        store::contribution_update(&mut tx, &of, this_month(newsroom)).await?;
        store::payment_let_go(&mut tx, of.id).await?;
        store::contribution_link_forget(&mut tx, of.id).await?;
    }
    tx.commit().await?;
    Ok(Managing::Done(()))
}

/// Has a pledge ended by its gateway.
async fn ended(newsroom: &Newsroom, of: &Contribution) -> Managing<()> {
    // A gateway that is not set up goes on charging.
    let Some((gateway, pledge)) = running(newsroom, of) else { return Managing::Away };
    match gateway.cancel(&pledge, &newsroom.chance().uuid_v4().to_string()).await {
        // Nobody charges by itself there.
        Err(GatewayError::Cannot { .. }) => Managing::Done(()),
        other => said(other),
    }
}

/// Has a page closed on which something might still be paid. What is paid on one that can't be closed is booked, and a pledge that
/// comes of it is ended.
async fn closed(newsroom: &Newsroom, of: &Contribution) -> Managing<()> {
    let Some((gateway, session)) = newsroom.gateways().get(of.gateway).zip(of.session.as_deref()) else {
        return Managing::Done(());
    };
    match said(gateway.close(session, &newsroom.chance().uuid_v4().to_string()).await) {
        Managing::Away => Managing::Away,
        // It can't be closed, or is over, or was paid.
        _ => Managing::Done(()),
    }
}

fn forget(of: &mut Contribution) {
    of.erased = true;
    if of.state.is_open() {
        of.state = if of.token.is_some() { ContributionState::Cancelled } else { ContributionState::Failed };
    }
    (of.contact, of.lookup, of.message) = (None, None, None);
    (of.session, of.token) = (None, None);
}
