//! Settling deliveries: a batch of answers in one statement, and what was left behind by those who died.

use model::{DeliveryState, IssueId, Timestamp};

use crate::{
    Error, Tx,
    sql::{number, rows},
};

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Which delivery.
    pub number: i64,
    /// Which try it was, from 1: an answer to an earlier one settles nothing.
    pub tries: i64,
    /// Where the delivery stands now.
    pub state: DeliveryState,
    /// When it may be tried again; any time when it is not.
    pub at: Timestamp,
    /// Whether nobody knows that it was not taken: one more doubt.
    pub doubt: bool,
    /// Whether it was no try, because nothing of it left this machine.
    pub untried: bool,
    /// What is noted of it.
    pub reply: Option<String>,
}

/// Rows of one statement at most: seven values each, far from what the databases take.
const AT_ONCE: usize = 256;

/// Settles deliveries that are being sent; the numbers of those that were. One that is missing had lost its lease, and
/// somebody else has it.
///
/// # Errors
/// When a query fails.
pub async fn delivery_settle(tx: &mut Tx, issue: IssueId, settled: &[Settled]) -> Result<Vec<i64>, Error> {
    let mut done = Vec::with_capacity(settled.len());
    for chunk in settled.chunks(AT_ONCE) {
        done.extend(settle_chunk(tx, issue, chunk).await?);
    }
    Ok(done)
}

async fn settle_chunk(tx: &mut Tx, issue: IssueId, chunk: &[Settled]) -> Result<Vec<i64>, Error> {
    // Filled up to a power of two, so that few different statements are prepared; the casts tell PostgreSQL the types.
    let count = chunk.len().next_power_of_two();
    let sql = format!(
        "WITH answer AS (SELECT * FROM (VALUES {}) AS given)
         UPDATE delivery SET state = CAST(answer.column3 AS TEXT), at = CAST(answer.column4 AS BIGINT),
                doubts = doubts + CAST(answer.column5 AS BIGINT), tries = tries - CAST(answer.column6 AS BIGINT),
                reply = CAST(answer.column7 AS TEXT)
         FROM answer
         WHERE delivery.issue = ${} AND delivery.number = answer.column1
           AND delivery.state = 'attempting' AND delivery.tries = answer.column2
         RETURNING delivery.number AS n",
        typed(&rows(7, count)),
        7 * count + 1
    );
    let last = chunk.last();
    let all = chunk.iter().chain(last.into_iter().cycle()).take(count);
    on!(tx, connection => {
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
        for one in all {
            query = query
                .bind(one.number)
                .bind(one.tries)
                .bind(one.state.as_str())
                .bind(one.at.as_millis())
                .bind(i64::from(one.doubt))
                .bind(i64::from(one.untried))
                .bind(one.reply.as_deref());
        }
        match query.bind(issue.0).fetch_all(connection).await {
            Ok(rows) => rows.iter().map(number).collect(),
            Err(error) => Err(Error::from(error)),
        }
    })
}

/// Gives the first row of values its types; the others follow it.
fn typed(values: &str) -> String {
    let first = "(CAST($1 AS BIGINT),CAST($2 AS BIGINT),CAST($3 AS TEXT),CAST($4 AS BIGINT),CAST($5 AS BIGINT),CAST($6 AS BIGINT),CAST($7 AS TEXT))";
    values.replacen("($1,$2,$3,$4,$5,$6,$7)", first, 1)
}

/// What becomes of deliveries whose sender died with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lapse {
    /// The time at which leases must have ended.
    pub now: Timestamp,
    /// A lease that ends after this was given by a clock that has been put back since, and is over.
    pub horizon: Timestamp,
    /// They are sent again, under the same `Message-ID`, unless they were in doubt so often; 0 leaves all of them to a
    /// person.
    pub doubts: i64,
}

/// What became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lapsed {
    /// These are tried again.
    pub again: u64,
    /// These are `uncertain`, and stay so until somebody decides.
    pub uncertain: u64,
}

/// Takes up deliveries that were being sent when their sender died. Renew your own leases first.
///
/// # Errors
/// When a query fails.
pub async fn delivery_lapse(tx: &mut Tx, issue: IssueId, lapse: &Lapse) -> Result<Lapsed, Error> {
    const AGAIN: &str = "UPDATE delivery SET state = 'deferred', doubts = doubts + 1, at = $2
                         WHERE issue = $1 AND state = 'attempting' AND (at <= $2 OR at > $3) AND doubts < $4";
    const UNCERTAIN: &str = "UPDATE delivery SET state = 'uncertain', doubts = doubts + 1, at = $2
                             WHERE issue = $1 AND state = 'attempting' AND (at <= $2 OR at > $3) AND doubts >= $4";
    let (now, horizon) = (lapse.now.as_millis(), lapse.horizon.as_millis());
    Ok(Lapsed {
        uncertain: execute!(tx, UNCERTAIN, issue.0, now, horizon, lapse.doubts)?,
        again: execute!(tx, AGAIN, issue.0, now, horizon, lapse.doubts)?,
    })
}

/// Lets deliveries be tried that wait for a time further ahead than any of ours is, `pending` ones and `deferred` ones: a clock
/// has been put back since.
///
/// # Errors
/// When a query fails.
pub async fn delivery_mend(
    tx: &mut Tx,
    issue: IssueId,
    (pending, deferred): (Timestamp, Timestamp),
) -> Result<u64, Error> {
    const PENDING: &str = "UPDATE delivery SET at = 0 WHERE issue = $1 AND state = 'pending' AND at > $2";
    const DEFERRED: &str = "UPDATE delivery SET at = 0 WHERE issue = $1 AND state = 'deferred' AND at > $2";
    let mended = execute!(tx, PENDING, issue.0, pending.as_millis())?;
    Ok(mended + execute!(tx, DEFERRED, issue.0, deferred.as_millis())?)
}

/// Has deliveries that nobody knows about be sent again, since somebody decided so; how many.
///
/// # Errors
/// When the query fails.
pub async fn delivery_again(tx: &mut Tx, issue: IssueId, now: Timestamp) -> Result<u64, Error> {
    const SQL: &str = "UPDATE delivery SET state = 'deferred', at = $2 WHERE issue = $1 AND state = 'uncertain'";
    execute!(tx, SQL, issue.0, now.as_millis())
}

/// Leaves deliveries that are being sent to a person: those of a backup, of which nobody knows any more.
///
/// # Errors
/// When the query fails.
pub async fn delivery_doubt_all(tx: &mut Tx, issue: IssueId, now: Timestamp) -> Result<u64, Error> {
    const SQL: &str = "UPDATE delivery SET state = 'uncertain', doubts = doubts + 1, at = $2 WHERE issue = $1 AND state = 'attempting'";
    execute!(tx, SQL, issue.0, now.as_millis())
}
