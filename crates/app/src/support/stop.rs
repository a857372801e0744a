//! The emergency stop: contributions are closed, appeals and reminders withdrawn, and every pledge is ended at its gateway.
//!
//! One transaction closes everything that readers see and writes a job for each pledge. The jobs ask the gateways, several at a
//! time; each is done at least once, and one that fails is tried again until it is done, whatever is killed in between. What
//! the gateway says of the pledge afterwards goes the usual way.
//!
//! A stop is in force until contributions are opened again. As long as it is, a pledge that comes to be on a page that was
//! open before is ended as soon as it is known, and every hour whatever runs is looked for anew. Such pages are closed where a
//! gateway can do that ([`pages`]), and money that waits for the newsroom's word is not taken. What is paid on one that can't be
//! closed still comes; it is booked, marked, and shown so that it can be given back.

mod ask;
mod end;
mod pages;
mod progress;

use std::time::Duration;

use model::{AppealState, Contribution, ContributionId, ContributionState, GatewayName, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;

pub(super) use self::pages::is_open;
pub use self::progress::{Progress, progress};
pub(crate) use self::{
    end::end,
    pages::{close, page_in_tx},
};
use super::{KEY, reminders, settings};
use crate::{
    Newsroom,
    error::Error,
    follow,
    jobs::{self, Kind},
};

/// The setting that says who stopped everything last, and when.
const STOPPED: &str = "support.stop";
/// Pledges that are read at a time.
const PAGE: i64 = 500;
/// The longest that a gateway is waited for: a job's lease is longer than a few of them.
const PATIENCE: Duration = Duration::from_secs(15);

/// A stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// The pen name of who stopped everything.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What a stop would end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    /// Whether contributions are taken.
    pub open: bool,
    /// Pledges that run.
    pub pledges: usize,
    /// Appeals that readers see.
    pub appeals: usize,
    /// Reminders that were asked for.
    pub reminders: i64,
}

/// What there is to stop.
///
/// # Errors
/// When the database fails.
pub async fn before(newsroom: &Newsroom) -> Result<Before, Error> {
    let reminders = reminders::numbers(newsroom).await?.all;
    let mut tx = newsroom.store().read().await?;
    let appeals = store::appeal_all(&mut tx).await?;
    Ok(Before {
        open: settings(&mut tx).await.is_ok_and(|settings| settings.open),
        pledges: running(&mut tx).await?.len(),
        appeals: appeals.iter().filter(|appeal| appeal.state == AppealState::Started).count(),
        reminders,
    })
}

/// Stops everything; how many pledges are to be ended. `actor` is the pen name of who does it.
///
/// # Errors
/// When the database fails; then nothing was stopped.
pub async fn stop(newsroom: &Newsroom, actor: &str) -> Result<usize, Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    store::journal_turn(&mut tx).await?;
    // Settings that can't be read keep nobody from stopping: they are replaced by closed ones.
    let mut own = settings(&mut tx).await.unwrap_or_default();
    own.open = false;
    store::setting_set(&mut tx, KEY, &serde_json::to_string(&own)?, now).await?;
    let stop = Stop { by: actor.to_owned(), at: now };
    store::setting_set(&mut tx, STOPPED, &serde_json::to_string(&stop)?, now).await?;
    for mut appeal in store::appeal_all(&mut tx).await? {
        if appeal.state == AppealState::Started {
            appeal.state = AppealState::Withdrawn;
            store::appeal_update(&mut tx, &appeal).await?;
            let detail = json!({ "name": appeal.settings.name }).to_string();
            store::audit_append(&mut tx, now, actor, "appeal.withdraw", Some(appeal.id.0), &detail).await?;
        }
    }
    // Its row in the journal drops every page.
    reminders::withdraw_all_in_tx(newsroom, &mut tx, actor).await?;
    let pledges = running(&mut tx).await?;
    for pledge in &pledges {
        enqueue(newsroom, &mut tx, Some(&stop), Kind::PledgeEnd, *pledge).await?;
    }
    for page in pages::open(&mut tx).await? {
        enqueue(newsroom, &mut tx, Some(&stop), Kind::CheckoutClose, page).await?;
    }
    let detail = json!({ "number": pledges.len() }).to_string();
    store::audit_append(&mut tx, now, actor, "support.stop", None, &detail).await?;
    tx.commit().await?;
    newsroom.abort_point("stop.committed");
    newsroom.wake_jobs();
    follow::catch_up(newsroom).await?;
    Ok(pledges.len())
}

/// A job about a pledge or a page; of a stop, where it is one's.
async fn enqueue(
    newsroom: &Newsroom,
    tx: &mut Tx,
    stop: Option<&Stop>,
    kind: Kind,
    id: ContributionId,
) -> Result<(), Error> {
    let payload = json!({ "contribution": id, "stop": stop.map(|stop| stop.at.as_millis()) });
    let job = jobs::job(newsroom, kind, payload, newsroom.clock().now());
    Ok(store::job_enqueue(tx, &job).await?)
}

/// Whether a gateway may go on charging for it.
pub(super) fn charges(of: &Contribution) -> bool {
    of.token.is_some() && of.frequency.is_pledge() && (of.state.runs() || of.state == ContributionState::Pending)
}

/// Every pledge that a gateway may go on charging for.
async fn running(tx: &mut Tx) -> Result<Vec<ContributionId>, Error> {
    use ContributionState as State;
    every(tx, &[State::Pending, State::Active, State::PastDue, State::Paused], charges).await
}

/// The contributions in some states of which something is true.
async fn every(
    tx: &mut Tx,
    states: &[ContributionState],
    wanted: fn(&Contribution) -> bool,
) -> Result<Vec<ContributionId>, Error> {
    let mut all = Vec::new();
    for gateway in GatewayName::ALL {
        let mut after = None;
        loop {
            let page = store::contribution_in_states(tx, *gateway, states, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            all.extend(page.iter().filter(|one| wanted(one)).map(|one| one.id));
        }
    }
    Ok(all)
}

/// The last stop, and whether contributions are closed by it still.
async fn stopped(tx: &mut Tx) -> Result<Option<(Stop, bool)>, Error> {
    let Some(json) = store::setting_get(tx, STOPPED).await? else { return Ok(None) };
    let open = settings(tx).await?.open;
    Ok(Some((serde_json::from_str(&json)?, !open)))
}

/// Whether everything is stopped.
pub(super) async fn is_in_force(tx: &mut Tx) -> Result<bool, Error> {
    Ok(stopped(tx).await?.is_some_and(|(_, in_force)| in_force))
}

/// Whether money that came just now was paid at `at` after everything was stopped. Gateways tell whole seconds. BTCPay Server
/// tells when an invoice was made: with it, all counts that came to be known since.
pub(super) async fn is_late(tx: &mut Tx, gateway: GatewayName, at: Timestamp) -> Result<bool, Error> {
    let Some((stop, true)) = stopped(tx).await? else { return Ok(false) };
    Ok(gateway == GatewayName::Btcpay || at.as_millis() / 1_000 >= stop.at.as_millis() / 1_000)
}

/// Has a pledge ended that is known since just now, where everything was stopped, or its giver was erased while its page was open.
pub(super) async fn late_in_tx(
    newsroom: &Newsroom,
    tx: &mut Tx,
    before: &Contribution,
    of: &Contribution,
) -> Result<(), Error> {
    if charges(before) || !charges(of) {
        return Ok(());
    }
    let stop = stopped(tx).await?.filter(|(_, in_force)| *in_force).map(|(stop, _)| stop);
    if stop.is_some() || of.erased {
        enqueue(newsroom, tx, stop.as_ref(), Kind::PledgeEnd, of.id).await?;
        newsroom.wake_jobs();
    }
    Ok(())
}

/// Looks for pledges that run and pages that are open though everything was stopped, and has them ended; how many.
///
/// # Errors
/// When the database fails.
pub async fn tend(newsroom: &Newsroom) -> Result<usize, Error> {
    let mut tx = newsroom.store().begin().await?;
    let Some((stop, true)) = stopped(&mut tx).await? else { return Ok(0) };
    let mut missed = 0;
    for (kind, ids) in [(Kind::PledgeEnd, running(&mut tx).await?), (Kind::CheckoutClose, pages::open(&mut tx).await?)]
    {
        let under_way = progress::parts(&mut tx, &stop, kind).await?;
        for id in ids.into_iter().filter(|id| !under_way.get(id).is_some_and(|part| part.open)) {
            enqueue(newsroom, &mut tx, Some(&stop), kind, id).await?;
            missed += 1;
        }
    }
    tx.commit().await?;
    newsroom.wake_jobs();
    Ok(missed)
}

/// Ends what is due now, for whoever waits for it; how many gateways' answers there were.
///
/// # Errors
/// When the database fails.
pub async fn work(newsroom: &Newsroom) -> Result<usize, Error> {
    jobs::run_gateways(newsroom).await
}
