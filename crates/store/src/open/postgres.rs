//! Opening a PostgreSQL database. Several nodes may do so at once: the steps of the schema run one after the other
//! under an advisory lock.

use std::{str::FromStr as _, time::Duration};

use model::Clock;
use sqlx::{
    ConnectOptions as _, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::accepted;
use crate::{
    Error, InvalidLocation, Location, OpenError, Store, Tx, migrate,
    sql::{Fields, number},
    store::Pools,
};

/// The oldest version of the server that the queries are written for.
const OLDEST: i64 = 15;
const CONNECTIONS: u32 = 16;

pub(crate) async fn open(url: &str, clock: &dyn Clock) -> Result<Store, OpenError> {
    let shown = Location::Postgres(url.to_owned()).to_string();
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| InvalidLocation(shown.clone()))?
        .application_name("masthead")
        .disable_statement_logging()
        .statement_cache_capacity(256);
    // The first connection is made by itself: its error is the server's, where a pool's would be a time-out.
    let first = <sqlx::PgConnection as sqlx::Connection>::connect_with(&options);
    match tokio::time::timeout(Duration::from_secs(10), first).await {
        Ok(Ok(connection)) => drop(connection),
        Ok(Err(error)) => return Err(named(&shown, error)),
        Err(_) => return Err(OpenError::Unreachable { location: shown, source: sqlx::Error::PoolTimedOut }),
    }
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(Duration::from_secs(30))
        .connect_lazy_with(options);
    let other = |source| OpenError::Other { location: shown.clone(), source };
    let version = look(&pool, &shown).await?;
    for step in migrate::STEPS.iter().filter(|step| step.version > version) {
        run(&pool, step, clock).await.map_err(|source| OpenError::Migration {
            location: shown.clone(),
            version: step.version,
            source,
        })?;
    }
    // Another node may have gone further between the look and the lock.
    let mut tx = Tx::Postgres(pool.begin().await.map_err(|error| other(error.into()))?);
    accepted(migrate::found(&mut tx).await.map_err(other)?, &shown)?;
    drop(tx);
    Ok(Store::of(Pools::Postgres(pool)))
}

/// Refuses a server or a database that will not do; else the version that is there, 0 when empty.
async fn look(pool: &PgPool, shown: &str) -> Result<i64, OpenError> {
    let looked = async {
        let mut tx = Tx::Postgres(pool.begin_with("BEGIN READ ONLY").await?);
        let server = "SELECT current_setting('server_version_num')::bigint / 10000 AS n";
        let server = fetch_one!(&mut tx, number, server)?;
        let encoding =
            "SELECT pg_encoding_to_char(encoding)::text AS name FROM pg_database WHERE datname = current_database()";
        let encoding = fetch_one!(&mut tx, encoding_name, encoding)?;
        Ok::<_, Error>((server, encoding, migrate::found(&mut tx).await?))
    };
    let location = || shown.to_owned();
    let (server, encoding, found) = looked.await.map_err(|source| OpenError::Other { location: location(), source })?;
    if server < OLDEST {
        return Err(OpenError::ServerTooOld { location: location(), found: server, needed: OLDEST });
    }
    if encoding != "UTF8" {
        return Err(OpenError::NotUtf8 { location: location(), found: encoding });
    }
    accepted(found, shown)
}

fn encoding_name<R: Fields>(row: &R) -> Result<String, Error> {
    row.get("name")
}

async fn run(pool: &PgPool, step: &migrate::Step, clock: &dyn Clock) -> Result<(), Error> {
    let mut tx = pool.begin().await?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(crate::journal::LOCK).execute(&mut *tx).await?;
    let mut tx = Tx::Postgres(tx);
    migrate::step(&mut tx, step, clock).await?;
    tx.commit().await
}

/// The server's error at connecting, by name.
fn named(shown: &str, source: sqlx::Error) -> OpenError {
    let location = shown.to_owned();
    let code = source.as_database_error().and_then(|error| error.code()).map(|code| code.into_owned());
    match (code.as_deref(), &source) {
        (Some("28P01" | "28000"), _) => OpenError::Refused { location, source },
        (Some("3D000"), _) => OpenError::NoDatabase { location, source },
        (Some(_), _) => OpenError::Other { location, source: source.into() },
        (None, _) => OpenError::Unreachable { location, source },
    }
}
