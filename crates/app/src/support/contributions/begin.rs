//! From a form to the gateway's page.
//!
//! The row is committed before the gateway is asked, under a key made of the row's id: whatever dies on the way, nobody is
//! charged for what is not written down. A row whose page was never made, or never paid, fails by itself.

use std::time::Duration;

use model::{AppealStanding, Contribution, ContributionId, Language, VariantId};
use outside::payments::{Start, Started};
use store::Tx;
use vault::{Bind, Keyring};
use zeroize::Zeroizing;

use super::{
    at,
    contact::Contact,
    form::{GiveForm, GiveWrong, Given, read},
    link, this_month,
};
use crate::{
    Newsroom,
    error::Error,
    readers::{Admitted, Step, Ticket, base, policy, spoken},
    support::{self, stop},
};

/// The longest that somebody waits for a gateway's page.
const PATIENCE: Duration = Duration::from_secs(20);

/// What came of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// The page on which it is paid: absolute, or a path of the newsroom's own.
    At(String),
    /// The form has to come again.
    Step(Step),
    /// Nobody's form is taken for some minutes.
    Busy,
    /// Something of it can't be used.
    Wrong(GiveWrong),
    /// Contributions are not taken.
    Shut,
    /// An address or a message was left, and the keys to seal it are away.
    Closed,
    /// The newsroom has not said where it is, so nobody could come back to it.
    Unready,
    /// The gateway is not to be reached, or refuses; nothing was charged.
    Away,
}

/// Takes a form. `host` is the scheme and host that it was sent to.
///
/// # Errors
/// When the database fails.
pub async fn begin(newsroom: &Newsroom, form: &GiveForm, host: Option<&str>) -> Result<Begun, Error> {
    let mut tx = newsroom.store().read().await?;
    let own = store::newsroom_settings(&mut tx).await?;
    let settings = support::settings(&mut tx).await?;
    let language = spoken(&own, form.language.as_ref());
    let policy = policy(&mut tx, &own, &language).await?;
    drop(tx);
    if !settings.open || !form.trap.trim().is_empty() {
        return Ok(Begun::Shut);
    }
    let Some(base) = base(&own, host) else { return Ok(Begun::Unready) };
    let given = match read(form, &settings, newsroom.gateways()) {
        Ok(given) => given,
        Err(wrong) => return Ok(Begun::Wrong(wrong)),
    };
    match admitted(newsroom, &given, form) {
        Admitted::Yes => {}
        Admitted::Step(step) => return Ok(Begun::Step(step)),
        Admitted::Busy => return Ok(Begun::Busy),
    }
    let ring = newsroom.keys();
    if ring.is_err() && (given.address.is_some() || !form.message.trim().is_empty()) {
        return Ok(Begun::Closed);
    }
    let row = Row { given: &given, form, language: &language, policy, base: &base };
    let (id, token) = row.insert(newsroom, ring.ok().as_deref()).await?;
    let label = Some(settings.label.trim().to_owned()).filter(|label| !label.is_empty());
    let thanks = at::thanks(&token, form.quiet);
    let ask = Start {
        contribution: id,
        money: given.amount,
        frequency: given.frequency,
        label: label.unwrap_or_else(|| own.name.get(&language).unwrap_or("Masthead").to_owned()),
        done: format!("{base}{thanks}"),
        back: format!("{base}{}/support/", own.prefix(&language)),
        language,
        key: format!("start-{id}"),
    };
    let begun = page(newsroom, &given, &ask).await?;
    // What a transfer needs stands on the page to which others come back.
    let at_home = matches!(&begun, Begun::At(page) if *page == ask.done);
    Ok(if at_home { Begun::At(thanks) } else { begun })
}

/// Cards that were stolen are tried out with small gifts by the thousand: beyond what people do, each page costs a sum.
fn admitted(newsroom: &Newsroom, given: &Given, form: &GiveForm) -> Admitted {
    let subject = format!("{} {}", given.frequency.as_str(), given.amount);
    let carried = form.carried.as_ref().map(|(ticket, proof)| (ticket.as_str(), proof.as_str()));
    newsroom.giving().admit_for(newsroom.clock().now(), newsroom.chance(), &subject, carried, Ticket::Once)
}

/// Asks the gateway for the page, and keeps its name.
async fn page(newsroom: &Newsroom, given: &Given, ask: &Start) -> Result<Begun, Error> {
    let Some(gateway) = newsroom.gateways().get(given.gateway) else { return Ok(Begun::Away) };
    newsroom.abort_point("pay.begun");
    let started = match tokio::time::timeout(PATIENCE, gateway.start(ask)).await {
        Ok(Ok(started)) => started,
        Ok(Err(error)) => {
            tracing::warn!(%error, "a gateway made no page");
            return Ok(Begun::Away);
        }
        Err(_) => {
            tracing::warn!(gateway = given.gateway.as_str(), "a gateway was too slow to make a page");
            return Ok(Begun::Away);
        }
    };
    newsroom.abort_point("pay.started");
    keep(newsroom, ask.contribution, &started).await?;
    Ok(Begun::At(started.page))
}

async fn keep(newsroom: &Newsroom, id: ContributionId, started: &Started) -> Result<(), Error> {
    let mut tx = newsroom.store().begin().await?;
    if let Some(mut contribution) = store::contribution_lock(&mut tx, id).await? {
        contribution.session = Some(started.session.clone());
        store::contribution_update(&mut tx, &contribution, this_month(newsroom)).await?;
        stop::page_in_tx(newsroom, &mut tx, &contribution).await?;
    }
    Ok(tx.commit().await?)
}

/// What a row is made of.
struct Row<'a> {
    given: &'a Given,
    form: &'a GiveForm,
    language: &'a Language,
    policy: String,
    base: &'a str,
}

impl Row<'_> {
    /// Writes the row and the link to which the gateway leads back.
    async fn insert(self, newsroom: &Newsroom, ring: Option<&Keyring>) -> Result<(ContributionId, String), Error> {
        let id = ContributionId::new(newsroom.chance());
        let (mut lookup, mut contact, mut message) = (None, None, None);
        if let Some(ring) = ring {
            if let Some(address) = &self.given.address {
                let left =
                    Contact { address: address.as_str().to_owned(), name: String::new(), base: self.base.to_owned() };
                contact = Some(left.seal(newsroom, ring, id)?);
                lookup = Some(ring.giver_lookup(address));
            }
            let text = Zeroizing::new(self.form.message.trim().to_owned());
            if !text.is_empty() {
                message = Some(ring.seal(newsroom.chance(), Bind::contribution_message(id), text.as_bytes()));
            }
        }
        let (gateway, gift) = (self.given.gateway, (self.given.frequency, self.given.amount));
        let row = Contribution {
            cover: self.given.cover,
            policy: self.policy,
            lookup,
            contact,
            message,
            ..store::contribution_new(id, gateway, gift, this_month(newsroom), self.language)
        };
        let mut tx: Tx = newsroom.store().begin().await?;
        let row = Contribution { variant: shown(newsroom, &mut tx, self.form.variant).await?, ..row };
        store::contribution_insert(&mut tx, &row).await?;
        let token = link::back_in_tx(newsroom, &mut tx, id, gateway).await?;
        tx.commit().await?;
        Ok((id, token))
    }
}

/// The variant that a form names, if readers ever saw it: anything else would be a mark by which whoever made the address they
/// came by tells givers apart.
async fn shown(newsroom: &Newsroom, tx: &mut Tx, named: Option<VariantId>) -> Result<Option<VariantId>, Error> {
    let Some(id) = named else { return Ok(None) };
    let Some(variant) = store::appeal_variant_by_id(tx, id).await? else { return Ok(None) };
    let Some(appeal) = store::appeal_by_id(tx, variant.appeal).await? else { return Ok(None) };
    Ok(match appeal.standing(newsroom.clock().now()) {
        AppealStanding::Running | AppealStanding::Ended | AppealStanding::Withdrawn => Some(id),
        AppealStanding::Draft | AppealStanding::Waiting => None,
    })
}
