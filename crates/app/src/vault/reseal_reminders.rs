//! Changing keys, of reminders: as of subscribers, a page to a transaction.

use model::ReminderId;
use vault::{Address, Bind, Keyring, Smtputf8};

use crate::{Newsroom, error::Error};

/// What came of a page: rows changed, rows that nothing opens, the last row, and how many there were.
pub(super) type Page = (u64, u64, Option<ReminderId>, u64);

/// Seals a page of reminders anew, and gives them the look-ups in use.
pub(super) async fn page(
    newsroom: &Newsroom,
    keys: &Keyring,
    after: Option<ReminderId>,
    limit: i64,
) -> Result<Page, Error> {
    let mut tx = newsroom.store().begin().await?;
    let rows = store::reminder_page(&mut tx, after, limit).await?;
    let (mut changed, mut dead) = (0, 0);
    for row in &rows {
        let bind = Bind::reminder(row.id);
        let Ok(address) = keys.open(bind, &row.address) else {
            dead += 1;
            continue;
        };
        let parsed = std::str::from_utf8(&address).ok().and_then(|text| Address::parse(text, Smtputf8::Allowed).ok());
        let lookup = parsed.map_or(row.lookup, |address| keys.reminder_lookup(&address));
        let current = vault::sealed_with(&row.address) == keys.current();
        if current && lookup == row.lookup {
            continue;
        }
        let sealed = if current { row.address.clone() } else { keys.seal(newsroom.chance(), bind, &address) };
        store::reminder_reseal(&mut tx, row.id, &sealed, &lookup).await?;
        changed += 1;
    }
    tx.commit().await?;
    Ok((changed, dead, rows.last().map(|row| row.id), rows.len() as u64))
}
