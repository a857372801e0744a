//! What somebody gives, opened by the link in their mails: changing it, pausing, ending, taking along what is kept. Erasing it is
//! [`super::erase`].
//!
//! The gateway is asked first, and what it says afterwards is what is kept; where it is away, nothing changes and the giver is
//! told so.

use model::{Contribution, ContributionId, ContributionState, Frequency, Language, Money, Payment};
use outside::payments::{AnyGateway, Can, GatewayError, Pledge, takes};
use serde_json::{Value, json};
use vault::Bind;

use super::{
    at,
    contact::Contact,
    form::{GiveWrong, refused},
    link,
    work::look_now,
};
use crate::{Newsroom, error::Error, support};

/// What a link opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Managed {
    /// The gift or pledge.
    pub contribution: Contribution,
    /// What was paid, the newest month first.
    pub payments: Vec<Payment>,
    /// The address, where this server can open it.
    pub address: Option<String>,
    /// What can be done about it; nothing where its gateway is not set up any more.
    pub can: Option<Can>,
}

/// What came of a wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Managing<T> {
    /// It is done.
    Done(T),
    /// The link opens nothing: it is too old, or not whole, or everything was erased.
    Gone,
    /// What was typed can't be used.
    Wrong(GiveWrong),
    /// The gateway can't do that, or the pledge is not one that it can be done to.
    Cannot,
    /// The gateway is not to be reached. Nothing was changed.
    Away,
}

/// Opens a link.
///
/// # Errors
/// When the database fails.
pub async fn open(newsroom: &Newsroom, token: &str) -> Result<Option<Managed>, Error> {
    let mut tx = newsroom.store().read().await?;
    let Some(id) = link::opens(newsroom, &mut tx, token).await? else { return Ok(None) };
    let Some(contribution) = store::contribution_by_id(&mut tx, id).await? else { return Ok(None) };
    let payments = store::payment_of(&mut tx, id).await?;
    drop(tx);
    let ring = newsroom.keys().ok();
    let contact = ring.zip(contribution.contact.as_ref()).and_then(|(ring, sealed)| Contact::open(&ring, id, sealed));
    let can = newsroom.gateways().get(contribution.gateway).map(|gateway| gateway.can());
    Ok(Some(Managed { address: contact.map(|contact| contact.address.clone()), contribution, payments, can }))
}

/// The language that is written to a giver in; `None` where there is no such contribution.
///
/// # Errors
/// When the database fails.
pub async fn language_of(newsroom: &Newsroom, id: ContributionId) -> Result<Option<Language>, Error> {
    let mut tx = newsroom.store().read().await?;
    Ok(store::contribution_by_id(&mut tx, id).await?.map(|found| found.language))
}

/// What a giver wants of a pledge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Another amount, as typed, or another frequency, from the next payment on.
    Change {
        /// The amount.
        amount: String,
        /// The frequency.
        frequency: Frequency,
    },
    /// A pause.
    Pause,
    /// An end of the pause.
    Resume,
    /// An end.
    Cancel,
}

/// Does what a giver wants.
///
/// # Errors
/// When the database fails.
pub async fn wish(newsroom: &Newsroom, token: &str, wish: &Wish) -> Result<Managing<()>, Error> {
    let Some(managed) = open(newsroom, token).await? else { return Ok(Managing::Gone) };
    let of = &managed.contribution;
    let Some((gateway, pledge)) = running(newsroom, of) else { return Ok(Managing::Cannot) };
    let key = newsroom.chance().uuid_v4().to_string();
    let can = gateway.can();
    let done = match wish {
        Wish::Change { amount, frequency } => {
            let money = match changed(newsroom, of, amount, *frequency).await? {
                Ok(money) => money,
                Err(wrong) => return Ok(Managing::Wrong(wrong)),
            };
            if !can.change() {
                return Ok(Managing::Cannot);
            }
            gateway.change(&pledge, money, *frequency, &key).await
        }
        Wish::Pause if can.pause() => gateway.pause(&pledge, &key).await,
        Wish::Resume if can.pause() => gateway.resume(&pledge, &key).await,
        Wish::Pause | Wish::Resume => return Ok(Managing::Cannot),
        Wish::Cancel => gateway.cancel(&pledge, &key).await,
    };
    let done = said(done);
    if done == Managing::Done(()) {
        look_now(newsroom, of.gateway, &gateway.objects(of.session.as_deref(), of.token.as_deref())).await?;
    }
    Ok(done)
}

/// The gateway's page on which a giver changes how they pay. It leads back to `host`, but not to what they give: the gateway need
/// not have the link to that.
///
/// # Errors
/// When the database fails.
pub async fn method_page(newsroom: &Newsroom, token: &str, host: &str) -> Result<Managing<String>, Error> {
    let Some(managed) = open(newsroom, token).await? else { return Ok(Managing::Gone) };
    let back = format!("{host}{}", at::back(&managed.contribution.language));
    let Some((gateway, pledge)) = running(newsroom, &managed.contribution) else { return Ok(Managing::Cannot) };
    if !gateway.can().method_page() {
        return Ok(Managing::Cannot);
    }
    Ok(match gateway.method_page(&pledge, &back).await {
        Ok(page) => Managing::Done(page),
        Err(error) => match said(Err(error)) {
            Managing::Away => Managing::Away,
            _ => Managing::Cannot,
        },
    })
}

/// The gateway of a pledge that runs, and its name there.
pub(super) fn running<'n>(newsroom: &'n Newsroom, of: &Contribution) -> Option<(&'n AnyGateway, Pledge)> {
    let token = of.token.clone().filter(|_| of.state.runs() || of.state == ContributionState::Pending)?;
    let gateway = newsroom.gateways().get(of.gateway)?;
    Some((gateway, Pledge { contribution: of.id, token }))
}

pub(super) fn said(done: Result<(), GatewayError>) -> Managing<()> {
    match done {
        Ok(()) => Managing::Done(()),
        Err(error) => {
            tracing::warn!(%error, "a gateway did not do what a giver wants");
            if error.may_pass() { Managing::Away } else { Managing::Cannot }
        }
    }
}

/// The amount that a pledge is changed to: what is typed stands for the whole.
async fn changed(
    newsroom: &Newsroom,
    of: &Contribution,
    amount: &str,
    frequency: Frequency,
) -> Result<Result<Money, GiveWrong>, Error> {
    let settings = support::settings(&mut newsroom.store().read().await?).await?;
    let money = match Money::parse(amount, of.amount.currency) {
        Ok(money) => money,
        Err(wrong) => return Ok(Err(GiveWrong::Amount(wrong))),
    };
    // A currency that is not offered any more keeps the least of its kind.
    let usual = model::Offer::usual(money.currency);
    let least = settings.offer(money.currency).unwrap_or(&usual).least.max(1);
    Ok(if !frequency.is_pledge() {
        Err(GiveWrong::Form)
    } else if money.minor < least {
        Err(GiveWrong::TooLittle(Money::new(least, money.currency)))
    } else if !takes(of.gateway, money) {
        Err(GiveWrong::Amount(refused(money)))
    } else {
        Ok(money)
    })
}

/// Everything that is kept about a contribution, as JSON.
///
/// # Errors
/// When the database fails.
pub async fn export(newsroom: &Newsroom, token: &str) -> Result<Option<Value>, Error> {
    let Some(managed) = open(newsroom, token).await? else { return Ok(None) };
    let of = &managed.contribution;
    let ring = newsroom.keys().ok();
    let message = ring.zip(of.message.as_ref()).and_then(|(ring, sealed)| {
        let plain = ring.open(Bind::contribution_message(of.id), sealed).ok()?;
        String::from_utf8(plain.to_vec()).ok()
    });
    let payments: Vec<Value> = managed.payments.iter().map(told).collect();
    Ok(Some(json!({
        "address": managed.address,
        "address_note": "Kept sealed, while you give. It is null where only another machine of the newsroom can open it.",
        "message": message,
        "gateway": of.gateway,
        "gateway_note": "The gateway keeps records of its own; ask it for them.",
        "frequency": of.frequency,
        "amount": of.amount,
        "covers_the_fee_minor": of.cover,
        "state": of.state,
        "since_month": of.month.to_string(),
        "paid_until_month": of.paid_until.map(|month| month.to_string()),
        "language": of.language,
        "privacy_policy": of.policy,
        "payments": payments,
    })))
}

fn told(payment: &Payment) -> Value {
    json!({
        "month": payment.month.to_string(),
        "amount": payment.amount,
        "state": payment.state,
        "given_back_minor": payment.refunded,
        "dispute": payment.dispute,
    })
}
