//! What can go wrong, in words that say what to do.

use std::path::PathBuf;

use crate::InvalidLocation;

/// Why something could not be read or written. What was there before is still there.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A query failed in a way that has no name of its own.
    #[error("the database refused a query")]
    Query(#[source] sqlx::Error),
    /// Another writer held the database for too long.
    #[error("the database is busy with another writer; try again when it is done")]
    Busy,
    /// No room is left on the disk.
    #[error("the disk that holds the database is full; make room and try again, nothing was changed")]
    DiskFull,
    /// The database may only be read.
    #[error("the database may only be read; make its file and folder writable for this user")]
    ReadOnly,
    /// What must be unique is there already: a slug, a path, an id.
    #[error("it is taken already: {0}")]
    Taken(String),
    /// What is referred to is not there.
    #[error("what it refers to is not there: {0}")]
    Dangling(String),
    /// A stored value is not what this program writes.
    #[error("the stored value of `{column}` is unreadable: {why}")]
    Unreadable {
        /// Which column.
        column: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// A stored document is not what this program writes, or was written by a newer one.
    #[error(transparent)]
    Document(#[from] model::document::ReadError),
    /// A redirect that would lead back to where it began.
    #[error("a redirect from {from} to {to} would run in a circle; point it at the page that readers should see")]
    RedirectCycle {
        /// Where it would begin.
        from: String,
        /// Where it would lead.
        to: String,
    },
    /// A text that is looked up by is longer than an index can hold.
    #[error("{what} is {length} bytes long, {max} is the most")]
    TooLong {
        /// What it is.
        what: &'static str,
        /// How long it is.
        length: usize,
        /// How long it may be.
        max: usize,
    },
    /// A row of a dump does not fit this database.
    #[error("row of `{table}` does not fit: {why}")]
    Row {
        /// Which table.
        table: String,
        /// What is wrong, and what to do.
        why: String,
    },
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::error::ErrorKind;
        if matches!(error, sqlx::Error::PoolTimedOut) {
            return Self::Busy;
        }
        let Some(told) = error.as_database_error() else { return Self::Query(error) };
        match (told.kind(), sqlite_code(told)) {
            (ErrorKind::UniqueViolation, _) => Self::Taken(told.message().to_owned()),
            (ErrorKind::ForeignKeyViolation, _) => Self::Dangling(told.message().to_owned()),
            (_, Some(sqlite::BUSY | sqlite::LOCKED)) => Self::Busy,
            (_, Some(sqlite::FULL)) => Self::DiskFull,
            (_, Some(sqlite::READONLY)) => Self::ReadOnly,
            // 53100 disk_full, 25006 read_only_sql_transaction, 55P03 lock_not_available
            _ => match told.code().as_deref() {
                Some("53100") => Self::DiskFull,
                Some("25006") => Self::ReadOnly,
                Some("55P03") => Self::Busy,
                _ => Self::Query(error),
            },
        }
    }
}

/// SQLite's primary result codes (sqlite.org/rescode.html) that have a meaning for people.
pub(crate) mod sqlite {
    pub(crate) const BUSY: i32 = 5;
    pub(crate) const LOCKED: i32 = 6;
    pub(crate) const READONLY: i32 = 8;
    pub(crate) const CORRUPT: i32 = 11;
    pub(crate) const FULL: i32 = 13;
    pub(crate) const NOTADB: i32 = 26;
}

/// The primary result code when the error is SQLite's.
pub(crate) fn sqlite_code(error: &dyn sqlx::error::DatabaseError) -> Option<i32> {
    error.try_downcast_ref::<sqlx::sqlite::SqliteError>()?;
    error.code()?.parse::<i32>().ok().map(|extended| extended & 0xff)
}

/// Why a database could not be opened. Nothing in it was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The setting itself.
    #[error(transparent)]
    Location(#[from] InvalidLocation),
    /// There is no folder to put the database in.
    #[error("the folder {} does not exist; make it, or run `masthead init` to begin a newsroom there", .0.display())]
    NoFolder(PathBuf),
    /// Something else stands where the folder should be.
    #[error("{} is not a folder; name the folder that the database lies in", .0.display())]
    NotAFolder(PathBuf),
    /// The database is a folder.
    #[error("{} is a folder; name the database file in it, such as newsroom.db", .0.display())]
    IsFolder(PathBuf),
    /// The folder or the file may not be written.
    #[error("{} cannot be written by this user; change its owner or its permissions, or choose another folder", path.display())]
    Unwritable {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is something else.
    #[error("{} is not a database; it was left as it is, name another file or move it away", .0.display())]
    NotADatabase(PathBuf),
    /// The database belongs to something else.
    #[error("{0} holds other tables and no newsroom; it was left as it is, name an empty database")]
    OtherProgram(String),
    /// The database is damaged.
    #[error("{} is damaged; restore the newest backup with `masthead restore`", .0.display())]
    Damaged(PathBuf),
    /// Another program holds the database.
    #[error("{0} is locked by another program; stop that program and try again")]
    Locked(String),
    /// No room is left.
    #[error("the disk that holds {0} is full; make room and try again")]
    DiskFull(String),
    /// A newer Masthead made it.
    #[error(
        "{location} was made by a newer Masthead (schema {found}, this one knows {known}); it was left as it is, \
         install that newer Masthead, or restore a backup made by this one"
    )]
    Newer {
        /// Where it is.
        location: String,
        /// Its schema version.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// The server does not answer.
    #[error("no PostgreSQL server answers at {location}; check that it runs and that host and port are right")]
    Unreachable {
        /// Where, without the password.
        location: String,
        /// What went wrong.
        source: sqlx::Error,
    },
    /// The server refuses the user.
    #[error("the PostgreSQL server at {location} refuses this user; check user name and password")]
    Refused {
        /// Where, without the password.
        location: String,
        /// What it said.
        source: sqlx::Error,
    },
    /// The server has no such database.
    #[error("the PostgreSQL server has no database {location}; make it: createdb --encoding=UTF8 NAME")]
    NoDatabase {
        /// Where, without the password.
        location: String,
        /// What it said.
        source: sqlx::Error,
    },
    /// The server is too old.
    #[error("the PostgreSQL server at {location} is version {found}; Masthead needs {needed} or newer")]
    ServerTooOld {
        /// Where, without the password.
        location: String,
        /// Its major version.
        found: i64,
        /// The oldest that serves.
        needed: i64,
    },
    /// The database cannot hold every script.
    #[error(
        "the database {location} is encoded as {found}; make one with: createdb --encoding=UTF8 --template=template0 NAME"
    )]
    NotUtf8 {
        /// Where, without the password.
        location: String,
        /// Its encoding.
        found: String,
    },
    /// A step of the schema failed; the steps before it stand, it itself left nothing.
    #[error("could not bring the schema of {location} to version {version}")]
    Migration {
        /// Where.
        location: String,
        /// Which step.
        version: i64,
        /// What went wrong.
        source: Error,
    },
    /// Anything else.
    #[error("could not open the database {location}")]
    Other {
        /// Where.
        location: String,
        /// What went wrong.
        source: Error,
    },
}

/// The longest text that an index takes, in bytes (PostgreSQL: a third of a page, with room for the other columns).
const INDEXABLE: usize = 2_000;

/// Refuses a text that is too long to be looked up by.
pub(crate) fn indexable(what: &'static str, length: usize) -> Result<(), Error> {
    if length > INDEXABLE { Err(Error::TooLong { what, length, max: INDEXABLE }) } else { Ok(()) }
}
