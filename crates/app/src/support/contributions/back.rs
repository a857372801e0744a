//! Coming back from a gateway, or to what a transfer needs.
//!
//! The link is known at the gateway: it tells how one contribution stands, and opens no address and nothing that changes it.

use model::{Contribution, Payment};

use super::link;
use crate::{Newsroom, error::Error};

/// What the page that thanks knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameBack {
    /// The gift or pledge.
    pub contribution: Contribution,
    /// What was paid, the newest month first.
    pub payments: Vec<Payment>,
    /// Whether the link by which it is managed can come by mail: an address is kept, and this server can open it.
    pub by_mail: bool,
}

/// Opens such a link; `None` when it opens nothing, or nothing any more.
///
/// # Errors
/// When the database fails.
pub async fn came_back(newsroom: &Newsroom, token: &str) -> Result<Option<CameBack>, Error> {
    let mut tx = newsroom.store().read().await?;
    let Some(id) = link::leads_back(newsroom, &mut tx, token).await? else { return Ok(None) };
    let Some(contribution) = store::contribution_by_id(&mut tx, id).await? else { return Ok(None) };
    let payments = store::payment_of(&mut tx, id).await?;
    let opens = newsroom.keys().is_ok_and(|ring| ring.can_open());
    Ok(Some(CameBack { by_mail: opens && contribution.contact.is_some(), contribution, payments }))
}
