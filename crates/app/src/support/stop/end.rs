//! Ending one pledge at its gateway.

use model::{ContributionId, ContributionState, JobId};
use outside::payments::{AnyGateway, Pledge};

use super::{ask::asked, charges};
use crate::{Newsroom, error::Error, support::contributions::forget_contact};

/// Ends a pledge at its gateway, and has the gateway asked how it stands then.
pub(crate) async fn end(newsroom: &Newsroom, id: ContributionId, job: JobId) -> Result<(), Error> {
    let mut tx = newsroom.store().read().await?;
    let found = store::contribution_by_id(&mut tx, id).await?.filter(charges);
    drop(tx);
    let Some((of, token)) = found.and_then(|of| of.token.clone().map(|token| (of, token))) else { return Ok(()) };
    let name = of.gateway.as_str();
    let gateway = newsroom.gateways().get(of.gateway).ok_or_else(|| Error::Refused(format!("{name} is not set up")))?;
    let pledge = Pledge { contribution: id, token };
    let ended = ask(gateway, &pledge, job).await?;
    newsroom.abort_point("stop.asked");
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    if ended {
        for object in gateway.objects(of.session.as_deref(), of.token.as_deref()) {
            store::gateway_object_want(&mut tx, of.gateway, &object.kind, &object.id, now).await?;
        }
    } else if let Some(mut of) = store::contribution_lock(&mut tx, id).await? {
        // Nobody charges by itself there: what comes is sent by the giver.
        of.state = ContributionState::Cancelled;
        forget_contact(&mut of);
        store::contribution_update(&mut tx, &of, model::Month::of(now)).await?;
    }
    tx.commit().await?;
    newsroom.wake_gateways();
    Ok(())
}

/// Asks a gateway to end a pledge; `false` where it ends none, because it charges nobody by itself.
async fn ask(gateway: &AnyGateway, pledge: &Pledge, job: JobId) -> Result<bool, Error> {
    let key = format!("stop-{job}");
    // One that it does not know, or that was ended long ago, charges nobody.
    asked(gateway, gateway.cancel(pledge, &key), is_over(gateway, pledge)).await
}

/// Whether a gateway says that a pledge is over. Silence is no such word.
async fn is_over(gateway: &AnyGateway, pledge: &Pledge) -> bool {
    for object in gateway.objects(None, Some(&pledge.token)) {
        if let Ok(Some(said)) = gateway.fetch(&object).await
            && let Some(standing) = said.pledge
        {
            return standing.state.is_over();
        }
    }
    false
}
