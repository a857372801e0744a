//! Carrying out a notice: one transaction, and nothing the second time.

use model::{Bounce, IssueId, Subscriber, SubscriberId, Suppression, SuppressionReason, Week};
use outside::mailback::{Cause, Notice, SignUp, Token};
use store::Tx;
use vault::{Address, Bind, Keyring, Links, Provider, Smtputf8};

use crate::{
    Newsroom,
    error::Error,
    readers::{self, Left, MailedWish},
};

/// Issues in a row that may come back before nothing more is sent.
pub const IN_A_ROW: i64 = 5;

/// What came of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// It changed something.
    Done,
    /// It changed nothing, and never will.
    Unmoved(Unmoved),
    /// The keys are away, or something else that it takes: it is to come again.
    Later,
}

/// Why a notice changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmoved {
    /// Its token is none of ours.
    Forged,
    /// Its token is of a delivery that is not there, any more or at all, or of which nothing was sent.
    NoDelivery,
    /// It returns a mail of ours that is another one.
    Contradicts,
    /// It is known already, or worse is.
    Known,
    /// There is nothing that can be done for it.
    Unusable,
}

/// Carries out a notice.
///
/// # Errors
/// When the database fails; then nothing was changed, and it may come again.
pub async fn apply(newsroom: &Newsroom, notice: &Notice) -> Result<Applied, Error> {
    match notice {
        Notice::Bounced { token, bounce, cause, message_id, .. } => {
            came_back(newsroom, token, *bounce, Some(*cause), message_id.as_deref()).await
        }
        Notice::Complaint { token, message_id } => {
            came_back(newsroom, token, Bounce::Complaint, None, message_id.as_deref()).await
        }
        Notice::Unsubscribe { token } => unsubscribe(newsroom, token).await,
        Notice::SignUp(wish) => sign_up(newsroom, wish).await,
    }
}

async fn came_back(
    newsroom: &Newsroom,
    token: &Token,
    bounce: Bounce,
    cause: Option<Cause>,
    message_id: Option<&str>,
) -> Result<Applied, Error> {
    let Ok(keys) = newsroom.keys() else { return Ok(Applied::Later) };
    let week = Week::of(newsroom.clock().now());
    let mut tx = newsroom.store().begin().await?;
    let (issue, number) = match delivery(&mut tx, &keys, token).await? {
        Ok(delivery) => delivery,
        Err(unmoved) => return Ok(Applied::Unmoved(unmoved)),
    };
    if message_id.is_some_and(|id| contradicts(&keys, issue, number, id)) {
        return Ok(Applied::Unmoved(Unmoved::Contradicts));
    }
    let Some(noted) = store::delivery_bounced(&mut tx, issue, number, bounce).await? else {
        let known = store::delivery_by_number(&mut tx, issue, number).await?.is_some_and(|delivery| delivery.tries > 0);
        return Ok(Applied::Unmoved(if known { Unmoved::Known } else { Unmoved::NoDelivery }));
    };
    let subscriber = store::subscriber_by_id(&mut tx, noted.subscriber).await?;
    let provider = subscriber.as_ref().map_or(Provider::Other, |subscriber| provider(&keys, subscriber));
    let mut sums = vec![(sum(bounce, provider), 1)];
    sums.extend(noted.before.map(|before| (sum(before, provider), -1)));
    sums.extend(cause.map(|cause| (format!("cause.{}", cause.as_str()), 1)));
    if bounce == Bounce::Complaint && subscriber.is_some() {
        // Two subjects of an issue are compared by who leaves, and whoever complains is taken off everything.
        let subject = store::delivery_subject(&mut tx, issue, noted.subscriber).await?;
        sums.extend(subject.map(|subject| (format!("complained.{}", subject.as_str()), 1)));
    }
    store::issue_count_add(&mut tx, issue, sums).await?;
    if let Some(subscriber) = subscriber {
        settle(&mut tx, &subscriber, bounce, week).await?;
    }
    tx.commit().await?;
    Ok(Applied::Done)
}

/// The name of a sum: `hard.gmail`. Each is of people: who came back in two ways is counted in the worse one.
fn sum(bounce: Bounce, provider: Provider) -> String {
    format!("{}.{}", bounce.as_str(), provider.as_str())
}

/// Whose mailbox it is, where the keys that are here tell it.
fn provider(keys: &Keyring, subscriber: &Subscriber) -> Provider {
    let opened = keys.open(Bind::subscriber(subscriber.id), &subscriber.address).ok();
    let address = opened.as_deref().and_then(|opened| std::str::from_utf8(opened).ok());
    let address = address.and_then(|address| Address::parse(address, Smtputf8::Allowed).ok());
    address.map_or(Provider::Other, |address| address.provider())
}

/// What it makes of somebody.
async fn settle(tx: &mut Tx, subscriber: &Subscriber, bounce: Bounce, week: Week) -> Result<(), Error> {
    let suppression = |reason| Suppression { lookup: subscriber.lookup, reason, week };
    match bounce {
        Bounce::Soft => {
            if store::subscriber_bounce_count(tx, subscriber.id).await? >= IN_A_ROW {
                store::subscriber_bounced(tx, subscriber.id).await?;
            }
        }
        Bounce::Hard => {
            store::suppression_insert(tx, &suppression(SuppressionReason::Bounce)).await?;
            store::subscriber_bounced(tx, subscriber.id).await?;
        }
        Bounce::Complaint => {
            readers::forget_in_tx(tx, subscriber, week).await?;
            store::suppression_insert(tx, &suppression(SuppressionReason::Complaint)).await?;
        }
    }
    Ok(())
}

/// Which delivery a token is of.
async fn delivery(tx: &mut Tx, keys: &Keyring, token: &Token) -> Result<Result<(IssueId, i64), Unmoved>, Error> {
    let (links, text) = (Links(keys), token.text());
    let read = match token {
        Token::Delivery(_) => links.read_bounce(text),
        Token::Unsubscribe(_) => links.read_leave(text),
    };
    if let Ok(delivery) = read {
        return Ok(Ok(delivery));
    }
    match (token, links.read_unsubscribe(text)) {
        (Token::Unsubscribe(_), Ok(wish)) => number_of(tx, wish.issue, wish.subscriber).await,
        _ => Ok(Err(Unmoved::Forged)),
    }
}

async fn number_of(
    tx: &mut Tx,
    issue: IssueId,
    subscriber: SubscriberId,
) -> Result<Result<(IssueId, i64), Unmoved>, Error> {
    let delivery = store::delivery_by_subscriber(tx, issue, subscriber).await?;
    Ok(delivery.map(|delivery| (issue, delivery.number)).ok_or(Unmoved::NoDelivery))
}

/// Whether what is returned is a mail of ours, and another one. A name that a relay wrote anew says nothing.
fn contradicts(keys: &Keyring, issue: IssueId, number: i64, message_id: &str) -> bool {
    let name = message_id.split('@').next().unwrap_or_default().to_ascii_lowercase();
    let own = keys.message_name(issue, number);
    let ours = name.len() == own.len() && name.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'));
    ours && name != own
}

/// Leaves a newsletter: by a token to leave, or by that of the delivery that a service spoke of.
async fn unsubscribe(newsroom: &Newsroom, token: &Token) -> Result<Applied, Error> {
    let text = match (token, newsroom.keys()) {
        (Token::Unsubscribe(text), Ok(_)) => text.clone(),
        // What a link has in it can be noted until the keys are back; what an address has in it can't.
        (Token::Unsubscribe(text), Err(_)) if vault::Token::may_unsubscribe(text) => text.clone(),
        (_, Err(_)) => return Ok(Applied::Later),
        (Token::Delivery(text), Ok(keys)) => {
            let links = Links(&keys);
            let Ok((issue, number)) = links.read_bounce(text) else { return Ok(Applied::Unmoved(Unmoved::Forged)) };
            links.leave(issue, number).mail()
        }
    };
    Ok(match readers::mail_unsubscribe(newsroom, &text).await? {
        Left::Done { .. } | Left::Noted => Applied::Done,
        Left::Full => Applied::Later,
        Left::Broken => Applied::Unmoved(Unmoved::Forged),
    })
}

async fn sign_up(newsroom: &Newsroom, wish: &SignUp) -> Result<Applied, Error> {
    let newsletters: Vec<String> = wish.newsletter.iter().cloned().collect();
    Ok(match readers::mail_sign_up(newsroom, &wish.address, &newsletters, None).await? {
        MailedWish::Taken => Applied::Done,
        MailedWish::Unusable => Applied::Unmoved(Unmoved::Unusable),
        MailedWish::Later => Applied::Later,
    })
}
