//! The store: a database that is open.
//!
//! SQLite has one connection that writes and a few that read; with write-ahead logging they do not wait for each
//! other. A commit is on the disk when it returns (`synchronous = FULL`), and what is deleted is overwritten
//! (`secure_delete`). PostgreSQL has one pool; readers see one unchanging moment (`REPEATABLE READ`).

use model::Clock;
use sqlx::{PgPool, SqlitePool};

use crate::{Error, Location, OpenError, Tx, sql::number};

/// An open database. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store(Pools);

#[derive(Debug, Clone)]
pub(crate) enum Pools {
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    Postgres(PgPool),
}

impl Store {
    /// Opens a database and brings its schema up to date; makes the SQLite file when there is none.
    ///
    /// # Errors
    /// [`OpenError`] says what is wrong and what to do. A database that is refused is left as it was.
    pub async fn open(location: &Location, clock: &dyn Clock) -> Result<Self, OpenError> {
        match location {
            Location::Sqlite(path) => crate::open::sqlite::open(path, clock).await,
            Location::Postgres(url) => crate::open::postgres::open(url, clock).await,
        }
    }

    pub(crate) fn of(pools: Pools) -> Self {
        Self(pools)
    }

    /// Begins a transaction that may write.
    ///
    /// # Errors
    /// [`Error::Busy`] when no connection came free in time.
    pub async fn begin(&self) -> Result<Tx, Error> {
        Ok(match &self.0 {
            // IMMEDIATE takes the write lock now: a transaction that reads first and writes then cannot fail half way.
            Pools::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres(pool) => begun_whole(pool, "BEGIN").await?,
        })
    }

    /// Begins a transaction that only reads and sees one unchanging moment.
    ///
    /// # Errors
    /// [`Error::Busy`] when no connection came free in time.
    pub async fn read(&self) -> Result<Tx, Error> {
        Ok(match &self.0 {
            Pools::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
            Pools::Postgres(pool) => begun_whole(pool, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?,
        })
    }

    /// Whether this is PostgreSQL, which several nodes can share.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        matches!(self.0, Pools::Postgres(_))
    }

    /// The version of the schema.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn schema_version(&self) -> Result<i64, Error> {
        let mut tx = self.read().await?;
        fetch_one!(&mut tx, number, "SELECT coalesce(max(version), 0) AS n FROM schema_version")
    }

    /// Looks for damage; what it found, in words. Reads the whole database.
    ///
    /// # Errors
    /// When the search itself fails.
    pub async fn integrity(&self) -> Result<Vec<String>, Error> {
        let mut tx = self.read().await?;
        crate::schema::integrity(&mut tx).await
    }

    /// Lets the database measure itself, so that it plans queries well; after an import, and now and then.
    ///
    /// # Errors
    /// When another writer holds the database for too long.
    pub async fn optimize(&self) -> Result<(), Error> {
        match &self.0 {
            Pools::Sqlite { writer, .. } => {
                sqlx::query("PRAGMA analysis_limit = 1000").execute(writer).await?;
                sqlx::query("PRAGMA optimize = 0x10002").execute(writer).await?;
                sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(writer).await?;
            }
            Pools::Postgres(pool) => {
                sqlx::query("ANALYZE").execute(pool).await?;
            }
        }
        Ok(())
    }

    /// Closes every connection, after those in use came back. SQLite folds its log into the file.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

/// Begins in a task of its own: whoever stops waiting half way, as a request does whose reader hung up, leaves no open transaction
/// behind in the pool. sqlx counts a transaction only once the server has answered, and rolls back only what it has counted.
async fn begun_whole(pool: &PgPool, statement: &'static str) -> Result<Tx, Error> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move { pool.begin_with(statement).await });
    Ok(Tx::Postgres(begun.await.map_err(|_| sqlx::Error::WorkerCrashed)??))
}
