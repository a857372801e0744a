//! `masthead restore`: a newsroom from a backup, on SQLite or PostgreSQL.

use std::{io::Read, path::Path, process::ExitCode, sync::Arc};

use anyhow::Context;
use app::backup::Restored;
use model::SystemClock;
use store::Store;

use super::Common;
use crate::{
    cli::Restore,
    config::{self, Config},
    logs, open,
};

pub(super) async fn run(common: &Common, args: Restore) -> anyhow::Result<ExitCode> {
    logs::start(common.log.as_deref().unwrap_or("warn"), "text");
    super::init::new_or_empty(&args.dir)?;
    let file = std::fs::File::open(&args.file).with_context(|| format!("could not open {}", args.file.display()))?;
    let restored = into_folder(std::io::BufReader::new(file), &args.dir, args.database.as_deref()).await?;
    common.print(&restored)?;
    if !common.json {
        if let Some(fingerprint) = keyring(&args.dir).await? {
            println!(
                "No backup holds keys. Copy the keyring with the fingerprint {fingerprint} to keys/keyring there."
            );
        }
        println!("Serve it with `masthead serve --data {}`.", args.dir.display());
    }
    Ok(ExitCode::SUCCESS)
}

/// Restores a backup into a folder, which must be new or empty. What a restore that failed has made is taken away
/// again, so that it can be tried again.
pub(super) async fn into_folder(
    backup: impl Read + Send + 'static,
    dir: &Path,
    database: Option<&str>,
) -> anyhow::Result<Restored> {
    let was_there = dir.exists();
    let outcome = fill(backup, dir, database).await;
    if outcome.is_err()
        && let Err(error) = clear(dir, was_there)
    {
        tracing::warn!(%error, "what a failed restore left in {} could not be taken away", dir.display());
    }
    outcome
}

/// The configuration is written last: until then the folder does not count as a newsroom.
async fn fill(backup: impl Read + Send + 'static, dir: &Path, database: Option<&str>) -> anyhow::Result<Restored> {
    super::init::make_folder(dir)?;
    let text = config::starter(database);
    let config = Config::parse(&text)?;
    let store = Store::open(&open::location(dir, &config)?, &SystemClock).await?;
    let objects = open::objects(dir, &config)?;
    let theme = dir.join(&config.theme);
    let restored = app::backup::restore(&store, &objects, &theme, backup, Arc::new(SystemClock)).await;
    store.close().await;
    let restored = restored?;
    let file = dir.join(config::FILE);
    std::fs::write(&file, text).with_context(|| format!("could not write {}", file.display()))?;
    Ok(restored)
}

/// The fingerprint of the keyring that the rows are sealed with. Where there never was one, the newsroom gets one.
pub(super) async fn keyring(dir: &Path) -> anyhow::Result<Option<String>> {
    let config = Config::read(dir)?;
    let store = Store::open(&open::location(dir, &config)?, &SystemClock).await?;
    let expected = app::vault::expected(&mut store.read().await?).await?;
    store.close().await;
    if expected.is_none() {
        app::vault::make(&open::keyring(dir, &config)?, None, app::vault::Custody::Server, None, &model::OsChance)?;
    }
    Ok(expected)
}

/// The names are those that a restore makes: nothing else is ever removed.
fn clear(dir: &Path, was_there: bool) -> std::io::Result<()> {
    for name in ["newsroom.db", "newsroom.db-wal", "newsroom.db-shm"] {
        gone(std::fs::remove_file(dir.join(name)))?;
    }
    for name in ["objects", "theme"] {
        gone(std::fs::remove_dir_all(dir.join(name)))?;
    }
    if was_there { Ok(()) } else { gone(std::fs::remove_dir(dir)) }
}

/// What is not there need not be removed.
fn gone(removed: std::io::Result<()>) -> std::io::Result<()> {
    removed.or_else(|error| if error.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}
