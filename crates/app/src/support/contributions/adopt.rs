//! A pledge that another system began, taken in as one of the newsroom's own.
//!
//! It stands as its gateway says, is found by the gateway's name for it, and goes on there untouched. Its month is the one in
//! which it was taken in: what was before is in the books of the other system, and payments of then are written down here neither
//! now nor when a gateway tells of them later. Nobody is written to; the receipt of the next payment has the giver's link.

use model::{Contribution, ContributionId, GatewayName, Language, Timestamp};
use outside::payments::{PledgeStanding, Standing};
use store::Tx;
use vault::{Address, Keyring};

use super::{contact::Contact, project::project, this_month};
use crate::{Newsroom, error::Error};

/// A pledge that is to be taken in.
pub(in crate::support) struct Adopted<'a> {
    /// Whose it is to charge.
    pub(in crate::support) gateway: GatewayName,
    /// Where it stands.
    pub(in crate::support) pledge: &'a PledgeStanding,
    /// Who pays.
    pub(in crate::support) giver: Option<(Address, &'a str)>,
    /// The language that they are written to in.
    pub(in crate::support) language: &'a Language,
    /// Where it comes from: `ghost`.
    pub(in crate::support) source: &'static str,
    /// From when on its payments are written down.
    pub(in crate::support) at: Timestamp,
}

impl Adopted<'_> {
    /// Takes it in; `false` where it is here already.
    pub(in crate::support) async fn insert_in_tx(
        self,
        newsroom: &Newsroom,
        tx: &mut Tx,
        ring: &Keyring,
    ) -> Result<bool, Error> {
        let id = ContributionId::new(newsroom.chance());
        let gift = (self.pledge.frequency, self.pledge.money);
        let mut row = store::contribution_new(id, self.gateway, gift, this_month(newsroom), self.language);
        if let Some((address, name)) = &self.giver {
            let contact =
                Contact { address: address.as_str().to_owned(), name: name.trim().to_owned(), base: String::new() };
            row.contact = Some(contact.seal(newsroom, ring, row.id)?);
            row.lookup = Some(ring.giver_lookup(address));
        }
        let said = Standing { pledge: Some(self.pledge.clone()), ..Standing::default() };
        project(&mut row, &said, &[]);
        if !store::contribution_insert_new(tx, &row).await? {
            return Ok(false);
        }
        store::contribution_import_add(tx, row.id, self.source, self.at).await?;
        Ok(true)
    }
}

/// From when on payments of a contribution are written down; `None` where all of them are.
pub(super) async fn books_from(tx: &mut Tx, of: &Contribution) -> Result<Option<Timestamp>, Error> {
    // What began here began on a page.
    if of.session.is_some() || of.token.is_none() {
        return Ok(None);
    }
    let at = store::contribution_import_at(tx, of.id).await?;
    // Gateways tell whole seconds.
    Ok(at.map(|at| Timestamp::from_millis(at.as_millis() - at.as_millis().rem_euclid(1_000))))
}
