//! How far a stop is, as its jobs tell.

use std::collections::HashMap;

use model::{ContributionId, JobState, Payment};
use store::Tx;

use super::{Stop, stopped};
use crate::{Newsroom, error::Error, jobs::Kind};

/// Payments that are shown.
const SHOWN_MOST: i64 = 50;

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
    /// Pages that were open.
    pub pages: usize,
    /// Pages that were closed, or of which nothing is taken any more.
    pub closed: usize,
    /// What came all the same and was not given back whole.
    pub late: Vec<Payment>,
    /// What gateways said to others, with how many: they are tried again.
    pub failing: Vec<(String, usize)>,
}

impl Progress {
    /// Whether every pledge is ended and every page closed.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.ended == self.pledges && self.closed == self.pages
    }
}

/// What a stop does to one pledge or page.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// Whether a job of it is not done.
    pub(super) open: bool,
    /// What its gateway said last.
    error: Option<String>,
}

pub(super) async fn parts(tx: &mut Tx, stop: &Stop, kind: Kind) -> Result<HashMap<ContributionId, Part>, Error> {
    let mut parts: HashMap<ContributionId, Part> = HashMap::new();
    for job in store::job_of_kind(tx, kind.as_str()).await? {
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
    let pledges = parts(&mut tx, &stop, Kind::PledgeEnd).await?;
    let pages = parts(&mut tx, &stop, Kind::CheckoutClose).await?;
    let mut failing: HashMap<String, usize> = HashMap::new();
    for part in pledges.values().chain(pages.values()).filter(|part| part.open) {
        if let Some(why) = &part.error {
            *failing.entry(why.clone()).or_default() += 1;
        }
    }
    let mut failing: Vec<_> = failing.into_iter().collect();
    failing.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    let done = |parts: &HashMap<ContributionId, Part>| parts.values().filter(|part| !part.open).count();
    let late = store::payment_late(&mut tx, SHOWN_MOST).await?;
    let (ended, closed) = (done(&pledges), done(&pages));
    Ok(Some(Progress { stop, in_force, pledges: pledges.len(), ended, pages: pages.len(), closed, late, failing }))
}
