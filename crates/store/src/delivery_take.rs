//! Taking deliveries up: reserved, then begun.
//!
//! A delivery is *reserved* while its address is opened and its mail is made: its state stays, its `at` is the end of the
//! reservation, and who dies with it loses nothing. It is *begun*, `attempting`, in the transaction before its first byte
//! is sent, and no earlier: what is `attempting` when its lease ends may have arrived. Who no longer wants it is found out
//! in that same transaction. Several nodes share the work: on PostgreSQL they pass over each other's rows.

use std::collections::BTreeMap;

use model::{DeliveryState, Exclusion, IssueForm, IssueId, NewsletterId, Sealed, SubscriberId, Timestamp, Week};

use crate::{
    Error, Tx,
    sql::{Fields, filled, placeholders},
};

/// A delivery that a worker has reserved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reserved {
    /// Its number in the audience.
    pub number: i64,
    /// To whom.
    pub subscriber: SubscriberId,
    /// Which of the issue's mails.
    pub form: IssueForm,
    /// Times it was begun before.
    pub tries: i64,
    /// Times when nobody knew whether it was taken.
    pub doubts: i64,
    /// Whether it was never tried (`pending`) or is to be tried again (`deferred`).
    pub state: DeliveryState,
    /// When it became due, by which the next ones are found.
    pub due: Timestamp,
    /// When the reservation ends.
    pub until: Timestamp,
    /// Their sealed address; `None` when they are gone.
    pub address: Option<Sealed>,
}

/// What is to be reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reserve {
    /// Those that wait in this state: `pending` or `deferred`.
    pub state: DeliveryState,
    /// The time at which they must be due.
    pub now: Timestamp,
    /// When the reservation ends.
    pub until: Timestamp,
    /// Only those after this one, by when they became due and their number. It spares PostgreSQL from passing over the
    /// traces of all that were taken before.
    pub after: (Timestamp, i64),
    /// So many at most.
    pub limit: i64,
}

fn reserved<R: Fields>(row: &R) -> Result<Reserved, Error> {
    Ok(Reserved {
        number: row.get("number")?,
        subscriber: SubscriberId(row.get("subscriber")?),
        form: row.parsed("form", IssueForm::parse)?,
        tries: row.get("tries")?,
        doubts: row.get("doubts")?,
        state: row.parsed("state", DeliveryState::parse)?,
        due: row.time("at")?,
        until: row.time("at")?,
        address: row.get::<Option<Vec<u8>>>("address")?.map(Sealed),
    })
}

macro_rules! due {
    ($lock:literal) => {
        concat!(
            "SELECT d.number, d.subscriber, d.form, d.state, d.tries, d.doubts, d.at, s.address
             FROM delivery d LEFT JOIN subscriber s ON s.id = d.subscriber
             WHERE d.issue = $1 AND d.state = $2 AND d.at <= $3 AND (d.at, d.number) > ($4, $5)
             ORDER BY d.at, d.number LIMIT $6 ",
            $lock
        )
    };
}

/// Reserves deliveries that are due, those that are due longest first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn delivery_reserve(tx: &mut Tx, issue: IssueId, wanted: &Reserve) -> Result<Vec<Reserved>, Error> {
    let sql = match tx {
        Tx::Sqlite(_) => due!(""),
        Tx::Postgres(_) => due!("FOR UPDATE OF d SKIP LOCKED"),
    };
    let mut found = fetch_all!(
        tx,
        reserved,
        sql,
        issue.0,
        wanted.state.as_str(),
        wanted.now.as_millis(),
        wanted.after.0.as_millis(),
        wanted.after.1,
        wanted.limit,
    )?;
    let numbers: Vec<i64> = found.iter().map(|reserved| reserved.number).collect();
    put_off(tx, issue, &numbers, wanted.until).await?;
    for reserved in &mut found {
        reserved.until = wanted.until;
    }
    Ok(found)
}

/// Has deliveries that wait not be tried before their times; with [`Timestamp`] zero they may be tried at once. Those of one
/// time go in one statement.
///
/// # Errors
/// When a query fails.
pub async fn delivery_put_off(tx: &mut Tx, issue: IssueId, until: &[(i64, Timestamp)]) -> Result<(), Error> {
    let mut times: BTreeMap<Timestamp, Vec<i64>> = BTreeMap::new();
    for (number, at) in until {
        times.entry(*at).or_default().push(*number);
    }
    for (at, numbers) in times {
        put_off(tx, issue, &numbers, at).await?;
    }
    Ok(())
}

async fn put_off(tx: &mut Tx, issue: IssueId, numbers: &[i64], at: Timestamp) -> Result<(), Error> {
    for chunk in numbers.chunks(crate::sql::LIST_MAX) {
        let sql = format!(
            "UPDATE delivery SET at = $2 WHERE issue = $1 AND state IN ('pending', 'deferred') AND number IN ({})",
            placeholders(3, chunk.len())
        );
        execute_listed!(tx, sql, [issue.0, at.as_millis()], filled(chunk))?;
    }
    Ok(())
}

/// Gives up a delivery that waits and can't be sent at all; `false` when it doesn't wait any more.
///
/// # Errors
/// When the query fails.
pub async fn delivery_spoil(tx: &mut Tx, issue: IssueId, number: i64, why: &str) -> Result<bool, Error> {
    const SQL: &str = "UPDATE delivery SET state = 'failed', at = 0, reply = $3
                       WHERE issue = $1 AND number = $2 AND state IN ('pending', 'deferred')";
    Ok(execute!(tx, SQL, issue.0, number, why)? > 0)
}

/// What became of those that were to be begun.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Begun {
    /// These are `attempting` now, and counted as tried once more.
    pub begun: Vec<i64>,
    /// These people get nothing, and why.
    pub excluded: Vec<(i64, Exclusion)>,
}

/// When deliveries are begun, and of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begin {
    /// Of which newsletter the issue is: who left it is excluded.
    pub newsletter: NewsletterId,
    /// The present week: a pause that ends with it has ended.
    pub week: Week,
    /// When the lease of those that are begun ends.
    pub until: Timestamp,
}

macro_rules! standing {
    ($list:expr, $lock:literal) => {
        format!(
            "SELECT d.number, d.at,
                    CASE WHEN n.subscriber IS NULL THEN 'unsubscribed'
                         WHEN x.lookup IS NOT NULL THEN 'suppressed'
                         WHEN s.state = 'bounced' THEN 'bounced'
                         WHEN s.state = 'paused' AND (s.paused_until IS NULL OR s.paused_until > $3) THEN 'paused'
                         END AS excluded
             FROM delivery d
             LEFT JOIN subscription n ON n.newsletter = $2 AND n.subscriber = d.subscriber AND n.week >= 0
             LEFT JOIN subscriber s ON s.id = d.subscriber
             LEFT JOIN suppression x ON x.lookup = s.lookup
             WHERE d.issue = $1 AND d.state IN ('pending', 'deferred') AND d.number IN ({}) {}",
            $list, $lock
        )
    };
}

/// Begins deliveries that were reserved: those whose reservation is still ours and who still want them. Commit before the
/// first byte is sent.
///
/// # Errors
/// When a query fails.
pub async fn delivery_begin(
    tx: &mut Tx,
    issue: IssueId,
    begin: &Begin,
    reserved: &[(i64, Timestamp)],
) -> Result<Begun, Error> {
    let mut out = Begun::default();
    for chunk in reserved.chunks(crate::sql::LIST_MAX) {
        let numbers: Vec<i64> = chunk.iter().map(|(number, _)| *number).collect();
        let list = placeholders(4, numbers.len());
        let sql = match tx {
            Tx::Sqlite(_) => standing!(list, ""),
            Tx::Postgres(_) => standing!(list, "FOR UPDATE OF d"),
        };
        let found = fetch_listed!(tx, standing, sql, [issue.0, begin.newsletter.0, begin.week.0], filled(&numbers))?;
        for (number, at, excluded) in found {
            match excluded {
                Some(why) => out.excluded.push((number, why)),
                None if chunk.contains(&(number, at)) => out.begun.push(number),
                None => {}
            }
        }
    }
    mark_begun(tx, issue, begin.until, &out.begun).await?;
    delivery_exclude(tx, issue, &out.excluded).await?;
    Ok(out)
}

fn standing<R: Fields>(row: &R) -> Result<(i64, Timestamp, Option<Exclusion>), Error> {
    let excluded = match row.get::<Option<String>>("excluded")? {
        Some(_) => Some(row.parsed("excluded", Exclusion::parse)?),
        None => None,
    };
    Ok((row.get("number")?, row.time("at")?, excluded))
}

async fn mark_begun(tx: &mut Tx, issue: IssueId, until: Timestamp, numbers: &[i64]) -> Result<(), Error> {
    for chunk in numbers.chunks(crate::sql::LIST_MAX) {
        let sql = format!(
            "UPDATE delivery SET state = 'attempting', tries = tries + 1, at = $2 WHERE issue = $1 AND number IN ({})",
            placeholders(3, chunk.len())
        );
        execute_listed!(tx, sql, [issue.0, until.as_millis()], filled(chunk))?;
    }
    Ok(())
}

/// Notes that people get nothing who no longer want it.
///
/// # Errors
/// When the query fails.
pub async fn delivery_exclude(tx: &mut Tx, issue: IssueId, excluded: &[(i64, Exclusion)]) -> Result<(), Error> {
    for why in Exclusion::ALL {
        let numbers: Vec<i64> = excluded.iter().filter(|(_, found)| *found == why).map(|(number, _)| *number).collect();
        for chunk in numbers.chunks(crate::sql::LIST_MAX) {
            let sql = format!(
                "UPDATE delivery SET state = 'excluded', at = 0, reply = $2
                 WHERE issue = $1 AND state IN ('pending', 'deferred') AND number IN ({})",
                placeholders(3, chunk.len())
            );
            execute_listed!(tx, sql, [issue.0, why.as_str()], filled(chunk))?;
        }
    }
    Ok(())
}

/// Lengthens the leases of deliveries that are being sent.
///
/// # Errors
/// When the query fails.
pub async fn delivery_renew(tx: &mut Tx, issue: IssueId, numbers: &[i64], until: Timestamp) -> Result<(), Error> {
    for chunk in numbers.chunks(crate::sql::LIST_MAX) {
        let sql = format!(
            "UPDATE delivery SET at = $2 WHERE issue = $1 AND state = 'attempting' AND number IN ({})",
            placeholders(3, chunk.len())
        );
        execute_listed!(tx, sql, [issue.0, until.as_millis()], filled(chunk))?;
    }
    Ok(())
}
