//! Changing keys, of contributions: who gives and what they said, as of subscribers, a page to a transaction.

use model::{Contribution, ContributionId, Lookup, Sealed};
use store::Tx;
use vault::{Address, Bind, Keyring, Smtputf8};
use zeroize::Zeroizing;

use crate::{Newsroom, error::Error, support::contributions::Contact};

/// What came of a page: rows changed, rows that nothing opens, the last row, and how many there were.
pub(super) type Page = (u64, u64, Option<ContributionId>, u64);

/// Seals a page of contributions anew, and gives them the look-ups in use.
pub(super) async fn page(
    newsroom: &Newsroom,
    keys: &Keyring,
    after: Option<ContributionId>,
    limit: i64,
) -> Result<Page, Error> {
    let mut tx = newsroom.store().begin().await?;
    let rows = store::contribution_sealed_page(&mut tx, after, limit).await?;
    let (mut changed, mut dead) = (0, 0);
    for row in &rows {
        match anew(newsroom, &mut tx, keys, row).await? {
            Anew::Dead => dead += 1,
            Anew::Changed => changed += 1,
            Anew::Same => {}
        }
    }
    tx.commit().await?;
    Ok((changed, dead, rows.last().map(|row| row.id), rows.len() as u64))
}

/// What became of a row.
enum Anew {
    /// It is as it should be.
    Same,
    /// It is now, or somebody else changed it meanwhile: it is to be looked at once more.
    Changed,
    /// Nothing opens it.
    Dead,
}

async fn anew(newsroom: &Newsroom, tx: &mut Tx, keys: &Keyring, row: &Contribution) -> Result<Anew, Error> {
    let contact = Field::of(keys, Bind::contribution_contact(row.id), row.contact.as_ref());
    let message = Field::of(keys, Bind::contribution_message(row.id), row.message.as_ref());
    let lookup = contact.plain.as_ref().and_then(|contact| found_by(keys, contact)).or(row.lookup);
    if contact.stays(keys) && message.stays(keys) && lookup == row.lookup {
        return Ok(if contact.is_dead() || message.is_dead() { Anew::Dead } else { Anew::Same });
    }
    let (contact, message) = (contact.sealed_anew(newsroom, keys), message.sealed_anew(newsroom, keys));
    store::contribution_reseal(tx, row, contact.as_ref(), message.as_ref(), lookup.as_ref()).await?;
    Ok(Anew::Changed)
}

/// Something sealed of a row. What nothing opens stays as it is, and takes nothing else of its row along.
struct Field<'a> {
    bind: Bind,
    sealed: Option<&'a Sealed>,
    plain: Option<Zeroizing<Vec<u8>>>,
}

impl<'a> Field<'a> {
    fn of(keys: &Keyring, bind: Bind, sealed: Option<&'a Sealed>) -> Self {
        let plain = sealed.and_then(|sealed| keys.open(bind, sealed).ok());
        Self { bind, sealed, plain }
    }

    fn is_dead(&self) -> bool {
        self.sealed.is_some() && self.plain.is_none()
    }

    fn stays(&self, keys: &Keyring) -> bool {
        self.plain.is_none() || self.sealed.is_none_or(|sealed| vault::sealed_with(sealed) == keys.current())
    }

    fn sealed_anew(self, newsroom: &Newsroom, keys: &Keyring) -> Option<Sealed> {
        match self.plain {
            Some(plain) => Some(keys.seal(newsroom.chance(), self.bind, &plain)),
            None => self.sealed.cloned(),
        }
    }
}

/// What the address in a contact is found by.
fn found_by(keys: &Keyring, contact: &[u8]) -> Option<Lookup> {
    let contact: Contact = serde_json::from_slice(contact).ok()?;
    Address::parse(&contact.address, Smtputf8::Allowed).ok().map(|address| keys.giver_lookup(&address))
}
