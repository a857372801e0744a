//! The audit log: which pen name did what, written in the transaction of the deed. Never personal data.
//!
//! The rows are a chain. Each has a hash in `audit_hash` that covers the row and the hash before it: SHA-256 over the
//! hash before (empty for the first), `seq`, `at`, `actor`, `action`, `subject` (its hex, or nothing) and `detail`, each
//! with its length in eight bytes in front. Rows from before there was a chain are taken up at its start, by whoever
//! appends first.
//!
//! What that guarantees: a row that was changed, or cut out with rows left behind it, is found by [`audit_verify`].
//! Whoever can write to the database can also make every hash anew, or cut off the end; that shows when the last hash,
//! the chain's *fingerprint*, was written down elsewhere and is not found in the chain any more.

use model::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    Error, Tx,
    sql::{Fields, number},
};

/// Rows that are hashed or verified at a time.
const STEP: i64 = 1_000;

/// A deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its place.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Pen name of who did it, or `import`, `command line`.
    pub actor: String,
    /// What, such as `story.publish`.
    pub action: String,
    /// To what.
    pub subject: Option<Uuid>,
    /// More about it, as JSON.
    pub detail: String,
}

/// Which deeds a page of the log shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Done by this pen name.
    pub actor: Option<String>,
    /// Of this kind.
    pub action: Option<String>,
    /// Done to this.
    pub subject: Option<Uuid>,
}

/// How the chain stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditChain {
    /// Rows that were looked at: all, or those before the first break.
    pub rows: i64,
    /// The last good row's hash; empty when there is none.
    pub fingerprint: String,
    /// The first thing that is wrong.
    pub broken: Option<AuditBreak>,
}

/// What is wrong with the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditBreak {
    /// There is no row with this `seq`, though there are later ones.
    Cut(i64),
    /// The row with this `seq` does not say what it said, or the one before was another.
    Changed(i64),
    /// The row with this `seq` has no hash, though earlier ones have.
    Unhashed(i64),
}

/// Appends a deed. Take it late in a transaction, beside the journal's row: they share a lock.
///
/// # Errors
/// When the query fails.
pub async fn audit_append(
    tx: &mut Tx,
    now: Timestamp,
    actor: &str,
    action: &str,
    subject: Option<Uuid>,
    detail_json: &str,
) -> Result<i64, Error> {
    crate::journal::turn(tx).await?;
    let last = fetch_optional!(
        tx,
        end,
        "SELECT a.seq, h.hash FROM audit a LEFT JOIN audit_hash h ON h.seq = a.seq ORDER BY a.seq DESC LIMIT 1"
    )?;
    let (seq, before) = match last {
        None => (1, String::new()),
        Some((seq, Some(hash))) => (seq + 1, hash),
        Some((seq, None)) => (seq + 1, take_up(tx).await?),
    };
    let (actor, action, detail) = (actor.to_owned(), action.to_owned(), detail_json.to_owned());
    let row = AuditRow { seq, at: now, actor, action, subject, detail };
    execute!(
        tx,
        "INSERT INTO audit (seq, at, actor, action, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)",
        seq,
        now.as_millis(),
        row.actor.as_str(),
        row.action.as_str(),
        subject,
        row.detail.as_str(),
    )?;
    execute!(tx, "INSERT INTO audit_hash (seq, hash) VALUES ($1, $2)", seq, chained(&before, &row))?;
    Ok(seq)
}

fn end<R: Fields>(row: &R) -> Result<(i64, Option<String>), Error> {
    Ok((row.get("seq")?, row.get("hash")?))
}

/// Where the next row goes on when the last one has no hash. Without any chain every row is taken up into a new one.
/// Where there is one, hashes were removed: the gap stays, so that it is found.
async fn take_up(tx: &mut Tx) -> Result<String, Error> {
    let kept = fetch_optional!(tx, hash, "SELECT hash FROM audit_hash ORDER BY seq DESC LIMIT 1")?;
    if let Some(kept) = kept {
        return Ok(kept);
    }
    let (mut before, mut after) = (String::new(), 0);
    loop {
        let rows = audit_after(tx, after, STEP).await?;
        let Some(last) = rows.last() else { return Ok(before) };
        after = last.0.seq;
        let mut hashes = Vec::with_capacity(rows.len());
        for (row, _) in &rows {
            before = chained(&before, row);
            hashes.push((row.seq, before.clone()));
        }
        insert_rows!(tx, "INSERT INTO audit_hash (seq, hash)", "", 2, hashes, (seq, hash) => [*seq, hash.as_str()]);
    }
}

/// A row's hash, in hex.
fn chained(before: &str, row: &AuditRow) -> String {
    let subject = row.subject.map(|id| id.simple().to_string()).unwrap_or_default();
    let (seq, at) = (row.seq.to_string(), row.at.as_millis().to_string());
    let mut hasher = Sha256::new();
    for part in [before, &seq, &at, &row.actor, &row.action, &subject, &row.detail] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn audit_after(tx: &mut Tx, seq: i64, limit: i64) -> Result<Vec<(AuditRow, Option<String>)>, Error> {
    const SQL: &str = "SELECT a.seq, a.at, a.actor, a.action, a.subject, a.detail, h.hash
                       FROM audit a LEFT JOIN audit_hash h ON h.seq = a.seq
                       WHERE a.seq > $1 ORDER BY a.seq LIMIT $2";
    fetch_all!(tx, hashed_row, SQL, seq, limit)
}

/// Looks whether every row is there and says what it said. Reads the whole log.
///
/// # Errors
/// When the query fails.
pub async fn audit_verify(tx: &mut Tx) -> Result<AuditChain, Error> {
    let mut chain = AuditChain { rows: 0, fingerprint: String::new(), broken: None };
    let begun = fetch_one!(tx, number, "SELECT coalesce(max(seq), 0) AS n FROM audit_hash")?;
    loop {
        let rows = audit_after(tx, chain.rows, STEP).await?;
        for (row, hash) in &rows {
            let seq = chain.rows + 1;
            chain.broken = match hash {
                _ if row.seq != seq => Some(AuditBreak::Cut(seq)),
                // Nobody has appended since there is a chain: the next one takes these rows up.
                None if begun == 0 => None,
                None => Some(AuditBreak::Unhashed(seq)),
                Some(hash) if *hash != chained(&chain.fingerprint, row) => Some(AuditBreak::Changed(seq)),
                Some(hash) => {
                    chain.fingerprint.clone_from(hash);
                    None
                }
            };
            if chain.broken.is_some() {
                return Ok(chain);
            }
            chain.rows = seq;
        }
        if rows.is_empty() {
            chain.broken = (begun > chain.rows).then_some(AuditBreak::Cut(chain.rows + 1));
            return Ok(chain);
        }
    }
}

/// The row that a fingerprint was taken at; `None` when it is not in the chain. Reads all hashes: nobody asks often.
///
/// # Errors
/// When the query fails.
pub async fn audit_by_fingerprint(tx: &mut Tx, fingerprint: &str) -> Result<Option<i64>, Error> {
    fetch_optional!(tx, number, "SELECT seq AS n FROM audit_hash WHERE hash = $1", fingerprint)
}

/// The deeds before a `seq` (`i64::MAX` for the last), newest first.
///
/// # Errors
/// When the query fails.
pub async fn audit_list(tx: &mut Tx, before: i64, limit: i64) -> Result<Vec<AuditRow>, Error> {
    audit_search(tx, &AuditFilter::default(), before, limit).await
}

/// The same of those that a filter lets through.
///
/// # Errors
/// When the query fails.
pub async fn audit_search(tx: &mut Tx, filter: &AuditFilter, before: i64, limit: i64) -> Result<Vec<AuditRow>, Error> {
    let mut parts = vec!["seq < $1".to_owned()];
    let mut places = 3..;
    let mut also = |column: &str, wanted: bool| {
        if wanted && let Some(place) = places.next() {
            parts.push(format!("{column} = ${place}"));
        }
    };
    also("actor", filter.actor.is_some());
    also("action", filter.action.is_some());
    also("subject", filter.subject.is_some());
    let sql = format!(
        "SELECT seq, at, actor, action, subject, detail FROM audit WHERE {} ORDER BY seq DESC LIMIT $2",
        parts.join(" AND ")
    );
    on!(tx, connection => {
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(before).bind(limit);
        for text in [&filter.actor, &filter.action].into_iter().flatten() {
            query = query.bind(text.as_str());
        }
        if let Some(subject) = filter.subject {
            query = query.bind(subject);
        }
        match query.fetch_all(connection).await {
            Ok(rows) => rows.iter().map(audit_row).collect::<Result<Vec<_>, Error>>(),
            Err(error) => Err(Error::from(error)),
        }
    })
}

/// Everybody who stands in the log, and every kind of deed, sorted.
///
/// # Errors
/// When the query fails.
pub async fn audit_names(tx: &mut Tx) -> Result<(Vec<String>, Vec<String>), Error> {
    // From one value to the next in the index: the log is long, the values are few.
    macro_rules! values {
        ($column:literal) => {
            concat!(
                "WITH RECURSIVE each (value) AS (SELECT min(",
                $column,
                ") FROM audit UNION ALL SELECT (SELECT min(a.",
                $column,
                ") FROM audit a WHERE a.",
                $column,
                " > each.value) FROM each WHERE each.value IS NOT NULL) SELECT value FROM each WHERE value IS NOT NULL"
            )
        };
    }
    let actors = fetch_all!(tx, value, values!("actor"))?;
    Ok((actors, fetch_all!(tx, value, values!("action"))?))
}

fn value<R: Fields>(row: &R) -> Result<String, Error> {
    row.get("value")
}

fn hash<R: Fields>(row: &R) -> Result<String, Error> {
    row.get("hash")
}

fn hashed_row<R: Fields>(row: &R) -> Result<(AuditRow, Option<String>), Error> {
    Ok((audit_row(row)?, row.get("hash")?))
}

fn audit_row<R: Fields>(row: &R) -> Result<AuditRow, Error> {
    Ok(AuditRow {
        seq: row.get("seq")?,
        at: row.time("at")?,
        actor: row.get("actor")?,
        action: row.get("action")?,
        subject: row.get("subject")?,
        detail: row.get("detail")?,
    })
}
