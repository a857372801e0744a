//! What follows from what an object says: rows and mails, in one transaction.

use model::{Contribution, GatewayName, Payment, PaymentId, PaymentState};
use outside::payments::{Further, PaymentStanding, Standing};
use store::Tx;
use vault::{Address, Keyring, Smtputf8};

use super::{
    adopt,
    contact::{Contact, forget_contact},
    mails::{self, Letter},
    project::{News, is_new_money, news, project, settle},
    this_month,
};
use crate::{
    Newsroom,
    error::Error,
    support::{contributions::Month, stop},
};

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looked {
    /// It is written down.
    Done,
    /// It says what is known.
    Known,
    /// The object is none of the newsroom's.
    NotOurs,
    /// It belongs to a pledge that is not known yet.
    Early,
    /// Something of it has to be sealed or opened, and the keys are away.
    Closed,
}

/// Writes down what an object says.
pub(super) async fn look_in_tx(
    newsroom: &Newsroom,
    tx: &mut Tx,
    gateway: GatewayName,
    said: &Standing,
) -> Result<Looked, Error> {
    let mut of = match whose(tx, gateway, said).await? {
        Ok(of) => of,
        Err(looked) => return Ok(if let_go(tx, gateway, &said.payments).await? { Looked::Done } else { looked }),
    };
    let ring = newsroom.keys().ok();
    if ring.is_none() && (of.contact.is_some() || (said.contact.is_some() && takes_contact(&of))) {
        return Ok(Looked::Closed);
    }
    let before = of.clone();
    if let (Some(ring), Some(contact)) = (&ring, &said.contact) {
        take_contact(newsroom, ring, &mut of, contact)?;
    }
    let Paid { payments, mut received, news: paid } = pay(newsroom, tx, &of, &said.payments).await?;
    if before.contact.is_none() && of.contact.is_some() && received.is_empty() {
        received.extend(without_receipt(&payments).cloned());
    }
    project(&mut of, said, &payments);
    if let Some(ring) = &ring {
        write_mails(newsroom, tx, ring, &before, &of, &received).await?;
    }
    forget_contact(&mut of);
    stop::late_in_tx(newsroom, tx, &before, &of).await?;
    if of != before {
        store::contribution_update(tx, &of, this_month(newsroom)).await?;
    }
    want_more_in_tx(newsroom, tx, said, &before, &of).await?;
    Ok(if paid || of != before { Looked::Done } else { Looked::Known })
}

/// Has other objects looked at: those that this one names, and those that tell payments which nobody told of.
async fn want_more_in_tx(
    newsroom: &Newsroom,
    tx: &mut Tx,
    said: &Standing,
    before: &Contribution,
    of: &Contribution,
) -> Result<(), Error> {
    let mut more = said.more.clone();
    if let Some(further) = &said.further
        && is_gap(tx, of, further).await?
    {
        more.push(further.object.clone());
    }
    if has_leapt(before, of) {
        let known = newsroom.gateways().get(of.gateway);
        more.extend(known.into_iter().flat_map(|known| known.objects(None, of.token.as_deref())));
    }
    for object in &more {
        store::gateway_object_want(tx, of.gateway, &object.kind, &object.id, newsroom.clock().now()).await?;
    }
    Ok(())
}

/// Whether there may be payments before those that a gateway told: the oldest of those was not known, and one is known from
/// before it. Where none is, such as with a pledge that was brought along, there is nothing to be met further back.
async fn is_gap(tx: &mut Tx, of: &Contribution, further: &Further) -> Result<bool, Error> {
    if let Some(oldest) = &further.oldest
        && store::payment_by_token(tx, of.gateway, oldest).await?.is_some()
    {
        return Ok(false);
    }
    let known = store::payment_of(tx, of.id).await?;
    Ok(known.iter().any(|one| one.month <= Month::of(further.at)))
}

/// Whether a pledge is paid for so much longer than before that a payment in between was not told.
fn has_leapt(before: &Contribution, of: &Contribution) -> bool {
    match (before.paid_until, of.paid_until, before.frequency.months()) {
        (Some(before), Some(now), Some(period)) => now.0 - before.0 > period,
        _ => false,
    }
}

/// The contribution that an object belongs to, or what comes of one that belongs to none. A pledge that was taken in from
/// another newsroom's books may still have that one's reference.
async fn whose(tx: &mut Tx, gateway: GatewayName, said: &Standing) -> Result<Result<Contribution, Looked>, Error> {
    let mut found = match said.contribution {
        Some(id) => store::contribution_lock(tx, id).await?,
        None => None,
    };
    if let (None, Some(pledge)) = (&found, &said.of_pledge)
        && let Some(known) = store::contribution_by_token(tx, gateway, pledge).await?
    {
        found = store::contribution_lock(tx, known.id).await?;
    }
    Ok(match found.filter(|of| of.gateway == gateway) {
        Some(of) => Ok(of),
        None if said.contribution.is_none() && said.of_pledge.is_some() => Err(Looked::Early),
        None => Err(Looked::NotOurs),
    })
}

/// Writes what became of payments whose giver was erased, where nothing else leads to them; whether any of it was new.
async fn let_go(tx: &mut Tx, gateway: GatewayName, said: &[PaymentStanding]) -> Result<bool, Error> {
    let mut news = false;
    for one in said {
        let Some(known) = store::payment_by_token(tx, gateway, &one.token).await? else { continue };
        if known.contribution.is_some() {
            continue;
        }
        let mut payment = known.clone();
        settle(&mut payment, one);
        if payment != known {
            store::payment_put(tx, &payment).await?;
            news = true;
        }
    }
    Ok(news)
}

/// Whether the address that a gateway tells is kept: only for a pledge, whose giver has to be written to, and only where they
/// left none here.
fn takes_contact(of: &Contribution) -> bool {
    of.frequency.is_pledge() && of.contact.is_none() && !of.erased
}

fn take_contact(
    newsroom: &Newsroom,
    ring: &Keyring,
    of: &mut Contribution,
    told: &outside::payments::Contact,
) -> Result<(), Error> {
    // A gateway's address may be one that mail can't go to; then nobody is written to.
    let Some(address) = Address::parse(&told.address, Smtputf8::Refused).ok().filter(|_| takes_contact(of)) else {
        return Ok(());
    };
    let contact =
        Contact { address: address.as_str().to_owned(), name: told.name.trim().to_owned(), base: String::new() };
    of.contact = Some(contact.seal(newsroom, ring, of.id)?);
    of.lookup = Some(ring.giver_lookup(&address));
    Ok(())
}

/// What came of payments.
struct Paid {
    /// All that are known of the contribution.
    payments: Vec<Payment>,
    /// Those whose money is here for the first time.
    received: Vec<Payment>,
    /// Whether anything of them is new.
    news: bool,
}

/// Writes the payments.
async fn pay(newsroom: &Newsroom, tx: &mut Tx, of: &Contribution, said: &[PaymentStanding]) -> Result<Paid, Error> {
    let mut paid = Paid { payments: Vec::new(), received: Vec::new(), news: false };
    let from = adopt::books_from(tx, of).await?;
    for one in said {
        let known = store::payment_by_token(tx, of.gateway, &one.token).await?;
        if known.is_none() && from.is_some_and(|from| one.at < from) {
            continue;
        }
        let mut payment = known.clone().unwrap_or_else(|| {
            let id = PaymentId::new(newsroom.chance());
            store::payment_new(id, of, &one.token, one.money, Month::of(one.at))
        });
        settle(&mut payment, one);
        let is_new = is_new_money(known.as_ref().map(|known| known.state), payment.state);
        if is_new {
            payment.late = stop::is_late(tx, of.gateway, one.at).await?;
            paid.received.push(payment.clone());
        }
        if known.as_ref() != Some(&payment) {
            store::payment_put(tx, &payment).await?;
            paid.news = true;
        }
        paid.payments.push(payment);
    }
    let known = store::payment_of(tx, of.id).await?;
    // Who was erased has no payments any more; what was told just now is.
    paid.payments.extend(known.into_iter().filter(|known| !said.iter().any(|one| one.token == known.token)));
    Ok(paid)
}

/// The last payment of somebody whose address is told after their money: they have had no receipt, and no link to what they give.
fn without_receipt(payments: &[Payment]) -> Option<&Payment> {
    payments.iter().filter(|one| one.state == PaymentState::Paid).max_by_key(|one| one.month)
}

/// Puts the mails that follow into the outbox.
async fn write_mails(
    newsroom: &Newsroom,
    tx: &mut Tx,
    ring: &Keyring,
    before: &Contribution,
    of: &Contribution,
    received: &[Payment],
) -> Result<(), Error> {
    let Some(contact) = of.contact.as_ref().and_then(|sealed| Contact::open(ring, of.id, sealed)) else {
        return Ok(());
    };
    for payment in received {
        mails::put_in_tx(newsroom, tx, ring, of, &contact, Letter::Receipt(payment)).await?;
    }
    match news(before.state, of.state) {
        Some(News::Failed) => mails::put_in_tx(newsroom, tx, ring, of, &contact, Letter::Failed).await?,
        Some(News::Ended) => mails::put_in_tx(newsroom, tx, ring, of, &contact, Letter::Ended).await?,
        None => {}
    }
    Ok(())
}
