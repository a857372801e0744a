//! The schema's versions. Each step runs in one transaction with the row that records it, so that a step either
//! stands whole or left nothing. A database that a newer program made is refused before anything is written.

use model::{Clock, Timestamp};

use crate::{Error, sql::number};

/// One step of the schema.
pub(crate) struct Step {
    /// From 1, without gaps.
    pub(crate) version: i64,
    pub(crate) sqlite: &'static str,
    pub(crate) postgres: &'static str,
}

/// Every step, oldest first. A step that was released never changes.
pub(crate) const STEPS: [Step; 7] = [
    Step {
        version: 1,
        sqlite: include_str!("../migrations/sqlite/0001_newsroom.sql"),
        postgres: include_str!("../migrations/postgres/0001_newsroom.sql"),
    },
    Step {
        version: 2,
        sqlite: include_str!("../migrations/sqlite/0002_staff.sql"),
        postgres: include_str!("../migrations/postgres/0002_staff.sql"),
    },
    Step {
        version: 3,
        sqlite: include_str!("../migrations/sqlite/0003_desk.sql"),
        postgres: include_str!("../migrations/postgres/0003_desk.sql"),
    },
    Step {
        version: 4,
        sqlite: include_str!("../migrations/sqlite/0004_newsletter.sql"),
        postgres: include_str!("../migrations/postgres/0004_newsletter.sql"),
    },
    Step {
        version: 5,
        sqlite: include_str!("../migrations/sqlite/0005_contribution.sql"),
        postgres: include_str!("../migrations/postgres/0005_contribution.sql"),
    },
    Step {
        version: 6,
        sqlite: include_str!("../migrations/sqlite/0006_reminder.sql"),
        postgres: include_str!("../migrations/postgres/0006_reminder.sql"),
    },
    Step {
        version: 7,
        sqlite: include_str!("../migrations/sqlite/0007_appeal.sql"),
        postgres: include_str!("../migrations/postgres/0007_appeal.sql"),
    },
];

/// The newest version this program knows.
pub(crate) const KNOWN: i64 = STEPS[STEPS.len() - 1].version;

/// What is in a database before it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// No tables at all.
    Empty,
    /// Tables, but none that says a version.
    Foreign,
    /// A newsroom of this version.
    Version(i64),
}

/// The table that records the steps; the one table that both databases share word for word.
const RECORD: &str =
    "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY NOT NULL, at BIGINT NOT NULL)";

/// What is there, by the names of its tables and the recorded version.
pub(crate) async fn found(tx: &mut crate::Tx) -> Result<Found, Error> {
    let tables = crate::schema::table_names(tx).await?;
    if tables.iter().any(|name| name == "schema_version") {
        let version = fetch_one!(tx, number, "SELECT coalesce(max(version), 0) AS n FROM schema_version")?;
        return Ok(Found::Version(version));
    }
    Ok(if tables.is_empty() { Found::Empty } else { Found::Foreign })
}

/// Runs the steps after `from`, one transaction each, in a transaction given by `begin`.
pub(crate) async fn step(tx: &mut crate::Tx, step: &Step, clock: &dyn Clock) -> Result<(), Error> {
    let now: Timestamp = clock.now();
    execute!(tx, RECORD)?;
    let done = fetch_one!(tx, number, "SELECT count(*) AS n FROM schema_version WHERE version = $1", step.version)?;
    if done > 0 {
        return Ok(());
    }
    match tx {
        crate::Tx::Sqlite(inner) => sqlx::raw_sql(step.sqlite).execute(&mut **inner).await.map(drop)?,
        crate::Tx::Postgres(inner) => sqlx::raw_sql(step.postgres).execute(&mut **inner).await.map(drop)?,
    }
    execute!(tx, "INSERT INTO schema_version (version, at) VALUES ($1, $2)", step.version, now.as_millis())?;
    Ok(())
}
