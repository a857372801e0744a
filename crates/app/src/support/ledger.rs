//! Contributions and payments as the desk and the command line list them. Names, addresses and messages stay sealed: what is
//! told of a giver is whether something of them is kept.

use model::{Contribution, ContributionId, Currency, Payment, PaymentId, Staff};
use store::Tx;
pub use store::{ContributionFilter, Ids, PaymentFilter};
use uuid::Uuid;

use super::settings::publishes;
use crate::{Newsroom, error::Error, staff::Denial};

/// Lines of a page.
pub const PAGE: i64 = 50;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// Its lines.
    pub rows: Vec<T>,
    /// How many lines all pages have.
    pub total: i64,
    /// The currencies that can be asked for.
    pub currencies: Vec<Currency>,
}

/// What a giver can quote of a contribution or a payment: the first eight characters of its id, in capitals.
#[must_use]
pub fn reference(id: Uuid) -> String {
    id.simple().to_string().chars().take(8).collect::<String>().to_uppercase()
}

/// The ids that a reference can mean, or the beginning of one; `None` when it is none.
#[must_use]
pub fn ids_of(reference: &str) -> Option<Ids> {
    let digits: String = reference.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if digits.is_empty() || digits.len() > 32 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let filled = |with: &str| Uuid::parse_str(&format!("{digits}{}", with.repeat(32 - digits.len()))).ok();
    Some(Ids { first: filled("0")?, last: filled("f")? })
}

/// A page of contributions, from 1.
///
/// # Errors
/// [`Denial::Role`] for anybody but publishers.
pub async fn contributions(
    newsroom: &Newsroom,
    staff: &Staff,
    filter: &ContributionFilter,
    page: i64,
) -> Result<Listed<Contribution>, Error> {
    publishes(staff)?;
    let mut tx = newsroom.store().read().await?;
    Ok(Listed {
        rows: store::contribution_list(&mut tx, filter, PAGE, offset(page)).await?,
        total: store::contribution_count(&mut tx, filter).await?,
        currencies: store::contribution_currencies(&mut tx).await?,
    })
}

/// A page of payments, from 1.
///
/// # Errors
/// [`Denial::Role`] for anybody but publishers.
pub async fn payments(
    newsroom: &Newsroom,
    staff: &Staff,
    filter: &PaymentFilter,
    page: i64,
) -> Result<Listed<Payment>, Error> {
    publishes(staff)?;
    let mut tx = newsroom.store().read().await?;
    Ok(Listed {
        rows: store::payment_list(&mut tx, filter, PAGE, offset(page)).await?,
        total: store::payment_count(&mut tx, filter).await?,
        currencies: store::contribution_currencies(&mut tx).await?,
    })
}

fn offset(page: i64) -> i64 {
    (page.clamp(1, 1_000_000) - 1) * PAGE
}

/// A contribution as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// It.
    pub contribution: Contribution,
    /// Its payments, the newest month first.
    pub payments: Vec<Payment>,
    /// The names of the appeal and the variant that brought it, while they are there.
    pub appeal: Option<(String, String)>,
}

/// A contribution with its payments.
///
/// # Errors
/// [`Denial::Role`] for anybody but publishers; [`Denial::Gone`].
pub async fn contribution(newsroom: &Newsroom, staff: &Staff, id: ContributionId) -> Result<Shown, Error> {
    publishes(staff)?;
    let mut tx = newsroom.store().read().await?;
    let contribution = store::contribution_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let appeal = appeal_of(&mut tx, &contribution).await?;
    Ok(Shown { payments: store::payment_of(&mut tx, id).await?, contribution, appeal })
}

/// A payment.
///
/// # Errors
/// [`Denial::Role`] for anybody but publishers; [`Denial::Gone`].
pub async fn payment(newsroom: &Newsroom, staff: &Staff, id: PaymentId) -> Result<Payment, Error> {
    publishes(staff)?;
    let mut tx = newsroom.store().read().await?;
    Ok(store::payment_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?)
}

async fn appeal_of(tx: &mut Tx, of: &Contribution) -> Result<Option<(String, String)>, Error> {
    let Some(id) = of.variant else { return Ok(None) };
    let Some(variant) = store::appeal_variant_by_id(tx, id).await? else { return Ok(None) };
    let appeal = store::appeal_by_id(tx, variant.appeal).await?;
    Ok(appeal.map(|appeal| (appeal.settings.name, variant.name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_finds_the_id_that_it_was_made_of() {
        let id = Uuid::parse_str("4f0c21aa-9d3e-4c6b-8f11-0123456789ab").unwrap();
        assert_eq!(reference(id), "4F0C21AA");
        for typed in ["4F0C21AA", " 4f0c 21aa ", "4f0c21aa-9d3e-4c6b-8f11-0123456789ab", "4"] {
            let ids = ids_of(typed).unwrap();
            assert!(ids.first <= id && id <= ids.last, "{typed}");
        }
        for none in ["", "  ", "xyz", "4F0C21A!", &"0".repeat(33), "۱۲۳"] {
            assert_eq!(ids_of(none), None, "{none}");
        }
    }
}
