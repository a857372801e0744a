//! Taking pledges in, one after the other, and counting what came of each.

use std::{collections::HashSet, sync::Arc};

use model::{GatewayName, Language, Timestamp};
use outside::payments::{Held, PledgeStanding, PledgeState};
use serde_json::json;
use store::Tx;
use vault::{Address, Keyring, Smtputf8};

use super::report::Report;
use crate::{
    Newsroom,
    error::Error,
    readers::spoken,
    support::{contributions::Adopted, stop},
};

/// An import under way.
pub(super) struct Taking<'a> {
    newsroom: &'a Newsroom,
    /// `None` where nothing is written.
    ring: Option<Arc<Keyring>>,
    language: Language,
    source: &'static str,
    at: Timestamp,
    /// What would have been taken in, where nothing is written.
    would: HashSet<String>,
    pub(super) report: Report,
}

/// What came of a pledge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Took {
    /// It is one of ours now.
    In,
    /// It was.
    Known,
    /// It can't be, and why.
    Left(&'static str),
}

impl<'a> Taking<'a> {
    pub(super) async fn begin(newsroom: &'a Newsroom, source: &'static str, dry_run: bool) -> Result<Self, Error> {
        let ring = if dry_run { None } else { Some(newsroom.keys()?) };
        let own = store::newsroom_settings(&mut newsroom.store().read().await?).await?;
        let report = Report { dry_run, source, ..Report::default() };
        let (language, at) = (spoken(&own, None), newsroom.clock().now());
        let taking = Self { newsroom, ring, language, source, at, would: HashSet::new(), report };
        // Before anything is asked.
        taking.tx().await?;
        Ok(taking)
    }

    /// A transaction to write in, or to look in where nothing is written.
    pub(super) async fn tx(&self) -> Result<Tx, Error> {
        let store = self.newsroom.store();
        let mut tx = if self.report.dry_run { store.read().await? } else { store.begin().await? };
        if stop::is_in_force(&mut tx).await? {
            let why = "everything was stopped, and what is taken in now would be ended; open contributions again first";
            return Err(Error::Refused(why.to_owned()));
        }
        Ok(tx)
    }

    /// Takes a pledge in. `address` is one that its giver is known by where the gateway tells none.
    pub(super) async fn one_in_tx(
        &mut self,
        tx: &mut Tx,
        gateway: GatewayName,
        held: &Held,
        address: &str,
    ) -> Result<Took, Error> {
        let took = match fit(held) {
            _ if self.known(tx, gateway, held).await? => Took::Known,
            Err(why) => Took::Left(why),
            Ok(pledge) => self.adopt(tx, gateway, (held, pledge), address).await?,
        };
        self.report.count(took);
        Ok(took)
    }

    async fn known(&self, tx: &mut Tx, gateway: GatewayName, held: &Held) -> Result<bool, Error> {
        if self.would.contains(&held.token) {
            return Ok(true);
        }
        let own = match held.contribution {
            Some(id) => store::contribution_by_id(tx, id).await?.filter(|of| of.gateway == gateway),
            None => None,
        };
        Ok(own.is_some() || store::contribution_by_token(tx, gateway, &held.token).await?.is_some())
    }

    async fn adopt(
        &mut self,
        tx: &mut Tx,
        gateway: GatewayName,
        (held, pledge): (&Held, &PledgeStanding),
        address: &str,
    ) -> Result<Took, Error> {
        let parse = |text: &str| Address::parse(text, Smtputf8::Refused).ok();
        let told = held.contact.as_ref().and_then(|told| Some((parse(&told.address)?, told.name.as_str())));
        let giver = told.or_else(|| Some((parse(address)?, "")));
        let nameless = giver.is_none();
        let (language, source, at) = (&self.language, self.source, self.at);
        let adopted = Adopted { gateway, pledge, giver, language, source, at };
        let new = match &self.ring {
            Some(ring) => adopted.insert_in_tx(self.newsroom, tx, ring).await?,
            None => self.would.insert(held.token.clone()),
        };
        self.report.unaddressed += u64::from(new && nameless);
        Ok(if new { Took::In } else { Took::Known })
    }

    /// Puts the import on record, with what came of it so far.
    pub(super) async fn noted(&self, actor: &str, action: &str) -> Result<(), Error> {
        if self.report.dry_run {
            return Ok(());
        }
        let detail = json!({ "source": self.source, "number": self.report.taken, "counts": self.report.counts() });
        let mut tx = self.newsroom.store().begin().await?;
        store::audit_append(&mut tx, self.newsroom.clock().now(), actor, action, None, &detail.to_string()).await?;
        Ok(tx.commit().await?)
    }
}

/// A pledge that runs, or why it is none.
fn fit(held: &Held) -> Result<&PledgeStanding, &'static str> {
    let pledge = held.pledge.as_ref().map_err(|unfit| unfit.as_str())?;
    match pledge.state {
        PledgeState::Cancelled | PledgeState::Failed => Err("ended"),
        PledgeState::Pending => Err("not-begun"),
        PledgeState::Active | PledgeState::PastDue | PledgeState::Paused if pledge.money.minor <= 0 => Err("free"),
        PledgeState::Active | PledgeState::PastDue | PledgeState::Paused => Ok(pledge),
    }
}
