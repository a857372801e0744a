//! Jobs: work that follows a transaction.
//!
//! A job is a row, written in the transaction that makes it necessary. Workers lease rows; a worker that is killed
//! loses its lease and the next one takes the job up, so each job is done **at least once** and every handler must be
//! safe to run again. A job that fails is tried again after a growing pause, as often as its kind allows; then it stays
//! `failed` for a person to look at.
//!
//! What speaks to others over the network has a lane of its own: an address that answers slowly holds up neither what is
//! to be published on the second nor what is sent elsewhere.

mod appeal_turn;
mod breaking_end;
mod checkout_close;
mod issue_draft;
mod issue_due;
mod issue_send;
mod pledge_end;
mod story_publish;
mod webhook_send;

use std::time::Duration;

use model::{Job, JobId, JobState, Timestamp};
use tokio::{sync::watch, task::JoinSet};

use crate::{Newsroom, connections::webhooks, error::Error};

/// The work there is. A new kind is a variant here and a file beside this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Publishes a scheduled story at its time.
    StoryPublish,
    /// Takes a breaking banner away at its time.
    BreakingEnd,
    /// Makes pages anew when an appeal begins or ends.
    AppealTurn,
    /// Sends an issue, or holds it, at its time.
    IssueDue,
    /// Freezes the audience of an approved issue and begins to send it.
    IssueSend,
    /// Makes the drafts of issues.
    IssueDraft,
    /// Ends a pledge at its gateway, after everything was stopped.
    PledgeEnd,
    /// Closes a page at its gateway that was open when everything was stopped.
    CheckoutClose,
    /// Sends a message to a webhook.
    WebhookSend,
}

/// Who does the work of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lane {
    /// One worker, a job at a time.
    Here,
    /// Several at a time, because each waits for somebody else's machine.
    Outside,
    /// The same, for gateways: one that is away does not hold up what is told to others.
    Gateways,
}

impl Kind {
    const ALL: [Self; 9] = [
        Self::StoryPublish,
        Self::BreakingEnd,
        Self::AppealTurn,
        Self::IssueDue,
        Self::IssueSend,
        Self::IssueDraft,
        Self::PledgeEnd,
        Self::CheckoutClose,
        Self::WebhookSend,
    ];

    fn lane(self) -> Lane {
        match self {
            Self::StoryPublish
            | Self::BreakingEnd
            | Self::AppealTurn
            | Self::IssueDue
            | Self::IssueSend
            | Self::IssueDraft => Lane::Here,
            Self::PledgeEnd | Self::CheckoutClose => Lane::Gateways,
            Self::WebhookSend => Lane::Outside,
        }
    }

    /// How long to wait after so many attempts; `None` when they were enough.
    fn pause(self, attempts: i64) -> Option<i64> {
        match self {
            Self::StoryPublish
            | Self::BreakingEnd
            | Self::AppealTurn
            | Self::IssueDue
            | Self::IssueSend
            | Self::IssueDraft => (attempts < ATTEMPTS).then(|| 1_000i64 << attempts.clamp(0, 12)),
            // Until it is done: as long as it is not, somebody may be charged.
            Self::PledgeEnd | Self::CheckoutClose => Some((2_000i64 << attempts.clamp(0, 12)).min(PLEDGE_PAUSE_MS)),
            Self::WebhookSend => {
                let pause = usize::try_from(attempts - 1).ok().and_then(|at| webhooks::PAUSES.get(at));
                pause.copied()
            }
        }
    }

    /// The name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StoryPublish => "story_publish",
            Self::BreakingEnd => "breaking_end",
            Self::AppealTurn => "appeal_turn",
            Self::IssueDue => "issue_due",
            Self::IssueSend => "issue_send",
            Self::IssueDraft => "issue_draft",
            Self::PledgeEnd => "pledge_end",
            Self::CheckoutClose => "checkout_close",
            Self::WebhookSend => "webhook_send",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// A lease's length, which is also how late a job can be whose worker was killed. A handler that needs longer is
    /// begun twice.
    fn lease_millis(self) -> i64 {
        match self {
            // One short transaction, and nobody wants to wait for the story.
            Self::StoryPublish | Self::BreakingEnd | Self::AppealTurn | Self::IssueDue => 5_000,
            // Some queries over a week of stories.
            Self::IssueDraft => 30_000,
            // One transaction over everybody who gets it.
            Self::IssueSend => 120_000,
            // Longer than the longest wait for an answer.
            Self::PledgeEnd | Self::CheckoutClose | Self::WebhookSend => 60_000,
        }
    }
}

/// Attempts before a job is given up.
const ATTEMPTS: i64 = 8;
/// How often a worker looks for jobs that another node added. One that it knows of is begun at its millisecond.
const PAUSE: Duration = Duration::from_millis(500);
/// Jobs of [`Lane::Outside`] at one time, and of [`Lane::Gateways`].
const OUTSIDE: usize = 8;
/// The longest pause before a pledge's gateway is asked again to end it.
const PLEDGE_PAUSE_MS: i64 = 600_000;

/// How long a job that is done can be looked at, or done again: a little longer than a webhook's messages.
const KEEP_MS: i64 = 31 * 24 * 3_600_000;
/// How often what is older is forgotten.
const FORGET: Duration = Duration::from_secs(3_600);

/// A new job row, for use cases to enqueue in their own transaction.
#[must_use]
pub fn job(newsroom: &Newsroom, kind: Kind, payload: serde_json::Value, run_at: Timestamp) -> Job {
    Job {
        id: JobId::new(newsroom.clock().now(), newsroom.chance()),
        kind: kind.as_str().to_owned(),
        payload,
        state: JobState::Waiting,
        run_at,
        attempts: 0,
        last_error: None,
    }
}

/// Works until `stop` becomes true. Errors of the database are logged and tried again.
pub async fn run(newsroom: Newsroom, mut stop: watch::Receiver<bool>) {
    let indexing = tokio::spawn(index(newsroom.clone()));
    let outside = tokio::spawn(run_outside(newsroom.clone(), Lane::Outside));
    let gateways = tokio::spawn(run_outside(newsroom.clone(), Lane::Gateways));
    let forgetting = tokio::spawn(run_forgetting(newsroom.clone()));
    loop {
        match run_lane(&newsroom, Lane::Here).await {
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "jobs could not be worked on; trying again"),
        }
        tokio::select! {
            () = tokio::time::sleep(pause(&newsroom).await) => {}
            () = newsroom.jobs_woken() => {}
            changed = stop.changed() => if changed.is_err() || *stop.borrow() { break },
        }
    }
    indexing.abort();
    forgetting.abort();
    // What is being sent is sent again after its lease: receivers know it by its id.
    outside.abort();
    gateways.abort();
}

/// Works in a lane with several jobs at a time until it is aborted.
async fn run_outside(newsroom: Newsroom, lane: Lane) {
    let mut open = JoinSet::new();
    loop {
        while open.len() < OUTSIDE {
            match claim(&newsroom, lane).await {
                Ok(Some(job)) => {
                    let newsroom = newsroom.clone();
                    open.spawn(async move { work(&newsroom, &job).await });
                }
                Ok(None) => break,
                Err(error) => {
                    tracing::error!(%error, "jobs could not be worked on; trying again");
                    break;
                }
            }
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            Some(done) = open.join_next() => match done {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::error!(%error, "a job could not be settled; it is done again"),
                Err(error) => tracing::error!(%error, "a job broke down; it is done again"),
            }
        }
    }
}

/// What an import or a restored backup left to do, beside the jobs: scheduled stories don't wait for it.
async fn index(newsroom: Newsroom) {
    if let Err(error) = crate::stories::desk::index_missing(&newsroom).await {
        tracing::error!(%error, "imported stories could not be made findable at the desk; the next start tries again");
    }
}

/// Forgets what was done long ago, and makes drafts that are missing, at the start and every hour.
async fn run_forgetting(newsroom: Newsroom) {
    loop {
        if let Err(error) = forget(&newsroom).await {
            tracing::error!(%error, "jobs that were done long ago could not be forgotten; the next hour tries again");
        }
        if let Err(error) = crate::issues::tend(&newsroom).await {
            tracing::error!(%error, "drafts of newsletters could not be made; the next hour tries again");
        }
        if let Err(error) = crate::support::appeals::tend(&newsroom).await {
            tracing::error!(%error, "the goals of appeals could not be shown anew; the next hour tries again");
        }
        if let Err(error) = crate::support::stop::tend(&newsroom).await {
            tracing::error!(%error, "pledges that run on after everything was stopped could not be looked for; the next hour tries again");
        }
        tokio::time::sleep(FORGET).await;
    }
}

/// Forgets the jobs that were done more than 31 days ago; how many.
///
/// # Errors
/// When the database fails.
pub async fn forget(newsroom: &Newsroom) -> Result<u64, Error> {
    let mut tx = newsroom.store().begin().await?;
    let forgotten = store::job_forget(&mut tx, newsroom.clock().now().plus_millis(-KEEP_MS)).await?;
    tx.commit().await?;
    Ok(forgotten)
}

/// How long to rest: until the next job is due, and never longer than [`PAUSE`], because another node may add one.
async fn pause(newsroom: &Newsroom) -> Duration {
    let next = async {
        let mut tx = newsroom.store().read().await?;
        Ok::<_, Error>(store::job_next_due(&mut tx).await?)
    };
    let now = newsroom.clock().now().as_millis();
    match next.await {
        Ok(Some(at)) => {
            let left = at.as_millis() - now;
            // What is long due and still there is nothing that this program can do.
            if left < -100 { PAUSE } else { Duration::from_millis(u64::try_from(left).unwrap_or(0).max(5)).min(PAUSE) }
        }
        // A database that fails is reported by whoever works next.
        Ok(None) | Err(_) => PAUSE,
    }
}

/// Does every job that is due now, and says how many it did.
///
/// # Errors
/// When the database fails; a job's own failure is written to its row.
pub async fn run_due(newsroom: &Newsroom) -> Result<usize, Error> {
    let mut done = 0;
    for lane in [Lane::Here, Lane::Outside, Lane::Gateways] {
        done += run_lane(newsroom, lane).await?;
    }
    Ok(done)
}

/// Does the jobs for gateways that are due now, several at a time, for whoever waits for them; how many it did.
pub(crate) async fn run_gateways(newsroom: &Newsroom) -> Result<usize, Error> {
    let mut done = 0;
    loop {
        let mut claimed = Vec::new();
        while claimed.len() < OUTSIDE
            && let Some(job) = claim(newsroom, Lane::Gateways).await?
        {
            claimed.push(job);
        }
        if claimed.is_empty() {
            return Ok(done);
        }
        done += claimed.len();
        for worked in futures::future::join_all(claimed.iter().map(|job| work(newsroom, job))).await {
            worked?;
        }
    }
}

async fn run_lane(newsroom: &Newsroom, lane: Lane) -> Result<usize, Error> {
    let mut done = 0;
    while let Some(job) = claim(newsroom, lane).await? {
        work(newsroom, &job).await?;
        done += 1;
    }
    Ok(done)
}

/// Leases the job of a lane that is due longest, of the most urgent kind that has one.
async fn claim(newsroom: &Newsroom, lane: Lane) -> Result<Option<Job>, Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    for kind in Kind::ALL.into_iter().filter(|kind| kind.lane() == lane) {
        let claimed = store::job_claim(&mut tx, &[kind.as_str()], now, kind.lease_millis()).await?;
        if claimed.is_some() {
            tx.commit().await?;
            return Ok(claimed);
        }
    }
    Ok(None)
}

async fn work(newsroom: &Newsroom, job: &Job) -> Result<(), Error> {
    if job.kind == Kind::StoryPublish.as_str() {
        newsroom.abort_point("schedule.job_claimed");
    }
    let outcome = handle(newsroom, job).await;
    settle(newsroom, job, outcome).await
}

async fn handle(newsroom: &Newsroom, job: &Job) -> Result<(), Error> {
    match Kind::parse(&job.kind) {
        Some(Kind::StoryPublish) => story_publish::handle(newsroom, job).await,
        Some(Kind::BreakingEnd) => breaking_end::handle(newsroom, job).await,
        Some(Kind::AppealTurn) => appeal_turn::handle(newsroom, job).await,
        Some(Kind::IssueDue) => issue_due::handle(newsroom, job).await,
        Some(Kind::IssueSend) => issue_send::handle(newsroom, job).await,
        Some(Kind::IssueDraft) => issue_draft::handle(newsroom, job).await,
        Some(Kind::PledgeEnd) => pledge_end::handle(newsroom, job).await,
        Some(Kind::CheckoutClose) => checkout_close::handle(newsroom, job).await,
        Some(Kind::WebhookSend) => webhook_send::handle(newsroom, job).await,
        None => Err(Error::Refused(format!("no worker knows the job `{}`", job.kind))),
    }
}

async fn settle(newsroom: &Newsroom, job: &Job, outcome: Result<(), Error>) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let ours = match outcome {
        Ok(()) => store::job_done(&mut tx, job.id, now).await?,
        Err(error) => {
            tracing::warn!(job = %job.id, kind = job.kind, attempts = job.attempts, %error, "a job failed");
            let (kind, why) = (Kind::parse(&job.kind), error.to_string());
            match kind.and_then(|kind| kind.pause(job.attempts)) {
                Some(pause) => store::job_retry(&mut tx, job.id, now.plus_millis(pause), &why).await?,
                None => {
                    if kind == Some(Kind::WebhookSend) {
                        webhook_send::given_up(&mut tx, job, &why).await?;
                    }
                    store::job_fail(&mut tx, job.id, &why, now).await?
                }
            }
        }
    };
    if !ours {
        tracing::warn!(job = %job.id, kind = job.kind, "a job's lease had ended before it was settled");
    }
    Ok(tx.commit().await?)
}
