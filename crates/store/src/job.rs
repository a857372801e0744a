//! Jobs: work that follows a transaction.
//!
//! A job is begun at least once. A worker leases it for a time and counts an attempt; when it dies, the lease ends
//! and the next worker takes the job up. A worker that outlives its lease may find its job done by another: so what
//! a job does can be done twice without harm.

use model::{Job, JobId, JobState, Timestamp};

use crate::{
    Error, Tx,
    sql::{Fields, number, to_json},
};

fn job<R: Fields>(row: &R) -> Result<Job, Error> {
    Ok(Job {
        id: JobId(row.get("id")?),
        kind: row.get("kind")?,
        payload: row.json("payload")?,
        state: row.parsed("state", JobState::parse)?,
        run_at: row.time("run_at")?,
        attempts: row.get("attempts")?,
        last_error: row.get("last_error")?,
    })
}

/// Adds a job.
///
/// # Errors
/// [`Error::Taken`] when its id is there already.
pub async fn job_enqueue(tx: &mut Tx, job: &Job) -> Result<(), Error> {
    execute!(
        tx,
        "INSERT INTO job (id, kind, state, run_at, attempts, last_error, payload) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        job.id.0,
        job.kind.as_str(),
        job.state.as_str(),
        job.run_at.as_millis(),
        job.attempts,
        job.last_error.as_deref(),
        to_json("payload", &job.payload)?,
    )?;
    Ok(())
}

macro_rules! claim {
    ($lock:literal) => {
        concat!(
            "UPDATE job SET state = 'leased', run_at = $2 + $3, attempts = attempts + 1
             WHERE id = (SELECT id FROM job
                         WHERE kind = $1 AND state IN ('waiting', 'leased')
                           AND (run_at <= $2 OR (state = 'leased' AND run_at > $2 + 2 * $3))
                         ORDER BY run_at, id LIMIT 1 ",
            $lock,
            ") RETURNING id, kind, payload, state, run_at, attempts, last_error"
        )
    };
}

/// Leases the job that is due longest, of the first of these kinds that has one due: so name urgent kinds first.
/// It is this worker's for `lease_millis`; its `run_at` is then the end of the lease, its attempt is counted. A lease that
/// ends further ahead than any can was given by a clock that has been put back since, and is over.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn job_claim(tx: &mut Tx, kinds: &[&str], now: Timestamp, lease_millis: i64) -> Result<Option<Job>, Error> {
    // SKIP LOCKED: workers on other nodes take the next job instead of waiting for this one.
    let sql = match tx {
        Tx::Sqlite(_) => claim!(""),
        Tx::Postgres(_) => claim!("FOR UPDATE SKIP LOCKED"),
    };
    for kind in kinds {
        let claimed = fetch_optional!(tx, job, sql, *kind, now.as_millis(), lease_millis)?;
        if claimed.is_some() {
            return Ok(claimed);
        }
    }
    Ok(None)
}

/// Notes that a leased job is done; `false` when it is leased no more: another worker settled it.
///
/// # Errors
/// When the query fails.
pub async fn job_done(tx: &mut Tx, id: JobId, now: Timestamp) -> Result<bool, Error> {
    const SQL: &str =
        "UPDATE job SET state = 'done', ended_at = $2, last_error = NULL WHERE id = $1 AND state = 'leased'";
    Ok(execute!(tx, SQL, id.0, now.as_millis())? > 0)
}

/// Has a leased job wait until `at` for its next attempt; `false` when it is leased no more.
///
/// # Errors
/// When the query fails.
pub async fn job_retry(tx: &mut Tx, id: JobId, at: Timestamp, error: &str) -> Result<bool, Error> {
    const SQL: &str = "UPDATE job SET state = 'waiting', run_at = $2, ended_at = NULL, last_error = $3
                       WHERE id = $1 AND state = 'leased'";
    Ok(execute!(tx, SQL, id.0, at.as_millis(), error)? > 0)
}

/// Gives a leased job up; a person can retry it with [`job_again`]. `false` when it is leased no more.
///
/// # Errors
/// When the query fails.
pub async fn job_fail(tx: &mut Tx, id: JobId, error: &str, now: Timestamp) -> Result<bool, Error> {
    const SQL: &str = "UPDATE job SET state = 'failed', ended_at = $2, last_error = $3
                       WHERE id = $1 AND state = 'leased'";
    Ok(execute!(tx, SQL, id.0, now.as_millis(), error)? > 0)
}

/// Has a job that was given up begin anew; `false` when it was not given up.
///
/// # Errors
/// When the query fails.
pub async fn job_again(tx: &mut Tx, id: JobId, at: Timestamp) -> Result<bool, Error> {
    const SQL: &str = "UPDATE job SET state = 'waiting', run_at = $2, attempts = 0, ended_at = NULL
                       WHERE id = $1 AND state = 'failed'";
    Ok(execute!(tx, SQL, id.0, at.as_millis())? > 0)
}

/// Has a job begin anew, done or not; `false` when it is not there or being done just now.
///
/// # Errors
/// When the query fails.
pub async fn job_renew(tx: &mut Tx, id: JobId, at: Timestamp) -> Result<bool, Error> {
    const SQL: &str = "UPDATE job SET state = 'waiting', run_at = $2, attempts = 0, ended_at = NULL
                       WHERE id = $1 AND state <> 'leased'";
    Ok(execute!(tx, SQL, id.0, at.as_millis())? > 0)
}

/// A job by its id.
///
/// # Errors
/// When the query fails or the row is unreadable.
pub async fn job_by_id(tx: &mut Tx, id: JobId) -> Result<Option<Job>, Error> {
    const SQL: &str = "SELECT id, kind, payload, state, run_at, attempts, last_error FROM job WHERE id = $1";
    fetch_optional!(tx, job, SQL, id.0)
}

/// When the next job of a kind that nobody has begun is due; `None` when none waits.
///
/// # Errors
/// When the query fails.
pub async fn job_waiting(tx: &mut Tx, kind: &str) -> Result<Option<Timestamp>, Error> {
    fetch_one!(tx, due, "SELECT min(run_at) AS at FROM job WHERE kind = $1 AND state = 'waiting'", kind)
}

/// When the next job of any kind is due; `None` when none waits.
///
/// # Errors
/// When the query fails.
pub async fn job_next_due(tx: &mut Tx) -> Result<Option<Timestamp>, Error> {
    const SQL: &str = "SELECT min(run_at) AS at FROM job WHERE state IN ('waiting', 'leased')";
    fetch_one!(tx, due, SQL)
}

fn due<R: Fields>(row: &R) -> Result<Option<Timestamp>, Error> {
    row.time_or_none("at")
}

/// How many jobs there are of each kind and state.
///
/// # Errors
/// When the query fails.
pub async fn job_counts(tx: &mut Tx) -> Result<Vec<(String, JobState, i64)>, Error> {
    fetch_all!(tx, count, "SELECT kind, state, count(*) AS n FROM job GROUP BY kind, state ORDER BY kind, state")
}

fn count<R: Fields>(row: &R) -> Result<(String, JobState, i64), Error> {
    Ok((row.get("kind")?, row.parsed("state", JobState::parse)?, number(row)?))
}

/// Jobs that wait or are being done, those due first.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn job_open(tx: &mut Tx, limit: i64) -> Result<Vec<Job>, Error> {
    const SQL: &str = "SELECT id, kind, payload, state, run_at, attempts, last_error FROM job
                       WHERE state IN ('waiting', 'leased') ORDER BY run_at, id LIMIT $1";
    fetch_all!(tx, job, SQL, limit)
}

/// Jobs that were given up, the last one first, with when that was.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn job_failed(tx: &mut Tx, limit: i64) -> Result<Vec<(Job, Option<Timestamp>)>, Error> {
    const SQL: &str = "SELECT id, kind, payload, state, run_at, attempts, last_error, ended_at FROM job
                       WHERE state = 'failed' ORDER BY ended_at DESC, id DESC LIMIT $1";
    fetch_all!(tx, ended, SQL, limit)
}

fn ended<R: Fields>(row: &R) -> Result<(Job, Option<Timestamp>), Error> {
    Ok((job(row)?, row.time_or_none("ended_at")?))
}

/// How many jobs were given up and wait for a person.
///
/// # Errors
/// When the query fails.
pub async fn job_failed_count(tx: &mut Tx) -> Result<i64, Error> {
    fetch_one!(tx, number, "SELECT count(*) AS n FROM job WHERE state = 'failed'")
}

/// Forgets the jobs that were done before a time; how many.
///
/// # Errors
/// When the query fails.
pub async fn job_forget(tx: &mut Tx, done_before: Timestamp) -> Result<u64, Error> {
    execute!(tx, "DELETE FROM job WHERE state = 'done' AND ended_at < $1", done_before.as_millis())
}

/// Every job of a kind that is kept, done ones among them, in the order in which they were made.
///
/// # Errors
/// When the query fails or a row is unreadable.
pub async fn job_of_kind(tx: &mut Tx, kind: &str) -> Result<Vec<Job>, Error> {
    const SQL: &str =
        "SELECT id, kind, payload, state, run_at, attempts, last_error FROM job WHERE kind = $1 ORDER BY id";
    fetch_all!(tx, job, SQL, kind)
}
