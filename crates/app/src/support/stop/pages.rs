//! Pages that were open when everything was stopped: somebody may be about to pay there.
//!
//! Each is closed at its gateway where that is possible. Where it is not, the contribution has failed from then on: money that its
//! gateway takes only on the newsroom's word is never taken, whether contributions are opened again or not. Who was about to pay
//! is forgotten.

use model::{Contribution, ContributionId, ContributionState, Job, Month};
use outside::payments::{AnyGateway, SessionStanding};
use store::Tx;

use super::{ask::asked, enqueue, every, stopped};
use crate::{Newsroom, error::Error, jobs::Kind, support::contributions::give_up};

/// Whether it may be about to be paid.
pub(in crate::support) fn is_open(of: &Contribution) -> bool {
    of.state == ContributionState::Started && of.session.is_some()
}

/// Every page that is open.
pub(super) async fn open(tx: &mut Tx) -> Result<Vec<ContributionId>, Error> {
    every(tx, &[ContributionState::Started], is_open).await
}

/// Has a page closed that was made just now, where everything was stopped while it was made.
pub(crate) async fn page_in_tx(newsroom: &Newsroom, tx: &mut Tx, of: &Contribution) -> Result<(), Error> {
    if let Some((stop, true)) = stopped(tx).await?
        && is_open(of)
    {
        enqueue(newsroom, tx, Some(&stop), Kind::CheckoutClose, of.id).await?;
        newsroom.wake_jobs();
    }
    Ok(())
}

/// Closes a page at its gateway, and has the gateway asked how it stands then.
pub(crate) async fn close(newsroom: &Newsroom, id: ContributionId, job: &Job) -> Result<(), Error> {
    let mut tx = newsroom.store().read().await?;
    let found = store::contribution_by_id(&mut tx, id).await?.filter(is_open);
    drop(tx);
    let Some((of, session)) = found.and_then(|of| of.session.clone().map(|session| (of, session))) else {
        return Ok(());
    };
    // One that is not set up takes nothing from here.
    let closed = match newsroom.gateways().get(of.gateway) {
        Some(gateway) => ask(gateway, &session, job).await?,
        None => false,
    };
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    if closed {
        let gateway = newsroom.gateways().get(of.gateway);
        for object in gateway.into_iter().flat_map(|gateway| gateway.objects(of.session.as_deref(), None)) {
            store::gateway_object_want(&mut tx, of.gateway, &object.kind, &object.id, now).await?;
        }
    } else if let Some(mut of) = store::contribution_lock(&mut tx, id).await?.filter(is_open) {
        give_up(&mut of);
        store::contribution_update(&mut tx, &of, Month::of(now)).await?;
    }
    tx.commit().await?;
    newsroom.wake_gateways();
    Ok(())
}

/// Asks a gateway to close a page; `false` where it can't.
async fn ask(gateway: &AnyGateway, session: &str, job: &Job) -> Result<bool, Error> {
    // Another key each time: under the same one a gateway would say a failure again that it remembers. Closed twice is closed.
    let key = format!("close-{}-{}", job.id, job.attempts);
    // Somebody was quicker: it was paid, or is over.
    asked(gateway, gateway.close(session, &key), async { !may_be_paid(gateway, session).await }).await
}

/// Whether a gateway says that a page is open, or says nothing.
async fn may_be_paid(gateway: &AnyGateway, session: &str) -> bool {
    for object in gateway.objects(Some(session), None) {
        if let Ok(Some(said)) = gateway.fetch(&object).await
            && let Some(standing) = said.session
        {
            return standing == SessionStanding::Open;
        }
    }
    true
}
