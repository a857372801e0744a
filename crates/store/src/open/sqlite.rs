//! Opening a SQLite file.
//!
//! An existing file is first read without write access: when it is no database, another program's or a newer
//! Masthead's, it is refused with not a byte changed.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use model::Clock;
use sqlx::{
    ConnectOptions as _, Connection as _, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::accepted;
use crate::{
    Error, OpenError, Store, Tx,
    error::{sqlite, sqlite_code},
    migrate,
    store::Pools,
};

/// How long a writer waits for a lock that another process holds.
const BUSY: Duration = Duration::from_secs(10);
/// How long opening waits for it: a person is waiting too.
const BUSY_AT_OPEN: Duration = Duration::from_secs(2);
/// How long a caller waits for the one writer of this process.
const PATIENCE: Duration = Duration::from_secs(60);
const READERS: u32 = 4;

pub(crate) async fn open(path: &Path, clock: &dyn Clock) -> Result<Store, OpenError> {
    check_place(path)?;
    let version = look(path).await?;
    let writer = pool(path, 1, false).await.map_err(|error| named(path, error))?;
    for step in migrate::STEPS.iter().filter(|step| step.version > version) {
        run(&writer, step, clock).await.map_err(|source| OpenError::Migration {
            location: path.display().to_string(),
            version: step.version,
            source,
        })?;
    }
    let readers = pool(path, READERS, true).await.map_err(|error| named(path, error))?;
    Ok(Store::of(Pools::Sqlite { writer, readers }))
}

async fn run(writer: &SqlitePool, step: &migrate::Step, clock: &dyn Clock) -> Result<(), Error> {
    let mut tx = Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?);
    migrate::step(&mut tx, step, clock).await?;
    tx.commit().await
}

/// Names what is wrong with the folder or the file before SQLite, whose words for it are few.
fn check_place(path: &Path) -> Result<(), OpenError> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    match std::fs::metadata(&folder) {
        Ok(found) if !found.is_dir() => return Err(OpenError::NotAFolder(folder)),
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(OpenError::NoFolder(folder)),
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => return Err(OpenError::NotAFolder(folder)),
        Err(source) => return Err(OpenError::Unwritable { path: folder, source }),
    }
    if path.is_dir() {
        return Err(OpenError::IsFolder(path.to_owned()));
    }
    // The log and its index lie beside the file, so the folder itself must be writable.
    let trial = folder.join(format!(".masthead-{}-may-write", std::process::id()));
    std::fs::File::create(&trial)
        .and_then(|_| std::fs::remove_file(&trial))
        .map_err(|source| OpenError::Unwritable { path: folder, source })?;
    if path.exists() {
        std::fs::OpenOptions::new()
            .read(true)
            .append(true)
            .open(path)
            .map_err(|source| OpenError::Unwritable { path: path.to_owned(), source })?;
    }
    Ok(())
}

/// The version of an existing file, read without write access; 0 when there is no file or nothing in it.
async fn look(path: &Path) -> Result<i64, OpenError> {
    if !path.metadata().is_ok_and(|found| found.len() > 0) {
        return Ok(0);
    }
    // A file that nobody has open is read as immutable: else SQLite would leave a log and an index beside it.
    let beside = |ending: &str| PathBuf::from(format!("{}{ending}", path.display())).exists();
    let at_rest = !beside("-wal") && !beside("-journal");
    let mut found = found_in(path, at_rest).await;
    if at_rest && found.is_err() {
        // Unless somebody opened it just then.
        found = found_in(path, false).await;
    }
    accepted(found.map_err(|error| named(path, error))?, path.display())
}

async fn found_in(path: &Path, at_rest: bool) -> Result<migrate::Found, Error> {
    let options =
        SqliteConnectOptions::new().filename(path).read_only(true).immutable(at_rest).busy_timeout(BUSY_AT_OPEN);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    let mut tx = Tx::Sqlite(pool.begin().await?);
    let found = migrate::found(&mut tx).await;
    drop(tx);
    pool.close().await;
    found
}

async fn pool(path: &Path, connections: u32, reading: bool) -> Result<SqlitePool, Error> {
    let mut options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(!reading)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .statement_cache_capacity(256)
        .pragma("cache_size", if reading { "-4000" } else { "-16000" })
        .pragma("temp_store", "MEMORY");
    options = if reading {
        options.pragma("query_only", "ON")
    } else {
        options
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("secure_delete", "ON")
            // After an import the log shrinks to this again.
            .pragma("journal_size_limit", "16777216")
    };
    // What goes wrong is told by the error; a log line for every statement is of use to nobody.
    options = options.disable_statement_logging();
    if !reading {
        // Fails early, with SQLite's own error, where a pool would only time out.
        sqlx::SqliteConnection::connect_with(&options.clone().busy_timeout(BUSY_AT_OPEN)).await?.close().await?;
    }
    Ok(SqlitePoolOptions::new()
        .max_connections(connections)
        .min_connections(0)
        .acquire_timeout(PATIENCE)
        .idle_timeout(if reading { Some(Duration::from_secs(60)) } else { None })
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_lazy_with(options))
}

/// SQLite's error at opening, by name.
fn named(path: &Path, error: Error) -> OpenError {
    let location = path.display().to_string();
    let code = match &error {
        Error::Query(inner) => inner.as_database_error().and_then(sqlite_code),
        _ => None,
    };
    match (error, code) {
        (_, Some(sqlite::NOTADB)) => OpenError::NotADatabase(path.to_owned()),
        (_, Some(sqlite::CORRUPT)) => OpenError::Damaged(path.to_owned()),
        (Error::Busy, _) => OpenError::Locked(location),
        (Error::DiskFull, _) => OpenError::DiskFull(location),
        (Error::ReadOnly, _) => OpenError::Unwritable {
            path: path.to_owned(),
            source: std::io::Error::from(std::io::ErrorKind::ReadOnlyFilesystem),
        },
        (source, _) => OpenError::Other { location, source },
    }
}
