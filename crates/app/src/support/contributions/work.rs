//! The worker: looks at objects that gateways told of, and writes down what they say.
//!
//! 1. Lease objects that are due, in one transaction.
//! 2. Ask the gateways what each says now, several at a time. No transaction is open.
//! 3. In one transaction: for each whose lease still stands, write what follows and end the look.
//!
//! Killed between 1 and 3, nothing was written, and the lease ends: somebody else looks. Two that work at once never write what
//! is older than what is there: the first to write something new takes the leases of the other, who asks again. A gateway that is away has its objects
//! wait, longer each time, and the desk is told; other gateways go on.

use std::{collections::BTreeMap, time::Duration};

use futures::stream::{self, StreamExt};
use model::{GatewayName, Timestamp};
use outside::payments::{AnyGateway, GatewayError, Object, Standing};
use store::{ClaimedObject, Tx};
use tokio::sync::watch;

use super::{
    look::{Looked, look_in_tx},
    sweep,
};
use crate::{Newsroom, error::Error, support::stop};

/// How often a worker looks for objects that another node was told of.
const PAUSE: Duration = Duration::from_secs(1);
/// Objects of one round.
const ROUND: i64 = 64;
/// Questions to gateways at one time.
const AT_ONCE: usize = 16;
/// Longer than the longest wait for a gateway, for each question of a round.
const LEASE_MS: i64 = 180_000;
/// The longest that one question takes.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often the gateways' own records are read.
const SWEEP: Duration = Duration::from_secs(3_600);
/// An object of a pledge that is not known is another's after so many looks.
const EARLY_MOST: i64 = 8;
/// An object that is refused or not understood is looked at once a day after so many looks, and given up after so many.
const TRIES_SOON: i64 = 12;
const TRIES_MOST: i64 = TRIES_SOON + 30;

/// How often somebody who waits has an object asked for at most.
const LOOKS_NOW: usize = 3;

const SECOND: i64 = 1_000;
const DAY: i64 = 86_400 * SECOND;

/// How long an object waits after so many looks in vain.
fn pause(tries: i64) -> i64 {
    (2 * SECOND) << tries.clamp(0, 10)
}

/// Works until `stop` becomes true. Errors of the database are logged and tried again.
pub async fn run(newsroom: Newsroom, mut stop: watch::Receiver<bool>) {
    let mut sweeping = tokio::time::interval(SWEEP);
    loop {
        if let Err(error) = run_due(&newsroom).await {
            tracing::error!(%error, "what gateways told could not be worked on; trying again");
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            () = newsroom.gateways_woken() => {}
            _ = sweeping.tick() => {
                if let Err(error) = sweep::sweep(&newsroom).await {
                    tracing::error!(%error, "gateways could not be asked for what was missed; the next hour tries again");
                }
            }
            changed = stop.changed() => if changed.is_err() || *stop.borrow() { break },
        }
    }
}

/// Looks at every object that is due now; how many.
///
/// # Errors
/// When the database fails; what a gateway says is on its row.
pub async fn run_due(newsroom: &Newsroom) -> Result<usize, Error> {
    let mut done = 0;
    loop {
        match round(newsroom, ROUND).await? {
            0 => return Ok(done),
            looked => done += looked,
        }
    }
}

/// Looks at so many objects that are due, those that wait longest first; how many there were.
async fn round(newsroom: &Newsroom, most: i64) -> Result<usize, Error> {
    let claimed = claim(newsroom, most).await?;
    if claimed.is_empty() {
        return Ok(0);
    }
    newsroom.abort_point("pay.claimed");
    let answers = ask(newsroom, claimed).await;
    newsroom.abort_point("pay.fetched");
    settle(newsroom, &answers).await?;
    newsroom.abort_point("pay.projected");
    Ok(answers.len())
}

/// Looks at objects at once, before all that wait: somebody waits for what they say.
///
/// # Errors
/// When the database fails.
pub async fn look_now(newsroom: &Newsroom, gateway: GatewayName, objects: &[Object]) -> Result<(), Error> {
    let mut waiting: Vec<&Object> = objects.iter().collect();
    for _ in 0..LOOKS_NOW {
        let mut tx = newsroom.store().begin().await?;
        for object in &waiting {
            store::gateway_object_want(&mut tx, gateway, &object.kind, &object.id, Timestamp::from_millis(0)).await?;
        }
        tx.commit().await?;
        round(newsroom, i64::try_from(waiting.len()).unwrap_or(ROUND)).await?;
        // Something else told what is newer meanwhile: then these are asked for once more.
        let (mut tx, now) = (newsroom.store().read().await?, newsroom.clock().now());
        let mut again = Vec::new();
        for object in waiting {
            let at = store::gateway_object_at(&mut tx, gateway, &object.kind, &object.id).await?;
            if at.is_some_and(|at| at <= now) {
                again.push(object);
            }
        }
        waiting = again;
        if waiting.is_empty() {
            break;
        }
    }
    // What they name besides is looked at in its turn.
    newsroom.wake_gateways();
    Ok(())
}

async fn claim(newsroom: &Newsroom, most: i64) -> Result<Vec<ClaimedObject>, Error> {
    let now = newsroom.clock().now();
    // Most of the time nothing waits; looking takes no lock.
    let mut tx = newsroom.store().read().await?;
    let due = store::gateway_object_next(&mut tx).await?;
    drop(tx);
    if due.is_none_or(|due| due > now) {
        return Ok(Vec::new());
    }
    let mut tx = newsroom.store().begin().await?;
    let claimed = store::gateway_object_claim(&mut tx, newsroom.chance().uuid_v4(), now, LEASE_MS, most).await?;
    tx.commit().await?;
    Ok(claimed)
}

type Answer = (ClaimedObject, Result<Option<Standing>, GatewayError>);

/// What the gateways say, several at a time.
async fn ask(newsroom: &Newsroom, claimed: Vec<ClaimedObject>) -> Vec<Answer> {
    let asking = claimed.into_iter().map(async |object: ClaimedObject| {
        let answer = match newsroom.gateways().get(object.gateway) {
            None => {
                Err(GatewayError::Away { gateway: object.gateway.as_str().to_owned(), why: "not set up".to_owned() })
            }
            Some(gateway) => {
                let wanted = Object::new(object.kind.clone(), object.id.clone());
                match tokio::time::timeout(PATIENCE, look(newsroom, gateway, &wanted)).await {
                    Ok(answer) => answer,
                    Err(_) => Err(GatewayError::Away {
                        gateway: object.gateway.as_str().to_owned(),
                        why: format!("no answer in {} s", PATIENCE.as_secs()),
                    }),
                }
            }
        };
        (object, answer)
    });
    let mut answers: Vec<Answer> = stream::iter(asking).buffer_unordered(AT_ONCE).collect().await;
    // Workers that write at the same time take gateways in the same order, and so wait for each other instead of for ever.
    answers.sort_by_key(|(object, _)| object.gateway);
    answers
}

/// What an object says, after money was taken that waited for it and is still wanted.
async fn look(newsroom: &Newsroom, gateway: &AnyGateway, object: &Object) -> Result<Option<Standing>, GatewayError> {
    let said = gateway.fetch(object).await?;
    let Some(standing) = said.as_ref().filter(|standing| standing.waits) else { return Ok(said) };
    match is_wanted(newsroom, gateway.name(), standing).await {
        Ok(true) => gateway.take(object).await,
        Ok(false) => Ok(said),
        Err(error) => {
            tracing::error!(%error, "money was not taken, because it could not be looked up whether it is wanted");
            Ok(said)
        }
    }
}

/// Whether money is still taken: not after everything was stopped, and not for what failed or was given up.
async fn is_wanted(newsroom: &Newsroom, gateway: GatewayName, said: &Standing) -> Result<bool, Error> {
    let Some(id) = said.contribution else { return Ok(false) };
    let mut tx = newsroom.store().read().await?;
    if stop::is_in_force(&mut tx).await? {
        return Ok(false);
    }
    let found = store::contribution_by_id(&mut tx, id).await?;
    Ok(found.is_some_and(|of| of.gateway == gateway && of.state.is_open()))
}

/// Writes what follows, all in one transaction; one that breaks does not take the others along.
async fn settle(newsroom: &Newsroom, answers: &[Answer]) -> Result<(), Error> {
    match settle_these(newsroom, answers).await {
        Ok(()) => Ok(()),
        Err(error) if answers.len() == 1 => {
            tracing::error!(%error, kind = answers[0].0.kind, "what a gateway says could not be written");
            defer(newsroom, &answers[0].0).await
        }
        Err(_) => {
            for answer in answers {
                if let Err(error) = settle_these(newsroom, std::slice::from_ref(answer)).await {
                    tracing::error!(%error, kind = answer.0.kind, "what a gateway says could not be written");
                    defer(newsroom, &answer.0).await?;
                }
            }
            Ok(())
        }
    }
}

async fn defer(newsroom: &Newsroom, object: &ClaimedObject) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    let at = newsroom.clock().now().plus_millis(pause(object.tries));
    store::gateway_object_defer(&mut tx, object, at).await?;
    Ok(tx.commit().await?)
}

async fn settle_these(newsroom: &Newsroom, answers: &[Answer]) -> Result<(), Error> {
    let now = newsroom.clock().now();
    let mut tx = newsroom.store().begin().await?;
    let mut news = BTreeMap::new();
    // The gateway of which it was noted last that it is well.
    let mut well = None;
    for (object, answer) in answers {
        match answer {
            Ok(said) => {
                if well.replace(object.gateway) != Some(object.gateway) {
                    store::gateway_trouble(&mut tx, object.gateway, None, now).await?;
                }
                if written(newsroom, &mut tx, object, said.as_ref()).await? {
                    news.insert(object.gateway, object.lease);
                }
            }
            Err(error) => {
                well = None;
                failed(newsroom, &mut tx, object, error).await?;
            }
        }
    }
    for (gateway, lease) in &news {
        store::gateway_object_recall(&mut tx, *gateway, *lease, now).await?;
    }
    tx.commit().await?;
    if !news.is_empty() {
        newsroom.wake_outbox();
    }
    Ok(())
}

/// Writes what an object says; whether anything of it was new.
async fn written(
    newsroom: &Newsroom,
    tx: &mut Tx,
    object: &ClaimedObject,
    said: Option<&Standing>,
) -> Result<bool, Error> {
    let now = newsroom.clock().now();
    // The lease first: whoever lost it writes nothing.
    if !store::gateway_object_done(tx, object, now).await? {
        return Ok(false);
    }
    let Some(said) = said else { return Ok(false) };
    let looked = look_in_tx(newsroom, tx, object.gateway, said).await?;
    let again = match looked {
        Looked::Done | Looked::Known | Looked::NotOurs => false,
        Looked::Early => object.tries < EARLY_MOST,
        Looked::Closed => true,
    };
    if again {
        store::gateway_object_put_back(tx, object, now.plus_millis(pause(object.tries))).await?;
    }
    Ok(looked == Looked::Done)
}

/// Has an object that could not be looked at wait, or gives it up.
async fn failed(newsroom: &Newsroom, tx: &mut Tx, object: &ClaimedObject, error: &GatewayError) -> Result<(), Error> {
    let (now, why) = (newsroom.clock().now(), error.to_string());
    store::gateway_trouble(tx, object.gateway, Some(&why), now).await?;
    if error.may_pass() || object.tries < TRIES_SOON {
        store::gateway_object_defer(tx, object, now.plus_millis(pause(object.tries))).await?;
    } else if object.tries < TRIES_MOST {
        // What it tells of is not told again, so that it is not let go of within hours.
        store::gateway_object_defer(tx, object, now.plus_millis(DAY)).await?;
    } else {
        tracing::error!(kind = object.kind, why, "an object of a gateway is given up");
        store::gateway_object_done(tx, object, now).await?;
    }
    Ok(())
}
