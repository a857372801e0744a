//! Links to what somebody gives: 128 random bits each, of which the database has a hash.
//!
//! There are two kinds, and neither opens what the other does. Only a mail has the one that manages. The one to which a gateway
//! leads back is known to that gateway, its logs and whoever reads them: it shows the page that thanks, for a while, and no more.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use model::{ContributionId, GatewayName, Month};
use sha2::{Digest, Sha256};
use store::Tx;

use super::{abandoned::WAIT_MONTHS, this_month};
use crate::{Newsroom, error::Error};

/// Months for which a link in a mail is good: longer than the year from one annual payment to the next.
pub const LINK_MONTHS: i64 = 14;
/// Months after this one for which a gateway's way back is good.
const BACK_MONTHS: i64 = 1;

/// What a link opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Everything that a giver can do.
    Manage,
    /// The page that thanks.
    Thanks,
}

/// Makes a link for a mail, by which a contribution is managed; the token.
pub(super) async fn make_in_tx(newsroom: &Newsroom, tx: &mut Tx, of: ContributionId) -> Result<String, Error> {
    add_in_tx(newsroom, tx, Kind::Manage, of, LINK_MONTHS).await
}

/// Makes the link to which a gateway leads back; the token. What a transfer needs stands there as long as it is waited for: of
/// that link no gateway knows.
pub(super) async fn back_in_tx(
    newsroom: &Newsroom,
    tx: &mut Tx,
    of: ContributionId,
    gateway: GatewayName,
) -> Result<String, Error> {
    let months = if gateway == GatewayName::Bank { WAIT_MONTHS } else { BACK_MONTHS };
    add_in_tx(newsroom, tx, Kind::Thanks, of, months).await
}

async fn add_in_tx(
    newsroom: &Newsroom,
    tx: &mut Tx,
    kind: Kind,
    of: ContributionId,
    months: i64,
) -> Result<String, Error> {
    let token = BASE64URL_NOPAD.encode(&newsroom.chance().bytes16());
    let until = Month(this_month(newsroom).0 + months);
    store::contribution_link_add(tx, &hash(kind, &token), of, until).await?;
    Ok(token)
}

/// What a token manages.
pub(super) async fn opens(newsroom: &Newsroom, tx: &mut Tx, token: &str) -> Result<Option<ContributionId>, Error> {
    find(newsroom, tx, Kind::Manage, token).await
}

/// Whom the page that thanks is for. Pages at gateways that were made by an earlier version lead back with the other kind.
pub(super) async fn leads_back(newsroom: &Newsroom, tx: &mut Tx, token: &str) -> Result<Option<ContributionId>, Error> {
    match find(newsroom, tx, Kind::Thanks, token).await? {
        Some(found) => Ok(Some(found)),
        None => find(newsroom, tx, Kind::Manage, token).await,
    }
}

async fn find(newsroom: &Newsroom, tx: &mut Tx, kind: Kind, token: &str) -> Result<Option<ContributionId>, Error> {
    if token.len() != 22 || BASE64URL_NOPAD.decode(token.as_bytes()).is_err() {
        return Ok(None);
    }
    Ok(store::contribution_link_opens(tx, &hash(kind, token), this_month(newsroom)).await?)
}

fn hash(kind: Kind, token: &str) -> String {
    let purpose = match kind {
        Kind::Manage => "",
        Kind::Thanks => "thanks ",
    };
    HEXLOWER.encode(&Sha256::new().chain_update(purpose).chain_update(token).finalize())
}
