//! Contributions: gifts and pledges. Whose they are, only sealed fields say; no time is closer than its month.

use model::{
    Contribution, ContributionId, ContributionState, Currency, Frequency, GatewayName, Language, Lookup, Money, Month,
    Sealed, VariantId,
};
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, number},
};

macro_rules! select {
    ($rest:expr) => {
        concat!(
            "SELECT id, gateway, frequency, minor, currency, cover, state, ending, month, paid_until, session, token, \
             language, variant, policy, lookup, contact, message, erased FROM contribution ",
            $rest
        )
    };
}
pub(crate) use select as select_contribution;

pub(crate) fn contribution<R: Fields>(row: &R) -> Result<Contribution, Error> {
    Ok(Contribution {
        id: ContributionId(row.get::<Uuid>("id")?),
        gateway: row.parsed("gateway", GatewayName::parse)?,
        frequency: row.parsed("frequency", Frequency::parse)?,
        amount: money(row)?,
        cover: row.get("cover")?,
        state: row.parsed("state", ContributionState::parse)?,
        ending: row.get("ending")?,
        month: Month(row.get("month")?),
        paid_until: row.get::<Option<i64>>("paid_until")?.map(Month),
        session: row.get("session")?,
        token: row.get("token")?,
        language: row.language("language")?,
        variant: row.get::<Option<Uuid>>("variant")?.map(VariantId),
        policy: row.get("policy")?,
        lookup: lookup_or_none(row)?,
        contact: row.get::<Option<Vec<u8>>>("contact")?.map(Sealed),
        message: row.get::<Option<Vec<u8>>>("message")?.map(Sealed),
        erased: row.get("erased")?,
    })
}

/// The columns `minor` and `currency`.
pub(crate) fn money<R: Fields>(row: &R) -> Result<Money, Error> {
    Ok(Money::new(row.get("minor")?, row.parsed("currency", Currency::parse)?))
}

fn lookup_or_none<R: Fields>(row: &R) -> Result<Option<Lookup>, Error> {
    let Some(bytes) = row.get::<Option<Vec<u8>>>("lookup")? else { return Ok(None) };
    let length = bytes.len();
    let bytes = bytes.try_into();
    let lookup = bytes.map(Lookup);
    lookup.map(Some).map_err(|_| Error::Unreadable { column: "lookup", why: format!("{length} bytes instead of 32") })
}

macro_rules! insert {
    ($tx:expr, $new:expr, $conflict:literal) => {
        execute!(
            $tx,
            concat!(
                "INSERT INTO contribution (id, gateway, frequency, minor, currency, cover, state, ending, month, paid_until, \
                                           session, token, language, variant, policy, lookup, contact, message, erased) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) ",
                $conflict
            ),
            $new.id.0,
            $new.gateway.as_str(),
            $new.frequency.as_str(),
            $new.amount.minor,
            $new.amount.currency.code(),
            $new.cover,
            $new.state.as_str(),
            $new.ending,
            $new.month.0,
            $new.paid_until.map(|month| month.0),
            $new.session.as_deref(),
            $new.token.as_deref(),
            $new.language.as_str(),
            $new.variant.map(|id| id.0),
            $new.policy.as_str(),
            $new.lookup.as_ref().map(|lookup| &lookup.0[..]),
            $new.contact.as_ref().map(|sealed| &sealed.0[..]),
            $new.message.as_ref().map(|sealed| &sealed.0[..]),
            $new.erased,
        )
    };
}

/// A contribution that begins in a month: nobody has paid for it, and nothing that its giver left is in it.
#[must_use]
pub fn contribution_new(
    id: ContributionId,
    gateway: GatewayName,
    (frequency, amount): (Frequency, Money),
    month: Month,
    language: &Language,
) -> Contribution {
    Contribution {
        id,
        gateway,
        frequency,
        amount,
        cover: 0,
        state: ContributionState::Started,
        ending: false,
        month,
        paid_until: None,
        session: None,
        token: None,
        language: language.clone(),
        variant: None,
        policy: String::new(),
        lookup: None,
        contact: None,
        message: None,
        erased: false,
    }
}

/// Adds a contribution.
///
/// # Errors
/// [`Error::Taken`] when its id, session or token is there already.
pub async fn contribution_insert(tx: &mut Tx, new: &Contribution) -> Result<(), Error> {
    insert!(tx, new, "")?;
    Ok(())
}

/// Adds a contribution whose id, session and token are new; `false`, and nothing is changed, where one of them is there.
///
/// # Errors
/// When the query fails.
pub async fn contribution_insert_new(tx: &mut Tx, new: &Contribution) -> Result<bool, Error> {
    Ok(insert!(tx, new, "ON CONFLICT DO NOTHING")? > 0)
}

/// A contribution.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn contribution_by_id(tx: &mut Tx, id: ContributionId) -> Result<Option<Contribution>, Error> {
    fetch_optional!(tx, contribution, select!("WHERE id = $1"), id.0)
}

/// A contribution that nobody else changes until this transaction ends.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn contribution_lock(tx: &mut Tx, id: ContributionId) -> Result<Option<Contribution>, Error> {
    // On SQLite nobody else writes anyway.
    let sql = match tx {
        Tx::Sqlite(_) => select!("WHERE id = $1"),
        Tx::Postgres(_) => select!("WHERE id = $1 FOR UPDATE"),
    };
    fetch_optional!(tx, contribution, sql, id.0)
}

/// Which contribution a gateway's pledge is.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn contribution_by_token(
    tx: &mut Tx,
    gateway: GatewayName,
    token: &str,
) -> Result<Option<Contribution>, Error> {
    fetch_optional!(tx, contribution, select!("WHERE gateway = $1 AND token = $2"), gateway.as_str(), token)
}

/// Which contribution a gateway's page is of.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn contribution_by_session(
    tx: &mut Tx,
    gateway: GatewayName,
    session: &str,
) -> Result<Option<Contribution>, Error> {
    fetch_optional!(tx, contribution, select!("WHERE gateway = $1 AND session = $2"), gateway.as_str(), session)
}

/// Contributions with a message whose money came, the newest month first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn contribution_with_messages(tx: &mut Tx, limit: i64) -> Result<Vec<Contribution>, Error> {
    const SQL: &str = select!(
        "WHERE message IS NOT NULL AND state NOT IN ('started', 'pending', 'failed') ORDER BY month DESC, id LIMIT $1"
    );
    fetch_all!(tx, contribution, SQL, limit)
}

/// What somebody gives that can still be managed, by the keyed hash of their address.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn contribution_by_lookup(tx: &mut Tx, lookup: &Lookup) -> Result<Vec<Contribution>, Error> {
    fetch_all!(tx, contribution, select!("WHERE lookup = $1 ORDER BY month DESC, id"), &lookup.0[..])
}

/// Writes everything of a contribution that may change. A pledge that is ended by it is marked with `month`; one that goes on
/// again is not ended. `false` when it is gone.
///
/// # Errors
/// [`Error::Taken`] when its session or token is another's.
pub async fn contribution_update(tx: &mut Tx, changed: &Contribution, month: Month) -> Result<bool, Error> {
    let written = execute!(
        tx,
        "UPDATE contribution
         SET frequency = $2, minor = $3, currency = $4, cover = $5, state = $6, ending = $7, paid_until = $8, session = $9,
             token = $10, lookup = $11, contact = $12, message = $13, erased = $14,
             ended = CASE WHEN $6 = 'cancelled' THEN coalesce(ended, $15) END
         WHERE id = $1",
        changed.id.0,
        changed.frequency.as_str(),
        changed.amount.minor,
        changed.amount.currency.code(),
        changed.cover,
        changed.state.as_str(),
        changed.ending,
        changed.paid_until.map(|month| month.0),
        changed.session.as_deref(),
        changed.token.as_deref(),
        changed.lookup.as_ref().map(|lookup| &lookup.0[..]),
        changed.contact.as_ref().map(|sealed| &sealed.0[..]),
        changed.message.as_ref().map(|sealed| &sealed.0[..]),
        changed.erased,
        month.0,
    )?;
    Ok(written > 0)
}

/// Contributions of a gateway in some states, in the order of their ids, from after one.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn contribution_in_states(
    tx: &mut Tx,
    gateway: GatewayName,
    states: &[ContributionState],
    after: Option<ContributionId>,
    limit: i64,
) -> Result<Vec<Contribution>, Error> {
    const SQL: &str =
        select!("WHERE gateway = $1 AND id > $2 AND state IN (SELECT value FROM json_each($3)) ORDER BY id LIMIT $4");
    const POSTGRES: &str = select!(
        "WHERE gateway = $1 AND id > $2 AND state IN (SELECT jsonb_array_elements_text($3::jsonb)) ORDER BY id LIMIT $4"
    );
    let names: Vec<&str> = states.iter().map(|state| state.as_str()).collect();
    let names = crate::sql::to_json("state", &names)?;
    let sql = match tx {
        Tx::Sqlite(_) => SQL,
        Tx::Postgres(_) => POSTGRES,
    };
    let after = after.map_or_else(Uuid::nil, |id| id.0);
    fetch_all!(tx, contribution, sql, gateway.as_str(), after, names.as_str(), limit)
}

/// Forgets contributions that began before a month and failed without anything ever coming, and what was tried of them; how many.
/// Those that wait for a transfer stay: it can come at any time, and is booked by its reference. So do invoices of BTCPay Server,
/// which its staff can mark as paid at any time, and on which no cards are tried out.
///
/// # Errors
/// When the query fails.
pub async fn contribution_forget_failed(tx: &mut Tx, before: Month) -> Result<u64, Error> {
    // One that was paid at any time has a payment that says so, also if it bounced, or a month until which it was.
    execute!(
        tx,
        "DELETE FROM payment WHERE state = 'failed' AND contribution IN (
             SELECT id FROM contribution c WHERE state = 'failed' AND gateway NOT IN ('bank', 'btcpay') AND month < $1
                 AND paid_until IS NULL
             AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.contribution = c.id
                                 AND (p.state <> 'failed' OR p.came IS NOT NULL)))",
        before.0
    )?;
    execute!(
        tx,
        "DELETE FROM contribution WHERE state = 'failed' AND gateway NOT IN ('bank', 'btcpay') AND month < $1 AND paid_until IS NULL
         AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.contribution = contribution.id)",
        before.0
    )
}

/// How many contributions there are in each state.
///
/// # Errors
/// When the query fails.
pub async fn contribution_counts(tx: &mut Tx) -> Result<Vec<(ContributionState, i64)>, Error> {
    const SQL: &str = "SELECT state, count(*) AS n FROM contribution GROUP BY state ORDER BY state";
    fetch_all!(tx, counted, SQL)
}

fn counted<R: Fields>(row: &R) -> Result<(ContributionState, i64), Error> {
    Ok((row.parsed("state", ContributionState::parse)?, number(row)?))
}
