//! Gifts and pledges that were begun and never paid.
//!
//! Most gateways say by themselves that a page is over. A bank never does, another may be gone from the settings, and a page may
//! never have been made. When the month in which it was begun and two more are over, nobody waits any longer: who wanted to give is
//! forgotten, and so is the link that they had. The row stays, so that money which comes after all is booked. What its gateway is
//! still to be asked about is waited for: after months in which no server ran, it may have been paid.

use model::{Contribution, ContributionId, ContributionState, GatewayName, Month};
use store::Tx;

use super::{contact::forget_contact, this_month};
use crate::{Newsroom, error::Error};

/// Months after the one in which it was begun for which a page is waited for: two to three months.
pub(super) const WAIT_MONTHS: i64 = 2;
/// Contributions that are looked at at a time.
const PAGE: i64 = 200;

/// Ends what is not waited for any more.
pub(super) async fn tidy(newsroom: &Newsroom) -> Result<(), Error> {
    let month = this_month(newsroom);
    for gateway in GatewayName::ALL {
        let mut after: Option<ContributionId> = None;
        loop {
            let mut tx = newsroom.store().begin().await?;
            let states = [ContributionState::Started];
            let page = store::contribution_in_states(&mut tx, *gateway, &states, after, PAGE).await?;
            for mut one in page.iter().filter(|one| is_over(one, month)).cloned() {
                if is_asked_about(newsroom, &mut tx, &one).await? {
                    continue;
                }
                give_up(&mut one);
                store::contribution_update(&mut tx, &one, month).await?;
            }
            tx.commit().await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
        }
    }
    let mut tx = newsroom.store().begin().await?;
    store::contribution_link_forget_failed(&mut tx, Month(month.0 - WAIT_MONTHS)).await?;
    Ok(tx.commit().await?)
}

/// Whether its gateway has yet to say how it stands.
async fn is_asked_about(newsroom: &Newsroom, tx: &mut Tx, of: &Contribution) -> Result<bool, Error> {
    // A bank says nothing.
    let known = newsroom.gateways().get(of.gateway).filter(|known| known.name() != GatewayName::Bank);
    let Some(gateway) = known else { return Ok(false) };
    for object in gateway.objects(of.session.as_deref(), of.token.as_deref()) {
        if store::gateway_object_at(tx, of.gateway, &object.kind, &object.id).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether nothing can be expected of it. Where no page was made, whoever sent the form was told so.
fn is_over(of: &Contribution, now: Month) -> bool {
    let wait = if of.session.is_some() { WAIT_MONTHS } else { 0 };
    of.month.0 + wait < now.0
}

/// Has it failed, and forgets who it was of and what they wanted to say.
pub(crate) fn give_up(of: &mut Contribution) {
    of.state = ContributionState::Failed;
    forget_contact(of);
}
