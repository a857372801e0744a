//! The emergency stop: contributions are closed, appeals and reminders withdrawn, and every pledge is ended at its gateway.
//!
//! One transaction closes everything that readers see and writes a job for each pledge. The jobs ask the gateways, several at a
//! time; each is done at least once, and one that fails is tried again until it is done, whatever is killed in between. What
//! the gateway says of the pledge afterwards goes the usual way.
//!
//! A stop is in force until contributions are opened again. As long as it is, a pledge that comes to be on a page that was
//! open before is ended as soon as it is known, and every hour whatever runs is looked for anew. One gift that somebody pays
//! on such a page can't be kept from coming.

use std::{collections::HashMap, time::Duration};

use model::{AppealState, Contribution, ContributionId, ContributionState, GatewayName, JobId, JobState, Timestamp};
use outside::payments::{AnyGateway, GatewayError, Pledge, PledgeState};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;

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

/// How far a stop is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The stop.
    pub stop: Stop,
    /// Whether contributions are still closed by it.
    pub in_force: bool,
    /// Pledges that ran.
    pub pledges: usize,
    /// Pledges that their gateways ended.
    pub ended: usize,
    /// What gateways said to others, with how many: they are tried again.
    pub failing: Vec<(String, usize)>,
}

impl Progress {
    /// Whether every pledge is ended.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.ended == self.pledges
    }
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
        enqueue(newsroom, &mut tx, &stop, *pledge).await?;
    }
    let detail = json!({ "number": pledges.len() }).to_string();
    store::audit_append(&mut tx, now, actor, "support.stop", None, &detail).await?;
    tx.commit().await?;
    newsroom.abort_point("stop.committed");
    newsroom.wake_jobs();
    follow::catch_up(newsroom).await?;
    Ok(pledges.len())
}

async fn enqueue(newsroom: &Newsroom, tx: &mut Tx, stop: &Stop, id: ContributionId) -> Result<(), Error> {
    let payload = json!({ "contribution": id, "stop": stop.at.as_millis() });
    let job = jobs::job(newsroom, Kind::PledgeEnd, payload, newsroom.clock().now());
    Ok(store::job_enqueue(tx, &job).await?)
}

/// Whether a gateway may go on charging for it.
fn charges(of: &Contribution) -> bool {
    of.token.is_some() && of.frequency.is_pledge() && (of.state.runs() || of.state == ContributionState::Pending)
}

/// Every pledge that a gateway may go on charging for.
async fn running(tx: &mut Tx) -> Result<Vec<ContributionId>, Error> {
    use ContributionState as State;
    let states = [State::Pending, State::Active, State::PastDue, State::Paused];
    let mut all = Vec::new();
    for gateway in GatewayName::ALL {
        let mut after = None;
        loop {
            let page = store::contribution_in_states(tx, *gateway, &states, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            all.extend(page.iter().filter(|one| charges(one)).map(|one| one.id));
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

/// Whether everything was stopped, and contributions were not opened again since.
pub(super) async fn in_force(tx: &mut Tx) -> Result<bool, Error> {
    Ok(stopped(tx).await?.is_some_and(|(_, in_force)| in_force))
}

/// Has a pledge ended that is known since just now, where everything was stopped.
pub(super) async fn late_in_tx(
    newsroom: &Newsroom,
    tx: &mut Tx,
    before: &Contribution,
    of: &Contribution,
) -> Result<(), Error> {
    if charges(before) || !charges(of) {
        return Ok(());
    }
    if let Some((stop, true)) = stopped(tx).await? {
        enqueue(newsroom, tx, &stop, of.id).await?;
        newsroom.wake_jobs();
    }
    Ok(())
}

/// Looks for pledges that run though everything was stopped, and has them ended; how many.
///
/// # Errors
/// When the database fails.
pub async fn tend(newsroom: &Newsroom) -> Result<usize, Error> {
    let mut tx = newsroom.store().begin().await?;
    let Some((stop, true)) = stopped(&mut tx).await? else { return Ok(0) };
    let under_way = parts(&mut tx, &stop).await?;
    let pledges = running(&mut tx).await?;
    let missed: Vec<_> = pledges.into_iter().filter(|id| !under_way.get(id).is_some_and(|part| part.open)).collect();
    for id in &missed {
        enqueue(newsroom, &mut tx, &stop, *id).await?;
    }
    tx.commit().await?;
    newsroom.wake_jobs();
    Ok(missed.len())
}

/// What a stop does to one pledge.
#[derive(Debug, Default)]
struct Part {
    /// Whether a job of it is not done.
    open: bool,
    /// What its gateway said last.
    error: Option<String>,
}

async fn parts(tx: &mut Tx, stop: &Stop) -> Result<HashMap<ContributionId, Part>, Error> {
    let mut parts: HashMap<ContributionId, Part> = HashMap::new();
    for job in store::job_of_kind(tx, Kind::PledgeEnd.as_str()).await? {
        if job.payload["stop"].as_i64() != Some(stop.at.as_millis()) {
            continue;
        }
        let part = parts.entry(serde_json::from_value(job.payload["contribution"].clone())?).or_default();
        if job.state != JobState::Done {
            part.open = true;
            part.error = job.last_error.or_else(|| part.error.take());
        }
    }
    Ok(parts)
}

/// How far the last stop is; `None` where there was none.
///
/// # Errors
/// When the database fails.
pub async fn progress(newsroom: &Newsroom) -> Result<Option<Progress>, Error> {
    let mut tx = newsroom.store().read().await?;
    let Some((stop, in_force)) = stopped(&mut tx).await? else { return Ok(None) };
    let parts = parts(&mut tx, &stop).await?;
    let mut failing: HashMap<String, usize> = HashMap::new();
    for part in parts.values().filter(|part| part.open) {
        if let Some(why) = &part.error {
            *failing.entry(why.clone()).or_default() += 1;
        }
    }
    let mut failing: Vec<_> = failing.into_iter().collect();
    failing.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    let ended = parts.values().filter(|part| !part.open).count();
    Ok(Some(Progress { stop, in_force, pledges: parts.len(), ended, failing }))
}

/// Ends what is due now, for whoever waits for it; how many gateways' answers there were.
///
/// # Errors
/// When the database fails.
pub async fn work(newsroom: &Newsroom) -> Result<usize, Error> {
    jobs::run_gateways(newsroom).await
}

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
        (of.contact, of.lookup) = (None, None);
        store::contribution_update(&mut tx, &of, model::Month::of(now)).await?;
    }
    tx.commit().await?;
    newsroom.wake_gateways();
    Ok(())
}

/// Asks a gateway to end a pledge; `false` where it ends none, because it charges nobody by itself.
async fn ask(gateway: &AnyGateway, pledge: &Pledge, job: JobId) -> Result<bool, Error> {
    let name = gateway.name().as_str();
    let slow = |_| Error::Refused(format!("{name} did not answer in {} s", PATIENCE.as_secs()));
    let asked = tokio::time::timeout(PATIENCE, gateway.cancel(pledge, &format!("stop-{job}"))).await.map_err(slow)?;
    match asked {
        Ok(()) => Ok(true),
        Err(GatewayError::Cannot { .. }) => Ok(false),
        Err(error @ GatewayError::Refused { .. }) => {
            // One that it does not know, or that was ended long ago, charges nobody.
            let over = tokio::time::timeout(PATIENCE, is_over(gateway, pledge)).await.map_err(slow)?;
            if over { Ok(true) } else { Err(Error::Refused(error.to_string())) }
        }
        Err(error) => Err(Error::Refused(error.to_string())),
    }
}

/// Whether a gateway says that a pledge is over. Silence is no such word.
async fn is_over(gateway: &AnyGateway, pledge: &Pledge) -> bool {
    for object in gateway.objects(None, Some(&pledge.token)) {
        if let Ok(Some(said)) = gateway.fetch(&object).await
            && let Some(standing) = said.pledge
        {
            return matches!(standing.state, PledgeState::Cancelled | PledgeState::Failed);
        }
    }
    false
}
