//! Mails to one person: a confirmation, a link, a goodbye.
//!
//! One mail's way: a use case puts it into the outbox, sealed, in its own transaction ([`add_in_tx`]). A worker leases the
//! row and commits that it is *attempting*; opens it, writes the mail in the reader's language ([`compose`]), and gives it
//! to a relay, ahead of newsletters; the row goes with the mail. What is asked to come later comes later, as often as
//! [`PAUSES`] says; then the mail is given up: whoever asked can ask again.
//!
//! The guarantee: a mail goes out at least once, and twice only when a worker or a connection dies at the moment between; it
//! has the same `Message-ID` then. No address is in a log, in an error or in what is kept of a relay's answer.

mod compose;
mod content;

use std::time::Duration;

use model::{Language, Lookup, OutboxId, OutboxKind, OutboxMail, OutboxState, Week};
use outside::mail::{Envelope, NotSent, Outcome, Personal, Priority, Template};
use tokio::{sync::watch, task::JoinSet};
use vault::{Bind, Keyring};
use zeroize::Zeroizing;

pub use compose::last_day;
pub(crate) use compose::{Composed, sender};
pub(super) use content::Content;

use super::CONFIRM_WEEKS;
use crate::{Newsroom, error::Error, support::contributions::SupportMail};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// Pauses after the first, the second, … try. The links in these mails are good for a week or more; whoever waits for one
/// has asked again long before the last.
pub const PAUSES: [i64; 7] = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR];

/// Longer than the longest wait for a relay.
const LEASE_MS: i64 = 10 * MINUTE;
/// Mails at one time.
const AT_ONCE: usize = 4;
/// How often a worker looks for mails that another node added.
const PAUSE: Duration = Duration::from_secs(1);
/// How often pauses of readers are looked at.
const RESUME: Duration = Duration::from_secs(3_600);

/// Puts a mail into the outbox; nothing when the same is being sent just now.
pub(super) async fn add_in_tx(
    newsroom: &Newsroom,
    tx: &mut store::Tx,
    ring: &Keyring,
    kind: OutboxKind,
    lookup: Lookup,
    language: &Language,
    content: &Content,
) -> Result<(), Error> {
    put_in_tx(newsroom, tx, ring, kind, lookup, language, content).await.map(|_| ())
}

/// The same for what another part of the house says; `false` when the same is being sent just now and nothing was added.
pub(crate) async fn put_in_tx(
    newsroom: &Newsroom,
    tx: &mut store::Tx,
    ring: &Keyring,
    kind: OutboxKind,
    lookup: Lookup,
    language: &Language,
    content: &impl serde::Serialize,
) -> Result<bool, Error> {
    let id = OutboxId::new(newsroom.chance());
    let plain = Zeroizing::new(serde_json::to_vec(content)?);
    let mail = OutboxMail {
        id,
        kind,
        lookup,
        language: language.clone(),
        sealed: ring.seal_transient(newsroom.chance(), Bind::outbox(id), &plain),
        state: OutboxState::Pending,
        tries: 0,
        at: newsroom.clock().now(),
        reply: None,
    };
    Ok(store::outbox_add(tx, &mail).await?)
}

/// Works until `stop` becomes true. Errors of the database are logged and tried again.
pub async fn run(newsroom: Newsroom, mut stop: watch::Receiver<bool>) {
    let mut open = JoinSet::new();
    let mut resume = tokio::time::interval(RESUME);
    loop {
        if let Err(error) = begin(&newsroom, &mut open).await {
            tracing::error!(%error, "mails to readers could not be worked on; trying again");
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            () = newsroom.outbox_woken() => {}
            Some(done) = open.join_next() => told(done),
            _ = resume.tick() => {
                if let Err(error) = end_pauses(&newsroom).await {
                    tracing::error!(%error, "readers’ pauses could not be ended; the next hour tries again");
                }
            }
            changed = stop.changed() => if changed.is_err() || *stop.borrow() { break },
        }
    }
    // What is under way ends; what is cut off comes again after its lease.
    while let Some(done) = open.join_next().await {
        told(done);
    }
}

fn told(done: Result<Result<(), Error>, tokio::task::JoinError>) {
    match done {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::error!(%error, "a mail to a reader could not be settled; it is sent again"),
        Err(error) => tracing::error!(%error, "a mail to a reader broke down; it is sent again"),
    }
}

/// Does what waited for the keys, and begins as many mails as may be under way.
async fn begin(newsroom: &Newsroom, open: &mut JoinSet<Result<(), Error>>) -> Result<(), Error> {
    if newsroom.keys().is_err() {
        return Ok(());
    }
    super::work_off_waiting(newsroom).await?;
    while open.len() < AT_ONCE {
        let Some(mail) = claim(newsroom).await? else { break };
        let newsroom = newsroom.clone();
        open.spawn(async move { send(&newsroom, mail).await });
    }
    Ok(())
}

/// Sends every mail that is due now, and says how many were taken up.
///
/// # Errors
/// When the database fails; what a relay says is on the row.
pub async fn run_due(newsroom: &Newsroom) -> Result<usize, Error> {
    let mut done = 0;
    while newsroom.keys().is_ok()
        && let Some(mail) = claim(newsroom).await?
    {
        send(newsroom, mail).await?;
        done += 1;
    }
    Ok(done)
}

/// Ends the pauses that were to last until this week; how many.
///
/// # Errors
/// When the database fails.
pub async fn end_pauses(newsroom: &Newsroom) -> Result<u64, Error> {
    let mut tx = newsroom.store().begin().await?;
    let ended = store::subscriber_resume(&mut tx, Week::of(newsroom.clock().now())).await?;
    tx.commit().await?;
    Ok(ended)
}

async fn claim(newsroom: &Newsroom) -> Result<Option<OutboxMail>, Error> {
    let mut tx = newsroom.store().begin().await?;
    let claimed = store::outbox_claim(&mut tx, newsroom.clock().now(), LEASE_MS).await?;
    tx.commit().await?;
    if claimed.is_some() {
        newsroom.abort_point("outbox.attempting");
    }
    Ok(claimed)
}

/// What came of a mail.
enum Ended {
    /// It went, or can't ever go: the row goes.
    Gone,
    /// It comes again.
    Later(String),
    /// Nothing of it was tried: it comes again, and this time does not count.
    Untried(String, Duration),
}

async fn send(newsroom: &Newsroom, mail: OutboxMail) -> Result<(), Error> {
    let ended = if mail.kind == OutboxKind::Nothing { Ended::Gone } else { give(newsroom, &mail).await? };
    newsroom.abort_point("outbox.sent");
    settle(newsroom, &mail, ended).await
}

/// Opens a mail, writes it and gives it to a relay.
async fn give(newsroom: &Newsroom, mail: &OutboxMail) -> Result<Ended, Error> {
    let Ok(ring) = newsroom.keys() else { return Ok(Ended::Untried("the keys are away".to_owned(), PAUSE)) };
    let plain = match ring.open_transient(Bind::outbox(mail.id), &mail.sealed) {
        Ok(plain) => plain,
        Err(error) => {
            // Sealed with keys that are gone for good; nobody can ever read it.
            tracing::warn!(%error, "a mail that waited can't be opened any more and is dropped");
            return Ok(Ended::Gone);
        }
    };
    let composed = match mail.kind {
        OutboxKind::RemindConfirm | OutboxKind::Remind => {
            crate::support::reminders::compose(newsroom, mail, &plain).await?
        }
        OutboxKind::Receipt | OutboxKind::PledgeFailed | OutboxKind::PledgeEnded | OutboxKind::GiverLink => {
            of_support(newsroom, mail, &plain).await?
        }
        OutboxKind::Confirm
        | OutboxKind::Already
        | OutboxKind::Preferences
        | OutboxKind::Goodbye
        | OutboxKind::Nothing => composed(newsroom, mail, &plain).await?,
    };
    // Whatever kept it, its link may be too old by now.
    let Some((composed, to)) = composed else { return Ok(Ended::Gone) };
    let (envelope, bytes) = match write(newsroom, mail, composed, to).await? {
        Ok(written) => written,
        Err(why) => {
            tracing::warn!(why, "a mail to a reader can't be written and is dropped");
            return Ok(Ended::Gone);
        }
    };
    Ok(judge(newsroom.mailer().pool.send(&envelope, &bytes, Priority::Personal).await))
}

/// A mail before it is one, and to whom it goes; `None` for one that is too old.
pub(crate) type Addressed = Option<(Composed, Zeroizing<String>)>;

async fn of_support(newsroom: &Newsroom, mail: &OutboxMail, plain: &[u8]) -> Result<Addressed, Error> {
    let content: SupportMail = serde_json::from_slice(plain)?;
    let composed = compose::compose_support(newsroom, mail.kind, &mail.language, &content).await?;
    Ok(Some((composed, Zeroizing::new(content.to.clone()))))
}

async fn composed(newsroom: &Newsroom, mail: &OutboxMail, plain: &[u8]) -> Result<Addressed, Error> {
    let content: Content = serde_json::from_slice(plain)?;
    if content.week + CONFIRM_WEEKS < Week::of(newsroom.clock().now()).0 {
        return Ok(None);
    }
    let composed = compose::compose(newsroom, mail.kind, &mail.language, &content).await?;
    Ok(Some((composed, Zeroizing::new(content.to.clone()))))
}

/// The mail's bytes, and from whom to whom; or why there can't be any.
async fn write(
    newsroom: &Newsroom,
    mail: &OutboxMail,
    composed: Composed,
    to: Zeroizing<String>,
) -> Result<Result<(Envelope, Vec<u8>), String>, Error> {
    let (signer, chance) = (newsroom.mailer().signer.clone(), newsroom.clone());
    let (id, now) = (mail.id, newsroom.clock().now());
    let written = tokio::task::spawn_blocking(move || {
        let message_id = format!("{}@{}", id.0.simple(), composed.domain());
        let letter = composed.letter(now);
        let template = Template::whole(&letter, chance.chance()).map_err(|error| error.to_string())?;
        let personal =
            Personal { to: &to, message_id: &message_id, unsubscribe: &composed.one_click, ..Personal::default() };
        let mut bytes = Vec::new();
        template.copy(&personal, &signer, &mut bytes).map_err(|error| error.to_string())?;
        let envelope = Envelope::new(&composed.sender, &to).map_err(|error| error.to_string())?;
        Ok((envelope, bytes))
    });
    Ok(written.await?)
}

fn judge(outcome: Outcome) -> Ended {
    match outcome {
        Outcome::Accepted { .. } => Ended::Gone,
        Outcome::Refused { reply, .. } => {
            // The reply has no address in it; whoever typed a wrong one learns by what doesn't come.
            tracing::info!(%reply, "a relay refused a mail to a reader");
            Ended::Gone
        }
        Outcome::Deferred { reply, .. } => Ended::Later(reply.to_string()),
        Outcome::Uncertain { why } => Ended::Later(why.to_string()),
        Outcome::NotSent { why: why @ NotSent::Lost(_), .. } => Ended::Later(why.to_string()),
        Outcome::NotSent { why, retry_after } => Ended::Untried(why.to_string(), retry_after),
    }
}

async fn settle(newsroom: &Newsroom, mail: &OutboxMail, ended: Ended) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    match ended {
        Ended::Gone => store::outbox_delete(&mut tx, mail.id).await?,
        Ended::Later(reply) => {
            let pause = usize::try_from(mail.tries - 1).ok().and_then(|at| PAUSES.get(at));
            match pause {
                Some(pause) => {
                    store::outbox_defer(&mut tx, mail.id, mail.tries, now.plus_millis(*pause), &reply).await?;
                }
                None => {
                    tracing::warn!(reply, tries = mail.tries, "a mail to a reader was given up");
                    store::outbox_delete(&mut tx, mail.id).await?;
                }
            }
        }
        Ended::Untried(reply, wait) => {
            let wait = i64::try_from(wait.max(PAUSE).as_millis()).unwrap_or(HOUR).min(HOUR);
            store::outbox_put_back(&mut tx, mail.id, mail.tries, now.plus_millis(wait), &reply).await?;
        }
    }
    Ok(tx.commit().await?)
}
