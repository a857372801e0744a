//! What gateways told, and what of them is to be looked at.
//!
//! A webhook is two rows in one transaction: its own id, so that it counts once, and the object that it names, which waits to
//! be looked at. Whoever looks takes a lease on objects, asks the gateway what each says, and writes that down in the
//! transaction that says [`gateway_object_done`]. When they die, the lease ends and somebody else looks. What is told of an
//! object while somebody looks makes it wait for another look, so that nothing that came later is missed. Several objects
//! can tell of one payment: who writes something new takes the leases of all who asked before ([`gateway_object_recall`]).

use model::{GatewayName, Timestamp, Week};
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, number},
};

/// Notes that an event was told; `false` when it was before.
///
/// # Errors
/// When the query fails.
pub async fn gateway_event_add(tx: &mut Tx, gateway: GatewayName, id: &str, week: Week) -> Result<bool, Error> {
    const SQL: &str = "INSERT INTO gateway_event (gateway, id, week) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    Ok(execute!(tx, SQL, gateway.as_str(), id, week.0)? > 0)
}

/// Forgets what was told before a week.
///
/// # Errors
/// When the query fails.
pub async fn gateway_event_forget(tx: &mut Tx, before: Week) -> Result<u64, Error> {
    execute!(tx, "DELETE FROM gateway_event WHERE week < $1", before.0)
}

/// Has an object looked at from `at` on; once more when somebody is looking just now.
///
/// # Errors
/// When the query fails.
pub async fn gateway_object_want(
    tx: &mut Tx,
    gateway: GatewayName,
    kind: &str,
    id: &str,
    at: Timestamp,
) -> Result<(), Error> {
    // Where somebody looks, `at` is the end of their lease.
    const SQL: &str = "INSERT INTO gateway_object (gateway, kind, id, wanted, tries, at) VALUES ($1, $2, $3, 1, 0, $4)
                       ON CONFLICT (gateway, kind, id) DO UPDATE
                       SET wanted = gateway_object.wanted + 1,
                           tries = CASE WHEN gateway_object.lease IS NULL THEN 0 ELSE gateway_object.tries END,
                           at = CASE WHEN gateway_object.lease IS NULL AND gateway_object.at > excluded.at
                                     THEN excluded.at ELSE gateway_object.at END";
    execute!(tx, SQL, gateway.as_str(), kind, id, at.as_millis())?;
    Ok(())
}

/// An object that is being looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedObject {
    /// Whose.
    pub gateway: GatewayName,
    /// What it is.
    pub kind: String,
    /// The gateway's name for it.
    pub id: String,
    /// How often it had been asked for when it was claimed.
    pub wanted: i64,
    /// How often it was looked at in vain, this time among it.
    pub tries: i64,
    /// Who looks.
    pub lease: Uuid,
}

fn claimed<R: Fields>(row: &R) -> Result<ClaimedObject, Error> {
    Ok(ClaimedObject {
        gateway: row.parsed("gateway", GatewayName::parse)?,
        kind: row.get("kind")?,
        id: row.get("id")?,
        wanted: row.get("wanted")?,
        tries: row.get("tries")?,
        lease: row.get("lease")?,
    })
}

macro_rules! claim {
    ($lock:literal) => {
        concat!(
            "UPDATE gateway_object SET lease = $1, at = $2 + $3, tries = tries + 1
             WHERE (gateway, kind, id) IN (SELECT gateway, kind, id FROM gateway_object
                                           WHERE at <= $2 OR (lease IS NOT NULL AND at > $2 + 2 * $3)
                                           ORDER BY at LIMIT $4 ",
            $lock,
            ") RETURNING gateway, kind, id, wanted, tries, lease"
        )
    };
}

/// Leases the objects that are due, those that wait longest first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn gateway_object_claim(
    tx: &mut Tx,
    lease: Uuid,
    now: Timestamp,
    lease_millis: i64,
    limit: i64,
) -> Result<Vec<ClaimedObject>, Error> {
    // SKIP LOCKED: workers on other nodes take the next objects instead of waiting for these. A lease that ends further ahead
    // than any can was given by a clock that has been put back since.
    let sql = match tx {
        Tx::Sqlite(_) => claim!(""),
        Tx::Postgres(_) => claim!("FOR UPDATE SKIP LOCKED"),
    };
    fetch_all!(tx, claimed, sql, lease, now.as_millis(), lease_millis, limit)
}

/// Ends a look whose result is written in the same transaction. `false` when the lease is another's by now: then nothing of
/// the result may be written.
///
/// # Errors
/// When the query fails.
pub async fn gateway_object_done(tx: &mut Tx, object: &ClaimedObject, now: Timestamp) -> Result<bool, Error> {
    const GONE: &str = "DELETE FROM gateway_object
                        WHERE gateway = $1 AND kind = $2 AND id = $3 AND lease = $4 AND wanted = $5";
    const AGAIN: &str = "UPDATE gateway_object SET lease = NULL, tries = 0, at = $5
                         WHERE gateway = $1 AND kind = $2 AND id = $3 AND lease = $4";
    let (gateway, kind, id) = (object.gateway.as_str(), object.kind.as_str(), object.id.as_str());
    if execute!(tx, GONE, gateway, kind, id, object.lease, object.wanted)? > 0 {
        return Ok(true);
    }
    Ok(execute!(tx, AGAIN, gateway, kind, id, object.lease, now.as_millis())? > 0)
}

/// Takes the leases of everybody else who looks at objects of a gateway: what they saw may be from before something that was
/// written just now under `lease`, so they write nothing and their objects are looked at again from `now` on. How many.
///
/// # Errors
/// When the query fails.
pub async fn gateway_object_recall(
    tx: &mut Tx,
    gateway: GatewayName,
    lease: Uuid,
    now: Timestamp,
) -> Result<u64, Error> {
    const SQL: &str = "UPDATE gateway_object SET lease = NULL, at = $3, tries = tries - 1
                       WHERE gateway = $1 AND lease IS NOT NULL AND lease <> $2";
    execute!(tx, SQL, gateway.as_str(), lease, now.as_millis())
}

/// Has an object wait until `at`: it could not be looked at.
///
/// # Errors
/// When the query fails.
pub async fn gateway_object_defer(tx: &mut Tx, object: &ClaimedObject, at: Timestamp) -> Result<(), Error> {
    const SQL: &str = "UPDATE gateway_object SET lease = NULL, at = $5
                       WHERE gateway = $1 AND kind = $2 AND id = $3 AND lease = $4";
    let (gateway, kind, id) = (object.gateway.as_str(), object.kind.as_str(), object.id.as_str());
    execute!(tx, SQL, gateway, kind, id, object.lease, at.as_millis())?;
    Ok(())
}

/// Has an object wait until `at` after a look that was ended in the same transaction: what it says can't be written yet. Its
/// looks go on being counted.
///
/// # Errors
/// When the query fails.
pub async fn gateway_object_put_back(tx: &mut Tx, object: &ClaimedObject, at: Timestamp) -> Result<(), Error> {
    const SQL: &str = "INSERT INTO gateway_object (gateway, kind, id, wanted, tries, at) VALUES ($1, $2, $3, 1, $4, $5)
                       ON CONFLICT (gateway, kind, id) DO NOTHING";
    let (gateway, kind, id) = (object.gateway.as_str(), object.kind.as_str(), object.id.as_str());
    execute!(tx, SQL, gateway, kind, id, object.tries, at.as_millis())?;
    Ok(())
}

/// When the next object is due. Does not count those that wait: workers ask often, and many may wait.
///
/// # Errors
/// When the query fails.
pub async fn gateway_object_next(tx: &mut Tx) -> Result<Option<Timestamp>, Error> {
    fetch_one!(tx, next, "SELECT min(at) AS at FROM gateway_object")
}

fn next<R: Fields>(row: &R) -> Result<Option<Timestamp>, Error> {
    row.time_or_none("at")
}

/// When an object is to be looked at, or when the lease of whoever looks ends; `None` where nobody wants to know of it.
///
/// # Errors
/// When the query fails.
pub async fn gateway_object_at(
    tx: &mut Tx,
    gateway: GatewayName,
    kind: &str,
    id: &str,
) -> Result<Option<Timestamp>, Error> {
    const SQL: &str = "SELECT min(at) AS at FROM gateway_object WHERE gateway = $1 AND kind = $2 AND id = $3";
    fetch_one!(tx, next, SQL, gateway.as_str(), kind, id)
}

/// How many objects wait, and when the next is due.
///
/// # Errors
/// When the query fails.
pub async fn gateway_object_waiting(tx: &mut Tx) -> Result<(i64, Option<Timestamp>), Error> {
    fetch_one!(tx, waiting, "SELECT count(*) AS n, min(at) AS at FROM gateway_object")
}

fn waiting<R: Fields>(row: &R) -> Result<(i64, Option<Timestamp>), Error> {
    Ok((number(row)?, row.time_or_none("at")?))
}

/// How a gateway is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayRow {
    /// Which.
    pub name: GatewayName,
    /// How far its own record was read.
    pub place: Option<String>,
    /// When it was last read.
    pub swept_at: Timestamp,
    /// What went wrong last, and has gone wrong since.
    pub trouble: Option<String>,
    /// Since when.
    pub since: Option<Timestamp>,
}

fn gateway<R: Fields>(row: &R) -> Result<GatewayRow, Error> {
    Ok(GatewayRow {
        name: row.parsed("name", GatewayName::parse)?,
        place: row.get("place")?,
        swept_at: row.time("swept_at")?,
        trouble: row.get("trouble")?,
        since: row.time_or_none("since")?,
    })
}

/// How the gateways are that were ever used.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn gateway_all(tx: &mut Tx) -> Result<Vec<GatewayRow>, Error> {
    fetch_all!(tx, gateway, "SELECT name, place, swept_at, trouble, since FROM gateway ORDER BY name")
}

/// Notes how far a gateway's record was read.
///
/// # Errors
/// When the query fails.
pub async fn gateway_swept(tx: &mut Tx, name: GatewayName, place: Option<&str>, at: Timestamp) -> Result<(), Error> {
    const SQL: &str = "INSERT INTO gateway (name, place, swept_at) VALUES ($1, $2, $3)
                       ON CONFLICT (name) DO UPDATE
                       SET place = coalesce(excluded.place, gateway.place), swept_at = excluded.swept_at";
    execute!(tx, SQL, name.as_str(), place, at.as_millis())?;
    Ok(())
}

/// Notes what is wrong with a gateway; nothing is, with `None`.
///
/// # Errors
/// When the query fails.
pub async fn gateway_trouble(
    tx: &mut Tx,
    name: GatewayName,
    trouble: Option<&str>,
    at: Timestamp,
) -> Result<(), Error> {
    const SQL: &str = "INSERT INTO gateway (name, swept_at, trouble, since)
                       VALUES ($1, 0, $2, CASE WHEN $2 IS NULL THEN NULL ELSE $3 END)
                       ON CONFLICT (name) DO UPDATE
                       SET trouble = excluded.trouble,
                           since = CASE WHEN excluded.trouble IS NULL THEN NULL
                                        ELSE coalesce(gateway.since, excluded.since) END
                       WHERE gateway.trouble IS NOT NULL OR excluded.trouble IS NOT NULL";
    execute!(tx, SQL, name.as_str(), trouble, at.as_millis())?;
    Ok(())
}
