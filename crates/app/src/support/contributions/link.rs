//! Links to what somebody gives: 128 random bits each, of which the database has a hash.

use data_encoding::BASE64URL_NOPAD;
use model::{ContributionId, Month};
use sha2::{Digest, Sha256};
use store::Tx;

use super::this_month;
use crate::{Newsroom, error::Error};

/// Months for which a link in a mail is good: longer than the year from one annual payment to the next.
pub const LINK_MONTHS: i64 = 14;

/// Makes a link that opens a contribution; the token.
pub(super) async fn make_in_tx(newsroom: &Newsroom, tx: &mut Tx, of: ContributionId) -> Result<String, Error> {
    let token = BASE64URL_NOPAD.encode(&newsroom.chance().bytes16());
    let until = Month(this_month(newsroom).0 + LINK_MONTHS);
    store::contribution_link_add(tx, &hash(&token), of, until).await?;
    Ok(token)
}

/// Whose page a token opens.
pub(super) async fn opens(newsroom: &Newsroom, tx: &mut Tx, token: &str) -> Result<Option<ContributionId>, Error> {
    if token.len() != 22 || BASE64URL_NOPAD.decode(token.as_bytes()).is_err() {
        return Ok(None);
    }
    Ok(store::contribution_link_opens(tx, &hash(token), this_month(newsroom)).await?)
}

fn hash(token: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}
