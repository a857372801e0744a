//! Every subscription of the connected Stripe account.

use model::GatewayName;
use outside::payments::{GatewayError, Which};
use store::Tx;

use super::{
    OnProgress, Report,
    ask::{connected, page, stopped},
    take::Taking,
};
use crate::{Newsroom, error::Error, vault::Changing};

/// The setting that says behind which subscription an import goes on that did not come to its end.
const PLACE: &str = "support.import.stripe";

/// Takes in what runs at Stripe. `actor` is the pen name of who does it.
///
/// # Errors
/// [`Error::Closed`] without the keys; [`Error::Refused`] when Stripe is not connected, is away or refuses, or everything was
/// stopped; else when the database fails. What was taken in until then stays, and the same again goes on from there.
pub async fn account(newsroom: &Newsroom, actor: &str, dry_run: bool, on: OnProgress) -> Result<Report, Error> {
    let gateway = connected(newsroom, GatewayName::Stripe)?;
    let mut taking = Taking::begin(newsroom, "stripe", dry_run).await?;
    // Look-ups must not change meanwhile.
    let _changing = Changing::of(newsroom).await?;
    taking.noted(actor, "contribution.import").await?;
    let mut after = if dry_run { None } else { place(newsroom).await? };
    taking.report.resumed = after.is_some();
    loop {
        let page = match page(&gateway, &Which::All, after.as_deref()).await {
            // The place is one of another account, or too old: begun anew, what is here is passed by.
            Err(GatewayError::Refused { .. }) if taking.report.resumed && taking.report.looked == 0 => {
                (after, taking.report.resumed) = (None, false);
                continue;
            }
            Err(error) => return Err(stopped(&error)),
            Ok(page) => page,
        };
        let mut tx = taking.tx().await?;
        for held in &page.held {
            taking.one_in_tx(&mut tx, GatewayName::Stripe, held, "").await?;
        }
        if !dry_run {
            keep(newsroom, &mut tx, page.after.as_deref()).await?;
            tx.commit().await?;
            newsroom.abort_point("pledges.page");
        }
        on(0, 0, taking.report.looked);
        after = page.after;
        if after.is_none() {
            break;
        }
    }
    taking.noted(actor, "contribution.imported").await?;
    Ok(taking.report)
}

async fn place(newsroom: &Newsroom) -> Result<Option<String>, Error> {
    let json = store::setting_get(&mut newsroom.store().read().await?, PLACE).await?;
    Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
}

async fn keep(newsroom: &Newsroom, tx: &mut Tx, after: Option<&str>) -> Result<(), Error> {
    match after {
        Some(after) => {
            store::setting_set(tx, PLACE, &serde_json::to_string(after)?, newsroom.clock().now()).await?;
        }
        None => {
            store::setting_delete(tx, PLACE).await?;
        }
    }
    Ok(())
}
