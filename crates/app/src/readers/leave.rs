//! Leaving a newsletter, by the link of any mail that was ever sent.
//!
//! Opening the link changes nothing; the button behind it, or a mailbox's own (RFC 8058), does. It can be pressed again
//! without harm. While the keys are away, the token is kept and done when they are back. Who leaves the last newsletter is
//! deleted; a keyed hash stays, so that no list that is imported brings them back.

use model::{IssueId, Language, Newsletter, Subscriber, SubscriberId, Suppression, SuppressionReason, Week};
use store::Tx;
use vault::{Keyring, Links};

use super::{may_leave, name_of, this_week};
use crate::{Newsroom, error::Error, support::reminders};

/// Sign-offs that can wait for the keys.
pub const WAITING_MOST: i64 = 100_000;
/// Sign-offs of one transaction when the keys are back.
const AT_ONCE: i64 = 200;

/// What a link to leave leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaving {
    /// The question.
    Ask {
        /// The newsletter's name; `None` when it is not known, or not known just now.
        name: Option<String>,
        /// The language to ask in, if known.
        language: Option<Language>,
    },
    /// It is none of ours, or cut.
    Broken,
}

/// What came of pressing the button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// They don't get it any more.
    Done {
        /// The newsletter's name, when it is known.
        name: Option<String>,
        /// The language to answer in, if known.
        language: Option<Language>,
        /// How many newsletters they still get.
        others: usize,
        /// Whether everything about them was deleted just now.
        last: bool,
    },
    /// The keys are away: it is done when they are back.
    Noted,
    /// So many wait already that no more can be kept.
    Full,
    /// It is none of ours, or cut.
    Broken,
}

/// Who wants to leave what.
struct Wish {
    subscriber: SubscriberId,
    /// `None` when its newsletter is gone.
    newsletter: Option<Newsletter>,
    issue: IssueId,
}

/// Reads either kind of token: of a link, and of an address that is written to.
async fn read(tx: &mut Tx, ring: &Keyring, token: &str) -> Result<Option<Wish>, Error> {
    let links = Links(ring);
    let (issue, subscriber) = if let Ok(wish) = links.read_unsubscribe(token) {
        (wish.issue, Some(wish.subscriber))
    } else if let Ok((issue, number)) = links.read_leave(token) {
        (issue, store::delivery_by_number(tx, issue, number).await?.map(|delivery| delivery.subscriber))
    } else {
        return Ok(None);
    };
    let newsletter = match store::issue_by_id(tx, issue).await? {
        Some(issue) => store::newsletter_by_id(tx, issue.newsletter).await?,
        None => None,
    };
    // A row of a delivery goes after some weeks, and nobody knows then whose it was.
    Ok(subscriber.map(|subscriber| Wish { subscriber, newsletter, issue }))
}

/// Opens a link to leave. Nothing is written.
///
/// # Errors
/// When the database fails.
pub async fn leaving(newsroom: &Newsroom, token: &str) -> Result<Leaving, Error> {
    let Ok(ring) = newsroom.keys() else {
        let unknown = Leaving::Ask { name: None, language: None };
        return Ok(if may_leave(token) { unknown } else { Leaving::Broken });
    };
    let mut tx = newsroom.store().read().await?;
    Ok(match read(&mut tx, &ring, token).await? {
        Some(wish) => {
            let newsletter = wish.newsletter;
            let language = newsletter.as_ref().map(|newsletter| newsletter.language.clone());
            Leaving::Ask { name: newsletter.map(|newsletter| name_of(&newsletter).to_owned()), language }
        }
        None => Leaving::Broken,
    })
}

/// Leaves the newsletter that a token is for, or all of them.
///
/// # Errors
/// When the database fails.
pub async fn leave(newsroom: &Newsroom, token: &str, all: bool) -> Result<Left, Error> {
    let Ok(ring) = newsroom.keys() else { return note(newsroom, token).await };
    let mut tx = newsroom.store().begin().await?;
    let left = leave_in_tx(newsroom, &mut tx, &ring, token, all).await?;
    tx.commit().await?;
    Ok(left)
}

/// Keeps a token until the keys are back.
async fn note(newsroom: &Newsroom, token: &str) -> Result<Left, Error> {
    if !may_leave(token) {
        return Ok(Left::Broken);
    }
    let mut tx = newsroom.store().begin().await?;
    let kept = store::unsubscribe_waiting_add(&mut tx, token, this_week(newsroom), WAITING_MOST).await?;
    tx.commit().await?;
    Ok(if kept { Left::Noted } else { Left::Full })
}

async fn leave_in_tx(newsroom: &Newsroom, tx: &mut Tx, ring: &Keyring, token: &str, all: bool) -> Result<Left, Error> {
    let Some(wish) = read(tx, ring, token).await? else { return Ok(Left::Broken) };
    let week = this_week(newsroom);
    let name = wish.newsletter.as_ref().map(|newsletter| name_of(newsletter).to_owned());
    let language = wish.newsletter.as_ref().map(|newsletter| newsletter.language.clone());
    let Some(subscriber) = store::subscriber_by_id(tx, wish.subscriber).await? else {
        return Ok(Left::Done { name, language, others: 0, last: false });
    };
    let gets = store::subscription_of(tx, subscriber.id).await?;
    let leaves = |newsletter| all || wish.newsletter.as_ref().is_some_and(|wanted| wanted.id == newsletter);
    let mut left = 0;
    for subscription in gets.iter().filter(|one| leaves(one.newsletter)) {
        store::subscription_delete(tx, subscription.newsletter, subscriber.id, week).await?;
        left += 1;
    }
    if left > 0 {
        count(tx, wish.issue, subscriber.id).await?;
    }
    let last = gets.len() == left;
    if last {
        forget_in_tx(tx, &subscriber, week).await?;
        let reason = SuppressionReason::Unsubscribed;
        store::suppression_insert(tx, &Suppression { lookup: subscriber.lookup, reason, week }).await?;
    }
    Ok(Left::Done { name, language: Some(subscriber.language), others: gets.len() - left, last })
}

/// Counts somebody who left by a mail of an issue, and by which of its subjects.
async fn count(tx: &mut Tx, issue: IssueId, subscriber: SubscriberId) -> Result<(), Error> {
    if store::issue_by_id(tx, issue).await?.is_none() {
        return Ok(());
    }
    let subject = store::delivery_subject(tx, issue, subscriber).await?;
    let by_subject = subject.map(|subject| (format!("unsubscribed.{}", subject.as_str()), 1));
    let counts = std::iter::once(("unsubscribed".to_owned(), 1)).chain(by_subject);
    Ok(store::issue_count_add(tx, issue, counts).await?)
}

/// Deletes everything about somebody but the sums that they are in.
pub(crate) async fn forget_in_tx(tx: &mut Tx, subscriber: &Subscriber, week: Week) -> Result<(), Error> {
    for subscription in store::subscription_of(tx, subscriber.id).await? {
        store::subscription_delete(tx, subscription.newsletter, subscriber.id, week).await?;
    }
    store::outbox_forget(tx, &subscriber.lookup).await?;
    store::subscriber_delete(tx, subscriber.id).await?;
    Ok(())
}

/// Does what waited for the keys; how many there were. Nothing while they are away. What turns out to be no token of ours is
/// dropped.
///
/// # Errors
/// When the database fails.
pub async fn work_off_waiting(newsroom: &Newsroom) -> Result<usize, Error> {
    let Ok(ring) = newsroom.keys() else { return Ok(0) };
    let mut done = 0;
    loop {
        let some = store::unsubscribe_waiting_list(&mut newsroom.store().read().await?, AT_ONCE).await?;
        if some.is_empty() {
            return Ok(done);
        }
        let mut tx = newsroom.store().begin().await?;
        for token in &some {
            leave_in_tx(newsroom, &mut tx, &ring, token, false).await?;
            reminders::stop_waiting_in_tx(newsroom, &mut tx, &ring, token).await?;
            store::unsubscribe_waiting_delete(&mut tx, token).await?;
        }
        tx.commit().await?;
        done += some.len();
    }
}
